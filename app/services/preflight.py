"""What can be told before a compression starts: what would fail, what is unwise, how long it takes."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from app.domain.dataset import DatasetRecord, class_ids
from app.domain.device import CPU, Device
from app.domain.form import contradictions
from app.domain.job import Job
from app.domain.language import in_figures, marked, said
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.domain.wording import bytes_text, whole_text
from app.services.cpu import CpuFeatures, cpu_features, total_memory_mb
from app.services.estimates import Estimate, estimate, past_runs, time_range_text, trained_sentences
from app.store.workspace import Workspace

Severity = Literal["ok", "warning", "error"]

_FEW_ROWS: Final = 500
_PLACEHOLDER: Final = re.compile(r"LABEL_\d+$")


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
    devices: Sequence[Device] = (),
    preferred: str = CPU,
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
        devices: What OpenVINO finds here; empty where that is not known.
        preferred: The device that the result is for.
    """
    findings = [
        *_about_model(model),
        *_about_licence(model),
        *_about_data(model, recipe, train, evaluation),
        *_about_recipe(recipe),
        *_about_cpu(recipe, cpu or cpu_features()),
        *_about_devices(recipe, devices, preferred),
        *_about_compiler(recipe),
        *_about_cost(workspace, model, recipe, train, jobs, mean_tokens),
    ]
    order: dict[Severity, int] = {"error": 0, "warning": 1, "ok": 2}
    return sorted(findings, key=lambda finding: order[finding.severity])


def _finding(code: str, severity: Severity, title: str, text: str) -> Finding:
    return Finding(code=code, severity=severity, title=said(title), text=text)


def _about_model(model: ModelRecord) -> Iterator[Finding]:
    if not model.has_checkpoint:
        yield _finding(
            "no_checkpoint",
            "error",
            marked("This model cannot be trained"),
            said(
                "It is an OpenVINO IR without a checkpoint. Import the Hugging Face folder it was made from."
            ),
        )
    elif model.task != "text-classification":
        yield _finding(
            "unsupported_task",
            "error",
            marked("This task is not supported"),
            said(
                "The model does %1; JPQD works for text classification.",
                model.task or said("an unknown task"),
            ),
        )
    else:
        yield _finding(
            "task",
            "ok",
            marked("Text classification"),
            said("%1 with %2 classes", model.family, len(model.labels)),
        )


def _about_licence(model: ModelRecord) -> Iterator[Finding]:
    if model.license:
        text = said("%1: applies to what is made from the model too", model.license)
        yield _finding("licence", "ok", marked("Licence"), text)


def _about_data(
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    evaluation: DatasetRecord | None,
) -> Iterator[Finding]:
    if train is None:
        yield _finding("no_data", "error", marked("No training data"), said("Choose a dataset or a file."))
        return
    for data in (train, evaluation):
        if data is not None and len(data.labels) > len(model.labels) > 0:
            yield _finding(
                "labels",
                "error",
                marked("The labels do not fit"),
                said("“%1” has %2 classes, the model %3.", data.name, len(data.labels), len(model.labels)),
            )
        elif data is not None and _are_called_otherwise(data.labels, model.labels):
            yield _finding(
                "label_names",
                "warning",
                marked("The classes have other names"),
                said(
                    "“%1” calls them %2, the model %3. They are taken in this order.",
                    data.name,
                    ", ".join(data.labels),
                    ", ".join(model.labels),
                ),
            )
    if train.rows is None:
        return
    used = trained_sentences(recipe, train.rows)
    if used < recipe.training.batch_size:
        yield _finding(
            "held_out",
            "error",
            marked("Too few sentences are left to train on"),
            said(
                "%1 of %2 sentences are no full batch of %3. Take more data or a smaller batch.",
                whole_text(used),
                whole_text(train.rows),
                recipe.training.batch_size,
            ),
        )
    elif used < _FEW_ROWS:
        yield _finding(
            "few_rows",
            "warning",
            marked("Little data"),
            said("%1 sentences: the accuracy will suffer.", whole_text(used)),
        )
    else:
        yield _finding("data", "ok", marked("Data"), said("%1 sentences to train on", whole_text(used)))
    if evaluation is None:
        yield _finding(
            "no_evaluation",
            "warning",
            marked("No separate evaluation data"),
            said(
                "The accuracy of the result is not measured; "
                "the curve is drawn on held-out training sentences."
            ),
        )


def _about_recipe(recipe: JpqdRecipe) -> Iterator[Finding]:
    for path, reason in contradictions(recipe).items():
        yield _finding(
            f"recipe:{path}", "error", marked("The recipe contradicts itself"), f"{path}: {reason}"
        )


def _about_cpu(recipe: JpqdRecipe, cpu: CpuFeatures) -> Iterator[Finding]:
    if not recipe.quantization.enabled or cpu.has_vnni is None:
        return
    fixed = recipe.quantization.overflow_fix != "disable"
    if cpu.saturates and not fixed:
        yield _finding(
            "overflow_fix",
            "warning",
            marked("INT8 sums can overflow on this processor"),
            said(
                "It has neither VNNI nor AMX. "
                "Set the saturation fix to “enable”, or run the result elsewhere."
            ),
        )
    elif not cpu.saturates and fixed:
        yield _finding(
            "overflow_fix",
            "warning",
            marked("The saturation fix is not needed here"),
            said(
                "This processor has %1: full-range weights are safe and more accurate. "
                "Keep the fix only for other processors.",
                cpu.summary,
            ),
        )
    else:
        yield _finding("overflow_fix", "ok", marked("INT8"), said("This processor has %1", cpu.summary))


def _about_devices(recipe: JpqdRecipe, devices: Sequence[Device], preferred: str) -> Iterator[Finding]:
    """Tell what the devices beside the CPU can do with the result."""
    if not devices:
        return
    names = [device.name for device in devices]
    if not any(name == preferred or name.startswith(f"{preferred}.") for name in names):
        yield _finding(
            "device_missing",
            "warning",
            said("%1 is not found here", preferred),
            said(
                "OpenVINO finds %1. Choose another device in Settings, or install its driver.",
                ", ".join(names),
            ),
        )
    others = [device for device in devices if device.name != CPU]
    if not others:
        yield _finding("devices", "ok", marked("Devices"), said("OpenVINO finds only the CPU"))
    for device in others:
        yield _about_device(recipe, device)


def _about_device(recipe: JpqdRecipe, device: Device) -> Finding:
    title = f"{device.name} · {device.full_name}" if device.full_name else device.name
    code = f"device:{device.name}"
    listed = ", ".join(device.capabilities)
    if not device.capabilities:
        return _finding(code, "ok", title, said("It does not report its capabilities"))
    if recipe.quantization.enabled and not device.has_int8:
        text = said(
            "No INT8 there: the result runs in floating point and gains by pruning alone (%1)", listed
        )
        return _finding(code, "warning", title, text)
    units = said("INT8 in its matrix units (%1)", listed) if device.has_matrix_units else listed
    return _finding(code, "ok", title, units)


def _about_compiler(recipe: JpqdRecipe) -> Iterator[Finding]:
    compiler = os.environ.get("CXX", "c++")
    if recipe.quantization.enabled and not (shutil.which(compiler) or shutil.which("g++")):
        yield _finding(
            "no_compiler",
            "warning",
            marked("No C++ compiler"),
            said(
                "The kernels of INT8 training are compiled once on each machine; "
                "where they are not built yet the job ends with an error. "
                "Install g++ (Debian: sudo apt install g++)."
            ),
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
        yield _finding("time", "ok", marked("Time"), said("Not measured yet on this computer"))
    else:
        text = said("About %1, %2", time_range_text(expected.seconds), source)
        yield _finding("time", "ok", marked("Time"), text)
    yield _about_memory(expected, source)
    yield _about_disk(workspace, expected, source)


def _source_of(expected: Estimate) -> str:
    if not expected.runs:
        return said("from the model's size, as no run has finished here yet")
    if expected.same_model:
        one, many = marked("from 1 earlier run here"), marked("from %1 earlier runs here")
    else:
        one = marked("from 1 earlier run here on other models")
        many = marked("from %1 earlier runs here on other models")
    return said(one) if expected.runs == 1 else said(many, expected.runs)


def _about_memory(expected: Estimate, source: str) -> Finding:
    if expected.memory_mb is None:
        return _finding("memory", "ok", marked("Memory"), said("Not measured yet on this computer"))
    low, high = (
        in_figures(f"{value / 1000:.1f}") for value in (expected.memory_mb.low, expected.memory_mb.high)
    )
    needed = f"{low} GB" if low == high else said("%1 to %2", low, f"{high} GB")
    total = total_memory_mb()
    if total is not None and expected.memory_mb.high > total:
        there = in_figures(f"{total / 1000:.1f} GB")
        text = said("About %1, %2; this computer has %3. Take a smaller batch.", needed, source, there)
        return _finding("memory", "warning", marked("Memory may not suffice"), text)
    return _finding("memory", "ok", marked("Memory"), said("About %1, %2", needed, source))


def _about_bytes(size: float) -> str:
    """Return an estimated size, without decimals that nobody knows: ``539 MB``, ``67.2 GB``."""
    return bytes_text(size) if size >= 1e9 else in_figures(f"{size / 1e6:,.0f} MB")


def _about_disk(workspace: Workspace, expected: Estimate, source: str) -> Finding:
    free = shutil.disk_usage(workspace.folder).free
    stays, needed = expected.disk_bytes.low, expected.disk_bytes.high
    stay, run, left = map(_about_bytes, (stays, needed, free))
    text = said("About %1 stay, up to %2 while it runs, %3; %4 free", stay, run, source, left)
    if free < needed:
        advice = said("%1. Free some first.", text)
        return _finding("disk_full", "error", marked("Not enough space on the disk"), advice)
    severity: Severity = "warning" if free < 2 * needed else "ok"
    return _finding("disk", severity, marked("Space on the disk"), text)


def _are_called_otherwise(labels: Sequence[str], classes: Sequence[str]) -> bool:
    """Whether both have names, and not the same ones; numbers and ``LABEL_0`` are no names."""
    if all(label.isdecimal() for label in labels) or all(_PLACEHOLDER.match(name) for name in classes):
        return False
    return class_ids(labels, classes) is None
