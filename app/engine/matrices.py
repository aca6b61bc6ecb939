"""The weight matrices of a model, read from its files without a framework: their zeros, cell by cell.

A checkpoint is read slice by slice from its safetensors; a bare IR from its constants. Rows and
columns are counted as in the original, so that what was sliced away has its place.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from app.domain.errors import AppError
from app.domain.model import IR_FOLDER, RECORD_FILE, TORCH_FOLDER, ModelRecord
from app.domain.question import MatrixPart
from app.domain.structure import LayerStructure, MatrixSparsity
from app.engine.inspection import stored_matrices, stored_values, unknown_matrix
from app.engine.layer_parts import LAYER_PARTS

OUTSIDE: Final = -1
"""The layer of a matrix that belongs to none."""

_WEIGHT: Final = ".weight"
_HOOKS: Final = "__nncf_hooks"
_BY_HEADS: Final = frozenset({"query", "key", "value"})
_BAND_ELEMENTS: Final = 4_000_000
"""Elements that are looked at in one go."""

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Place:
    """A matrix with the rows and columns of the original that are left of it."""

    row: MatrixSparsity
    rows: Indices
    columns: Indices


def list_matrices(folder: Path) -> list[MatrixSparsity]:
    """Return every weight matrix of the model in ``folder``, layers first, in the order of execution.

    Raises:
        AppError: ``ir_missing``, ``weights_broken`` or ``record_broken``.
    """
    stored = stored_matrices(folder / IR_FOLDER)
    if not (folder / TORCH_FOLDER).is_dir():
        return [
            MatrixSparsity(each.module, OUTSIDE, "other", each.shape, each.shape, each.zeros, each.precision)
            for each in stored.values()
        ]
    rows: list[MatrixSparsity] = []
    with _opened(folder / TORCH_FOLDER) as tensors:
        for place in _places(read_model_record(folder), tensors):
            precision = stored[place.row.name].precision if place.row.name in stored else "f32"
            zeros = _zeros(tensors, place.row)
            rows.append(msgspec.structs.replace(place.row, zeros=zeros, precision=precision))
    return rows


def read_matrix(
    folder: Path, name: str, rows: tuple[int, int], columns: tuple[int, int], most: tuple[int, int]
) -> MatrixPart:
    """Return the zeros and magnitudes of a part of a matrix.

    Args:
        folder: The model's.
        name: Path of the module whose weight it is.
        rows: First row and the one after the last, as in the original; (0, 0): all.
        columns: Likewise.
        most: Rows and columns of cells that are wanted at most.

    Raises:
        AppError: ``matrix_unknown``, or as `list_matrices`.
    """
    if not (folder / TORCH_FOLDER).is_dir():
        values = stored_values(folder / IR_FOLDER, name)
        shape = (int(values.shape[0]), int(values.shape[1]))
        row = MatrixSparsity(name, OUTSIDE, "other", shape, shape, 0, "")
        place = _Place(row, np.arange(shape[0]), np.arange(shape[1]))
        return _part(place, values, rows, columns, most)
    with _opened(folder / TORCH_FOLDER) as tensors:
        found = next((p for p in _places(read_model_record(folder), tensors) if p.row.name == name), None)
        if found is None:
            raise unknown_matrix(name)
        source: Any = np.empty(found.row.shape, np.float32) if 0 in found.row.shape else tensors.lazy(name)
        return _part(found, source, rows, columns, most)


def read_model_record(folder: Path) -> ModelRecord:
    """Return what ``model.json`` says.

    Raises:
        AppError: ``record_broken``.
    """
    path = folder / RECORD_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=ModelRecord)
    except (OSError, msgspec.DecodeError) as error:
        raise AppError(
            "record_broken", f"{path} cannot be read: {error}.", "Import the model again, or make it again."
        ) from error


class _Tensors:
    """The matrices in the safetensors files of a folder, by the path of their module."""

    def __init__(self, files: dict[Path, Any]) -> None:
        self._where = {name: path for path, opened in files.items() for name in opened.keys()}  # noqa: SIM118
        self._files = files

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every matrix that is a weight of the network itself."""
        found: dict[str, tuple[int, ...]] = {}
        for name, path in self._where.items():
            if name.endswith(_WEIGHT) and _HOOKS not in name:
                shape = tuple(int(size) for size in self._files[path].get_slice(name).get_shape())
                if len(shape) == 2:
                    found[name.removesuffix(_WEIGHT)] = shape
        return found

    def lazy(self, module: str) -> Any:
        """Return the weight of a module, to be sliced by ``[rows, columns]``; only the slice is read."""
        name = module + _WEIGHT
        path = self._where[name]
        entry = self._files[path].get_slice(name)
        return _Halves(path, name) if entry.get_dtype() == "BF16" else entry


class _Halves:
    """A bfloat16 tensor, which numpy does not know: the upper halves of float32 numbers."""

    def __init__(self, path: Path, name: str) -> None:
        # The file was opened by the library before, which has checked sizes and offsets.
        with path.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            entry = json.loads(opened.read(length))[name]
        self._halves = np.memmap(
            path, "<u2", "r", 8 + length + int(entry["data_offsets"][0]), tuple(entry["shape"])
        )

    def __getitem__(self, part: tuple[slice, slice]) -> Floats:
        return (np.asarray(self._halves[part]).astype(np.uint32) << 16).view(np.float32)


@contextmanager
def _opened(folder: Path) -> Generator[_Tensors]:
    library: Any = import_module("safetensors")
    files: dict[Path, Any] = {}
    try:
        for path in sorted(folder.glob("*.safetensors")):
            files[path] = library.safe_open(path, framework="numpy")
        if not files:
            raise AppError(
                "weights_missing",
                f"{folder} holds no safetensors.",
                "Import the model again, or make it again.",
            )
        yield _Tensors(files)
    except (library.SafetensorError, OSError) as error:
        raise AppError(
            "weights_broken",
            f"The weights in {folder} cannot be read: {error}.",
            "Import the model again, or make it again.",
        ) from error


def _places(record: ModelRecord, tensors: _Tensors) -> list[_Place]:
    there = tensors.shapes()
    parts = LAYER_PARTS.get(record.family, {})
    places: list[_Place] = []
    for index, layer in enumerate(() if record.structure is None else record.structure.layers):
        for role, path in parts.items():
            name = f"{layer.name}.{path}"
            shape = there.pop(name, None)
            kept, total = _kept(layer, role)
            # An emptied branch has no weight any more.
            hidden = layer.head_dim * layer.heads_total
            along_rows = role in _BY_HEADS or role == "ffn_in"
            present = shape or ((0, hidden) if along_rows else (hidden, 0))
            if (present[0] if along_rows else present[1]) != len(kept):
                raise AppError(
                    "weights_broken",
                    f"{name} has the shape {list(present)}, the model's record another one.",
                    "Import the model again, or make it again.",
                )
            others = np.arange(present[1] if along_rows else present[0])
            original = (total, len(others)) if along_rows else (len(others), total)
            row = MatrixSparsity(name, index, role, present, original, 0, "")
            places.append(_Place(row, kept, others) if along_rows else _Place(row, others, kept))
    for name, shape in there.items():
        role = "embedding" if "embedding" in name else "other"
        row = MatrixSparsity(name, OUTSIDE, role, shape, shape, 0, "")
        places.append(_Place(row, np.arange(shape[0]), np.arange(shape[1])))
    return places


def _kept(layer: LayerStructure, role: str) -> tuple[Indices, int]:
    """Return which rows or columns of the original are left, and how many there were."""
    if role.startswith("ffn"):
        return np.asarray(layer.neuron_ids, np.int64), layer.neurons_total
    starts = np.asarray(layer.heads_kept, np.int64) * layer.head_dim
    return (starts[:, None] + np.arange(layer.head_dim)).ravel(), layer.heads_total * layer.head_dim


def _zeros(tensors: _Tensors, row: MatrixSparsity) -> int:
    if 0 in row.shape:
        return 0
    values = tensors.lazy(row.name)
    height = max(_BAND_ELEMENTS // row.shape[1], 1)
    zeros = 0
    for start in range(0, row.shape[0], height):
        band = np.asarray(values[start : min(start + height, row.shape[0]), 0 : row.shape[1]])
        zeros += int(band.size - np.count_nonzero(band))
    return zeros


def _part(
    place: _Place, values: Any, rows: tuple[int, int], columns: tuple[int, int], most: tuple[int, int]
) -> MatrixPart:
    height, width = place.row.original_shape
    (top, bottom), (left, right) = _within(rows, height), _within(columns, width)
    cell_rows = max(-(-(bottom - top) // most[0]), 1)
    cell_columns = max(-(-(right - left) // most[1]), 1)
    down, across = -(-(bottom - top) // cell_rows), -(-(right - left) // cell_columns)
    first, last = (int(at) for at in np.searchsorted(place.rows, (top, bottom)))
    begin, end = (int(at) for at in np.searchsorted(place.columns, (left, right)))
    row_cells = (place.rows[first:last] - top) // cell_rows
    column_cells = (place.columns[begin:end] - left) // cell_columns
    zeros, magnitudes = np.zeros((down, across)), np.zeros((down, across))
    band_rows = max(_BAND_ELEMENTS // max(end - begin, 1), 1)
    for start in range(first, last if end > begin else first, band_rows):
        stop = min(start + band_rows, last)
        band = np.asarray(values[start:stop, begin:end]).astype(np.float32)
        cells = row_cells[start - first : stop - first]
        zeros += _summed(_summed((band == 0).view(np.int8), cells, down).T, column_cells, across).T
        magnitudes += _summed(_summed(np.abs(band, out=band), cells, down).T, column_cells, across).T
    kept_rows = np.bincount(row_cells, minlength=down)
    kept_columns = np.bincount(column_cells, minlength=across)
    counts = np.maximum(np.outer(kept_rows, kept_columns), 1)
    is_single = cell_rows == cell_columns == 1
    signed = np.zeros((down, across), np.float32)
    if is_single and last > first and end > begin:
        signed[np.ix_(row_cells, column_cells)] = np.asarray(values[first:last, begin:end])
    return MatrixPart(
        name=place.row.name,
        shape=(height, width),
        rows=(top, bottom),
        columns=(left, right),
        cell=(cell_rows, cell_columns),
        zeros=_packed(zeros / counts),
        magnitudes=_packed(magnitudes / counts),
        values=_packed(signed) if is_single else b"",
        rows_kept=_shares(kept_rows, cell_rows, bottom - top),
        columns_kept=_shares(kept_columns, cell_columns, right - left),
    )


def _within(span: tuple[int, int], size: int) -> tuple[int, int]:
    start, stop = span if span != (0, 0) else (0, size)
    start = min(max(start, 0), max(size - 1, 0))
    return start, min(max(stop, start + 1), size)


def _summed(values: npt.NDArray[Any], cells: Indices, count: int) -> npt.NDArray[np.float64]:
    """Sum rows that fall into the same cell; ``cells`` ascend."""
    total = np.zeros((count, values.shape[1]))
    if len(cells):
        starts = np.flatnonzero(np.diff(cells, prepend=-1))
        ends = np.append(starts[1:], len(cells))
        # Faster than reduceat, which goes through every row one element at a time.
        for cell, start, end in zip(cells[starts], starts, ends, strict=True):
            total[cell] = values[start:end].sum(axis=0, dtype=np.float64)
    return total


def _shares(kept: npt.NDArray[np.int64], cell: int, length: int) -> tuple[float, ...]:
    """Return which share of each cell's rows is left; the last cell may be smaller than the others."""
    sizes = np.minimum(cell, length - np.arange(len(kept)) * cell)
    return tuple(float(share) for share in kept / sizes)


def _packed(values: npt.NDArray[Any]) -> bytes:
    return np.ascontiguousarray(values, "<f2").tobytes()
