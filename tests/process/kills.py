"""Killing a compression with its window, and whether what it ends in is what it would have been."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from app.domain.event import Event, Resumed, StageStarted, Timed
from app.domain.job import EVENTS_FILE, CompressSpec, Phase
from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE, TORCH_FOLDER, ModelRecord
from app.domain.series import RunSeries
from app.store.run_log import read_events
from app.store.workspace import Workspace
from app.wire.framing import decode_event
from tests.workers import ROOT, is_gone

Victim = Literal["worker", "window", "both"]

_FRONT = [sys.executable, "-P", str(ROOT / "tests" / "process" / "front.py")]
_PATIENCE_S = 900.0


class Front:
    """A window in a process of its own, and what it has told so far."""

    def __init__(self, workspace: Path, mode: str, what: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            [*_FRONT, str(workspace), mode, what],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.facts: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_facts, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def last(self, name: str) -> Any:
        """Return the newest fact of a name, None where there is none."""
        return next((fact[name] for fact in reversed(self.facts) if name in fact), None)

    def wait_for(self, name: str) -> Any:
        """Wait until a fact of this name was told and return it."""
        deadline = time.monotonic() + _PATIENCE_S
        while (found := self.last(name)) is None:
            assert self.process.poll() is None, f"the window ended: {self.facts} {self.errors}"
            assert time.monotonic() < deadline, f"no {name}: {self.facts}"
            time.sleep(0.01)
        return found

    def kill(self) -> None:
        """Kill the window, not its worker."""
        self.process.kill()
        self.end()

    def end(self) -> int:
        """Wait until the window has gone; return its exit code."""
        code = self.process.wait(timeout=_PATIENCE_S)
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code

    def _read_facts(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.facts.append(json.loads(line))

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)


@dataclass
class Trial:
    """One run that was killed once, and how it went on."""

    victim: Victim
    moment_s: float
    stage: str
    step: int
    resumed: str
    offered: str
    same_masks: bool
    same_weights: bool
    lost: list[str] = field(default_factory=list)

    def row(self) -> str:
        """Return a line of the table."""
        return (
            f"{self.moment_s:6.1f} s  {self.victim:<7} {self.stage:<9} {self.step:>4}  {self.resumed:<24} "
            f"{self.offered:<12} {_yes(self.same_masks):<6} {_yes(self.same_weights):<8} "
            f"{'; '.join(self.lost) or 'nothing'}"
        )


HEADER = (
    f"{'moment':>8}  {'killed':<7} {'stage':<9} {'step':>4}  {'went on from':<24} {'offered':<12} "
    f"{'masks':<6} {'weights':<8} lost"
)


@dataclass(frozen=True)
class Pace:
    """When an undisturbed worker told what, in seconds since its start."""

    told_at_s: tuple[float, ...]
    seconds: float

    def told_until(self, moment_s: float) -> tuple[int, float]:
        """Return how many events were told until a moment, and how long before it the last of them."""
        told = sum(at <= moment_s for at in self.told_at_s)
        return told, moment_s - (self.told_at_s[told - 1] if told else 0.0)


def run_through(workspace: Path, spec: CompressSpec) -> Pace:
    """Run a compression undisturbed; return the pace of its worker."""
    front = Front(workspace, "start", str(spec_file(workspace, spec)))
    front.wait_for("worker")
    began = time.time()
    assert front.end() == 0, (front.facts, front.errors)
    events = read_events(Path(spec.run_folder) / EVENTS_FILE)
    return Pace(tuple(timed.at - began for timed in events), time.time() - began)


def kill_and_resume(
    workspace: Path,
    spec: CompressSpec,
    undisturbed: CompressSpec,
    pace: Pace,
    victim: Victim,
    moment_s: float,
) -> Trial:
    """Run a compression, kill ``victim`` where the undisturbed run was at ``moment_s``, and let it end.

    What remains of the window, or a new one, has to offer Resume and Discard, and resumes.

    Args:
        workspace: Its folder.
        spec: Of a run that does not exist yet.
        undisturbed: An equal run that has finished.
        pace: Of that run: by it the moment is found on a machine that is busier or less busy now.
        victim: Who is killed.
        moment_s: Seconds since the start of the undisturbed run's worker.
    """
    front = Front(workspace, "start", str(spec_file(workspace, spec)))
    worker = int(front.wait_for("worker"))
    _wait_until_told(Path(spec.run_folder) / EVENTS_FILE, *pace.told_until(moment_s))
    if victim != "window":
        os.killpg(worker, signal.SIGKILL)
    if victim != "worker":
        front.kill()
    log = Path(spec.run_folder) / EVENTS_FILE
    told = list(read_events(log))
    if victim != "worker":
        front = Front(workspace, "resume", spec.run_id)
    code = front.end()
    assert code == 0, (front.facts, front.errors, is_gone(worker))
    after = [timed.event for timed in list(read_events(log))[len(told) :]]
    stage, step = _where(told)
    masks, weights = same_model(spec, undisturbed)
    return Trial(
        victim=victim,
        moment_s=moment_s,
        stage=stage,
        step=step,
        resumed=_went_on_from(after, victim),
        offered=front.last("offered") or "—",
        same_masks=masks,
        same_weights=weights,
        lost=what_is_lost(workspace, spec, undisturbed),
    )


def _wait_until_told(log: Path, count: int, then_s: float) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while len(list(read_events(log))) < count:
        assert time.monotonic() < deadline, f"the worker is stuck: {log}"
        time.sleep(0.01)
    time.sleep(then_s)


def spec_file(workspace: Path, spec: CompressSpec) -> Path:
    """Write a spec for the window to read; return the file."""
    path = workspace.parent / f"{spec.run_id}.json"
    path.write_bytes(msgspec.json.encode(spec))
    return path


def same_model(one: CompressSpec, other: CompressSpec) -> tuple[bool, bool]:
    """Return whether two variants keep the same heads and neurons, and have the same weights."""
    first, second = (_record(spec) for spec in (one, other))
    weights = [
        (Path(spec.model_folder) / TORCH_FOLDER / "model.safetensors").read_bytes() for spec in (one, other)
    ]
    return first.structure == second.structure, weights[0] == weights[1]


def what_is_lost(folder: Path, spec: CompressSpec, undisturbed: CompressSpec) -> list[str]:
    """Return what a finished run lacks or has too much of; nothing where all is as it should be."""
    return [
        *_lost_rows(folder, spec, undisturbed),
        *_lost_files(folder, spec),
        *_lost_points(spec, undisturbed),
    ]


def _lost_rows(folder: Path, spec: CompressSpec, undisturbed: CompressSpec) -> Iterator[str]:
    workspace = Workspace.open(folder)
    job, model = workspace.runs.get(spec.run_id), workspace.models.get(spec.model_id)
    figures, as_many = (workspace.measurements.of_model(each.model_id) for each in (spec, undisturbed))
    of_the_original = workspace.measurements.of_model(spec.model.id)
    workspace.close()
    if job is None or job.state.phase is not Phase.FINISHED or not job.state.result:
        yield f"the job: {None if job is None else job.state.phase}"
    if model != _record(spec):
        yield "the model's row"
    if {figure.id for figure in figures} != set(_figures_in(spec.model_folder)):
        yield "figures of the model"
    if len(figures) != len(as_many):
        yield f"{len(as_many)} figures are {len(figures)}"
    if {figure.id for figure in of_the_original} != set(_figures_in(spec.model.folder)):
        yield "figures of the original"


def _figures_in(model_folder: str) -> list[str]:
    lines = (Path(model_folder) / MEASUREMENTS_FILE).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Measurement).id for line in lines]


def _lost_files(folder: Path, spec: CompressSpec) -> Iterator[str]:
    half = [path.name for path in folder.rglob(".*.partial")]
    if half:
        yield f"half-written {', '.join(half)}"
    for line in (Path(spec.run_folder) / EVENTS_FILE).read_bytes().splitlines(keepends=True):
        decode_event(line)
        if not line.endswith(b"\n"):
            yield "half a line in the log"


def _lost_points(spec: CompressSpec, undisturbed: CompressSpec) -> Iterator[str]:
    series, whole = (_series(each) for each in (spec, undisturbed))
    for name, curve in whole.curves.items():
        if name not in series.curves or list(series.curves[name].steps) != list(curve.steps):
            yield f"points of {name}"
    for name in ("sparsity/linear", "threshold", "accuracy"):
        if list(series.curves[name].values) != list(whole.curves[name].values):
            yield f"values of {name}"
    if [each.step for each in series.snapshots] != [each.step for each in whole.snapshots]:
        yield "head maps"


def _series(spec: CompressSpec) -> RunSeries:
    series = RunSeries()
    series.add(read_events(Path(spec.run_folder) / EVENTS_FILE))
    return series


def _record(spec: CompressSpec) -> ModelRecord:
    return msgspec.json.decode((Path(spec.model_folder) / "model.json").read_bytes(), type=ModelRecord)


def _where(told: list[Timed]) -> tuple[str, int]:
    stage, step = "start", 0
    for timed in told:
        if isinstance(timed.event, StageStarted):
            stage = timed.event.name
        step = getattr(timed.event, "step", step)
    return stage, step


def _went_on_from(after: list[Event], victim: Victim) -> str:
    """Say where the run went on: its own begin, a stage, or a step."""
    prefix = "its checkpoint, " if victim == "window" else ""
    resumed = next((event.step for event in after if isinstance(event, Resumed)), None)
    if resumed is not None:
        return f"{prefix}step {resumed}"
    stages = [event.name for event in after if isinstance(event, StageStarted)]
    return next((f"stage {name}" for name in stages), "what was there")


def _yes(value: bool) -> str:
    return "yes" if value else "NO"
