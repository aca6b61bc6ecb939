"""What the page Jobs says and does."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.event import Timed
from app.domain.job import ENDED, LIVE, RESUMABLE, CompressSpec, Job, Phase
from app.domain.series import RunSeries
from app.itemmodels.job_list import JobCard
from app.presenters.job_wording import counts_text, notice_of, status_of, tiles_of
from app.services.background import Background, Latest
from app.services.job_queue import JobQueue
from app.views.actions import Actions
from app.views.pages.jobs_page import JobsPage, JobsState

_REFRESH_MS = 90


class JobsPresenter(QObject):
    """Shows the queue and one job of it; what is told in between is shown together.

    Signals:
        model_wanted: The model with this id is to be shown.
        compare_wanted: The model with this id is to be compared.
        try_wanted: The model with this id is to be tried.
        compress_wanted: The page Compress is to be shown.
    """

    model_wanted = Signal(str)
    compare_wanted = Signal(str)
    try_wanted = Signal(str)
    compress_wanted = Signal()

    def __init__(self, page: JobsPage, actions: Actions, queue: JobQueue, background: Background) -> None:
        super().__init__(page)
        self._page = page
        self._actions = actions
        self._queue = queue
        self._background = background
        self._latest = Latest()
        self._selected: str | None = None
        self._series = RunSeries()
        self._is_loading = False
        self._pending: list[Timed] = []
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.show)
        queue.jobs_changed.connect(self._on_jobs_changed)
        queue.job_changed.connect(self._soon)
        queue.events_arrived.connect(self._on_events_arrived)
        page.job_selected.connect(self.select)
        page.resume_requested.connect(queue.resume)
        page.discard_requested.connect(queue.discard)
        page.compress_requested.connect(self.compress_wanted)
        page.notice_action_requested.connect(self._on_notice_action)
        acts: dict[str, Callable[[str], None]] = {
            "jobs.pause": queue.pause,
            "jobs.stop_early": queue.stop_early,
            "jobs.cancel": queue.cancel,
            "jobs.resume": queue.resume,
            "jobs.discard": queue.discard,
            "jobs.up": partial(self._move, -1),
            "jobs.down": partial(self._move, 1),
            "jobs.show_model": self._show_model_of,
        }
        for action_id, act in acts.items():
            actions[action_id].triggered.connect(partial(self._act, act))
        self._on_jobs_changed()

    @property
    def series(self) -> RunSeries:
        """What is drawn: everything that the selected job has told so far."""
        return self._series

    @property
    def selected(self) -> str | None:
        """The run id of the selected job."""
        return self._selected

    def select(self, run_id: str) -> None:
        """Show another job; its log is read off the GUI thread."""
        if run_id == self._selected or self._queue.job(run_id) is None:
            return
        self._selected = run_id
        self._series = RunSeries()
        self._pending = []
        self._is_loading = True
        queue = self._queue

        def load() -> RunSeries:
            series = RunSeries()
            series.add(queue.history(run_id))
            return series

        self._background.run(
            self,
            load,
            on_done=self._latest.only(self._on_loaded),
            on_failed=self._on_load_failed,
        )
        self.show()

    def show(self) -> None:
        """Show everything as it stands now."""
        jobs = ordered(self._queue.jobs())
        job = None if self._selected is None else self._queue.job(self._selected)
        self._page.show_state(
            JobsState(
                cards=tuple(JobCard(one, status_of(one, waits_for=self._waits_for(one))) for one in jobs),
                selected=self._selected,
                counts=counts_text(jobs),
                tiles=() if job is None else tiles_of(job, self._series),
                notice=None if job is None else notice_of(job, self._series),
                has_training=_has_training(job, self._series),
            )
        )
        self._page.show_series(self._series, is_live=job is not None and job.state.phase in LIVE)
        self._actions.show_enabled(enabled_actions(job, self._queue.jobs()))

    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_jobs_changed(self) -> None:
        jobs = ordered(self._queue.jobs())
        if self._selected is None and jobs:
            self.select(jobs[0].run_id)
        else:
            self.show()

    def _on_events_arrived(self, run_id: str, events: list[Timed]) -> None:
        if run_id != self._selected:
            return
        if self._is_loading:
            self._pending.extend(events)
            return
        self._series.add(events)
        self._soon()

    def _on_loaded(self, series: RunSeries) -> None:
        # What arrived while the log was read may be in the log as well: the series knows by its time.
        series.add(self._pending)
        self._series = series
        self._pending = []
        self._is_loading = False
        self.show()

    def _on_load_failed(self, error: Exception) -> None:
        self._is_loading = False
        raise error

    def _waits_for(self, job: Job) -> str:
        if job.state.phase is not Phase.QUEUED:
            return ""
        needed = (self._queue.job(run_id) for run_id in job.needs)
        return next((one.title for one in needed if one is not None and one.state.phase not in ENDED), "")

    def _act(self, act: Callable[[str], None], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        if self._selected is not None:
            act(self._selected)

    def _move(self, by: int, run_id: str) -> None:
        queued = [job.run_id for job in self._queue.jobs() if job.state.phase is Phase.QUEUED]
        if run_id not in queued:
            return
        others = [one for one in queued if one != run_id]
        place = min(max(queued.index(run_id) + by, 0), len(others))
        self._queue.move(run_id, others[place] if place < len(others) else None)

    def _show_model_of(self, run_id: str) -> None:
        job = self._queue.job(run_id)
        if job is not None and job.state.model_id is not None:
            self.model_wanted.emit(job.state.model_id)

    def _on_notice_action(self, action: str) -> None:
        job = None if self._selected is None else self._queue.job(self._selected)
        if job is None:
            return
        match action:
            case "resume":
                self._queue.resume(job.run_id)
            case "discard":
                self._queue.discard(job.run_id)
            case "show_model":
                self._show_model_of(job.run_id)
            case "try_model" if job.state.model_id is not None:
                self.try_wanted.emit(job.state.model_id)
            case "compare_model" if job.state.model_id is not None:
                self.compare_wanted.emit(job.state.model_id)
            case "details" if job.state.problem is not None:
                problem = job.state.problem
                QGuiApplication.clipboard().setText(f"{problem.code}: {problem}\n\n{problem.detail}")
            case _:
                pass


def ordered(jobs: list[Job]) -> list[Job]:
    """Return jobs as the list shows them: live, queued, stopped, then ended ones, the newest first."""

    def key(job: Job) -> tuple[int, float]:
        phase = job.state.phase
        if phase in LIVE:
            return 0, job.position
        if phase is Phase.QUEUED:
            return 1, job.position
        return (2 if phase in RESUMABLE else 3), -job.created_at

    return sorted(jobs, key=key)


def enabled_actions(job: Job | None, jobs: list[Job]) -> dict[str, bool]:
    """Return which actions do something for the selected job."""
    state = None if job is None else job.state
    queued = [one.run_id for one in jobs if one.state.phase is Phase.QUEUED]
    place = queued.index(job.run_id) if job is not None and job.run_id in queued else None
    return {
        "jobs.pause": state is not None and state.can_pause,
        "jobs.stop_early": state is not None and state.can_stop_early,
        "jobs.cancel": state is not None and state.can_cancel,
        "jobs.resume": state is not None and state.can_resume,
        "jobs.discard": state is not None and state.can_resume,
        "jobs.up": place is not None and place > 0,
        "jobs.down": place is not None and place < len(queued) - 1,
        "jobs.show_model": state is not None and state.phase is Phase.FINISHED and state.model_id is not None,
    }


def _has_training(job: Job | None, series: RunSeries) -> bool:
    """Whether the curves have something to show, or soon will.

    Their first layout takes longer than the event loop may be held while a job runs, so they come up
    with the job and not with its first step.
    """
    if series.curves or series.plan is not None:
        return True
    return job is not None and isinstance(job.spec, CompressSpec) and job.state.phase in LIVE
