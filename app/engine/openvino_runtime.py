"""OpenVINO itself: an IR compiled for a device at a stated precision, and the kernels it really runs."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.device import Device
from app.domain.errors import AppError
from app.domain.execution import ExecutedNode
from app.engine.export import MODEL_XML, refuse_telemetry

Features = Mapping[str, Sequence[int]]
"""Token ids of one sentence by input name: ``input_ids``, ``attention_mask``, ``token_type_ids``."""

FLOAT_PRECISIONS: Final = ("f32", "bf16", "f16")

_SENTENCES_A_REQUEST: Final = 16
_LENGTH_STEP: Final = 8
"""Lengths are padded to multiples of it: every new shape costs the CPU plugin a preparation."""
_MOVING_NODES: Final = frozenset({"Const", "Convert", "Input", "Output", "Reorder", "Reshape", "Transpose"})
_NUMBER_TYPES: Final = {
    "float32": "f32",
    "bfloat16": "bf16",
    "float16": "f16",
    "int8_t": "i8",
    "uint8_t": "u8",
}
_STORED: Final = {"FP32": ("f32",), "FP16": ("f16", "bf16"), "INT8": ("i8", "u8")}


def go_on() -> None:
    """Stop nothing: the stop hook of a caller that cannot be cancelled."""


def keep_quiet(_done: int, _total: int) -> None:
    """Tell nobody: the progress hook of a caller that shows none."""


class CompiledIr:
    """A network ready to run, at a precision that was asked for and not left to the plugin.

    Args:
        folder: Holds ``openvino_model.xml``.
        device: CPU, GPU, GPU.1, NPU.
        precision: f32, bf16 or f16; without it a CPU with BF16 runs an FP32 network in bf16.
        hint: latency or throughput.
        streams: Number of parallel streams; None leaves it to the hint.
        shape: Batch and length to fix; None keeps the shapes dynamic.
        prepare: Called with the network that was read, before it is compiled.
        counts_time: Whether each request takes the time of its nodes, which makes it slower.

    Raises:
        AppError: ``ir_missing``, ``ir_broken``, ``device_missing``, ``precision_unsupported``,
            ``shape_unsupported`` or ``compile_failed``.
    """

    def __init__(
        self,
        folder: Path,
        device: str = "CPU",
        precision: str = "f32",
        hint: str = "latency",
        streams: int | None = None,
        *,
        shape: tuple[int, int] | None = None,
        prepare: Callable[[Any], None] | None = None,
        counts_time: bool = False,
    ) -> None:
        self.hint = hint
        self.shape = shape
        started = time.perf_counter()
        self._core = core = _core()
        _require_device(core, device)
        network = _read(core, folder)
        if shape is not None:
            _fix_shape(network, shape)
        if prepare is not None:
            prepare(network)
        self.compiled: Any = _compile(core, network, device, precision, hint, streams, counts_time)
        self.request: Any = self.compiled.create_infer_request()
        self.load_ms = (time.perf_counter() - started) * 1000
        """Milliseconds to read, compile and be ready for the first request."""
        self.device = device
        self.input_names: tuple[str, ...] = tuple(port.any_name for port in self.compiled.inputs)
        self.streams: int | None = _property(self.compiled, "NUM_STREAMS")
        self.precision_hint = number_type(_property(self.compiled, "INFERENCE_PRECISION_HINT"))

    def run(
        self,
        sentences: Sequence[Features],
        *,
        stop: Callable[[], None] = go_on,
        progress: Callable[[int, int], None] = keep_quiet,
    ) -> npt.NDArray[np.float32]:
        """Return the logits, (sentences, classes), in the order given.

        Args:
            sentences: Not padded; short ones are run together, each padded to its group's longest.
            stop: Called before each request; what it raises ends the run.
            progress: Called with sentences done and in all after each request.
        """
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]["input_ids"]))
        logits: npt.NDArray[np.float32] | None = None
        for start in range(0, len(order), _SENTENCES_A_REQUEST):
            stop()
            chosen = order[start : start + _SENTENCES_A_REQUEST]
            answer = self.infer(self.inputs([sentences[index] for index in chosen]))
            if logits is None:
                logits = np.empty((len(sentences), answer.shape[-1]), dtype=np.float32)
            logits[chosen] = answer
            progress(start + len(chosen), len(order))
        return np.empty((0, 0), dtype=np.float32) if logits is None else logits

    def inputs(self, batch: Sequence[Features]) -> dict[str, npt.NDArray[np.int64]]:
        """Return ``batch`` as padded arrays (sentences, length) for each of the network's inputs."""
        longest = max(len(features["input_ids"]) for features in batch)
        width = longest if len(batch) == 1 else -(-longest // _LENGTH_STEP) * _LENGTH_STEP
        arrays: dict[str, npt.NDArray[np.int64]] = {}
        for name in self.input_names:
            array = np.zeros((len(batch), width), dtype=np.int64)
            for row, features in enumerate(batch):
                # Padding is id 0 under mask 0: whatever it is, the network does not look at it.
                values = features.get(name, ())
                array[row, : len(values)] = values
            arrays[name] = array
        return arrays

    def infer(self, inputs: Mapping[str, npt.NDArray[np.int64]]) -> npt.NDArray[np.float32]:
        """Run one request and return a copy of the first output."""
        return np.array(next(iter(self.request.infer(dict(inputs)).values())), dtype=np.float32)

    def executed_nodes(self) -> list[ExecutedNode]:
        """Return the nodes of the graph that the device really runs."""
        nodes: list[ExecutedNode] = []
        for op in self.compiled.get_runtime_model().get_ordered_ops():
            info: Any = op.get_rt_info()
            origins = _text(info, "originalLayersNames")
            nodes.append(
                ExecutedNode(
                    name=str(op.get_friendly_name()),
                    kind=_text(info, "layerType"),
                    kernel=_text(info, "primitiveType"),
                    precision=_text(info, "runtimePrecision"),
                    origins=tuple(origins.split(",")) if origins else (),
                    inputs=_input_types(op),
                    shape=_output_shape(op),
                )
            )
        return nodes

    def node_times(self) -> list[tuple[str, float | None]]:
        """Return each node with its time in ms in the last request, None where it did not run, in order.

        Raises:
            AppError: ``layers_not_timed`` where the device does not count, or was not asked to.
        """
        try:
            return [
                (str(one.node_name), one.real_time.total_seconds() * 1000 if _has_run(one) else None)
                for one in self.request.profiling_info
            ]
        except RuntimeError as error:
            raise not_timed(self.device) from error

    def compiled_property(self, name: str) -> Any:
        """Return a property of the compiled network, None where the device has no such."""
        return _property(self.compiled, name)

    def device_property(self, name: str) -> Any:
        """Return a property of the device, None where it has no such."""
        return _device_property(self._core, self.device, name)

    def executed_precision(self) -> str:
        """Return the floating-point precision in which most nodes run, INT8 ones not counted.

        The hint that the compiled network reports is what was asked for; a CPU without f16
        reports f16 all the same.
        """
        counts = Counter(
            node.precision
            for node in self.executed_nodes()
            if node.precision in FLOAT_PRECISIONS and node.kind not in _MOVING_NODES
        )
        return counts.most_common(1)[0][0] if counts else self.precision_hint


def require_ir(folder: Path) -> Path:
    """Return ``folder`` if it holds an IR.

    Raises:
        AppError: ``ir_missing``.
    """
    if not (folder / MODEL_XML).is_file():
        raise AppError(
            "ir_missing", f"There is no OpenVINO model in {folder}.", "Import the model again to make one."
        )
    return folder


def stored_precision(folder: Path) -> str:
    """Return how most of an IR's weights are stored: FP32, FP16 or INT8.

    Raises:
        AppError: ``ir_missing`` or ``ir_broken``.
    """
    sizes: Counter[str] = Counter()
    for op in _read(_core(), folder).get_ops():
        if op.get_type_name() == "Constant":
            sizes[number_type(op.get_element_type())] += int(np.prod(list(op.get_output_shape(0))))
    return max(_STORED, key=lambda name: sum(sizes[kind] for kind in _STORED[name]))


def available_devices() -> tuple[str, ...]:
    """Return what OpenVINO finds here, as ``CPU``, ``GPU.0``, ``NPU``."""
    return tuple(_core().available_devices)


def described_devices() -> tuple[Device, ...]:
    """Return what OpenVINO finds here, each device with its name and what it can do."""
    core = _core()
    return tuple(
        Device(
            name,
            str(_device_property(core, name, "FULL_DEVICE_NAME") or ""),
            tuple(map(str, _device_property(core, name, "OPTIMIZATION_CAPABILITIES") or ())),
        )
        for name in core.available_devices
    )


def _device_property(core: Any, device: str, name: str) -> Any:
    try:
        return core.get_property(device, name)
    except RuntimeError:
        return None


def _core() -> Any:
    refuse_telemetry()
    return import_module("openvino").Core()


def _require_device(core: Any, device: str) -> None:
    there: list[str] = list(core.available_devices)
    # "GPU" stands for the first of GPU.0, GPU.1 …
    if device not in there and not any(name.startswith(f"{device}.") for name in there):
        raise AppError(
            "device_missing",
            f"OpenVINO finds no device {device}; it finds {', '.join(there) or 'none'}.",
            "Choose one of these, or install the device's driver.",
        )


def _read(core: Any, folder: Path) -> Any:
    try:
        return core.read_model(require_ir(folder) / MODEL_XML)
    except RuntimeError as error:
        raise AppError(
            "ir_broken",
            f"The OpenVINO model in {folder} cannot be read.",
            "Import or export the model again.",
            str(error),
        ) from error


def _fix_shape(network: Any, shape: tuple[int, int]) -> None:
    try:
        network.reshape({port.any_name: list(shape) for port in network.inputs})
    except RuntimeError as error:
        raise AppError(
            "shape_unsupported",
            f"The model does not take {shape[0]} × {shape[1]} tokens.",
            "Choose a length of at most the model's positions, 512 for most BERTs.",
            str(error),
        ) from error


def _compile(
    core: Any,
    network: Any,
    device: str,
    precision: str,
    hint: str,
    streams: int | None,
    counts_time: bool,  # noqa: FBT001 - a private function
) -> Any:
    if precision not in FLOAT_PRECISIONS:
        raise AppError(
            "precision_unsupported",
            f"{precision} is not a precision to run in.",
            f"Choose one of {', '.join(FLOAT_PRECISIONS)}.",
        )
    config: dict[str, str] = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": hint.upper()}
    if streams is not None:
        config["NUM_STREAMS"] = str(streams)
    if counts_time:
        config["PERF_COUNT"] = "YES"
    try:
        return core.compile_model(network, device, config)
    except RuntimeError as error:
        raise AppError(
            "compile_failed",
            f"The model cannot be compiled for {device} in {precision}.",
            "Choose another device or precision; the details say what the device refused.",
            str(error),
        ) from error


def _property(compiled: Any, name: str) -> Any:
    try:
        return compiled.get_property(name)
    except RuntimeError:
        # Not every device has every property.
        return None


def number_type(value: Any) -> str:
    """Return OpenVINO's name of an element type in short: f32, bf16, f16, i8, u8."""
    name = str(value.get_type_name()) if hasattr(value, "get_type_name") else str(value)
    return _NUMBER_TYPES.get(name, name)


def not_timed(device: str) -> AppError:
    """Return the error for a device that does not count the time of nodes."""
    return AppError(
        "layers_not_timed", f"{device} does not count the time of single nodes.", "Compare on the CPU."
    )


def _has_run(profile: Any) -> bool:
    return str(profile.status).rpartition(".")[2] == "EXECUTED"


def _input_types(op: Any) -> tuple[str, ...]:
    types = (number_type(port.get_source_output().get_element_type()) for port in op.inputs())
    # What is left out, such as a bias, is there as an input of no type.
    return tuple(name for name in types if name != "dynamic")


def _output_shape(op: Any) -> tuple[int, ...]:
    if not op.get_output_size() or op.get_output_partial_shape(0).is_dynamic:
        return ()
    return tuple(int(size) for size in op.get_output_shape(0))


def _text(info: Any, key: str) -> str:
    if key not in info:
        return ""
    value = info[key]
    return str(value.value if hasattr(value, "value") else value)
