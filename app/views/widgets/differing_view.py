"""The inputs on which models differ: searched, filtered, copied."""

from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.disagreement import DifferingRow
from app.itemmodels.differing_table import (
    FIRST_MODEL_COLUMN,
    NUMBER_COLUMN,
    TEXT_COLUMN,
    TRUTH_COLUMN,
    DifferingFilter,
    DifferingTable,
    Shown,
)
from app.views.action_set import ActionButton, Actions
from app.views.look import Look
from app.views.widgets.card import ElidedLabel, WholeLabel
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.whole_rows import WholeRows

_MODEL_WIDTH: Final = 132
_WIDEST_MODEL: Final = 220
"""With a long name above its answers, while the texts have room."""
_NARROW: Final = 100


class DifferingState(msgspec.Struct, frozen=True):
    """What the list shows."""

    names: tuple[str, ...] = ()
    rows: tuple[DifferingRow, ...] = ()
    note: str = ""
    """What it is about, or why it is empty."""


class DifferingView(QWidget):
    """A table under a line with search and filter."""

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._model = DifferingTable(self)
        self._filter = DifferingFilter(self)
        self._filter.setSourceModel(self._model)
        self.table = _Table(actions)
        self.table.setObjectName("compare.differing")
        self.table.setAccessibleName(self.tr("Inputs on which the models differ"))
        self.table.setModel(self._filter)
        self.note = ElidedLabel()
        self.note.setProperty("role", "dim")
        self.measure = ActionButton(actions["compare.measure"])
        self.measure.setObjectName("compare.measure_here")
        self.search = QLineEdit()
        self.search.setObjectName("compare.differing_search")
        self.search.setPlaceholderText(self.tr("Search the texts"))
        self.search.setAccessibleName(self.tr("Search the texts"))
        self.search.setClearButtonEnabled(True)
        self.shown = chooser("compare.shown", self.tr("Which inputs are shown"))
        choices = (
            Choice(Shown.ALL.value, self.tr("All that differ")),
            Choice(Shown.REFERENCE_RIGHT.value, self.tr("Reference is right")),
            Choice(Shown.REFERENCE_WRONG.value, self.tr("Reference is wrong")),
        )
        fill_chooser(self.shown, choices, Shown.ALL.value, "")
        self.search.textChanged.connect(self._on_filter_changed)
        self.shown.currentIndexChanged.connect(self._on_filter_changed)
        actions["compare.copy"].triggered.connect(self.copy_rows)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.note, 1)
        line.addWidget(self.search)
        line.addWidget(self.shown)
        self._line = line
        self._empty = QWidget()
        self._empty_note = WholeLabel("dim")
        self._empty_note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centred = QVBoxLayout(self._empty)
        centred.setSpacing(12)
        centred.addStretch(1)
        centred.addWidget(self._empty_note)
        centred.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignHCenter)
        centred.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        self._rows = WholeRows(self.table)
        layout.addWidget(self._rows, 1)
        layout.addWidget(self._empty, 1)
        look.changed.connect(self._paint)
        self._paint()

    def show_state(self, state: DifferingState) -> None:
        """Show these rows."""
        self._model.show_rows(state.names, state.rows)
        has_any = bool(state.rows)
        for widget in (self._rows, self.table, self.search, self.shown, self.note):
            widget.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self._empty_note.setText(state.note)
        self._note = state.note
        self._actions["compare.copy"].setEnabled(has_any)
        self._size_columns()
        self._show_note()

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, or all that are shown where none is selected."""
        chosen = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        places = chosen or range(self._filter.rowCount())
        lines = [
            self._model.line(self._filter.mapToSource(self._filter.index(row, 0)).row()) for row in places
        ]
        QGuiApplication.clipboard().setText("\n".join([self._model.header_line(), *lines]))

    def _show_note(self) -> None:
        shown, everything = self._filter.rowCount(), self._model.rowCount()
        counted = self.tr("%1 of them shown").replace("%1", f"{shown:,}") if shown != everything else ""
        self.note.setText(" · ".join(part for part in (self._note, counted) if part))

    def _on_filter_changed(self) -> None:
        self._filter.show_only(shown=Shown(self.shown.currentData()), text=self.search.text())
        self._show_note()

    def _size_columns(self) -> None:
        header = self.table.horizontalHeader()
        columns = self._model.columnCount()
        crowded = columns > FIRST_MODEL_COLUMN + 4
        for column in range(columns):
            stretches = column == TEXT_COLUMN and not crowded
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            if header.sectionResizeMode(column) is not mode:
                header.setSectionResizeMode(column, mode)
            widths = {NUMBER_COLUMN: 56, TEXT_COLUMN: 360, TRUTH_COLUMN: _NARROW}
            width = self._look.px(widths.get(column, _MODEL_WIDTH))
            if column >= FIRST_MODEL_COLUMN and not crowded:
                width = max(width, min(header.sectionSizeHint(column), self._look.px(_WIDEST_MODEL)))
            header.resizeSection(column, width)

    def _paint(self) -> None:
        self._model.show_mark(self._look.color("bad"))
        self.search.setFixedWidth(self._look.px(200))
        self.table.verticalHeader().setDefaultSectionSize(self._look.px(28))
        self.table.viewport().update()


class _Table(QTableView):
    """Copies by the usual keys and from its context menu."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._actions["compare.copy"].trigger()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._actions["compare.copy"])
        menu.popup(event.globalPos())
