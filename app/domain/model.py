"""A model of the workspace: an original or a variant made from one."""

from collections.abc import Collection
from typing import Final

import msgspec

from app.domain.structure import ModelStructure


class ModelRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What ``model.json`` in a model's folder says. Measurements are kept beside it."""

    id: str
    name: str
    task: str
    """text-classification"""
    family: str
    """bert"""
    method: str = "original"
    """original, or the tag of the recipe that made it (jpqd)."""
    origin: str = ""
    """Where an original came from: a hub id, a folder, ``starter:sentiment``."""
    parent_id: str | None = None
    run_id: str | None = None
    created_at: str = ""
    labels: tuple[str, ...] = ()
    precision: str = "FP32"
    """Of the IR: FP32, FP16, INT8."""
    structure: ModelStructure | None = None
    """None for a bare IR, whose structure is not known."""
    checkpoint_bytes: int | None = None
    ir_bytes: int | None = None
    """Size of the IR's .xml and .bin together."""
    license: str | None = None
    has_checkpoint: bool = True
    """False for an imported IR: it can be measured and tried, not trained."""


class ModelNote(msgspec.Struct, frozen=True):
    """What somebody wrote about a model."""

    text: str = ""
    tags: tuple[str, ...] = ()
    """Words as `normal_tag` makes them, each once."""


class TrashedModel(msgspec.Struct, frozen=True):
    """A model in the trash."""

    record: ModelRecord
    trashed_at: str = ""
    """UTC, as ``2026-11-22T18:00:00+00:00``; empty where it is not known."""


MAX_NAME_LENGTH: Final = 80
MAX_TAG_LENGTH: Final = 32


def numbered(name: str, taken: Collection[str]) -> str:
    """Return a name, cut to what is allowed, that is none of those ``taken``: with a 2 behind it, or a 3."""
    free, number = name[:MAX_NAME_LENGTH], 2
    while free in taken:
        end = f"-{number}"
        free, number = name[: MAX_NAME_LENGTH - len(end)] + end, number + 1
    return free


def normal_tag(text: str) -> str:
    """Return a tag as it is kept and searched: one word in lower case, empty where nothing is left."""
    return "-".join(text.strip().lstrip("#").casefold().replace(",", " ").split())[:MAX_TAG_LENGTH]


def is_address(text: str) -> bool:
    """Return whether a text is a hub id, a URL or a path rather than a word to search for."""
    stripped = text.strip()
    return "/" in stripped and " " not in stripped


TORCH_FOLDER = "torch"
IR_FOLDER = "ir"
RECORD_FILE = "model.json"
MEASUREMENTS_FILE = "measurements.jsonl"
NOTE_FILE = "note.json"
