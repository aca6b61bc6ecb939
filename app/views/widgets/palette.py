"""The palette: a line to type into over everything that can be gone to or done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from app.itemmodels.palette_list import HIT_ROLE, PaletteEntry, PaletteHit, PaletteList
from app.views.icons import icon
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.widgets.card import label

Index = QModelIndex | QPersistentModelIndex
_WIDTH: Final = 620
_TOP: Final = 64
_ROW: Final = 36
_MOST_ROWS: Final = 11
_SCRIM: Final = 0.55
_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QWidget):
    """Covers the window while it is open; a click beside it closes it.

    Signals:
        chosen: The id of an entry that can be gone to or done.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._before: QWidget | None = None
        self._model = PaletteList(self)
        self._frame = QFrame(self)
        self._frame.setProperty("role", "palette")
        self._line = QLineEdit()
        self._line.setObjectName("palette.line")
        self._line.setPlaceholderText(self.tr("Type what you look for: an action, a page, a model, a job"))
        self._line.setAccessibleName(self.tr("Search everything"))
        self._line.textChanged.connect(self._on_text_changed)
        self._line.installEventFilter(self)
        self._list = QListView()
        self._list.setObjectName("palette.list")
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(look, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._take)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._nothing = label(self.tr("Nothing matches."), "dim")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        window.installEventFilter(self)
        self.hide()

    def open(self, entries: Sequence[PaletteEntry], recent: Sequence[str]) -> None:
        """Show it over the window, empty, with these entries."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._line.clear()
        self._model.show_entries(entries, recent)
        self._settle()
        self.setGeometry(self._window.rect())
        self.show()
        self._place()
        self._line.setFocus()

    def dismiss(self) -> None:
        """Close it and give the keyboard back."""
        if self.isVisible():
            before, self._before = self._before, None
            self.hide()
            # The line in which a name was edited, for one, is gone by now.
            if before is not None and isValid(before) and before.isVisible():
                before.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        if watched is self._line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.dismiss()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("track", _SCRIM))

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _KEYS:
            QApplication.sendEvent(self._list, event)
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self._list.currentIndex())
        elif key not in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:  # there is nowhere else to go
            return False
        return True

    def _on_text_changed(self, text: str) -> None:
        self._model.search(text)
        self._settle()
        self._place()

    def _settle(self) -> None:
        has_any = self._model.rowCount() > 0
        self._list.setVisible(has_any)
        self._nothing.setVisible(not has_any)
        if has_any:
            self._list.setCurrentIndex(self._model.index(0))
            self._list.scrollToTop()

    def _place(self) -> None:
        px = self._look.px
        width = min(px(_WIDTH), self.width() - px(32))
        top = min(px(_TOP), self.height() // 8)
        rows = min(self._model.rowCount(), _MOST_ROWS)
        around = self._line.sizeHint().height() + px(36)
        room = self.height() - top - around - px(24)
        self._list.setFixedHeight(max(min(rows * px(_ROW), room), px(_ROW)))
        height = around + (self._list.height() if rows else self._nothing.sizeHint().height())
        self._frame.setGeometry(QRect((self.width() - width) // 2, top, width, height))

    def _take(self, index: QModelIndex) -> None:
        hit = index.data(HIT_ROLE)
        if isinstance(hit, PaletteHit) and not hit.entry.why_not:
            self.dismiss()
            self.chosen.emit(hit.entry.id)

    def _on_current_changed(self, current: QModelIndex) -> None:
        spoken = current.data(Qt.ItemDataRole.AccessibleTextRole)
        self._line.setAccessibleDescription(str(spoken or ""))


class _HitDelegate(QStyledItemDelegate):
    """Icon, title with the found letters marked, where it is, and its keys at the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(200), self._look.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: PaletteHit = index.data(HIT_ROLE)
        entry, px = hit.entry, self._look.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("accentbg" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), px(6), px(6))
            if chosen:  # not by colour alone
                painter.setBrush(self._look.color("accent"))
                painter.drawRoundedRect(
                    QRectF(rect.left(), rect.top() + px(8), px(3), rect.height() - px(16)), 1, 1
                )
        side = px(18)
        tone = "faint" if entry.why_not else "dim"
        if entry.icon:
            at = QPoint(rect.left() + px(12), rect.center().y() - side // 2)
            icon(entry.icon, self._look.color(tone)).paint(painter, QRect(at, QSize(side, side)))
        inside = rect.adjusted(px(12) + side + px(10), 0, -px(12), 0)
        small = sized(option.font, px(SMALL_SIZE_PX))
        right = self._paint_right(painter, inside, small, entry)
        self._paint_words(painter, inside.adjusted(0, 0, -right, 0), option.font, small, hit)
        painter.restore()

    def _paint_right(self, painter: QPainter, inside: QRect, font: QFont, entry: PaletteEntry) -> int:
        """Paint keys, or why it cannot be done; return the width that they take."""
        text = entry.why_not or entry.keys
        if not text:
            return 0
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width() // 2)
        painter.setFont(font)
        painter.setPen(self._look.color("faint" if entry.why_not else "dim"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown) + self._look.px(16)

    def _paint_words(
        self, painter: QPainter, inside: QRect, font: QFont, small: QFont, hit: PaletteHit
    ) -> None:
        entry = hit.entry
        metrics = QFontMetrics(font)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, inside.width())
        color = self._look.color("faint" if entry.why_not else "text")
        layout = QTextLayout(title, font)
        layout.setFormats(_marks(hit.places if title == entry.title else (), self._look.color("accent")))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(inside.width())
        layout.endLayout()
        painter.setPen(color)
        top = inside.center().y() - line.height() / 2
        layout.draw(painter, QRectF(inside.left(), top, inside.width(), line.height()).topLeft())
        taken = int(line.naturalTextWidth()) + self._look.px(10)
        rest = inside.adjusted(taken, 0, 0, 0)
        if entry.hint and rest.width() > self._look.px(40):
            painter.setFont(small)
            painter.setPen(self._look.color("faint" if entry.why_not else "dim"))
            hint = QFontMetrics(small).elidedText(entry.hint, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), hint)


def _marks(places: tuple[int, ...], color: QColor) -> list[QTextLayout.FormatRange]:
    marks: list[QTextLayout.FormatRange] = []
    for place in places:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = place, 1
        form = QTextCharFormat()
        form.setForeground(color)
        form.setFontUnderline(True)
        mark.format = form
        marks.append(mark)
    return marks
