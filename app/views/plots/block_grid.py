"""Parts of a weight matrix as pictures and figures: what is left, what is zero, what was removed."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from app.domain.question import MatrixPart

_GAMMA: Final = 0.6
"""Small magnitudes stay visible beside large ones."""


class Shading(StrEnum):
    """What the strength of a cell's colour says."""

    ZEROS = "zeros"
    MAGNITUDE = "magnitude"


class BlockGrid:
    """The cells of a `MatrixPart`."""

    def __init__(self, part: MatrixPart) -> None:
        self.part = part
        self._zeros = _unpacked(part.zeros, part.grid)
        self._magnitudes = _unpacked(part.magnitudes, part.grid)
        self._values = _unpacked(part.values, part.grid) if part.values else None
        self._kept = np.outer(part.rows_kept, part.columns_kept)

    @property
    def largest(self) -> float:
        """The largest mean magnitude of a cell."""
        return float(self._magnitudes.max(initial=0.0))

    def covers(self, rows: tuple[float, float], columns: tuple[float, float]) -> bool:
        """Whether these rows and columns lie in the part."""
        part = self.part
        return (
            part.rows[0] <= rows[0]
            and rows[1] <= part.rows[1]
            and part.columns[0] <= columns[0]
            and columns[1] <= part.columns[1]
        )

    def cell_at(self, row: int, column: int) -> tuple[int, int] | None:
        """Return the cell over a row and a column of the original, None outside."""
        part = self.part
        if not (part.rows[0] <= row < part.rows[1] and part.columns[0] <= column < part.columns[1]):
            return None
        return (row - part.rows[0]) // part.cell[0], (column - part.columns[0]) // part.cell[1]

    def span(self, down: int, across: int) -> tuple[int, int, int, int]:
        """Return a cell's first and last row and first and last column."""
        part = self.part
        top, left = part.rows[0] + down * part.cell[0], part.columns[0] + across * part.cell[1]
        bottom = min(top + part.cell[0], part.rows[1]) - 1
        return top, bottom, left, min(left + part.cell[1], part.columns[1]) - 1

    def kept(self, down: int, across: int) -> float:
        """Return the share of a cell that is left."""
        return float(self._kept[down, across])

    def zeros(self, down: int, across: int) -> float:
        """Return the share of zeros in what is left of a cell."""
        return float(self._zeros[down, across])

    def magnitude(self, down: int, across: int) -> float:
        """Return the mean of the absolute values in what is left of a cell."""
        return float(self._magnitudes[down, across])

    def value(self, down: int, across: int) -> float | None:
        """Return the weight where a cell is one element, else None."""
        return None if self._values is None else float(self._values[down, across])

    def image(self, shading: Shading, empty: QColor, full: QColor, removed: QColor, largest: float) -> QImage:
        """Return one pixel a cell, from ``empty`` to ``full``.

        Args:
            shading: What the strength stands for.
            empty: Colour of zeros.
            full: Colour of what is not zero, or of the largest magnitude.
            removed: Colour of what was removed; a cell of which a part is left is between the two.
            largest: That magnitude.
        """
        if shading is Shading.ZEROS:
            strength = 1.0 - self._zeros
        else:
            strength = np.clip(self._magnitudes / (largest or 1.0), 0.0, 1.0) ** _GAMMA
        ground, top, gone = (
            np.array([color.red(), color.green(), color.blue()], np.float32)
            for color in (empty, full, removed)
        )
        left = ground + (top - ground) * strength[..., None]
        # One neuron of eight that is left has to be seen.
        share = np.sqrt(self._kept)[..., None]
        pixels = np.full((*self.part.grid, 4), 255, np.uint8)
        pixels[..., :3] = np.round(gone + (left - gone) * share)
        height, width = self.part.grid
        # A copy: the picture outlives the array.
        return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()

    def removed_rows(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the one after the last row of each stretch that was removed."""
        yield from _stretches(self.part.rows_kept, self.part.rows, self.part.cell[0])

    def removed_columns(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the one after the last column of each stretch that was removed."""
        yield from _stretches(self.part.columns_kept, self.part.columns, self.part.cell[1])

    def rows_of_table(self) -> Iterator[tuple[object, ...]]:
        """Yield each cell: its rows and columns, what is left, zeros and mean magnitude."""
        for down in range(self.part.grid[0]):
            for across in range(self.part.grid[1]):
                top, bottom, left, right = self.span(down, across)
                kept = self.kept(down, across)
                figures = (self.zeros(down, across), self.magnitude(down, across)) if kept else (None, None)
                yield (top, bottom, left, right, kept, *figures)


def _unpacked(packed: bytes, grid: tuple[int, int]) -> NDArray[np.float32]:
    return np.frombuffer(packed, "<f2").astype(np.float32).reshape(grid)


def _stretches(kept: tuple[float, ...], span: tuple[int, int], cell: int) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for place, share in enumerate((*kept, 1.0)):
        at = min(span[0] + place * cell, span[1])
        if share == 0.0 and start is None:
            start = at
        elif share != 0.0 and start is not None:
            yield start, at
            start = None
