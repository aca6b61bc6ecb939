"""The real worker around jobs that only pretend to work, each badly behaved in its own way."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from app.domain.errors import AppError
from app.domain.event import Checkpointed, Metric, ModelMade, Resumed
from app.domain.job import ImportSpec, TrySpec
from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.engine import worker
from app.engine.context import JobContext

Spec = ImportSpec | TrySpec
_CHECKPOINT = "checkpoint.json"


def _finish(_spec: Spec, context: JobContext, _argument: str) -> dict[str, object]:
    os.write(1, b"native noise on fd 1, \xc3\xa9\n")
    context.stage("prepare", 0, 1)
    for done in range(1, 4):
        context.progress(done, 3, fraction=done / 3)
    context.metric("loss/total", 3, float("nan"))
    return {"answer": 42}


def _steps(spec: Spec, context: JobContext, argument: str) -> dict[str, object]:
    """Count to ``argument``, ten milliseconds a step, with a checkpoint every five steps."""
    checkpoint = Path(spec.run_folder) / _CHECKPOINT
    total = int(argument)
    context.stage("prune", 0, 1)
    start = msgspec.json.decode(checkpoint.read_bytes()) if checkpoint.exists() else 0
    if start:
        context.emit(Resumed(start))
    for step in range(start + 1, total + 1):
        time.sleep(0.01)
        context.metric("loss/total", step, 1.0 / step)
        context.emit(Metric("sparsity/linear", step, step / total))
        if step % 5 == 0 or context.suspend_requested:
            partial = checkpoint.with_name(f".{_CHECKPOINT}.partial")
            partial.write_bytes(msgspec.json.encode(step))
            partial.replace(checkpoint)
            context.emit(Checkpointed(step))
        context.progress(step, total, fraction=step / total, eta_s=(total - step) * 0.01)
        if context.stop_early_requested:
            return {"steps": step, "stopped_early": True}
        context.check(step)
    return {"steps": total}


def _stubborn(spec: Spec, context: JobContext, _argument: str) -> dict[str, object]:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (Path(spec.run_folder) / "child.pid").write_text(str(child.pid))
    context.stage("prepare", 0, 1)
    time.sleep(60)
    return {}


def _orphans(spec: Spec, context: JobContext, _argument: str) -> dict[str, object]:
    """Finish, but leave a child behind."""
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (Path(spec.run_folder) / "child.pid").write_text(str(child.pid))
    context.stage("prepare", 0, 1)
    return {}


def _flood(_spec: Spec, context: JobContext, argument: str) -> dict[str, object]:
    context.stage("prepare", 0, 1)
    for step in range(int(argument)):
        context.metric("loss/total", step, step * 0.001)
    return {}


def _garbage(_spec: Spec, context: JobContext, _argument: str) -> dict[str, object]:
    channel: Any = context.emit.__self__  # type: ignore[attr-defined]
    channel._pipe.write(b'{"v":1,"at":0,"event":{"kind":"martian"}}\n')
    channel._pipe.flush()
    return {}


def _lingers(_spec: Spec, _context: JobContext, _argument: str) -> dict[str, object]:
    threading.Thread(target=time.sleep, args=(60,)).start()  # keeps the process from ending
    return {"lingered": True}


def _dies(_spec: Spec, context: JobContext, argument: str) -> dict[str, object]:
    context.stage("prepare", 0, 1)
    sys.stderr.write("my last words\n")
    sys.stderr.flush()
    if argument == "exit":
        os._exit(0)
    os.kill(os.getpid(), signal.Signals[argument])
    time.sleep(60)
    return {}


def _fails(_spec: Spec, _context: JobContext, argument: str) -> dict[str, object]:
    match argument:
        case "user":
            raise AppError("data_empty", "The file has no rows.", "Choose another.")
        case "disk":
            raise OSError(errno.ENOSPC, "No space left on device", "checkpoint")
        case _:
            raise ZeroDivisionError("boom")


def _makes(spec: Spec, context: JobContext, argument: str) -> dict[str, object]:
    """Make a model's folder with one figure; ``die`` right after saying so."""
    assert isinstance(spec, ImportSpec)
    context.stage("prepare", 0, 1)
    record = ModelRecord(
        id=spec.model_id, name="made", task="text-classification", family="bert", origin=spec.source
    )
    figure = Measurement(
        id=f"x-{spec.model_id}", model_id=spec.model_id, metric="accuracy", value=0.5, unit="1"
    )
    partial = Path(spec.model_folder).with_name(f".{spec.model_id}.partial")
    partial.mkdir()
    (partial / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    (partial / MEASUREMENTS_FILE).write_bytes(msgspec.json.encode(figure) + b"\n")
    if argument == "hang":
        context.log("hanging")
        time.sleep(60)
    partial.replace(spec.model_folder)
    context.emit(ModelMade(record))
    context.measured(figure)
    if argument == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return {"model_id": spec.model_id}


_JOBS: dict[str, Callable[[Spec, JobContext, str], dict[str, object]]] = {
    "finish": _finish,
    "steps": _steps,
    "stubborn": _stubborn,
    "orphans": _orphans,
    "flood": _flood,
    "garbage": _garbage,
    "lingers": _lingers,
    "dies": _dies,
    "fails": _fails,
    "makes": _makes,
}


def _what(spec: Spec) -> str:
    """Return what to pretend: the last part of the source, or the text."""
    return spec.source.rsplit("/", 1)[-1] if isinstance(spec, ImportSpec) else spec.text


def _runner(spec: Spec) -> Callable[[Spec, JobContext], dict[str, object]]:
    name, _, argument = _what(spec).partition(":")
    return lambda spec, context: _JOBS[name](spec, context, argument)


if __name__ == "__main__":
    worker.runner_for = _runner  # type: ignore[assignment]
    sys.exit(worker.main(Path(sys.argv[1])))
