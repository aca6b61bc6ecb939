"""Where the files that come with the app lie, in a checkout and in an installed wheel."""

from pathlib import Path
from typing import Final

from app.domain.errors import AppError

STARTER: Final = "starter:"

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def resource(name: str) -> Path:
    """Return the path of ``name``, for example ``starter:reviews/train.tsv`` or ``recipes/jpqd-fast.json``.

    Raises:
        AppError: ``resource_missing``: nothing of that name comes with the app.
    """
    inside = f"starter/{name.removeprefix(STARTER)}" if name.startswith(STARTER) else name
    for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        path = (root / inside).resolve()
        if path.is_relative_to(root) and path.exists():
            return path
    raise AppError(
        "resource_missing",
        f"Nothing named {name} comes with this installation.",
        "Check the spelling; if it is right, install Whittle again.",
    )
