"""Curves over the steps of a run: repainted ten times a second at most, and only while visible."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.series import Curve
from app.domain.wording import whole_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.canvas import Band, Canvas, CurveStyle, Points, pen_of
from app.views.plots.saving import Chart, Table

_REPAINT_MS: Final = 180
"""Between two paintings: a software renderer takes some 10 ms for one."""
_MOST_POINTS: Final = 320
"""Points drawn of a curve; about one a pixel and a half, and what an antialiased path may cost."""
_STROKE: Final = 16

_MOST_VALUES: Final = 0.995


class CurveBuffer:
    """Points of one curve in numpy arrays that grow by doubling."""

    def __init__(self) -> None:
        self._points = np.empty((2, 256))
        self._count = 0

    def take(self, curve: Curve) -> bool:
        """Make the buffer equal to ``curve``, copying only what is new; return whether it changed.

        A curve that became shorter, or another at the joint, was cut by a resumed run.
        """
        count = len(curve.steps)
        known = min(self._count, count)
        if known and (
            self._count > count
            or self._points[0, known - 1] != curve.steps[known - 1]
            or not _same(self._points[1, known - 1], curve.values[known - 1])
        ):
            self._count = 0
        if count == self._count:
            return known != count
        while count > self._points.shape[1]:
            self._points = np.concatenate([self._points, np.empty_like(self._points)], axis=1)
        self._points[0, self._count : count] = curve.steps[self._count :]
        self._points[1, self._count : count] = curve.values[self._count :]
        self._count = count
        return True

    def clear(self) -> None:
        """Forget all points."""
        self._count = 0

    @property
    def points(self) -> Points:
        """The points as views of the buffer."""
        return self._points[0, : self._count], self._points[1, : self._count]


def thinned(points: Points, most: int = _MOST_POINTS) -> Points:
    """Return at most ``most`` points: the means of neighbours, so that noise does not bury the curve.

    Readings and saved data have every point.
    """
    steps, values = points
    size = -(-len(steps) // most) if len(steps) else 1
    if size <= 1:
        return points
    whole = len(steps) // size * size
    finite = np.isfinite(values[:whole]).reshape(-1, size)
    sums = np.where(finite, values[:whole].reshape(-1, size), 0.0).sum(axis=1)
    counts = finite.sum(axis=1)
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    # The newest points that do not fill a group stand for themselves, so that the curve's end is now.
    return (
        np.concatenate([steps[:whole].reshape(-1, size)[:, -1], steps[whole:]]),
        np.concatenate([means, values[whole:]]),
    )


def _same(one: float, other: float) -> bool:
    return one == other or (one != one and other != other)  # noqa: PLR0124 - NaN


class Legend(QWidget):
    """Names the curves with a stroke of each."""

    def __init__(self, look: Look, styles: Sequence[CurveStyle], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._styles = tuple(styles)
        self.setFont(sized(self.font(), SMALL_SIZE_PX))
        self.setAccessibleName(", ".join(style.title for style in styles))
        look.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(_STROKE + 6 + metrics.horizontalAdvance(style.title) + 12 for style in self._styles) - 12
        return QSize(width, metrics.height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0.0, self.height() / 2
        for style in self._styles:
            painter.setPen(pen_of(style, self._look))
            painter.drawLine(QPointF(left, middle), QPointF(left + _STROKE, middle))
            painter.setPen(self._look.color("dim"))
            width = painter.fontMetrics().horizontalAdvance(style.title)
            place = QRectF(left + _STROKE + 6, 0, width + 4, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), style.title)
            left += _STROKE + 6 + width + 12


class CurveChart(Chart):
    """Shows the curves of a run with shaded stages; reads out the values under the mouse."""

    def __init__(
        self,
        name: str,
        look: Look,
        styles: Sequence[CurveStyle],
        *,
        y_title: str,
        is_share: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``is_share``: values are 0 to 1, shown on an axis of 0 to 100 %."""
        super().__init__(name, parent)
        self._styles = tuple(styles)
        self._is_share = is_share
        self._buffers = {style.metric: CurveBuffer() for style in styles}
        self._last_step = 1.0
        self._canvas = Canvas(
            look,
            styles,
            x_title=self.tr("optimizer step"),
            y_title=y_title,
            font=sized(self.font(), SMALL_SIZE_PX),
        )
        if is_share:
            self._canvas.set_y_ticks([(share / 100, f"{share} %") for share in range(0, 101, 20)])
        self._reading = QLabel(self)
        self._reading.setProperty("role", "reading")
        self._reading.hide()
        self._repaint_timer = QTimer(self)
        self._repaint_timer.setSingleShot(True)
        self._repaint_timer.setInterval(_REPAINT_MS)
        self._repaint_timer.timeout.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas.widget)
        self.setMinimumHeight(120)
        look.changed.connect(self._on_look_changed)
        self._canvas.on_mouse(self._on_mouse_moved)
        self._draw()

    def show_curves(
        self, curves: Mapping[str, Curve], *, total_steps: int = 0, bands: tuple[Band, ...] = ()
    ) -> None:
        """Show these curves; ``total_steps`` is where the axis ends, however far the run is."""
        changed = False
        for metric, buffer in self._buffers.items():
            curve = curves.get(metric)
            if curve is None:
                changed = changed or len(buffer.points[0]) > 0
                buffer.clear()
            else:
                changed = buffer.take(curve) or changed
        self._canvas.set_bands(bands)
        newest = max(
            (float(buffer.points[0][-1]) for buffer in self._buffers.values() if len(buffer.points[0])),
            default=1.0,
        )
        last_step = max(float(total_steps), newest, 1.0)
        changed = changed or last_step != self._last_step
        self._last_step = last_step
        if changed and self.isVisible() and not self._repaint_timer.isActive():
            self._repaint_timer.start()

    @override
    def table(self) -> Table:
        """Return one row a step and one column a curve."""
        values: dict[float, dict[str, float]] = {}
        for metric, buffer in self._buffers.items():
            for step, value in zip(*buffer.points, strict=True):
                values.setdefault(float(step), {})[metric] = float(value)
        header = ("step", *self._buffers)
        return [
            header,
            *(
                (int(step), *(row.get(name, "") for name in self._buffers))
                for step, row in sorted(values.items())
            ),
        ]

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hide_reading()
        super().leaveEvent(event)

    def _on_look_changed(self) -> None:
        # Not the canvas itself: it is no QObject, and would be called after its widget is gone.
        self._canvas.apply_look()

    def _draw(self) -> None:
        for metric, buffer in self._buffers.items():
            self._canvas.set_points(metric, thinned(buffer.points))
        low, high = (0.0, 1.0) if self._is_share else self._value_range()
        # Room above for the names of the stages, and to the left and below for the zeros of the axes.
        height = high - low
        self._canvas.set_range(
            (-0.012 * self._last_step, self._last_step), (low - 0.06 * height, high + 0.16 * height)
        )

    def _value_range(self) -> tuple[float, float]:
        finite = [
            values[np.isfinite(values)] for _, values in (buffer.points for buffer in self._buffers.values())
        ]
        everything = np.concatenate(finite) if finite else np.empty(0)
        if not everything.size:
            return 0.0, 1.0
        # A single spike at the start of distillation would press everything else flat.
        # Not np.percentile: at its first call it imports numpy.ma, longer than a running job allows.
        high = float(np.sort(everything)[int(_MOST_VALUES * (everything.size - 1))]) * 1.1
        low = min(float(everything.min()), 0.0)
        return low, high if high > low else low + 1.0

    def _on_mouse_moved(self, point: QPointF) -> None:
        step = self._canvas.step_at(point)
        lines = [] if step is None else self._values_near(step)
        if step is None or not lines:
            self._hide_reading()
            return
        self._canvas.show_reading(step)
        self._reading.setText("\n".join([f"{self.tr('step')} {whole_text(round(step))}", *lines]))
        self._reading.adjustSize()
        left = point.x() + 12
        if left + self._reading.width() > self.width():
            left = point.x() - 12 - self._reading.width()
        self._reading.move(round(left), 12)
        self._reading.show()

    def _values_near(self, step: float) -> list[str]:
        lines: list[str] = []
        for style in self._styles:
            steps, values = self._buffers[style.metric].points
            place = int(np.searchsorted(steps, step, side="right")) - 1
            if place >= 0 and np.isfinite(values[place]):
                value = f"{100 * values[place]:.1f} %" if self._is_share else f"{values[place]:.4g}"
                lines.append(f"{style.title}  {value}")
        return lines

    def _hide_reading(self) -> None:
        self._canvas.show_reading(None)
        self._reading.hide()
