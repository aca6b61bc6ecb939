"""Scores and masks: which parts of a weight one score stands for, and how it gates them.

Movement sparsity after Sanh et al. 2020 (arXiv:2005.07683), block and structure scores after
Lagunas et al. 2021 (arXiv:2109.04838).
"""

import math
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from typing_extensions import override

from app.domain.errors import AppError

SURVIVING_SHARE = 0.02
"""Of each tensor's scores this share survives, whatever the threshold."""


@dataclass(frozen=True)
class Layout:
    """How a score tensor spreads over a parameter.

    The parameter is viewed as ``view``; the scores, viewed as ``score_view``, broadcast over it.
    """

    view: tuple[int, ...]
    score_view: tuple[int, ...]
    score_shape: tuple[int, ...]
    factor_rows: int
    """Rows of the weight that one score stands for."""
    factor_columns: int

    @property
    def repeat(self) -> int:
        """Elements of the parameter that one score stands for."""
        return math.prod(self.view) // math.prod(self.score_shape)

    @property
    def _reduced(self) -> tuple[int, ...]:
        return tuple(
            axis
            for axis, (size, score) in enumerate(zip(self.view, self.score_view, strict=True))
            if score == 1 and size != 1
        )

    def reduce(self, tensor: torch.Tensor) -> torch.Tensor:
        """Sum ``tensor`` (of the parameter's shape) over what each score stands for."""
        viewed = tensor.reshape(self.view)
        axes = self._reduced
        return (viewed.sum(axes) if axes else viewed).reshape(self.score_shape)

    def spread(self, scores: torch.Tensor, shape: torch.Size) -> torch.Tensor:
        """Expand ``scores`` to ``shape``, the parameter's."""
        return scores.reshape(self.score_view).expand(self.view).reshape(shape)


def fine_layout(shape: tuple[int, int]) -> Layout:
    """One score a weight."""
    return Layout(shape, shape, shape, 1, 1)


def block_layout(shape: tuple[int, int], block: tuple[int, int]) -> Layout:
    """One score a tile of ``block`` rows and columns.

    Raises:
        AppError: The block does not divide the weight.
    """
    (rows, columns), (r, c) = shape, block
    if r < 1 or c < 1 or rows % r or columns % c:
        raise AppError(
            "block_does_not_divide",
            f"A block of {r}×{c} does not divide a weight of {rows}×{columns}.",
            "Choose a block whose sides divide the weight's.",
        )
    return Layout(
        (rows // r, r, columns // c, c), (rows // r, 1, columns // c, 1), (rows // r, columns // c), r, c
    )


def per_dim_layout(shape: tuple[int, int], axis: int) -> Layout:
    """One score a row (axis 0) or a column (axis 1)."""
    rows, columns = shape
    if axis == 0:
        return Layout(shape, (rows, 1), (rows, 1), 1, columns)
    return Layout(shape, (1, columns), (1, columns), rows, 1)


def structure_layout(shape: tuple[int, int], axis: int, size: int) -> Layout:
    """One score a structure of ``size`` rows (axis 0) or columns (axis 1); shared between layers."""
    rows, columns = shape
    if axis == 0:
        count = rows // size
        return Layout((count, size * columns), (count, 1), (count,), size, columns)
    count = columns // size
    return Layout((rows, count, size), (1, count, 1), (count,), rows, size)


def bias_layout(weight: Layout, rows: int) -> Layout:
    """Scores of a bias: the weight scores' first dimension, each for ``factor_rows`` elements."""
    return structure_bias_layout(rows // weight.factor_rows, weight.factor_rows)


def structure_bias_layout(count: int, size: int) -> Layout:
    """One score for each of ``count`` runs of ``size`` elements."""
    return Layout((count, size), (count, 1), (count,), size, 1)


def quantile_of_expanded(scores: torch.Tensor, repeat: int, share: float) -> float:
    """Return the quantile of the expanded scores, linearly interpolated, without expanding them.

    Args:
        scores: Any shape. Each stands ``repeat`` times in the expanded tensor.
        repeat: Elements that one score stands for.
        share: 0 to 1.
    """
    ordered = scores.detach().flatten().sort().values
    position = share * (ordered.numel() * repeat - 1)
    low, high = math.floor(position), math.ceil(position)
    below, above = float(ordered[low // repeat]), float(ordered[high // repeat])
    return below + (position - low) * (above - below)


def mask_of(scores: torch.Tensor, threshold: float, repeat: int) -> torch.Tensor:
    """Return ``scores > min(threshold, q98)`` as bool, of the scores' shape.

    The quantile is looked at only where it can decide: when at most 2 % lie above the threshold.
    """
    mask = scores.detach() > threshold
    expanded = scores.numel() * repeat
    surely_below_quantile = expanded - math.floor((1 - SURVIVING_SHARE) * (expanded - 1))
    if int(mask.sum()) * repeat >= surely_below_quantile:
        return mask
    quantile = quantile_of_expanded(scores, repeat, 1 - SURVIVING_SHARE)
    return scores.detach() > min(threshold, quantile)


class _Gate(torch.autograd.Function):
    """Multiply by a mask; the straight-through gradient of a score is the sum of dL/dW'·W over its part."""

    @staticmethod
    @override
    def forward(
        ctx: Any, parameter: torch.Tensor, _scores: torch.Tensor, mask: torch.Tensor | None, layout: Layout
    ) -> torch.Tensor:
        ctx.save_for_backward(parameter, mask)
        ctx.layout = layout
        if mask is None:
            return parameter.view_as(parameter)
        return (parameter.view(layout.view) * mask.view(layout.score_view)).view_as(parameter)

    @staticmethod
    @override
    def backward(
        ctx: Any, *grad_outputs: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor | None, None, None]:
        (gradient,) = grad_outputs
        parameter, mask = ctx.saved_tensors
        layout: Layout = ctx.layout
        scores = layout.reduce(gradient * parameter) if ctx.needs_input_grad[1] else None
        if mask is not None:
            gradient = gradient.reshape(layout.view) * mask.view(layout.score_view)
        return gradient.view_as(parameter), scores, None, None


@dataclass(eq=False)
class MaskedTensor:
    """One weight or bias, its scores (perhaps shared with other tensors) and its present mask."""

    parameter: nn.Parameter
    layout: Layout
    scores: nn.Parameter
    mask: torch.Tensor | None = field(default=None)
    """bool, of the scores' shape; None means that everything is alive."""

    def update_mask(self, threshold: float) -> None:
        """Compare the scores with the threshold anew."""
        mask = mask_of(self.scores, threshold, self.layout.repeat)
        self.mask = None if bool(mask.all()) else mask

    def gated(self) -> torch.Tensor:
        """Return the parameter with masked parts at zero; differentiable in both."""
        if self.mask is None and not self.scores.requires_grad:
            return self.parameter
        gate: Any = _Gate
        return gate.apply(self.parameter, self.scores, self.mask, self.layout)

    def alive(self) -> torch.Tensor:
        """Return the mask expanded to the parameter's shape, bool."""
        if self.mask is None:
            return torch.ones_like(self.parameter, dtype=torch.bool)
        return self.layout.spread(self.mask, self.parameter.shape)

    def zeros(self) -> int:
        """Count the masked elements."""
        if self.mask is None:
            return 0
        return int((~self.mask).sum()) * self.layout.repeat


_without_hooks: Any = torch._C.DisableTorchFunction  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
"""Keeps NNCF's mode out of a few operations."""


class MaskHook(nn.Module):
    """Stands behind a parameter in NNCF's hook storage, so that masks act before fake quantization.

    It owns no parameter: scores may be shared, and a state dict with shared tensors cannot be saved.
    """

    def __init__(self, masked: MaskedTensor) -> None:
        super().__init__()
        self._masked = [masked]

    @override
    def forward(self, _parameter: torch.Tensor) -> torch.Tensor:
        """Return the masked parameter, which is the one that NNCF hands in."""
        with _without_hooks():
            return self._masked[0].gated()


def regularization_bracket(weight: MaskedTensor, bias: MaskedTensor | None) -> torch.Tensor:
    """Return mean σ(S_w)·prod(factors) + mean σ(S_b)·factors[0] of one layer, a scalar."""
    total = torch.sigmoid(weight.scores).mean() * weight.layout.factor_rows * weight.layout.factor_columns
    if bias is not None:
        total = total + torch.sigmoid(bias.scores).mean() * bias.layout.factor_rows
    return total
