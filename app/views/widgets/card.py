"""A framed panel with a title, and the quiet texts in it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override


class ElidedLabel(QLabel):
    """One line that elides in the middle; the whole text is its tooltip then, unless it has its own."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._own_tooltip = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    @override
    def setToolTip(self, arg__1: str) -> None:
        """Show ``arg__1``, whether the text is elided or not; empty: go back to the text."""
        self._own_tooltip = arg__1
        super().setToolTip(arg__1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        super().setToolTip(self._own_tooltip or ("" if shown == self.text() else self.text()))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label; ``role`` is what the style sheet knows it by, such as dim or figure."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def field(title: str, control: QWidget, role: str = "dim") -> QWidget:
    """Return a control beneath its title; ``role`` is the title's."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(title, role))
    column.addWidget(control)
    return made


class WholeLabel(QLabel):
    """A text that wraps and keeps the height that it needs, in splitters too."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @override
    def setText(self, arg__1: str) -> None:
        super().setText(arg__1)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


class Card(QFrame):
    """A panel with a title at the left and room for a legend or controls at the right."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self._title = label(title, "card-title")
        self._note = ElidedLabel()
        self._note.setProperty("role", "dim")
        self._note.setVisible(False)
        if title:
            self.head.addWidget(self._title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)
        else:
            self._title.setParent(self)
            self._title.hide()
        self.body.addWidget(self._note)

    def show_note(self, text: str) -> None:
        """Show a line beneath the title; none hides it."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
