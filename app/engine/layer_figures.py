"""What each layer of an IR costs, and how far its output is from the same layer of another IR.

The layers are found by the names that the exporter gives nodes: ``__module.bert.encoder.layer.3.output…``
belongs to layer 3 of ``bert.encoder.layer``. An IR without such names has no layers here.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.errors import AppError
from app.engine.measuring import random_inputs
from app.engine.openvino_runtime import CompiledIr, Features, go_on, not_timed

OUTSIDE: Final = -1
"""Stands for what belongs to no layer: embeddings, pooler, classifier."""
_IN_LAYER: Final = re.compile(r"__module\.(?P<path>(?:[A-Za-z_]\w*\.)+?)(?P<index>\d+)\.")
_NAMED: Final = "__module."
_NEVER_ENDS: Final = frozenset({"Constant", "FakeQuantize", "Convert", "Result"})
_WARMUPS: Final = 3
_REPEATS: Final = 30
_HIDDEN_RANK: Final = 3


@dataclass(frozen=True)
class LayerTime:
    """Time of one layer in one request."""

    layer: int
    """Counted from 0, or `OUTSIDE`."""
    name: str
    time_ms: float


def layer_times(
    folder: Path,
    *,
    device: str,
    precision: str,
    batch: int,
    length: int,
    stop: Callable[[], None] = go_on,
) -> list[LayerTime]:
    """Return the median time of each layer's nodes in one request, and that of the nodes outside.

    Taken by the device's own counters (PERF_COUNT), which cost time themselves: the sum is somewhat
    above the latency. A node without a name of its own, such as a quantizer, counts to the node after it.

    Raises:
        AppError: ``layers_unknown`` where no node has a layer in its name, ``layers_not_timed`` where
            the device does not count, or as `CompiledIr`.
    """
    ir = CompiledIr(folder, device, precision, shape=(batch, length), counts_time=True)
    inputs = random_inputs(ir, batch, length, folder)
    for _ in range(_WARMUPS):
        ir.request.infer(inputs)
    rounds: list[dict[int, float]] = []
    prefix = ""
    for _ in range(_REPEATS):
        stop()
        ir.request.infer(inputs)
        timed = [(name, time_ms or 0.0) for name, time_ms in ir.node_times()]
        prefix = prefix or layer_prefix([name for name, _ in timed])
        rounds.append(_by_layer(timed, prefix))
    layers = sorted({layer for one in rounds for layer in one})
    medians = {layer: float(np.median([one.get(layer, 0.0) for one in rounds])) for layer in layers}
    if not any(medians.values()):
        raise not_timed(device)
    return [
        LayerTime(layer, "" if layer == OUTSIDE else f"{prefix}{layer}", medians[layer]) for layer in layers
    ]


class LayerOutputs:
    """An IR that tells the hidden states at the end of each layer.

    Raises:
        AppError: ``layers_unknown``, or as `CompiledIr`.
    """

    def __init__(self, folder: Path, device: str, precision: str) -> None:
        self.folder = folder
        self._count = 0
        self._ir = CompiledIr(folder, device, precision, prepare=self._add_outputs)

    @property
    def layers(self) -> int:
        """How many layers there are."""
        return self._count

    def hidden(self, sentence: Features) -> list[npt.NDArray[np.float32]]:
        """Return the hidden states of one sentence, (tokens, width), one array a layer."""
        self._ir.request.infer(self._ir.inputs([sentence]))
        first = len(self._ir.compiled.outputs) - self._count
        return [
            np.array(self._ir.request.get_output_tensor(first + place).data[0], dtype=np.float32)
            for place in range(self._count)
        ]

    def _add_outputs(self, network: Any) -> None:
        ends = _layer_ends(network)
        self._count = len(ends)
        network.add_outputs([op.output(0) for op in ends])


def layer_errors(
    reference: LayerOutputs,
    other: LayerOutputs,
    sentences: Sequence[Features],
    stop: Callable[[], None] = go_on,
) -> list[float]:
    """Return ‖other − reference‖ / ‖reference‖ over all tokens of ``sentences``, one value a layer.

    Raises:
        AppError: ``layers_unlike`` where there are other layers, or ones of another width.
    """
    if reference.layers != other.layers:
        raise AppError(
            "layers_unlike",
            f"It has {other.layers} layers, the reference {reference.layers}.",
            "Compare models of the same depth.",
        )
    apart = np.zeros(reference.layers)
    whole = np.zeros(reference.layers)
    for sentence in sentences:
        stop()
        for layer, (ours, theirs) in enumerate(
            zip(reference.hidden(sentence), other.hidden(sentence), strict=True)
        ):
            if ours.shape != theirs.shape:
                raise AppError(
                    "layers_unlike",
                    f"Its hidden states are {theirs.shape[-1]} wide, those of the reference "
                    f"{ours.shape[-1]}.",
                    "Compare models of the same width.",
                )
            apart[layer] += float(np.square(theirs - ours).sum())
            whole[layer] += float(np.square(ours).sum())
    return [math.sqrt(a / w) if w else 0.0 for a, w in zip(apart, whole, strict=True)]


def layer_prefix(names: Sequence[str]) -> str:
    """Return the path before the layer's number that most nodes share: ``bert.encoder.layer.``.

    Raises:
        AppError: ``layers_unknown``.
    """
    counts = Counter(found["path"] for name in names if (found := _IN_LAYER.match(name)))
    if not counts:
        raise AppError(
            "layers_unknown",
            "The names of its nodes do not tell which layer they belong to.",
            "Import it from its Hugging Face folder rather than as an IR.",
        )
    return counts.most_common(1)[0][0]


def _layer_of(name: str, prefix: str) -> int:
    found = _IN_LAYER.match(name)
    return int(found["index"]) if found is not None and found["path"] == prefix else OUTSIDE


def _by_layer(timed: Sequence[tuple[str, float]], prefix: str) -> dict[int, float]:
    sums: dict[int, float] = {}
    waiting = 0.0
    for name, time_ms in timed:
        if not name.startswith(_NAMED):
            waiting += time_ms
            continue
        layer = _layer_of(name, prefix)
        sums[layer] = sums.get(layer, 0.0) + waiting + time_ms
        waiting = 0.0
    sums[OUTSIDE] = sums.get(OUTSIDE, 0.0) + waiting
    return sums


def _layer_ends(network: Any) -> list[Any]:
    """Return the last node of each layer that carries hidden states (batch, length, width)."""
    ops = list(network.get_ordered_ops())
    prefix = layer_prefix([str(op.get_friendly_name()) for op in ops])
    ends: dict[int, Any] = {}
    for op in ops:
        layer = _layer_of(str(op.get_friendly_name()), prefix)
        if layer == OUTSIDE or op.get_type_name() in _NEVER_ENDS:
            continue
        if op.get_output_element_type(0).is_real() and op.get_output_partial_shape(0).rank == _HIDDEN_RANK:
            ends[layer] = op
    return [ends[layer] for layer in sorted(ends)]
