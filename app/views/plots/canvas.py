"""Where curves are drawn: how they look, and the place that their plot is made in."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPen, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.views.look import Look

if TYPE_CHECKING:
    from app.views.plots.pyqtgraph_plot import Plot

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Steps and values, equally long; NaN is a gap."""

_PALE: Final = 0.3
_OTHER_STRENGTH: Final = 0.6
_OTHER_DASH: Final = (1.0, 1.6)


class CurveStyle(msgspec.Struct, frozen=True):
    """How a curve looks; the dash tells it from the others where colours do not."""

    metric: str
    title: str
    token: str
    dash: tuple[float, ...] = ()
    width: float = 2.0
    has_markers: bool = False
    is_noisy: bool = False
    """The mean of neighbours is drawn over the values, which are paler."""
    strength: float = 1.0
    """Opacity."""


class Band(msgspec.Struct, frozen=True):
    """A shaded span of steps with a name."""

    start: float
    end: float
    title: str
    token: str


def pen_of(style: CurveStyle, look: Look) -> QPen:
    """Return the pen that draws a curve, in the present colours."""
    pen = QPen(look.color(style.token, style.strength), style.width * look.scale)
    if style.dash:
        pen.setDashPattern(list(style.dash))
    return pen


def dotted(style: CurveStyle) -> CurveStyle:
    """Return the style of the same curve of another run, which lies beneath."""
    return msgspec.structs.replace(
        style,
        metric=f"other:{style.metric}",
        dash=_OTHER_DASH,
        width=1.4,
        has_markers=False,
        strength=_OTHER_STRENGTH,
    )


def pale(style: CurveStyle) -> CurveStyle:
    """Return the style of the values that a noisy curve is the mean of."""
    return msgspec.structs.replace(style, metric=f"raw:{style.metric}", dash=(), width=1.0, strength=_PALE)


TickText = Callable[[float, float], str]
"""Returns the text of a tick from its value and the distance to the next one."""


class Canvas(QWidget):
    """A place for a `Plot`, which is made when it is first seen; until then it notes what is to be drawn.

    The library that draws takes as long to load as the rest of the window, and is loaded with the first.
    """

    def __init__(self, look: Look, styles: Sequence[CurveStyle], font: QFont) -> None:
        super().__init__()
        self._look, self._styles, self._font = look, tuple(styles), font
        self._plot: Plot | None = None
        self._wanted: dict[str, Callable[[Plot], None]] = {}
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    @property
    def is_prepared(self) -> bool:
        """Whether the plot is made."""
        return self._plot is not None

    def prepare(self) -> None:
        """Make the plot before it is seen."""
        self._made()

    def apply_look(self) -> None:
        """Take over the present colours and sizes."""
        if self._plot is not None:
            self._plot.apply_look()

    def show_curve(self, metric: str, *, is_shown: bool) -> None:
        """Draw the curve of ``metric`` or leave it out."""
        self._tell(f"shown {metric}", lambda plot: plot.show_curve(metric, is_shown=is_shown))

    def set_points(self, metric: str, points: Points) -> None:
        """Draw these points as the curve of ``metric``."""
        self._tell(f"points {metric}", lambda plot: plot.set_points(metric, points))

    def set_tick_text(self, side: str, text: TickText) -> None:
        """Write the ticks of an axis, ``left`` or ``bottom``, by this function."""
        self._tell(f"ticks {side}", lambda plot: plot.set_tick_text(side, text))

    def set_title(self, side: str, title: str) -> None:
        """Name an axis, ``left`` or ``bottom``."""
        self._tell(f"title {side}", lambda plot: plot.set_title(side, title))

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly this part."""
        self._tell("range", lambda plot: plot.set_range(x, y))

    def set_y_ticks(self, ticks: Sequence[tuple[float, str]] | None) -> None:
        """Label the left axis at these values alone; None: where it suits the range."""
        self._tell("y ticks", lambda plot: plot.set_y_ticks(ticks))

    def set_bands(self, bands: tuple[Band, ...]) -> None:
        """Shade these spans."""
        self._tell("bands", lambda plot: plot.set_bands(bands))

    def show_reading(self, step: float | None) -> None:
        """Draw a line at a step; None hides it."""
        self._tell("reading", lambda plot: plot.show_reading(step))

    def show_mark(self, step: float | None) -> None:
        """Draw the line of a moment that is shown elsewhere; None hides it."""
        self._tell("mark", lambda plot: plot.show_mark(step))

    def set_caching(self, *, is_on: bool) -> None:
        """Keep what hardly changes as pixels, or paint all anew: a picture made of vectors has no pixels."""
        self._made().set_caching(is_on=is_on)

    def data_area(self) -> QRectF:
        """Return where curves are drawn, in pixels of this widget."""
        return QRectF(self.rect()) if self._plot is None else self._plot.data_area()

    def step_at(self, point: QPointF) -> float | None:
        """Return the step under a point of this widget, None outside of the axes."""
        return None if self._plot is None else self._plot.step_at(point)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._made()
        super().showEvent(event)

    def _tell(self, what: str, act: "Callable[[Plot], None]") -> None:
        if self._plot is not None:
            act(self._plot)
        else:
            self._wanted[what] = act

    def _made(self) -> "Plot":
        if self._plot is None:
            from app.views.plots.pyqtgraph_plot import Plot

            self._plot = Plot(self._look, self._styles, self._font)
            self._place.addWidget(self._plot.widget)
            if self.isVisible():  # at once, and not with the next turn of the event loop
                self._plot.widget.show()
                self._place.activate()
            wanted, self._wanted = self._wanted, {}
            for act in wanted.values():
                act(self._plot)
        return self._plot
