"""The schedule of threshold and regularization over the warm-up."""

import math
from dataclasses import dataclass

import torch

from app.domain.recipe import SparsityRecipe

INITIAL_MASKED_SHARE = 0.001


@dataclass(frozen=True)
class Warmup:
    """A polynomial warm-up, counted in optimizer steps from 0, before the forward pass."""

    start_step: int
    """First step of the warm-up: int(start epoch · steps per epoch)."""
    steps_per_epoch: float
    epochs: float
    """Length of the warm-up."""
    power: float = 3.0

    @property
    def end_step(self) -> int:
        """First step at which the final values hold and the masks are resolved."""
        return self.start_step + math.ceil(self.epochs * self.steps_per_epoch - 1e-9)

    def progress(self, step: int) -> float | None:
        """Return s = 1 − (1 − e/epochs)^power, 0 to 1, or None before the warm-up."""
        if step < self.start_step:
            return None
        epochs = (step - self.start_step) / self.steps_per_epoch
        return 1 - max(0.0, 1 - epochs / self.epochs) ** self.power

    def threshold(self, step: int, initial: float, final: float) -> float:
        """Return the importance threshold at ``step``; −∞ before the warm-up."""
        progress = self.progress(step)
        return -math.inf if progress is None else initial + progress * (final - initial)

    def factor(self, step: int, weight: float) -> float:
        """Return the regularization factor at ``step``; 0 before the warm-up."""
        return (self.progress(step) or 0.0) * weight


def warmup_of(recipe: SparsityRecipe, steps_per_epoch: float) -> Warmup:
    """Return the warm-up that ``recipe`` asks for."""
    return Warmup(
        start_step=int(recipe.warmup_start_epoch * steps_per_epoch),
        steps_per_epoch=steps_per_epoch,
        epochs=recipe.warmup_end_epoch - recipe.warmup_start_epoch,
        power=recipe.power,
    )


def adaptive_initial_threshold(scores_and_repeats: list[tuple[torch.Tensor, int]]) -> float:
    """Return the k-th smallest of all expanded scores, k = int(0.001·N) + 1, without expanding them."""
    total = sum(scores.numel() * repeat for scores, repeat in scores_and_repeats)
    wanted = int(INITIAL_MASKED_SHARE * total) + 1
    values = torch.cat([scores.detach().flatten() for scores, _ in scores_and_repeats])
    weights = torch.cat([torch.full((scores.numel(),), repeat) for scores, repeat in scores_and_repeats])
    order = values.argsort(stable=True)
    reached = torch.searchsorted(weights[order].cumsum(0), wanted)
    return float(values[order][reached])
