"""Records for tests of the store and the services; nothing here is measured."""

from pathlib import Path

import msgspec

from app.domain.job import ImportSpec, Job, ModelAt, TrySpec
from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.store.ids import new_id
from app.store.workspace import Workspace


def model_record(name: str = "sentiment", **fields: object) -> ModelRecord:
    values: dict[str, object] = {
        "id": new_id("m"),
        "name": name,
        "task": "text-classification",
        "family": "bert",
        "created_at": "2026-11-22T19:33:12+00:00",
        "labels": ("negative", "positive"),
        **fields,
    }
    return msgspec.convert(values, ModelRecord)


def measurement(model_id: str, metric: str = "accuracy", value: float = 0.9, **fields: object) -> Measurement:
    values: dict[str, object] = {
        "id": new_id("x"),
        "model_id": model_id,
        "metric": metric,
        "value": value,
        "unit": "1",
        "measured_at": "2026-11-22T20:00:00+00:00",
        **fields,
    }
    return msgspec.convert(values, Measurement)


def write_model(workspace: Workspace, record: ModelRecord, figures: list[Measurement] | None = None) -> Path:
    """Write a model's folder as a worker leaves it, without networks in it."""
    folder = workspace.model_folder(record.id)
    folder.mkdir(parents=True)
    (folder / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    lines = b"".join(msgspec.json.encode(figure) + b"\n" for figure in figures or [])
    (folder / MEASUREMENTS_FILE).write_bytes(lines)
    return folder


def import_spec(workspace: Workspace, source: str = "finish") -> ImportSpec:
    """Return a heavy job; stand_in.py does what ``source`` says."""
    run_id, model_id = new_id("r"), new_id("m")
    return ImportSpec(
        run_id=run_id,
        run_folder=str(workspace.run_folder(run_id)),
        source=source,
        model_id=model_id,
        model_folder=str(workspace.model_folder(model_id)),
    )


def try_spec(workspace: Workspace, text: str = "finish") -> TrySpec:
    """Return a light job; stand_in.py does what ``text`` says."""
    run_id = new_id("r")
    return TrySpec(
        run_id=run_id, run_folder=str(workspace.run_folder(run_id)), model=ModelAt("m", "/m"), text=text
    )


def job_of(spec: ImportSpec | TrySpec) -> Job:
    return Job(run_id=spec.run_id, title="a job", spec=spec, created_at=1.0)
