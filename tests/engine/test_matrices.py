"""Weight matrices read from the files of tiny models: whole, pruned, emptied, and a bare IR."""

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from app.domain.errors import AppError
from app.domain.model import IR_FOLDER, RECORD_FILE, TORCH_FOLDER
from app.domain.question import MatrixPart
from app.engine.families.base import LayerKept, structure
from app.engine.families.bert import BERT
from app.engine.families.slicing import slice_model
from app.engine.matrices import list_matrices, read_matrix, read_model_record
from app.engine.model_folder import WEIGHTS, load_model, save_model
from tests.engine.imported import hugging_face_folder, import_folder
from tests.engine.tiny import tiny_tokenizer

QUERY = "bert.encoder.layer.0.attention.self.query"
OUTPUT = "bert.encoder.layer.0.attention.output.dense"
FFN_OUT = "bert.encoder.layer.0.output.dense"
MOST = (128, 192)
KEPT = (
    LayerKept(4, (0, 2), 96, tuple(range(0, 96, 3))),
    LayerKept(4, (), 96, ()),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole model of 2 layers of 4 heads of 16, hidden size 64, 96 neurons."""
    folder = tmp_path_factory.mktemp("matrices")
    return import_folder(hugging_face_folder(folder / "source"), folder / "workspace")


@pytest.fixture(scope="module")
def pruned(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without half the heads of one layer, and with nothing left in the other."""
    folder = tmp_path_factory.mktemp("pruned") / "m2"
    shutil.copytree(model, folder)
    network, _ = load_model(model / TORCH_FOLDER)
    slice_model(network, BERT, KEPT)
    save_model(network, tiny_tokenizer(), folder / TORCH_FOLDER, KEPT)
    record = msgspec.structs.replace(read_model_record(model), structure=structure(network, BERT, KEPT))
    (folder / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    return folder


@pytest.fixture
def copy(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "copy"))


def grid(part: MatrixPart, field: str = "magnitudes") -> np.ndarray:
    return np.frombuffer(getattr(part, field), "<f2").astype(np.float32).reshape(part.grid)


def weight(folder: Path, name: str) -> np.ndarray:
    return load_file(folder / TORCH_FOLDER / WEIGHTS)[f"{name}.weight"].float().numpy()


def spoil(folder: Path, name: str, change: object) -> None:
    path = folder / TORCH_FOLDER / WEIGHTS
    tensors = load_file(path)
    tensors[f"{name}.weight"] = change(tensors[f"{name}.weight"])
    save_file(tensors, path)


def test_a_whole_model_lists_its_matrices_by_layer_and_role(model: Path) -> None:
    rows = list_matrices(model)
    assert [row.role for row in rows if row.layer == 1] == [
        "query",
        "key",
        "value",
        "attention_output",
        "ffn_in",
        "ffn_out",
    ]
    assert all(row.shape == row.original_shape for row in rows)
    assert {row.name for row in rows if row.layer == -1} >= {"bert.pooler.dense", "classifier"}
    assert sum(row.role == "embedding" for row in rows) == 3


def test_zeros_are_counted_exactly(copy: Path) -> None:
    def blank(tensor: torch.Tensor) -> torch.Tensor:
        tensor = tensor.clone()
        tensor[:5, :7] = 0
        return tensor

    spoil(copy, QUERY, blank)
    assert next(row for row in list_matrices(copy) if row.name == QUERY).zeros == 35


def test_what_pruning_removed_is_told_by_the_original_shape(pruned: Path) -> None:
    rows = {row.name: row for row in list_matrices(pruned)}
    assert (rows[QUERY].shape, rows[QUERY].original_shape) == ((32, 64), (64, 64))
    assert (rows[OUTPUT].shape, rows[OUTPUT].original_shape) == ((64, 32), (64, 64))
    assert (rows[FFN_OUT].shape, rows[FFN_OUT].original_shape) == ((64, 32), (64, 96))
    gone = rows[QUERY.replace("layer.0", "layer.1")]
    assert (gone.shape, gone.original_shape, gone.zeros) == ((0, 64), (64, 64), 0)


def test_a_small_matrix_comes_element_by_element(model: Path) -> None:
    part = read_matrix(model, QUERY, (0, 0), (0, 0), MOST)
    assert (part.shape, part.rows, part.columns, part.cell) == ((64, 64), (0, 64), (0, 64), (1, 1))
    assert np.allclose(grid(part, "values"), weight(model, QUERY), rtol=2e-3, atol=1e-6)
    assert set(part.rows_kept) == set(part.columns_kept) == {1.0}


def test_cells_hold_the_mean_of_what_is_in_them_also_at_the_edge(model: Path) -> None:
    part = read_matrix(model, QUERY, (0, 0), (0, 0), (13, 9))
    assert part.cell == (5, 8)
    assert part.grid == (13, 8)
    magnitudes = np.abs(weight(model, QUERY))
    assert grid(part)[0, 0] == pytest.approx(magnitudes[:5, :8].mean(), rel=2e-3)
    assert grid(part)[12, 7] == pytest.approx(magnitudes[60:, 56:].mean(), rel=2e-3)
    assert part.values == b""


def test_removed_heads_are_rows_without_anything_left(pruned: Path) -> None:
    part = read_matrix(pruned, QUERY, (0, 0), (0, 0), MOST)
    assert part.rows_kept == (1.0,) * 16 + (0.0,) * 16 + (1.0,) * 16 + (0.0,) * 16
    values = grid(part, "values")
    assert np.allclose(values[32:48], weight(pruned, QUERY)[16:], rtol=2e-3, atol=1e-6)
    assert not values[16:32].any()
    assert not grid(part, "zeros")[16:32].any()


def test_removed_neurons_are_columns_and_share_their_cells(pruned: Path) -> None:
    fine = read_matrix(pruned, FFN_OUT, (0, 0), (0, 0), MOST)
    assert fine.columns_kept[:4] == (1.0, 0.0, 0.0, 1.0)
    coarse = read_matrix(pruned, FFN_OUT, (0, 0), (0, 0), (64, 24))
    assert coarse.cell == (1, 4)
    assert coarse.columns_kept[:3] == (0.5, 0.25, 0.25)
    assert grid(coarse)[0, 1] == pytest.approx(abs(weight(pruned, FFN_OUT)[0, 2]), rel=2e-3)


def test_a_part_is_cut_where_it_was_asked_for(pruned: Path) -> None:
    part = read_matrix(pruned, QUERY, (10, 40), (3, 9), MOST)
    assert (part.rows, part.columns, part.grid) == ((10, 40), (3, 9), (30, 6))
    assert np.allclose(grid(part, "values")[:6], weight(pruned, QUERY)[10:16, 3:9], rtol=2e-3, atol=1e-6)


def test_what_lies_outside_of_the_matrix_is_left_out(model: Path) -> None:
    part = read_matrix(model, QUERY, (-5, 900), (60, 70), MOST)
    assert (part.rows, part.columns) == ((0, 64), (60, 64))


def test_an_emptied_branch_has_nothing_left(pruned: Path) -> None:
    part = read_matrix(pruned, QUERY.replace("layer.0", "layer.1"), (0, 0), (0, 0), MOST)
    assert part.shape == (64, 64)
    assert set(part.rows_kept) == {0.0}


def test_bfloat16_weights_are_read_too(copy: Path) -> None:
    spoil(copy, QUERY, lambda tensor: tensor.to(torch.bfloat16))
    part = read_matrix(copy, QUERY, (0, 0), (0, 0), MOST)
    assert np.allclose(grid(part, "values"), weight(copy, QUERY), rtol=2e-3, atol=1e-6)
    assert next(row for row in list_matrices(copy) if row.name == QUERY).zeros == 0


def test_a_bare_ir_is_read_from_its_constants(copy: Path, model: Path) -> None:
    shutil.rmtree(copy / TORCH_FOLDER)
    record = msgspec.structs.replace(read_model_record(copy), structure=None, has_checkpoint=False)
    (copy / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    assert QUERY in {row.name for row in list_matrices(copy)}
    part = read_matrix(copy, QUERY, (0, 0), (0, 0), MOST)
    assert np.allclose(grid(part, "values"), weight(model, QUERY), rtol=1e-2, atol=1e-4)


@pytest.mark.parametrize("has_checkpoint", [True, False])
def test_an_unknown_matrix_is_refused(copy: Path, has_checkpoint: bool) -> None:
    if not has_checkpoint:
        shutil.rmtree(copy / TORCH_FOLDER)
    with pytest.raises(AppError) as caught:
        read_matrix(copy, "bert.nothing", (0, 0), (0, 0), MOST)
    assert caught.value.problem.code == "matrix_unknown"


def test_truncated_weights_are_told(copy: Path) -> None:
    path = copy / TORCH_FOLDER / WEIGHTS
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(AppError) as caught:
        list_matrices(copy)
    assert caught.value.problem.code == "weights_broken"


def test_a_record_that_does_not_fit_the_weights_is_told(pruned: Path, model: Path, tmp_path: Path) -> None:
    mixed = Path(shutil.copytree(pruned, tmp_path / "mixed"))
    shutil.copy(model / TORCH_FOLDER / WEIGHTS, mixed / TORCH_FOLDER / WEIGHTS)
    with pytest.raises(AppError) as caught:
        list_matrices(mixed)
    assert caught.value.problem.code == "weights_broken"


def test_a_model_without_ir_is_told(copy: Path) -> None:
    shutil.rmtree(copy / IR_FOLDER)
    with pytest.raises(AppError) as caught:
        list_matrices(copy)
    assert caught.value.problem.code == "ir_missing"


def test_looking_into_weights_needs_no_torch() -> None:
    check = "import sys; sys.exit(bool({'torch', 'transformers', 'nncf', 'optimum'} & set(sys.modules)))"
    code = f"from app.engine.jobs import session, inspect; import app.engine.matrices; {check}"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
