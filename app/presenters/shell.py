"""What the frame of the window says and does: pages, theme, status bar, and what is nobody's own."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.domain.errors import Problem
from app.domain.job import CompareSpec
from app.presenters.compare_presenter import ComparePresenter
from app.presenters.compress_presenter import CompressDraft, CompressPresenter
from app.presenters.help_presenter import HelpPresenter
from app.presenters.jobs_presenter import JobsPresenter
from app.presenters.models_presenter import ModelsPresenter
from app.presenters.notify_presenter import NotifyPresenter
from app.presenters.palette_presenter import PalettePresenter
from app.presenters.settings_presenter import SettingsPresenter
from app.presenters.status_presenter import StatusPresenter
from app.presenters.try_presenter import TryDraft, TryPresenter
from app.services.assembly import Services
from app.services.settings import Settings
from app.services.theme import Theme
from app.views.main_window import MainWindow
from app.views.widgets.notice import NoticeAction, NoticeState, Severity


class Drafts(msgspec.Struct, frozen=True):
    """What was chosen and typed on the pages but not started."""

    compress: CompressDraft
    attempts: TryDraft


class ShellPresenter(QObject):
    """Builds the presenters of the pages and leads from one page to another."""

    def __init__(self, window: MainWindow, services: Services, theme: Theme, settings: Settings) -> None:
        super().__init__(window)
        workspace, queue, library = services.workspace, services.queue, services.models
        self._window = window
        self._settings = settings
        self._problem: Problem | None = None
        services.devices.prefer(settings.device)
        actions = window.actions_by_id
        self.models = ModelsPresenter(window.models, actions, services)
        self.compress = CompressPresenter(window.compress, actions, services)
        self.jobs = JobsPresenter(window.jobs, actions, queue, services.background, library)
        self.notifications = NotifyPresenter(window, window.desktop, queue, settings, self.show_job)
        self.compare = ComparePresenter(
            window.compare,
            actions,
            workspace,
            library,
            services.datasets,
            queue,
            services.background,
            services.devices,
        )
        self.attempts = TryPresenter(
            window.attempts, actions, workspace, library, services.session, services.devices
        )
        self.settings = SettingsPresenter(window.settings, services, theme, settings)
        self.palette = PalettePresenter(window, services, settings)
        self.palette.preferred.connect(self.settings.prefer)
        self.help = HelpPresenter(window)
        for action_id, steps in (("app.larger", 1), ("app.smaller", -1), ("app.usual_size", 0)):
            actions[action_id].triggered.connect(partial(self._on_size_wanted, steps))
        self._lead_from_page_to_page()
        window.close_requested.connect(self.keep_geometry)
        window.notice.action_requested.connect(self._on_notice_action)
        queue.problem_arose.connect(self._on_problem_arose)
        self.status = StatusPresenter(window, services)
        self.status.size_measured.connect(self.settings.show_size)
        if settings.geometry is not None:
            window.restoreGeometry(settings.geometry)

    def show_job(self, run_id: str) -> None:
        """Bring up the page Jobs with this job."""
        self.jobs.choose(run_id)
        self._window.show_page("jobs")

    def _lead_from_page_to_page(self) -> None:
        self._window.page_shown.connect(self._on_page_shown)
        self.models.try_wanted.connect(self._on_try_wanted)
        self.jobs.try_wanted.connect(self._on_try_wanted)
        self.models.compress_wanted.connect(self._on_compress_wanted)
        self.models.job_wanted.connect(self.show_job)
        self.compress.started.connect(self.show_job)
        self.compress.models_wanted.connect(lambda: self._window.show_page("models"))
        self.attempts.models_wanted.connect(lambda: self._window.show_page("models"))
        self.jobs.model_wanted.connect(self._on_model_wanted)
        self.jobs.compress_wanted.connect(lambda: self._window.show_page("compress"))
        self.palette.model_wanted.connect(self._on_model_wanted)
        self.palette.job_wanted.connect(self.show_job)
        self._connect_compare()

    def _on_compress_wanted(self, model_id: str) -> None:
        self.compress.choose_model(model_id)
        self._window.show_page("compress")

    def _on_try_wanted(self, model_id: str) -> None:
        self.attempts.choose_model(model_id)
        self._window.show_page("try")

    def _connect_compare(self) -> None:
        self.models.compare_wanted.connect(self._on_compare_wanted)
        self.jobs.compare_wanted.connect(self._on_compare_wanted)
        self.jobs.comparison_wanted.connect(self._on_comparison_wanted)
        self.compare.models_wanted.connect(lambda: self._window.show_page("models"))
        self.compare.compress_wanted.connect(self._on_compress_wanted)
        self.compare.job_wanted.connect(self.show_job)

    def _on_comparison_wanted(self, spec: CompareSpec) -> None:
        self.compare.choose([model.id for model in spec.models])
        self._window.show_page("compare")

    def _on_compare_wanted(self, model_id: str) -> None:
        self.compare.compare_model(model_id)
        self._window.show_page("compare")

    def _on_page_shown(self, page_id: str) -> None:
        if page_id == "compress":
            self.compress.begin()
        elif page_id == "try":
            self.attempts.begin()
        elif page_id == "compare":
            self.compare.begin()
        elif page_id == "settings":
            self.settings.begin()

    def _on_model_wanted(self, model_id: str) -> None:
        self.models.select(model_id)
        self._window.show_page("models")

    def _on_size_wanted(self, steps: int, *_checked: bool) -> None:
        self.settings.resize(steps)

    def drafts(self) -> Drafts:
        """Return what would be lost with the window."""
        return Drafts(self.compress.draft(), self.attempts.draft())

    def take_drafts(self, drafts: Drafts) -> None:
        """Go on with what was chosen and typed in another window over the same workspace."""
        self.compress.take_draft(drafts.compress)
        self.attempts.take_draft(drafts.attempts)

    def keep_geometry(self) -> None:
        """Remember where the window stands and how large it is."""
        self._settings.geometry = self._window.saveGeometry()

    def _on_problem_arose(self, problem: Problem) -> None:
        self._problem = problem
        actions = (NoticeAction("details", self.tr("Copy details")),)
        self._window.notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice, actions))

    def _on_notice_action(self, action: str) -> None:
        if action == "details" and self._problem is not None:
            problem = self._problem
            QGuiApplication.clipboard().setText(f"{problem.code}: {problem}\n\n{problem.detail}".strip())
