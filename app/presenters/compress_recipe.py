"""The recipe of the page Compress: cards, form, text and files, all saying the same."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.domain.recipe import JpqdRecipe
from app.domain.recipe_text import TextKind
from app.presenters.recipe_desk import RecipeDesk
from app.services.background import Background, Latest
from app.services.compression import load_recipe, ready_recipes
from app.views.pages.compress_page import CompressPage
from app.views.widgets.notice import NoticeState, Severity

_TYPING_MS: Final = 400
_FIRST_RECIPE: Final = "jpqd-fast"


class CompressRecipe(QObject):
    """Takes edits of the recipe from wherever they come.

    Signals:
        changed: The recipe is another one, or cannot be read any more.
        noticed: Carries a `NoticeState`, or None where an older one is settled.
    """

    changed = Signal()
    noticed = Signal(object)

    def __init__(self, page: CompressPage, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._newest = Latest()
        self.desk = RecipeDesk(ready_recipes(), _FIRST_RECIPE)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._on_typing_paused)
        page.way_chosen.connect(self._on_way_chosen)
        page.field_edited.connect(self._on_field_edited)
        page.reset_requested.connect(self._on_reset_requested)
        page.json_edited.connect(self._on_json_edited)
        page.json_kind_chosen.connect(self._on_json_kind_chosen)
        page.recipe_file_chosen.connect(self._on_file_chosen)
        page.recipe_target_chosen.connect(self._on_target_chosen)

    def read_now(self) -> bool:
        """Let what was typed a moment ago count; return whether there was any."""
        was_typing = self._typing.isActive()
        if was_typing:
            self._typing.stop()
            self.desk.read()
        return was_typing

    def _on_way_chosen(self, name: str) -> None:
        self._typing.stop()
        self.desk.take(name)
        self.changed.emit()

    def _on_field_edited(self, path: str, value: object) -> None:
        self.read_now()
        self.desk.edit(path, value)
        self.changed.emit()

    def _on_reset_requested(self, path: str) -> None:
        self._typing.stop()
        self.desk.reset(path)
        self.changed.emit()

    def _on_json_edited(self, text: str) -> None:
        self.desk.type_text(text)
        self._typing.start()

    def _on_typing_paused(self) -> None:
        self.desk.read()
        self.changed.emit()

    def _on_json_kind_chosen(self, kind: TextKind) -> None:
        self.read_now()
        if self.desk.mark is not None:
            title = self.tr("The JSON has to be readable first: see the marked line.")
            self.noticed.emit(NoticeState(Severity.WARNING, title))
        elif not self.desk.write_as(kind):
            title = self.tr("Correct the marked settings first: NNCF cannot express them.")
            self.noticed.emit(NoticeState(Severity.WARNING, title))
        self.changed.emit()

    def _on_file_chosen(self, path: str) -> None:
        self._background.run(
            self,
            lambda: load_recipe(path),
            on_done=self._newest.only(lambda recipe: self._on_loaded(Path(path), recipe)),
            on_failed=self._on_failed,
        )

    def _on_loaded(self, path: Path, recipe: JpqdRecipe) -> None:
        self._typing.stop()
        self.noticed.emit(None)
        self.desk.load(path, recipe)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.noticed.emit(NoticeState(Severity.ERROR, error.problem.summary, error.problem.advice))
        elif isinstance(error, OSError | UnicodeDecodeError):
            title = self.tr("The recipe cannot be read: %1.").replace("%1", str(error))
            self.noticed.emit(NoticeState(Severity.ERROR, title))
        else:
            raise error

    def _on_target_chosen(self, path: str) -> None:
        self.read_now()
        try:
            Path(path).write_text(f"{self.desk.text}\n", "utf-8")
        except OSError as error:
            title = self.tr("The recipe was not saved: %1.").replace("%1", str(error))
            advice = self.tr("Choose another folder, or free some space.")
            self.noticed.emit(NoticeState(Severity.ERROR, title, advice))
            return
        title = self.tr("The recipe is saved: %1").replace("%1", path)
        self.noticed.emit(NoticeState(Severity.OK, title))
