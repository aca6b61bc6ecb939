"""What can be deleted without loss, because it is made anew when it is needed."""

import shutil
from pathlib import Path

import msgspec

from app.domain.places import kernel_folder
from app.services.model_files import file_sizes


class Cache(msgspec.Struct, frozen=True):
    """A folder of such files."""

    id: str
    folder: str
    size_bytes: int
    files: int


def caches() -> list[Cache]:
    """Return what there is, with its size; walks folders, so not for the GUI thread."""
    return [_measured("kernels", kernel_folder())]


def empty(cache_id: str) -> None:
    """Delete the files of a cache.

    Raises:
        OSError: Some file could not be deleted.
    """
    folder = {"kernels": kernel_folder()}[cache_id]
    if folder.exists():
        shutil.rmtree(folder)


def _measured(cache_id: str, folder: Path) -> Cache:
    sizes = list(file_sizes(folder))
    return Cache(cache_id, str(folder), sum(sizes), len(sizes))
