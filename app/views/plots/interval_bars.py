"""One figure of several models as bars, with whiskers where there is a 95 % interval."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.comparison import KIND_OF, Figure, Kind
from app.domain.comparison_wording import axis_text, figure_of_kind
from app.itemmodels.comparison_table import BEST_SIGN
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.axes import Axis, axis_over, ticks_between
from app.views.plots.saving import Chart, Table

_ROW: Final = 34
_BAR: Final = 16
_TOP: Final = 6
_BOTTOM: Final = 28
_NAME_SHARE: Final = 0.24
_VALUE_WIDTH: Final = 150


class IntervalBarsState(msgspec.Struct, frozen=True):
    """What the chart shows."""

    kind: Kind = KIND_OF["accuracy"]
    title: str = ""
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    figures: tuple[Figure | None, ...] = ()
    best: frozenset[int] = frozenset()
    selected: str = ""


class IntervalBars(Chart):
    """Horizontal bars from zero; the first one is the reference, whose value is a dashed line.

    Signals:
        model_selected: A bar was clicked; carries the model's id.
    """

    model_selected = Signal(str)
    zoom_axes = "x"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("IntervalBars", "Figures with intervals"), parent)
        self._look = look
        self._state = IntervalBarsState()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_state(self, state: IntervalBarsState) -> None:
        """Show these figures; another kind of them is shown whole."""
        if state.kind != self._state.kind:
            self.reset()
        self._state = state
        said = [f"{name} {self._value_text(place)}" for place, name in enumerate(state.names)]
        self.setAccessibleDescription(f"{state.title}: {', '.join(said)}")
        self.updateGeometry()
        self.update()

    @override
    def table(self) -> Table:
        rows = zip(self._state.names, self._state.figures, strict=True)
        return [
            ("model", self._state.kind.metric, "low", "high", "n"),
            *(
                (name, "", "", "", "") if one is None else (name, one.value, one.low, one.high, one.n)
                for name, one in rows
            ),
        ]

    @override
    def sizeHint(self) -> QSize:
        px = self._look.px
        return QSize(px(480), px(_TOP + _BOTTOM) + px(_ROW) * max(len(self._state.names), 2))

    @override
    def minimumSizeHint(self) -> QSize:
        px = self._look.px
        return QSize(px(300), px(_TOP + _BOTTOM) + px(22) * max(len(self._state.names), 2))

    def _row_height(self) -> float:
        px = self._look.px
        room = (self.height() - px(_TOP + _BOTTOM)) / max(len(self._state.names), 1)
        return min(room, px(_ROW))

    def _row_at(self, y: float) -> int | None:
        place = int((y - self._look.px(_TOP)) // max(self._row_height(), 1.0))
        return place if 0 <= place < len(self._state.names) else None

    def _plot(self) -> QRectF:
        px = self._look.px
        names = min(max(self.width() * _NAME_SHARE, px(90)), px(260))
        height = self._row_height() * len(self._state.names)
        return QRectF(names, px(_TOP), max(self.width() - names - px(_VALUE_WIDTH), 40.0), height)

    @override
    def plot_area(self) -> QRectF:
        return self._plot()

    @override
    def zoom_centre(self) -> QPointF | None:
        """Return where the longest bar ends: that is where they are told apart."""
        values = [one.value for one in self._state.figures if one is not None]
        plot = self._plot()
        x = plot.left() + plot.width() * self._axis().share_of(max(values, default=0.0, key=abs))
        return QPointF(x, plot.center().y())

    def _axis(self) -> Axis:
        known = [one for one in self._state.figures if one is not None]
        lows = [min(one.value if one.low is None else one.low, 0.0) for one in known]
        highs = [max(one.value if one.high is None else one.high, 0.0) for one in known]
        about = max(int(self._plot().width() / self._look.px(90)), 2)
        whole = axis_over(ticks_between(min(lows, default=0.0), max(highs, default=1.0), about))
        return whole if self.is_whole else whole.part(self.view.left, self.view.width, about)

    def _value_text(self, place: int) -> str:
        figure = self._state.figures[place]
        if figure is None:
            return self.tr("not measured here")
        text = figure_of_kind(self._state.kind, figure)
        return f"{text} {BEST_SIGN}" if place in self._state.best else text

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._state.names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        plot, axis = self._plot(), self._axis()

        def x_of(value: float) -> float:
            return plot.left() + plot.width() * axis.share_of(value)

        for tick in axis.ticks:
            x = round(x_of(tick)) + 0.5
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(self._look.color("dim"))
            width = self._look.px(80)
            painter.drawText(
                QRectF(x - width / 2, plot.bottom() + 4, width, self._look.px(18)),
                int(Qt.AlignmentFlag.AlignCenter),
                axis_text(self._state.kind, tick, axis.high),
            )
        for place in range(len(self._state.names)):
            self._paint_row(painter, place, x_of(0.0), [x_of(one) for one in self._ends(place)])
        reference = self._state.figures[0]
        if reference is not None:
            painter.setPen(QPen(self._look.color("faint"), 1, Qt.PenStyle.DashLine))
            x = x_of(reference.value)
            if plot.left() <= x <= plot.right():
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _ends(self, place: int) -> list[float]:
        """Return the value and the ends of its interval, as many as there are."""
        figure = self._state.figures[place]
        if figure is None:
            return []
        interval = [] if figure.low is None or figure.high is None else [figure.low, figure.high]
        return [figure.value, *interval]

    def _paint_row(self, painter: QPainter, place: int, zero: float, ends: list[float]) -> None:
        plot, height = self._plot(), self._row_height()
        row = QRectF(0, plot.top() + place * height, self.width(), height)
        is_best = place in self._state.best
        small = self._look.px(SMALL_SIZE_PX)
        if self._state.ids[place] == self._state.selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("accentbg"))
            painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), 4, 4)
        painter.setFont(sized(self.font(), small, bold=is_best))
        painter.setPen(self._look.color("text"))
        metrics = painter.fontMetrics()
        name_room = int(plot.left()) - self._look.px(16)
        name = metrics.elidedText(self._state.names[place], Qt.TextElideMode.ElideMiddle, name_room)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(self._look.px(6), row.top(), name_room, height), middle, name)
        painter.setPen(self._look.color("text" if ends else "faint"))
        text = QRectF(plot.right() + self._look.px(14), row.top(), self._look.px(_VALUE_WIDTH), height)
        painter.drawText(text, middle, self._value_text(place))
        if not ends:
            return
        painter.save()
        painter.setClipRect(row.adjusted(plot.left(), 0, plot.right() - row.right() + 1, 0))
        thick = min(self._look.px(_BAR), height - 6)
        bar = QRectF(min(zero, ends[0]), row.center().y() - thick / 2, abs(ends[0] - zero), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent" if is_best else "other"))
        painter.drawRoundedRect(bar, 2, 2)
        if len(ends) > 1:
            y = row.center().y()
            painter.setPen(QPen(self._look.color("text"), 1.3))
            painter.drawLine(QPointF(ends[1], y), QPointF(ends[2], y))
            for x in ends[1:]:
                painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        painter.restore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.model_selected.emit(self._state.ids[place])
        super().mousePressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._row_at(event.pos().y())
            if place is not None:
                text = f"{self._state.names[place]}\n{self._state.title}: {self._value_text(place)}"
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
