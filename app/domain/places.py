"""Where things lie that belong to no workspace."""

import os
from pathlib import Path


def kernel_folder() -> Path:
    """Return where compiled kernels are kept; they are made anew where they are missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "whittle" / "kernels"
