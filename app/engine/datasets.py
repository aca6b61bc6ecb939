"""Labelled sentences from TSV, CSV, JSONL and Parquet, checked row by row."""

import csv
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.dataset import DatasetRecord, class_ids
from app.domain.errors import AppError
from app.engine.resources import STARTER, resource

_MAX_FIELD_CHARACTERS: Final = 10_000_000
"""The csv module stops at 131,072 unless told otherwise, and long documents exist."""

Cell = object
Numbered = tuple[int, Mapping[str, Cell]]
"""A row's number, counted from 1 without the header, and its cells by column."""


@dataclass(frozen=True)
class Rows:
    """Sentences and their class ids, in the order of the file."""

    texts: list[str]
    pairs: list[str] | None
    """Second sentences, where the dataset maps a column of them."""
    labels: list[int]
    names: tuple[str, ...] = ()
    """Of the labels, by their ids in the dataset."""

    def __len__(self) -> int:
        return len(self.texts)

    def first(self, limit: int | None) -> "Rows":
        """Return the first ``limit`` rows, or all for None."""
        pairs = None if self.pairs is None else self.pairs[:limit]
        return Rows(self.texts[:limit], pairs, self.labels[:limit], self.names)

    def labels_for(self, classes: Sequence[str]) -> list[int]:
        """Return the class ids of a model with these classes; see `class_ids`."""
        ids = class_ids(self.names, classes)
        return self.labels if ids is None else [ids[label] for label in self.labels]


def dataset_path(dataset: DatasetRecord) -> Path:
    """Return the file that ``dataset`` names, which may be one that comes with the app.

    Raises:
        AppError: ``data_missing``.
    """
    path = resource(dataset.path) if dataset.path.startswith(STARTER) else Path(dataset.path)
    if not path.is_file():
        raise AppError(
            "data_missing",
            f"There is no data file at {path}.",
            "Put the file back, or add the dataset again from where it is now.",
        )
    return path


def content_hash(path: Path) -> str:
    """Return the sha256 of the file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_rows(dataset: DatasetRecord, limit: int | None = None) -> Rows:
    """Read and check the whole of ``dataset``, or its first ``limit`` rows.

    Raises:
        AppError: ``data_missing``, ``data_unreadable``, ``data_empty``, ``column_missing``,
            ``label_out_of_range``, ``text_missing`` or ``format_unknown``; rows are named by number.
    """
    path = dataset_path(dataset)
    columns = dataset.columns
    wanted = [columns.text, columns.label]
    if columns.text_pair is not None:
        wanted.append(columns.text_pair)
    texts: list[str] = []
    pairs: list[str] = []
    labels: list[int] = []
    reader = _LabelReader(dataset.labels, path)
    for number, cells in itertools.islice(_records(path, dataset.format, wanted), limit):
        texts.append(_text(cells[columns.text], number, columns.text, path))
        labels.append(reader.read(cells[columns.label], number))
        if columns.text_pair is not None:
            pairs.append(_text(cells[columns.text_pair], number, columns.text_pair, path))
    if not texts:
        raise AppError(
            "data_empty", f"{path.name} has no rows.", "Choose a file with at least one labelled sentence."
        )
    return Rows(texts, None if columns.text_pair is None else pairs, labels, dataset.labels)


def _records(path: Path, format_name: str, wanted: list[str]) -> Iterator[Numbered]:
    match format_name:
        case "tsv":
            return _delimited(path, wanted, delimiter="\t", quoting=csv.QUOTE_NONE)
        case "csv":
            return _delimited(path, wanted, delimiter=",", quoting=csv.QUOTE_MINIMAL)
        case "jsonl":
            return _json_lines(path, wanted)
        case "parquet":
            return _parquet(path, wanted)
        case _:
            raise AppError(
                "format_unknown",
                f"{format_name} is not a format that can be read.",
                "Use a TSV, CSV, JSONL or Parquet file.",
            )


def _delimited(path: Path, wanted: list[str], *, delimiter: str, quoting: int) -> Iterator[Numbered]:
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    rows = csv.reader(
        _text_lines(path),
        delimiter=delimiter,
        quoting=quoting,  # pyright: ignore[reportArgumentType] - the stub wants the literal's type
        strict=quoting != csv.QUOTE_NONE,
    )
    try:
        header = next(rows, None)
        if header is None:
            return
        _require_columns(path, header, wanted)
        for number, cells in enumerate((row for row in rows if row), start=1):
            if len(cells) != len(header):
                raise _unreadable(
                    path,
                    f"row {number} (line {rows.line_num}) has {len(cells)} columns, the header {len(header)}",
                )
            yield number, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise _unreadable(path, f"line {rows.line_num}: {error}") from error


def _text_lines(path: Path) -> Iterator[str]:
    """Yield lines as they are, newline included, so that quoted fields may span several."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise _unreadable(path, f"line {number} is not UTF-8 text", "Save it as UTF-8.") from error


def _json_lines(path: Path, wanted: list[str]) -> Iterator[Numbered]:
    for number, line in enumerate(_text_lines(path), start=1):
        if not line.strip():
            continue
        try:
            cells = msgspec.json.decode(line, type=dict[str, object])
        except msgspec.DecodeError as error:
            raise _unreadable(path, f"line {number} is not a JSON object ({error})") from error
        _require_columns(path, cells, wanted, where=f"line {number}")
        yield number, cells


def _parquet(path: Path, wanted: list[str]) -> Iterator[Numbered]:
    # Untyped, and a second to import: only where there is Parquet.
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    numbers = itertools.count(1)
    try:
        with parquet.ParquetFile(path) as file:
            _require_columns(path, file.schema_arrow.names, wanted)
            for batch in file.iter_batches(columns=wanted):
                for cells in batch.to_pylist():
                    yield next(numbers), cells
    except (arrow.ArrowException, OSError) as error:
        raise _unreadable(path, f"it is not a readable Parquet file ({_first_line(error)})") from error


def _require_columns(path: Path, there: Iterable[str], wanted: list[str], *, where: str = "") -> None:
    names = list(there)
    missing = [name for name in wanted if name not in names]
    if missing:
        place = f"{path.name}, {where}," if where else path.name
        raise AppError(
            "column_missing",
            f"{place} has no column {', '.join(missing)}; it has {', '.join(names) or 'none'}.",
            "Map the columns again, for example --columns text=sentence,label=label.",
        )


def _text(cell: Cell, number: int, column: str, path: Path) -> str:
    if cell is None or not str(cell).strip():
        raise AppError(
            "text_missing",
            f"Row {number} of {path.name} has nothing in column {column}.",
            "Fill the row in or delete it.",
        )
    return str(cell)


class _LabelReader:
    """Turns a cell into a class id: a label's name, or its number."""

    def __init__(self, names: tuple[str, ...], path: Path) -> None:
        self._ids = {name.casefold(): index for index, name in enumerate(names)}
        self._names = names
        self._path = path

    def read(self, cell: Cell, number: int) -> int:
        """Return the class id. Names win over numbers: a label may be called "1"."""
        text = "" if cell is None else str(cell).strip()
        by_name = self._ids.get(text.casefold())
        if by_name is not None:
            return by_name
        label = _whole_number(cell if isinstance(cell, int | float) else text)
        if label is None or label < 0 or (self._names and label >= len(self._names)):
            raise AppError(
                "label_out_of_range",
                f"Row {number} of {self._path.name} has the label {text or 'nothing'!r}; {self._allowed()}.",
                "Correct the row, map another label column, or choose a model with these labels.",
            )
        return label

    def _allowed(self) -> str:
        if not self._names:
            return "allowed are whole numbers from 0"
        shown = ", ".join(self._names[:10]) + (", …" if len(self._names) > 10 else "")
        return f"allowed are 0 to {len(self._names) - 1} or {shown}"


def _whole_number(value: str | float) -> int | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _unreadable(path: Path, what: str, advice: str = "Correct the file or export it again.") -> AppError:
    return AppError("data_unreadable", f"{path.name} cannot be read: {what}.", advice)


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
