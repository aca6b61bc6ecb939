"""How products and time are divided among precisions: two bars over one legend."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.wording import NOT_MEASURED, percent_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.saving import Chart, Table

_LINE: Final = 20
_BAR: Final = 14
_GAP: Final = 8
_SWATCH: Final = 10
_FIGURE: Final = 74


class SharePart(msgspec.Struct, frozen=True):
    """A precision with its shares, 0 to 1; None: not known."""

    name: str
    title: str
    token: str
    products: float | None
    time: float | None
    is_hatched: bool = False


class ShareBars(Chart):
    """The same parts in the same order in both bars; their names and figures beneath."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ShareBars", "Executed precision"), parent)
        self._look = look
        self._parts: tuple[SharePart, ...] = ()
        self._sums = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_parts(self, parts: Sequence[SharePart], products: str, time: str) -> None:
        """Show these parts.

        Args:
            parts: In the order from left to right.
            products: What all products come to.
            time: What all nodes take.
        """
        self._parts, self._sums = tuple(parts), (products, time)
        self.setAccessibleDescription("; ".join(map(self._text_of, parts)))
        self.updateGeometry()
        self.update()

    @override
    def table(self) -> Table:
        rows = [(part.name, part.products, part.time) for part in self._parts]
        return [("precision", "share of products", "share of time"), *rows]

    @override
    def sizeHint(self) -> QSize:
        px = self._look.px
        bars = 2 * (px(_LINE) + px(_BAR) + px(_GAP))
        return QSize(px(240), bars + px(_LINE) * (1 + len(self._parts)) + px(2))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text_of(self, part: SharePart) -> str:
        return (
            self.tr("%1: %2 of the products, %3 of the time")
            .replace("%1", part.title)
            .replace("%2", percent_text(part.products))
            .replace("%3", percent_text(part.time))
        )

    def _part_at(self, x: float, y: float) -> SharePart | None:
        """Return the part whose bar or line of the legend is there."""
        px = self._look.px
        bar = px(_LINE) + px(_BAR) + px(_GAP)
        if y >= 2 * bar:
            place = int((y - 2 * bar) // px(_LINE)) - 1
            return self._parts[place] if 0 <= place < len(self._parts) else None
        left = 0.0
        for part in self._parts:
            left += self.width() * ((part.products if y < bar else part.time) or 0.0)
            if x < left:
                return part
        return None

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            part = self._part_at(event.pos().x(), event.pos().y())
            if part is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._text_of(part), self)
            return True
        return super().event(event)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, top = self._look.px, 0
        titles = (self.tr("Products"), self.tr("Time"))
        bars = ([part.products for part in self._parts], [part.time for part in self._parts])
        for title, total, shares in zip(titles, self._sums, bars, strict=True):
            line = QRectF(0, top, self.width(), px(_LINE))
            painter.setPen(self._look.color("text"))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), title)
            painter.setPen(self._look.color("dim"))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), total)
            self._paint_bar(painter, QRectF(0, top + px(_LINE), self.width(), px(_BAR)), shares)
            top += px(_LINE) + px(_BAR) + px(_GAP)
        self._paint_legend(painter, top, titles)

    def _paint_bar(self, painter: QPainter, bar: QRectF, shares: Sequence[float | None]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if not any(shares):
            painter.setBrush(self._look.color("track"))
            painter.drawRect(bar)
            return
        left = bar.left()
        for part, share in zip(self._parts, shares, strict=True):
            width = bar.width() * (share or 0.0)
            if width:
                # A hair of ground between the parts, so that they are told apart without colour.
                self._paint_part(painter, QRectF(left, bar.top(), max(width - 1, 1), bar.height()), part)
            left += width

    def _paint_part(self, painter: QPainter, box: QRectF, part: SharePart) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color(part.token))
        painter.drawRect(box)
        if part.is_hatched:
            painter.setBrush(QBrush(self._look.color("panel"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)

    def _paint_legend(self, painter: QPainter, top: int, titles: tuple[str, str]) -> None:
        px, width = self._look.px, self.width()
        figure = px(_FIGURE)
        columns = (width - 2 * figure, width - figure)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.setFont(sized(self.font(), px(SMALL_SIZE_PX)))
        painter.setPen(self._look.color("dim"))
        for left, title in zip(columns, titles, strict=True):
            painter.drawText(QRectF(left, top, figure, px(_LINE)), right, title)
        painter.setFont(self.font())
        for place, part in enumerate(self._parts, start=1):
            line = top + place * px(_LINE)
            swatch = QRectF(0, line + (px(_LINE) - px(_SWATCH)) / 2, px(_SWATCH), px(_SWATCH))
            self._paint_part(painter, swatch, part)
            painter.setPen(self._look.color("text"))
            room = columns[0] - px(_SWATCH + _GAP)
            name = QFontMetrics(self.font()).elidedText(part.title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(
                QRectF(px(_SWATCH + _GAP), line, room, px(_LINE)), int(Qt.AlignmentFlag.AlignVCenter), name
            )
            for left, share in zip(columns, (part.products, part.time), strict=True):
                text = NOT_MEASURED if share is None else percent_text(share)
                painter.drawText(QRectF(left, line, figure, px(_LINE)), right, text)
