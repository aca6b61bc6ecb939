"""Names the curves of a chart with a stroke of each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.canvas import CurveStyle, pen_of

_STROKE: Final = 16
_BESIDE: Final = 6
_BETWEEN: Final = 12


class Legend(QWidget):
    """One row of strokes and names; the last name elides where there is no room."""

    def __init__(self, look: Look, styles: Sequence[CurveStyle], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._styles: tuple[CurveStyle, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.show_styles(styles)

    def show_styles(self, styles: Sequence[CurveStyle]) -> None:
        """Name these curves."""
        if tuple(styles) != self._styles:
            self._styles = tuple(styles)
            said = ", ".join(style.title for style in styles)
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics, between = self.fontMetrics(), self._look.px(_BETWEEN)
        beside = self._look.px(_STROKE + _BESIDE)
        width = sum(beside + metrics.horizontalAdvance(style.title) + between for style in self._styles)
        return QSize(width, metrics.height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke, beside = self._look.px(_STROKE), self._look.px(_BESIDE)
        left, middle = 0.0, self.height() / 2
        metrics: QFontMetrics = painter.fontMetrics()
        for style in self._styles:
            painter.setPen(pen_of(style, self._look))
            painter.drawLine(QPointF(left, middle), QPointF(left + stroke, middle))
            painter.setPen(self._look.color("dim"))
            place = QRectF(
                left + stroke + beside, 0, max(self.width() - left - stroke - beside, 0), self.height()
            )
            shown = metrics.elidedText(style.title, Qt.TextElideMode.ElideMiddle, int(place.width()))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
            left = place.left() + metrics.horizontalAdvance(shown) + self._look.px(_BETWEEN)

    def _on_look_changed(self) -> None:
        self.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        self.updateGeometry()
        self.update()
