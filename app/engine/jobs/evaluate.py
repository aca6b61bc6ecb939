"""Measure a model's accuracy on a dataset, with its 95 % interval."""

from pathlib import Path

from app.domain.dataset import DatasetRecord
from app.domain.job import EvaluateSpec
from app.domain.measurement import Measurement
from app.domain.model import IR_FOLDER
from app.engine.context import JobContext
from app.engine.datasets import content_hash, dataset_path, read_rows
from app.engine.measuring import append_measurements, measurement
from app.engine.openvino_runtime import require_ir
from app.engine.tasks.text_classification import Evaluation, evaluate_ir


def run(spec: EvaluateSpec, context: JobContext) -> dict[str, object]:
    """Evaluate the IR on the rows that ``spec`` names.

    Raises:
        AppError: As `read_rows` and `evaluate_ir`.
    """
    folder = Path(spec.model.folder)
    ir = require_ir(folder / IR_FOLDER)
    context.stage("evaluate", 0, 1)
    rows = read_rows(spec.data).first(spec.limit)
    evaluation = evaluate_ir(
        ir,
        rows,
        device=spec.device,
        precision=spec.precision,
        stop=context.check,
        progress=lambda done, total: context.progress(done, total, fraction=done / max(total, 1)),
    )
    hashed = content_hash(dataset_path(spec.data))
    entry = accuracy_measurement(
        spec.model.id, evaluation, spec.data, hashed, spec.run_id, spec.device, spec.precision
    )
    append_measurements(folder, [entry])
    context.measured(entry)
    return {
        "model_id": spec.model.id,
        "accuracy": entry.value,
        "accuracy_ci95": [entry.low, entry.high],
        "n": entry.n,
        "dataset": spec.data.name,
        "dataset_hash": hashed,
        "split": spec.data.split,
        "device": spec.device,
        "precision": spec.precision,
    }


def accuracy_measurement(
    model_id: str,
    evaluation: Evaluation,
    data: DatasetRecord,
    dataset_hash: str,
    run_id: str,
    device: str,
    precision: str,
) -> Measurement:
    """Return the accuracy as a measurement."""
    value, low, high = evaluation.accuracy
    return measurement(
        model_id,
        "accuracy",
        value,
        "1",
        low=low,
        high=high,
        n=len(evaluation.labels),
        dataset_id=data.id,
        dataset_hash=dataset_hash,
        device=device,
        precision=precision,
        run_id=run_id,
    )
