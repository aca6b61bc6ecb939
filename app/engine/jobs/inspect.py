"""List a model's layers: parameters, sparsity, heads kept, stored precision, executed kernel."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from app.domain.execution import ExecutedNode, Execution
from app.domain.job import InspectSpec
from app.domain.model import IR_FOLDER
from app.domain.structure import LayerStructure, MatrixSparsity
from app.engine.context import JobContext
from app.engine.execution import read_execution
from app.engine.inspection import executed_products
from app.engine.matrices import OUTSIDE, list_matrices, read_model_record
from app.engine.measuring import append_measurements, measurement
from app.engine.openvino_runtime import require_ir
from app.engine.tokenizing import longest_input

_LENGTH: Final = 128


def run(spec: InspectSpec, context: JobContext) -> dict[str, object]:
    """Inspect the IR and, where there is one, the checkpoint.

    Raises:
        AppError: As `CompiledIr` and `list_matrices`.
    """
    folder = Path(spec.model.folder)
    ir = require_ir(folder / IR_FOLDER)
    context.stage("inspect", 0, 1)
    rows = list_matrices(folder)
    shape = (1, min(_LENGTH, longest_input(ir)))
    execution = read_execution(
        ir, device=spec.device, precision=spec.precision, shape=shape, stop=context.check
    )
    products = executed_products(execution.nodes)
    common: dict[str, object] = {
        "model_id": spec.model.id,
        "device": spec.device,
        "precision": spec.precision,
        "executed_precision": execution.float_precision,
        "shape": list(shape),
        **_execution_figures(execution),
    }
    structure = read_model_record(folder).structure
    if structure is None:
        return common | {
            "parameters": None,
            "linear_sparsity": None,
            "heads_kept": None,
            "layers": [],
            "matrices": [_matrix_figures(row, products) for row in rows],
            "nodes": _node_figures(execution),
        }
    sparsity = linear_sparsity(rows)
    entries = [
        measurement(spec.model.id, metric, value, "1", subject="torch", run_id=spec.run_id)
        for metric, value in (("linear_sparsity", sparsity), ("parameters", structure.parameters))
        if value is not None
    ]
    append_measurements(folder, entries)
    for entry in entries:
        context.measured(entry)
    return common | {
        "parameters": structure.parameters,
        "linear_sparsity": sparsity,
        "heads_kept": [list(heads) for heads in structure.heads_kept],
        "layers": [
            _layer_figures(layer, [row for row in rows if row.layer == index], products)
            for index, layer in enumerate(structure.layers)
        ],
        "matrices": [_matrix_figures(row, products) for row in rows],
        "nodes": _node_figures(execution),
    }


def linear_sparsity(rows: Sequence[MatrixSparsity]) -> float | None:
    """Return the share of the layers' linear weights that is gone: sliced away, or an exact zero."""
    inside = [row for row in rows if row.layer != OUTSIDE]
    before = sum(_product(row.original_shape) for row in inside)
    left = sum(row.parameters - row.zeros for row in inside)
    return 1 - left / before if before else None


def _execution_figures(execution: Execution) -> dict[str, object]:
    """Return what ran in which precision; what was not measured is null."""
    return {
        "products_in": {one.group: one.share for one in execution.product_shares()} or None,
        "time_in": {one.group: one.share for one in execution.time_shares()} or None,
        "products_fallen_back": sum(node.has_fallen_back for node in execution.nodes),
        "requests": execution.requests,
    }


def _node_figures(execution: Execution) -> list[dict[str, object]]:
    return [
        {
            "name": node.title,
            "type": node.kind,
            "executed_precision": node.executed_in,
            "runtime_precision": node.precision,
            "kernel": node.kernel,
            "shape": list(node.shape),
            "time_ms": node.time_ms,
            "macs": node.macs,
            "quantization": node.quantization.value,
        }
        for node in execution.nodes
    ]


def _matrix_figures(row: MatrixSparsity, products: dict[str, ExecutedNode]) -> dict[str, object]:
    node = products.get(row.name)
    return {
        **msgspec.to_builtins(row),
        "parameters": row.parameters,
        "sparsity": row.zeros / row.parameters if row.parameters else None,
        "kernel": None if node is None else node.kernel,
        "executed_precision": None if node is None else node.executed_in,
    }


def _layer_figures(
    layer: LayerStructure, rows: list[MatrixSparsity], products: dict[str, ExecutedNode]
) -> dict[str, object]:
    nodes = [products[row.name] for row in rows if row.name in products]
    return {
        "name": layer.name,
        "parameters": layer.attention_parameters + layer.ffn_parameters + layer.other_parameters,
        "attention_parameters": layer.attention_parameters,
        "ffn_parameters": layer.ffn_parameters,
        "heads_kept": list(layer.heads_kept),
        "heads_total": layer.heads_total,
        "neurons_kept": layer.neuron_count,
        "neurons_total": layer.neurons_total,
        "sparsity": linear_sparsity(rows),
        "precision": ", ".join(sorted({row.precision for row in rows})),
        "kernel": ", ".join(sorted({node.kernel for node in nodes})) or None,
        "executed_precision": ", ".join(sorted({node.executed_in for node in nodes})) or None,
    }


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product
