"""Where models answer the same inputs differently: the rows of it, and what they add up to."""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

DIFFERING_FILE: Final = "differing.jsonl"
"""In a comparison's run folder: one `DifferingRow` a line, every row on which not all models agree."""

Z_95: Final = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


class GivenAnswer(msgspec.Struct, frozen=True):
    """What one model answered to one input."""

    label: str
    probability: float | None = None
    """Of that label, 0 to 1."""


class DifferingRow(msgspec.Struct, frozen=True):
    """An input to which not all models gave the same answer."""

    row: int
    """Counted from 1, as the dataset has it."""
    text: str
    truth: str
    answers: tuple[GivenAnswer, ...]
    """In the order in which the models were compared."""
    text_pair: str | None = None

    def is_right(self, place: int) -> bool:
        """Whether the model at ``place`` answered as the data says."""
        return self.answers[place].label == self.truth


class PairFigures(msgspec.Struct, frozen=True):
    """One model against the reference on the same inputs."""

    agreement: float
    """Share of the inputs that both answer alike."""
    agreement_low: float
    agreement_high: float
    difference: float
    """Accuracy minus that of the reference, paired."""
    difference_low: float
    difference_high: float
    n: int


def differing_among(rows: Sequence[DifferingRow], places: Sequence[int]) -> tuple[DifferingRow, ...]:
    """Return the rows on which the models at ``places`` differ, with their answers alone, in that order."""
    found: list[DifferingRow] = []
    for row in rows:
        answers = tuple(row.answers[place] for place in places)
        if len({answer.label for answer in answers}) > 1:
            found.append(msgspec.structs.replace(row, answers=answers))
    return tuple(found)


def pair_figures(rows: Sequence[DifferingRow], n: int, reference: int, other: int) -> PairFigures:
    """Compare two models by the rows on which any differ; on the ``n`` − len(rows) others all agree.

    Args:
        rows: Every differing row.
        n: Inputs in all, at least one.
        reference: Place of the reference among a row's answers.
        other: Place of the model that is compared with it.
    """
    unlike = [row for row in rows if row.answers[reference].label != row.answers[other].label]
    gained = sum(row.is_right(other) for row in unlike)
    lost = sum(row.is_right(reference) for row in unlike)
    low, high = wilson_interval(n - len(unlike), n)
    return PairFigures((n - len(unlike)) / n, low, high, *paired_interval(gained, lost, n), n)


def wilson_interval(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion (Wilson 1927, JASA 22:209).

    With p = successes/n: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    """
    share = successes / n
    square = Z_95 * Z_95
    centre = share + square / (2 * n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    # At 0 and n the exact bound is 0 and 1; rounding must not leave the range.
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def paired_interval(gained: int, lost: int, n: int) -> tuple[float, float, float]:
    """Return a difference of accuracies on the same ``n`` rows, with its 95 % interval.

    Normal approximation for matched proportions with half a count added to each of the four
    cells (Agresti and Min 2005, Statistics in Medicine 24:729): with b = rows that only the
    second has right (``gained``), c = rows that only the first has right (``lost``), and N = n + 2,
    (b−c)/N ± z·√((b+c+1) − (b−c)²/N)/N. Unlike Wald's, it does not shrink to nothing where the
    two agree on every row. The difference itself is the plain (b−c)/n.
    """
    net = gained - lost
    size = n + 2
    half = Z_95 * math.sqrt((gained + lost + 1) - net * net / size) / size
    return net / n, max(-1.0, net / size - half), min(1.0, net / size + half)
