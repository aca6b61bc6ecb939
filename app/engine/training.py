"""Training on the transformers Trainer: planned batches, checkpoints that resume exactly, live figures."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import psutil
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from transformers import Trainer, TrainerCallback, TrainingArguments
from typing_extensions import override

from app.domain.event import Checkpointed, Resumed
from app.engine.batches import PlanSampler, collate
from app.engine.context import JobContext, JobSuspended
from app.engine.disk import whole_folder
from app.engine.network import is_quantizers
from app.engine.tokenizing import Features

_NETWORK: Final = "network.pt"
_REPORT_EVERY_STEPS: Final = 5
_MEBIBYTE: Final = 2**20


@dataclass(frozen=True)
class Example:
    """A tokenized training sentence."""

    features: Features
    label: int
    teacher_logits: Sequence[float] | None = None


class Examples(Dataset[Example]):
    """A list of examples as torch wants it."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples

    def __len__(self) -> int:
        return len(self._examples)

    @override
    def __getitem__(self, index: int) -> Example:
        return self._examples[index]


def collate_examples(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Pad a batch; adds ``labels`` (batch,) and, where there are any, ``teacher_logits`` (batch, classes)."""
    batch = collate([example.features for example in examples])
    batch["labels"] = torch.tensor([example.label for example in examples])
    if examples[0].teacher_logits is not None:
        batch["teacher_logits"] = torch.tensor([example.teacher_logits for example in examples])
    return batch


@dataclass
class LossParts:
    """What a step's loss is made of; ``total`` is differentiated, the others are shown."""

    total: torch.Tensor
    parts: dict[str, torch.Tensor] = field(default_factory=dict[str, torch.Tensor])


class Course(Protocol):
    """What a method does with the steps of a training run."""

    def before_step(self, step: int) -> None:
        """Prepare the forward pass of ``step``, counted from 0 within this run."""
        ...

    def loss(self, model: nn.Module, batch: dict[str, torch.Tensor]) -> LossParts:
        """Run the forward pass of a batch."""
        ...

    def before_update(self) -> None:
        """Look at the gradients before the optimizer uses them."""
        ...

    def report(self, step: int) -> None:
        """Tell figures of its own after ``step`` steps."""
        ...

    def evaluate(self, step: int) -> float | None:
        """Measure and return the held-out accuracy after ``step`` steps."""
        ...

    def state_dict(self) -> dict[str, Any]:
        """Return what a resumed run needs beside the network's weights."""
        ...

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        ...


@dataclass(frozen=True)
class RunSettings:
    """Numbers of one training run."""

    folder: Path
    """Checkpoints are written here."""
    learning_rate: float
    weight_decay: float
    evaluate_every: int
    checkpoint_every: int
    seed: int
    rate_at: Callable[[int], float]
    """Share of the peak learning rate at a step, counted from 0."""
    step_offset: int = 0
    """Optimizer steps of the job before this run, for the axes."""
    job_steps: int = 0
    """Optimizer steps of the whole job."""
    seconds_after: float = 0.0
    """Estimate of what follows the training, for the ETA."""
    score_learning_rate: float | None = None


class StepTrainer(Trainer):
    """The transformers Trainer with a batch plan, score parameters, and whole checkpoints."""

    def __init__(
        self,
        model: nn.Module,
        examples: Sequence[Example],
        plan: Sequence[Sequence[int]],
        course: Course,
        settings: RunSettings,
        context: JobContext,
        scores: Sequence[nn.Parameter] = (),
    ) -> None:
        self._network = model
        self._plan = plan
        self._course = course
        self._settings = settings
        self._scores = list(scores)
        self._first_step = 0
        self._begun_before = settings.folder.exists()
        self.window = _Window()
        arguments = TrainingArguments(
            output_dir=str(settings.folder),
            max_steps=len(plan),
            learning_rate=settings.learning_rate,
            seed=settings.seed,
            use_cpu=True,  # teacher, scores and masks live there
            save_strategy="no",
            logging_strategy="no",
            eval_strategy="no",
            report_to=[],
            disable_tqdm=True,
            logging_nan_inf_filter=False,
            ignore_data_skip=True,
            remove_unused_columns=False,
            dataloader_pin_memory=False,
        )
        super().__init__(model=model, args=arguments, train_dataset=Examples(examples))  # pyright: ignore[reportUnknownMemberType]
        self._examples = Examples(examples)
        self._live = _Live(self, course, settings, context)
        self.add_callback(self._live)

    # What the Trainer asks for -----------------------------------------------------

    @override
    def get_train_dataloader(self) -> DataLoader[Any]:
        """Return the planned batches from the first step that is still to be made."""
        return DataLoader(
            self._examples,
            batch_sampler=PlanSampler(self._plan, self._first_step),
            collate_fn=collate_examples,
            # Its own generator: drawing a seed from the global one would shift dropout after a resume.
            generator=torch.Generator(),
        )

    @override
    def compute_loss(
        self, model: nn.Module, inputs: dict[str, torch.Tensor], *_: Any, **__: Any
    ) -> torch.Tensor:
        """Let the course compute the loss and remember its parts."""
        loss = self._course.loss(model, inputs)
        self.window.add(
            {name: float(part.detach()) for name, part in loss.parts.items()}
            | {"total": float(loss.total.detach())}
        )
        return loss.total

    @override
    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """Make AdamW: weight decay on the network's matrices alone, scores in a group of their own."""
        if self.optimizer is None:  # pyright: ignore[reportUnnecessaryComparison]
            settings = self._settings
            decaying: list[nn.Parameter] = []
            steady: list[nn.Parameter] = []
            for name, parameter in (model or self._network).named_parameters():
                if parameter.requires_grad:
                    # The scales of per-channel quantizers have two dimensions as well.
                    decays = parameter.ndim > 1 and not is_quantizers(name)
                    (decaying if decays else steady).append(parameter)
            groups: list[dict[str, Any]] = [
                {"params": decaying, "weight_decay": settings.weight_decay},
                {"params": steady, "weight_decay": 0.0},
            ]
            if self._scores:
                rate = settings.score_learning_rate or settings.learning_rate
                groups.append({"params": self._scores, "weight_decay": 0.0, "lr": rate})
            self.optimizer = torch.optim.AdamW(groups, lr=settings.learning_rate, fused=True)
        return self.optimizer

    @override
    def create_scheduler(
        self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None
    ) -> torch.optim.lr_scheduler.LRScheduler:
        """Follow ``rate_at`` for the weights; the scores keep their rate."""
        if self.lr_scheduler is None:  # pyright: ignore[reportUnnecessaryComparison]
            shapes: list[Callable[[int], float]] = [self._settings.rate_at] * 2
            if self._scores:
                shapes.append(lambda _step: 1.0)
            self.lr_scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer or self.optimizer, shapes)
            self._created_lr_scheduler = True
        return self.lr_scheduler

    # Checkpoints -------------------------------------------------------------------

    def write_checkpoint(self) -> Path:
        """Write everything a resumed run needs under a temporary name, rename it, drop older ones.

        Raises:
            AppError: disk_full; the older checkpoint is still there.
        """
        step = self.state.global_step
        final = self._settings.folder / f"step-{step:07d}"
        if final.exists():
            return final
        network = {"network": self._network.state_dict(), "course": self._course.state_dict()}
        with whole_folder(final) as partial:
            torch.save(network, partial / _NETWORK)
            self._save_optimizer_and_scheduler(str(partial))
            self._save_rng_state(str(partial))
            self.state.save_to_json(str(partial / "trainer_state.json"))
        for older in self._settings.folder.glob("step-*"):
            if older != final:
                shutil.rmtree(older)
        return final

    @property
    def has_begun(self) -> bool:
        """Whether there is a checkpoint to go on from."""
        return newest_checkpoint(self._settings.folder) is not None

    def run(self) -> int:
        """Train to the end of the plan, from the newest checkpoint in the folder if there is one.

        Returns:
            The steps made, fewer than planned where the user stopped early.

        Raises:
            JobSuspended: A checkpoint was written on request.
            JobCancelled: The user ended the job.
        """
        for leftover in self._settings.folder.glob(".step-*.partial"):
            shutil.rmtree(leftover)
        newest = newest_checkpoint(self._settings.folder)
        if newest is not None:
            self._first_step = int(newest.name.removeprefix("step-"))
        if self._begun_before:
            self._live.resumed(self._first_step)
        if self._first_step >= len(self._plan):
            self._load_from_checkpoint(str(newest))
            return self._first_step
        self.train(resume_from_checkpoint=None if newest is None else str(newest))  # pyright: ignore[reportUnknownMemberType]
        return self.state.global_step

    @override
    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: nn.Module | None = None) -> None:
        saved = torch.load(Path(resume_from_checkpoint) / _NETWORK, weights_only=True)
        (model or self._network).load_state_dict(saved["network"])
        self._course.load_state_dict(saved["course"])


def newest_checkpoint(folder: Path) -> Path | None:
    """Return the newest complete checkpoint in ``folder``, None where there is none."""
    return max(folder.glob("step-*"), default=None)


class _Window:
    """Sums of loss parts since the last report."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._count = 0

    def add(self, parts: dict[str, float]) -> None:
        for name, value in parts.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._count += 1

    def take(self) -> dict[str, float]:
        """Return the means and start anew."""
        means = {name: total / self._count for name, total in self._sums.items()}
        self._sums, self._count = {}, 0
        return means


class _Live(TrainerCallback):
    """Between the steps: what the method does, what the window sees, what the user asked for."""

    def __init__(
        self, trainer: StepTrainer, course: Course, settings: RunSettings, context: JobContext
    ) -> None:
        self._trainer = trainer
        self._course = course
        self._settings = settings
        self._context = context
        self._started_at = 0.0
        self._recent_s: list[float] = []
        self._process = psutil.Process()

    def resumed(self, step: int) -> None:
        """Note that the run goes on from ``step``."""
        self._context.emit(Resumed(self._settings.step_offset + step))

    @override
    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._started_at = time.perf_counter()
        self._course.before_step(state.global_step)

    @override
    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._course.before_update()

    @override
    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._recent_s = [*self._recent_s[-29:], time.perf_counter() - self._started_at]
        done: int = state.global_step
        step = self._settings.step_offset + done
        if done % _REPORT_EVERY_STEPS == 0 or done == state.max_steps:
            self._report(step)
            self._course.report(step)
        if done % self._settings.evaluate_every == 0 or done == state.max_steps:
            self._course.evaluate(step)
        self._obey(done, step, control)

    def _report(self, step: int) -> None:
        context, settings = self._context, self._settings
        for name, value in self._trainer.window.take().items():
            context.metric(f"loss/{name}", step, value)
        context.metric("learning_rate", step, float(self._trainer.lr_scheduler.get_last_lr()[0]))
        seconds = sorted(self._recent_s)[len(self._recent_s) // 2]
        context.metric("step_ms", step, seconds * 1000)
        context.metric("memory_mb", step, self._process.memory_info().rss / _MEBIBYTE)
        left = (settings.job_steps - step) * seconds + settings.seconds_after
        fraction = step * seconds / (settings.job_steps * seconds + settings.seconds_after)
        context.progress(step, settings.job_steps, fraction=fraction, eta_s=left)

    def _obey(self, done: int, step: int, control: Any) -> None:
        self._context.raise_if_cancelled()
        if self._context.suspend_requested:
            self._checkpoint(step)
            raise JobSuspended(step)
        if self._context.stop_early_requested:
            control.should_training_stop = True
        elif done % self._settings.checkpoint_every == 0:
            self._checkpoint(step)

    def _checkpoint(self, step: int) -> None:
        self._trainer.write_checkpoint()
        self._context.emit(Checkpointed(step))
