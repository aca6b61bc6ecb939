"""Physical slicing: heads and neurons leave the weights, and the quantizers of the weights with them."""

import re
from typing import Any

import torch
from torch import nn

from app.engine import hooks
from app.engine.families.base import Family, Kept, TransformerLayer, whole
from app.engine.graph import TracedGraph, example_inputs, operation_calls
from app.engine.network import bias_of, linear


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
                _keep_rows(model, name, rows)
                quantizers.keep_rows(name, rows)
            _keep_columns(model, layer.attention_output, rows)
            family.after_head_removal(model, layer, len(left.heads))
        if left.neurons and left.neurons != had.neurons:
            rows = _positions(had.neurons, left.neurons, 1)
            _keep_rows(model, layer.ffn_in, rows)
            quantizers.keep_rows(layer.ffn_in, rows)
            _keep_columns(model, layer.ffn_out, rows)
    _empty_branches(model, family, layers, present, kept)


def _positions(had: tuple[int, ...], left: tuple[int, ...], size: int) -> torch.Tensor:
    """Return the rows, among those there are now, of the structures that are left."""
    where = {structure: position for position, structure in enumerate(had)}
    starts = torch.tensor([where[structure] * size for structure in left])
    return (starts[:, None] + torch.arange(size)).flatten()


def _keep_rows(model: nn.Module, name: str, rows: torch.Tensor) -> None:
    layer, bias = linear(model, name), bias_of(model, name)
    layer.weight = _chosen(layer.weight, rows)
    if bias is not None:
        layer.bias = _chosen(bias, rows)
    layer.out_features = len(rows)


def _keep_columns(model: nn.Module, name: str, columns: torch.Tensor) -> None:
    layer = linear(model, name)
    layer.weight = _chosen(layer.weight, columns, axis=1)
    layer.in_features = len(columns)


def _chosen(parameter: torch.Tensor, places: torch.Tensor, axis: int = 0) -> nn.Parameter:
    """Return a parameter of its own, contiguous, with the rows or columns at ``places``."""
    return nn.Parameter(parameter.detach().index_select(axis, places), parameter.requires_grad)


class _WeightQuantizers:
    """The per-channel weight quantizers of a network that NNCF wrapped, by linear layer."""

    def __init__(self, model: nn.Module) -> None:
        self._hooks: Any = None
        self._operations: dict[str, str] = {}
        if hooks.is_wrapped(model):
            self._hooks = hooks.storage(model).pre_hooks
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
                    sliced = _chosen(parameter, rows)
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
    if hooks.is_wrapped(model):
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
    return re.sub(r"\.layer\.\d+\.", ".", module_name).replace(".", "/")


def _renumber_hooks(
    model: nn.Module, calls: dict[str, int], paths: tuple[str, ...], emptied: _Emptied
) -> None:
    """Delete the hooks of emptied branches and renumber those behind them.

    NNCF numbers the calls of an operation through the whole network, so a hook key such as
    ``…/query/linear/3__1`` would silently serve another layer once an earlier one is gone.
    """
    storage = hooks.storage(model)
    for served in (storage.pre_hooks, storage.post_hooks):
        for key in list(served.keys()):
            operation, _, port = key.rpartition("__")
            base, _, number = operation.rpartition("/")
            if not base.startswith(tuple(f"{path}/" for path in paths)) or not number.isdigit():
                continue
            calls_per_layer = calls[base] // emptied.living
            place, within = divmod(int(number), calls_per_layer)
            module = served[key]
            del served[key]
            if place not in emptied.places:
                earlier = sum(gone < place for gone in emptied.places)
                served[f"moved {base}/{(place - earlier) * calls_per_layer + within}__{port}"] = module
        for key in [key for key in served.keys() if key.startswith("moved ")]:  # noqa: SIM118 - ModuleDict
            module = served[key]
            del served[key]
            served[key.removeprefix("moved ")] = module
