"""The one place that knows pyqtgraph, which has no type stubs: an axis pair with curves and bands."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.canvas import Band, CurveStyle, Points, TickText, pen_of

_USUAL_BANDS: Final = 2
_OVERHANG: Final = 9
"""Pixels by which the text of a tick may go beyond its axis, as that of zero does, near the corner."""
_FOR_VIDEO: Final = "cuda.bindings"
"""What pyqtgraph also loads, for a widget that is not used, where torch has brought it along: 11 MB."""


def _loaded() -> Any:
    """Return pyqtgraph, which goes without what it cannot import."""
    modules = cast("dict[str, Any]", sys.modules)
    if _FOR_VIDEO in modules:
        return import_module("pyqtgraph")
    modules[_FOR_VIDEO] = None
    try:
        return import_module("pyqtgraph")
    finally:
        del modules[_FOR_VIDEO]


_pg: Any = _loaded()
_pg.setConfigOptions(antialias=True)


class _Calm(QObject):
    """Keeps a scene from painting itself anew at once where its window becomes active or comes up.

    Nothing in it looks different then, and Qt would paint the whole page with it, and again after that.
    """

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() in {QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate}


class Plot:
    """A plot widget: titled axes, grid lines, curves, bands, and the lines of a reading and of a mark."""

    def __init__(self, look: Look, styles: Sequence[CurveStyle], font: QFont) -> None:
        self._look = look
        self._styles = {style.metric: style for style in styles}
        self._titles: Final[dict[str, str]] = {"bottom": "", "left": ""}
        self._bands: tuple[Band, ...] = ()
        self._band_items: list[tuple[Any, Any]] = []
        self._base_font = font
        plot: Any = _pg.PlotWidget(background=None, enableMenu=False)
        self._plot = plot
        self._item: Any = plot.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.setMouseEnabled(x=False, y=False)
        self._item.setContentsMargins(0, 4, 8, 0)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.viewport().setAutoFillBackground(False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._calm = _Calm(plot)
        plot.scene().installEventFilter(self._calm)
        self._places: Final = {style.metric: place for place, style in enumerate(styles)}
        self._curves: dict[str, Any] = {}
        """Those that have had points: most of a chart's curves are of other groups, or of no other run."""
        self._hidden: set[str] = set()
        self._line, self._mark = (_pg.InfiniteLine(angle=90, movable=False) for _ in range(2))
        for line in (self._line, self._mark):
            line.setVisible(False)
            line.setZValue(2)  # over the curves, of which the last lies at 1
            self._item.addItem(line, ignoreBounds=True)
        # Before they are needed: making them holds the event loop longer than a running job allows.
        self._band_items += [self._new_band() for _ in range(_USUAL_BANDS)]
        self.apply_look()

    @property
    def widget(self) -> QWidget:
        """The plot as a widget."""
        plot: QWidget = self._plot
        return plot

    def apply_look(self) -> None:
        """Take over the present colours and sizes."""
        dim = self._look.color("dim")
        font = sized(self._base_font, self._look.px(SMALL_SIZE_PX))
        for side, title in self._titles.items():
            axis = self._item.getAxis(side)
            axis.setPen(QPen(self._look.color("line"), 1))
            axis.setTextPen(dim)
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=6, hideOverlappingLabels=_OVERHANG)
            axis.enableAutoSIPrefix(False)
            # An axis takes as long to paint as the curves, and hardly ever changes.
            axis.setCacheMode(axis.CacheMode.DeviceCoordinateCache)
            axis.setLabel(title, **self._label_style())
        # Above the bands: pyqtgraph draws the grid with the axis.
        self._item.showGrid(x=False, y=True, alpha=0.25)
        for metric in self._curves:
            self._paint(metric)
        reading, mark = (
            QPen(self._look.color("faint"), 1, Qt.PenStyle.DashLine),
            QPen(self._look.color("accent"), 1.5),
        )
        for line, pen in ((self._line, reading), (self._mark, mark)):
            line.setPen(self._unscaled(pen))
        for _, title in self._band_items:
            title.setFont(font)
        self._draw_bands()

    def _paint(self, metric: str) -> None:
        curve, style = self._curves[metric], self._styles[metric]
        curve.setPen(self._unscaled(pen_of(style, self._look)))
        if style.has_markers:
            curve.setSymbol("o")
            curve.setSymbolSize(self._look.px(5))
            curve.setSymbolBrush(self._look.color(style.token, style.strength))
            curve.setSymbolPen(None)

    def _make_curve(self, metric: str) -> None:
        curve: Any = self._item.plot(connect="finite", skipFiniteCheck=False)
        curve.setClipToView(True)
        curve.setZValue(self._places[metric] / len(self._places))
        curve.setVisible(metric not in self._hidden)
        self._curves[metric] = curve
        self._paint(metric)

    def _unscaled(self, pen: QPen) -> QPen:
        """Return a pen that keeps its width whatever the axes scale to; Qt counts those in device pixels."""
        pen.setCosmetic(True)
        pen.setWidthF(pen.widthF() * self._plot.devicePixelRatioF())
        return pen

    def show_curve(self, metric: str, *, is_shown: bool) -> None:
        """Draw the curve of ``metric`` or leave it out."""
        if is_shown:
            self._hidden.discard(metric)
        else:
            self._hidden.add(metric)
        if metric in self._curves:
            self._curves[metric].setVisible(is_shown)

    def set_tick_text(self, side: str, text: TickText) -> None:
        """Write the ticks of an axis, ``left`` or ``bottom``, by this function."""

        def strings(values: Sequence[float], scale: float, spacing: float) -> list[str]:
            return [text(value * scale, spacing * scale) for value in values]

        axis = self._item.getAxis(side)
        axis.tickStrings = strings
        axis.picture = None
        axis.update()

    def set_title(self, side: str, title: str) -> None:
        """Name an axis, ``left`` or ``bottom``."""
        if self._titles[side] != title:
            self._titles[side] = title
            self._item.getAxis(side).setLabel(title, **self._label_style())

    def _label_style(self) -> dict[str, str]:
        return {
            "font-size": f"{self._look.px(SMALL_SIZE_PX)}px",
            "color": self._look.color("dim").name(),
        }

    def set_caching(self, *, is_on: bool) -> None:
        """Keep what hardly changes as pixels, or paint all anew: a picture made of vectors has no pixels."""
        flags = self._plot.CacheModeFlag
        self._plot.setCacheMode(flags.CacheBackground if is_on else flags.CacheNone)
        for curve in self._curves.values():
            curve.scatter.setExportMode(not is_on)
        for side in self._titles:
            axis = self._item.getAxis(side)
            modes = axis.CacheMode
            axis.setCacheMode(modes.DeviceCoordinateCache if is_on else modes.NoCache)

    def set_points(self, metric: str, points: Points) -> None:
        """Draw these points as the curve of ``metric``."""
        if metric not in self._curves:
            if not len(points[0]):
                return
            self._make_curve(metric)
        self._curves[metric].setData(*points)

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly this part."""
        self._item.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def set_y_ticks(self, ticks: Sequence[tuple[float, str]] | None) -> None:
        """Label the left axis at these values alone; None: where it suits the range."""
        self._item.getAxis("left").setTicks(None if ticks is None else [list(ticks)])

    def set_bands(self, bands: tuple[Band, ...]) -> None:
        """Shade these spans."""
        if bands != self._bands:
            self._bands = bands
            self._draw_bands()

    def show_reading(self, step: float | None) -> None:
        """Draw a line at a step; None hides it."""
        self._line.setVisible(step is not None)
        if step is not None:
            self._line.setPos(step)

    def show_mark(self, step: float | None) -> None:
        """Draw the line of a moment that is shown elsewhere; None hides it."""
        self._mark.setVisible(step is not None)
        if step is not None:
            self._mark.setPos(step)

    def data_area(self) -> QRectF:
        """Return where curves are drawn, in pixels of the widget."""
        box = self._item.getViewBox().sceneBoundingRect()
        area: QRectF = self._plot.mapFromScene(box).boundingRect().toRectF()
        return area

    def step_at(self, point: QPointF) -> float | None:
        """Return the step under a point of the widget, None outside of the axes."""
        scene = self._plot.mapToScene(point.toPoint())
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(scene):
            return None
        step: float = box.mapSceneToView(scene).x()
        return step

    def _draw_bands(self) -> None:
        while len(self._band_items) < len(self._bands):
            self._band_items.append(self._new_band())
        for place, (region, title) in enumerate(self._band_items):
            region.setVisible(place < len(self._bands))
            if place < len(self._bands):
                band = self._bands[place]
                region.setRegion((band.start, band.end))
                region.setBrush(QColor(self._look.color(band.token)))
                title.setFormat(band.title)
                title.setColor(self._look.color("dim"))

    def _new_band(self) -> tuple[Any, Any]:
        region: Any = _pg.LinearRegionItem(movable=False, pen=None)
        for edge in region.lines:
            edge.setPen(QPen(Qt.PenStyle.NoPen))
        region.setZValue(-200)
        title: Any = _pg.InfLineLabel(region.lines[0], "", position=0.96, anchors=[(0, 0), (0, 0)])
        title.setFont(sized(self._base_font, self._look.px(SMALL_SIZE_PX)))
        self._item.addItem(region, ignoreBounds=True)
        return region, title
