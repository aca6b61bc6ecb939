"""A labelled text dataset, as recipes and measurements name it."""

from collections.abc import Sequence

import msgspec


class ColumnMap(msgspec.Struct, frozen=True):
    """Which column holds what."""

    text: str
    label: str
    text_pair: str | None = None


class DatasetRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One file of one split, mapped and counted."""

    id: str
    name: str
    path: str
    """Absolute path of the file, or a path within resources as ``starter:reviews/eval.tsv``."""
    format: str
    """tsv, csv, jsonl or parquet."""
    columns: ColumnMap
    labels: tuple[str, ...]
    """Label names; the index is the class id of the model."""
    split: str = "train"
    rows: int | None = None
    content_hash: str | None = None
    """sha256 of the file's bytes."""


def class_ids(labels: Sequence[str], classes: Sequence[str]) -> tuple[int, ...] | None:
    """Return for each label of a dataset the id of the model's class that is called the same.

    None where the names do not tell: then the label's index is the class id. Whatever a dataset was added
    for, a model that has the same classes in another order reads it rightly by this.
    """
    of_class = {name.casefold(): index for index, name in enumerate(classes)}
    names = [name.casefold() for name in labels]
    if len(names) != len(classes) or set(names) != set(of_class):
        return None
    return tuple(of_class[name] for name in names)
