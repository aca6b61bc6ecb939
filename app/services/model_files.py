"""Folders of models as files: copied out of the workspace, measured, deleted. For threads, not the GUI's."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.domain.language import said
from app.domain.model import IR_FOLDER, TORCH_FOLDER

EXPORTS: Final = {"openvino": IR_FOLDER, "huggingface": TORCH_FOLDER}
"""What can be copied out, and the folder of a model that holds it."""

_MAX_NAME_BYTES: Final = 200
"""File systems take 255, and the copy has a longer name while it is made."""


def export_name(name: str, kind: str) -> str:
    """Return what the exported folder of a model is called: its name, as every file system takes it."""
    plain = "".join(char if char.isalnum() or char in "-_. " else "-" for char in name).strip(" .")
    end = f"-{kind}"
    plain = plain.encode()[: _MAX_NAME_BYTES - len(end)].decode(errors="ignore").rstrip(" .")
    return f"{plain or 'model'}{end}"


def export_model(model_folder: Path, kind: str, target: Path) -> Path:
    """Copy a model's IR or its Hugging Face folder to ``target``, which is there whole or not at all.

    Raises:
        AppError: ``nothing_to_export``, ``already_there``, ``disk_full`` or ``export_failed``.
    """
    source = model_folder / EXPORTS[kind]
    if not source.is_dir():
        raise AppError(
            "nothing_to_export",
            said("The model has no such folder."),
            said("Export the other form, or import it again."),
        )
    partial = target.with_name(f".{target.name}.partial")
    try:
        if target.exists():
            raise AppError(
                "already_there",
                said("%1 exists already; nothing was overwritten.", target),
                said("Choose another folder, or rename the model."),
            )
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial)
        partial.rename(target)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise _export_error(error, target) from error
    return target


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all files in a folder, 0 where there is none."""
    return sum(file_sizes(folder))


def file_sizes(folder: Path) -> Iterator[int]:
    """Yield the bytes of each file in a folder; what goes meanwhile, into the trash say, is left out."""
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                yield Path(where, name).stat().st_size


def folders_bytes(folders: Iterable[Path]) -> dict[str, int]:
    """Return the bytes of each folder by its name."""
    return {folder.name: folder_bytes(folder) for folder in folders}


def delete_folder(folder: Path) -> None:
    """Delete a folder for good.

    Raises:
        AppError: ``delete_failed``.
    """
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise AppError(
            "delete_failed",
            said("%1 could not be deleted: %2.", folder, error.strerror or error),
            said("Close what has its files open, or delete the folder by hand."),
            str(error),
        ) from error


def _export_error(error: OSError, target: Path) -> AppError:
    # copytree gathers what went wrong with each file into one error of its own.
    text = str(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or "No space left" in text or "quota" in text:
        return AppError(
            "disk_full",
            said("The disk of %1 is full; what was begun was removed again.", target.parent),
            said("Free some space there, or choose a folder on another disk."),
            text,
        )
    return AppError(
        "export_failed",
        said("%1 could not be written: %2.", target, error.strerror or text),
        said("Choose a folder that you may write to."),
        text,
    )
