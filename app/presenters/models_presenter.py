"""What the page Models says and does."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.domain.errors import AppError, Problem
from app.domain.job import Job
from app.domain.measurement import Measurement
from app.domain.model import ModelNote, ModelRecord
from app.itemmodels.model_tree import ModelRow
from app.presenters.execution_presenter import ExecutionPresenter
from app.presenters.matrices_presenter import MatricesPresenter
from app.presenters.model_imports import ModelImports
from app.presenters.trash_presenter import TrashPresenter
from app.services.assembly import Services
from app.services.benchmarks import fitting_data, plan_benchmark
from app.services.model_files import export_model, export_name
from app.services.model_library import STARTER_SOURCE
from app.views.action_set import Actions
from app.views.pages.model_details import DetailsState
from app.views.pages.models_page import ModelsPage, ModelsState
from app.views.widgets.notice import NoticeAction, NoticeState, Severity

_REFRESH_MS = 80
_TABLES = frozenset({"execution", "sparsity"})
"""Tabs with rows to copy and save."""


class _Known(msgspec.Struct, frozen=True):
    """What was read of the models, until one of them changes."""

    rows: tuple[ModelRow, ...]
    figures: dict[str, list[Measurement]]
    trashed: int


class ModelsPresenter(QObject):
    """Shows the models, what is known of them, and what becomes of imports.

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
    _name_refused = Signal(str, str)

    def __init__(self, page: ModelsPage, actions: Actions, services: Services) -> None:
        super().__init__(page)
        self._page = page
        self._actions = actions
        self._services = services
        self._library = services.models
        self._background = services.background
        self._known: _Known | None = None
        self._selected: str | None = None
        self._problem: Problem | None = None
        self._exported: Path | None = None
        self._benchmark_id: str | None = None
        """The first job of the newest benchmark."""
        self._matrices = MatricesPresenter(services.workspace, services.session, self)
        self._execution = ExecutionPresenter(
            services.workspace, services.session, services.devices, services.queue, self
        )
        self._imports = ModelImports(
            services.models, services.queue, page.notice.show_state, self._show_problem, self
        )
        self._trash = TrashPresenter(
            page.trash, services.models, services.background, self._show_problem, self
        )
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.show)
        self._connect()
        self.show()

    def _connect(self) -> None:
        page, actions, details = self._page, self._actions, self._page.details
        self._library.changed.connect(self._soon)
        self._imports.imported.connect(self.select)
        self._matrices.changed.connect(self.show)
        self._execution.changed.connect(self.show)
        self._trash.changed.connect(self.show)
        self._trash.restored.connect(self._on_restored)
        page.model_selected.connect(self._on_model_selected)
        page.import_requested.connect(self.import_model)
        page.import_many_requested.connect(self._imports.add_paths)
        page.starter_requested.connect(self._on_starter_requested)
        page.starter_import_requested.connect(lambda: self.import_model(STARTER_SOURCE))
        page.rename_requested.connect(self._on_rename_requested)
        # Queued: once the old editor is gone.
        self._name_refused.connect(page.edit_name, Qt.ConnectionType.QueuedConnection)
        page.export_folder_chosen.connect(self._on_export_folder_chosen)
        page.trash_requested.connect(self._trash.open)
        page.notice_action_requested.connect(self._on_notice_action)
        page.notice_closed.connect(self._forget_notice)
        details.tabs.chosen.connect(self._matrices.show_tab)
        details.tabs.chosen.connect(self._execution.show_tab)
        details.execution.choice_changed.connect(self._execution.choose)
        details.execution.retry_requested.connect(self._execution.run_again)
        actions["models.execute"].triggered.connect(self._execution.run_again)
        details.sparsity.matrix_selected.connect(self._matrices.select)
        details.sparsity.matrix_opened.connect(self._on_matrix_opened)
        details.sparsity.retry_requested.connect(self._matrices.retry)
        details.matrix.matrix_selected.connect(self._matrices.select)
        details.matrix.part_wanted.connect(self._matrices.want_part)
        details.matrix.retry_requested.connect(self._matrices.retry)
        details.notes.note_edited.connect(self._on_note_edited)
        actions["models.compress"].triggered.connect(self._on_compress)
        actions["models.compare"].triggered.connect(self._on_compare)
        actions["models.try"].triggered.connect(self._on_try)
        actions["models.benchmark"].triggered.connect(self._on_benchmark)
        actions["models.paste"].triggered.connect(self._imports.paste)
        actions["models.trash"].triggered.connect(self._on_trash)
        actions["models.undo"].triggered.connect(self._trash.undo)

    def show(self) -> None:
        """Show the models as they are now."""
        known = self._known if self._known is not None else self._read()
        self._known = known
        if self._selected not in {row.id for row in known.rows}:
            self._selected = known.rows[0].id if known.rows else None
        chosen = next((row.record for row in known.rows if row.id == self._selected), None)
        self._matrices.show_model(chosen)
        self._execution.show_model(chosen)
        trash = self._trash.state()
        told = self._page.notice.state
        if told is not None and not self._trash.can_undo and any(one.id == "undo" for one in told.actions):
            self._forget_notice()  # it was deleted for good
        self._page.show_state(
            ModelsState(
                rows=known.rows,
                selected=self._selected,
                details=DetailsState(
                    measurements=tuple(known.figures.get(self._selected or "", ())),
                    execution=self._execution.state(),
                    matrices=self._matrices.matrices_state(),
                    matrix=self._matrices.matrix_state(),
                ),
                trash=trash,
                trashed=known.trashed,
            )
        )
        is_there = chosen is not None and trash is None
        has_rows = is_there and self._page.details.tabs.current in _TABLES
        self._actions.show_enabled(
            {
                "models.compress": is_there and chosen is not None and chosen.has_checkpoint,
                "models.compare": is_there and len(known.rows) > 1,
                "models.try": is_there,
                "models.execute": is_there and self._execution.can_run,
                "models.copy_rows": has_rows,
                "models.save_rows": has_rows,
                "models.benchmark": is_there,
                "models.rename": is_there,
                "models.export_ir": is_there,
                "models.export_checkpoint": is_there and chosen is not None and chosen.has_checkpoint,
                "models.trash": is_there,
                "models.undo": self._trash.can_undo,
                "models.show_trash": trash is None,
                "models.add_starter": all(row.record.origin != STARTER_SOURCE for row in known.rows),
            }
        )

    def select(self, model_id: str) -> None:
        """Show the details of a model."""
        self._selected = model_id
        if self._known is not None and all(row.id != model_id for row in self._known.rows):
            self._known = None  # it was made a moment ago
        if self._trash.state() is not None:
            self._trash.close()
        self.show()

    def import_model(self, source: str) -> Job | None:
        """Queue an import; why it cannot be queued is shown."""
        return self._imports.add(source)

    def _read(self) -> "_Known":
        """Read everything of every model, which takes a while where there are hundreds."""
        figures, notes = self._library.all_measurements(), self._library.notes()
        rows = (
            _row(model, figures.get(model.id, []), notes.get(model.id, ModelNote()))
            for model in self._library.models()
        )
        return _Known(tuple(rows), figures, len(self._library.trashed()))

    def _soon(self) -> None:
        self._known = None
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_model_selected(self, model_id: str) -> None:
        self._selected = model_id or None
        self.show()

    def _show_problem(self, problem: Problem) -> None:
        self._problem = problem
        actions = [NoticeAction("details", self.tr("Copy details"))]
        if self._imports.last_id is not None:
            actions.append(NoticeAction("job", self.tr("Show job")))
        self._page.notice.show_state(
            NoticeState(Severity.ERROR, problem.summary, problem.advice, tuple(actions))
        )

    def _forget_notice(self) -> None:
        self._imports.forget()
        self._problem, self._exported = None, None
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

    def _on_matrix_opened(self, name: str) -> None:
        self._matrices.select(name)
        self._page.details.tabs.choose("matrix")
        self._page.details.matrix.viewer.setFocus()

    def _on_note_edited(self, model_id: str, note: ModelNote) -> None:
        try:
            self._library.set_note(model_id, note)
        except AppError as error:
            # A model that is gone took its notes along; there is nobody left to tell.
            if error.problem.code != "model_unknown":
                self._show_problem(error.problem)

    def _on_rename_requested(self, model_id: str, name: str) -> None:
        try:
            self._library.rename(model_id, name)
        except AppError as error:
            self._show_problem(error.problem)
            self._name_refused.emit(model_id, name)  # what was typed is not lost
            return
        if self._problem is not None and self._problem.code.startswith("name_"):
            self._forget_notice()

    def _on_trash(self) -> None:
        if self._selected is None:
            return
        name = self._trash.move(self._selected)
        if name is not None:
            self._page.notice.show_state(
                NoticeState(
                    Severity.INFO,
                    self.tr("“%1” is in the trash.").replace("%1", name),
                    "",
                    (NoticeAction("undo", self.tr("Undo")), NoticeAction("trash", self.tr("Show trash"))),
                )
            )

    def _on_restored(self, model_id: str) -> None:
        if self._trash.state() is None:
            self._forget_notice()
            self._selected = model_id

    def _on_benchmark(self) -> None:
        model = self._library.model(self._selected or "")
        if model is None:
            return
        data = fitting_data(model, self._services.datasets.datasets())
        device = self._services.devices.preferred
        try:
            jobs = [
                self._services.queue.submit(spec, title)
                for spec, title in plan_benchmark(self._services.workspace, model, data, device)
            ]
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._benchmark_id = jobs[0].run_id
        text = self.tr("“%1” is measured, after what is in the queue.").replace("%1", model.name)
        if data is None:
            what = self.tr("Its speed on %1 in f32; no data has its classes, so its accuracy stays as it is.")
        else:
            what = self.tr("Its speed on %1 in f32, and its accuracy on “%2”.")
        what = what.replace("%1", device).replace("%2", "" if data is None else data.name)
        actions = (NoticeAction("benchmark", self.tr("Show job")),)
        self._page.notice.show_state(NoticeState(Severity.INFO, text, what, actions))

    def _on_export_folder_chosen(self, kind: str, model_id: str, folder: str) -> None:
        model = next((model for model in self._library.models() if model.id == model_id), None)
        if model is None:
            return
        source, target = self._library.model_folder(model.id), Path(folder) / export_name(model.name, kind)
        self._background.run(
            self,
            lambda: export_model(source, kind, target),
            on_done=self._on_exported,
            on_failed=self._on_export_failed,
        )
        text = self.tr("Exporting “%1”…").replace("%1", model.name)
        self._page.notice.show_state(NoticeState(Severity.INFO, text, str(target), can_close=False))

    def _on_exported(self, target: Path) -> None:
        self._exported = target
        text = self.tr("Exported to %1").replace("%1", str(target))
        actions = (NoticeAction("folder", self.tr("Show folder")),)
        self._page.notice.show_state(NoticeState(Severity.OK, text, "", actions))

    def _on_export_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._show_problem(error.problem)

    def _on_notice_action(self, action: str) -> None:
        match action:
            case "undo":
                self._trash.undo()
            case "trash":
                self._forget_notice()
                self._trash.open()
            case "details" if self._problem is not None:
                problem = self._problem
                QGuiApplication.clipboard().setText(f"{problem.code}: {problem}\n\n{problem.detail}".strip())
            case "job" if self._imports.last_id is not None:
                self.job_wanted.emit(self._imports.last_id)
            case "benchmark" if self._benchmark_id is not None:
                self.job_wanted.emit(self._benchmark_id)
            case "folder" if self._exported is not None:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported)))
            case _:
                pass


def _row(model: ModelRecord, figures: list[Measurement], note: ModelNote) -> ModelRow:
    accuracy = next(
        (one for one in reversed(figures) if one.metric == "accuracy" and one.subject == "ir"), None
    )
    latency = next((one for one in reversed(figures) if one.metric == "latency_p50"), None)
    return ModelRow(model, accuracy, latency, note)
