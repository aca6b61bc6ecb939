"""Reads logs for the page Jobs, and reads on in that of a job which another process runs."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import perf_counter, sleep
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.event import Timed
from app.domain.job import LIVE, Job
from app.domain.series import RunSeries
from app.services.background import Background
from app.services.job_queue import JobQueue

_TURN_S: Final = 0.0005
_REST_S: Final = 0.0005
"""A painting is many steps, and before each of them it would wait for this thread's turn to end: who goes
through the list of jobs would wait for the log of each."""


class ReadingOn(QObject):
    """Reads what the shown job has told since, whenever the index tells that there may be more.

    What a worker of ours tells comes by its pipe; of another process's only the log tells.

    Signals:
        told: Run id and ``list[Timed]``.
    """

    told = Signal(str, list)

    def __init__(
        self,
        queue: JobQueue,
        background: Background,
        shown: Callable[[], tuple[str | None, float]],
        parent: QObject,
    ) -> None:
        """``shown`` returns the run id of the shown job, and when the newest known event was told."""
        super().__init__(parent)
        self._queue = queue
        self._background = background
        self._shown = shown
        self._changed: set[str] = set()
        queue.job_changed.connect(self._on_job_changed)
        queue.index_changed.connect(self._on_index_changed)

    def _on_job_changed(self, job: Job) -> None:
        if not self._queue.is_run_here(job.run_id):
            self._changed.add(job.run_id)

    def _on_index_changed(self) -> None:
        changed, self._changed = self._changed, set[str]()
        run_id, newest_at = self._shown()
        job = None if run_id is None else self._queue.job(run_id)
        if job is None or self._queue.is_run_here(job.run_id):
            return
        if job.run_id in changed or job.state.phase in LIVE:
            self._background.run(
                self,
                partial(_told_after, self._queue, job.run_id, newest_at),
                on_done=partial(self.told.emit, job.run_id),
                on_failed=_raise,
            )


def series_of(queue: JobQueue, run_id: str) -> RunSeries:
    """Read a run from its log; called in a thread."""
    series = RunSeries()
    series.add(_with_rests(queue.history(run_id)))
    return series


def _told_after(queue: JobQueue, run_id: str, at: float) -> list[Timed]:
    return [timed for timed in _with_rests(queue.history(run_id)) if timed.at > at]


def _with_rests(events: Iterable[Timed]) -> Iterator[Timed]:
    began = perf_counter()
    for timed in events:
        yield timed
        if perf_counter() - began > _TURN_S:
            sleep(_REST_S)
            began = perf_counter()


def _raise(error: Exception) -> None:
    raise error
