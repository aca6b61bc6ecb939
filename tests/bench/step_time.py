"""Print what a training step costs against a plain FP32 fine-tuning step, all in one run.

    python -m tests.bench.step_time MODEL_FOLDER [--rounds N]

Batch 32 × 32 tokens, teacher logits given, the kinds of step in turn within each round, medians of the
rounds' own ratios. FP32 arithmetic everywhere but in the lines that say bf16.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from app.domain.recipe import DistillationRecipe, JpqdRecipe, QuantizationRecipe, SparsityRecipe
from app.engine.context import JobContext
from app.engine.families import family_of
from app.engine.families.slicing import slice_model
from app.engine.methods.jpqd import (
    FineTuningCourse,
    HeldOut,
    LayerGroups,
    Lesson,
    PruningCourse,
    movement_for,
    traced,
)
from app.engine.methods.movement.schedule import Warmup
from app.engine.model_folder import load_model
from app.engine.processor import training_dtype
from app.engine.quantization import StillEmbeddings, quantize

BATCH, LENGTH = 32, 32
PRUNED_SHARE = 0.4


def batches(vocabulary: int) -> dict[str, torch.Tensor]:
    """Return a batch of random tokens with labels and teacher logits."""
    ids = torch.randint(5, vocabulary, (BATCH, LENGTH))
    return {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "token_type_ids": torch.zeros_like(ids),
        "labels": torch.randint(0, 2, (BATCH,)),
        "teacher_logits": torch.randn(BATCH, 2),
    }


def plain_step(folder: Path, batch: dict[str, torch.Tensor]) -> Callable[[], None]:
    """Return a step of plain fine-tuning, embeddings included, as the Trainer does by default."""
    model: Any = load_model(folder)[0].train()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-5, fused=True)
    inputs = {name: value for name, value in batch.items() if name not in {"labels", "teacher_logits"}}

    def step() -> None:
        functional.cross_entropy(model(**inputs).logits, batch["labels"]).backward()
        optimizer.step()
        optimizer.zero_grad()

    return step


def compressing_step(
    folder: Path,
    batch: dict[str, torch.Tensor],
    *,
    quantized: bool,
    distilled: bool,
    sliced: bool,
    precision: str,
) -> Callable[[], None]:
    """Return a step of movement sparsity, of full JPQD in its warm-up, or of what follows slicing."""
    model, present = load_model(folder)
    family = family_of(model.config)
    inputs = {name: value[:4] for name, value in batch.items() if name not in {"labels", "teacher_logits"}}
    recipe = JpqdRecipe(
        sparsity=SparsityRecipe(target=PRUNED_SHARE, importance="movement"),
        distillation=DistillationRecipe(weight=0.9 if distilled else 0.0),
    )
    if quantized:
        model = quantize(model, [inputs] * 4, QuantizationRecipe())
    context = JobContext(lambda _event: None)
    graph = traced(model)
    StillEmbeddings(model)
    movement = movement_for(model, graph, recipe, Warmup(0, 10_000, 1.0), context)
    layer_groups = LayerGroups(model, family, movement.groups, present)
    lesson = Lesson(None, recipe, HeldOut([], []), context, training_dtype(precision))
    for scores in movement.scores():
        scores.data.copy_(torch.randn_like(scores))
    scores: list[nn.Parameter] = movement.scores()
    course: Any = PruningCourse(model, lesson, movement, layer_groups)
    if sliced:
        movement.before_step(10_000)
        kept = layer_groups.kept(movement.resolve())
        movement.bake()
        slice_model(model, family, kept, present)
        course, scores = FineTuningCourse(model, lesson, {}, (0.0, 0.0)), []
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW([*trained, *scores], 1e-5, fused=True)
    model.train()
    counter = iter(range(5_000, 10_000))

    def step() -> None:
        course.before_step(next(counter))
        course.loss(model, batch).total.backward()
        course.before_update()
        optimizer.step()
        optimizer.zero_grad()

    return step


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="a Hugging Face folder of a BERT classifier")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    folder: Path = arguments.model
    batch = batches(load_model(folder)[0].config.vocab_size)  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]
    kinds = {
        "plain FP32 fine-tuning": plain_step(folder, batch),
        "movement sparsity alone": compressing_step(
            folder, batch, quantized=False, distilled=False, sliced=False, precision="f32"
        ),
        "full JPQD": compressing_step(
            folder, batch, quantized=True, distilled=True, sliced=False, precision="f32"
        ),
        "after slicing (40 %)": compressing_step(
            folder, batch, quantized=True, distilled=True, sliced=True, precision="f32"
        ),
    }
    if training_dtype("auto") is not None:
        kinds["full JPQD, bf16"] = compressing_step(
            folder, batch, quantized=True, distilled=True, sliced=False, precision="bf16"
        )
        kinds["after slicing (40 %), bf16"] = compressing_step(
            folder, batch, quantized=True, distilled=True, sliced=True, precision="bf16"
        )
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for round_number in range(-1, arguments.rounds):
        for name, step in kinds.items():
            started = time.perf_counter()
            step()
            if round_number >= 0:  # the first one warms up
                seconds[name].append(time.perf_counter() - started)
    reference = seconds["plain FP32 fine-tuning"]
    print(
        f"torch {torch.__version__}, {torch.get_num_threads()} threads, "
        f"batch {BATCH} × {LENGTH}, {arguments.rounds} rounds"
    )
    for name, values in seconds.items():
        ratios = [value / plain for value, plain in zip(values, reference, strict=True)]
        print(
            f"{name:30} {1000 * statistics.median(values):7.0f} ms  {statistics.median(ratios):5.2f}×"
            f"  ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
