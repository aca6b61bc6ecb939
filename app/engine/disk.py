"""Folders that are there whole or not at all, and telling a full disk from every other failure."""

import errno
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.errors import AppError

_NO_SPACE_BYTES: Final = 2_000_000
_WORDS_OF_A_FULL_DISK: Final = (
    "No space left on device",  # safetensors
    "iostream error",  # OpenVINO, and torch at times
    " requested and ",  # numpy: "3000000 requested and 1048544 written"
)


def full_disk(error: BaseException, folder: Path) -> AppError | None:
    """Return what to tell where ``error`` comes from a full disk under ``folder``, else None.

    Libraries that write files by native code say anything but ENOSPC, and some have removed what
    they wrote by the time they raise: then only their words are left to go by.
    """
    if not _comes_from_a_full_disk(error, folder):
        return None
    return AppError(
        "disk_full",
        f"The disk of {folder} is full.",
        "Free some space, then resume the job or start it again: what it had reached is kept.",
        str(error),
    )


@contextmanager
def full_disk_told(folder: Path) -> Generator[None]:
    """Raise ``disk_full`` where a library met a full disk under ``folder`` and said something else."""
    try:
        yield
    except Exception as error:
        if (told := full_disk(error, folder)) is not None:
            raise told from error
        raise


@contextmanager
def whole_folder(final: Path) -> Generator[Path]:
    """Give a temporary sibling of ``final`` to write into, and rename it when it is complete.

    What was begun is removed again where that fails; a killed process leaves it, under its
    temporary name, to the next one that writes the same folder.

    Raises:
        AppError: ``disk_full``.
    """
    partial = final.with_name(f".{final.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with full_disk_told(final.parent):
            partial.mkdir(parents=True)
            yield partial
            partial.replace(final)
    except BaseException:
        # A full disk has to have room again for the job's last word and its state.
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _comes_from_a_full_disk(error: BaseException, folder: Path) -> bool:
    if isinstance(error, AppError):
        return False
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    if any(words in str(error) for words in _WORDS_OF_A_FULL_DISK):
        return True
    return isinstance(error, OSError | RuntimeError) and _free_bytes(folder) < _NO_SPACE_BYTES


def _free_bytes(folder: Path) -> int:
    existing = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    return shutil.disk_usage(existing).free
