"""The trash: what is in it, since when, how big; to be restored or deleted for good."""

from typing import Final

import msgspec
from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.model import TrashedModel
from app.domain.wording import bytes_text
from app.itemmodels.column_table import ROW_ROLE
from app.itemmodels.trash_table import TrashTable
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.plain_table import FirstColumn, plain_table
from app.views.widgets.question import ask_before

_WIDTHS: Final = (0, 120, 110, 110, 190)
_LEAST_NAME: Final = 150


class TrashState(msgspec.Struct, frozen=True):
    """What the trash holds."""

    models: tuple[TrashedModel, ...] = ()
    sizes: dict[str, int] = {}
    """Bytes by model id, as far as they are known."""
    is_deleting: bool = False


class ModelTrash(QWidget):
    """Shows a `TrashState`.

    Signals:
        restore_requested: Models are to come back; carries their ids as a tuple.
        delete_requested: Models are to be deleted for good, which was confirmed; carries their ids.
        closed: Back to the models.
    """

    restore_requested = Signal(object)
    delete_requested = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TrashState()
        self._model = TrashTable(self)
        self._table = self._make_table()
        FirstColumn(self._table, look, _LEAST_NAME)
        self._back = self._button("models.trash_back", self.tr("Back to the models"))
        self._back.clicked.connect(self.closed)
        self._restore = self._button("models.trash_restore", self.tr("Restore"))
        self._restore.clicked.connect(lambda: self.restore_requested.emit(self._selected()))
        self._delete = self._button("models.trash_delete", self.tr("Delete for good…"))
        self._delete.clicked.connect(lambda: self._ask(self._selected()))
        self._empty = self._button("models.trash_empty", self.tr("Empty the trash…"))
        self._empty.clicked.connect(lambda: self._ask(tuple(each.record.id for each in self._state.models)))
        self._nothing = label(
            self.tr("The trash is empty. Models that you move there stay until you delete them for good."),
            "dim",
            wraps=True,
        )
        self._card = Card(self.tr("Trash"))
        self._lay_out()

    def show_state(self, state: TrashState) -> None:
        """Show what the trash holds."""
        self._state = state
        self._model.show_models(state.models, state.sizes)
        self._table.setVisible(bool(state.models))
        self._nothing.setVisible(not state.models)
        known = [state.sizes[each.record.id] for each in state.models if each.record.id in state.sizes]
        note = self.tr("%n model(s)", "", len(state.models)) if state.models else ""
        if note and len(known) == len(state.models):
            note = self.tr("%1, %2 on the disk").replace("%1", note).replace("%2", bytes_text(sum(known)))
        self._card.show_note(self.tr("Deleting…") if state.is_deleting else note)
        if state.models and not self._table.currentIndex().isValid():
            # Not by selectRow, which looks at the keys that are down: those of the shortcut still are.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(self._model.index(0, 0), flags)
        self._show_enabled()

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        (self._table if self._state.models else self._back).setFocus()

    def _selected(self) -> tuple[str, ...]:
        rows = self._table.selectionModel().selectedRows()
        return tuple(index.data(ROW_ROLE).record.id for index in rows)

    def _ask(self, model_ids: tuple[str, ...]) -> None:
        if not model_ids:
            return
        names = [each.record.name for each in self._state.models if each.record.id in model_ids]
        title = (
            self.tr("Delete “%1” for good?").replace("%1", names[0])
            if len(names) == 1
            else self.tr("Delete %n model(s) for good?", "", len(names))
        )
        text = self.tr("Weights, figures and notes are removed from the disk. This cannot be undone.")
        ask_before(
            self, title, text, self.tr("Delete for good"), lambda: self.delete_requested.emit(model_ids)
        )

    def _show_enabled(self) -> None:
        is_free = not self._state.is_deleting
        has_selected = self._table.selectionModel().hasSelection() and bool(self._state.models)
        self._restore.setEnabled(is_free and has_selected)
        self._delete.setEnabled(is_free and has_selected)
        self._empty.setEnabled(is_free and bool(self._state.models))

    def _make_table(self) -> QTableView:
        table = plain_table("models.trash_table", self.tr("Models in the trash"), self._model)
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(column, width)
        table.selectionModel().selectionChanged.connect(self._show_enabled)
        return table

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        return button

    def _lay_out(self) -> None:
        self._card.head.addWidget(self._back)
        self._card.body.addWidget(self._nothing)
        self._card.body.addWidget(self._table, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._restore)
        line.addWidget(self._delete)
        line.addStretch(1)
        line.addWidget(self._empty)
        self._card.body.addStretch(0)
        self._card.body.addLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
