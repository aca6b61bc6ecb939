"""How cells of the page Compare are painted: a figure with its ratio, and a layer as a bar."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.itemmodels.comparison_table import BEST_SIGN, CELL_ROLE, ComparisonCell
from app.itemmodels.layer_table import BAR_ROLE, LayerBarCell
from app.views.look import SMALL_SIZE_PX, Look, sized

Index = QModelIndex | QPersistentModelIndex
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)
_AGAINST_WIDTH: Final = 54
_BAR: Final = 8
_BAR_TEXT: Final = 92
_PARTS: Final = ("accent", "ffn", "other")


class _CellDelegate(QStyledItemDelegate):
    """Paints the ground of a cell as the style does, and a ring around the current one."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.text = ""

    def ring(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Mark the cell that the keyboard is on."""
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.color("accent"), 1.5))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -2), 4, 4)


class ComparisonDelegate(_CellDelegate):
    """A figure at the right; beside it, quieter, how it stands to the reference; a star for the best."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.selected = -1
        """The place of the selected model."""
        self.is_turned = False
        """Whether models are rows instead of columns."""

    def _place(self, index: Index) -> int:
        return index.row() if self.is_turned else index.column()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell: ComparisonCell | None = index.data(CELL_ROLE)
        if cell is None:  # a turned table is asked about rows that just went
            return QSize(0, self._look.px(30))
        metrics = QFontMetrics(sized(option.font, option.font.pixelSize(), bold=True))
        against = self._look.px(_AGAINST_WIDTH) if self._place(index) > 0 and not cell.is_words else 0
        return QSize(metrics.horizontalAdvance(cell.text) + against + self._look.px(28), self._look.px(30))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._place(index) == self.selected:
            painter.fillRect(option.rect, self._look.color("accentbg", 0.55))
        painter.restore()
        super().paint(painter, option, index)
        cell: ComparisonCell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(option.rect).adjusted(4, 0, -10, -1)
        if self._place(index) > 0 and not cell.is_words:
            painter.setFont(sized(option.font, self._look.px(SMALL_SIZE_PX)))
            painter.setPen(self._look.color("dim"))
            painter.drawText(inside, _RIGHT, cell.against)
            inside.setRight(inside.right() - self._look.px(_AGAINST_WIDTH))
        font = sized(option.font, option.font.pixelSize(), bold=cell.is_best)
        painter.setFont(font)
        text = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideMiddle, int(inside.width()))
        painter.setPen(self._look.color("text" if cell.is_known else "faint"))
        painter.drawText(inside, _RIGHT, text)
        if cell.is_best:
            left = inside.right() - QFontMetrics(font).horizontalAdvance(text) - self._look.px(16)
            painter.setPen(self._look.color("accent"))
            star = QRectF(left, inside.top(), self._look.px(14), inside.height())
            painter.drawText(star, int(_MIDDLE), BEST_SIGN)
        self.ring(painter, option)
        painter.restore()


class LayerDelegate(_CellDelegate):
    """A bar of parts with what was removed hatched behind it, and the figure."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(190), self._look.px(26))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        bar: LayerBarCell | None = index.data(BAR_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(option.rect).adjusted(8, 0, -10, -1)
        painter.setFont(option.font)
        painter.setPen(self._look.color("faint" if bar is None else "text"))
        width = self._look.px(_BAR_TEXT)
        text = QRectF(inside.left(), inside.top(), width - 8, inside.height())
        painter.drawText(text, _RIGHT, str(index.data()))
        if bar is not None:
            room = inside.adjusted(width, 0, 0, 0)
            self._paint_bar(painter, room, bar)
        self.ring(painter, option)
        painter.restore()

    def _paint_bar(self, painter: QPainter, room: QRectF, bar: LayerBarCell) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        height = self._look.px(_BAR)
        left, top = room.left(), room.center().y() - height / 2
        for token, part in zip(_PARTS, bar.parts, strict=False):
            width = room.width() * part
            painter.setBrush(self._look.color(token))
            painter.drawRect(QRectF(left, top, width, height))
            left += width
        if bar.gone > 0:
            painter.setBrush(QBrush(self._look.color("gone"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(QRectF(left, top, room.width() * bar.gone, height))
