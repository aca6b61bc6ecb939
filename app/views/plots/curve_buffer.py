"""The points of a curve as they are drawn: taken over without copying twice, thinned, and smoothed."""

from typing import Final

import numpy as np

from app.domain.series import Curve
from app.views.plots.canvas import Points

_MOST_POINTS: Final = 320
"""Points drawn of a curve; about one a pixel and a half, and what an antialiased path may cost."""
_FEWEST_SMOOTHED: Final = 24
_WINDOW_SHARE: Final = 0.04


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


def smoothed(points: Points) -> Points | None:
    """Return the means over a twenty-fifth of the curve around each point, None where it has few.

    Gaps stay gaps. At both ends the window has the points of one side alone.
    """
    steps, values = points
    count = len(steps)
    if count < _FEWEST_SMOOTHED:
        return None
    half = max(round(count * _WINDOW_SHARE / 2), 1)
    finite = np.isfinite(values)
    sums = np.concatenate([np.zeros(1), np.cumsum(np.where(finite, values, 0.0))])
    counts = np.concatenate([np.zeros(1), np.cumsum(finite)])
    place = np.arange(count)
    low, high = np.maximum(place - half, 0), np.minimum(place + half + 1, count)
    taken = counts[high] - counts[low]
    means = np.divide(sums[high] - sums[low], taken, out=np.full(count, np.nan), where=taken > 0)
    return steps, np.where(finite, means, np.nan)


def _same(one: float, other: float) -> bool:
    return one == other or (one != one and other != other)  # noqa: PLR0124 - NaN
