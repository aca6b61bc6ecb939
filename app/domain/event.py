"""What a worker may say about its job, and what may be said to it. The whole vocabulary."""

import msgspec

from app.domain.errors import Problem
from app.domain.measurement import Measurement
from app.domain.model import ModelRecord


class _Event(msgspec.Struct, frozen=True, tag_field="kind"):
    pass


class StageStarted(_Event, frozen=True, tag="stage"):
    """A stage began; the ones before it are done and will not be run again."""

    name: str
    """Of a compression: prepare, prune, finetune, export, measure."""
    index: int
    count: int


class TrainingPlan(_Event, frozen=True, tag="plan"):
    """Optimizer steps of the run and of its warm-up, for the axes and the shading."""

    total_steps: int
    steps_per_epoch: float
    warmup_start_step: int
    warmup_end_step: int
    mean_tokens: float | None = None
    """Tokens a training sentence, cut as the recipe says; None in logs of older versions."""


class Progress(_Event, frozen=True, tag="progress"):
    """Work done in the present stage. ``eta_s`` is for the whole job, None while not known."""

    done: int
    total: int
    fraction: float | None = None
    """Of the whole job, 0 to 1."""
    eta_s: float | None = None


class Metric(_Event, frozen=True, tag="metric"):
    """One point of a curve.

    Names: sparsity/linear, sparsity/model, loss/task, loss/distillation, loss/regularization,
    loss/hidden, loss/total, accuracy, accuracy_low, accuracy_high, learning_rate, threshold,
    step_ms, memory_mb.
    """

    name: str
    step: int
    value: float | None
    """None where the value was not finite: JSON has no NaN, and a plot wants a gap."""


class StructureSnapshot(_Event, frozen=True, tag="structure"):
    """Heads and neurons at a step. Importance is the head's rank among all, 0 the least, 1 the most."""

    step: int
    heads: tuple[tuple[float, ...], ...]
    """One row a layer, one value a head of the original model."""
    heads_alive: tuple[tuple[bool, ...], ...]
    neurons_alive: tuple[int, ...]
    """Alive feed-forward neurons, one count a layer."""
    neurons_total: tuple[int, ...]
    resolved: bool = False
    """True once the masks are resolved: what is dead here is removed for good."""


class Checkpointed(_Event, frozen=True, tag="checkpointed"):
    """A checkpoint is complete on disk; the run can go on from here."""

    step: int


class Resumed(_Event, frozen=True, tag="resumed"):
    """The run goes on from a checkpoint: curve points after ``step`` are being made again."""

    step: int


class Log(_Event, frozen=True, tag="log"):
    """One line of the log."""

    level: str
    """info, warning or error"""
    text: str


class Measured(_Event, frozen=True, tag="measured"):
    """A figure was measured."""

    measurement: Measurement


class ModelMade(_Event, frozen=True, tag="model"):
    """A model's folder is complete under its final name."""

    record: ModelRecord


class Answer(_Event, frozen=True, tag="answer"):
    """The reply of a resident session to the request with this id, or of a one-off question."""

    request_id: int
    body: dict[str, object]


class Finished(_Event, frozen=True, tag="finished"):
    """Outcome: everything was done. ``result`` is what a command prints with --json."""

    result: dict[str, object] = {}


class Paused(_Event, frozen=True, tag="paused"):
    """Outcome: a checkpoint was written on request and the process ended; it can be resumed."""

    step: int = 0


class Interrupted(_Event, frozen=True, tag="interrupted"):
    """Outcome: the window went away; what was reached is on disk and can be resumed."""

    step: int = 0


class Cancelled(_Event, frozen=True, tag="cancelled"):
    """Outcome: ended on request; nothing is kept but the log."""


class Failed(_Event, frozen=True, tag="failed"):
    """Outcome: ended by an error."""

    problem: Problem


Outcome = Finished | Paused | Interrupted | Cancelled | Failed
Fact = (
    StageStarted
    | TrainingPlan
    | Progress
    | Metric
    | StructureSnapshot
    | Checkpointed
    | Resumed
    | Log
    | Measured
    | ModelMade
    | Answer
)
Event = Fact | Outcome


class Timed(msgspec.Struct, frozen=True):
    """An event as it stands in ``events.jsonl`` and on the pipe."""

    v: int
    at: float
    """Seconds since the epoch, UTC."""
    event: Event


class _Command(msgspec.Struct, frozen=True, tag_field="kind"):
    pass


class Cancel(_Command, frozen=True, tag="cancel"):
    """End at the next step; keep nothing."""


class Pause(_Command, frozen=True, tag="pause"):
    """Write a checkpoint at the next step and end; to be resumed."""


class StopEarly(_Command, frozen=True, tag="stop_early"):
    """End training at the next step and go on with the stages behind it, keeping what is best so far."""


class Request(_Command, frozen=True, tag="request"):
    """A question to a resident session."""

    request_id: int
    body: dict[str, object]


Command = Cancel | Pause | StopEarly | Request
