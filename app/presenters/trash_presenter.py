"""The trash of the page Models: what is in it, several undos in a row, deleting for good."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError, Problem
from app.services.background import Background
from app.services.model_files import delete_folder, folders_bytes
from app.services.model_library import ModelLibrary
from app.views.pages.model_trash import ModelTrash, TrashState


class TrashPresenter(QObject):
    """Moves models to the trash and back.

    Signals:
        changed: Something else is to be shown.
        restored: A model came back; carries its id.
    """

    changed = Signal()
    restored = Signal(str)

    def __init__(
        self,
        view: ModelTrash,
        library: ModelLibrary,
        background: Background,
        show_problem: Callable[[Problem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._show_problem = show_problem
        self._undo: list[str] = []
        self._sizes: dict[str, int] = {}
        self._is_shown = False
        self._deleting: set[str] = set()
        view.restore_requested.connect(self._on_restore)
        view.delete_requested.connect(self._on_delete)
        view.closed.connect(self.close)

    @property
    def can_undo(self) -> bool:
        """Whether something moved to the trash in this session is still there."""
        return bool(self._undo)

    def move(self, model_id: str) -> str | None:
        """Move a model to the trash; returns its name, None where that could not be."""
        try:
            record = self._library.trash(model_id)
        except AppError as error:
            self._show_problem(error.problem)
            return None
        self._undo.append(model_id)
        self.changed.emit()
        return record.name

    def undo(self) -> None:
        """Bring back what was moved to the trash last."""
        if self._undo:
            self._restore(self._undo[-1])

    def open(self) -> None:
        """Show the trash."""
        self._is_shown = True
        self._measure()
        self.changed.emit()

    def close(self) -> None:
        """Show the models again."""
        self._is_shown = False
        self.changed.emit()

    def state(self) -> TrashState | None:
        """Return what the trash holds, None where it is not shown."""
        if not self._is_shown:
            return None
        models = tuple(each for each in self._library.trashed() if each.record.id not in self._deleting)
        return TrashState(models, self._sizes, bool(self._deleting))

    def _restore(self, model_id: str) -> bool:
        self._undo = [each for each in self._undo if each != model_id]
        try:
            self._library.restore(model_id)
        except AppError as error:
            self._show_problem(error.problem)
            self.changed.emit()
            return False
        self.restored.emit(model_id)
        self.changed.emit()
        return True

    def _measure(self) -> None:
        folders = [self._library.trash_folder(each.record.id) for each in self._library.trashed()]
        self._background.run(
            self, lambda: folders_bytes(folders), on_done=self._on_measured, on_failed=self._on_failed
        )

    def _on_measured(self, sizes: dict[str, int]) -> None:
        self._sizes = sizes
        self.changed.emit()

    def _on_restore(self, model_ids: tuple[str, ...]) -> None:
        for model_id in model_ids:
            if not self._restore(model_id):
                return

    def _on_delete(self, model_ids: tuple[str, ...]) -> None:
        folders = {model_id: self._library.trash_folder(model_id) for model_id in model_ids}
        self._undo = [each for each in self._undo if each not in folders]
        self._deleting |= set(folders)

        def delete() -> None:
            for folder in folders.values():
                delete_folder(folder)

        self._background.run(
            self,
            delete,
            on_done=lambda _: self._on_deleted(folders),
            on_failed=lambda error: self._on_delete_failed(folders, error),
        )
        self.changed.emit()

    def _on_deleted(self, folders: dict[str, Path]) -> None:
        self._deleting -= set(folders)
        for model_id, folder in folders.items():
            if not folder.exists():
                self._forget(model_id)
        self.changed.emit()

    def _on_delete_failed(self, folders: dict[str, Path], error: Exception) -> None:
        self._on_deleted(folders)
        self._on_failed(error)

    def _forget(self, model_id: str) -> None:
        try:
            self._library.forget(model_id)
        except AppError as error:
            self._show_problem(error.problem)

    def _on_failed(self, error: Exception) -> None:
        match error:
            case AppError():
                self._show_problem(error.problem)
            case OSError():
                self._sizes = {}  # a file went away while it was measured
            case _:
                raise error
