"""The real worker around jobs that only play the events of a made-up run, and answers that are made up."""

import queue
import sys
import time
import zlib
from pathlib import Path

import msgspec

from app.domain.disagreement import DIFFERING_FILE, DifferingRow, GivenAnswer
from app.domain.errors import AppError, Problem
from app.domain.event import Answer, Checkpointed, Measured, ModelMade, Progress, Resumed, StageStarted
from app.domain.job import CompareSpec, CompressSpec, ImportSpec, SessionSpec, WorkerSpec
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.domain.question import (
    Classified,
    Classify,
    Devices,
    ListDevices,
    Question,
    ReadExecution,
    Refused,
    Reply,
)
from app.engine import worker
from app.engine.context import JobContext
from tests.factories import (
    DEVICES,
    make_execution,
    make_measurements,
    make_model,
    make_run,
    make_structure,
    make_variant,
)

_STEP_S = 0.004


def _publish(record: ModelRecord, folder: Path, context: JobContext) -> None:
    folder.mkdir(parents=True)
    (folder / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    (folder / MEASUREMENTS_FILE).touch()
    context.emit(ModelMade(record))


def _import(spec: ImportSpec, context: JobContext) -> dict[str, object]:
    context.stage("check", 0, 2)
    context.progress(1, 2, fraction=0.5)
    record = make_model(spec.model_id, spec.name, origin=spec.source)
    _publish(record, Path(spec.model_folder), context)
    return {"model_id": spec.model_id}


def _compress(spec: CompressSpec, context: JobContext) -> dict[str, object]:
    checkpoint = Path(spec.run_folder) / "step"
    resumed = int(checkpoint.read_text()) if checkpoint.exists() else 0
    total = int(spec.recipe.training.epochs * 100)
    step = 0
    for timed in make_run(total_steps=total, finishes=False):
        event = timed.event
        if isinstance(event, Progress):
            step = event.done
            if step == resumed:
                context.emit(StageStarted("prune", 1, 5))
                context.emit(Resumed(step))
        if step < resumed and not isinstance(event, StageStarted):
            continue
        context.emit(event)
        if isinstance(event, Progress):
            time.sleep(_STEP_S)
            if context.suspend_requested:
                checkpoint.write_text(str(step))
                context.emit(Checkpointed(step))
            if context.stop_early_requested:
                break
            context.check(step)
    record = make_variant(spec.model_id, spec.recipe.name, spec.model.id)
    record = msgspec.structs.replace(record, structure=make_structure(pruned=True), run_id=spec.run_id)
    _publish(record, Path(spec.model_folder), context)
    return {"model_id": spec.model_id}


def _play(_spec: WorkerSpec, context: JobContext) -> dict[str, object]:
    """Stand in for a job that makes no model."""
    context.stage("measure", 0, 1)
    for done in range(1, 21):
        time.sleep(_STEP_S)
        context.progress(done, 20, fraction=done / 20)
        context.check(done)
    return {}


def _answer(_spec: SessionSpec, context: JobContext) -> dict[str, object]:
    while True:
        context.check()
        try:
            request = context.requests.get(timeout=0.2)
        except queue.Empty:
            continue
        reply = _reply(msgspec.convert(request.body, Question))
        context.emit(Answer(request.request_id, msgspec.to_builtins(reply)))


def _reply(question: Question) -> Reply:
    match question:
        case ListDevices():
            return Devices(DEVICES)
        case Classify() if question.device == "CPU":
            shares = [zlib.crc32(f"{question.model.id} {text}".encode()) / 2**32 for text in question.texts]
            rows = tuple((1 - share, share) for share in shares)
            times = tuple(1.0 + share for share in shares)
            return Classified(("negative", "positive"), rows, times, 80.0, "CPU", question.precision)
        case ReadExecution() if question.device == "CPU":
            return make_execution(precision=question.precision)
        case _:
            return Refused(Problem("rehearsed", "Nothing answers that here.", "Ask something else."))


def _compare(spec: CompareSpec, context: JobContext) -> dict[str, object]:
    """Tell made-up figures; 3,000 of 4,000 inputs are answered unlike. A length of 13 fails, 14 hangs."""
    if spec.length == 13:
        raise AppError("shape_unsupported", "The model does not take 13 tokens.", "Choose another length.")
    for place, model in enumerate(spec.models):
        context.stage(f"measure {place + 1}", place, len(spec.models) + 2)
        context.progress(1, 2, fraction=(place + 0.5) / len(spec.models))
        while spec.length == 14:
            context.check()
            time.sleep(_STEP_S)
        figures = make_measurements(model.id, p50_ms=8.0 / (place + 1), accuracy=0.9 - place / 100, size=1e7)
        for one in figures:
            changes = {"id": f"{spec.run_id}-{one.id}", "measured_at": "2027-01-01T00:00:00Z"}
            if one.metric == "accuracy":
                changes |= {"dataset_hash": "abc", "n": 4_000}
            context.emit(Measured(msgspec.structs.replace(one, **changes)))
    rows = [
        DifferingRow(
            number,
            f"sentence {number}",
            "positive",
            tuple(
                GivenAnswer("positive" if (number + place) % 2 else "negative", 0.75)
                for place in range(len(spec.models))
            ),
        )
        for number in range(1, 3_001)
    ]
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    (Path(spec.run_folder) / DIFFERING_FILE).write_bytes(lines)
    layers = [
        {"model_id": model.id, "layer": layer, "time_ms": 0.5, "relative_error": 0.1 * place}
        for place, model in enumerate(spec.models)
        for layer in range(6)
    ]
    return {
        "device": spec.device,
        "precision": spec.precision,
        "shape": [1, spec.length],
        "dataset": "reviews",
        "dataset_hash": "abc",
        "n": 4_000,
        "differing_count": len(rows),
        "differing": [],
        "layers": layers,
        "layers_not_measured": [],
    }


def _runner(spec: WorkerSpec) -> object:
    match spec:
        case ImportSpec():
            return _import
        case CompressSpec():
            return _compress
        case CompareSpec():
            return _compare
        case SessionSpec():
            return _answer
        case _:
            return _play


if __name__ == "__main__":
    worker.runner_for = _runner  # type: ignore[assignment]
    sys.exit(worker.main(Path(sys.argv[1])))
