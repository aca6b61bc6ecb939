"""What a device really executes of an IR: each node's kernel and precision, its time, its products."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from app.domain.errors import AppError
from app.domain.execution import ExecutedNode, Execution, Quantization
from app.engine.measuring import random_inputs
from app.engine.openvino_runtime import CompiledIr, go_on, number_type

_WARMUPS: Final = 3
_REPEATS: Final = 30
_LEAST_REPEATS: Final = 3
_MOST_SECONDS: Final = 3.0
"""A large network gets fewer requests: somebody waits for the answer."""
_STILL: Final = frozenset({"Const", "Input", "Output"})
_CONVOLVING: Final = frozenset({"Convolution", "GroupConvolution", "ConvolutionBackpropData"})
_ATTENTION: Final = "ScaledDotProductAttention"
_FEW_BITS: Final = frozenset({"i8", "u8", "i4", "u4", "nf4", "f8e4m3", "f8e5m2"})
_UNPACKING: Final = frozenset({"Convert", "Multiply", "Subtract", "Reshape", "Transpose"})
_HANDING_ON: Final = frozenset(
    {"Reshape", "Transpose", "Gather", "Unsqueeze", "Squeeze", "Slice", "Split", "Convert", "MaxPool"}
)
"""What stands between a quantizer and the product that it is for."""
_FUSED_AFTER: Final = 3
"""A product and its bias are one node, named after either."""


@dataclass(frozen=True)
class _Product:
    """A matrix product or convolution of the IR."""

    names: tuple[str, ...]
    """Its own, then those of what comes after it and may have swallowed it."""
    macs: int
    quantization: Quantization


def read_execution(
    folder: Path,
    *,
    device: str = "CPU",
    precision: str = "f32",
    shape: tuple[int, int] = (1, 128),
    stop: Callable[[], None] = go_on,
) -> Execution:
    """Compile an IR, run it on random tokens, and return what was executed.

    Args:
        folder: Holds the IR.
        device: OpenVINO device.
        precision: INFERENCE_PRECISION_HINT: f32, bf16 or f16.
        shape: Batch and tokens.
        stop: Called between requests; what it raises ends the run.

    Raises:
        AppError: As `CompiledIr`.
    """
    products: list[_Product] = []
    ir = CompiledIr(
        folder,
        device,
        precision,
        shape=shape,
        prepare=lambda network: products.extend(_products(network)),
        counts_time=True,
    )
    times, requests = _node_times(ir, folder, shape, stop)
    nodes = [node for node in ir.executed_nodes() if node.kind not in _STILL]
    if requests:
        nodes = [
            msgspec.structs.replace(node, time_ms=times[node.name]) for node in nodes if node.name in times
        ]
    nodes, untraced = _with_products(nodes, products)
    return Execution(
        nodes=tuple(nodes),
        device=device,
        device_name=str(ir.device_property("FULL_DEVICE_NAME") or ""),
        capabilities=tuple(ir.device_property("OPTIMIZATION_CAPABILITIES") or ()),
        precision=precision,
        precision_taken=ir.precision_hint,
        float_precision=ir.executed_precision(),
        shape=shape,
        requests=requests,
        group_size=int(ir.compiled_property("DYNAMIC_QUANTIZATION_GROUP_SIZE") or 0),
        untraced=untraced,
        openvino=metadata.version("openvino"),
    )


def _node_times(
    ir: CompiledIr, folder: Path, shape: tuple[int, int], stop: Callable[[], None]
) -> tuple[dict[str, float], int]:
    """Return the median time in ms of each node that ran, and of how many requests; none without counters."""
    inputs = random_inputs(ir, *shape, folder)
    for _ in range(_WARMUPS):
        stop()
        ir.request.infer(inputs)
    rounds: list[dict[str, float]] = []
    started = time.perf_counter()
    while len(rounds) < _LEAST_REPEATS or (
        len(rounds) < _REPEATS and time.perf_counter() - started < _MOST_SECONDS
    ):
        stop()
        ir.request.infer(inputs)
        try:
            rounds.append({name: ms for name, ms in ir.node_times() if ms is not None})
        except AppError:
            return {}, 0
    if not any(any(one.values()) for one in rounds):
        return {}, 0
    medians = {name: float(np.median([one.get(name, 0.0) for one in rounds])) for name in rounds[0]}
    return medians, len(rounds)


def _with_products(
    nodes: Sequence[ExecutedNode], products: Sequence[_Product]
) -> tuple[list[ExecutedNode], int]:
    """Return the nodes with the products that they stand for, and how many products no node names."""
    places: dict[str, int] = {}
    for place, node in enumerate(nodes):
        for name in (*node.origins, node.name):
            places.setdefault(name, place)
    found: dict[int, list[_Product]] = {}
    untraced = 0
    for product in products:
        place = next((places[name] for name in product.names if name in places), None)
        if place is None:
            untraced += 1
        else:
            found.setdefault(place, []).append(product)
    made = list(nodes)
    for place, own in found.items():
        made[place] = msgspec.structs.replace(
            made[place],
            products=len(own),
            macs=sum(product.macs for product in own),
            quantization=_joined([product.quantization for product in own]),
        )
    return made, untraced


def _joined(quantizations: Sequence[Quantization]) -> Quantization:
    return quantizations[0] if len(set(quantizations)) == 1 else Quantization.PARTLY


def _products(network: Any) -> list[_Product]:
    found: list[_Product] = []
    for op in network.get_ordered_ops():
        kind = str(op.get_type_name())
        if kind == "MatMul" or kind in _CONVOLVING:
            found.append(_Product(_names(op), _macs(op, kind), _quantization(op)))
        elif kind == _ATTENTION:
            scores, mixture = _attention_macs(op)
            quantized = all(_is_quantized(op.input_value(port)) for port in (0, 1))
            # What the second product takes comes out of the softmax: it is never quantized here.
            found.append(_Product(_names(op), scores, Quantization.FULL if quantized else Quantization.NONE))
            found.append(_Product(_names(op), mixture, Quantization.NONE))
    return found


def _names(op: Any) -> tuple[str, ...]:
    names = [str(op.get_friendly_name())]
    for _ in range(_FUSED_AFTER):
        users = list(op.output(0).get_target_inputs())
        if len(users) != 1:
            break
        op = users[0].get_node()
        names.append(str(op.get_friendly_name()))
    return tuple(names)


def _macs(op: Any, kind: str) -> int:
    """Return the multiply-accumulates of a product, 0 where its shapes are not fixed."""
    if _is_open(op):
        return 0
    if kind == "MatMul":
        left: list[int] = [int(size) for size in op.get_input_shape(0)]
        inner = left[-2] if len(left) > 1 and op.get_attributes().get("transpose_a") else left[-1]
        return math.prod(op.get_output_shape(0)) * inner
    weights = math.prod(op.get_input_shape(1))
    # Each weight is used once for each place of the output; transposed, of the input.
    spread: Any = op.get_input_shape(0) if kind == "ConvolutionBackpropData" else op.get_output_shape(0)
    return weights * int(spread[0]) * math.prod(list(spread)[2:])


def _is_open(op: Any) -> bool:
    """Whether a shape of it is known only once it runs."""
    shapes = [op.get_output_partial_shape(0), *(port.get_partial_shape() for port in op.inputs())]
    return any(shape.is_dynamic for shape in shapes)


def _attention_macs(op: Any) -> tuple[int, int]:
    """Return the multiply-accumulates of query × key and of scores × value."""
    if _is_open(op):
        return 0, 0
    query, key, value = (list(op.get_input_shape(port)) for port in range(3))
    pairs = math.prod(query[:-1]) * int(key[-2])
    return pairs * int(query[-1]), pairs * int(value[-1])


def _quantization(op: Any) -> Quantization:
    activation, weight = _is_quantized(op.input_value(0)), op.input_value(1)
    is_constant, is_packed = _weight(weight)
    if is_constant:
        if not is_packed:
            return Quantization.NONE
        return Quantization.FULL if activation else Quantization.WEIGHTS
    both = activation, _is_quantized(weight)
    return Quantization.FULL if all(both) else Quantization.NONE


def _weight(source: Any) -> tuple[bool, bool]:
    """Return whether a factor is a weight, and whether it is stored in few bits."""
    node, is_packed = source.get_node(), False
    while node.get_type_name() in _UNPACKING or node.get_type_name() == "FakeQuantize":
        is_packed = is_packed or node.get_type_name() == "FakeQuantize"
        node = node.input_value(0).get_node()
    if node.get_type_name() != "Constant":
        return False, False
    return True, is_packed or number_type(node.get_element_type()) in _FEW_BITS


def _is_quantized(source: Any) -> bool:
    """Whether a quantizer stands before a factor, with nothing between that computes."""
    node = source.get_node()
    while node.get_type_name() in _HANDING_ON:
        node = node.input_value(0).get_node()
    return node.get_type_name() == "FakeQuantize"
