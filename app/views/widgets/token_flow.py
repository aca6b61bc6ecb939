"""Tokens as chips that wrap like words."""

from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.look import SMALL_SIZE_PX, Look, sized

_HEIGHT: Final = 22
_PAD: Final = 6
_GAP: Final = 4
_PIECE_GAP: Final = 1


class Token(msgspec.Struct, frozen=True):
    """One token as it stands in the vocabulary."""

    text: str
    is_special: bool = False
    """Added by the tokenizer."""
    is_cut: bool = False
    """Lost, as the sentence is too long."""

    @property
    def goes_on(self) -> bool:
        """Whether it continues the word before it."""
        return self.text.startswith("##")


class TokenFlow(QWidget):
    """Paints tokens: pieces of a word close together, special ones dashed, lost ones struck through."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tokens: tuple[Token, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)

    def show_tokens(self, tokens: tuple[Token, ...]) -> None:
        """Show these tokens."""
        if tokens == self._tokens:
            return
        self._tokens = tokens
        self.setAccessibleName(" ".join(token.text for token in tokens if not token.is_cut))
        lost = [token.text for token in tokens if token.is_cut]
        self.setAccessibleDescription(self.tr("Cut: %1").replace("%1", " ".join(lost)) if lost else "")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(300), self.heightForWidth(max(self.width(), self._look.px(300))))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(_HEIGHT))

    @override
    def heightForWidth(self, arg__1: int) -> int:
        places = self._places(arg__1)
        return round(places[-1].bottom()) + 1 if places else self._look.px(_HEIGHT)

    def _text_font(self) -> QFont:
        return sized(self.font(), self._look.px(SMALL_SIZE_PX))

    def _places(self, width: float) -> list[QRectF]:
        """Return where each token stands in a widget of this width."""
        px, metrics = self._look.px, QFontMetrics(self._text_font())
        places: list[QRectF] = []
        x, y = 0.0, 0.0
        for place, token in enumerate(self._tokens):
            chip = metrics.horizontalAdvance(token.text) + 2 * px(_PAD)
            gap = 0.0 if not place else px(_PIECE_GAP) if token.goes_on else px(_GAP)
            if x + gap + chip > width and x > 0:
                x, gap, y = 0.0, 0.0, y + px(_HEIGHT) + px(_GAP)
            places.append(QRectF(x + gap, y, min(chip, width), px(_HEIGHT)))
            x += gap + chip
        return places

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._text_font()
        struck = QFont(font)
        struck.setStrikeOut(True)
        look = self._look
        for token, place in zip(self._tokens, self._places(self.width()), strict=True):
            chip = place.adjusted(0.5, 0.5, -0.5, -0.5)
            if token.is_special or token.is_cut:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.color("gone"), 1, Qt.PenStyle.DashLine))
            else:
                painter.setBrush(look.color("accentbg"))
                painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(chip, 4, 4)
            painter.setFont(struck if token.is_cut else font)
            painter.setPen(look.color("warn" if token.is_cut else "faint" if token.is_special else "text"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), token.text)
