"""The moment in which a model joins the workspace; a job that is killed in it tells the rest when resumed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from app.domain.event import ModelMade
from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.engine.context import JobContext
from app.engine.measuring import append_measurements

_MADE_FILE: Final = "made.json"


class Made(msgspec.Struct, frozen=True):
    """What a job has to tell once its model has its final name."""

    result: dict[str, object]
    measurements: tuple[Measurement, ...]
    """Of the model, and of others that were measured beside it."""


def is_published(final: Path, run_folder: Path) -> bool:
    """Whether the run has made its model already, so that only the telling may be missing."""
    return final.exists() and (run_folder / _MADE_FILE).exists()


def publish(
    partial: Path, final: Path, run_folder: Path, made: Made, context: JobContext
) -> dict[str, object]:
    """Give a complete model folder its final name and tell of it; return the job's result.

    Args:
        partial: The model's folder with everything but its figures.
        final: Its name in the workspace.
        run_folder: Where what is told is kept, for a job that dies before it has told it.
        made: What to tell.
        context: Whom to tell.
    """
    record = _record_in(partial)
    (partial / MEASUREMENTS_FILE).unlink(missing_ok=True)  # of an attempt that was killed here
    append_measurements(partial, [entry for entry in made.measurements if entry.model_id == record.id])
    run_folder.mkdir(parents=True, exist_ok=True)
    beginning = run_folder / f".{_MADE_FILE}.partial"
    beginning.write_bytes(msgspec.json.encode(made))
    beginning.replace(run_folder / _MADE_FILE)
    partial.replace(final)
    return tell_published(final, run_folder, context)


def tell_published(final: Path, run_folder: Path, context: JobContext) -> dict[str, object]:
    """Tell of a model that has its final name; doing so twice does no harm. Return the job's result."""
    made = msgspec.json.decode((run_folder / _MADE_FILE).read_bytes(), type=Made)
    record = _record_in(final)
    for model_id in sorted({entry.model_id for entry in made.measurements} - {record.id}):
        _append_missing(final.with_name(model_id), [e for e in made.measurements if e.model_id == model_id])
    for entry in made.measurements:
        context.measured(entry)
    context.emit(ModelMade(record))
    return made.result


def _append_missing(folder: Path, measurements: Sequence[Measurement]) -> None:
    """Add figures to a model that was there before, unless they are there already or it is gone."""
    if not folder.is_dir():
        return
    path = folder / MEASUREMENTS_FILE
    there = path.read_bytes() if path.exists() else b""
    append_measurements(folder, [entry for entry in measurements if entry.id.encode() not in there])


def _record_in(folder: Path) -> ModelRecord:
    return msgspec.json.decode((folder / RECORD_FILE).read_bytes(), type=ModelRecord)
