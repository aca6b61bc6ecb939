"""What was dropped, pasted or chosen to be imported: which folder it stands for, or why it is no model."""

from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from app.domain.model import is_address

MOST_AT_ONCE: Final = 20
"""Addresses taken from one drop or one paste."""

_IR: Final = ".xml"
_MODEL_FILES: Final = frozenset(
    {"config.json", "model.safetensors", "pytorch_model.bin", "openvino_model.bin"}
)


class Fault(StrEnum):
    """Why something cannot be imported."""

    MISSING = "missing"
    NOT_A_MODEL_FILE = "not_a_model_file"
    NOT_A_MODEL_FOLDER = "not_a_model_folder"
    WEIGHTS_MISSING = "weights_missing"
    NO_ADDRESS = "no_address"


class Source(msgspec.Struct, frozen=True):
    """Something to import, or the reason why not."""

    text: str
    """The folder or address to import; where there is a fault, what was given."""
    fault: Fault | None = None


def source_of(text: str) -> Source:
    """Return what a path, hub id or URL stands for: a model's file stands for the folder it lies in."""
    text = text.strip()
    path, exists = _looked_up(text)
    if not exists:
        is_local = path.is_absolute() or text.startswith((".", "~"))
        if is_local:
            return Source(text, Fault.MISSING)
        return Source(text) if is_address(text) else Source(text, Fault.NO_ADDRESS)
    if path.is_dir():
        return Source(str(path)) if _holds_model(path) else Source(text, Fault.NOT_A_MODEL_FOLDER)
    if path.suffix.lower() == _IR:
        return (
            Source(str(path.parent))
            if path.with_suffix(".bin").is_file()
            else Source(text, Fault.WEIGHTS_MISSING)
        )
    if path.name in _MODEL_FILES:
        return Source(str(path.parent))
    return Source(text, Fault.NOT_A_MODEL_FILE)


def _looked_up(text: str) -> tuple[Path, bool]:
    """Return a text as a path, and whether something is there."""
    try:
        path = Path(text).expanduser()
        return path, path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, in the home of nobody, with a NUL in it
        return Path(text), False


def sources_of(text: str) -> list[Source]:
    """Return the sources in a text, one a line, each once."""
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    return [source_of(line.removeprefix("file://")) for line in list(lines)[:MOST_AT_ONCE]]


def _holds_model(folder: Path) -> bool:
    return any(
        (folder / name).is_file() for name in ("config.json", "openvino_model.xml", "torch/config.json")
    )
