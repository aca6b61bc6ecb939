"""A table that ends with a whole row, however high the room is that it gets."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget
from typing_extensions import override


class WholeRows(QWidget):
    """Holds a table and leaves free at the lower edge what would show a part of a row."""

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        table.setParent(self)
        table.verticalHeader().geometriesChanged.connect(self.fit)
        table.horizontalHeader().geometriesChanged.connect(self.fit)
        table.horizontalScrollBar().rangeChanged.connect(self.fit)
        self.setSizePolicy(table.sizePolicy())

    @override
    def sizeHint(self) -> QSize:
        return self._table.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._table.minimumSizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Follow another height of the rows."""
        table = self._table
        bar = table.horizontalScrollBar()
        around = 2 * table.frameWidth() + table.horizontalHeader().height()
        around += bar.sizeHint().height() if bar.maximum() > 0 else 0
        row = max(table.verticalHeader().defaultSectionSize(), 1)
        rows = max((self.height() - around) // row, 1)
        table.setGeometry(0, 0, self.width(), min(around + rows * row, self.height()))
