"""The curves of one run by metric, along an axis that counts steps, epochs or percent of the run."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.series import Curve
from app.views.plots.canvas import Points
from app.views.plots.curve_buffer import CurveBuffer


class RunCurves:
    """What a run has told so far, and how its steps become places on the axis."""

    def __init__(self, metrics: Iterable[str]) -> None:
        self._buffers = {metric: CurveBuffer() for metric in metrics}
        self.steps_per_unit = 1.0
        """Steps that one unit of the axis has."""

    def take(self, curves: Mapping[str, Curve]) -> bool:
        """Become equal to ``curves``; return whether anything changed."""
        changed = False
        for metric, buffer in self._buffers.items():
            curve = curves.get(metric)
            if curve is None:
                changed = changed or len(buffer.points[0]) > 0
                buffer.clear()
            else:
                changed = buffer.take(curve) or changed
        return changed

    def end(self, total_steps: int) -> float:
        """Return the place of the newest point, or of the run's last step where that is further."""
        ends = (float(buffer.points[0][-1]) for buffer in self._buffers.values() if len(buffer.points[0]))
        return max(float(total_steps), *ends, 0.0) / self.steps_per_unit

    def steps(self, metric: str) -> Points:
        """Return steps and values of a metric."""
        return self._buffers[metric].points

    def points(self, metric: str) -> Points:
        """Return places on the axis and values of a metric."""
        steps, values = self._buffers[metric].points
        return steps / self.steps_per_unit, values

    def value_at(self, metric: str, x: float) -> float | None:
        """Return what was told last at a place of the axis, None for nothing or a gap."""
        steps, values = self._buffers[metric].points
        place = int(np.searchsorted(steps, x * self.steps_per_unit, side="right")) - 1
        return float(values[place]) if place >= 0 and np.isfinite(values[place]) else None

    def values(
        self, metrics: Iterable[str], within: tuple[float, float] | None = None
    ) -> NDArray[np.float64]:
        """Return the values of these metrics without gaps; ``within`` this part of the axis."""
        found = [np.empty(0)]
        for metric in metrics:
            steps, values = self._buffers[metric].points
            inside = np.isfinite(values)
            if within is not None:
                first, last = (x * self.steps_per_unit for x in within)
                inside &= (steps >= first) & (steps <= last)
            found.append(values[inside])
        return np.concatenate(found)


def rows_of(columns: Sequence[Points]) -> list[tuple[object, ...]]:
    """Return one row a step, with the step first and the value of each column, empty for none."""
    values: dict[float, dict[int, float]] = {}
    for place, points in enumerate(columns):
        for step, value in zip(*points, strict=True):
            row = values.setdefault(float(step), {})
            if np.isfinite(value):
                row[place] = float(value)
    return [
        (int(step), *(row.get(place, "") for place in range(len(columns))))
        for step, row in sorted(values.items())
    ]
