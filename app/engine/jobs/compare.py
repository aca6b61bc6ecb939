"""Several models side by side: size, speed, accuracy, and where their answers differ."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.domain.job import CompareSpec, ModelAt
from app.domain.measurement import Measurement
from app.domain.model import IR_FOLDER
from app.engine.context import JobContext
from app.engine.datasets import Rows, content_hash, dataset_path, read_rows
from app.engine.export import ir_size_bytes
from app.engine.jobs.evaluate import accuracy_measurement
from app.engine.jobs.predict import label_names
from app.engine.measuring import (
    SpeedResult,
    append_measurements,
    latency_measurements,
    measure_speed,
    measurement,
    speed_ratio,
    throughput_measurements,
)
from app.engine.openvino_runtime import require_ir
from app.engine.tasks.text_classification import Evaluation, evaluate_ir, paired_difference

_MAX_DIFFERING: Final = 50


@dataclass(frozen=True)
class _Subject:
    """One of the models, with what was found about it."""

    model: ModelAt
    ir: Path
    size_bytes: int
    latency: SpeedResult
    throughput: SpeedResult
    evaluation: Evaluation | None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of its classes, empty where it was not evaluated."""
        return () if self.evaluation is None else label_names(self.ir, self.evaluation.logits.shape[1])


def run(spec: CompareSpec, context: JobContext) -> dict[str, object]:
    """Measure each model, then each against the first.

    Raises:
        AppError: ``too_few_models``, or as `measure_speed`, `read_rows` and `evaluate_ir`.
    """
    if len(spec.models) < 2:
        raise AppError("too_few_models", "A comparison takes at least two models.", "Name another one.")
    for model in spec.models:
        require_ir(Path(model.folder) / IR_FOLDER)
    rows = None if spec.data is None else read_rows(spec.data)
    dataset_hash = None if spec.data is None else content_hash(dataset_path(spec.data))
    subjects: list[_Subject] = []
    stages = len(spec.models) + 1
    for index, model in enumerate(spec.models):
        context.check()
        context.stage(f"measure {index + 1}", index, stages)
        subject = _measure(model, spec, rows, context)
        _keep(subject, spec, dataset_hash, context)
        subjects.append(subject)
    context.stage("compare", stages - 1, stages)
    first = subjects[0]
    return {
        "device": spec.device,
        "precision": spec.precision,
        "shape": [spec.batch, spec.length],
        "dataset": None if spec.data is None else spec.data.name,
        "dataset_hash": dataset_hash,
        "n": None if rows is None else len(rows),
        "models": [_figures(subject) for subject in subjects],
        "pairs": [_pair(first, other, spec, context) for other in subjects[1:]],
        "differing_count": None if rows is None else sum(_differ(subjects, row) for row in range(len(rows))),
        "differing": [] if rows is None else _differing(subjects, rows),
    }


def _measure(model: ModelAt, spec: CompareSpec, rows: Rows | None, context: JobContext) -> _Subject:
    ir = Path(model.folder) / IR_FOLDER
    latency, throughput = (
        measure_speed(
            ir,
            device=spec.device,
            precision=spec.precision,
            hint=hint,
            batch=spec.batch,
            length=spec.length,
            seconds=spec.seconds,
            stop=context.check,
            progress=context.progress,
        )
        for hint in ("latency", "throughput")
    )
    evaluation = None
    if rows is not None:
        evaluation = evaluate_ir(
            ir,
            rows,
            device=spec.device,
            precision=spec.precision,
            stop=context.check,
            progress=context.progress,
        )
    return _Subject(model, ir, ir_size_bytes(ir), latency, throughput, evaluation)


def _keep(subject: _Subject, spec: CompareSpec, dataset_hash: str | None, context: JobContext) -> None:
    """Add the figures to the model's folder and tell them."""
    model_id = subject.model.id
    entries: list[Measurement] = [
        measurement(model_id, "ir_size", subject.size_bytes, "B", run_id=spec.run_id),
        *latency_measurements(model_id, spec.run_id, subject.latency),
        *throughput_measurements(model_id, spec.run_id, subject.throughput),
    ]
    if subject.evaluation is not None and spec.data is not None and dataset_hash is not None:
        entries.append(
            accuracy_measurement(
                model_id,
                subject.evaluation,
                spec.data,
                dataset_hash,
                spec.run_id,
                spec.device,
                spec.precision,
            )
        )
    append_measurements(Path(subject.model.folder), entries)
    for entry in entries:
        context.measured(entry)


def _figures(subject: _Subject) -> dict[str, object]:
    value, low, high = subject.evaluation.accuracy if subject.evaluation else (None, None, None)
    return {
        "model_id": subject.model.id,
        "size_bytes": subject.size_bytes,
        "latency_ms": {"p50": subject.latency.p50_ms, "p95": subject.latency.p95_ms},
        "throughput_per_s": subject.throughput.throughput_per_s,
        "load_ms": subject.latency.load_ms,
        "executed_precision": subject.latency.executed_precision,
        "accuracy": value,
        "accuracy_ci95": None if value is None else [low, high],
    }


def _pair(first: _Subject, other: _Subject, spec: CompareSpec, context: JobContext) -> dict[str, object]:
    """Compare ``other`` with the first; ratios above 1 are better."""
    speed = speed_ratio(
        first.ir,
        other.ir,
        device=spec.device,
        precision=spec.precision,
        batch=spec.batch,
        length=spec.length,
        seconds=2 * spec.seconds,
        stop=context.check,
        progress=context.progress,
    )
    document: dict[str, object] = {
        "model_id": other.model.id,
        "against": first.model.id,
        "size_ratio": first.size_bytes / other.size_bytes,
        "latency_ratio": first.latency.p50_ms / other.latency.p50_ms,
        "throughput_ratio": speed.ratio,
        "throughput_ratio_range": [speed.low, speed.high],
        "accuracy_difference": None,
        "accuracy_difference_ci95": None,
        "agreement": None,
    }
    if first.evaluation is not None and other.evaluation is not None:
        difference, low, high = paired_difference(first.evaluation.correct, other.evaluation.correct)
        ours, theirs = first.evaluation.predictions, other.evaluation.predictions
        same = sum(a == b for a, b in zip(ours, theirs, strict=True))
        document["accuracy_difference"] = difference
        document["accuracy_difference_ci95"] = [low, high]
        document["agreement"] = same / len(ours)
    return document


def _answers(subjects: list[_Subject], row: int) -> list[int]:
    return [subject.evaluation.predictions[row] for subject in subjects if subject.evaluation is not None]


def _differ(subjects: list[_Subject], row: int) -> bool:
    return any(a != b for a, b in pairwise(_answers(subjects, row)))


def _differing(subjects: list[_Subject], rows: Rows) -> list[dict[str, object]]:
    """Return the first rows that not all models answer alike."""
    names = subjects[0].labels
    found = [row for row in range(len(rows)) if _differ(subjects, row)][:_MAX_DIFFERING]
    return [
        {
            "row": row + 1,
            "text": rows.texts[row],
            "label": names[rows.labels[row]],
            "predictions": [names[answer] for answer in _answers(subjects, row)],
        }
        for row in found
    ]
