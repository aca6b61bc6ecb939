"""Tells that a job has ended, to whoever is not looking at it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject
from typing_extensions import override

from app.domain.job import ENDED, LIVE, RESUMABLE, CompareSpec, CompressSpec, ImportSpec, Job, Phase, Spec
from app.presenters.job_wording import ended_notice
from app.services.job_queue import JobQueue
from app.services.settings import Settings
from app.views.main_window import MainWindow
from app.views.widgets.desktop_notice import DesktopNotice
from app.views.widgets.notice import NoticeState, Severity

_TOLD_ON: Final[dict[type[Spec], str]] = {ImportSpec: "models", CompareSpec: "compare"}
"""The pages that tell the end of such jobs themselves."""


class NotifyPresenter(QObject):
    """Shows a quiet message in the window, and one on the desktop where the window is not active.

    The desktop's can be switched off in the settings.
    """

    def __init__(
        self,
        window: MainWindow,
        desktop: DesktopNotice,
        queue: JobQueue,
        settings: Settings,
        show_job: Callable[[str], None],
    ) -> None:
        """``show_job`` brings up the page Jobs with the job of a run id."""
        super().__init__(window)
        self._window = window
        self._desktop = desktop
        self._settings = settings
        self._show_job = show_job
        self._phases = {job.run_id: job.state.phase for job in queue.jobs()}
        self._told: str | None = None
        self._notice: NoticeState | None = None
        self._on_desktop: str | None = None
        queue.job_changed.connect(self._on_job_changed)
        window.notice.action_requested.connect(self._on_notice_action)
        window.notice.closed.connect(self._forget)
        window.page_shown.connect(self._on_page_shown)
        desktop.clicked.connect(self._on_desktop_clicked)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._desktop.withdraw()
        return super().eventFilter(watched, event)

    def _on_job_changed(self, job: Job) -> None:
        before = self._phases.get(job.run_id)
        self._phases[job.run_id] = job.state.phase
        if before not in LIVE or job.state.phase not in {*ENDED, *RESUMABLE} or not _is_news(job, before):
            return
        is_active = self._window.isActiveWindow()
        if not is_active and self._settings.notify:
            notice = ended_notice(job)
            self._on_desktop = job.run_id
            self._desktop.tell(notice.title, notice.text)
        is_quick = not isinstance(job.spec, CompressSpec) and job.state.phase is Phase.FINISHED
        if self._window.current_page not in {"jobs", _TOLD_ON.get(type(job.spec))} and not (
            is_active and is_quick
        ):
            self._tell_in_window(job)

    def _tell_in_window(self, job: Job) -> None:
        shown = self._window.notice.state
        if shown is not None and shown.severity is Severity.ERROR and not self._is_ours:
            return  # what went wrong with the window itself is more important
        self._told, self._notice = job.run_id, ended_notice(job)
        self._window.notice.show_state(self._notice)

    @property
    def _is_ours(self) -> bool:
        """Whether what the window shows is what was told of a job, and nothing that came after it."""
        return self._told is not None and self._window.notice.state == self._notice

    def _on_notice_action(self, action: str) -> None:
        if action == "show_job" and self._told is not None:
            self._show_job(self._told)
            self._withdraw()

    def _on_desktop_clicked(self) -> None:
        if self._on_desktop is not None:
            self._show_job(self._on_desktop)

    def _on_page_shown(self, page_id: str) -> None:
        if page_id == "jobs":
            self._withdraw()

    def _withdraw(self) -> None:
        if self._is_ours:
            self._window.notice.show_state(None)
        self._forget()

    def _forget(self) -> None:
        self._told = None


def _is_news(job: Job, before: Phase | None) -> bool:
    """Whether the job ended by itself: who cancels or pauses one knows it."""
    return job.state.phase not in {Phase.CANCELLED, Phase.PAUSED} or before is Phase.RUNNING
