"""Which sentences make which step: the batch plan of a whole run, and collation."""

import math
import random
from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler
from typing_extensions import override

from app.engine.tokenizing import Features

_MEGABATCH = 50
"""Batches among which sentences are sorted by length: little padding, still well mixed."""


def batch_plan(lengths: Sequence[int], batch_size: int, epochs: float, seed: int) -> list[list[int]]:
    """Return the example indices of every step of a run.

    It depends on nothing but its arguments, so that a resumed run sees the same batches.

    Args:
        lengths: Tokens of each example.
        batch_size: Examples a step; the last of an epoch may be smaller.
        epochs: Passes over the examples, possibly broken.
        seed: Of the shuffling.
    """
    per_epoch = math.ceil(len(lengths) / batch_size)
    steps = max(1, round(epochs * per_epoch))
    plan: list[list[int]] = []
    epoch = 0
    while len(plan) < steps:
        plan.extend(_epoch(lengths, batch_size, random.Random(f"{seed}/{epoch}")))  # noqa: S311 - shuffling
        epoch += 1
    return plan[:steps]


def _epoch(lengths: Sequence[int], batch_size: int, shuffler: random.Random) -> list[list[int]]:
    order = list(range(len(lengths)))
    shuffler.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), batch_size * _MEGABATCH):
        mega = sorted(order[start : start + batch_size * _MEGABATCH], key=lengths.__getitem__)
        chunk = [mega[first : first + batch_size] for first in range(0, len(mega), batch_size)]
        shuffler.shuffle(chunk)
        batches.extend(chunk)
    return batches


def length_order(lengths: Sequence[int]) -> list[int]:
    """Return the indices of ``lengths``, longest first."""
    return sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)


def collate(examples: Sequence[Features]) -> dict[str, torch.Tensor]:
    """Pad ``examples`` with zeros to the longest; (batch, length) int64 for each input."""
    longest = max(len(example["input_ids"]) for example in examples)
    return {
        name: torch.tensor([example[name] + [0] * (longest - len(example[name])) for example in examples])
        for name in examples[0]
    }


class PlanSampler(Sampler[list[int]]):
    """Yields the batches of a plan from a step on; its length is the whole plan's."""

    def __init__(self, plan: Sequence[Sequence[int]], first_step: int = 0) -> None:
        self._plan = plan
        self._first = first_step

    def __len__(self) -> int:
        return len(self._plan)

    @override
    def __iter__(self) -> Iterator[list[int]]:
        return (list(batch) for batch in self._plan[self._first :])
