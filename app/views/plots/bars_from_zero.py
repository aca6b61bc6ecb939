"""Rows with a bar each, whose zoom lengthens the bars and leaves their zero where it is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from typing_extensions import override

from app.views.plots.saving import Chart
from app.views.plots.viewing import View


class BarsFromZero(Chart):
    """A chart without an axis: bars that did not begin at zero would say nothing by their lengths."""

    zoom_axes = "x"

    @override
    def show_view(self, view: View) -> None:
        if view.width != self.view.width:  # nothing lies to the left or to the right of what is shown
            super().show_view(View(width=min(view.left + view.width, 1.0)))

    @override
    def _zoom(self, factor: float, point: QPointF | None = None) -> None:
        self.show_view(self.view.zoomed(factor, QPointF(0.0, 0.5), axes=self.zoom_axes))

    def paint_bar(self, painter: QPainter, track: QRectF, share: float, full: QColor, empty: QColor) -> None:
        """Paint a share of the longest bar; one that is longer than its track is seen to be cut."""
        painter.save()
        painter.setClipRect(track)
        painter.setPen(Qt.PenStyle.NoPen)
        round_px, whole = track.height() / 2, track.width() / self.view.width
        painter.setBrush(empty)
        painter.drawRoundedRect(QRectF(track.left(), track.top(), whole, track.height()), round_px, round_px)
        painter.setBrush(full)
        width = share * whole
        if width >= 1:
            bar = QRectF(track.left(), track.top(), max(width, track.height()), track.height())
            painter.drawRoundedRect(bar, round_px, round_px)
        if width > track.width() + 1:
            painter.setPen(QPen(self.palette().color(self.backgroundRole()), 2))
            for back in (3.0, 4.5):
                x = track.right() - back * round_px
                painter.drawLine(QPointF(x - round_px, track.bottom()), QPointF(x + round_px, track.top()))
        painter.restore()
