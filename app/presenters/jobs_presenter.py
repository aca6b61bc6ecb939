"""What the page Jobs says and does."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDate, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.domain.event import Timed
from app.domain.job import ENDED, LIVE, CompareSpec, CompressSpec, Job, Phase
from app.domain.queueing import Refusal, queued_in_order
from app.domain.series import RunSeries
from app.itemmodels.job_list import JobCard
from app.presenters.job_listing import (
    day_text,
    enabled_actions,
    folded,
    has_training,
    made_text,
    ordered,
    run_name,
)
from app.presenters.job_wording import (
    counts_text,
    details_of,
    notice_of,
    status_of,
    tiles_of,
    trashed_notice,
    waiting_notice,
)
from app.presenters.reading_on import ReadingOn, series_of
from app.services.background import Background, Latest
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.views.action_set import Actions
from app.views.pages.jobs_page import JobsPage, JobsState
from app.views.widgets.chooser import Choice
from app.views.widgets.notice import NoticeState
from app.views.widgets.training_charts import ComparisonState

_REFRESH_MS = 90
_PAINTED_MS = 50
"""Within this a chosen row is painted; what comes after it takes longer than a click may wait."""
_ALWAYS_SHOWN = 8
"""Ended jobs that are shown; the older ones are folded away."""


class JobsPresenter(QObject):
    """Shows the queue and one job of it; what is told in between is shown together.

    Signals:
        model_wanted: The model with this id is to be shown.
        compare_wanted: The model with this id is to be compared.
        comparison_wanted: What the finished job of this `CompareSpec` found is to be shown.
        try_wanted: The model with this id is to be tried.
        compress_wanted: The page Compress is to be shown.
    """

    model_wanted = Signal(str)
    compare_wanted = Signal(str)
    comparison_wanted = Signal(object)
    try_wanted = Signal(str)
    compress_wanted = Signal()

    def __init__(
        self,
        page: JobsPage,
        actions: Actions,
        queue: JobQueue,
        background: Background,
        library: ModelLibrary,
    ) -> None:
        super().__init__(page)
        self._library = library
        self._page = page
        self._actions = actions
        self._queue = queue
        self._background = background
        self._latest = Latest()
        self._selected: str | None = None
        self._series = RunSeries()
        self._is_loading = False
        self._take_series = self._latest.only(self._on_loaded)
        self._pending: list[Timed] = []
        self._cards: dict[str, JobCard] = {}
        self._shows_earlier = False
        self._refusal: Refusal | None = None
        self._trashed: Job | None = None
        self._other: tuple[str, RunSeries] | None = None
        self._latest_other = Latest()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.show)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(_PAINTED_MS)
        self._begin.timeout.connect(self._begin_reading)
        queue.jobs_changed.connect(self._on_jobs_changed)
        queue.job_changed.connect(self._soon)
        queue.events_arrived.connect(self._on_events_arrived)
        ReadingOn(queue, background, self._known, self).told.connect(self._on_events_arrived)
        library.changed.connect(self._soon)
        page.job_selected.connect(self.choose)
        page.resume_requested.connect(queue.resume)
        page.discard_requested.connect(queue.discard)
        page.move_requested.connect(self._on_move_requested)
        page.earlier_toggled.connect(self._on_earlier_toggled)
        page.comparison_chosen.connect(self.compare_with)
        page.folder_requested.connect(self._on_folder_requested)
        page.compress_requested.connect(self.compress_wanted)
        page.notice.closed.connect(self._on_notice_closed)
        page.notice_action_requested.connect(self._on_notice_action)
        acts: dict[str, Callable[[str], None]] = {
            "jobs.pause": queue.pause,
            "jobs.stop_early": queue.stop_early,
            "jobs.cancel": self._cancel,
            "jobs.resume": queue.resume,
            "jobs.discard": page.ask_to_discard,
            "jobs.up": partial(self._move, -1),
            "jobs.down": partial(self._move, 1),
            "jobs.show_model": self._show_model_of,
            "jobs.folder": self._open_folder,
            "jobs.trash": self._trash,
        }
        for action_id, act in acts.items():
            actions[action_id].triggered.connect(partial(self._act, act))
        actions["jobs.replay"].triggered.connect(page.heads.toggle_replay)
        self._on_jobs_changed()

    @property
    def series(self) -> RunSeries:
        """What is drawn: everything that the selected job has told so far."""
        return self._series

    @property
    def selected(self) -> str | None:
        """The run id of the selected job."""
        return self._selected

    def choose(self, run_id: str) -> None:
        """Show the job that somebody wants to see now, and not what became of the one before."""
        self._trashed = None
        self.select(run_id)

    def select(self, run_id: str) -> None:
        """Show another job: its row at once, the rest after that; its log is read off the GUI thread."""
        if run_id == self._selected or self._queue.job(run_id) is None:
            return
        self._selected = run_id
        self._series = RunSeries()
        self._pending = []
        self._refusal = None
        self._is_loading = True
        self._take_series = self._latest.only(self._on_loaded)
        job = self._queue.job(run_id)
        self._actions.show_enabled(enabled_actions(job, self._queue.jobs(), has_model=self._has_model(job)))
        self._begin.start()

    def compare_with(self, run_id: str) -> None:
        """Draw an earlier run beneath the selected one; an empty id: none."""
        self._other = None
        on_done = self._latest_other.only(partial(self._on_other_loaded, run_id))
        if run_id and self._queue.job(run_id) is not None:
            self._other = (run_id, RunSeries())
            self._background.run(
                self, partial(series_of, self._queue, run_id), on_done=on_done, on_failed=_raise
            )
        self.show()

    def show(self) -> None:
        """Show everything as it stands now."""
        everything = self._queue.jobs()
        jobs = ordered(everything)
        job = None if self._selected is None else self._queue.job(self._selected)
        shown, earlier = folded(jobs, self._selected, keep=_ALWAYS_SHOWN)
        comparison = self._comparison(jobs)
        self._page.show_state(
            JobsState(
                cards=self._cards_of(jobs if self._shows_earlier else shown),
                selected=self._selected,
                counts=counts_text(jobs),
                tiles=() if job is None else tiles_of(job, self._series),
                notice=self._notice(job),
                has_training=has_training(job, self._series),
                earlier=earlier,
                shows_earlier=self._shows_earlier,
                refusal=self._refusal,
                details="" if job is None else details_of(job),
                comparison=comparison,
            )
        )
        self._page.show_series(
            self._series,
            is_live=job is not None and job.state.phase in LIVE,
            is_loading=self._is_loading,
            other=None if self._other is None else self._other[1],
            other_name=comparison.name,
        )
        self._actions.show_enabled(enabled_actions(job, everything, has_model=self._has_model(job)))
        self._actions.show_enabled({"jobs.replay": len(self._series.snapshots) > 1})

    def _begin_reading(self) -> None:
        run_id = self._selected
        if run_id is None:
            return
        if self._other is not None and self._other[0] == run_id:
            self.compare_with("")
        self._background.run(
            self,
            partial(series_of, self._queue, run_id),
            on_done=self._take_series,
            on_failed=self._on_load_failed,
        )
        self.show()

    def _known(self) -> tuple[str | None, float]:
        """Return whose events are drawn, and when the newest of them was told."""
        return self._selected, self._series.newest_at

    def _notice(self, job: Job | None) -> NoticeState | None:
        if self._trashed is not None:
            return trashed_notice(self._trashed)
        if job is None:
            return None
        running = self._queue.running
        if job.state.phase is Phase.QUEUED and running is not None:
            return waiting_notice(running)
        return notice_of(job, self._series, has_model=self._has_model(job))

    def _has_model(self, job: Job | None) -> bool:
        return job is not None and self._library.model(job.state.model_id or "") is not None

    def _cards_of(self, jobs: list[Job]) -> tuple[JobCard, ...]:
        """Return the cards; what did not change is the very same card, so that comparing is quick."""
        cards: dict[str, JobCard] = {}
        today = QDate.currentDate()
        for job in jobs:
            status, day = status_of(job, waits_for=self._waits_for(job)), day_text(job, today)
            known = self._cards.get(job.run_id)
            same = known is not None and known.job is job and (known.status, known.day) == (status, day)
            cards[job.run_id] = (
                known if known is not None and same else JobCard(job, status, day, made_text(job))
            )
        self._cards = cards
        return tuple(cards.values())

    def _comparison(self, jobs: list[Job]) -> ComparisonState:
        """Return the runs that have curves and do not change any more."""
        choices = tuple(
            Choice(one.run_id, run_name(one))
            for one in jobs
            if one.run_id != self._selected
            and isinstance(one.spec, CompressSpec)
            and one.state.total_steps
            and one.state.phase not in {*LIVE, Phase.QUEUED}
        )
        job = None if self._selected is None else self._queue.job(self._selected)
        other = None if self._other is None else self._queue.job(self._other[0])
        if other is None:
            return ComparisonState(choices)
        has_same_title = job is not None and job.title == other.title
        return ComparisonState(choices, other.run_id, made_text(other) if has_same_title else other.title)

    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_jobs_changed(self) -> None:
        jobs = ordered(self._queue.jobs())
        if self._selected is not None and self._queue.job(self._selected) is None:
            self._selected = None  # another window has put it into the trash
        if self._selected is None and jobs:
            self.select(jobs[0].run_id)
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

    def _on_other_loaded(self, run_id: str, series: RunSeries) -> None:
        self._other = (run_id, series)
        self.show()

    def _on_move_requested(self, run_id: str, before: str) -> None:
        self._refusal = self._queue.move(run_id, before or None)
        self.show()

    def _on_earlier_toggled(self, shows: bool) -> None:  # noqa: FBT001 - a slot
        self._shows_earlier = shows
        self.show()

    def _on_folder_requested(self) -> None:
        if self._selected is not None:
            self._open_folder(self._selected)

    def _open_folder(self, run_id: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._queue.folder(run_id))))

    def _trash(self, run_id: str) -> None:
        job, jobs = self._queue.job(run_id), ordered(self._queue.jobs())
        place = [one.run_id for one in jobs].index(run_id)
        if job is None or not self._queue.trash(run_id):
            return
        self._trashed = job
        if self._other is not None and self._other[0] == run_id:
            self.compare_with("")
        rest = ordered(self._queue.jobs())
        if rest:
            self.select(rest[min(place, len(rest) - 1)].run_id)
        self.show()

    def _on_notice_closed(self) -> None:
        self._trashed = None
        self.show()

    def _waits_for(self, job: Job) -> str:
        if job.state.phase is not Phase.QUEUED:
            return ""
        needed = (self._queue.job(run_id) for run_id in job.needs)
        return next((one.title for one in needed if one is not None and one.state.phase not in ENDED), "")

    def _act(self, act: Callable[[str], None], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        if self._selected is not None:
            act(self._selected)
            self.show()  # not with the next refresh: whoever pressed waits for it

    def _cancel(self, run_id: str) -> None:
        job = self._queue.job(run_id)
        if job is not None and job.state.can_resume:
            self._page.ask_to_discard(run_id)  # what a stopped job has left is its checkpoints
        else:
            self._queue.cancel(run_id)

    def _move(self, by: int, run_id: str) -> None:
        queued = [job.run_id for job in queued_in_order(self._queue.jobs())]
        if run_id not in queued:
            return
        others = [one for one in queued if one != run_id]
        place = min(max(queued.index(run_id) + by, 0), len(others))
        self._on_move_requested(run_id, others[place] if place < len(others) else "")

    def _show_model_of(self, run_id: str) -> None:
        job = self._queue.job(run_id)
        if job is not None and job.state.model_id is not None:
            self.model_wanted.emit(job.state.model_id)

    def _undo_trash(self) -> None:
        trashed, self._trashed = self._trashed, None
        if trashed is not None:
            self._queue.restore(trashed.run_id)
            self.select(trashed.run_id)
        self.show()

    def _on_notice_action(self, action: str) -> None:
        if action == "undo":
            self._undo_trash()
            return
        job = None if self._selected is None else self._queue.job(self._selected)
        if job is None:
            return
        match action:
            case "resume":
                self._queue.resume(job.run_id)
            case "discard":
                self._page.ask_to_discard(job.run_id)
            case "show_model":
                self._show_model_of(job.run_id)
            case "try_model" if job.state.model_id is not None:
                self.try_wanted.emit(job.state.model_id)
            case "compare_model" if job.state.model_id is not None:
                self.compare_wanted.emit(job.state.model_id)
            case "show_comparison" if isinstance(job.spec, CompareSpec):
                self.comparison_wanted.emit(job.spec)
            case "details" if job.state.problem is not None:
                QGuiApplication.clipboard().setText(details_of(job))
            case _:
                pass


def _raise(error: Exception) -> None:
    raise error
