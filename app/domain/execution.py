"""What a device really executes of an IR: its nodes, the precision and kernel of each, and what it takes."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

import msgspec

INT8: Final = "int8"
MIXED: Final = "mixed"
"""One product of a node in INT8, the other in floating point, as in attention."""
OTHER: Final = "other"
"""Nodes without a matrix product."""
_EIGHT_BITS: Final = frozenset({"i8", "u8"})
_FUSED: Final = "Subgraph"
_MODULE: Final = re.compile(r"__module\.(?P<name>[\w.]+)/")
_LAYER: Final = re.compile(r"\.(?P<index>\d+)(?:\.|$)")
_ORDER: Final = (INT8, MIXED, "bf16", "f16", "f32", OTHER)


class Quantization(StrEnum):
    """What the IR asks to be multiplied in INT8."""

    NONE = "none"
    WEIGHTS = "weights"
    """Weights are stored in few bits, activations are not quantized."""
    PARTLY = "partly"
    """Some of the factors are quantized, as query and key in attention."""
    FULL = "full"


class ExecutedNode(msgspec.Struct, frozen=True):
    """One node of the compiled graph."""

    name: str
    kind: str
    """FullyConnected, MatMul, Subgraph, …"""
    kernel: str
    """The plugin's primitive, for example ``brgemm_avx512_i8``."""
    precision: str
    """What the plugin calls its runtime precision; of weights stored as u8 it says u8, whatever runs."""
    origins: tuple[str, ...] = ()
    """Nodes of the IR that it stands for."""
    inputs: tuple[str, ...] = ()
    """Precisions of what goes in, activations first: f32, u8 …"""
    shape: tuple[int, ...] = ()
    """Of the first output, empty where it is not known."""
    time_ms: float | None = None
    """Median of a few requests, None where it was not measured."""
    products: int = 0
    """Matrix products and convolutions of the IR that it stands for."""
    macs: int = 0
    """Multiply-accumulates of these in one request."""
    quantization: Quantization = Quantization.NONE
    """Of its products."""

    @property
    def executed_in(self) -> str:
        """The precision in which it really runs: of products int8 or mixed too, else as f32, bf16, i32, u8.

        Decided by the activations that go in, not by the runtime precision: a product of f32 activations
        with weights stored as u8 has the runtime precision u8, but is unpacked and multiplied in f32.
        """
        first = self.inputs[0] if self.inputs else self.precision
        if first not in _EIGHT_BITS or not self.products:
            return first
        is_mixed = self.kind == _FUSED and self.quantization is not Quantization.FULL
        return MIXED if is_mixed else INT8

    @property
    def group(self) -> str:
        """The precision of its products, or `OTHER` where it has none."""
        return self.executed_in if self.products else OTHER

    @property
    def title(self) -> str:
        """The module that it came from, as far as its name or that of a fused node tells; else its name."""
        for origin in (*self.origins, self.name):
            found = _MODULE.search(origin)
            if found is not None:
                return found["name"]
        return self.name

    @property
    def layer(self) -> int:
        """The layer that its title names, -1 for none."""
        found = _LAYER.search(self.title)
        return -1 if found is None else int(found["index"])

    @property
    def place_in_layer(self) -> str:
        """Its title without the path to its layer, such as ``attention.self.query``."""
        found = _LAYER.search(self.title)
        return self.title[found.end() :] or self.title if found is not None else self.title

    @property
    def has_fallen_back(self) -> bool:
        """Whether the IR asks for INT8 and another precision runs."""
        asked = self.quantization in {Quantization.FULL, Quantization.PARTLY}
        return asked and self.executed_in not in {INT8, MIXED}


class Share(msgspec.Struct, frozen=True):
    """A part of the whole that runs in one precision."""

    group: str
    """int8, mixed, bf16, f16, f32, or other"""
    share: float
    nodes: int


class Execution(msgspec.Struct, frozen=True, tag="execution"):
    """The nodes that a device runs, in the order of execution, and what was asked of it.

    What the plugin keeps of weights, inputs and outputs, and views of another node's data, take no
    part: they do not run.
    """

    nodes: tuple[ExecutedNode, ...]
    device: str
    device_name: str
    """Its full name, empty where it does not tell."""
    capabilities: tuple[str, ...]
    """OPTIMIZATION_CAPABILITIES: FP32, BF16, INT8, …"""
    precision: str
    """INFERENCE_PRECISION_HINT that was asked for."""
    precision_taken: str
    """The one that the compiled network reports."""
    float_precision: str
    """The floating-point precision in which most nodes ran."""
    shape: tuple[int, ...]
    """Batch and tokens."""
    requests: int
    """Behind each time; 0: the device does not count."""
    group_size: int = 0
    """DYNAMIC_QUANTIZATION_GROUP_SIZE: above 0, a kernel may quantize activations by itself."""
    untraced: int = 0
    """Products of the IR that no executed node names."""
    openvino: str = ""

    @property
    def products(self) -> tuple[ExecutedNode, ...]:
        """Nodes with a matrix product or convolution."""
        return tuple(node for node in self.nodes if node.products)

    @property
    def time_ms(self) -> float | None:
        """Of all nodes, None where none was measured."""
        times = [node.time_ms for node in self.nodes if node.time_ms is not None]
        return sum(times) if times else None

    def product_shares(self) -> tuple[Share, ...]:
        """Return how the multiply-accumulates are divided among precisions; nothing where none is known."""
        return _shares(self.products, lambda node: node.macs)

    def time_shares(self) -> tuple[Share, ...]:
        """Return how the time is divided among precisions of products, and nodes without any."""
        return _shares(self.nodes, lambda node: node.time_ms or 0.0)

    def times_by_kind(self) -> tuple[tuple[str, float], ...]:
        """Return the share of time of nodes without a product by their kind, the largest first."""
        total = self.time_ms or 0.0
        sums: dict[str, float] = {}
        for node in self.nodes:
            if not node.products:
                sums[node.kind] = sums.get(node.kind, 0.0) + (node.time_ms or 0.0)
        ordered = sorted(sums.items(), key=lambda one: one[1], reverse=True)
        return tuple((kind, time_ms / total) for kind, time_ms in ordered if time_ms) if total else ()


def _shares(nodes: Sequence[ExecutedNode], value: Callable[[ExecutedNode], float]) -> tuple[Share, ...]:
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for node in nodes:
        sums[node.group] = sums.get(node.group, 0.0) + value(node)
        counts[node.group] = counts.get(node.group, 0) + 1
    total = sum(sums.values())
    if not total:
        return ()
    # What is none of the usual ones, such as i32, comes before what does not multiply.
    groups = sorted(sums, key=lambda one: _ORDER.index(one) if one in _ORDER else len(_ORDER) - 1.5)
    return tuple(Share(group, sums[group] / total, counts[group]) for group in groups)
