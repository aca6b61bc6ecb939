"""Parameters per layer: attention and feed-forward stacked, before pale, after strong."""

import math
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.structure import ModelStructure
from app.domain.wording import count_text
from app.views.look import SMALL_SIZE_PX, Look, mixed, sized
from app.views.plots.saving import Chart, Table

_LEFT: Final = 52
_BOTTOM: Final = 26
_TOP: Final = 10
_PALE: Final = 0.32
_SWATCH, _BESIDE, _BETWEEN = 10, 6, 14
"""A swatch of the legend, what is between it and its name, and between two of them."""
_TICKS: Final = 4
_WIDEST_BAR: Final = 44
_PARTS: Final = ("accent", "ffn", "other")


class LayerBar(msgspec.Struct, frozen=True):
    """Parameters of one layer: attention, feed-forward, other; each before and now."""

    name: str
    now: tuple[int, int, int]
    before: tuple[int, int, int] | None = None
    """None where nothing was removed."""


def bars_of(structure: ModelStructure) -> tuple[LayerBar, ...]:
    """Return one bar a layer; the ones before only where the model was pruned."""
    return tuple(
        LayerBar(
            f"L{place}",
            (layer.attention_parameters, layer.ffn_parameters, layer.other_parameters),
            (layer.attention_parameters_before, layer.ffn_parameters_before, layer.other_parameters)
            if structure.is_pruned
            else None,
        )
        for place, layer in enumerate(structure.layers)
    )


class PartLegend(QWidget):
    """Names the colours of the bars."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._has_before = False
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        self.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        self.updateGeometry()
        self.update()

    def show_before(self, *, has_before: bool) -> None:
        """Name the pale bars too, or not."""
        self._has_before = has_before
        self.updateGeometry()
        self.update()

    def _entries(self) -> list[tuple[tuple[str, ...], float, str]]:
        """Return the colours of each swatch from left to right, their strength, and what they stand for."""
        entries: list[tuple[tuple[str, ...], float, str]] = [
            (("accent",), 1.0, self.tr("attention")),
            (("ffn",), 1.0, self.tr("feed-forward")),
            (("other",), 1.0, self.tr("other")),
        ]
        before = (("accent", "ffn"), _PALE, self.tr("pale: before"))
        return [*entries, before] if self._has_before else entries

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        around = self._look.px(_SWATCH + _BESIDE + _BETWEEN)
        width = sum(around + metrics.horizontalAdvance(text) for *_, text in self._entries())
        width += 2 - self._look.px(_BETWEEN)
        return QSize(width, metrics.height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, px = 0.0, self._look.px
        size = px(_SWATCH)
        for tokens, strength, text in self._entries():
            painter.setPen(Qt.PenStyle.NoPen)
            part = size / len(tokens)
            for place, token in enumerate(tokens):
                painter.setBrush(mixed(self._look.color("panel"), self._look.color(token), strength))
                swatch = QRectF(left + place * part, (self.height() - size) / 2, part, size)
                painter.drawRoundedRect(swatch, 2, 2)
            painter.setPen(self._look.color("dim"))
            width = painter.fontMetrics().horizontalAdvance(text)
            words = QRectF(left + px(_SWATCH + _BESIDE), 0, width + 4, self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
            left += px(_SWATCH + _BESIDE + _BETWEEN) + width


class LayerBars(Chart):
    """Grouped, stacked bars, one group a layer."""

    zoom_axes = "x"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LayerBars", "Parameters per layer"), parent)
        self._look = look
        self._bars: tuple[LayerBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        self.setMinimumHeight(self._look.px(110))
        self.update()

    def show_bars(self, bars: tuple[LayerBar, ...]) -> None:
        """Show these layers."""
        if len(bars) != len(self._bars):
            self.reset()
        self._bars = bars
        now, before = (
            (
                sum(sum(one) for one in ones)
                for ones in zip(*((bar.now, bar.before or bar.now) for bar in bars), strict=True)
            )
            if bars
            else (0, 0)
        )
        self.setAccessibleDescription(
            self.tr("%1 in the layers, %2 before")
            .replace("%1", count_text(now))
            .replace("%2", count_text(before))
        )
        self.update()

    @override
    def table(self) -> Table:
        parts = ("attention", "ffn", "other")
        header = ("layer", *parts, *(f"{part}_before" for part in parts))
        return [header, *((bar.name, *bar.now, *(bar.before or bar.now)) for bar in self._bars)]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        if not self._bars:
            return
        top_value = self._paint_axis(painter)
        if not self.view.is_whole:
            area = self.plot_area()
            painter.setClipRect(QRectF(area.left(), 0, area.width(), self.height()))
        area_bottom = self.plot_area().bottom()
        for place, bar in enumerate(self._bars):
            group = self._group(place)
            painter.setPen(self._look.color("dim"))
            painter.drawText(
                QRectF(group.left(), area_bottom, group.width(), self._look.px(_BOTTOM)),
                int(Qt.AlignmentFlag.AlignCenter),
                bar.name,
            )
            self._paint_group(painter, group, bar, top_value)

    @override
    def plot_area(self) -> QRectF:
        left, top, bottom = (self._look.px(one) for one in (_LEFT, _TOP, _BOTTOM))
        return QRectF(left, top, self.width() - left, self.height() - top - bottom)

    def _group(self, place: int) -> QRectF:
        area = self.plot_area()
        whole = area.width() / self.view.width
        width = whole / len(self._bars)
        left = area.left() + place * width - self.view.left * whole
        return QRectF(left, area.top(), width, area.height())

    def _paint_axis(self, painter: QPainter) -> float:
        highest = max(max(sum(bar.now), sum(bar.before or bar.now)) for bar in self._bars)
        step = _round_step(highest / _TICKS)
        ticks = math.ceil(highest / step)
        area, half = self.plot_area(), self._look.px(9)
        for tick in range(ticks + 1):
            y = area.top() + area.height() * (1 - tick / ticks)
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
            painter.setPen(self._look.color("dim"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            place = QRectF(0, y - half, area.left() - self._look.px(10), 2 * half)
            painter.drawText(place, int(right), _axis_text(tick * step, ticks * step))
        return ticks * step

    def _paint_group(self, painter: QPainter, group: QRectF, bar: LayerBar, top_value: float) -> None:
        stacks = [(bar.now, 1.0)] if bar.before is None else [(bar.before, _PALE), (bar.now, 1.0)]
        width = min(group.width() * 0.72 / 2, self._look.px(_WIDEST_BAR))
        left = group.center().x() - width * len(stacks) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for parts, strength in stacks:
            bottom = group.bottom()
            for token, count in zip(_PARTS, parts, strict=True):
                height = group.height() * count / top_value
                painter.setBrush(mixed(self._look.color("panel"), self._look.color(token), strength))
                painter.drawRect(QRectF(left + 1, bottom - height, width - 2, height))
                bottom -= height
            left += width

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._bars:
            hit = next(
                (
                    bar
                    for place, bar in enumerate(self._bars)
                    if self._group(place).contains(QPointF(event.pos()))
                ),
                None,
            )
            if hit is not None:
                QToolTip.showText(event.globalPos(), self._text_of(hit), self)
            return True
        return super().event(event)

    def _text_of(self, bar: LayerBar) -> str:
        names = (self.tr("attention"), self.tr("feed-forward"), self.tr("other"))
        before = bar.before or bar.now
        return "\n".join(
            [bar.name]
            + [
                f"{name}: {count_text(now)}"
                + ("" if now == old else f" ({self.tr('before')} {count_text(old)})")
                for name, now, old in zip(names, bar.now, before, strict=True)
            ]
        )


def _axis_text(value: float, top: float) -> str:
    """Return a tick's value in the unit of the highest one: ``0.6 M``."""
    scale, unit = next(
        ((scale, unit) for scale, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")) if top >= scale), (1, "")
    )
    return in_figures(f"{value / scale:g} {unit}".strip())


def _round_step(step: float) -> float:
    """Return the next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(step, 1.0)))
    return next(nice * power for nice in (1.0, 2.0, 2.5, 5.0, 10.0) if nice * power >= step)
