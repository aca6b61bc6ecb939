"""How many sentences each class has."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.wording import percent_text, whole_text
from app.views.look import Look
from app.views.plots.saving import Chart, Table

_ROW: Final = 40
_BAR: Final = 8
_MOST: Final = 8


class LabelBalance(Chart):
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
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("track"))
            painter.drawRoundedRect(track, px(_BAR) / 2, px(_BAR) / 2)
            painter.setBrush(self._look.color("accent"))
            track.setWidth(track.width() * count / highest)
            if count:
                painter.drawRoundedRect(track, px(_BAR) / 2, px(_BAR) / 2)
