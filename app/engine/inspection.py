"""What an IR is made of: its weight matrices, how they are stored, and the kernels that run them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.errors import AppError
from app.domain.execution import ExecutedNode
from app.engine.export import MODEL_XML, refuse_telemetry
from app.engine.openvino_runtime import number_type, require_ir

_MODULE: Final = re.compile(r"__module\.(?P<name>[\w.]+)/")
_LINEAR: Final = re.compile(r"__module\.(?P<name>[\w.]+)/aten::linear/(?:MatMul|Add)$")
_WEIGHT_PORTS: Final = {"MatMul": 1, "Gather": 0}
"""Where a linear layer and an embedding table take their weights."""
_PASSING: Final = frozenset({"Convert", "Multiply", "Subtract", "Reshape", "Transpose", "FakeQuantize"})
"""What stands between a stored weight and the product that it enters."""
_MULTIPLYING: Final = frozenset({"FullyConnected", "MatMul"})


@dataclass(frozen=True)
class StoredMatrix:
    """A weight matrix as the IR stores it."""

    module: str
    """Path of the PyTorch module it came from."""
    shape: tuple[int, ...]
    precision: str
    """f32, f16, bf16, i8 or u8."""
    zeros: int


def stored_matrices(folder: Path) -> dict[str, StoredMatrix]:
    """Return the weights of linear layers and embedding tables, by the path of their module.

    Raises:
        AppError: ``ir_missing``.
    """
    found: dict[str, StoredMatrix] = {}
    for module, constant in _weights(folder):
        values = constant.get_data()
        found[module] = StoredMatrix(
            module=module,
            shape=tuple(int(size) for size in values.shape),
            precision=number_type(constant.get_element_type()),
            zeros=int(values.size - np.count_nonzero(values)),
        )
    return found


def stored_values(folder: Path, module: str) -> npt.NDArray[Any]:
    """Return the weight of a module as the IR stores it, (rows, columns); of INT8, the whole numbers.

    Raises:
        AppError: ``ir_missing`` or ``matrix_unknown``.
    """
    for name, constant in _weights(folder):
        if name == module:
            values: npt.NDArray[Any] = np.array(constant.get_data())
            return values
    raise unknown_matrix(module)


def unknown_matrix(module: str) -> AppError:
    """Return the error for a matrix that a model does not have."""
    return AppError(
        "matrix_unknown",
        f"The model has no weight matrix {module}.",
        "Choose one from the table of matrices.",
    )


def _weights(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield each module with a weight matrix, and the constant that holds it."""
    refuse_telemetry()
    openvino: Any = import_module("openvino")
    network = openvino.Core().read_model(require_ir(folder) / MODEL_XML)
    for op in network.get_ops():
        origin = _MODULE.match(str(op.get_friendly_name()))
        port = _WEIGHT_PORTS.get(op.get_type_name())
        if port is None or origin is None:
            continue
        constant = _constant_behind(op.input_value(port).get_node())
        if constant is not None and len(constant.get_output_shape(0)) == 2:
            yield origin["name"], constant


def executed_products(nodes: Iterable[ExecutedNode]) -> dict[str, ExecutedNode]:
    """Return the executed nodes of linear layers, by the path of the module they came from.

    A node is named after the last of the nodes that were fused into it, often the bias.
    """
    found: dict[str, ExecutedNode] = {}
    for node in nodes:
        if node.kind not in _MULTIPLYING:
            continue
        for origin in node.origins:
            module = _LINEAR.match(origin)
            if module is not None:
                found[module["name"]] = node
    return found


def _constant_behind(node: Any) -> Any | None:
    """Follow a weight from where it is used to where it is stored; None for an activation."""
    while node.get_type_name() in _PASSING:
        node = node.input_value(0).get_node()
    return node if node.get_type_name() == "Constant" else None
