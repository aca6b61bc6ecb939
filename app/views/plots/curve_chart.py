"""Curves over the steps of a run: repainted ten times a second at most, and only while visible."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

import msgspec
import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.series import Curve, StepUnit
from app.domain.wording import NOT_MEASURED, whole_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.canvas import Band, Canvas, CurveStyle, dotted, pale
from app.views.plots.curve_buffer import smoothed, thinned
from app.views.plots.legend import Legend
from app.views.plots.quantities import Quantity
from app.views.plots.reading import Reading
from app.views.plots.run_curves import RunCurves, rows_of
from app.views.plots.saving import Chart, Table

_REPAINT_MS: Final = 180
"""Between two paintings: a software renderer takes some 10 ms for one."""
_SETTLING_MS: Final = 25
_MOST_VALUES: Final = 0.995
_SHARE_TICKS: Final = [(share / 100, f"{share} %") for share in range(0, 101, 20)]
_SIDEROOM: Final = 0.012
"""Share of the width to the left of the first step, for the zero of the axis."""
_NAMES_ROOM, _FOOTROOM = 26, 10
"""Pixels above the curves for the names of the stages, and below them for the zero of the axis."""
_NOTHING: Final = (np.empty(0), np.empty(0))
_READING_STEP: Final = 0.02
_NAME_WIDTH: Final = 110
"""Of the other run, where it heads a column of the reading."""


class CurveGroup(msgspec.Struct, frozen=True):
    """Curves that share an axis."""

    title: str
    styles: tuple[CurveStyle, ...]
    quantity: Quantity


class OtherRun(msgspec.Struct, frozen=True):
    """A run whose curves are drawn beneath, for comparison."""

    name: str
    curves: Mapping[str, Curve]
    total_steps: int = 0
    steps_per_unit: float = 1.0


class CurveChart(Chart):
    """Shows one group of a run's curves with shaded stages; reads out the values under the mouse.

    Noisy curves are drawn as the mean of neighbours over the pale values. The curves of another run
    lie beneath in the same colours, finely dotted.
    """

    zoom_axes = "xy"

    def __init__(
        self, name: str, look: Look, groups: Sequence[CurveGroup], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._look = look
        self._groups = tuple(groups)
        self._group = self._groups[0]
        styles = [style for group in groups for style in group.styles]
        self._run = RunCurves(style.metric for style in styles)
        self._other_run = RunCurves(style.metric for style in styles)
        self._other: OtherRun | None = None
        self._unit = StepUnit.STEP
        self._last_x = 1.0
        self._marked: int | None = None
        self._reading_x: float | None = None
        drawn = [
            *(dotted(style) for style in styles),
            *(pale(style) for style in styles if style.is_noisy),
            *styles,
        ]
        self._canvas = Canvas(look, drawn, sized(self.font(), SMALL_SIZE_PX))
        # The mouse is the chart's: it zooms and reads, whatever stands in the plot.
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas.set_tick_text("bottom", self._x_tick)
        self.legend = Legend(look, self._group.styles)
        self.set_legend(self.legend)
        self._reading = Reading(self)
        self._repaint_timer = QTimer(self)
        self._repaint_timer.setSingleShot(True)
        self._repaint_timer.setInterval(_REPAINT_MS)
        self._repaint_timer.timeout.connect(self._draw)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLING_MS)
        self._settling.timeout.connect(self._on_settled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self._canvas)
        self.setMouseTracking(True)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.show_group(0)

    @property
    def is_prepared(self) -> bool:
        """Whether the plot is made."""
        return self._canvas.is_prepared

    def prepare(self) -> None:
        """Make the plot before it is seen."""
        self._canvas.prepare()

    def show_group(self, place: int) -> None:
        """Show another group of curves; the zoom starts over, for their values are others."""
        self._group = self._groups[place]
        shown = {style.metric for style in self._group.styles}
        for style in (style for group in self._groups for style in group.styles):
            is_shown = style.metric in shown
            self._canvas.show_curve(style.metric, is_shown=is_shown)
            self._canvas.show_curve(dotted(style).metric, is_shown=is_shown)
            if style.is_noisy:
                self._canvas.show_curve(pale(style).metric, is_shown=is_shown)
        self._canvas.set_tick_text("left", self._group.quantity.tick)
        self._hide_reading()
        self._show_legend()
        self.reset()
        self._draw()

    def show_curves(
        self,
        curves: Mapping[str, Curve],
        *,
        total_steps: int = 0,
        bands: tuple[Band, ...] = (),
        unit: StepUnit = StepUnit.STEP,
        steps_per_unit: float = 1.0,
    ) -> None:
        """Show these curves.

        Args:
            curves: By metric; they may have grown since the last call, or be others.
            total_steps: Where the axis ends, however far the run is.
            bands: Shaded stages, in steps.
            unit: What the axis counts.
            steps_per_unit: Steps that one of these has.
        """
        before = (self._unit, self._run.steps_per_unit, self._last_x)
        changed = self._run.take(curves)
        self._unit, self._run.steps_per_unit = unit, steps_per_unit
        if before[1] != steps_per_unit:
            self.show_mark(self._marked)
        self._canvas.set_title("bottom", self._x_title())
        self._canvas.set_bands(
            tuple(Band(b.start / steps_per_unit, b.end / steps_per_unit, b.title, b.token) for b in bands)
        )
        other = 0.0 if self._other is None else self._other_run.end(self._other.total_steps)
        self._last_x = max(self._run.end(total_steps), other) or 1.0
        changed = changed or before != (self._unit, steps_per_unit, self._last_x)
        if changed:
            self._draw_soon()

    def show_other(self, other: OtherRun | None) -> None:
        """Draw another run's curves beneath; `show_curves`, called next, makes room for it."""
        if other == self._other:
            return
        self._other = other
        self._other_run.take({} if other is None else other.curves)
        self._other_run.steps_per_unit = 1.0 if other is None else other.steps_per_unit
        self._show_legend()
        self._draw_soon()

    def show_mark(self, step: int | None) -> None:
        """Mark a moment that is shown elsewhere; None takes the mark away."""
        self._marked = step
        self._canvas.show_mark(None if step is None else step / self._run.steps_per_unit)

    @override
    def table(self) -> Table:
        """Return one row a step and one column a curve, those of the other run behind."""
        metrics = [style.metric for style in self._group.styles]
        columns = [self._run.steps(metric) for metric in metrics]
        names = list(metrics)
        if self._other is not None:
            columns += [self._other_run.steps(metric) for metric in metrics]
            names += [f"{metric} ({self._other.name})" for metric in metrics]
        return [("step", *names), *rows_of(columns)]

    @override
    def picture_title(self) -> str:
        return self._group.title

    @override
    def plot_area(self) -> QRectF:
        return self._canvas.data_area().translated(QPointF(self._canvas.pos()))

    @override
    def zoom_centre(self) -> QPointF | None:
        if self._reading_x is None:
            return None
        area, view = self.plot_area(), self.view
        share = (self._reading_x / self._last_x - view.left) / view.width
        return QPointF(area.left() + share * area.width(), area.center().y())

    @override
    def view_changed(self) -> None:
        self._hide_reading()
        self._draw()

    @override
    def paint_chart(self, painter: QPainter, at: QPoint) -> None:
        self._hide_reading()
        self._on_settled()
        self._canvas.set_caching(is_on=False)
        super().paint_chart(painter, at)
        self._canvas.set_caching(is_on=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Painted in a turn of the event loop of its own: a page that is laid out anew would otherwise
        # paint both charts, and that more than once, before it comes round.
        if not self.isVisible():
            self._is_stale = True
        elif not self._settling.isActive():
            self._canvas.setUpdatesEnabled(False)
            self._settling.start()

    def _on_settled(self) -> None:
        self._draw()
        self._canvas.setUpdatesEnabled(True)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:  # to change a scene that is coming up has its page painted twice
            self._draw()

    # Drawing -------------------------------------------------------------------------

    def _draw_soon(self) -> None:
        if not self.isVisible():
            self._is_stale = True
        elif not self._repaint_timer.isActive():
            self._repaint_timer.start()

    def _draw(self) -> None:
        self._is_stale = False
        for style in self._group.styles:
            points = self._run.points(style.metric)
            mean = smoothed(points) if style.is_noisy else None
            if style.is_noisy:
                self._canvas.set_points(pale(style).metric, _NOTHING if mean is None else thinned(points))
            self._canvas.set_points(style.metric, thinned(mean or points))
            points = self._other_run.points(style.metric)
            mean = smoothed(points) if style.is_noisy else None
            self._canvas.set_points(dotted(style).metric, thinned(mean or points))
        view, x_room = self.view, _SIDEROOM * self._last_x
        whole_x = self._last_x + x_room
        x = (view.left * whole_x - x_room, (view.left + view.width) * whole_x - x_room)
        is_share = self._group.quantity.is_share
        low, high = (0.0, 1.0) if is_share else self._value_range(x)
        self._canvas.set_y_ticks(_SHARE_TICKS if is_share and view.is_whole else None)
        names, foot = self._look.px(_NAMES_ROOM), self._look.px(_FOOTROOM)
        per_px = (high - low) / max(self.plot_area().height() - names - foot, names)
        low, high = low - foot * per_px, high + names * per_px
        top = high - view.top * (high - low)
        self._canvas.set_range(x, (top - view.height * (high - low), top))

    def _value_range(self, x: tuple[float, float]) -> tuple[float, float]:
        """Return the lowest and highest value to be shown of all, or of the shown part."""
        metrics = [style.metric for style in self._group.styles]
        within = None if self.view.is_whole else x
        everything = np.concatenate([run.values(metrics, within) for run in (self._run, self._other_run)])
        if not everything.size:
            return 0.0, 1.0
        # A single spike at the start of distillation would press everything else flat.
        # Not np.percentile: at its first call it imports numpy.ma, longer than a running job allows.
        # Of fewer than 200 values none is left out: the highest may be what is looked for.
        high = float(np.sort(everything)[ceil(_MOST_VALUES * (everything.size - 1))]) * 1.1
        low = min(float(everything.min()), 0.0)
        return low, high if high > low else low + 1.0

    def _show_legend(self) -> None:
        styles = list(self._group.styles)
        if self._other is not None:
            neutral = CurveStyle("", self._other.name, "text")
            styles.append(dotted(neutral))
        self.legend.show_styles(styles)

    def _on_look_changed(self) -> None:
        self._is_stale = True
        self._canvas.apply_look()
        self.setMinimumHeight(self._look.px(110))

    def _x_title(self) -> str:
        titles = {
            StepUnit.STEP: self.tr("optimizer step"),
            StepUnit.EPOCH: self.tr("epoch"),
            StepUnit.SHARE: self.tr("% of the run"),
        }
        return titles[self._unit]

    def _x_tick(self, value: float, spacing: float) -> str:
        return whole_text(round(value)) if spacing >= 1 else in_figures(f"{value:.1f}")

    # Reading -------------------------------------------------------------------------

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            point = event.position()
            self._read_at(self._canvas.step_at(point - QPointF(self._canvas.pos())), point)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hide_reading()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        direction = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if direction is not None and (shifted or self.view.is_whole):
            self._move_reading(direction)
        elif key == Qt.Key.Key_Escape and self._reading_x is not None:
            self._hide_reading()
        else:
            super().keyPressEvent(event)

    def _move_reading(self, direction: int) -> None:
        view = self.view
        low, high = view.left * self._last_x, (view.left + view.width) * self._last_x
        before = self._reading_x if self._reading_x is not None else (low if direction > 0 else high)
        x = min(max(before + direction * _READING_STEP * (high - low), low), high)
        area = self.plot_area()
        self._read_at(x, QPointF(area.left() + area.width() * (x - low) / (high - low), area.top()))

    def _read_at(self, x: float | None, point: QPointF) -> None:
        lines = None if x is None else self._lines_at(x)
        if x is None or lines is None:
            self._hide_reading()
            return
        self._reading_x = x
        self._canvas.show_reading(x)
        self._reading.show_table(lines)
        # Where the mouse is not: what it points at stays free.
        area = self.plot_area()
        is_above = point.y() > area.center().y()
        top = area.top() + 6 if is_above else area.bottom() - self._reading.height() - 6
        self._reading.show_beside(point.x(), top)

    def _lines_at(self, x: float) -> list[tuple[str, ...]] | None:
        """Return the values at a place of the axis, a line a curve; None where nothing was told."""
        rows: list[tuple[str, str, str]] = []
        for style in self._group.styles:
            values = [run.value_at(style.metric, x) for run in (self._run, self._other_run)]
            if values != [None, None]:
                now, other = (
                    NOT_MEASURED if value is None else self._group.quantity.reading(value) for value in values
                )
                rows.append((style.title, now, other))
        if not rows:
            return None
        self.setAccessibleDescription(", ".join(f"{title} {now}" for title, now, _ in rows))
        if self._other is None:
            return [(self._x_text(x), ""), *(row[:2] for row in rows)]
        name = self.fontMetrics().elidedText(
            self._other.name, Qt.TextElideMode.ElideMiddle, self._look.px(_NAME_WIDTH)
        )
        return [(self._x_text(x), self.tr("this run"), name), *rows]

    def _x_text(self, x: float) -> str:
        texts = {
            StepUnit.STEP: self.tr("step %1"),
            StepUnit.EPOCH: self.tr("epoch %1"),
            StepUnit.SHARE: self.tr("%1 % of the run"),
        }
        value = whole_text(round(x)) if self._unit is StepUnit.STEP else in_figures(f"{x:.1f}")
        return texts[self._unit].replace("%1", value)

    def _hide_reading(self) -> None:
        self._reading_x = None
        self._canvas.show_reading(None)
        self._reading.hide()
