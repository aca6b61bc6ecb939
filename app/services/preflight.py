"""What can be told before a compression starts: what would fail, what is unwise, how long it takes."""

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.form import contradictions
from app.domain.job import Job
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.services.cpu import CpuFeatures, cpu_features, total_memory_mb
from app.services.estimates import Estimate, estimate, past_runs, time_range_text, trained_sentences
from app.store.workspace import Workspace

Severity = Literal["ok", "warning", "error"]

_FEW_ROWS: Final = 500


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
    mean_tokens: float | None = None,
) -> list[Finding]:
    """Return what is to be said before the start, errors first.

    Reads files but no database, so it may run in a thread: the first estimate reads the logs of
    earlier runs.

    Args:
        workspace: Where the variant is to be.
        model: What is to be made small.
        recipe: How.
        train: What to train on, None where nothing is chosen yet.
        evaluation: What to measure the accuracy on.
        jobs: All jobs of the workspace; the estimates learn from them.
        cpu: For tests: another processor than this one.
        mean_tokens: Tokens a training sentence, where they were counted.
    """
    findings = [
        *_about_model(model),
        *_about_data(model, recipe, train, evaluation),
        *_about_recipe(recipe),
        *_about_cpu(recipe, cpu or cpu_features()),
        *_about_compiler(recipe),
        *_about_cost(workspace, model, recipe, train, jobs, mean_tokens),
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


def _about_cost(
    workspace: Workspace,
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    jobs: Sequence[Job],
    mean_tokens: float | None,
) -> Iterator[Finding]:
    expected = estimate(model, recipe, train, past_runs(workspace, model, jobs), mean_tokens)
    source = _source_of(expected)
    if expected.seconds is None:
        yield _finding("time", "ok", "Time", "Not measured yet on this computer")
    else:
        yield _finding("time", "ok", "Time", f"About {time_range_text(expected.seconds)}, {source}")
    yield _about_memory(expected, source)
    yield _about_disk(workspace, expected, source)


def _source_of(expected: Estimate) -> str:
    if not expected.runs:
        return "by the size of the model, as no run has finished here yet"
    runs = "1 earlier run" if expected.runs == 1 else f"{expected.runs} earlier runs"
    return f"by {runs} here" + ("" if expected.same_model else " on other models")


def _about_memory(expected: Estimate, source: str) -> Finding:
    if expected.memory_mb is None:
        return _finding("memory", "ok", "Memory", "Not measured yet on this computer")
    low, high = (f"{value / 1000:.1f}" for value in (expected.memory_mb.low, expected.memory_mb.high))
    said = f"{low} GB" if low == high else f"{low} to {high} GB"
    total = total_memory_mb()
    if total is not None and expected.memory_mb.high > total:
        text = f"About {said}, {source}; this computer has {total / 1000:.1f} GB. Take a smaller batch."
        return _finding("memory", "warning", "Memory may not suffice", text)
    return _finding("memory", "ok", "Memory", f"About {said}, {source}")


def _about_disk(workspace: Workspace, expected: Estimate, source: str) -> Finding:
    free = shutil.disk_usage(workspace.folder).free
    stays, needed = expected.disk_bytes.low, expected.disk_bytes.high
    text = (
        f"About {stays / 1e6:,.0f} MB stay, up to {needed / 1e6:,.0f} MB while it runs, {source}; "
        f"{free / 1e6:,.0f} MB free"
    )
    if free < needed:
        return _finding("disk_full", "error", "Not enough space on the disk", f"{text}. Free some first.")
    severity: Severity = "warning" if free < 2 * needed else "ok"
    return _finding("disk", severity, "Space on the disk", text)
