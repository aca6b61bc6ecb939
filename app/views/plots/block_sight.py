"""Which part of a matrix is in sight, where it stands in the picture, and what its axes say."""

from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF

from app.domain.wording import whole_text
from app.views.plots.block_grid import BlockGrid
from app.views.plots.viewing import View

_MARGIN: Final = 0.25
_HEAD_TICKS: Final = 2.2
"""Heads have short names: so many more of them find room than numbers do."""


class Sight(msgspec.Struct, frozen=True):
    """The part in sight, in rows and columns of the matrix, and the place of the picture in pixels."""

    top: float
    left: float
    height: float
    width: float
    plot: QRectF

    @property
    def rows(self) -> tuple[float, float]:
        """First and past-last row."""
        return self.top, self.top + self.height

    @property
    def columns(self) -> tuple[float, float]:
        """First and past-last column."""
        return self.left, self.left + self.width

    @property
    def row_px(self) -> float:
        """Pixels that a row is high."""
        return self.plot.height() / self.height

    @property
    def column_px(self) -> float:
        """Pixels that a column is wide."""
        return self.plot.width() / self.width

    def matrix_at(self, point: QPointF) -> tuple[float, float]:
        """Return row and column at a pixel."""
        plot = self.plot
        row = self.top + (point.y() - plot.top()) / plot.height() * self.height
        return row, self.left + (point.x() - plot.left()) / plot.width() * self.width

    def rect_of(self, top: float, left: float, bottom: float, right: float) -> QRectF:
        """Return where these rows and columns stand, in pixels."""
        return QRectF(
            self.plot.left() + (left - self.left) * self.column_px,
            self.plot.top() + (top - self.top) * self.row_px,
            (right - left) * self.column_px,
            (bottom - top) * self.row_px,
        )

    def is_served_by(self, grid: BlockGrid) -> bool:
        """Whether the cells of a grid are fine enough: made for what is in sight, or for hardly more."""
        part = grid.part
        down = (part.rows[1] - part.rows[0]) / max(self.height, 1.0)
        across = (part.columns[1] - part.columns[0]) / max(self.width, 1.0)
        return part.cell == (1, 1) or max(down, across) < 2 * (1 + 2 * _MARGIN)

    def with_margin(self, shape: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return first and past-last row and column of what is in sight and a little around it."""
        more_rows = _MARGIN * self.height
        more_columns = _MARGIN * self.width
        return (
            max(int(self.rows[0] - more_rows), 0),
            min(int(self.rows[1] + more_rows) + 1, shape[0]),
            max(int(self.columns[0] - more_columns), 0),
            min(int(self.columns[1] + more_columns) + 1, shape[1]),
        )


def sight_of(shape: tuple[int, int], view: View, plot: QRectF) -> Sight:
    """Return what a view shows of a matrix of this shape."""
    rows, columns = shape
    return Sight(view.top * rows, view.left * columns, view.height * rows, view.width * columns, plot)


def borders(span: tuple[float, float], group: int) -> range:
    """Return the first rows or columns of the heads that begin within a span."""
    first, last = span
    return range((int(first // group) + 1) * group, (int(last // group) + 1) * group, group)


def ticks(span: tuple[float, float], group: int, most: float) -> list[tuple[float, str]]:
    """Return places and texts on an axis: the middles of heads, or round numbers of rows or columns."""
    first, last = span
    if group and (last - first) / group <= most * _HEAD_TICKS and (last - first) >= group:
        numbers = range(int(first // group), int((last - 1) // group) + 1)
        return [
            (max(min((number + 0.5) * group, last), first), f"h{number}")
            for number in numbers
            if first <= (number + 0.5) * group <= last
        ]
    step = next(
        size * 10**power
        for power in range(9)
        for size in (1, 2, 5)
        if (last - first) / (size * 10**power) <= max(most, 2)
    )
    start = -(-int(first) // step) * step
    return [(float(at), whole_text(at)) for at in range(start, int(last) + 1, step)]
