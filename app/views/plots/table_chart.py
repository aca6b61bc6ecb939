"""A table that draws, copied and saved like a chart."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.plots.saving import Chart, Table

_COPY: Final = QKeySequence.StandardKey.Copy
_MOST_ROWS: Final = 200
"""A picture of more would be too large for most programs."""


class TableChart(Chart):
    """Holds a table; a picture has the rows and columns that are out of sight as well."""

    def __init__(self, table: QTableView, rows: Callable[[], Table], parent: QWidget | None = None) -> None:
        """Hold ``table``, which has its accessible name; ``rows`` returns its data, header first."""
        super().__init__(table.accessibleName(), parent)
        self._table = table
        self._rows = rows
        self._title = table.accessibleName()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        table.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(table)

    def show_title(self, title: str) -> None:
        """Write this over a saved picture."""
        self._title = title

    @override
    def picture_title(self) -> str:
        return self._title

    @override
    def table(self) -> Table:
        return self._rows()

    @override
    def chart_size(self) -> QSize:
        table, rows = self._table, self._table.verticalHeader()
        shown = rows.length()
        if rows.count() > _MOST_ROWS:
            shown = rows.sectionPosition(rows.logicalIndex(_MOST_ROWS))
        columns, frame = table.horizontalHeader(), 2 * table.frameWidth()
        width = max(table.width(), rows.width() + columns.length() + frame)
        return QSize(width, columns.height() + shown + frame)

    @override
    def paint_chart(self, painter: QPainter, at: QPoint) -> None:
        table, place, size = self._table, self._table.geometry(), self.chart_size()
        bars = (table.horizontalScrollBar(), table.verticalScrollBar())
        scrolled = [bar.value() for bar in bars]
        policies = (table.horizontalScrollBarPolicy(), table.verticalScrollBarPolicy())
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.resize(size)
        table.render(painter, at, renderFlags=QWidget.RenderFlag.DrawChildren)
        table.setHorizontalScrollBarPolicy(policies[0])
        table.setVerticalScrollBarPolicy(policies[1])
        table.setGeometry(place)
        for bar, value in zip(bars, scrolled, strict=True):
            bar.setValue(value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The table itself would copy the text of one cell.
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress and event.matches(_COPY):
                self.copy_data()
                return True
            case _:
                return super().eventFilter(watched, event)
