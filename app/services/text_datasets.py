"""Labelled text as datasets of the workspace: adding files, finding them, the starter's reviews."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.language import said
from app.services.data_files import (
    FilePreview,
    check_columns,
    column_missing,
    format_of,
    inspect_file,
    read_cells,
    reading,
)
from app.services.resources import STARTER, resource
from app.store.ids import new_id
from app.store.workspace import Workspace

__all__ = ["DatasetLibrary", "FilePreview", "describe_file", "inspect_file", "starter_datasets"]

REVIEWS: Final = "reviews"
_MAX_CLASSES: Final = 1_000
_REVIEW_LABELS: Final = ("negative", "positive")
_EVALUATION_SPLITS: Final = ("evaluation", "eval", "validation", "dev", "test")
_STEMS: Final = {name: name for name in ("train", *_EVALUATION_SPLITS)} | {"valid": "validation"}


class DatasetLibrary:
    """What data there is. Files stay where they are; the workspace keeps how to read them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def datasets(self) -> list[DatasetRecord]:
        """Return the starter's datasets and then the workspace's, oldest first."""
        return [*starter_datasets(), *self._workspace.datasets.all()]

    def add(
        self,
        path: Path,
        columns: ColumnMap | None = None,
        labels: tuple[str, ...] = (),
        split: str = "",
        name: str = "",
    ) -> DatasetRecord:
        """Check a file and keep it as a dataset; see `describe_file`, which reads all of it."""
        return self.keep(describe_file(path, columns, labels, split, name))

    def keep(self, record: DatasetRecord) -> DatasetRecord:
        """Add a described dataset, or return the same one where it is known already."""
        for known in self._workspace.datasets.all():
            if msgspec.structs.replace(known, id=record.id, name=record.name) == record:
                return known
        self._workspace.datasets.add(record)
        return record

    def pair(
        self,
        text: str,
        *,
        columns: ColumnMap | None = None,
        labels: tuple[str, ...] = (),
    ) -> tuple[DatasetRecord, DatasetRecord | None]:
        """Return what to train and what to evaluate on.

        Args:
            text: ``starter`` or ``reviews``, a dataset's id or name, a file (nothing to evaluate
                on then), or a folder with ``train.*`` and ``dev.*`` or the like.
            columns: Of a file; None: guessed.
            labels: Class names of the model, for files.

        Raises:
            AppError: As `find`.
        """
        if (folder := Path(text).expanduser()).is_dir():
            files = {_STEMS[path.stem]: path for path in sorted(folder.iterdir()) if path.stem in _STEMS}
            if "train" not in files:
                raise AppError(
                    "data_missing",
                    said("The folder %1 has no training file (train.tsv, .csv, .jsonl or .parquet).", folder),
                    said("Name the file itself."),
                )
            held = next((files[split] for split in _EVALUATION_SPLITS if split in files), None)
            train = self.add(files["train"], columns, labels, "train", folder.name)
            return train, self.add(held, columns, labels, "", folder.name) if held else None
        train = self.find(text, columns=columns, labels=labels, split="train")
        others = [each for each in self.datasets() if each.name == train.name and each.id != train.id]
        by_split = {each.split: each for each in others}
        evaluation = next((by_split[split] for split in _EVALUATION_SPLITS if split in by_split), None)
        return train, None if Path(text).is_file() else evaluation

    def find(
        self,
        text: str,
        *,
        columns: ColumnMap | None = None,
        labels: tuple[str, ...] = (),
        split: str | None = None,
    ) -> DatasetRecord:
        """Return the dataset that ``text`` names; a file is added on the fly.

        Args:
            text: ``starter`` or ``reviews``, a dataset's id or name, or a file.
            columns: Of a file; None: guessed.
            labels: Class names of the model, for files.
            split: Where a name has several; None: the one to evaluate on.

        Raises:
            AppError: dataset_unknown, or as `describe_file`.
        """
        path = Path(text).expanduser()
        if path.is_file():
            return self.add(path, columns, labels, split or "")
        if path.suffix and not any(each.name == text for each in self.datasets()):
            format_of(path)  # it looks like a file: say that there is none
        wanted = REVIEWS if text == "starter" else text
        named = [each for each in starter_datasets() if wanted in {each.name, each.id}]
        named = named or [each for each in self._workspace.datasets.all() if wanted in {each.name, each.id}]
        if not named:
            return self._workspace.datasets.find(text, split)
        order = (split, *_EVALUATION_SPLITS) if split != "train" else ("train",)
        by_split = {each.split: each for each in named}
        return next((by_split[name] for name in order if name in by_split), named[-1])


def describe_file(
    path: Path,
    columns: ColumnMap | None = None,
    labels: tuple[str, ...] = (),
    split: str = "",
    name: str = "",
) -> DatasetRecord:
    """Read and check a whole data file; touches no Qt object and no store, so it may run in a thread.

    Args:
        path: TSV, CSV, JSONL or Parquet; what is in a Parquet file only the worker checks.
        columns: Which column holds what; None: guessed by their names.
        labels: Class names, the index being the class id; empty: as the file has them, sorted.
        split: Empty: told by the file's name, else ``train``.
        name: Empty: the file's name.

    Raises:
        AppError: data_missing, data_unreadable, data_empty, column_missing, label_out_of_range,
            text_missing.
    """
    path = path.expanduser().absolute()
    preview = inspect_file(path, columns)
    mapped = columns or preview.guessed
    if mapped is None:
        if preview.format == "parquet":
            mapped = ColumnMap(text="sentence", label="label")
        else:
            raise column_missing("label", preview.columns, path)
    if preview.format != "parquet":
        check_columns(mapped, preview.columns, path)
        labels = labels or _labels_of(preview.label_values)
        _check_rows(path, preview.format, mapped, labels)
    with reading(path), path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return DatasetRecord(
        id=new_id("d"),
        name=name or path.stem,
        path=str(path),
        format=preview.format,
        columns=mapped,
        labels=labels,
        split=split or _STEMS.get(path.stem.lower(), "train"),
        rows=preview.rows,
        content_hash=digest,
    )


def _labels_of(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return class names for a column of labels: ids 0 to n-1 name themselves."""
    if all(value.strip().isdecimal() and int(value) < _MAX_CLASSES for value in values):
        return tuple(str(index) for index in range(max(int(value) for value in values) + 1))
    return values


def _check_rows(path: Path, kind: str, columns: ColumnMap, labels: tuple[str, ...]) -> None:
    allowed = {name.lower() for name in labels} | {str(index) for index in range(len(labels))}
    for number, cells in read_cells(path, kind):
        label = cells.get(columns.label, "").strip()
        if label.lower() not in allowed and not _is_class_number(label, len(labels)):
            names = ", ".join(f"{index} ({name})" for index, name in enumerate(labels))
            raise AppError(
                "label_out_of_range",
                said(
                    "%1, row %2: the label “%3” is none of the model's classes: %4.",
                    path.name,
                    number,
                    label,
                    names,
                ),
                said("Correct the label, choose another label column, or use a model with these classes."),
            )
        if not cells.get(columns.text, "").strip():
            raise AppError(
                "text_missing",
                said("%1, row %2: the column “%3” is empty.", path.name, number, columns.text),
                said("Fill it in or remove the row."),
            )


def _is_class_number(label: str, count: int) -> bool:
    """Whether ``label`` is a class id written as a float, as spreadsheets do."""
    try:
        value = float(label)
    except ValueError:
        return False
    return value.is_integer() and 0 <= value < count


@cache
def starter_datasets() -> tuple[DatasetRecord, ...]:
    """Return the review sentences that come with the program: to train and to evaluate on.

    Raises:
        AppError: resource_missing.
    """
    return tuple(
        _starter(file, split) for file, split in (("train.tsv", "train"), ("eval.tsv", "evaluation"))
    )


def _starter(file: str, split: str) -> DatasetRecord:
    name = f"{STARTER}{REVIEWS}/{file}"
    content = resource(name).read_bytes()
    return DatasetRecord(
        id=f"{REVIEWS}-{split}",
        name=REVIEWS,
        path=name,
        format="tsv",
        columns=ColumnMap(text="sentence", label="label"),
        labels=_REVIEW_LABELS,
        split=split,
        rows=content.count(b"\n") - 1,
        content_hash=hashlib.sha256(content).hexdigest(),
    )
