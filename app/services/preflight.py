"""What can be told before a compression starts: what would fail, what is unwise, how long it takes."""

import os
import shutil
import statistics
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.event import StageStarted, Timed, TrainingPlan
from app.domain.form import contradictions
from app.domain.job import EVENTS_FILE, TRAINING_STAGES, CompressSpec, Job, Phase
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.services.cpu import CpuFeatures, cpu_features
from app.store.run_log import read_events
from app.store.workspace import Workspace

Severity = Literal["ok", "warning", "error"]

_FEW_ROWS: Final = 500
_BYTES_PER_PARAMETER: Final = 4
_CHECKPOINT_COPIES: Final = 7
"""Weights and two moments, each twice while the new checkpoint replaces the old, and the result."""
_LEARNED_FROM_RUNS: Final = 5


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the preflight list. An error means that the job would fail."""

    code: str
    severity: Severity
    title: str
    text: str


def preflight(
    workspace: Workspace,
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    evaluation: DatasetRecord | None = None,
    jobs: Sequence[Job] = (),
    cpu: CpuFeatures | None = None,
) -> list[Finding]:
    """Return what is to be said before the start, errors first.

    Reads files but no database, so it may run in a thread: the first estimate of time reads the
    logs of earlier runs.

    Args:
        workspace: Where the variant is to be.
        model: What is to be made small.
        recipe: How.
        train: What to train on, None where nothing is chosen yet.
        evaluation: What to measure the accuracy on.
        jobs: All jobs of the workspace; the estimate of time learns from them.
        cpu: For tests: another processor than this one.
    """
    findings = [
        *_about_model(model),
        *_about_data(model, recipe, train, evaluation),
        *_about_recipe(recipe),
        *_about_cpu(recipe, cpu or cpu_features()),
        *_about_compiler(recipe),
        *_about_disk(workspace, model),
        _about_time(workspace, model, recipe, train, jobs),
    ]
    order: dict[Severity, int] = {"error": 0, "warning": 1, "ok": 2}
    return sorted(findings, key=lambda finding: order[finding.severity])


def _finding(code: str, severity: Severity, title: str, text: str) -> Finding:
    return Finding(code=code, severity=severity, title=title, text=text)


def _about_model(model: ModelRecord) -> Iterator[Finding]:
    if not model.has_checkpoint:
        yield _finding(
            "no_checkpoint",
            "error",
            "This model cannot be trained",
            "It is an OpenVINO IR without a checkpoint. Import the Hugging Face folder it was made from.",
        )
    elif model.task != "text-classification":
        yield _finding(
            "unsupported_task",
            "error",
            "This task is not supported",
            f"The model does {model.task or 'an unknown task'}; JPQD works for text classification.",
        )
    else:
        yield _finding(
            "task", "ok", "Text classification", f"{model.family} with {len(model.labels)} classes"
        )


def _about_data(
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    evaluation: DatasetRecord | None,
) -> Iterator[Finding]:
    if train is None:
        yield _finding("no_data", "error", "No training data", "Choose a dataset or a file.")
        return
    for data in (train, evaluation):
        if data is not None and len(data.labels) > len(model.labels) > 0:
            yield _finding(
                "labels",
                "error",
                "The labels do not fit",
                f"“{data.name}” has {len(data.labels)} classes, the model {len(model.labels)}.",
            )
    if train.rows is None:
        return
    used = trained_sentences(recipe, train.rows)
    if used < recipe.training.batch_size:
        yield _finding(
            "held_out",
            "error",
            "Too few sentences are left to train on",
            f"{used:,} of {train.rows:,} sentences are no full batch of {recipe.training.batch_size}. "
            "Take more data or a smaller batch.",
        )
    elif used < _FEW_ROWS:
        yield _finding("few_rows", "warning", "Little data", f"{used:,} sentences: the accuracy will suffer.")
    else:
        yield _finding("data", "ok", "Data", f"{used:,} sentences to train on")
    if evaluation is None:
        yield _finding(
            "no_evaluation",
            "warning",
            "No separate evaluation data",
            "The accuracy of the result is not measured; the curve is drawn on held-out training sentences.",
        )


def _about_recipe(recipe: JpqdRecipe) -> Iterator[Finding]:
    for path, reason in contradictions(recipe).items():
        yield _finding(f"recipe:{path}", "error", "The recipe contradicts itself", f"{path}: {reason}")


def _about_cpu(recipe: JpqdRecipe, cpu: CpuFeatures) -> Iterator[Finding]:
    if not recipe.quantization.enabled or cpu.has_vnni is None:
        return
    fixed = recipe.quantization.overflow_fix != "disable"
    if cpu.saturates and not fixed:
        yield _finding(
            "overflow_fix",
            "warning",
            "INT8 sums can overflow on this processor",
            "It has neither VNNI nor AMX. Set the saturation fix to “enable”, or run the result elsewhere.",
        )
    elif not cpu.saturates and fixed:
        yield _finding(
            "overflow_fix",
            "warning",
            "The saturation fix is not needed here",
            f"This processor has {cpu.summary}: full-range weights are safe and more accurate. "
            "Keep the fix only for other processors.",
        )
    else:
        yield _finding("overflow_fix", "ok", "INT8", f"This processor has {cpu.summary}")


def _about_compiler(recipe: JpqdRecipe) -> Iterator[Finding]:
    compiler = os.environ.get("CXX", "c++")
    if recipe.quantization.enabled and not (shutil.which(compiler) or shutil.which("g++")):
        yield _finding(
            "no_compiler",
            "warning",
            "No C++ compiler",
            "The kernels of INT8 training are compiled once on each machine; where they are not built yet "
            "the job ends with an error. "
            "Install g++ (Debian: sudo apt install g++).",
        )


def _about_disk(workspace: Workspace, model: ModelRecord) -> Iterator[Finding]:
    free = shutil.disk_usage(workspace.folder).free
    parameters = model.structure.parameters if model.structure else (model.checkpoint_bytes or 0) // 4
    needed = parameters * _BYTES_PER_PARAMETER * _CHECKPOINT_COPIES
    text = f"About {needed / 1e6:,.0f} MB for checkpoints and the result, {free / 1e6:,.0f} MB free"
    if free < needed:
        yield _finding(
            "disk_full", "error", "Not enough space on the disk", f"{text}. Free some space first."
        )
    else:
        severity: Severity = "warning" if free < 2 * needed else "ok"
        yield _finding("disk", severity, "Space on the disk", text)


def _about_time(
    workspace: Workspace,
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    jobs: Sequence[Job],
) -> Finding:
    minutes = learned_estimate(workspace, model, recipe, train, jobs)
    text = (
        "Not measured yet on this computer"
        if minutes is None
        else f"About {minutes[0]:.0f} to {minutes[1]:.0f} minutes, by earlier runs on this computer"
    )
    return _finding("time", "ok", "Time", text)


def trained_sentences(recipe: JpqdRecipe, rows: int) -> int:
    """Return how many of ``rows`` sentences are trained on: some are held out, at most a fifth of them."""
    left = rows - min(recipe.training.held_out, rows // 5)
    return min(left, recipe.training.max_samples or left)


def training_steps(recipe: JpqdRecipe, rows: int) -> int:
    """Return the optimizer steps that a recipe takes on ``rows`` training sentences."""
    training = recipe.training
    return round(-(-trained_sentences(recipe, rows) // training.batch_size) * training.epochs)


def learned_estimate(
    workspace: Workspace,
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    jobs: Sequence[Job],
) -> tuple[float, float] | None:
    """Return a range of minutes learned from finished runs, or None while there are none.

    The last few runs on the same model count (those on others where there are none): the median
    seconds of a step and a sentence, times the steps to come, and the median seconds of all other
    stages. A fifth more or less makes the range.
    """
    if train is None or train.rows is None:
        return None
    finished = [
        (job, job.spec)
        for job in jobs
        if job.state.phase is Phase.FINISHED and isinstance(job.spec, CompressSpec)
    ]
    same = [(job, spec) for job, spec in finished if spec.model.id == model.id] or finished
    per_sentence: list[float] = []
    others: list[float] = []
    for job, spec in same[-_LEARNED_FROM_RUNS:]:
        seen = _seconds_of_run(workspace.run_folder(job.run_id) / EVENTS_FILE)
        if seen is None:
            continue
        train_s, steps, rest_s = seen
        per_sentence.append(train_s / steps / spec.recipe.training.batch_size)
        others.append(rest_s)
    if not per_sentence:
        return None
    sentences = training_steps(recipe, train.rows) * recipe.training.batch_size
    seconds = statistics.median(per_sentence) * sentences + statistics.median(others)
    return 0.8 * seconds / 60, 1.2 * seconds / 60


@lru_cache(maxsize=64)
def _seconds_of_run(log: Path) -> tuple[float, int, float] | None:
    """Read the log of a finished run, which never changes again."""
    return stage_seconds(read_events(log))


def stage_seconds(events: Iterator[Timed]) -> tuple[float, int, float] | None:
    """Return seconds of training, its steps, and seconds of all other stages; None for a run in parts."""
    train_s = rest_s = 0.0
    steps = 0
    stage, began, last = "", 0.0, 0.0
    for timed in events:
        last = timed.at
        match timed.event:
            case StageStarted(name):
                spent = timed.at - began if stage else 0.0
                if stage in TRAINING_STAGES:
                    train_s += spent
                else:
                    rest_s += spent
                stage, began = name, timed.at
            case TrainingPlan(total_steps=total):
                if steps:
                    return None  # resumed: the time in between is nobody's
                steps = total
            case _:
                pass
    rest_s += last - began
    return (train_s, steps, rest_s) if steps and train_s > 0 else None
