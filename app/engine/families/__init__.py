"""What is special to an architecture: its modules, groups and slicing rules."""

from typing import Any, Final

from app.domain.errors import AppError
from app.engine.families.base import Family
from app.engine.families.bert import BERT

_FAMILIES: Final[dict[str, Family]] = {"bert": BERT}


def supported_families() -> tuple[str, ...]:
    """Return the ``model_type``s that can be imported and compressed."""
    return tuple(_FAMILIES)


def family_of(config: Any) -> Family:
    """Return the family of a transformers config.

    Raises:
        AppError: There is none for its ``model_type``.
    """
    model_type = str(getattr(config, "model_type", "") or "unknown")
    family = _FAMILIES.get(model_type)
    if family is None:
        raise AppError(
            "unsupported_architecture",
            f"The architecture “{model_type}” is not supported.",
            f"Supported: {', '.join(_FAMILIES)}.",
        )
    return family
