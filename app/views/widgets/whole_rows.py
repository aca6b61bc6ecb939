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

    def height_of(self, rows: int) -> int:
        """Return how high this is with so many rows of the table, in pixels."""
        return self._around() + rows * self._row()

    def fit(self) -> None:
        """Follow another height of the rows."""
        rows = max((self.height() - self._around()) // self._row(), 1)
        self._table.setGeometry(0, 0, self.width(), min(self.height_of(rows), self.height()))

    def _around(self) -> int:
        bar = self._table.horizontalScrollBar()
        header = 2 * self._table.frameWidth() + self._table.horizontalHeader().height()
        return header + (bar.sizeHint().height() if bar.maximum() > 0 else 0)

    def _row(self) -> int:
        return max(self._table.verticalHeader().defaultSectionSize(), 1)
