"""Which part of a chart is shown, and the frame that is laid over it: the focus and the box being drawn."""

from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

CLOSEST: Final = 1 / 64
"""The smallest part that is shown, as a share of the whole."""
_WHOLE: Final = 0.9999


class View(msgspec.Struct, frozen=True):
    """The shown part of a picture, in shares of the whole: x to the right, y downwards."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def is_whole(self) -> bool:
        """Whether everything is shown."""
        return self.width > _WHOLE and self.height > _WHOLE

    def zoomed(self, factor: float, at: QPointF | None = None, *, axes: str = "xy") -> "View":
        """Return a part that is ``factor`` times closer.

        ``at``, in shares of the shown part, stays where it is; None: the middle.
        """
        fixed = QPointF(0.5, 0.5) if at is None else at
        width = _clamped(self.width / factor if "x" in axes else self.width, CLOSEST, 1.0)
        height = _clamped(self.height / factor if "y" in axes else self.height, CLOSEST, 1.0)
        left = self.left + fixed.x() * (self.width - width)
        top = self.top + fixed.y() * (self.height - height)
        return _inside(left, top, width, height)

    def moved(self, right: float, down: float) -> "View":
        """Return the part that lies so many shares of the shown part further."""
        return _inside(self.left + right * self.width, self.top + down * self.height, self.width, self.height)

    def part(self, box: QRectF) -> "View":
        """Return the part in ``box``, which is given in shares of the shown part."""
        return _inside(
            self.left + box.left() * self.width,
            self.top + box.top() * self.height,
            _clamped(box.width() * self.width, CLOSEST, 1.0),
            _clamped(box.height() * self.height, CLOSEST, 1.0),
        )


WHOLE: Final = View()


def _inside(left: float, top: float, width: float, height: float) -> View:
    return View(_clamped(left, 0.0, 1.0 - width), _clamped(top, 0.0, 1.0 - height), width, height)


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


class Overlay(QWidget):
    """Lies over a chart, lets the mouse through, and shows the focus and the box that is being drawn."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(chart)
        self._chart = chart
        self._box = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        chart.installEventFilter(self)

    def show_box(self, box: QRectF) -> None:
        """Draw a box; an empty one draws none."""
        self._box = box
        self._show_what_is()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FocusIn | QEvent.Type.FocusOut | QEvent.Type.Resize:
                self._show_what_is()
            case _:
                pass
        return super().eventFilter(watched, event)

    def _show_what_is(self) -> None:
        self.setGeometry(self._chart.rect())
        self.setVisible(self._chart.hasFocus() or not self._box.isEmpty())
        self.raise_()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        if self._chart.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        if not self._box.isEmpty():
            painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 40))
            painter.drawRect(self._box)
