"""The card of a page with nothing on it yet: an icon in a circle above what can be done."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import Card

_CIRCLE: Final = 52
_ICON: Final = 26
_WIDTH: Final = 560


class RoundIcon(QWidget):
    """An icon in the accent's colour on a circle of its pale one; decoration that says nothing new."""

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_CIRCLE), self._look.px(_CIRCLE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accentbg"))
        painter.drawEllipse(self.rect())
        place = QRect(0, 0, self._look.px(_ICON), self._look.px(_ICON))
        place.moveCenter(self.rect().center())
        icon(self._name, self._look.color("accent")).paint(painter, place)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def empty_card(name: str, look: Look) -> Card:
    """Return a card with the icon ``name`` at its top."""
    card = Card()
    card.setMaximumWidth(_WIDTH)
    card.body.setContentsMargins(32, 28, 32, 28)
    card.body.setSpacing(12)
    card.body.addWidget(RoundIcon(name, look), 0, Qt.AlignmentFlag.AlignLeft)
    card.body.addSpacing(4)
    return card


def centred(widget: QWidget) -> QWidget:
    """Return ``widget`` as wide as it likes, a little above the middle."""
    frame = QWidget()
    layout = QVBoxLayout(frame)
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(widget, 10)
    line.addStretch(1)
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    layout.addStretch(2)
    layout.addLayout(line)
    layout.addStretch(3)
    return frame
