"""A labelled text dataset, as recipes and measurements name it."""

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
