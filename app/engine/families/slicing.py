"""Physical slicing: heads and neurons leave the weights, and the quantizers of the weights with them."""

import re
from typing import Any

import torch
from nncf.torch.function_hook import get_hook_storage, is_wrapped
from torch import nn

from app.engine.families.base import Family, Kept, TransformerLayer, linear, whole
from app.engine.graph import TracedGraph, example_inputs, operation_calls


def slice_model(model: nn.Module, family: Family, kept: Kept, present: Kept | None = None) -> None:
    """Remove in place every head and neuron of ``model`` that is not in ``kept``.

    Args:
        model: A network, plain or quantized by NNCF.
        family: Its family.
        kept: What is to be left, in the original's numbering; a subset of ``present``.
        present: What there is now; None for a network from which nothing was removed.
    """
    present = present or whole(model, family)
    layers = family.layers(model)
    quantizers = _WeightQuantizers(model)
    for layer, had, left in zip(layers, present, kept, strict=True):
        if left.heads and left.heads != had.heads:
            rows = _positions(had.heads, left.heads, layer.head_dim)
            for name in (layer.query, layer.key, layer.value):
                _keep_rows(linear(model, name), rows)
                quantizers.keep_rows(name, rows)
            _keep_columns(linear(model, layer.attention_output), rows)
            family.after_head_removal(model, layer, len(left.heads))
        if left.neurons and left.neurons != had.neurons:
            rows = _positions(had.neurons, left.neurons, 1)
            _keep_rows(linear(model, layer.ffn_in), rows)
            quantizers.keep_rows(layer.ffn_in, rows)
            _keep_columns(linear(model, layer.ffn_out), rows)
    _empty_branches(model, family, layers, present, kept)


def _positions(had: tuple[int, ...], left: tuple[int, ...], size: int) -> torch.Tensor:
    """Return the rows, among those there are now, of the structures that are left."""
    where = {structure: position for position, structure in enumerate(had)}
    starts = torch.tensor([where[structure] * size for structure in left])
    return (starts[:, None] + torch.arange(size)).flatten()


def _keep_rows(layer: nn.Linear, rows: torch.Tensor) -> None:
    layer.weight = nn.Parameter(layer.weight.detach()[rows].clone(), layer.weight.requires_grad)
    if layer.bias is not None:  # pyright: ignore[reportUnnecessaryComparison]
        layer.bias = nn.Parameter(layer.bias.detach()[rows].clone(), layer.bias.requires_grad)
    layer.out_features = len(rows)


def _keep_columns(layer: nn.Linear, columns: torch.Tensor) -> None:
    layer.weight = nn.Parameter(layer.weight.detach()[:, columns].clone(), layer.weight.requires_grad)
    layer.in_features = len(columns)


class _WeightQuantizers:
    """The per-channel weight quantizers of a network that NNCF wrapped, by linear layer."""

    def __init__(self, model: nn.Module) -> None:
        self._hooks: Any = None
        self._operations: dict[str, str] = {}
        if is_wrapped(model):
            self._hooks = get_hook_storage(model).pre_hooks
            self._operations = TracedGraph(model, example_inputs()).linear_operations()

    def keep_rows(self, name: str, rows: torch.Tensor) -> None:
        """Keep the scales of ``rows`` in whatever quantizes the weight of the linear layer ``name``."""
        key = f"{self._operations.get(name, '')}__1"
        if self._hooks is None or key not in self._hooks:
            return
        for quantizer in self._hooks[key].values():
            for attribute in ("_scale_param_storage", "_input_range_param_storage", "input_low"):
                parameter = getattr(quantizer, attribute, None)
                if parameter is not None and parameter.shape[0] > 1:
                    sliced = nn.Parameter(parameter.detach()[rows].clone(), parameter.requires_grad)
                    setattr(quantizer, attribute, sliced)
                    shape = tuple(sliced.shape)
                    quantizer._scale_shape = shape  # noqa: SLF001 - NNCF keeps the shape twice, in private
                    quantizer._qspec.scale_shape = shape  # noqa: SLF001


def _empty_branches(
    model: nn.Module, family: Family, layers: list[TransformerLayer], present: Kept, kept: Kept
) -> None:
    """Replace branches that lose their last structure by their bias, quantizers included."""
    attention = _Emptied([bool(layer.heads) for layer in present], [bool(layer.heads) for layer in kept])
    ffn = _Emptied([bool(layer.neurons) for layer in present], [bool(layer.neurons) for layer in kept])
    if not attention.now and not ffn.now:
        return
    if is_wrapped(model):
        # Counted before anything is taken away: the numbers tell which layer a hook serves.
        calls = operation_calls(model, example_inputs())
        for emptied, branches in (
            (attention, (layers[0].attention_branch, layers[0].attention_output)),
            (ffn, (layers[0].ffn_branch, layers[0].ffn_out)),
        ):
            _renumber_hooks(model, calls, tuple(_path(name) for name in branches), emptied)
    for position in attention.now:
        family.empty_attention(model, layers[position])
    for position in ffn.now:
        family.empty_ffn(model, layers[position])


class _Emptied:
    """Layers whose branch goes now, and their places among the layers that still have it."""

    def __init__(self, before: list[bool], after: list[bool]) -> None:
        living = [index for index, alive in enumerate(before) if alive]
        self.now = [index for index in living if not after[index]]
        self.places = {living.index(index) for index in self.now}
        self.living = len(living)


def _path(module_name: str) -> str:
    """Return a module's path as NNCF names operations: list indices do not appear in it."""
    return "/".join(part for part in re.sub(r"\.layer\.\d+\.", ".", module_name).split("."))


def _renumber_hooks(
    model: nn.Module, calls: dict[str, int], paths: tuple[str, ...], emptied: _Emptied
) -> None:
    """Delete the hooks of emptied branches and renumber those behind them.

    NNCF numbers the calls of an operation through the whole network, so a hook key such as
    ``…/query/linear/3__1`` would silently serve another layer once an earlier one is gone.
    """
    storage = get_hook_storage(model)
    for hooks in (storage.pre_hooks, storage.post_hooks):
        for key in list(hooks.keys()):
            operation, _, port = key.rpartition("__")
            base, _, number = operation.rpartition("/")
            if not base.startswith(tuple(f"{path}/" for path in paths)) or not number.isdigit():
                continue
            calls_per_layer = calls[base] // emptied.living
            place, within = divmod(int(number), calls_per_layer)
            module = hooks[key]
            del hooks[key]
            if place not in emptied.places:
                earlier = sum(gone < place for gone in emptied.places)
                hooks[f"moved {base}/{(place - earlier) * calls_per_layer + within}__{port}"] = module
        for key in [key for key in hooks.keys() if key.startswith("moved ")]:  # noqa: SIM118 - ModuleDict
            module = hooks[key]
            del hooks[key]
            hooks[key.removeprefix("moved ")] = module
