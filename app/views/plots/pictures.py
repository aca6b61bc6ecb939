"""Charts as pictures for paper: light, at a size of their own, whatever the window looks like."""

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.views.look import Look


def svg_text(chart: QWidget, look: Look, size: QSize) -> str:
    """Return ``chart`` as an SVG document of ``size``, on the paper of ``look``."""
    palette = chart.palette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, look.color("panel"))
    chart.setPalette(palette)
    chart.resize(size)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(chart.accessibleName())
    generator.setDescription(chart.accessibleDescription())
    painter = QPainter(generator)
    chart.render(painter, QPoint(0, 0))
    painter.end()
    return buffer.data().toStdString()
