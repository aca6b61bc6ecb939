"""The real worker around a compression that only plays the events of a made-up run."""

import sys
import time
from pathlib import Path

import msgspec

from app.domain.event import Checkpointed, ModelMade, Progress, Resumed, StageStarted
from app.domain.job import CompressSpec, ImportSpec
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.engine import worker
from app.engine.context import JobContext
from tests.factories import make_model, make_run, make_structure, make_variant

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


def _runner(spec: object) -> object:
    return _import if isinstance(spec, ImportSpec) else _compress


if __name__ == "__main__":
    worker.runner_for = _runner  # type: ignore[assignment]
    sys.exit(worker.main(Path(sys.argv[1])))
