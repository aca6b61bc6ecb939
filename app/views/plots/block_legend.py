"""What the cells of a weight matrix mean: colour, emptiness, hatching."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.block_grid import Shading


class BlockLegend(QWidget):
    """Names what is painted."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._token = "accent"  # noqa: S105 - the name of a colour
        self._shading = Shading.ZEROS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_token(self, token: str) -> None:
        """Take this colour for what is left."""
        self._token = token
        self.update()

    def show_shading(self, shading: Shading) -> None:
        """Name what the strength of the colour says."""
        self._shading = shading
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        if self._shading is Shading.ZEROS:
            texts = (self.tr("not zero"), self.tr("zero"), self.tr("removed"))
        else:
            texts = (self.tr("mean magnitude, 0 to the largest"), self.tr("removed"))
        room = sum(metrics.horizontalAdvance(text) + self._look.px(11) + 24 for text in texts)
        return QSize(room + self._look.px(60 if self._shading is Shading.MAGNITUDE else 0), self._look.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        left = 0.0
        if self._shading is Shading.ZEROS:
            left = self._paint_entry(painter, left, self._look.color(self._token), self.tr("not zero"))
            left = self._paint_entry(painter, left, self._look.color("panel"), self.tr("zero"))
        else:
            left = self._paint_ramp(painter, left)
        hatched = QBrush(self._look.color("other"), Qt.BrushStyle.BDiagPattern)
        self._paint_entry(painter, left, self._look.color("track"), self.tr("removed"), hatched)

    def _paint_entry(
        self, painter: QPainter, left: float, ground: QColor, text: str, over: QBrush | None = None
    ) -> float:
        side = self._look.px(11)
        swatch = QRectF(left + 0.5, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(self._look.color("other"), 1))
        painter.setBrush(QBrush(ground))
        painter.drawRect(swatch)
        if over is not None:
            painter.setBrush(over)
            painter.drawRect(swatch)
        return self._paint_text(painter, left + side + 6, text)

    def _paint_ramp(self, painter: QPainter, left: float) -> float:
        width = self._look.px(60)
        ramp = QLinearGradient(left, 0, left + width, 0)
        ramp.setColorAt(0, self._look.color("panel"))
        ramp.setColorAt(1, self._look.color(self._token))
        painter.setPen(QPen(self._look.color("other"), 1))
        painter.setBrush(ramp)
        painter.drawRect(QRectF(left + 0.5, self.height() / 2 - 5, width, 10))
        return self._paint_text(painter, left + width + 8, self.tr("mean magnitude, 0 to the largest"))

    def _paint_text(self, painter: QPainter, left: float, text: str) -> float:
        painter.setPen(self._look.color("dim"))
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(QRectF(left, 0, width + 4, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
        return left + width + 18
