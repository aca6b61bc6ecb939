"""The computation graph of a network, traced by NNCF, asked in the terms of its linear layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from app.engine import hooks
from app.engine.network import evaluating

Inputs = dict[str, torch.Tensor]

_PASS_THROUGH = frozenset(
    {
        *(
            "view",
            "reshape",
            "transpose",
            "permute",
            "contiguous",
            "dropout",
            "to",
            "clone",
            "flatten",
            "unflatten",
        ),
        *("symmetric_quantize", "asymmetric_quantize", "apply", "expand"),
    }
)
"""Operations that hand on the features they get, perhaps in another shape."""
_ACTIVATIONS = frozenset({"gelu", "relu", "silu", "tanh", "mul", "gelu_new", "quick_gelu"})


@dataclass(frozen=True)
class AttentionLinears:
    """The four linear layers around one scaled dot-product attention, and its head size."""

    query: str
    key: str
    value: str
    output: str
    head_dim: int


@dataclass(frozen=True)
class FeedForwardLinears:
    """Two linear layers with an activation between them."""

    inner: str
    outer: str


class TracedGraph:
    """A traced forward pass."""

    def __init__(self, model: nn.Module, inputs: Inputs) -> None:
        """Trace ``model`` on ``inputs`` (batch × length, int64); wraps it for NNCF if it is not yet."""
        hooks.wrap(model)
        with torch.no_grad(), evaluating(model):
            self._graph: Any = hooks.build_graph(model, inputs)

    def _function(self, node: int) -> str | None:
        meta = self._graph.nodes[node]["meta"]
        function = getattr(meta, "func", None)
        return None if function is None else str(function.__name__)

    def _by_function(self, name: str) -> Iterator[int]:
        return (node for node in self._graph.nodes if self._function(node) == name)

    def _sources(self, node: int) -> dict[int, int]:
        """Return the node that feeds each input port."""
        return {data["meta"].input_port: source for source, _, data in self._graph.in_edges(node, data=True)}

    def _parameter_name(self, node: int, port: int) -> str | None:
        """Return the name of the parameter that reaches ``port`` of ``node``, through hooks if any."""
        source = self._sources(node).get(port)
        while source is not None:
            name = getattr(self._graph.nodes[source]["meta"], "name_in_model", None)
            if name is not None:
                return str(name)
            source = self._sources(source).get(0)
        return None

    def _linear_at(self, node: int) -> str | None:
        name = self._parameter_name(node, 1) if self._function(node) == "linear" else None
        return None if name is None else name.removesuffix(".weight")

    def _linear_before(self, node: int | None) -> str | None:
        while node is not None:
            if (linear := self._linear_at(node)) is not None:
                return linear
            if self._function(node) not in _PASS_THROUGH:
                return None
            node = self._sources(node).get(0)
        return None

    def _linear_after(self, node: int, passing: frozenset[str]) -> tuple[str, set[str]] | None:
        """Return the one linear layer behind ``node`` and the operations on the way."""
        met: set[str] = set()
        while True:
            successors = set(self._graph.successors(node))
            if len(successors) != 1:
                return None
            node = successors.pop()
            if (linear := self._linear_at(node)) is not None:
                return linear, met
            function = self._function(node) or ""
            if function not in passing:
                return None
            met.add(function)

    def linear_operations(self) -> dict[str, str]:
        """Return the operation name in NNCF's terms of each linear layer, by module name."""
        return {
            linear: str(self._graph.nodes[node]["meta"].op_name)
            for node in self._by_function("linear")
            if (linear := self._linear_at(node)) is not None
        }

    def attentions(self) -> list[AttentionLinears]:
        """Return the attentions in the order of execution."""
        found: list[AttentionLinears] = []
        for node in self._by_function("scaled_dot_product_attention"):
            sources = self._sources(node)
            members = [self._linear_before(sources.get(port)) for port in range(3)]
            output = self._linear_after(node, _PASS_THROUGH)
            if output is None or any(member is None for member in members):
                continue
            edges = self._graph.in_edges(node, data=True)
            head_dim = next(data["meta"].shape[-1] for _, _, data in edges if data["meta"].input_port == 0)
            query, key, value = (str(member) for member in members)
            found.append(AttentionLinears(query, key, value, output[0], int(head_dim)))
        return found

    def feed_forwards(self) -> list[FeedForwardLinears]:
        """Return the pairs of linear layers with nothing but an activation between them."""
        found: list[FeedForwardLinears] = []
        for node in self._by_function("linear"):
            inner = self._linear_at(node)
            after = self._linear_after(node, _PASS_THROUGH | _ACTIVATIONS)
            if inner is not None and after is not None and after[1] & _ACTIVATIONS:
                found.append(FeedForwardLinears(inner, after[0]))
        return found


def operation_calls(model: nn.Module, inputs: Inputs) -> dict[str, int]:
    """Return how often each operation (``path/function`` without its number) runs in one forward pass."""
    hooks.wrap(model)
    with torch.no_grad(), evaluating(model):
        return hooks.count_calls(model, inputs)


def example_inputs(batch: int = 2, length: int = 8) -> Inputs:
    """Return token ids 1… that every vocabulary has, with full attention."""
    ids = torch.arange(1, batch * length + 1).reshape(batch, length)
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
