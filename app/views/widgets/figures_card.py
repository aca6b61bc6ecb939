"""The table of figures, with what they were measured under."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QGridLayout, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.domain.comparison import Fact, Row
from app.itemmodels.comparison_table import ComparisonTable
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.comparison_delegates import ComparisonDelegate
from app.views.widgets.whole_rows import WholeRows

_NARROWEST: Final = 128
_WIDEST: Final = 260


class FiguresCard(Card):
    """One row a metric, one column a model; the names of the rows stay when it is scrolled.

    Signals:
        differences_toggled: Whether rows in which all are equal are hidden.
        setting_chosen: What speed was measured under.
        trial_chosen: What quality was measured on.
    """

    differences_toggled = Signal(bool)
    setting_chosen = Signal(str)
    trial_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Figures"), parent)
        self._look = look
        self.model = ComparisonTable(self)
        self.differences = QCheckBox(self.tr("Differences only"))
        self.differences.setObjectName("compare.differences")
        self.differences.setToolTip(self.tr("Hide the rows in which all models are equal"))
        self.differences.toggled.connect(self.differences_toggled)
        self.head.addWidget(self.differences)
        self.setting = chooser("compare.setting", self.tr("What speed was measured under"))
        self.trial = chooser("compare.trial", self.tr("What accuracy was measured on"))
        self.setting.activated.connect(self._on_setting_activated)
        self.trial.activated.connect(self._on_trial_activated)
        conditions = QGridLayout()
        conditions.setHorizontalSpacing(8)
        conditions.addWidget(label(self.tr("Speed"), "small-dim"), 0, 0)
        conditions.addWidget(self.setting, 0, 1)
        conditions.addWidget(label(self.tr("Accuracy"), "small-dim"), 0, 2)
        conditions.addWidget(self.trial, 0, 3)
        conditions.setColumnStretch(1, 1)
        conditions.setColumnStretch(3, 1)
        self.body.addLayout(conditions)
        self.table = self._make_table()
        self.body.addWidget(WholeRows(self.table), 1)
        look.changed.connect(self._fit)

    def show_rows(
        self, names: Sequence[str], rows: Sequence[Row], facts: Sequence[Fact], *, column: int
    ) -> None:
        """Show these rows; ``column`` is that of the selected model, -1 for none."""
        had_columns = self.model.columnCount()
        self.model.show_rows(names, rows, facts)
        self._delegate.column = column
        header = self.table.horizontalHeader()
        if had_columns != len(names):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._size_columns()
        current = self.table.currentIndex()
        if 0 <= column != current.column() and self.model.rowCount():
            row = max(current.row(), 0)
            selection = self.table.selectionModel()
            flag = selection.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(self.model.index(row, column), flag)
            self.table.scrollTo(self.model.index(row, column))
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
            self.table.setCurrentIndex(self.model.index(row, max(self.table.currentIndex().column(), 0)))

    def _on_setting_activated(self) -> None:
        self.setting_chosen.emit(self.setting.currentData())

    def _on_trial_activated(self) -> None:
        self.trial_chosen.emit(self.trial.currentData())

    def _size_columns(self) -> None:
        """Give every model what its figures need, and the rest to all alike."""
        header, columns = self.table.horizontalHeader(), self.model.columnCount()
        if not columns:
            return
        px = self._look.px
        needed = [
            min(max(self.table.sizeHintForColumn(column), px(_NARROWEST)), px(_WIDEST))
            for column in range(columns)
        ]
        room = self.table.viewport().width()
        spare = max(room - sum(needed), 0) // columns
        for column, width in enumerate(needed):
            header.resizeSection(column, width + spare)

    def _fit(self) -> None:
        """Follow another size of text, or other colours."""
        self.table.verticalHeader().setDefaultSectionSize(self._look.px(30))
        self._size_columns()
        self.table.viewport().update()

    def _make_table(self) -> QTableView:
        table = _Table()
        table.resized.connect(self._size_columns)
        table.setObjectName("compare.figures")
        table.setAccessibleName(self.tr("Figures of the models"))
        table.setModel(self.model)
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
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        rows = table.verticalHeader()
        rows.setHighlightSections(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._look.px(30))
        return table


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
