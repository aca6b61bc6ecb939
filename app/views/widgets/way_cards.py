"""Cards of which one is chosen: the ways of making a model small."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.look import Look, mixed
from app.views.widgets.card import label
from app.views.widgets.reflow import Columns
from app.views.zoom import zoom

_RADIUS: Final = 8
_RING: Final = 15
_TITLE: Final = 22
_BESIDE_RING: Final = 26
_LEAST: Final = 230


class WayCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a card says."""

    id: str
    title: str
    when: str
    """When to use it, one line."""
    facts: str = ""
    """What it does and costs here."""
    badge: str = ""
    reason: str = ""
    """Why it is recommended."""


class WayButton(QRadioButton):
    """One card as at 100 %; the whole of it can be pressed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = label("", "card-title")
        self._title.setMinimumHeight(_TITLE)
        self._badge = label("", "pill")
        self._when = label("", "small", wraps=True)
        self._facts = label("", "small-dim", wraps=True)
        self._reason = label("", "small-accent", wraps=True)
        head = QHBoxLayout()
        head.setContentsMargins(_BESIDE_RING, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._badge)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        column.addLayout(head)
        for one in (self._when, self._facts, self._reason):
            column.addWidget(one)
        column.addStretch(1)
        for one in (self._title, self._badge, self._when, self._facts, self._reason):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_card(self, card: WayCard) -> None:
        """Show what a card says."""
        for where, text in (
            (self._title, card.title),
            (self._badge, card.badge),
            (self._when, card.when),
            (self._facts, card.facts),
            (self._reason, card.reason),
        ):
            where.setText(text)
            where.setVisible(bool(text))
        self.setObjectName(f"way.{card.id}")
        self.setAccessibleName(f"{card.title}, {card.badge}" if card.badge else card.title)
        self.setAccessibleDescription(" ".join(part for part in (card.when, card.facts, card.reason) if part))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._column.totalHeightForWidth(arg__1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        chosen, focused = self.isChecked(), self.hasFocus()
        panel = look.color("panel")
        fill = mixed(panel, look.color("accentbg"), 0.55) if chosen else panel
        painter.setBrush(look.color("hover") if self.underMouse() and not chosen else fill)
        width = 2.0 if chosen or focused else 1.0
        edge = "text" if focused else "accent" if chosen else "line"
        painter.setPen(QPen(look.color(edge), width))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        self._paint_ring(painter, chosen=chosen)

    def _paint_ring(self, painter: QPainter, *, chosen: bool) -> None:
        look = self._look
        middle = self._title.geometry().center().y() + 0.5
        size = look.px(_RING)
        ring = QRectF(look.px(14) + 1, middle - size / 2, size, size)
        painter.setPen(QPen(look.color("accent" if chosen else "faint"), 1.5))
        painter.setBrush(look.color("panel"))
        painter.drawEllipse(ring)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            inner = look.px(4)
            painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))


class WayCards(QWidget):
    """The cards in a row.

    Signals:
        way_chosen: Carries the id of a card.
    """

    way_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: list[WayButton] = []
        self._group = QButtonGroup(self)
        self._cards: tuple[WayCard, ...] = ()
        self._row = Columns((), look, least=_LEAST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._row)
        self.setAccessibleName(self.tr("Ways of making the model small"))

    def show_cards(self, cards: Sequence[WayCard], chosen: str) -> None:
        """Show these cards, one of them chosen; cards that stay are changed in place."""
        while len(self._buttons) < len(cards):
            button = WayButton(self._look)
            button.clicked.connect(lambda _=False, button=button: self._tell(button))
            self._buttons.append(button)
            self._group.addButton(button)
            self._row.add(button)
            zoom(button, self._look.scale)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(cards))
            if place < len(cards):
                if self._cards[place : place + 1] != (cards[place],):
                    button.show_card(cards[place])
                if cards[place].id == chosen:
                    button.setChecked(True)
        self._cards = tuple(cards)

    def _tell(self, button: WayButton) -> None:
        self.way_chosen.emit(self._cards[self._buttons.index(button)].id)
