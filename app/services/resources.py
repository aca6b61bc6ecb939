"""Where the files that come with the program lie: in a checkout and in an installed wheel."""

from pathlib import Path

import app
from app.domain.errors import AppError


def resource(path: str) -> Path:
    """Return the absolute path of ``path`` within ``resources``.

    Raises:
        AppError: resource_missing.
    """
    package = Path(app.__file__).parent
    for root in (package / "_resources", package.parent / "resources"):
        if (root / path).exists():
            return root / path
    raise AppError(
        "resource_missing",
        f"A file of the program is missing: resources/{path}.",
        "Install Whittle anew.",
    )
