"""Choosing the linear layers to prune, and giving each its scores."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from nncf.torch.function_hook import register_post_function_hook
from torch import nn

from app.domain.errors import AppError
from app.domain.recipe import LayerRule, SparsityRecipe
from app.engine.methods.movement.groups import Group
from app.engine.methods.movement.scores import (
    Layout,
    MaskedTensor,
    MaskHook,
    bias_layout,
    block_layout,
    fine_layout,
    per_dim_layout,
    structure_layout,
)


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
        bias = self.module.bias
        return self.module.weight.numel() + (0 if bias is None else bias.numel())  # pyright: ignore[reportUnnecessaryComparison]


def rules_by_layer(model: nn.Module, recipe: SparsityRecipe) -> dict[str, LayerRule]:
    """Return the rule of each linear layer that is to be pruned; one that no rule names gets ``fine``.

    Raises:
        AppError: A pattern is broken, a rule matches nothing, a layer matches two rules, or none is left.
    """
    linears = [name for name, module in model.named_modules() if isinstance(module, nn.Linear)]
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
            "bad_pattern", f"“{text}” is no regular expression: {error}.", "Mend the pattern in the recipe."
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
        module = model.get_submodule(name)
        assert isinstance(module, nn.Linear)
        if rule.mode != "structure":
            layers.append(_own_scores(name, module, rule))
            continue
        if name not in places:
            raise AppError(
                "no_structure",
                f"{name} belongs to no attention head or feed-forward neuron.",
                "Leave it out of pruning or choose another way of sharing scores for it.",
            )
        group, axis = places[name]
        scores = shared.setdefault(group.first, nn.Parameter(torch.zeros(group.count)))
        shape = (module.out_features, module.in_features)
        layout = structure_layout(shape, axis, group.size)
        has_bias = axis == 0 and module.bias is not None  # pyright: ignore[reportUnnecessaryComparison]
        bias_part = Layout((group.count, group.size), (group.count, 1), (group.count,), group.size, 1)
        bias = MaskedTensor(module.bias, bias_part, scores) if has_bias else None
        layers.append(SparseLayer(name, module, MaskedTensor(module.weight, layout, scores), bias))
    return layers


def _own_scores(name: str, module: nn.Linear, rule: LayerRule) -> SparseLayer:
    shape = (module.out_features, module.in_features)
    match rule.mode:
        case "fine" | "structure":
            layout = fine_layout(shape)
        case "block":
            layout = block_layout(shape, rule.block)
        case "per_dim":
            layout = per_dim_layout(shape, rule.axis)
    weight = MaskedTensor(module.weight, layout, nn.Parameter(torch.zeros(layout.score_shape)))
    bias = None
    if module.bias is not None:  # pyright: ignore[reportUnnecessaryComparison]
        of_bias = bias_layout(layout, module.out_features)
        bias = MaskedTensor(module.bias, of_bias, nn.Parameter(torch.zeros(of_bias.score_shape)))
    return SparseLayer(name, module, weight, bias)


class MaskHooks:
    """The mask hooks in a wrapped network; taking them out leaves it as NNCF made it."""

    def __init__(self, model: nn.Module, layers: Iterable[SparseLayer]) -> None:
        """Put a hook behind every scored parameter; ``model`` has been wrapped by NNCF."""
        self._handles = [
            register_post_function_hook(model, f"{layer.name}.{kind}", 0, MaskHook(tensor))
            for layer in layers
            for kind, tensor in (("weight", layer.weight), ("bias", layer.bias))
            if tensor is not None
        ]

    def remove(self) -> None:
        """Take them out again."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
