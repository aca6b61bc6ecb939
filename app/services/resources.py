"""Where the files that come with the program lie: in a checkout and in an installed wheel."""

from pathlib import Path
from typing import Final

import app
from app.domain.errors import AppError

STARTER: Final = "starter:"


def resource(name: str) -> Path:
    """Return the absolute path of ``name``: ``recipes/jpqd-fast.json``, ``starter:reviews/eval.tsv``.

    Raises:
        AppError: resource_missing.
    """
    inside = f"starter/{name.removeprefix(STARTER)}" if name.startswith(STARTER) else name
    package = Path(app.__file__).parent
    for root in (package / "_resources", package.parent / "resources"):
        if (root / inside).exists():
            return root / inside
    raise AppError(
        "resource_missing",
        f"A file of the program is missing: resources/{inside}.",
        "Reinstall Whittle.",
    )
