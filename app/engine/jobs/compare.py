"""Several models side by side: size, speed, accuracy, layers, and where their answers differ."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from app.domain.disagreement import DIFFERING_FILE, DifferingRow, GivenAnswer, wilson_interval
from app.domain.errors import AppError
from app.domain.job import CompareSpec, ModelAt
from app.domain.measurement import Measurement
from app.domain.model import IR_FOLDER
from app.engine.context import JobContext
from app.engine.datasets import Rows, content_hash, dataset_path, read_rows
from app.engine.export import ir_size_bytes
from app.engine.footprint import peak_memory_bytes
from app.engine.jobs.evaluate import accuracy_measurement
from app.engine.jobs.predict import label_names
from app.engine.layer_figures import OUTSIDE, LayerOutputs, layer_errors, layer_times
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
from app.engine.tasks.text_classification import (
    Evaluation,
    class_names,
    evaluate_ir,
    paired_difference,
    require_same_order,
    softmax,
    tokenize,
)
from app.engine.tokenizing import Features, JsonTokenizer

_MAX_DIFFERING: Final = 50
"""Rows in the result; all of them are in the run folder."""
_LAYER_SENTENCES: Final = 32
"""Sentences on which the layers' outputs are compared."""


@dataclass(frozen=True)
class _Subject:
    """One of the models, with what was found about it."""

    model: ModelAt
    ir: Path
    size_bytes: int
    peak_memory_bytes: int | None
    latency: SpeedResult
    throughput: SpeedResult
    evaluation: Evaluation | None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of its classes, empty where it was not evaluated."""
        return () if self.evaluation is None else label_names(self.ir, self.evaluation.logits.shape[1])


class _Course:
    """Tells progress as a share of the whole job, which is made of parts of about equal length."""

    def __init__(self, parts: int, context: JobContext) -> None:
        self._parts = parts
        self._done = 0
        self._context = context

    def next(self) -> Callable[[int, int], None]:
        """Begin a part; return what it tells its progress to."""
        begun = self._done
        self._done += 1

        def tell(done: int, total: int) -> None:
            fraction = (begun + done / max(total, 1)) / self._parts
            self._context.progress(done, total, fraction=min(fraction, 1.0))

        return tell


def run(spec: CompareSpec, context: JobContext) -> dict[str, object]:
    """Measure each model, then each against the first.

    Raises:
        AppError: ``too_few_models`` or ``classes_reordered``, or as `measure_speed`, `read_rows` and
            `evaluate_ir`.
    """
    if len(spec.models) < 2:
        raise AppError("too_few_models", "A comparison takes at least two models.", "Name another one.")
    for model in spec.models:
        require_ir(Path(model.folder) / IR_FOLDER)
    classes = [class_names(Path(model.folder) / IR_FOLDER) for model in spec.models]
    for others in classes[1:]:
        require_same_order(classes[0], others)
    rows = None if spec.data is None else read_rows(spec.data)
    dataset_hash = None if spec.data is None else content_hash(dataset_path(spec.data))
    subjects: list[_Subject] = []
    count = len(spec.models)
    stages = count + 2
    course = _Course(count * (2 if rows is None else 3) + count - 1, context)
    for index, model in enumerate(spec.models):
        context.check()
        context.stage(f"measure {index + 1}", index, stages)
        subject = _measure(model, spec, rows, context, course)
        _keep(subject, spec, dataset_hash, context)
        subjects.append(subject)
    context.stage("compare", count, stages)
    first = subjects[0]
    pairs = [_pair(first, other, spec, context, course) for other in subjects[1:]]
    context.stage("layers", count + 1, stages)
    layers, reasons = _layers(subjects, spec, rows, context)
    differing = [] if rows is None else _differing(subjects, rows)
    _write_differing(Path(spec.run_folder), differing)
    return {
        "device": spec.device,
        "precision": spec.precision,
        "shape": [spec.batch, spec.length],
        "dataset": None if spec.data is None else spec.data.name,
        "dataset_hash": dataset_hash,
        "n": None if rows is None else len(rows),
        "models": [_figures(subject) for subject in subjects],
        "pairs": pairs,
        "layers": layers,
        "layers_not_measured": reasons,
        "differing_count": None if rows is None else len(differing),
        "differing": [_told(row) for row in differing[:_MAX_DIFFERING]],
    }


def _measure(
    model: ModelAt, spec: CompareSpec, rows: Rows | None, context: JobContext, course: _Course
) -> _Subject:
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
            progress=course.next(),
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
            progress=course.next(),
        )
    memory = peak_memory_bytes(
        ir, device=spec.device, precision=spec.precision, batch=spec.batch, length=spec.length
    )
    return _Subject(model, ir, ir_size_bytes(ir), memory, latency, throughput, evaluation)


def _keep(subject: _Subject, spec: CompareSpec, dataset_hash: str | None, context: JobContext) -> None:
    """Add the figures to the model's folder and tell them."""
    model_id = subject.model.id
    entries: list[Measurement] = [
        measurement(model_id, "ir_size", subject.size_bytes, "B", run_id=spec.run_id),
        *latency_measurements(model_id, spec.run_id, subject.latency),
        *throughput_measurements(model_id, spec.run_id, subject.throughput),
    ]
    if subject.peak_memory_bytes is not None:
        conditions = {
            "device": spec.device,
            "precision": subject.latency.executed_precision,
            "shape": (spec.batch, spec.length),
            "hint": "latency",
            "run_id": spec.run_id,
        }
        entries.append(measurement(model_id, "peak_memory", subject.peak_memory_bytes, "B", **conditions))
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
        "peak_memory_bytes": subject.peak_memory_bytes,
        "executed_precision": subject.latency.executed_precision,
        "accuracy": value,
        "accuracy_ci95": None if value is None else [low, high],
    }


def _pair(
    first: _Subject, other: _Subject, spec: CompareSpec, context: JobContext, course: _Course
) -> dict[str, object]:
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
        progress=course.next(),
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
        "agreement_ci95": None,
    }
    if first.evaluation is not None and other.evaluation is not None:
        difference, low, high = paired_difference(first.evaluation.correct, other.evaluation.correct)
        ours, theirs = first.evaluation.predictions, other.evaluation.predictions
        same = sum(a == b for a, b in zip(ours, theirs, strict=True))
        document["accuracy_difference"] = difference
        document["accuracy_difference_ci95"] = [low, high]
        document["agreement"] = same / len(ours)
        document["agreement_ci95"] = list(wilson_interval(same, len(ours)))
    return document


def _layers(
    subjects: list[_Subject], spec: CompareSpec, rows: Rows | None, context: JobContext
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return time and error of each layer, and why some of them were not measured."""
    figures: list[dict[str, object]] = []
    reasons: list[dict[str, object]] = []

    def refuse(subject: _Subject, figure: str, reason: str) -> None:
        reasons.append({"model_id": subject.model.id, "figure": figure, "reason": reason})

    reference: LayerOutputs | None = None
    if rows is not None:
        rows = rows.first(_LAYER_SENTENCES)
        try:
            reference = LayerOutputs(subjects[0].ir, spec.device, spec.precision)
        except AppError as error:
            refuse(subjects[0], "relative_error", error.problem.summary)
    for subject in subjects:
        context.check()
        errors: list[float] = []
        try:
            errors = _errors(subject, reference, rows, spec, context)
        except AppError as error:
            refuse(subject, "relative_error", error.problem.summary)
        try:
            times = layer_times(
                subject.ir,
                device=spec.device,
                precision=spec.precision,
                batch=spec.batch,
                length=spec.length,
                stop=context.check,
            )
        except AppError as error:
            refuse(subject, "time_ms", error.problem.summary)
            times = []
        names = {one.layer: one for one in times}
        for layer in sorted(set(names) | set(range(len(errors)))):
            timed = names.get(layer)
            figures.append(
                {
                    "model_id": subject.model.id,
                    "layer": layer,
                    "name": "" if timed is None else timed.name,
                    "time_ms": None if timed is None else timed.time_ms,
                    "relative_error": errors[layer] if layer != OUTSIDE and layer < len(errors) else None,
                }
            )
    return figures, reasons


def _errors(
    subject: _Subject,
    reference: LayerOutputs | None,
    rows: Rows | None,
    spec: CompareSpec,
    context: JobContext,
) -> list[float]:
    """Return the error of each layer's output against the reference.

    Raises:
        AppError: Why that cannot be said.
    """
    if rows is None:
        raise AppError("data_needed", "Without a dataset there are no inputs to compare layers on.")
    if reference is None:
        raise AppError("layers_unknown", "The layers of the reference are not known.")
    sentences = _features(subject.ir, rows)
    if sentences != _features(reference.folder, rows):
        raise AppError("tokenizers_unlike", "It cuts texts into other tokens than the reference.")
    other = LayerOutputs(subject.ir, spec.device, spec.precision)
    return layer_errors(reference, other, sentences, context.check)


def _features(ir: Path, rows: Rows) -> list[Features]:
    tokenizer = JsonTokenizer(ir)
    return tokenize(tokenizer, rows, tokenizer.max_length)


def _differing(subjects: list[_Subject], rows: Rows) -> list[DifferingRow]:
    """Return the rows that not all models answer alike."""
    evaluations = [subject.evaluation for subject in subjects if subject.evaluation is not None]
    predictions = [evaluation.predictions for evaluation in evaluations]
    shares = [softmax(evaluation.logits) for evaluation in evaluations]
    names = [subject.labels for subject in subjects]
    found: list[DifferingRow] = []
    for row, answers in enumerate(zip(*predictions, strict=True)):
        if len(set(answers)) == 1:
            continue
        found.append(
            DifferingRow(
                row + 1,
                rows.texts[row],
                names[0][evaluations[0].labels[row]],
                tuple(map(GivenAnswer, _names_of(names, answers), _shares_of(shares, row, answers))),
                None if rows.pairs is None else rows.pairs[row],
            )
        )
    return found


def _names_of(names: Sequence[tuple[str, ...]], answers: Sequence[int]) -> list[str]:
    """Return each model's answer by the names of the first: a variant may have forgotten its own."""
    return [
        names[0][answer] if answer < len(names[0]) else own[answer]
        for own, answer in zip(names, answers, strict=True)
    ]


def _shares_of(shares: Sequence[npt.NDArray[np.float64]], row: int, answers: Sequence[int]) -> list[float]:
    return [float(share[row, answer]) for share, answer in zip(shares, answers, strict=True)]


def _told(row: DifferingRow) -> dict[str, object]:
    return {
        "row": row.row,
        "text": row.text,
        "label": row.truth,
        "predictions": [answer.label for answer in row.answers],
        "probabilities": [answer.probability for answer in row.answers],
    }


def _write_differing(folder: Path, rows: list[DifferingRow]) -> None:
    """Write every row; a reader finds the whole file or none."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{DIFFERING_FILE}.partial"
    with partial.open("wb") as file:
        file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / DIFFERING_FILE)
