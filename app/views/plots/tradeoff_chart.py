"""Quality against cost: one point a model, the Pareto front, and a limit that can be dragged."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.comparison import KIND_OF, Better, Figure, Kind, Point, best_within, pareto_front
from app.domain.comparison_wording import axis_text, figure_of_kind, plain_figure
from app.views.look import SMALL_SIZE_PX, Look, mixed, sized
from app.views.plots.axes import Axis, axis_over, ticks_between
from app.views.plots.point_names import paint_names
from app.views.plots.saving import Chart, Table

_LEFT: Final = 66
_RIGHT: Final = 18
_TOP: Final = 26
_BOTTOM: Final = 44
_POINT: Final = 5.5
_BEST_POINT: Final = 7.5
_WHISKER: Final = 4
_GRIP: Final = 7
"""Distance to the limit line at which the mouse takes hold of it."""
_STEP: Final = 0.005
_BIG_STEP: Final = 0.05
"""Shares of the axis by which the arrow keys move the limit."""


class TradeoffState(msgspec.Struct, frozen=True):
    """What the chart shows."""

    points: tuple[Point, ...] = ()
    x: Kind = KIND_OF["latency_p50"]
    y: Kind = KIND_OF["accuracy"]
    x_title: str = ""
    y_title: str = ""
    limit: float | None = None
    selected: str = ""
    """The id of a model."""


class TradeoffChart(Chart):
    """Points with the intervals of their quality; the best one within the limit stands out.

    The arrow keys move the limit and choose a point; wheel, + and - zoom, Ctrl and arrows move what is
    zoomed, 0 shows everything.

    Signals:
        limit_changed: The limit was moved; carries its value in the unit of the x axis.
        point_selected: A point was clicked; carries the model's id.
    """

    limit_changed = Signal(float)
    point_selected = Signal(str)
    zoom_axes = "xy"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("TradeoffChart", "Quality against cost"), parent)
        self._look = look
        self._state = TradeoffState()
        self._drags = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(look.px(180))
        look.changed.connect(self.update)

    def show_state(self, state: TradeoffState) -> None:
        """Show these points; other axes are shown whole."""
        if (state.x, state.y) != (self._state.x, self._state.y):
            self.reset()
        self._state = state
        self.setAccessibleDescription(
            "; ".join(self._text_of(point).replace("\n", ", ") for point in state.points)
        )
        self.update()

    @property
    def x_range(self) -> tuple[float, float]:
        """Where the shown part of the x axis begins and ends."""
        axis = self._x_axis()
        return axis.low, axis.high

    @override
    def table(self) -> Table:
        x, y = self._state.x.metric, self._state.y.metric
        header = ("model", x, y, f"{y}_low", f"{y}_high", "pareto_front")
        front = {point.id for point in self._front()}
        return [
            header,
            *(
                (one.name, one.x, one.y, one.y_low, one.y_high, int(one.id in front))
                for one in self._state.points
            ),
        ]

    def _front(self) -> tuple[Point, ...]:
        return pareto_front(self._state.points, self._state.x.better)

    def _best(self) -> Point | None:
        state = self._state
        return None if state.limit is None else best_within(state.points, state.limit, state.x.better)

    # Where things are ------------------------------------------------------------------

    def _plot(self) -> QRectF:
        px = self._look.px
        return QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_BOTTOM))

    @override
    def plot_area(self) -> QRectF:
        return self._plot()

    @override
    def zoom_centre(self) -> QPointF | None:
        state = self._state
        return next((self._place(point) for point in state.points if point.id == state.selected), None)

    def _whole_x(self) -> Axis:
        highest = max([point.x for point in self._state.points], default=1.0) * 1.02
        return axis_over(ticks_between(0.0, max(highest, self._state.limit or 0.0), self._about_x()))

    def _about_x(self) -> int:
        return max(int(self._plot().width() / self._look.px(90)), 2)

    def _x_axis(self) -> Axis:
        whole, view = self._whole_x(), self.view
        return whole if self.is_whole else whole.part(view.left, view.width, self._about_x())

    def _y_axis(self) -> Axis:
        points = self._state.points
        lows = [point.y if point.y_low is None else point.y_low for point in points]
        highs = [point.y if point.y_high is None else point.y_high for point in points]
        low, high = min(lows, default=0.0), max(highs, default=1.0)
        if high - low < 0.01:
            low, high = low - 0.005, high + 0.005
        about = max(int(self._plot().height() / self._look.px(44)), 2)
        ticks = ticks_between(low, high, about)
        if self._state.y.unit == "1":  # a share has its ends
            ticks = [tick for tick in ticks if -1e-9 <= tick <= 1 + 1e-9] or ticks
        whole, view = axis_over(ticks), self.view
        return whole if self.is_whole else whole.part(1.0 - view.top - view.height, view.height, about)

    def _x_of(self, value: float) -> float:
        plot = self._plot()
        return plot.left() + plot.width() * self._x_axis().share_of(value)

    def _value_at(self, x: float) -> float:
        plot = self._plot()
        return self._x_axis().value_at((x - plot.left()) / max(plot.width(), 1.0))

    def _y_of(self, value: float) -> float:
        plot = self._plot()
        return plot.bottom() - plot.height() * self._y_axis().share_of(value)

    def _seen(self) -> list[Point]:
        """Return the points of the shown part."""
        inside = self._plot().adjusted(-1, -1, 1, 1)
        return [point for point in self._state.points if inside.contains(self._place(point))]

    def _place(self, point: Point) -> QPointF:
        return QPointF(self._x_of(point.x), self._y_of(point.y))

    def _hit(self, where: QPointF) -> Point | None:
        reach = self._look.px(_BEST_POINT) + 4.0
        near = [(QPointF(self._place(point) - where).manhattanLength(), point) for point in self._seen()]
        distance, point = min(near, key=lambda one: one[0], default=(reach + 1, None))
        return point if distance <= reach else None

    def _is_on_limit(self, where: QPointF) -> bool:
        limit = self._state.limit
        return limit is not None and abs(where.x() - self._x_of(limit)) <= _GRIP

    # Painting --------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        if not self._state.points:
            return
        self._paint_beyond(painter)
        self._paint_axes(painter)
        self._paint_limit(painter)
        around, best, seen = self._look.px(_BEST_POINT) + 8, self._best(), self._seen()
        painter.setClipRect(self._plot().adjusted(-around, -around, around, around))
        self._paint_front(painter)
        for point in sorted(seen, key=lambda one: one == best):  # the best on top of what is at its place
            self._paint_point(painter, point, is_best=point == best)
        painter.setClipping(False)
        self._paint_names(painter, seen, best)

    def _paint_beyond(self, painter: QPainter) -> None:
        """Shade what does not keep the limit, and name it where there is room."""
        if self._state.limit is None:
            return
        plot = self._plot()
        x, beyond = min(max(self._x_of(self._state.limit), plot.left()), plot.right()), QRectF(plot)
        if self._state.x.better is Better.HIGH:
            beyond.setRight(x)
        else:
            beyond.setLeft(x)
        painter.fillRect(beyond, mixed(self._look.color("panel"), self._look.color("track"), 0.5))
        px, name = self._look.px, self.tr("beyond the limit")
        room = beyond.adjusted(px(10), px(4), -px(10), -px(4))
        if painter.fontMetrics().horizontalAdvance(name) < room.width():
            painter.setPen(self._look.color("dim"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), name)

    def _paint_axes(self, painter: QPainter) -> None:
        plot, px = self._plot(), self._look.px
        line, dim = QPen(self._look.color("line"), 1), self._look.color("dim")
        y_ticks, x_ticks = self._y_axis().ticks, self._x_axis().ticks
        for tick in y_ticks:
            y = round(self._y_of(tick)) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(dim)
            painter.drawText(
                QRectF(0, y - px(9), plot.left() - px(10), px(18)),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                axis_text(self._state.y, tick, y_ticks[-1]),
            )
        for tick in x_ticks:
            text = axis_text(self._state.x, tick, x_ticks[-1])
            width = painter.fontMetrics().horizontalAdvance(text) + 2
            left = min(self._x_of(tick) - width / 2, self.width() - width)
            painter.drawText(QPointF(left, plot.bottom() + px(17)), text)
        painter.drawText(
            QRectF(plot.left(), plot.bottom() + px(22), plot.width(), px(18)),
            int(Qt.AlignmentFlag.AlignCenter),
            self._state.x_title,
        )
        painter.drawText(
            QRectF(px(8), 0, plot.width(), px(20)),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            self._state.y_title,
        )

    def _paint_front(self, painter: QPainter) -> None:
        front = self._front()
        if len(front) > 1:
            painter.setPen(QPen(self._look.color("accent"), 1.2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([self._place(point) for point in front]))

    def _paint_point(self, painter: QPainter, point: Point, *, is_best: bool) -> None:
        place = self._place(point)
        color = self._look.color("accent" if is_best else "faint")
        if point.y_low is not None and point.y_high is not None:
            low, high = self._y_of(point.y_low), self._y_of(point.y_high)
            # On a ground of its own: the limit may lie at the very same place.
            for pen in (QPen(self._look.color("panel"), 5), QPen(color, 1.2)):
                painter.setPen(pen)
                painter.drawLine(QPointF(place.x(), low), QPointF(place.x(), high))
                for y in (low, high):
                    painter.drawLine(QPointF(place.x() - _WHISKER, y), QPointF(place.x() + _WHISKER, y))
        painter.setPen(QPen(self._look.color("panel"), 1.5))
        painter.setBrush(color)
        radius = self._look.px(_BEST_POINT if is_best else _POINT)
        painter.drawEllipse(place, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_best:
            painter.setPen(QPen(color, 1.6))
            painter.drawEllipse(place, radius + 3.5, radius + 3.5)
        if point.id == self._state.selected:
            painter.setPen(QPen(self._look.color("text"), 1.4, Qt.PenStyle.DotLine))
            painter.drawEllipse(place, radius + 6.5, radius + 6.5)

    def _paint_names(self, painter: QPainter, points: list[Point], best: Point | None) -> None:
        small = self._look.px(SMALL_SIZE_PX)
        named = [
            (self._place(point), point.name, sized(self.font(), small, bold=point == best))
            for point in points
        ]
        inside = self._plot().adjusted(2, -self._look.px(_TOP) / 2, self._look.px(_RIGHT), 0)
        paint_names(painter, self._look, named, inside, self._look.px(_BEST_POINT) + 4.0)

    def _paint_limit(self, painter: QPainter) -> None:
        limit = self._state.limit
        if limit is None:
            return
        plot, x = self._plot(), self._x_of(limit)
        if not plot.left() - 1 <= x <= plot.right() + 1:
            return
        color = self._look.color("a2")
        painter.setPen(QPen(color, 2))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setBrush(color)
        painter.setPen(QPen(self._look.color("panel"), 1))
        painter.drawRoundedRect(QRectF(x - 4, plot.bottom() - 9, 8, 18), 4, 4)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        text = self.tr("limit %1").replace("%1", plain_figure(self._state.x, limit))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        left = x + 5 if x + 5 + width < self.width() else x - 5 - width
        painter.setPen(color)
        painter.drawText(
            QRectF(left, plot.top() - self._look.px(18), width, self._look.px(16)),
            int(Qt.AlignmentFlag.AlignVCenter),
            text,
        )

    # Mouse and keyboard ----------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            point = self._hit(event.position())
            if point is not None:
                self.point_selected.emit(point.id)
                return
            if self._is_on_limit(event.position()):
                self._drags = True
                return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._drags:
            self.limit_changed.emit(self._value_at(event.position().x()))
        elif self._hit(event.position()) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._is_on_limit(event.position()):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drags = False
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        whole, (low, high) = self._whole_x(), self.x_range
        by = (high - low) * (_BIG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP)
        limit = whole.high if self._state.limit is None else self._state.limit
        match event.key():
            case Qt.Key.Key_Left:
                self.limit_changed.emit(max(limit - by, whole.low))
            case Qt.Key.Key_Right:
                self.limit_changed.emit(min(limit + by, whole.high))
            case Qt.Key.Key_Home:
                self.limit_changed.emit(whole.low)
            case Qt.Key.Key_End:
                self.limit_changed.emit(whole.high)
            case Qt.Key.Key_Up:
                self._select_next(1)
            case Qt.Key.Key_Down:
                self._select_next(-1)
            case _:
                super().keyPressEvent(event)

    def _select_next(self, by: int) -> None:
        """Go to the next point by the quality."""
        ordered = [point.id for point in sorted(self._state.points, key=lambda one: one.y)]
        if ordered:
            place = ordered.index(self._state.selected) + by if self._state.selected in ordered else 0
            self.point_selected.emit(ordered[min(max(place, 0), len(ordered) - 1)])

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = self._hit(QPointF(event.pos()))
            if point is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._text_of(point), self)
            return True
        return super().event(event)

    def _text_of(self, point: Point) -> str:
        x, y = self._state.x, self._state.y
        quality = figure_of_kind(y, Figure(point.y, point.y_low, point.y_high))
        return (
            f"{point.name}\n{self._state.y_title} {quality}\n{self._state.x_title} {plain_figure(x, point.x)}"
        )
