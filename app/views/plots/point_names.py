"""Names of points in a chart: near them, apart from each other, with a line where they stand further off."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.views.look import Look
from app.views.plots.axes import place_labels

_WIDEST = 170
_FAR = 26


def paint_names(
    painter: QPainter,
    look: Look,
    named: Sequence[tuple[QPointF, str, QFont]],
    inside: QRectF,
    marker: float,
) -> None:
    """Paint the names of points.

    Args:
        painter: Of the chart.
        look: For sizes and colours.
        named: Centre of each point, its name and how that is written.
        inside: What the names should not leave.
        marker: Radius that is kept free around each point, in pixels.
    """
    elide, widest = Qt.TextElideMode.ElideMiddle, look.px(_WIDEST)
    names = [QFontMetricsF(font).elidedText(name, elide, widest) for _, name, font in named]
    sizes = [
        QSizeF(QFontMetricsF(font).horizontalAdvance(name) + 2, QFontMetricsF(font).height())
        for name, (_, _, font) in zip(names, named, strict=True)
    ]
    places = [place for place, _, _ in named]
    boxes = place_labels(places, sizes, inside, marker)
    for (place, _, font), name, box in zip(named, names, boxes, strict=True):
        nearest = QPointF(
            min(max(place.x(), box.left()), box.right()), min(max(place.y(), box.top()), box.bottom())
        )
        if (nearest - place).manhattanLength() > look.px(_FAR):
            painter.setPen(QPen(look.color("faint"), 0.8))
            painter.drawLine(place, nearest)
        painter.fillRect(box.adjusted(-1, 1, 1, -1), look.color("panel", 0.78))  # whiskers cross it
        painter.setFont(font)
        painter.setPen(look.color("text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)
