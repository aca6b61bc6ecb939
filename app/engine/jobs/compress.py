"""The compression job: its stages, each resumable from what it left in the run folder."""

import hashlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import torch
from torch import nn
from transformers import set_seed

from app.domain.errors import AppError
from app.domain.event import StopEarly, StructureSnapshot, TrainingPlan
from app.domain.job import CompressSpec
from app.domain.model import TORCH_FOLDER
from app.engine import kernels
from app.engine.batches import batch_plan, collate
from app.engine.context import JobContext
from app.engine.datasets import content_hash, dataset_path, read_rows
from app.engine.disk import whole_folder
from app.engine.distillation import cached_logits
from app.engine.families import family_of
from app.engine.families.base import Kept
from app.engine.families.slicing import slice_model
from app.engine.jobs.finishing import export_and_measure
from app.engine.measuring import library_versions
from app.engine.methods.jpqd import (
    FineTuningCourse,
    HeldOut,
    LayerGroups,
    Lesson,
    PruningCourse,
    movement_for,
    resolved_snapshot,
    traced,
)
from app.engine.methods.movement.algorithm import MovementSparsity, groups_table
from app.engine.methods.movement.schedule import Warmup, warmup_of
from app.engine.model_folder import WEIGHTS, load_config, load_model, load_tokenizer, save_model
from app.engine.processor import training_dtype
from app.engine.quantization import StillEmbeddings, quantize, quantizers, settle_weights
from app.engine.tasks.text_classification import (
    class_names,
    require_known_labels,
    require_same_order,
    tokenize,
)
from app.engine.tokenizing import Features
from app.engine.training import Example, RunSettings, StepTrainer

STAGES: Final = ("prepare", "prune", "finetune", "export", "measure")
_AFTER_TRAINING_S: Final = 40.0
"""Export and measuring, for the ETA."""
_STOPPED_EARLY: Final = "stopped-early"
"""File in the run folder: the user ended the training, which a resumed run has to know."""
_REWARM_SHARE: Final = 0.02
_CALIBRATION_BATCH: Final = 8


class Pruned(msgspec.Struct, frozen=True):
    """What the end of the warm-up left, beside the sliced checkpoint."""

    linear_sparsity: float
    model_sparsity: float
    groups: list[dict[str, Any]]


class CompressJob:
    """One run of JPQD."""

    def __init__(self, spec: CompressSpec, context: JobContext) -> None:
        self.spec = spec
        self.context = context
        self.recipe = spec.recipe
        self.run_folder = Path(spec.run_folder)
        self.source = Path(spec.model.folder) / TORCH_FOLDER
        self._teacher_folder = Path((spec.teacher or spec.model).folder) / TORCH_FOLDER
        self.autocast = training_dtype(spec.recipe.training.precision)

    def run(self) -> dict[str, object]:
        """Do every stage that is not done yet; return the result."""
        self._check_fingerprint()
        if (self.run_folder / _STOPPED_EARLY).exists():
            self.context.obey(StopEarly())
        pruned, finetuned = self.run_folder / "pruned", self.run_folder / "finetuned"
        if not finetuned.exists():
            self._stage("prepare")
            self._prepare()
            self.context.check()
            if not pruned.exists():
                self._stage("prune")
                self._prune(pruned)
            self._stage("finetune")
            self._finetune(pruned, finetuned)
        details = msgspec.json.decode((pruned / "pruned.json").read_bytes(), type=Pruned)
        return export_and_measure(self.spec, self.context, finetuned, details.groups, self._stage)

    def _stage(self, name: str) -> None:
        self.context.stage(name, STAGES.index(name), len(STAGES))

    # Guarding a resume ---------------------------------------------------------------

    def _check_fingerprint(self) -> None:
        """Refuse to go on with a run whose model, data, recipe or libraries have changed.

        Raises:
            AppError: Something changed since the run began.
        """
        if not (self.source / "config.json").exists():
            raise AppError(
                "no_checkpoint",
                f"{self.spec.model.id} has no checkpoint to train.",
                "Import the Hugging Face folder it came from; an IR alone cannot be trained.",
            )
        parts = {
            "model": content_hash(self.source / WEIGHTS),
            "data": content_hash(dataset_path(self.spec.train)),
            "recipe": hashlib.sha256(msgspec.json.encode(self.recipe)).hexdigest(),
            "libraries": msgspec.json.encode(library_versions(), order="sorted").decode(),
        }
        if self.spec.teacher is not None:
            parts["teacher"] = content_hash(self._teacher_folder / WEIGHTS)
        path = self.run_folder / "fingerprint.json"
        if not path.exists():
            _write(path, msgspec.json.encode(parts))
            return
        before = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        changed = [name for name, value in parts.items() if before.get(name) != value]
        if changed:
            raise AppError(
                "run_changed",
                f"This run cannot go on: {' and '.join(changed)} changed since it began.",
                "Discard it and start a new one; mixing two runs would spoil the result.",
            )

    # Preparing -----------------------------------------------------------------------

    def _prepare(self) -> None:
        """Read and tokenize the data, compile kernels, ask the teacher once."""
        training = self.recipe.training
        if self.recipe.quantization.enabled:
            kernels.prepare(self.context.log)
        self.tokenizer = load_tokenizer(self.source)
        rows = read_rows(self.spec.train)
        config = load_config(self.source)
        labels = rows.labels_for(class_names(self.source))
        require_known_labels(labels, int(config.num_labels))
        self._require_fitting_teacher(config)
        features: list[Features] = tokenize(self.tokenizer, rows, training.max_length)
        order = list(range(len(features)))
        random.Random(training.seed).shuffle(order)  # noqa: S311 - sampling
        held = min(training.held_out, len(order) // 5)
        chosen = order[held:][: training.max_samples]
        if not chosen:
            raise AppError(
                "data_too_small",
                f"{len(order)} sentences are too few to train on.",
                "Give the job more data.",
            )
        held_out = HeldOut([features[i] for i in order[:held]], [labels[i] for i in order[:held]])
        teacher, _ = load_model(self._teacher_folder)
        logits = cached_logits(
            teacher,
            [features[i] for i in chosen],
            self.run_folder / "teacher_logits.npy",
            autocast=self.autocast,
            on_progress=self._on_teacher_progress,
        )
        live_teacher = teacher if self.recipe.distillation.hidden_weight > 0 else None
        self.lesson = Lesson(live_teacher, self.recipe, held_out, self.context, self.autocast)
        self.examples = [
            Example(features[i], labels[i], answer.tolist()) for i, answer in zip(chosen, logits, strict=True)
        ]
        lengths = [len(example.features["input_ids"]) for example in self.examples]
        self.plan = batch_plan(lengths, training.batch_size, training.epochs, training.seed)
        steps_per_epoch = -(-len(lengths) // training.batch_size)
        self.warmup = self._warmup(steps_per_epoch)
        self.context.log(
            f"{len(self.examples)} training and {held} held-out sentences, {np.mean(lengths):.1f} tokens "
            f"on average; {len(self.plan)} steps in {'bf16' if self.autocast else 'f32'}."
        )
        self.context.emit(
            TrainingPlan(
                len(self.plan),
                steps_per_epoch,
                self.warmup.start_step,
                self.warmup.end_step,
                float(np.mean(lengths)),
            )
        )

    def _require_fitting_teacher(self, student: Any) -> None:
        """Refuse a teacher whose outputs cannot be compared with those of the student.

        Raises:
            AppError: ``teacher_does_not_fit`` or ``classes_reordered``.
        """
        teacher = load_config(self._teacher_folder)
        compared = {"num_labels": "classes", "vocab_size": "tokens"}
        advice = "Choose a teacher of the same task and tokenizer."
        if self.recipe.distillation.hidden_weight > 0:
            compared |= {"num_hidden_layers": "layers", "hidden_size": "hidden features"}
            advice = "Choose a teacher of the same shape, or set the weight of hidden states to 0."
        for key, what in compared.items():
            ours, theirs = getattr(student, key), getattr(teacher, key)
            if ours != theirs:
                summary = f"The teacher has {theirs} {what}, the model {ours}."
                raise AppError("teacher_does_not_fit", summary, advice)
        require_same_order(class_names(self.source), class_names(self._teacher_folder))

    def _warmup(self, steps_per_epoch: int) -> Warmup:
        warmup = warmup_of(self.recipe.sparsity, steps_per_epoch)
        if warmup.epochs <= 0:
            raise AppError(
                "warmup_ends_first",
                "The warm-up ends before it starts.",
                "Set its end to a later epoch than its start.",
            )
        if warmup.end_step >= len(self.plan):
            raise AppError(
                "warmup_too_long",
                f"The warm-up ends at step {warmup.end_step}, but the run has only {len(self.plan)} steps.",
                "Train for more epochs or end the warm-up earlier.",
            )
        return warmup

    def _on_teacher_progress(self, done: int, total: int) -> None:
        self.context.check()
        self.context.progress(done, total)

    # Pruning -------------------------------------------------------------------------

    def _prune(self, folder: Path) -> None:
        """Train through the warm-up, resolve the masks, slice, and keep the result in ``folder``."""
        set_seed(self.recipe.training.seed)
        model, present = load_model(self.source)
        family = family_of(model.config)
        quantization = self.recipe.quantization
        if quantization.enabled and quantization.start == "beginning":
            model = self._quantized(model)
        graph = traced(model)
        still = StillEmbeddings(model) if not self.recipe.training.train_embeddings else None
        movement = movement_for(model, graph, self.recipe, self.warmup, self.context)
        layer_groups = LayerGroups(model, family, movement.groups, present)
        course = PruningCourse(model, self.lesson, movement, layer_groups)
        plan = self.plan[: self.warmup.end_step]
        trainer = self._trainer(model, plan, course, "prune", 0, self._prune_rate)
        set_seed(self.recipe.training.seed)
        step = trainer.run()
        self._remember_a_stop()
        movement.before_step(self.warmup.end_step)
        before = layer_groups.snapshot(step, movement)
        resolved = movement.resolve()
        kept = layer_groups.kept(resolved)
        table = groups_table(movement.groups, resolved, model)
        statistics = movement.statistics()
        movement.bake()
        zeros = _zeros(movement, table)
        if still is not None:
            still.wake()
        slice_model(model, family, kept, present)
        if quantization.enabled and quantization.start == "after_warmup":
            model = self._quantized(model)
        self._tell_resolved(step, kept, resolved_snapshot(step, kept, before))
        details = Pruned(statistics.linear_layer_sparsity, statistics.model_sparsity, table)
        with whole_folder(folder) as partial:
            save_model(model, self.tokenizer, partial, kept)
            torch.save(zeros, partial / "zeros.pt")
            _write(partial / "pruned.json", msgspec.json.encode(details))
        shutil.rmtree(self.run_folder / "checkpoints" / "prune", ignore_errors=True)

    def _tell_resolved(self, step: int, kept: Kept, snapshot: StructureSnapshot) -> None:
        heads, neurons = sum(len(layer.heads) for layer in kept), sum(len(layer.neurons) for layer in kept)
        all_heads, all_neurons = sum(row.heads_total for row in kept), sum(row.neurons_total for row in kept)
        self.context.emit(snapshot)
        self.context.log(
            f"Step {step}: masks resolved, {heads} of {all_heads} heads and {neurons} of {all_neurons} "
            "neurons kept; the rest is sliced away."
        )

    def _prune_rate(self, step: int) -> float:
        """Rise linearly, then stay: the decay belongs to fine-tuning."""
        rise = max(1, int(self.recipe.training.learning_rate_warmup * len(self.plan)))
        return min(1.0, (step + 1) / rise)

    def _remember_a_stop(self) -> None:
        if self.context.stop_early_requested:
            (self.run_folder / _STOPPED_EARLY).touch()

    # Fine-tuning ---------------------------------------------------------------------

    def _finetune(self, pruned: Path, folder: Path) -> None:
        """Train what is left and keep the result in ``folder``."""
        model, kept = load_model(pruned)
        details = msgspec.json.decode((pruned / "pruned.json").read_bytes(), type=Pruned)
        zeros = torch.load(pruned / "zeros.pt", weights_only=True)
        still = StillEmbeddings(model) if not self.recipe.training.train_embeddings else None
        sparsity = (details.linear_sparsity, details.model_sparsity)
        course = FineTuningCourse(model, self.lesson, zeros, sparsity)
        plan = self.plan[self.warmup.end_step :]
        trainer = self._trainer(model, plan, course, "finetune", self.warmup.end_step, self._finetune_rate)
        set_seed(self.recipe.training.seed + 1)
        if not self.context.stop_early_requested or trainer.has_begun:
            trainer.run()
        self._remember_a_stop()
        if self.context.stop_early_requested and course.best is not None:
            model.load_state_dict(course.best[1])
            self.context.log(
                f"Stopped early: the best held-out accuracy so far, {course.best[0]:.4f}, is kept."
            )
        course.restore_zeros()
        if still is not None:
            still.wake()
        settle_weights(model)
        with whole_folder(folder) as partial:
            save_model(model, self.tokenizer, partial, kept)
        shutil.rmtree(self.run_folder / "checkpoints", ignore_errors=True)

    def _finetune_rate(self, step: int) -> float:
        """Rise anew for a moment, the optimizer being fresh, then fall linearly to zero."""
        steps = len(self.plan) - self.warmup.end_step
        rise = max(1, int(_REWARM_SHARE * steps))
        return min((step + 1) / rise, (steps - step) / max(1, steps - rise))

    # Shared --------------------------------------------------------------------------

    def _trainer(
        self,
        model: nn.Module,
        plan: list[list[int]],
        course: PruningCourse | FineTuningCourse,
        name: str,
        offset: int,
        rate_at: Callable[[int], float],
    ) -> StepTrainer:
        training = self.recipe.training
        settings = RunSettings(
            folder=self.run_folder / "checkpoints" / name,
            learning_rate=training.learning_rate,
            weight_decay=training.weight_decay,
            evaluate_every=training.evaluate_every,
            checkpoint_every=training.checkpoint_every,
            seed=training.seed,
            rate_at=rate_at,
            step_offset=offset,
            job_steps=len(self.plan),
            seconds_after=_AFTER_TRAINING_S,
            score_learning_rate=self.recipe.sparsity.score_learning_rate,
        )
        learned = isinstance(course, PruningCourse) and self.recipe.sparsity.importance == "movement"
        scores = course.movement.scores() if learned and isinstance(course, PruningCourse) else ()
        return StepTrainer(model, self.examples, plan, course, settings, self.context, scores)

    def _quantized(self, model: nn.Module) -> nn.Module:
        """Return ``model`` with fake quantizers; a variant that is trained on has them already."""
        if quantizers(model):
            return model
        quantization = self.recipe.quantization
        sample = [example.features for example in self.examples[: quantization.calibration_samples]]
        batches = [
            collate(sample[i : i + _CALIBRATION_BATCH]) for i in range(0, len(sample), _CALIBRATION_BATCH)
        ]
        self.context.log(f"Calibrating the quantizers on {len(sample)} sentences.")
        return quantize(model, batches, quantization)


def _zeros(movement: MovementSparsity, table: list[dict[str, object]]) -> dict[str, torch.Tensor]:
    """Return where unstructured masks left zeros, for layers that are not sliced."""
    sliced = {row["layer"] for row in table}
    return {
        f"{layer.name}.{kind}": ~tensor.alive()
        for layer in movement.layers
        if layer.name not in sliced
        for kind, tensor in (("weight", layer.weight), ("bias", layer.bias))
        if tensor is not None and tensor.mask is not None
    }


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def run(spec: CompressSpec, context: JobContext) -> dict[str, object]:
    """Make a variant by ``spec.recipe``; returns sizes, speed, accuracy and what was kept."""
    return CompressJob(spec, context).run()
