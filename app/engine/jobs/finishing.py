"""The last stages of a compression: export, measuring against the original, and the final folder."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from app.domain.errors import AppError
from app.domain.job import CompressSpec
from app.domain.measurement import Measurement
from app.domain.model import IR_FOLDER, RECORD_FILE, TORCH_FOLDER, ModelRecord
from app.engine.context import JobContext
from app.engine.datasets import content_hash, dataset_path, read_rows
from app.engine.disk import full_disk_told
from app.engine.export import export_ir, ir_size_bytes
from app.engine.families import family_of
from app.engine.families.base import structure
from app.engine.measuring import measure_speed, measurement, speed_measurements
from app.engine.model_folder import WEIGHTS, load_model, load_tokenizer
from app.engine.publishing import Made, is_published, publish, tell_published
from app.engine.quantization import quantizers
from app.engine.tasks.text_classification import evaluate_ir, paired_difference

PRECISION = "f32"
"""Of the float operations when measuring; left to itself a CPU with BF16 would take that."""


def export_and_measure(
    spec: CompressSpec,
    context: JobContext,
    trained: Path,
    groups: list[dict[str, Any]],
    stage: Callable[[str], None],
) -> dict[str, object]:
    """Turn the trained checkpoint into a model of the workspace and return the job's result.

    Args:
        spec: The job.
        context: Told about stages and figures.
        trained: The final checkpoint folder.
        groups: The table of kept structures, for the result.
        stage: Tells that a stage begins.
    """
    final, run_folder = Path(spec.model_folder), Path(spec.run_folder)
    if is_published(final, run_folder):
        return tell_published(final, run_folder, context)
    partial = final.with_name(f".{final.name}.partial")
    stage("export")
    if not (partial / IR_FOLDER).exists():
        _export(trained, partial)
    context.check()
    stage("measure")
    result, measurements = _measure(spec, context, partial)
    record = _record(spec, partial)
    (partial / RECORD_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1))
    context.raise_if_cancelled()
    made = Made(result | {"groups": groups}, tuple(measurements))
    return publish(partial, final, run_folder, made, context)


def _export(trained: Path, partial: Path) -> None:
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        with full_disk_told(partial.parent):
            unwanted = shutil.ignore_patterns("zeros.pt", "pruned.json")
            shutil.copytree(trained, partial / TORCH_FOLDER, ignore=unwanted)
            model, _ = load_model(trained)
            export_ir(model, load_tokenizer(trained), partial / IR_FOLDER)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _record(spec: CompressSpec, folder: Path) -> ModelRecord:
    model, kept = load_model(folder / TORCH_FOLDER)
    config: Any = model.config
    family = family_of(config)
    names: dict[int, str] = config.id2label
    return ModelRecord(
        id=spec.model_id,
        name=spec.recipe.name,
        task="text-classification",
        family=family.model_type,
        method="jpqd",
        parent_id=spec.model.id,
        run_id=spec.run_id,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        labels=tuple(names[index] for index in sorted(names)),
        precision="INT8" if quantizers(model) else "FP32",
        structure=structure(model, family, kept),
        checkpoint_bytes=(folder / TORCH_FOLDER / WEIGHTS).stat().st_size,
        ir_bytes=ir_size_bytes(folder / IR_FOLDER),
    )


class _Subject:
    """One of the two models that are measured side by side."""

    def __init__(self, model_id: str, ir: Path) -> None:
        self.model_id = model_id
        self.ir = ir
        self.measurements: list[Measurement] = []
        self.figures: dict[str, object] = {}
        self.correct: list[bool] = []
        self.predictions: list[int] = []


def _measure(
    spec: CompressSpec, context: JobContext, partial: Path
) -> tuple[dict[str, object], list[Measurement]]:
    """Measure size, speed and accuracy of result and original on this machine, in one go."""
    subjects = [
        _Subject(spec.model.id, Path(spec.model.folder) / IR_FOLDER),
        _Subject(spec.model_id, partial / IR_FOLDER),
    ]
    original, variant = subjects
    if not original.ir.exists():
        raise AppError(
            "original_ir_missing",
            f"The original {spec.model.id} has no IR to compare with.",
            "Import it again.",
        )
    settings = spec.recipe.measure
    for subject in subjects:
        size = ir_size_bytes(subject.ir)
        subject.figures["size_bytes"] = size
        subject.measurements.append(measurement(subject.model_id, "ir_size", size, "B", run_id=spec.run_id))
        speed = measure_speed(
            subject.ir,
            precision=PRECISION,
            batch=settings.batch,
            length=settings.length,
            seconds=2 * settings.seconds,
            stop=context.check,
            hint="throughput",
        )
        subject.measurements += speed_measurements(subject.model_id, spec.run_id, speed)
        subject.figures |= {
            "latency_ms": {"p50": speed.p50_ms, "p95": speed.p95_ms},
            "throughput_per_s": speed.throughput_per_s,
            "executed_precision": speed.executed_precision,
        }
    pair = _measure_accuracy(spec, context, subjects)
    sizes = [ir_size_bytes(subject.ir) for subject in subjects]
    rates = [float(str(subject.figures["throughput_per_s"])) for subject in subjects]
    result: dict[str, object] = {
        "model_id": spec.model_id,
        "original": original.figures,
        "variant": variant.figures,
        "size_ratio": sizes[0] / sizes[1],
        "throughput_ratio": rates[1] / rates[0],
        "shape": [settings.batch, settings.length],
        "device": "CPU",
        "precision": PRECISION,
        **pair,
    }
    context.log(
        f"{sizes[0] / sizes[1]:.2f}× smaller, {rates[1] / rates[0]:.2f}× the throughput"
        + (f", accuracy {_percent(variant)} against {_percent(original)}." if spec.evaluation else ".")
    )
    return result, original.measurements + variant.measurements


def _percent(subject: _Subject) -> str:
    return f"{100 * float(str(subject.figures['accuracy'])):.2f} %"


def _measure_accuracy(spec: CompressSpec, context: JobContext, subjects: list[_Subject]) -> dict[str, object]:
    data = spec.evaluation
    if data is None:
        return {"accuracy_difference": None, "accuracy_difference_ci95": None, "agreement": None}
    rows = read_rows(data)
    hashed = content_hash(dataset_path(data))
    for subject in subjects:
        evaluated = evaluate_ir(
            subject.ir, rows, precision=PRECISION, stop=context.check, progress=context.progress
        )
        subject.predictions = [int(label) for label in evaluated.logits.argmax(-1)]
        subject.correct = evaluated.correct
        value, low, high = evaluated.accuracy
        subject.figures |= {"accuracy": value, "accuracy_ci95": [low, high], "n": len(rows)}
        subject.measurements.append(
            measurement(
                subject.model_id,
                "accuracy",
                value,
                "1",
                low=low,
                high=high,
                n=len(rows),
                dataset_id=data.id,
                dataset_hash=hashed,
                device="CPU",
                precision=PRECISION,
                run_id=spec.run_id,
            )
        )
    original, variant = subjects
    difference, low, high = paired_difference(original.correct, variant.correct)
    same = sum(a == b for a, b in zip(original.predictions, variant.predictions, strict=True))
    return {
        "accuracy_difference": difference,
        "accuracy_difference_ci95": [low, high],
        "agreement": same / len(rows),
    }
