"""List a model's layers: parameters, sparsity, heads kept, stored precision, executed kernel."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.job import InspectSpec
from app.domain.model import IR_FOLDER, TORCH_FOLDER
from app.domain.structure import LayerStructure, MatrixSparsity, ModelStructure
from app.engine.context import JobContext
from app.engine.inspection import StoredMatrix, executed_products, stored_matrices
from app.engine.measuring import append_measurements, measurement
from app.engine.openvino_runtime import CompiledIr, ExecutedNode, require_ir
from app.engine.tokenizing import longest_input

_LENGTH: Final = 128
_OUTSIDE: Final = -1


def run(spec: InspectSpec, context: JobContext) -> dict[str, object]:
    """Inspect the IR and, where there is one, the checkpoint.

    Raises:
        AppError: As `CompiledIr` and `load_model`.
    """
    folder = Path(spec.model.folder)
    ir = require_ir(folder / IR_FOLDER)
    context.stage("inspect", 0, 1)
    stored = stored_matrices(ir)
    shape = (1, min(_LENGTH, longest_input(ir)))
    compiled = CompiledIr(ir, spec.device, spec.precision, shape=shape)
    products = executed_products(compiled)
    context.check()
    common: dict[str, object] = {
        "model_id": spec.model.id,
        "device": spec.device,
        "precision": spec.precision,
        "executed_precision": compiled.executed_precision(),
        "shape": list(shape),
    }
    if not (folder / TORCH_FOLDER).is_dir():
        rows = [_row_of_ir(matrix) for matrix in stored.values()]
        return common | {
            "parameters": None,
            "linear_sparsity": None,
            "heads_kept": None,
            "layers": [],
            "matrices": [_matrix_figures(row, products) for row in rows],
        }
    structure, rows = _checkpoint(folder / TORCH_FOLDER, stored)
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
    }


def linear_sparsity(rows: Sequence[MatrixSparsity]) -> float | None:
    """Return the share of the layers' linear weights that is gone: sliced away, or an exact zero."""
    inside = [row for row in rows if row.layer != _OUTSIDE]
    before = sum(_product(row.original_shape) for row in inside)
    left = sum(row.parameters - row.zeros for row in inside)
    return 1 - left / before if before else None


def _checkpoint(folder: Path, stored: dict[str, StoredMatrix]) -> tuple[ModelStructure, list[MatrixSparsity]]:
    import torch

    from app.engine.families import family_of
    from app.engine.families.base import structure
    from app.engine.model_folder import load_model

    loaded, kept = load_model(folder)
    model: Any = loaded
    config: Any = model.config
    family = family_of(config)
    rows: list[MatrixSparsity] = []
    inside: set[str] = set()
    hidden = int(config.hidden_size)
    for index, (layer, left) in enumerate(zip(family.layers(model), kept, strict=True)):
        width = left.heads_total * layer.head_dim
        heads = len(left.heads) * layer.head_dim
        neurons = len(left.neurons)
        places = (
            ("query", layer.query, (heads, hidden), (width, hidden)),
            ("key", layer.key, (heads, hidden), (width, hidden)),
            ("value", layer.value, (heads, hidden), (width, hidden)),
            ("attention_output", layer.attention_output, (hidden, heads), (hidden, width)),
            ("ffn_in", layer.ffn_in, (neurons, hidden), (left.neurons_total, hidden)),
            ("ffn_out", layer.ffn_out, (hidden, neurons), (hidden, left.neurons_total)),
        )
        for role, name, shape, original in places:
            inside.add(name)
            # An emptied branch has no weight any more.
            zeros = 0 if 0 in shape else _zeros(model.get_submodule(name))
            precision = _precision(stored, name)
            rows.append(MatrixSparsity(name, index, role, shape, original, zeros, precision))
    for name, module in model.named_modules():
        if name in inside or not isinstance(module, torch.nn.Linear | torch.nn.Embedding):
            continue
        role = "embedding" if isinstance(module, torch.nn.Embedding) else "other"
        shape = tuple(module.weight.shape)
        precision = _precision(stored, name)
        rows.append(MatrixSparsity(name, _OUTSIDE, role, shape, shape, _zeros(module), precision))
    return structure(model, family, kept), rows


def _zeros(module: Any) -> int:
    weight = module.weight
    return int(weight.numel() - weight.count_nonzero())


def _precision(stored: dict[str, StoredMatrix], name: str) -> str:
    return stored[name].precision if name in stored else "f32"


def _row_of_ir(matrix: StoredMatrix) -> MatrixSparsity:
    return MatrixSparsity(
        matrix.module, _OUTSIDE, "other", matrix.shape, matrix.shape, matrix.zeros, matrix.precision
    )


def _matrix_figures(row: MatrixSparsity, products: dict[str, ExecutedNode]) -> dict[str, object]:
    node = products.get(row.name)
    return {
        **msgspec.to_builtins(row),
        "parameters": row.parameters,
        "sparsity": row.zeros / row.parameters if row.parameters else None,
        "kernel": None if node is None else node.kernel,
        "executed_precision": None if node is None else node.precision,
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
        "neurons_kept": len(layer.neurons_kept),
        "neurons_total": layer.neurons_total,
        "sparsity": linear_sparsity(rows),
        "precision": ", ".join(sorted({row.precision for row in rows})),
        "kernel": ", ".join(sorted({node.kernel for node in nodes})) or None,
        "executed_precision": ", ".join(sorted({node.precision for node in nodes})) or None,
    }


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product
