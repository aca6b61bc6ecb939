"""What can be deleted without loss."""

from pathlib import Path

import pytest

from app.services import caches


def test_a_cache_is_measured_and_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (empty,) = caches.caches()
    assert (empty.size_bytes, empty.files) == (0, 0)
    folder = Path(empty.folder)
    folder.mkdir(parents=True)
    (folder / "fake.so").write_bytes(b"x" * 500)
    (full,) = caches.caches()
    assert (full.size_bytes, full.files) == (500, 1)
    caches.empty("kernels")
    assert caches.caches() == [empty]
    caches.empty("kernels")  # nothing there: nothing to do
