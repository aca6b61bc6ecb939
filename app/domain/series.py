"""A run as the window draws it: events folded into curves, snapshots and log lines."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

import msgspec

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
    Outcome,
    Paused,
    Progress,
    Resumed,
    StageStarted,
    StructureSnapshot,
    Timed,
    TrainingPlan,
)
from app.domain.measurement import Measurement


class LogLine(msgspec.Struct, frozen=True):
    """One line of a run's log."""

    at: float
    """Seconds since the epoch, UTC."""
    level: str
    """info, warning or error"""
    text: str


class Curve:
    """Points of one metric in the order of their steps; a gap is a NaN."""

    def __init__(self) -> None:
        self.steps = array("d")
        self.values = array("d")

    def add(self, step: int, value: float | None) -> None:
        """Add a point behind the others."""
        self.steps.append(step)
        self.values.append(float("nan") if value is None else value)

    def drop_after(self, step: int) -> None:
        """Forget the points behind ``step``, which a resumed run makes again."""
        keep = bisect_right(self.steps, step)
        del self.steps[keep:]
        del self.values[keep:]

    @property
    def last(self) -> float | None:
        """The newest finite value."""
        return next((value for value in reversed(self.values) if value == value), None)  # noqa: PLR0124


class StepUnit(StrEnum):
    """What the axis of a run counts: runs of different lengths meet in epochs or in shares."""

    STEP = "step"
    EPOCH = "epoch"
    SHARE = "share"
    """Percent of the planned run."""


class RunSeries:
    """Everything drawable about one run; grows with `add`."""

    def __init__(self) -> None:
        self.curves: dict[str, Curve] = {}
        self.snapshots: list[StructureSnapshot] = []
        self.log: list[LogLine] = []
        self.measurements: list[Measurement] = []
        self.plan: TrainingPlan | None = None
        self.started_at: float | None = None
        self.ended_at: float | None = None
        self.rested_s = 0.0
        """Between a stop of the run and what it told next."""
        self._stage_index = -1
        self.newest_at = 0.0
        """When the newest event was told: what is not newer is known already."""

    def add(self, events: Iterable[Timed]) -> None:
        """Take in events in the order they were told; ones known already are skipped."""
        for timed in events:
            if timed.at <= self.newest_at:
                continue
            self._note_rest(timed)
            self.newest_at = timed.at
            if self.started_at is None:
                self.started_at = timed.at
            self._take(timed.at, timed.event)

    def last(self, metric: str) -> float | None:
        """Return the newest value of a metric, None where there is none."""
        curve = self.curves.get(metric)
        return None if curve is None else curve.last

    @property
    def total_steps(self) -> int:
        """Steps that the run is to have; 0 where it never came to a plan."""
        return 0 if self.plan is None else self.plan.total_steps

    def steps_per(self, unit: StepUnit) -> float:
        """Return how many steps one unit of an axis has; 1 where the plan is not known yet."""
        if self.plan is None:
            return 1.0
        match unit:
            case StepUnit.STEP:
                return 1.0
            case StepUnit.EPOCH:
                return max(self.plan.steps_per_epoch, 1.0)
            case StepUnit.SHARE:
                return max(self.plan.total_steps, 1) / 100
            case _:
                assert_never(unit)

    @property
    def duration_s(self) -> float | None:
        """Seconds from the first event to the outcome, without the rests."""
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at - self.rested_s

    def measured(self, model_id: str | None, metric: str) -> Measurement | None:
        """Return the newest figure of a metric that this run took of a model."""
        return next(
            (one for one in reversed(self.measurements) if (one.model_id, one.metric) == (model_id, metric)),
            None,
        )

    def _note_rest(self, timed: Timed) -> None:
        """Leave out the time since the run stopped, if it did; a worker that was killed could not say so."""
        stopped_at = self.ended_at
        if isinstance(timed.event, StageStarted):
            if timed.event.index <= self._stage_index and stopped_at is None:
                stopped_at = self.newest_at
            self._stage_index = timed.event.index
        if stopped_at is not None and not isinstance(timed.event, Outcome):
            self.rested_s += timed.at - stopped_at
            self.ended_at = None

    def _take(self, at: float, event: Event) -> None:
        match event:
            case Metric(name, step, value):
                self.curves.setdefault(name, Curve()).add(step, value)
            case StructureSnapshot():
                self.snapshots.append(event)
            case Log(level, text):
                self.log.append(LogLine(at, level, text))
            case TrainingPlan():
                self.plan = event
            case Resumed(step):
                self._drop_after(step)
            case Measured(measurement):
                self.measurements.append(measurement)
            case Finished() | Paused() | Interrupted() | Cancelled() | Failed():
                self.ended_at = at
            case StageStarted() | Progress() | Checkpointed() | ModelMade() | Answer():
                pass
            case _:
                assert_never(event)

    def _drop_after(self, step: int) -> None:
        for curve in self.curves.values():
            curve.drop_after(step)
        self.snapshots = [snapshot for snapshot in self.snapshots if snapshot.step <= step]
