"""A job: its spec, its state, and the one function that changes the state."""

from enum import StrEnum
from typing import assert_never

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.errors import Problem
from app.domain.event import (
    Answer,
    Cancelled,
    Checkpointed,
    Event,
    Failed,
    Finished,
    Interrupted,
    Log,
    Measured,
    Metric,
    ModelMade,
    Paused,
    Progress,
    Resumed,
    StageStarted,
    StructureSnapshot,
    TrainingPlan,
)
from app.domain.recipe import JpqdRecipe


class ModelAt(msgspec.Struct, frozen=True):
    """A model and the absolute folder it lies in."""

    id: str
    folder: str


class _Spec(msgspec.Struct, frozen=True, kw_only=True, tag_field="job", forbid_unknown_fields=True):
    """What every spec has. ``spec.json`` alone reproduces a job; paths in it are absolute."""

    run_id: str
    run_folder: str


class ImportSpec(_Spec, frozen=True, kw_only=True, tag="import"):
    """Bring a model into the workspace and export its FP32 IR."""

    source: str
    """A folder, a hub id or URL, or ``starter:sentiment``."""
    model_id: str
    model_folder: str
    name: str = ""
    task: str | None = None
    offline: bool = True


class CompressSpec(_Spec, frozen=True, kw_only=True, tag="compress"):
    """Make a variant of ``model`` by ``recipe``."""

    model: ModelAt
    model_id: str
    """Of the variant to be made."""
    model_folder: str
    recipe: JpqdRecipe
    train: DatasetRecord
    evaluation: DatasetRecord | None = None
    teacher: ModelAt | None = None
    """None: the model itself as it was."""


class BenchSpec(_Spec, frozen=True, kw_only=True, tag="bench"):
    """Measure latency, throughput, load time and memory of an IR."""

    model: ModelAt
    device: str = "CPU"
    precision: str = "f32"
    hint: str = "latency"
    batch: int = 1
    length: int = 128
    streams: int | None = None
    seconds: float = 10.0


class EvaluateSpec(_Spec, frozen=True, kw_only=True, tag="evaluate"):
    """Measure the task's metric with its 95 % interval."""

    model: ModelAt
    data: DatasetRecord
    device: str = "CPU"
    precision: str = "f32"
    limit: int | None = None


class InspectSpec(_Spec, frozen=True, kw_only=True, tag="inspect"):
    """List layers: parameters, sparsity, heads kept, precision, executed kernel."""

    model: ModelAt
    device: str = "CPU"
    precision: str = "f32"


class TrySpec(_Spec, frozen=True, kw_only=True, tag="try"):
    """One prediction."""

    model: ModelAt
    text: str
    device: str = "CPU"
    precision: str = "f32"


class CompareSpec(_Spec, frozen=True, kw_only=True, tag="compare"):
    """Evaluate several models on the same rows and pair their predictions."""

    models: tuple[ModelAt, ...]
    data: DatasetRecord | None = None
    device: str = "CPU"
    precision: str = "f32"
    batch: int = 1
    length: int = 32
    seconds: float = 5.0


class SessionSpec(_Spec, frozen=True, kw_only=True, tag="session"):
    """Stay and answer the pages' questions; no job of the queue, and its run folder is a temporary one."""


Spec = ImportSpec | CompressSpec | BenchSpec | EvaluateSpec | InspectSpec | TrySpec | CompareSpec

WorkerSpec = Spec | SessionSpec
"""What a worker can be started on."""


def is_heavy(spec: Spec) -> bool:
    """Whether the job keeps the whole machine busy, so that two at once spoil each other."""
    match spec:
        case ImportSpec() | CompressSpec() | BenchSpec() | EvaluateSpec() | CompareSpec():
            return True
        case InspectSpec() | TrySpec():
            return False
        case _:
            assert_never(spec)


def model_to_be_made(spec: Spec) -> str | None:
    """Return the id of the model that the job makes, or None where it makes none."""
    match spec:
        case ImportSpec() | CompressSpec():
            return spec.model_id
        case BenchSpec() | EvaluateSpec() | CompareSpec() | InspectSpec() | TrySpec():
            return None
        case _:
            assert_never(spec)


SPEC_FILE = "spec.json"
EVENTS_FILE = "events.jsonl"
LOG_FILE = "worker.log"


TRAINING_STAGES = frozenset({"prune", "finetune"})
"""Stages that take optimizer steps; in them ``Progress.done`` is the optimizer step of the whole run."""


class Phase(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSING = "pausing"
    STOPPING = "stopping"
    """Stop early was asked for; training ends and the later stages follow."""
    CANCELLING = "cancelling"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


LIVE = frozenset({Phase.RUNNING, Phase.PAUSING, Phase.STOPPING, Phase.CANCELLING})
RESUMABLE = frozenset({Phase.PAUSED, Phase.INTERRUPTED})
ENDED = frozenset({Phase.FINISHED, Phase.CANCELLED, Phase.FAILED})


class JobState(msgspec.Struct, frozen=True, kw_only=True):
    """How a job looks at a moment in time."""

    phase: Phase = Phase.QUEUED
    stage: str = ""
    stage_index: int = 0
    stage_count: int = 0
    fraction: float | None = None
    """Of the whole job, or None while its size is unknown."""
    eta_s: float | None = None
    step: int = 0
    total_steps: int = 0
    checkpoint_step: int | None = None
    model_id: str | None = None
    """Of the model that was made, once there is one."""
    result: dict[str, object] = {}
    problem: Problem | None = None
    began_at: float = 0.0
    """Of its first event, in seconds since the epoch; 0: not known."""
    ended_at: float = 0.0
    stopped_at: float = 0.0
    """When it was paused, interrupted, or failed; 0: it goes on."""
    rested_s: float = 0.0
    """Between its stops and what it told next."""

    @property
    def took_s(self) -> float | None:
        """Seconds from the first event to the end, without its rests, where both are known."""
        return self.ended_at - self.began_at - self.rested_s if self.began_at and self.ended_at else None

    @property
    def can_cancel(self) -> bool:
        """Whether Cancel does something now."""
        return self.phase in {Phase.QUEUED, Phase.RUNNING, Phase.PAUSING, Phase.STOPPING, *RESUMABLE}

    @property
    def can_pause(self) -> bool:
        """Whether Pause does something now."""
        return self.phase is Phase.RUNNING

    @property
    def can_stop_early(self) -> bool:
        """Whether there is training to stop."""
        return self.phase is Phase.RUNNING and self.stage in TRAINING_STAGES

    @property
    def can_resume(self) -> bool:
        """Whether Resume and Discard are offered: also after a failure with a checkpoint.

        A full disk is such a failure: once there is space again, the run goes on.
        """
        failed_midway = self.phase is Phase.FAILED and self.checkpoint_step is not None
        return self.phase in RESUMABLE or failed_midway


def stamped(state: JobState, at: float) -> JobState:
    """Return a state that came about at this moment, with when it began, stopped and ended."""
    stopped_at, rested_s = state.stopped_at, state.rested_s
    if state.phase is Phase.FAILED or state.phase in RESUMABLE:
        stopped_at = stopped_at or at
    elif stopped_at:
        stopped_at, rested_s = 0.0, rested_s + at - stopped_at
    return msgspec.structs.replace(
        state,
        began_at=state.began_at or at,
        ended_at=at if state.phase in ENDED else 0.0,
        stopped_at=stopped_at,
        rested_s=rested_s,
    )


def advance(state: JobState, event: Event) -> JobState:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """Return the state after ``event``: the only place where an event changes a phase."""
    replace = msgspec.structs.replace
    match event:
        case StageStarted(name, index, count):
            phase = Phase.RUNNING if state.phase in {Phase.QUEUED, *RESUMABLE} else state.phase
            return replace(state, phase=phase, stage=name, stage_index=index, stage_count=count)
        case TrainingPlan(total_steps=total):
            return replace(state, total_steps=total)
        case Progress(done, _, fraction, eta_s):
            step = done if state.stage in TRAINING_STAGES else state.step
            return replace(state, fraction=fraction, eta_s=eta_s, step=step)
        case Resumed(step):
            return replace(state, step=step)
        case Checkpointed(step):
            return replace(state, checkpoint_step=step)
        case ModelMade(record):
            return replace(state, model_id=record.id)
        case Metric() | StructureSnapshot() | Log() | Measured() | Answer():
            return state
        case Finished(result):
            return replace(state, phase=Phase.FINISHED, fraction=1.0, eta_s=None, result=result)
        case Paused():
            return replace(state, phase=Phase.PAUSED, eta_s=None)
        case Interrupted():
            return replace(state, phase=Phase.INTERRUPTED, eta_s=None)
        case Cancelled():
            return replace(state, phase=Phase.CANCELLED, eta_s=None)
        case Failed(problem):
            return replace(state, phase=Phase.FAILED, eta_s=None, problem=problem)
        case _:
            assert_never(event)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the queue."""

    run_id: str
    title: str
    """"JPQD · sentiment": what and on which model."""
    spec: Spec
    state: JobState = JobState()
    created_at: float = 0.0
    """Seconds since the epoch, UTC."""
    position: float = 0.0
    """Order in the queue: smaller runs earlier."""
    needs: tuple[str, ...] = ()
    """Run ids that have to finish first."""
