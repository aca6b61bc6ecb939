"""Names the curves of a chart with a stroke of each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.canvas import CurveStyle, pen_of

_STROKE: Final = 16
_BESIDE: Final = 6
_BETWEEN: Final = 12


class Legend(QWidget):
    """Strokes and names, in as many rows as they need."""

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
            self._fit()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        width = sum(place.width() for place in self._places(10**6))
        return QSize(width, self._height_at(self.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._row_height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Not by height for width: Qt would ask whole pages for it, and take what they like for their least.
        height = self._height_at(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _height_at(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=self._row_height())

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 2

    def _places(self, width: int) -> list[QRect]:
        """Return where each stroke stands with its name, in a legend of this width."""
        px, metrics, height = self._look.px, self.fontMetrics(), self._row_height()
        places: list[QRect] = []
        left = top = 0
        for style in self._styles:
            wide = px(_STROKE + _BESIDE) + metrics.horizontalAdvance(style.title) + 2
            if left and left + wide > width:
                left, top = 0, top + height
            places.append(QRect(left, top, min(wide, width), height))
            left += wide + px(_BETWEEN)
        return places

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, metrics = self._look.px, self.fontMetrics()
        for style, place in zip(self._styles, self._places(self.width()), strict=True):
            painter.setPen(pen_of(style, self._look))
            middle = place.top() + place.height() / 2
            painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + px(_STROKE), middle))
            painter.setPen(self._look.color("dim"))
            name = place.adjusted(px(_STROKE + _BESIDE), 0, 0, 0)
            shown = metrics.elidedText(style.title, Qt.TextElideMode.ElideMiddle, name.width())
            painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _on_look_changed(self) -> None:
        self.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        self.updateGeometry()
        self._fit()
        self.update()
