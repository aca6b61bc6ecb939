"""How a model is painted in the tree: its name with tags, and its heads as a tiny bar chart."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget
from typing_extensions import override

from app.domain.wording import NOT_MEASURED
from app.itemmodels.model_tree import HEADS_ROLE, SUFFIX_ROLE, TAGS_ROLE
from app.views.look import Look, sized
from app.views.widgets.text_fields import LineField

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT: Final = 34
_CARET_ROOM: Final = 24
_INDENT: Final = 22
_CHIP_PX: Final = 11
_WIDEST_HEAD_BAR: Final = 7
_BAR_GAP: Final = 2
_BAR_HEIGHT: Final = 18


class _CellDelegate(QStyledItemDelegate):
    """Paints the ground as the style does, and the content by itself."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.text = ""


class NameDelegate(_CellDelegate):
    """A caret, the name, quieter what it is, and the tags as chips; F2 edits the name in place."""

    def __init__(self, look: Look, tree: QTreeView) -> None:
        super().__init__(look, tree)
        self._tree = tree

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._look.px(_ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            mark = QRectF(option.rect).adjusted(0, 0, 0, -1)
            mark.setWidth(3)
            painter.fillRect(mark, self._look.color("accent"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.model().hasChildren(index):
            self._paint_caret(painter, self._caret(option.rect), is_open=self._tree.isExpanded(index))
        inside = QRectF(option.rect).adjusted(self._left(index), 0, -8, 0)
        self._paint_texts(painter, option, index, inside)
        painter.restore()

    @override
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if (
            isinstance(event, QMouseEvent)
            # The second of two quick clicks is a double click, which would open the model elsewhere.
            and event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
            and event.button() == Qt.MouseButton.LeftButton
            and model.hasChildren(index)
            and self._caret(option.rect).contains(event.position())
        ):
            self._tree.setExpanded(index, not self._tree.isExpanded(index))
            return True
        return super().editorEvent(event, model, option, index)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = LineField(parent)
        editor.setObjectName("models.rename")
        editor.setAccessibleName(self.tr("New name of the model"))
        return editor

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(self._left(index) - 9, 0, -4, 0))

    def caret_of(self, index: QModelIndex) -> QRect:
        """Return where the caret of a row stands, in the viewport."""
        return self._caret(self._tree.visualRect(index)).toRect()

    def _left(self, index: Index) -> int:
        return self._look.px(_CARET_ROOM + (_INDENT if index.parent().isValid() else 0))

    def _caret(self, rect: QRect) -> QRectF:
        return QRectF(rect.left(), rect.top(), self._look.px(_CARET_ROOM), rect.height())

    def _paint_caret(self, painter: QPainter, rect: QRectF, *, is_open: bool) -> None:
        middle, reach = rect.center() + QPointF(1, 0), self._look.px(4)
        points = (
            [QPointF(-reach, -reach / 2), QPointF(0, reach / 2), QPointF(reach, -reach / 2)]
            if is_open
            else [QPointF(-reach / 2, -reach), QPointF(reach / 2, 0), QPointF(-reach / 2, reach)]
        )
        painter.setPen(QPen(self._look.color("dim"), 1.6))
        painter.drawPolyline(QPolygonF([middle + point for point in points]))

    def _paint_texts(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, inside: QRectF
    ) -> None:
        name, suffix = str(index.data()), str(index.data(SUFFIX_ROLE) or "")
        metrics = QFontMetrics(option.font)
        tags: tuple[str, ...] = index.data(TAGS_ROLE) or ()
        # The name says most, then what kind of model it is; of tags at least their number has a place.
        number = metrics.horizontalAdvance(f"+{len(tags)}") + 10 if tags else 0
        room, suffix_width = int(inside.width()) - number, metrics.horizontalAdvance(suffix) + 10
        if suffix and metrics.horizontalAdvance(name) + suffix_width <= room:
            room -= suffix_width
        else:
            suffix = ""
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(option.font)
        painter.setPen(self._look.color("text"))
        painter.drawText(inside, middle, shown)
        rest = inside.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0)
        painter.setPen(self._look.color("faint"))
        painter.drawText(rest, middle, suffix)
        after = suffix_width if suffix else 0
        self._paint_chips(painter, option, tags, rest.adjusted(after, 0, 0, 0))

    def _paint_chips(
        self, painter: QPainter, option: QStyleOptionViewItem, tags: tuple[str, ...], rest: QRectF
    ) -> None:
        font = sized(option.font, self._look.px(_CHIP_PX))
        metrics = QFontMetrics(font)
        painter.setFont(font)
        height = metrics.height() + 4
        left, top = rest.left(), rest.center().y() - height / 2
        for place, tag in enumerate(tags):
            hidden = len(tags) - place
            room = rest.right() - left - (metrics.horizontalAdvance(f"+{hidden}") + 8 if hidden > 1 else 0)
            width = metrics.horizontalAdvance(tag) + 14
            if width > room:
                painter.setPen(self._look.color("faint"))
                painter.drawText(
                    QRectF(left, top, 40, height), int(Qt.AlignmentFlag.AlignVCenter), f"+{hidden}"
                )
                return
            chip = QRectF(left + 0.5, top + 0.5, width - 1, height - 1)
            painter.setPen(QPen(self._look.color("gone"), 1))
            painter.setBrush(self._look.color("panel2"))
            painter.drawRoundedRect(chip, height / 2, height / 2)
            painter.setPen(self._look.color("dim"))
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), tag)
            left += width + 6


class HeadsDelegate(_CellDelegate):
    """The share of heads kept, one tiny bar a layer; the figures are the tooltip and the spoken text."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        heads: tuple[tuple[int, int], ...] | None = index.data(HEADS_ROLE)
        inside = QRectF(option.rect).adjusted(11, 0, -11, 0)
        painter.save()
        if not heads:
            painter.setPen(self._look.color("text"))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), NOT_MEASURED)
        else:
            self._paint_bars(painter, inside, heads)
        painter.restore()

    def _paint_bars(self, painter: QPainter, inside: QRectF, heads: tuple[tuple[int, int], ...]) -> None:
        pitch = min(inside.width() / len(heads), self._look.px(_WIDEST_HEAD_BAR + _BAR_GAP))
        width = max(pitch - _BAR_GAP, pitch * 0.7)
        height = min(self._look.px(_BAR_HEIGHT), inside.height() - 8)
        bottom = inside.center().y() + height / 2
        for place, (kept, total) in enumerate(heads):
            left = inside.left() + place * pitch
            painter.fillRect(QRectF(left, bottom - height, width, height), self._look.color("gone"))
            full = height * kept / total if total else 0.0
            painter.fillRect(QRectF(left, bottom - full, width, full), self._look.color("accent"))
