"""An editor of JSON: line numbers, colours, and marks at the lines that are wrong."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from app.views.look import Look, mixed
from app.views.widgets.json_highlighter import JsonHighlighter

_GUTTER_PAD: Final = 10
_SIGN_WIDTH: Final = 14
_MARKED: Final = 0.14
_UTF16: Final = "utf-16-le"


class LineMark(msgspec.Struct, frozen=True):
    """A line that is wrong, counted from 1, and why."""

    line: int
    text: str


class JsonEditor(QPlainTextEdit):
    """Shows a text without disturbing who edits it, and tells edits.

    Signals:
        edited: The whole text, after something was typed.
    """

    edited = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: tuple[LineMark, ...] = ()
        self._shown = ""
        self.setProperty("role", "code")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._highlighter = JsonHighlighter(self.document(), look)
        self._gutter = _Gutter(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update_requested)
        self.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._show_marks)
        self._make_room()

    def show_text(self, text: str) -> None:
        """Show a text; only what differs is replaced, so that cursor, scroll bar and undo stay."""
        now = self.toPlainText()
        if now == text:
            return
        old, new = now.encode(_UTF16, "surrogatepass"), text.encode(_UTF16, "surrogatepass")
        start, end = _difference(old, new)
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(len(old) // 2 - end, QTextCursor.MoveMode.KeepAnchor)
        self._shown = text
        cursor.insertText(new[2 * start : len(new) - 2 * end].decode(_UTF16, "surrogatepass"))

    def show_marks(self, marks: Sequence[LineMark]) -> None:
        """Mark these lines and no others."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.setAccessibleDescription("; ".join(mark.text for mark in self._marks))
            self._show_marks()

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def gutter_width(self) -> int:
        """Return how wide the column of line numbers is."""
        digits = max(2, len(str(self.blockCount())))
        return self._look.px(_SIGN_WIDTH + _GUTTER_PAD) + digits * self.fontMetrics().horizontalAdvance("0")

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Paint the numbers of the visible lines, and a sign at those that are wrong."""
        look = self._look
        wrong = {mark.line for mark in self._marks}
        current = self.textCursor().blockNumber()
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= area.bottom():
            height = self.blockBoundingRect(block).height()
            if block.isVisible() and top + height >= area.top():
                number = block.blockNumber()
                is_wrong = number + 1 in wrong
                painter.setPen(look.color("bad" if is_wrong else "text" if number == current else "faint"))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                place = QRectF(0, top, self._gutter.width() - look.px(_GUTTER_PAD) / 2, height)
                painter.drawText(place, int(right), str(number + 1))
                if is_wrong:
                    self._paint_sign(painter, QPointF(look.px(_SIGN_WIDTH) / 2 + 1, top + height / 2))
            top += height
            block = block.next()

    def _paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        radius = self._look.px(5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("bad"))
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(self._look.color("panel"))
        place = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "!")

    def _show_marks(self) -> None:
        color = mixed(self._look.color("panel2"), self._look.color("bad"), _MARKED)
        selections: list[QTextEdit.ExtraSelection] = []
        for mark in self._marks:
            block = self.document().findBlockByNumber(mark.line - 1)
            if block.isValid():
                one = QTextEdit.ExtraSelection()
                shape = one.format
                shape.setBackground(QColor(color))
                shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
                one.format = shape
                one.cursor = QTextCursor(block)
                selections.append(one)
        self.setExtraSelections(selections)
        self._gutter.update()

    def _on_text_changed(self) -> None:
        # Told for new colours too.
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        lines = self.viewport().geometry()  # without the scroll bar beneath them
        self._gutter.setGeometry(self.contentsRect().left(), lines.top(), self.gutter_width(), lines.height())

    def _on_update_requested(self, area: QRect, scrolled: int) -> None:
        if scrolled:
            self._gutter.scroll(0, scrolled)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._place_gutter()

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_gutter"):
            self._make_room()

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        plain = e.modifiers() == Qt.KeyboardModifier.NoModifier
        if e.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            indent = line[: len(line) - len(line.lstrip(" "))]
            deeper = "  " if line.rstrip().endswith(("{", "[")) else ""
            self.insertPlainText(f"\n{indent}{deeper}")
            self.ensureCursorVisible()
            return
        super().keyPressEvent(e)

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # A dropped file is for the page; its name is no text for a recipe.
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class _Gutter(QWidget):
    """The column of line numbers."""

    def __init__(self, editor: JsonEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._editor.gutter_width(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_gutter(QPainter(self), event.rect())


def _difference(old: bytes, new: bytes) -> tuple[int, int]:
    """Return how many UTF-16 units two texts share at their beginning and, behind that, at their end."""
    shortest = min(len(old), len(new)) // 2
    start = 0
    while start < shortest and old[2 * start : 2 * start + 2] == new[2 * start : 2 * start + 2]:
        start += 1
    end = 0
    while (
        end < shortest - start
        and old[len(old) - 2 * end - 2 : len(old) - 2 * end]
        == (new[len(new) - 2 * end - 2 : len(new) - 2 * end])
    ):
        end += 1
    if start and _is_surrogate(new, start - 1, 0xD8):
        start -= 1  # never between the halves of one character
    if end and _is_surrogate(new, len(new) // 2 - end, 0xDC):
        end -= 1
    return start, end


def _is_surrogate(text: bytes, place: int, high_byte: int) -> bool:
    return text[2 * place + 1] & 0xFC == high_byte
