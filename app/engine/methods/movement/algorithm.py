"""Movement sparsity over a training run: thresholds, masks, pressure, and the end of the warm-up."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from app.domain.recipe import SparsityRecipe
from app.engine.methods.movement.groups import Group
from app.engine.methods.movement.layers import MaskHooks, SparseLayer
from app.engine.methods.movement.schedule import Warmup, adaptive_initial_threshold
from app.engine.methods.movement.scores import (
    Layout,
    MaskedTensor,
    regularization_bracket,
    structure_bias_layout,
    structure_layout,
)
from app.engine.network import parameter_counts


@dataclass(frozen=True)
class Statistics:
    """Figures that people know from NNCF."""

    model_sparsity: float
    """Masked share of all parameters of the network, 0 to 1."""
    linear_layer_sparsity: float
    """Masked share of the pruned layers' weights and biases, 0 to 1."""
    importance_threshold: float
    importance_regularization_factor: float


class MovementSparsity:
    """Scores, masks and schedule of one run. It knows groups, not architectures."""

    def __init__(
        self,
        model: nn.Module,
        layers: list[SparseLayer],
        groups: list[Group],
        recipe: SparsityRecipe,
        warmup: Warmup,
    ) -> None:
        """Hook the masks into ``model``, which NNCF has wrapped."""
        self.layers = layers
        self.groups = groups
        self.warmup = warmup
        self.frozen = False
        self._recipe = recipe
        self._hooks = MaskHooks(model, layers)
        self._parameters = sum(parameter_counts(model).values())
        self._threshold = -math.inf
        self._factor = 0.0
        self._initial_threshold = recipe.initial_threshold
        self._fisher: dict[int, torch.Tensor] = {}

    # Scores ------------------------------------------------------------------------

    @property
    def tensors(self) -> list[MaskedTensor]:
        """Every scored weight and bias."""
        return [tensor for layer in self.layers for tensor in layer.tensors]

    def scores(self) -> list[nn.Parameter]:
        """Every score tensor once; some belong to several weights."""
        return list({id(tensor.scores): tensor.scores for tensor in self.tensors}.values())

    def costs(self) -> list[int]:
        """Parameters that one score of each tensor of `scores` stands for."""
        total: dict[int, int] = {}
        for tensor in self.tensors:
            total[id(tensor.scores)] = total.get(id(tensor.scores), 0) + tensor.layout.repeat
        return [total[id(scores)] for scores in self.scores()]

    # The course of a run -----------------------------------------------------------

    def before_step(self, step: int) -> None:
        """Set threshold, pressure and masks for the forward pass of ``step``, counted from 0."""
        if self.frozen:
            return
        for scores in self.scores():
            scores.grad = None  # not the network's parameters: nobody else clears them
        progress = self.warmup.progress(step)
        self._factor = self.warmup.factor(step, self._recipe.importance_regularization)
        if progress is None:
            self._threshold = -math.inf
        elif self._recipe.target is not None:
            self._threshold = self._threshold_for(progress * self._recipe.target)
        else:
            if self._initial_threshold is None:
                self._initial_threshold = adaptive_initial_threshold(
                    [(tensor.scores, tensor.layout.repeat) for tensor in self.tensors]
                )
            self._threshold = self.warmup.threshold(
                step, self._initial_threshold, self._recipe.final_threshold
            )
        for tensor in self.tensors:
            tensor.update_mask(self._threshold)

    def _threshold_for(self, share: float) -> float:
        """Return the threshold below which ``share`` of the pruned layers' parameters lie."""
        values = torch.cat([scores.detach().flatten() for scores in self.scores()])
        costs = torch.cat(
            [
                torch.full((scores.numel(),), cost)
                for scores, cost in zip(self.scores(), self.costs(), strict=True)
            ]
        )
        order = values.argsort(stable=True)
        wanted = share * float(costs.sum())
        position = int(torch.searchsorted(costs[order].cumsum(0).double(), wanted, right=True))
        return float(values[order][position - 1]) if position else -math.inf

    def learn_importance(self) -> None:
        """After a backward pass: turn score gradients into Fisher importance, where the recipe says so.

        The score is the mean of (dL/dm)² per parameter, an empirical Fisher estimate of what removing
        the structure costs (Kwon et al. 2022, arXiv:2204.09656), as a decaying average over the steps.
        """
        if self.frozen or self._recipe.importance != "fisher":
            return
        decay = self._recipe.importance_decay
        for scores, cost in zip(self.scores(), self.costs(), strict=True):
            if scores.grad is None:
                continue
            squared = scores.grad.detach().square() / cost
            average = self._fisher.get(id(scores))
            average = (
                squared.clone() if average is None else average.mul_(decay).add_(squared, alpha=1 - decay)
            )
            self._fisher[id(scores)] = average
            scores.data.copy_(average)

    def regularization(self) -> torch.Tensor:
        """Return f(t) · 0.5 · mean over layers of the bracket, a scalar with gradient to the scores."""
        if self.frozen or self._factor == 0.0:
            return torch.zeros(())
        brackets = [regularization_bracket(layer.weight, layer.bias) for layer in self.layers]
        return self._factor * 0.5 * torch.stack(brackets).mean()

    def freeze(self) -> None:
        """Stop learning scores; they stay in the optimizer without a gradient, so that nothing moves them."""
        self.frozen = True
        self._factor = 0.0
        for scores in self.scores():
            scores.requires_grad = False
            scores.grad = None

    def resolve(self) -> list[list[int]]:
        """Resolve the structured masks and freeze; return the kept structures of each group.

        A structure dies only where every member is masked in all of it; what survives becomes
        dense again. Layers outside any group keep their unstructured masks.
        """
        by_name = {layer.name: layer for layer in self.layers}
        kept: list[list[int]] = []
        for group in self.groups:
            alive = self._alive(by_name, group)
            for member in group.members:
                layer = by_name[member.name]
                for tensor in layer.tensors:
                    tensor.mask, tensor.layout, tensor.scores = _structure_mask(
                        layer, tensor, group, member.axis, alive
                    )
            kept.append([index for index in range(group.count) if bool(alive[index])])
        self.freeze()
        return kept

    def alive(self) -> list[torch.Tensor]:
        """Return which structures of each group would survive now, bool."""
        by_name = {layer.name: layer for layer in self.layers}
        return [self._alive(by_name, group) for group in self.groups]

    @staticmethod
    def _alive(by_name: dict[str, SparseLayer], group: Group) -> torch.Tensor:
        alive = torch.zeros(group.count, dtype=torch.bool)
        for member in group.members:
            layer = by_name[member.name]
            if layer.weight.mask is None:
                return torch.ones(group.count, dtype=torch.bool)
            if layer.weight.layout.score_shape == (group.count,):
                alive |= layer.weight.mask
                continue
            weight = layer.weight.alive()
            parts = weight.any(1 - member.axis).view(group.count, group.size)
            alive |= parts.any(1)
            if layer.bias is not None and member.axis == 0:
                alive |= layer.bias.alive().view(group.count, group.size).any(1)
        return alive

    def importance(self) -> list[torch.Tensor]:
        """Return for each group the mean score of each structure, for display."""
        by_name = {layer.name: layer for layer in self.layers}
        found: list[torch.Tensor] = []
        for group in self.groups:
            total = torch.zeros(group.count)
            for member in group.members:
                tensor = by_name[member.name].weight
                if tensor.layout.score_shape == (group.count,):
                    total += tensor.scores.detach()
                    continue
                spread = tensor.layout.spread(tensor.scores.detach(), tensor.parameter.shape)
                total += spread.mean(1 - member.axis).view(group.count, group.size).mean(1)
            found.append(total / len(group.members))
        return found

    def statistics(self) -> Statistics:
        """Return the sparsities and the state of the schedule."""
        zeros = sum(layer.zeros() for layer in self.layers)
        elements = sum(layer.elements for layer in self.layers)
        return Statistics(zeros / self._parameters, zeros / elements, self._threshold, self._factor)

    # Ending and going on -----------------------------------------------------------

    def bake(self) -> None:
        """Write the zeros of the masks into the weights and take the masks out of the network."""
        with torch.no_grad():
            for tensor in self.tensors:
                if tensor.mask is not None:
                    tensor.parameter.mul_(tensor.alive())
        self._hooks.remove()

    def state_dict(self) -> dict[str, Any]:
        """Return everything that a resumed run needs."""
        return {
            "scores": [scores.detach().clone() for scores in self.scores()],
            "fisher": [self._fisher.get(id(scores)) for scores in self.scores()],
            "initial_threshold": self._initial_threshold,
            "frozen": self.frozen,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over what `state_dict` returned, for a run that has not been resolved."""
        for scores, saved, fisher in zip(self.scores(), state["scores"], state["fisher"], strict=True):
            scores.data.copy_(saved)
            if fisher is not None:
                self._fisher[id(scores)] = fisher
        self._initial_threshold = state["initial_threshold"]
        if state["frozen"]:
            self.freeze()


def _structure_mask(
    layer: SparseLayer, tensor: MaskedTensor, group: Group, axis: int, alive: torch.Tensor
) -> tuple[torch.Tensor | None, Layout, nn.Parameter]:
    """Return mask, layout and scores with which ``tensor`` is dense but for its dead structures."""
    placeholder = nn.Parameter(torch.zeros(group.count), requires_grad=False)
    if tensor is layer.bias:
        if axis == 1:  # an output bias belongs to no structure: it stays whole
            return None, tensor.layout, tensor.scores
        layout = structure_bias_layout(group.count, group.size)
    else:
        layout = structure_layout((layer.module.out_features, layer.module.in_features), axis, group.size)
    return (None if bool(alive.all()) else alive.clone()), layout, placeholder


def groups_table(
    groups: Iterable[Group], kept: Iterable[list[int]], model: nn.Module
) -> list[dict[str, object]]:
    """Return one row a group member: kept ids, and the weight's shape before and after."""
    rows: list[dict[str, object]] = []
    for group, ids in zip(groups, kept, strict=True):
        for member in group.members:
            weight = model.get_parameter(f"{member.name}.weight")
            before = tuple(weight.shape)
            left = len(ids) * group.size
            after = (left, before[1]) if member.axis == 0 else (before[0], left)
            rows.append(
                {
                    "layer": member.name,
                    "kind": group.kind,
                    "kept": ids,
                    "shape_before": before,
                    "shape_after": after,
                }
            )
    return rows
