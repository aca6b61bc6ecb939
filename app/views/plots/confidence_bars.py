"""The probability of each class as a bar with its figure."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.wording import percent_text
from app.views.look import Look
from app.views.plots.bars_from_zero import BarsFromZero
from app.views.plots.saving import Table

_ROW: Final = 26
_BAR: Final = 8
_FIGURE_WIDTH: Final = 62
_NAME_SHARE: Final = 0.4
_MOST: Final = 5


class Confidence(msgspec.Struct, frozen=True):
    """A class and its probability, 0 to 1."""

    label: str
    probability: float


class ConfidenceBars(BarsFromZero):
    """The most likely classes, in the order of the model; the likeliest in the accent colour and bold."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ConfidenceBars", "Confidence"), parent)
        self._look = look
        self._bars: tuple[Confidence, ...] = ()
        look.changed.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def show_bars(self, bars: Sequence[Confidence]) -> None:
        """Show these classes; of more than five, the five likeliest."""
        if len(bars) > _MOST:
            bars = sorted(bars, key=lambda one: one.probability, reverse=True)[:_MOST]
        if tuple(bars) == self._bars:
            return
        self._bars = tuple(bars)
        said = ", ".join(f"{bar.label} {percent_text(bar.probability)}" for bar in self._bars)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    @override
    def table(self) -> Table:
        return [("label", "probability"), *((bar.label, bar.probability) for bar in self._bars)]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(_ROW) * max(2, len(self._bars)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self.sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos().y() // self._look.px(_ROW)
            if 0 <= place < len(self._bars):
                bar = self._bars[place]
                QToolTip.showText(
                    event.globalPos(), in_figures(f"{bar.label}: {100 * bar.probability:.3f} %"), self
                )
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = max((bar.probability for bar in self._bars), default=0.0)
        metrics, row_height = QFontMetrics(self.font()), self._look.px(_ROW)
        longest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        name_width = min(longest + 12, int(self.width() * _NAME_SHARE))
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * row_height, self.width(), row_height)
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
        figure_width, bar_height = self._look.px(_FIGURE_WIDTH), self._look.px(_BAR)
        figure = QRectF(row.right() - figure_width, row.top(), figure_width, row.height())
        painter.drawText(figure, int(middle | Qt.AlignmentFlag.AlignRight), percent_text(bar.probability))
        track = QRectF(name_width, row.center().y() - bar_height / 2, figure.left() - name_width, bar_height)
        full, empty = self._look.color("accent" if is_best else "other"), self._look.color("track")
        self.paint_bar(painter, track, bar.probability, full, empty)
