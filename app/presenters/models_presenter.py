"""What the page Models says and does."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.errors import AppError, Problem
from app.domain.job import ENDED, ImportSpec, Job, Phase
from app.domain.model import ModelRecord
from app.itemmodels.model_tree import ModelRow
from app.presenters.job_wording import percent_of
from app.services.job_queue import JobQueue
from app.services.model_library import STARTER_SOURCE, ModelLibrary
from app.views.actions import Actions
from app.views.pages.models_page import ModelsPage, ModelsState
from app.views.widgets.notice import NoticeAction, NoticeState, Severity

_REFRESH_MS = 80


class ModelsPresenter(QObject):
    """Shows the models and what becomes of imports.

    Signals:
        compress_wanted: The model with this id is to be compressed; empty: the starter, once it is there.
        compare_wanted: The model with this id is to be compared with its parent and siblings.
        try_wanted: The model with this id is to be tried.
        job_wanted: The job with this run id is to be shown.
    """

    compress_wanted = Signal(str)
    compare_wanted = Signal(str)
    try_wanted = Signal(str)
    job_wanted = Signal(str)

    def __init__(self, page: ModelsPage, actions: Actions, library: ModelLibrary, queue: JobQueue) -> None:
        super().__init__(page)
        self._page = page
        self._actions = actions
        self._library = library
        self._queue = queue
        self._selected: str | None = None
        self._import_id: str | None = None
        self._trashed_id: str | None = None
        self._problem: Problem | None = None
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.show)
        library.changed.connect(self._soon)
        queue.job_changed.connect(self._on_job_changed)
        page.model_selected.connect(self._on_model_selected)
        page.import_requested.connect(self.import_model)
        page.starter_requested.connect(self._on_starter_requested)
        page.starter_import_requested.connect(lambda: self.import_model(STARTER_SOURCE))
        page.notice_action_requested.connect(self._on_notice_action)
        page.notice_closed.connect(self._forget_notice)
        actions["models.compress"].triggered.connect(self._on_compress)
        actions["models.compare"].triggered.connect(self._on_compare)
        actions["models.try"].triggered.connect(self._on_try)
        actions["models.trash"].triggered.connect(self._on_trash)
        self.show()

    def show(self) -> None:
        """Show the models as they are now."""
        models = self._library.models()
        if self._selected not in {model.id for model in models}:
            self._selected = models[0].id if models else None
        self._page.show_state(
            ModelsState(
                rows=tuple(self._row(model) for model in models),
                selected=self._selected,
                measurements=()
                if self._selected is None
                else tuple(self._library.measurements(self._selected)),
            )
        )
        chosen = next((model for model in models if model.id == self._selected), None)
        self._actions.show_enabled(
            {
                "models.compress": chosen is not None and chosen.has_checkpoint,
                "models.compare": chosen is not None and len(models) > 1,
                "models.try": chosen is not None,
                "models.trash": chosen is not None,
                "models.add_starter": self._library.starter_model() is None,
            }
        )

    def select(self, model_id: str) -> None:
        """Show the details of a model."""
        self._selected = model_id
        self.show()

    def import_model(self, source: str) -> Job | None:
        """Queue an import; why it cannot be queued is shown."""
        try:
            job = self._library.import_model(source)
        except AppError as error:
            self._show_problem(error.problem)
            return None
        self._import_id = job.run_id
        self._show_import(job)
        return job

    def _row(self, model: ModelRecord) -> ModelRow:
        figures = self._library.measurements(model.id)
        accuracy = next(
            (one for one in reversed(figures) if one.metric == "accuracy" and one.subject == "ir"), None
        )
        latency = next((one for one in reversed(figures) if one.metric == "latency_p50"), None)
        return ModelRow(model, accuracy, latency)

    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_model_selected(self, model_id: str) -> None:
        self._selected = model_id or None
        self.show()

    def _on_job_changed(self, job: Job) -> None:
        if isinstance(job.spec, ImportSpec) and job.run_id == self._import_id:
            self._show_import(job)

    def _show_import(self, job: Job) -> None:
        state, name = job.state, job.spec.name if isinstance(job.spec, ImportSpec) else job.title
        show_job = NoticeAction("job", self.tr("Show job"))
        match state.phase:
            case Phase.FINISHED:
                self._forget_notice()
                if state.model_id is not None:
                    self.select(state.model_id)
            case Phase.FAILED:
                self._show_problem(state.problem or Problem("unknown", self.tr("The import failed.")))
            case Phase.CANCELLED:
                self._forget_notice()
            case Phase.PAUSED | Phase.INTERRUPTED:
                text = self.tr("The import of “%1” was interrupted.").replace("%1", name)
                advice = self.tr("Resume it on the page Jobs.")
                self._page.notice.show_state(NoticeState(Severity.WARNING, text, advice, (show_job,)))
            case _:
                text = " ".join(part for part in (self.tr("Importing “%1”…"), percent_of(state)) if part)
                self._page.notice.show_state(
                    NoticeState(Severity.INFO, text.replace("%1", name), "", (show_job,), can_close=False)
                )

    def _show_problem(self, problem: Problem) -> None:
        self._problem = problem
        actions = [NoticeAction("details", self.tr("Copy details"))]
        if self._import_id is not None:
            actions.append(NoticeAction("job", self.tr("Show job")))
        self._page.notice.show_state(
            NoticeState(Severity.ERROR, problem.summary, problem.advice, tuple(actions))
        )

    def _forget_notice(self) -> None:
        job = None if self._import_id is None else self._queue.job(self._import_id)
        if job is None or job.state.phase in ENDED:
            self._import_id = None
        self._trashed_id = None
        self._problem = None
        self._page.notice.show_state(None)

    def _on_starter_requested(self) -> None:
        starter = self._library.starter_model()
        if starter is not None:
            self.compress_wanted.emit(starter.id)
        elif self.import_model(STARTER_SOURCE) is not None:
            self.compress_wanted.emit("")

    def _on_compress(self) -> None:
        if self._selected is not None:
            self.compress_wanted.emit(self._selected)

    def _on_compare(self) -> None:
        if self._selected is not None:
            self.compare_wanted.emit(self._selected)

    def _on_try(self) -> None:
        if self._selected is not None:
            self.try_wanted.emit(self._selected)

    def _on_trash(self) -> None:
        if self._selected is None:
            return
        try:
            record = self._library.trash(self._selected)
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._trashed_id = record.id
        self._page.notice.show_state(
            NoticeState(
                Severity.INFO,
                self.tr("“%1” is in the trash.").replace("%1", record.name),
                "",
                (NoticeAction("undo", self.tr("Undo")),),
            )
        )
        self.show()

    def _on_notice_action(self, action: str) -> None:
        match action:
            case "undo" if self._trashed_id is not None:
                self._restore(self._trashed_id)
            case "details" if self._problem is not None:
                problem = self._problem
                QGuiApplication.clipboard().setText(f"{problem.code}: {problem}\n\n{problem.detail}".strip())
            case "job" if self._import_id is not None:
                self.job_wanted.emit(self._import_id)
            case _:
                pass

    def _restore(self, model_id: str) -> None:
        try:
            self._library.restore(model_id)
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._forget_notice()
        self.select(model_id)
