"""How many sentences each class has."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.wording import percent_text, whole_text
from app.views.look import Look
from app.views.plots.bars_from_zero import BarsFromZero
from app.views.plots.saving import Table

_ROW: Final = 40
_BAR: Final = 8
_MOST: Final = 8


class LabelBalance(BarsFromZero):
    """A bar a class, the longest being the most frequent; of many classes the most frequent ones."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LabelBalance", "Sentences per class"), parent)
        self._look = look
        self._labels: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        look.changed.connect(self.update)

    def show_labels(self, labels: Sequence[tuple[str, int]]) -> None:
        """Show each class with its count."""
        self._labels = tuple(labels)
        self.setAccessibleDescription(", ".join(f"{name} {whole_text(count)}" for name, count in labels))
        self.updateGeometry()
        self.update()

    @override
    def table(self) -> Table:
        return [("label", "sentences"), *self._labels]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(_ROW) * max(2, len(self._shown())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self.sizeHint().height())

    def _shown(self) -> list[tuple[str, int]]:
        if len(self._labels) <= _MOST:
            return list(self._labels)
        return sorted(self._labels, key=lambda one: one[1], reverse=True)[:_MOST]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(count for _, count in self._labels) or 1
        highest = max((count for _, count in self._labels), default=0) or 1
        px = self._look.px
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        for place, (name, count) in enumerate(self._shown()):
            row = QRectF(0, place * px(_ROW), self.width(), px(22))
            figure = f"{whole_text(count)} · {percent_text(count / total)}"
            room = self.width() - painter.fontMetrics().horizontalAdvance(figure) - px(12)
            elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(room))
            painter.setPen(self._look.color("text"))
            painter.drawText(row, int(middle), elided)
            painter.setPen(self._look.color("dim"))
            painter.drawText(row, int(middle | right), figure)
            track = QRectF(0, row.bottom() + px(1), self.width(), px(_BAR))
            full, empty = self._look.color("accent"), self._look.color("track")
            self.paint_bar(painter, track, count / highest, full, empty)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place, shown = event.pos().y() // self._look.px(_ROW), self._shown()
            if 0 <= place < len(shown):
                QToolTip.showText(event.globalPos(), self._reading_of(*shown[place]), self)
            return True
        return super().event(event)

    def _reading_of(self, name: str, count: int) -> str:
        total = sum(each for _, each in self._labels) or 1
        return (
            self.tr("%1: %2 of %3 sentences, %4")
            .replace("%2", whole_text(count))
            .replace("%3", whole_text(total))
            .replace("%4", in_figures(f"{100 * count / total:.3f} %"))
            .replace("%1", name)
        )
