"""The probability of each class as a bar with its figure."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.views.look import Look
from app.views.plots.saving import Chart, Table

_ROW: Final = 26
_BAR: Final = 8
_FIGURE_WIDTH: Final = 62
_NAME_SHARE: Final = 0.4
_MOST: Final = 5


class Confidence(msgspec.Struct, frozen=True):
    """A class and its probability, 0 to 1."""

    label: str
    probability: float


class ConfidenceBars(Chart):
    """The most likely classes, in the order of the model; the likeliest in the accent colour and bold."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Confidence", parent)
        self._look = look
        self._bars: tuple[Confidence, ...] = ()
        look.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Confidence]) -> None:
        """Show these classes; of more than five, the five likeliest."""
        if len(bars) > _MOST:
            bars = sorted(bars, key=lambda one: one.probability, reverse=True)[:_MOST]
        if tuple(bars) == self._bars:
            return
        self._bars = tuple(bars)
        said = ", ".join(f"{bar.label} {100 * bar.probability:.1f} %" for bar in self._bars)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    @override
    def table(self) -> Table:
        return [("label", "probability"), *((bar.label, bar.probability) for bar in self._bars)]

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _ROW * max(2, len(self._bars)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = max((bar.probability for bar in self._bars), default=0.0)
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        name_width = min(longest + 12, int(self.width() * _NAME_SHARE))
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * _ROW, self.width(), _ROW)
            self._paint_bar(painter, row, bar, name_width, is_best=bar.probability == best)

    def _paint_bar(
        self, painter: QPainter, row: QRectF, bar: Confidence, name_width: int, *, is_best: bool
    ) -> None:
        painter.setPen(self._look.color("text" if is_best else "dim"))
        middle = Qt.AlignmentFlag.AlignVCenter
        name = QFontMetrics(painter.font()).elidedText(
            bar.label, Qt.TextElideMode.ElideMiddle, name_width - 8
        )
        painter.drawText(QRectF(0, row.top(), name_width, row.height()), int(middle), name)
        figure = QRectF(row.right() - _FIGURE_WIDTH, row.top(), _FIGURE_WIDTH, row.height())
        painter.drawText(figure, int(middle | Qt.AlignmentFlag.AlignRight), f"{100 * bar.probability:.1f} %")
        track = QRectF(name_width, row.center().y() - _BAR / 2, figure.left() - name_width, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("track"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.setBrush(self._look.color("accent" if is_best else "other"))
        width = track.width() * bar.probability
        if width >= 1:
            done = QRectF(track.left(), track.top(), max(width, _BAR), track.height())
            painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)
