"""Disks that are small, full or read-only; tests that need one are skipped where mounting is not allowed."""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Generator[Path]:
    """Mount a disk of ``size_mb`` on a new folder."""
    folder.mkdir(parents=True)
    _mount("-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Generator[Path]:
    """Bind ``folder`` onto itself so that nothing can be written to it."""
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,bind,ro", str(folder))
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write to ``path`` until its disk takes no more."""
    with path.open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
        while True:
            filler.write(b"\0" * 4096)


def _mount(*arguments: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
