"""How long the sentences are, in tokens, and where a recipe cuts them."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.wording import count_text, percent_text, whole_text
from app.views.look import SMALL_SIZE_PX, Look, mixed, sized
from app.views.plots.saving import Chart, Table

_LEFT: Final = 44
_RIGHT: Final = 14
_TOP: Final = 28
_BOTTOM: Final = 38
_MOST_BARS: Final = 40
_ROOM_BEYOND: Final = 1.6
"""A limit further out than that, by the longest sentence, would squeeze the bars together."""


class LengthHistogram(Chart):
    """Bars of sentences by their tokens; what the limit cuts is striped."""

    zoom_axes = "x"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Tokens per sentence", parent)
        self._look = look
        self._lengths: tuple[tuple[int, int], ...] = ()
        self._limit = 0
        self._bars: list[tuple[int, int, int]] = []
        self._end = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_lengths(self, lengths: Sequence[tuple[int, int]], limit: int) -> None:
        """Show how many sentences (second) have how many tokens (first), and the most that are kept."""
        self._lengths, self._limit = tuple(lengths), limit
        longest = max((length for length, _ in lengths), default=1)
        is_near = limit <= longest * _ROOM_BEYOND
        self._end = max(longest, limit if is_near else 0) + 1
        width = max(1, math.ceil(self._end / _MOST_BARS))
        counts: dict[int, int] = {}
        for length, count in lengths:
            counts[length // width] = counts.get(length // width, 0) + count
        self._bars = [
            (place * width, (place + 1) * width - 1, count) for place, count in sorted(counts.items())
        ]
        total = sum(count for _, count in lengths)
        cut = sum(count for length, count in lengths if length > limit)
        self.setAccessibleDescription(
            self.tr("%1 sentences, the longest of %2 tokens, %3 cut at %4 tokens")
            .replace("%1", whole_text(total))
            .replace("%2", str(longest))
            .replace("%3", whole_text(cut))
            .replace("%4", str(limit))
        )
        self.update()

    @override
    def table(self) -> Table:
        return [
            ("tokens", "sentences", "is_cut"),
            *((n, count, n > self._limit) for n, count in self._lengths),
        ]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(420), self._look.px(160))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(220), self._look.px(140))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        top = self._paint_axes(painter)
        plot = self._plot()
        painter.setClipRect(QRectF(plot.left(), 0, self.width() - plot.left(), self.height()))
        for first, last, count in self._bars:
            self._paint_bar(painter, first, last, count / top)
        painter.setClipping(False)
        self._paint_limit(painter)

    @override
    def plot_area(self) -> QRectF:
        return self._plot()

    def _plot(self) -> QRectF:
        px = self._look.px
        return QRectF(
            px(_LEFT), px(_TOP), self.width() - px(_LEFT + _RIGHT), self.height() - px(_TOP + _BOTTOM)
        )

    def _x(self, tokens: float) -> float:
        plot = self._plot()
        return plot.left() + plot.width() * (tokens / self._end - self.view.left) / self.view.width

    def _paint_axes(self, painter: QPainter) -> float:
        plot, px = self._plot(), self._look.px
        highest = max(count for _, _, count in self._bars)
        step = max(1.0, nice_step(highest / 3))
        ticks = math.ceil(highest / step)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in range(ticks + 1):
            y = round(plot.bottom() - plot.height() * tick / ticks) + 0.5
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(self._look.color("dim"))
            place = QRectF(0, y - px(9), plot.left() - px(8), px(18))
            painter.drawText(place, int(right), count_text(round(tick * step)).replace(".0 ", " "))
        across = max(1.0, nice_step(self._end * self.view.width / max(2, plot.width() / px(70))))
        tokens = 0.0
        while tokens <= self._end:
            x = self._x(tokens)
            place = QRectF(x - px(30), plot.bottom() + px(4), px(60), px(16))
            if plot.left() - 1 <= x <= plot.right() + 1:
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{tokens:g}")
            tokens += across
        title = QRectF(plot.left(), plot.bottom() + px(20), plot.width(), px(16))
        painter.drawText(title, int(Qt.AlignmentFlag.AlignCenter), self.tr("tokens in a sentence"))
        painter.drawText(
            QRectF(0, 0, self.width(), px(16)), int(Qt.AlignmentFlag.AlignLeft), self.tr("sentences")
        )
        return ticks * step

    def _paint_bar(self, painter: QPainter, first: int, last: int, share: float) -> None:
        plot = self._plot()
        left, right = self._x(first), self._x(last + 1)
        gap = 1.0 if right - left > 3 else 0.0
        bar = QRectF(
            left + gap / 2, plot.bottom() - plot.height() * share, right - left - gap, plot.height() * share
        )
        painter.setPen(Qt.PenStyle.NoPen)
        accent = self._look.color("accent")
        if first <= self._limit:
            painter.setBrush(accent)
            painter.drawRect(bar)
            return
        # Striped as well as pale: what is cut is told without its colour too.
        painter.setBrush(mixed(self._look.color("panel"), self._look.color("warn"), 0.3))
        painter.drawRect(bar)
        painter.setBrush(self._look.color("warn"))
        painter.setBrush(Qt.BrushStyle.BDiagPattern)
        painter.drawRect(bar)

    def _paint_limit(self, painter: QPainter) -> None:
        plot, px = self._plot(), self._look.px
        is_inside = self._limit < self._end and plot.left() <= self._x(self._limit + 1) <= plot.right()
        x = self._x(self._limit + 1) if is_inside else plot.right()
        text = self.tr("cut at %1").replace("%1", str(self._limit))
        is_left = self._x(self._limit + 1) < plot.left()
        text = text if is_inside else f"← {text}" if is_left else f"{text} →"
        x = plot.left() if is_left else x
        painter.setPen(QPen(self._look.color("text"), 1.5, Qt.PenStyle.DashLine))
        if is_inside:
            painter.drawLine(QPointF(x, px(20)), QPointF(x, plot.bottom()))
        painter.setPen(self._look.color("text"))
        width = painter.fontMetrics().horizontalAdvance(text) + px(4)
        left = min(max(x - width / 2, plot.left()), self.width() - width)
        painter.drawText(QRectF(left, 0, width, px(17)), int(Qt.AlignmentFlag.AlignCenter), text)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if text := self.reading_at(event.pos().x()):
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def reading_at(self, x: float) -> str:
        """Return what the bar under a horizontal place says, empty where there is none."""
        total = sum(count for _, count in self._lengths)
        for first, last, count in self._bars:
            if self._x(first) <= x < self._x(last + 1):
                span = str(first) if first == last else f"{first}–{last}"
                return (
                    self.tr("%1 tokens: %2 sentences, %3")
                    .replace("%1", span)
                    .replace("%2", whole_text(count))
                    .replace("%3", percent_text(count / total))
                )
        return ""


def nice_step(step: float) -> float:
    """Return the next of 1, 2, 5 times a power of ten, 1 at least."""
    power = 10.0 ** math.floor(math.log10(max(step, 1.0)))
    return next(nice * power for nice in (1.0, 2.0, 5.0, 10.0) if nice * power >= step)
