"""A first look at a file of labelled sentences, with the standard library alone."""

import csv
import itertools
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.dataset import ColumnMap
from app.domain.errors import AppError
from app.domain.language import said

_PREVIEW_ROWS: Final = 20
_MAX_LABEL_VALUES: Final = 200
"""A column with more different values is no class label; counting them further helps nobody."""
_MAX_FIELD_CHARACTERS: Final = 10_000_000
_FORMATS: Final = {
    ".tsv": "tsv",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_TEXT_NAMES: Final = ("sentence", "text", "review", "sentence1", "premise", "question", "content", "comment")
_PAIR_OF: Final = {"sentence1": "sentence2", "premise": "hypothesis"}
_LABEL_NAMES: Final = ("label", "labels", "sentiment", "class", "category", "target")

Cells = dict[str, str]


MOST_TEXT_BYTES: Final = 2_000_000


class FilePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What can be told about a data file without the frameworks that read all of them."""

    path: str
    format: str
    """tsv, csv, jsonl or parquet."""
    columns: tuple[str, ...]
    """Empty for Parquet: only the worker can read that."""
    rows_preview: tuple[tuple[str, ...], ...]
    """The first rows, cells in the order of ``columns``."""
    rows: int | None
    guessed: ColumnMap | None
    """Which column is the text and which the label, where their names tell."""
    label_values: tuple[str, ...] = ()
    """Different values of the guessed label column, sorted."""


def inspect_file(path: Path, columns: ColumnMap | None = None) -> FilePreview:
    """Read the whole of ``path`` once and tell what is in it.

    Args:
        path: A TSV, CSV, JSONL or Parquet file.
        columns: The user's own mapping instead of a guess.

    Raises:
        AppError: data_missing, data_unreadable, data_empty or column_missing.
    """
    kind = format_of(path)
    if kind == "parquet":
        return FilePreview(
            path=str(path), format=kind, columns=(), rows_preview=(), rows=None, guessed=columns
        )
    rows = read_cells(path, kind)
    first = next(rows, None)
    if first is None:
        raise _empty(path)
    names = tuple(first[1])
    chosen = columns or guess_columns(names)
    if columns is not None:
        check_columns(columns, names, path)
    preview: list[tuple[str, ...]] = []
    values: set[str] = set()
    count = 0
    for _, cells in itertools.chain([first], rows):
        count += 1
        if len(preview) < _PREVIEW_ROWS:
            preview.append(tuple(cells.get(name, "") for name in names))
        if chosen is not None and len(values) < _MAX_LABEL_VALUES:
            values.add(cells.get(chosen.label, ""))
    return FilePreview(
        path=str(path),
        format=kind,
        columns=names,
        rows_preview=tuple(preview),
        rows=count,
        guessed=chosen,
        label_values=tuple(sorted(values)),
    )


def guess_columns(names: tuple[str, ...]) -> ColumnMap | None:
    """Return the mapping that the columns' names suggest, or None."""
    by_lower = {name.strip().lower(): name for name in names}
    text = next((name for name in _TEXT_NAMES if name in by_lower), None)
    label = next((name for name in _LABEL_NAMES if name in by_lower), None)
    if text is None or label is None:
        return None
    pair = by_lower.get(_PAIR_OF.get(text, ""))
    return ColumnMap(text=by_lower[text], label=by_lower[label], text_pair=pair)


def check_columns(columns: ColumnMap, names: tuple[str, ...], path: Path) -> None:
    """Raise column_missing where ``columns`` names one that the file does not have."""
    for wanted in (columns.text, columns.label, columns.text_pair):
        if wanted is not None and wanted not in names:
            raise column_missing(wanted, names, path)


def column_missing(wanted: str, names: tuple[str, ...], path: Path) -> AppError:
    """Return the error for a file without the column ``wanted``."""
    return AppError(
        "column_missing",
        said("%1 has no column “%2”; it has: %3.", path.name, wanted, ", ".join(names)),
        said("Say which columns hold the text and the label (--columns text=NAME,label=NAME)."),
    )


def format_of(path: Path) -> str:
    """Return tsv, csv, jsonl or parquet: by the first bytes, then by the name, then by the first line.

    Raises:
        AppError: data_missing, data_empty or data_unreadable.
    """
    with reading(path):
        if not path.is_file():
            raise AppError(
                "data_missing",
                said("There is no data file %1.", path),
                said("Check the path; a TSV, CSV, JSONL or Parquet file is wanted."),
            )
        with path.open("rb") as handle:
            head = handle.read(65_536)
    if not head.strip():
        raise _empty(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if (known := _FORMATS.get(path.suffix.lower())) is not None and known != "parquet":
        return known
    line = head.splitlines()[0]
    for mark, kind in ((b"{", "jsonl"), (b"\t", "tsv"), (b",", "csv")):
        if (line.lstrip().startswith(mark) if kind == "jsonl" else mark in line) and b"\0" not in head:
            return kind
    raise AppError(
        "data_unreadable",
        said("%1 is neither TSV, CSV, JSONL nor Parquet.", path.name),
        said("Save it as one of these; a table with a header line and tabs between the columns will do."),
    )


@contextmanager
def reading(path: Path) -> Generator[None]:
    """Tell in the user's terms what keeps the system from reading a file.

    Raises:
        AppError: data_unreadable.
    """
    try:
        yield
    except OSError as error:
        raise AppError(
            "data_unreadable",
            said("%1 cannot be read: %2.", path.name, error.strerror or error),
            said("See that you may read it and that its disk is there, or choose another file."),
            str(error),
        ) from error


def read_text(path: Path) -> str:
    """Return what a file of texts says, one text a line.

    Raises:
        AppError: data_unreadable.
    """
    with reading(path):
        too_large = path.stat().st_size > MOST_TEXT_BYTES
        content = b"" if too_large else path.read_bytes()
    advice = said("Choose a file of texts in UTF-8, one a line.")
    if too_large:
        raise AppError(
            "data_unreadable", said("%1 is too large to be tried text by text.", path.name), advice
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AppError("data_unreadable", said("%1 is not UTF-8 text.", path.name), advice) from error


def read_cells(path: Path, kind: str) -> Iterator[tuple[int, Cells]]:
    """Yield (row number from 1, cells by column) of a TSV, CSV or JSONL file.

    Raises:
        AppError: data_unreadable, naming the line.
    """
    try:
        with reading(path), path.open(encoding="utf-8-sig", newline="") as handle:
            yield from _json_rows(handle, path) if kind == "jsonl" else _table_rows(handle, kind, path)
    except UnicodeDecodeError as error:
        raise AppError(
            "data_unreadable",
            said("%1 is not UTF-8 text (byte %2 of a block).", path.name, error.start),
            said("Save it as UTF-8."),
            str(error),
        ) from error


def _table_rows(handle: Iterator[str], kind: str, path: Path) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    if kind == "tsv":
        reader = csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(handle, strict=True)
    try:
        names = next(reader, None) or list[str]()
        number = 0
        for fields in reader:
            if not fields:
                continue
            number += 1
            if len(fields) != len(names):
                raise AppError(
                    "data_unreadable",
                    said(
                        "%1, line %2: %3 columns instead of %4.",
                        path.name,
                        reader.line_num,
                        len(fields),
                        len(names),
                    ),
                    said("Correct that line, or save the table again."),
                )
            yield number, dict(zip(names, fields, strict=True))
    except csv.Error as error:
        raise AppError(
            "data_unreadable",
            said("%1, line %2: %3.", path.name, reader.line_num, error),
            said("Correct that line, or save the table again."),
        ) from error


def _json_rows(handle: Iterator[str], path: Path) -> Iterator[tuple[int, Cells]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    number = 0
    for line_number, line in enumerate(handle, start=1):
        if not line.strip():
            continue
        number += 1
        try:
            row = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise AppError(
                "data_unreadable",
                said("%1, line %2: not one JSON object a line (%3).", path.name, line_number, error),
                said("Write one object such as {“text”: …, “label”: …} on each line."),
            ) from error
        yield number, {name: "" if cell is None else str(cell) for name, cell in row.items()}


def _empty(path: Path) -> AppError:
    return AppError(
        "data_empty",
        said("%1 has no rows.", path.name),
        said("Choose a file with a header line and at least one labelled sentence."),
    )
