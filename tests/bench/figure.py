"""A measured figure with its budget, and a table of them."""

import math
from collections.abc import Sequence

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """What was measured; a smaller value is a better one."""

    what: str
    value: float
    unit: str
    budget: float
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the budget is kept."""
        return self.value <= self.budget


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` (0 to 1) of the values do not exceed."""
    ranked = sorted(values)
    return ranked[max(math.ceil(share * len(ranked)) - 1, 0)]


def table_of(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in text."""
    header = ("figure", "measured", "budget", "", "note")
    rows = [
        (
            figure.what,
            f"{figure.value:.4g} {figure.unit}",
            f"{figure.budget:.4g} {figure.unit}",
            "met" if figure.is_met else "NOT MET",
            figure.note,
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]
    return "\n".join(lines)
