"""Choosing the linear layers to prune, and giving each its scores."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import nn

from app.domain.errors import AppError
from app.domain.recipe import LayerRule, SparsityRecipe
from app.engine import hooks
from app.engine.methods.movement.groups import Group
from app.engine.methods.movement.scores import (
    Layout,
    MaskedTensor,
    MaskHook,
    bias_layout,
    block_layout,
    fine_layout,
    per_dim_layout,
    structure_bias_layout,
    structure_layout,
)
from app.engine.network import bias_of, linear, linear_names


@dataclass(eq=False)
class SparseLayer:
    """A linear layer with scores."""

    name: str
    module: nn.Linear
    weight: MaskedTensor
    bias: MaskedTensor | None

    @property
    def tensors(self) -> tuple[MaskedTensor, ...]:
        """Weight and, where it has scores, bias."""
        return (self.weight,) if self.bias is None else (self.weight, self.bias)

    def zeros(self) -> int:
        """Masked elements of weight and bias."""
        return sum(tensor.zeros() for tensor in self.tensors)

    @property
    def elements(self) -> int:
        """Elements of weight and bias."""
        return sum(parameter.numel() for parameter in self.module.parameters())


def rules_by_layer(model: nn.Module, recipe: SparsityRecipe) -> dict[str, LayerRule]:
    """Return the rule of each linear layer that is to be pruned; one that no rule names gets ``fine``.

    Raises:
        AppError: A pattern is broken, a rule matches nothing, a layer matches two rules, or none is left.
    """
    linears = linear_names(model)
    ignored = [_pattern(text) for text in recipe.ignored]
    pruned = [name for name in linears if not any(pattern.fullmatch(name) for pattern in ignored)]
    rules = [(rule, _pattern(rule.target)) for rule in recipe.rules]
    found: dict[str, LayerRule] = {}
    for name in pruned:
        matching = [rule for rule, pattern in rules if pattern.fullmatch(name)]
        if len(matching) > 1:
            raise AppError(
                "layer_matches_two_rules",
                f"{name} matches two rules: {matching[0].target} and {matching[1].target}.",
                "Narrow one of them so that each layer has one rule.",
            )
        found[name] = matching[0] if matching else LayerRule(target=re.escape(name), mode="fine")
    for rule, pattern in rules:
        if not any(pattern.fullmatch(name) for name in pruned):
            raise AppError(
                "rule_matches_nothing",
                f"The rule {rule.target} matches no linear layer that is to be pruned.",
                f"Linear layers are named like {linears[0] if linears else '(there are none)'}.",
            )
    if not found:
        raise AppError(
            "nothing_to_prune",
            "Every linear layer is left out of pruning.",
            "Shorten the list of layers left out.",
        )
    return found


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text.removeprefix("{re}"))
    except re.error as error:
        raise AppError(
            "bad_pattern",
            f"“{text}” is no regular expression: {error}.",
            "Correct the pattern in the recipe.",
        ) from error


def sparse_layers(
    model: nn.Module, rules: dict[str, LayerRule], groups: Iterable[Group]
) -> list[SparseLayer]:
    """Give each layer its scores, all zero; layers of one group share them in the mode ``structure``.

    Raises:
        AppError: A block does not divide a weight, or a layer in the mode ``structure`` has no structures.
    """
    places = {member.name: (group, member.axis) for group in groups for member in group.members}
    shared: dict[str, nn.Parameter] = {}
    layers: list[SparseLayer] = []
    for name, rule in rules.items():
        if rule.mode != "structure":
            layers.append(_with_own_scores(model, name, _own_layout(linear(model, name), rule)))
            continue
        if name not in places:
            raise AppError(
                "no_structure",
                f"{name} belongs to no attention head or feed-forward neuron.",
                "Leave it out of pruning or choose another way of sharing scores for it.",
            )
        group, axis = places[name]
        scores = shared.setdefault(group.first, nn.Parameter(torch.zeros(group.count)))
        layers.append(_with_shared_scores(model, name, group, axis, scores))
    return layers


def _own_layout(module: nn.Linear, rule: LayerRule) -> Layout:
    shape = (module.out_features, module.in_features)
    match rule.mode:
        case "fine":
            return fine_layout(shape)
        case "block":
            return block_layout(shape, rule.block)
        case "per_dim":
            return per_dim_layout(shape, rule.axis)
        case "structure":
            raise ValueError("scores of structures belong to groups, not to layers")


def _with_own_scores(model: nn.Module, name: str, layout: Layout) -> SparseLayer:
    module, bias = linear(model, name), None
    if (parameter := bias_of(model, name)) is not None:
        of_bias = bias_layout(layout, module.out_features)
        bias = MaskedTensor(parameter, of_bias, nn.Parameter(torch.zeros(of_bias.score_shape)))
    weight = model.get_parameter(f"{name}.weight")
    scores = nn.Parameter(torch.zeros(layout.score_shape))
    return SparseLayer(name, module, MaskedTensor(weight, layout, scores), bias)


def _with_shared_scores(
    model: nn.Module, name: str, group: Group, axis: int, scores: nn.Parameter
) -> SparseLayer:
    module, bias = linear(model, name), None
    layout = structure_layout((module.out_features, module.in_features), axis, group.size)
    if axis == 0 and (parameter := bias_of(model, name)) is not None:
        bias = MaskedTensor(parameter, structure_bias_layout(group.count, group.size), scores)
    weight = model.get_parameter(f"{name}.weight")
    return SparseLayer(name, module, MaskedTensor(weight, layout, scores), bias)


class MaskHooks:
    """The mask hooks in a wrapped network; taking them out leaves it as NNCF made it."""

    def __init__(self, model: nn.Module, layers: Iterable[SparseLayer]) -> None:
        """Put a hook behind every scored parameter; ``model`` has been wrapped by NNCF."""
        self._handles = [
            hooks.hook_behind(model, f"{layer.name}.{kind}", MaskHook(tensor))
            for layer in layers
            for kind, tensor in (("weight", layer.weight), ("bias", layer.bias))
            if tensor is not None
        ]

    def remove(self) -> None:
        """Take them out again."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
