"""Axes and names of painted charts: round ticks, and labels that keep out of each other's way."""

import math
from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSizeF

_DISTANCES: Final = (10.0, 22.0, 38.0, 56.0, 78.0, 104.0)
_DIRECTIONS: Final = ((1, 0), (1, -1), (1, 1), (0, -1), (0, 1), (-1, 0), (-1, -1), (-1, 1))
"""Right first: that is where a name is looked for."""
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


class Axis(msgspec.Struct, frozen=True):
    """The shown part of an axis of values, and the round ones of them."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share_of(self, value: float) -> float:
        """Return where a value stands: 0 at the beginning, 1 at the end."""
        return (value - self.low) / (self.high - self.low)

    def value_at(self, share: float) -> float:
        """Return the value that stands there, at most the last one of the shown part."""
        return self.low + min(max(share, 0.0), 1.0) * (self.high - self.low)

    def part(self, start: float, width: float, about: int) -> "Axis":
        """Return a part, given in shares of the whole, with some ``about`` ticks."""
        low = self.low + start * (self.high - self.low)
        high = low + width * (self.high - self.low)
        reach = (high - low) * 1e-6
        ticks = (tick for tick in ticks_between(low, high, about) if low - reach <= tick <= high + reach)
        return Axis(low, high, tuple(ticks))


def axis_over(ticks: Sequence[float]) -> Axis:
    """Return the axis from the first to the last of these."""
    return Axis(ticks[0], ticks[-1], tuple(ticks))


def ticks_between(low: float, high: float, about: int) -> list[float]:
    """Return some ``about`` round values from at most ``low`` to at least ``high``."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        span = abs(high) or 1.0
    raw = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(nice * power for nice in _ROUND if nice * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [tick * step for tick in range(first, max(last, first + 1) + 1)]


def place_labels(
    points: Sequence[QPointF], sizes: Sequence[QSizeF], inside: QRectF, marker: float
) -> list[QRectF]:
    """Return where the names of points stand: near them, apart from markers and from each other.

    Args:
        points: Centres of the markers.
        sizes: Of the names, in the same order.
        inside: What the names should not leave.
        marker: Radius that is kept free around each point.
    """
    free = [QRectF(one.x() - marker, one.y() - marker, 2 * marker, 2 * marker) for one in points]
    placed: dict[int, QRectF] = {}
    # From the top down, so that neighbours give way in one direction.
    for number in sorted(range(len(points)), key=lambda one: (points[one].y(), points[one].x())):
        others = [box for place, box in enumerate(free) if place != number]
        placed[number] = _best_box(points[number], sizes[number], marker, [*others, *placed.values()], inside)
    return [placed[number] for number in range(len(points))]


def _best_box(
    point: QPointF, size: QSizeF, marker: float, others: Sequence[QRectF], inside: QRectF
) -> QRectF:
    """Return the nearest box without any overlap, else the one with the least."""
    best, least = QRectF(point, size), math.inf
    for distance in _DISTANCES:
        for direction in _DIRECTIONS:
            box = _box(point, size, direction, marker + distance - _DISTANCES[0])
            cost = _cost(box, others, inside)
            if cost <= 0:
                return box
            if cost < least:
                best, least = box, cost
    return best


def _box(point: QPointF, size: QSizeF, direction: tuple[int, int], distance: float) -> QRectF:
    gap = distance + 3
    across, down = direction
    left = (
        point.x() + across * gap - (0.0 if across > 0 else size.width() if across < 0 else size.width() / 2)
    )
    top = point.y() + down * gap - (0.0 if down > 0 else size.height() if down < 0 else size.height() / 2)
    return QRectF(left, top, size.width(), size.height())


def _cost(box: QRectF, others: Sequence[QRectF], inside: QRectF) -> float:
    overlap = sum(_area(box.intersected(other)) for other in others if box.intersects(other))
    outside = 0.0 if inside.contains(box) else _area(box) - _area(box.intersected(inside))
    return overlap + 4 * outside


def _area(box: QRectF) -> float:
    return max(box.width(), 0.0) * max(box.height(), 0.0)
