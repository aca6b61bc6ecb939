"""The table of figures, with what they were measured under."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, QTransposeProxyModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.domain.comparison import Fact, Row
from app.itemmodels.comparison_table import METRIC_ROLE, ComparisonTable
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.comparison_delegates import ComparisonDelegate
from app.views.widgets.reflow import Columns
from app.views.widgets.whole_rows import WholeRows

_NARROWEST: Final = 108
_WIDEST: Final = 260
_NARROWEST_FIGURE: Final = 88
_SPARABLE: Final = 10
"""So much narrower than it likes a column of figures still holds them: its margins give way."""
_MOST_BESIDE: Final = 4
"""More models than this are rows, and their figures columns."""
_WIDEST_NAME: Final = 190
_WIDEST_TITLE: Final = 152
"""Of a row, where the figures need the room; else it is written out."""
_ROW: Final = 28
_ROW_OF_MANY: Final = 26
_FEWEST_ROWS: Final = 5
_TALL: Final = 10
"""Rows that are seen at once, with the header: at least where the page scrolls, at most where it does not."""
_LEAST_CONDITION: Final = 220


class FiguresCard(Card):
    """One row a metric, one column a model; more models than fit beside each other are rows instead.

    The names of the rows stay when it is scrolled.

    Signals:
        differences_toggled: Whether rows in which all are equal are hidden.
        setting_chosen: What speed was measured under.
        trial_chosen: What quality was measured on.
        cell_chosen: The keyboard or mouse went to a cell; carries the place of its model, and its metric.
        cell_opened: A cell was clicked or Enter pressed on it; carries its metric.
    """

    differences_toggled = Signal(bool)
    setting_chosen = Signal(str)
    trial_chosen = Signal(str)
    cell_chosen = Signal(int, str)
    cell_opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Figures"), parent)
        self._look = look
        self.model = ComparisonTable(self)
        # One row a model and one column a metric: names have room however many there are.
        self._turned = QTransposeProxyModel(self)
        self._turned.setSourceModel(self.model)
        self.differences = QCheckBox(self.tr("Differences only"))
        self.differences.setObjectName("compare.differences")
        self.differences.setToolTip(self.tr("Hide the rows in which all models are equal"))
        self.differences.toggled.connect(self.differences_toggled)
        self.head.addWidget(self.differences)
        self.setting = chooser("compare.setting", self.tr("What speed was measured under"))
        self.trial = chooser("compare.trial", self.tr("What accuracy was measured on"))
        self.setting.activated.connect(self._on_setting_activated)
        self.trial.activated.connect(self._on_trial_activated)
        self.body.addWidget(
            Columns(
                (
                    _condition(self.tr("Speed"), self.setting),
                    _condition(self.tr("Accuracy"), self.trial),
                ),
                look,
                least=_LEAST_CONDITION,
                spacing=8,
            )
        )
        self._is_showing = False
        self.table = self._make_table()
        self._rows = WholeRows(self.table)
        self._is_tall = False
        self.body.addWidget(self._rows, 1)
        self._nothing = label(
            self.tr("Nothing that is known of these models differs. “Differences only” hides what is alike."),
            "dim",
            wraps=True,
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._nothing, 1)
        self._told_soon = QTimer(self, singleShot=True, interval=0)
        self._told_soon.timeout.connect(self._tell_current)
        look.changed.connect(self._fit)

    def show_rows(
        self, names: Sequence[str], rows: Sequence[Row], facts: Sequence[Fact], *, column: int
    ) -> None:
        """Show these rows; ``column`` is that of the selected model, -1 for none."""
        self._turn(is_turned=len(names) > _MOST_BESIDE)
        before = self.table.currentIndex().data(METRIC_ROLE)
        # Where the current row goes another one becomes current. To tell it now would show the page anew
        # while the rows are half changed.
        self._is_showing = True
        self.model.show_rows(names, rows, facts)
        self._delegate.selected = column
        self._size_columns()
        current = self._source_of(self.table.currentIndex())
        if 0 <= column != current.column() and self.model.rowCount():
            self._go_to(max(current.row(), 0), column)
        self._is_showing = False
        self._rows.setVisible(self.model.rowCount() > 0)
        self._nothing.setVisible(not self.model.rowCount())
        if self.table.currentIndex().data(METRIC_ROLE) != before:
            self._told_soon.start()
        self.table.viewport().update()

    def show_conditions(
        self, settings: Sequence[Choice], setting: str, trials: Sequence[Choice], trial: str
    ) -> None:
        """Show what can be chosen, and what is."""
        fill_chooser(self.setting, settings, setting, self.tr("not measured"))
        fill_chooser(self.trial, trials, trial, self.tr("not measured"))

    def show_differences_only(self, *, only: bool) -> None:
        """Show how the switch stands."""
        self.differences.blockSignals(True)
        self.differences.setChecked(only)
        self.differences.blockSignals(False)

    def select_metric(self, metric: str) -> None:
        """Bring the keyboard to a row."""
        row = self.model.row_of(metric)
        if row >= 0:
            self._go_to(row, max(self._source_of(self.table.currentIndex()).column(), 0))

    def show_tall(self, is_tall: bool) -> None:  # noqa: FBT001 - a slot
        """Ask for the height of more rows: the page scrolls, and there is nothing beside this."""
        self._is_tall = is_tall
        self._fit()

    def height_of_rows(self) -> int:
        """Return how high this is with its rows, if they are not many, in pixels."""
        rows = min(self.table.model().rowCount(), _TALL - 1)
        around = self.minimumSizeHint().height() - self._rows.minimumHeight()
        return around + self._rows.height_of(rows)

    @property
    def is_turned(self) -> bool:
        """Whether models are rows."""
        return self._delegate.is_turned

    def _turn(self, *, is_turned: bool) -> None:
        if is_turned == self.is_turned:
            return
        self._delegate.is_turned = is_turned
        # Amid this the headers have the new columns and the table the old ones: no time to measure them.
        self.table.blockSignals(True)
        self.table.setModel(self._turned if is_turned else self.model)
        self.table.blockSignals(False)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._fit()

    def _source_of(self, index: QModelIndex) -> QModelIndex:
        return self._turned.mapToSource(index) if self.is_turned else index

    def _go_to(self, row: int, column: int) -> None:
        """Bring the keyboard to a cell of the figures, whichever way they are turned."""
        index = self.model.index(row, column)
        shown = self._turned.mapFromSource(index) if self.is_turned else index
        selection = self.table.selectionModel()
        selection.setCurrentIndex(shown, selection.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(shown)

    def _on_current_changed(self) -> None:
        if not self._is_showing:
            self._tell_current()

    def _tell_current(self) -> None:
        current = self.table.currentIndex()
        if current.isValid():
            metric = str(current.data(METRIC_ROLE) or "")
            self.cell_chosen.emit(self._source_of(current).column(), metric)

    def _on_cell_opened(self, index: QModelIndex) -> None:
        metric = index.data(METRIC_ROLE)
        if metric:
            self.cell_opened.emit(metric)

    def _on_setting_activated(self) -> None:
        self.setting_chosen.emit(self.setting.currentData())

    def _on_trial_activated(self) -> None:
        self.trial_chosen.emit(self.trial.currentData())

    def _size_columns(self) -> None:
        """Give every model what its figures need, and what is left over, or lacks by little, to all alike."""
        header, columns = self.table.horizontalHeader(), self.table.model().columnCount()
        if not columns:
            return
        px = self._look.px
        least = px(_NARROWEST_FIGURE if self.is_turned else _NARROWEST)
        needed = [
            min(max(self.table.sizeHintForColumn(column), self._title_width(column), least), px(_WIDEST))
            for column in range(columns)
        ]
        if not self.is_turned:
            self._write_titles_out(sum(needed))
        room = self.table.viewport().width()
        spare = (room - sum(needed)) // columns
        if spare < -px(_SPARABLE):
            spare = 0  # it scrolls sideways
        for column, width in enumerate(needed):
            header.resizeSection(column, width + spare)

    def _write_titles_out(self, needed: int) -> None:
        """Give the titles of the rows what the figures, which need so many pixels, leave."""
        # The header itself follows only after the viewport has moved away from it, and told so.
        left = self.table.viewportMargins().left() + self.table.viewport().width() - needed
        self.table.verticalHeader().setMaximumWidth(max(self._look.px(_WIDEST_TITLE), left))
        self.table.updateGeometries()

    def _title_width(self, column: int) -> int:
        """Return what the title of a figure needs; names of models are shortened instead."""
        return self.table.horizontalHeader().sectionSizeHint(column) if self.is_turned else 0

    def _fit(self) -> None:
        """Follow another size of text, or other colours."""
        names = self.table.verticalHeader()
        names.setMaximumWidth(self._look.px(_WIDEST_NAME if self.is_turned else _WIDEST_TITLE))
        row = _ROW_OF_MANY if self.is_turned else _ROW
        self.table.verticalHeader().setDefaultSectionSize(self._look.px(row))
        self._rows.setMinimumHeight(self._look.px((_TALL if self._is_tall else _FEWEST_ROWS) * _ROW))
        self._rows.fit()
        self._size_columns()
        self.table.viewport().update()

    def _make_table(self) -> QTableView:
        table = _Table()
        table.resized.connect(self._size_columns)
        table.setObjectName("compare.figures")
        table.setAccessibleName(self.tr("Figures of the models"))
        table.setModel(self.model)
        table.selectionModel().currentChanged.connect(self._on_current_changed)
        table.clicked.connect(self._on_cell_opened)
        table.activated.connect(self._on_cell_opened)
        self._delegate = ComparisonDelegate(self._look, table)
        table.setItemDelegate(self._delegate)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        rows = table.verticalHeader()
        rows.setHighlightSections(False)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._look.px(_ROW))
        return table


def _condition(title: str, box: QWidget) -> QWidget:
    """Return a chooser behind its title."""
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(label(title, "small-dim"))
    line.addWidget(box, 1)
    return both


class _Table(QTableView):
    """Tells when there is another width for its columns.

    Signals:
        resized: The table has another size.
    """

    resized = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
