"""The only thing a job sees of the machinery that runs it."""

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final

from app.domain.event import (
    Cancel,
    Command,
    Event,
    Log,
    Measured,
    Metric,
    Pause,
    Progress,
    Request,
    StageStarted,
    StopEarly,
)
from app.domain.measurement import Measurement

_MIN_PROGRESS_INTERVAL_S: Final = 0.1


class JobCancelled(BaseException):
    """The user asked to end the job.

    Not an Exception, so that a library's ``except Exception`` cannot swallow it.
    """


class JobSuspended(BaseException):
    """A checkpoint was written because of a pause or because the window went away."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


class JobContext:
    """Tells events to the window and knows what the window asked for."""

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self.emit = emit
        self._cancelled = threading.Event()
        self._suspended = threading.Event()
        self._stop_early = threading.Event()
        self.orphaned = False
        """True when the window is gone: a suspension is then an interruption, not a pause."""
        self._progress_at = float("-inf")
        self.requests: SimpleQueue[Request] = SimpleQueue()
        """What a resident session is asked, oldest first."""

    # What the window asked for -----------------------------------------------------

    def obey(self, command: Command) -> None:
        """Take note of a command; called from the reading thread."""
        match command:
            case Cancel():
                self._cancelled.set()
            case Pause():
                self._suspended.set()
            case StopEarly():
                self._stop_early.set()
            case Request():
                self.requests.put(command)

    def lose_window(self) -> None:
        """Take note that the window is gone; called from the reading thread."""
        self.orphaned = True
        self._suspended.set()

    @property
    def stop_early_requested(self) -> bool:
        """Whether training is to end here and the later stages to follow."""
        return self._stop_early.is_set()

    @property
    def suspend_requested(self) -> bool:
        """Whether to write a checkpoint and raise `JobSuspended`."""
        return self._suspended.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise `JobCancelled` where the user asked for it."""
        if self._cancelled.is_set():
            raise JobCancelled

    def check(self, step: int = 0) -> None:
        """Raise as asked, at a point where everything needed to resume is on disk already."""
        self.raise_if_cancelled()
        if self.suspend_requested:
            raise JobSuspended(step)

    # What the window is told -------------------------------------------------------

    def stage(self, name: str, index: int, count: int) -> None:
        """Tell that a stage begins."""
        self.emit(StageStarted(name, index, count))

    def log(self, text: str, level: str = "info") -> None:
        """Add one line to the job's log."""
        self.emit(Log(level, text))

    def metric(self, name: str, step: int, value: float | None) -> None:
        """Add one point to a curve."""
        self.emit(Metric(name, step, value))

    def measured(self, measurement: Measurement) -> None:
        """Tell a measured figure."""
        self.emit(Measured(measurement))

    def progress(
        self, done: int, total: int, *, fraction: float | None = None, eta_s: float | None = None
    ) -> None:
        """Tell how far the stage is, at most ten times a second and always at its end."""
        now = time.monotonic()
        if now - self._progress_at >= _MIN_PROGRESS_INTERVAL_S or done == total:
            self._progress_at = now
            self.emit(Progress(done, total, fraction, eta_s))
