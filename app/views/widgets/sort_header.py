"""A header whose columns sort by mouse and by keyboard."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from app.views.look import Look

_PADDING: Final = 11
"""Of a title, as in the style sheet."""


class SortHeader(QHeaderView):
    """Left and right choose a column; Enter or Space sorts by it, then the other way, then not at all."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setStretchLastSection(False)
        self.setToolTip(self.tr("Click, or choose by the arrow keys and press Enter, to sort by a column"))

    @property
    def chosen(self) -> int:
        """The column that the keyboard has chosen."""
        return self._chosen

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        super().paintSection(painter, rect, logicalIndex)
        if logicalIndex == self.sortIndicatorSection():
            self._paint_arrow(painter, rect, logicalIndex)
        if self.hasFocus() and logicalIndex == self._chosen:
            painter.save()
            painter.setPen(QPen(self._look.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 4, 4)
            painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the way of sorting beside the title; the style would paint it over that."""
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        width, reach = self.fontMetrics().horizontalAdvance(title), self._look.px(4)
        alignment = self.model().headerData(
            section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        is_right = bool(Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight)
        gap = _PADDING + width + 2 * reach
        x = rect.right() - gap if is_right else rect.left() + gap
        up = -1 if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else 1
        y = rect.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("accent"), 1.6))
        half = reach / 2
        corners = [
            QPointF(x - reach, y - up * half),
            QPointF(x, y + up * half),
            QPointF(x + reach, y - up * half),
        ]
        painter.drawPolyline(QPolygonF(corners))
        painter.restore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._stay_in_sight()
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                beyond = [section for section in self._shown() if (section - self._chosen) * step > 0]
                self._chosen = min(beyond, key=self._distance, default=self._chosen)
                self._tell()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._sort()
            case _:
                super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stay_in_sight()
        self._tell()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _shown(self) -> list[int]:
        """Return the columns that are not folded away."""
        return [section for section in range(self.count()) if not self.isSectionHidden(section)]

    def _distance(self, section: int) -> int:
        return abs(section - self._chosen)

    def _stay_in_sight(self) -> None:
        """Choose the next column where the chosen one was folded away."""
        self._chosen = min(self._shown(), key=self._distance, default=self._chosen)

    def _sort(self) -> None:
        is_same = self.sortIndicatorSection() == self._chosen
        if not is_same:
            self.setSortIndicator(self._chosen, Qt.SortOrder.AscendingOrder)
        elif self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder:
            self.setSortIndicator(self._chosen, Qt.SortOrder.DescendingOrder)
        else:
            self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._tell()

    def _tell(self) -> None:
        title = self.model().headerData(self._chosen, Qt.Orientation.Horizontal)
        self.setAccessibleDescription(self.tr("Column %1").replace("%1", str(title)))
        self.viewport().update()

    def middle_of(self, section: int) -> QPoint:
        """Return the middle of a section, in the coordinates of the viewport."""
        return QPoint(
            self.sectionViewportPosition(section) + self.sectionSize(section) // 2, self.height() // 2
        )
