"""Icons of the Phosphor font that comes with QtAwesome, in the colours of the theme."""

from functools import cache
from importlib import import_module
from typing import Any

from PySide6.QtGui import QColor, QIcon


@cache
def _font() -> Any:
    # One font of the twelve that `qtawesome.icon` would load: a tenth of the time.
    iconic = import_module("qtawesome.iconic_font")
    return iconic.IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


def icon(name: str, color: QColor, active: QColor | None = None) -> QIcon:
    """Return the Phosphor icon ``name``; ``active`` is its colour when checked.

    Raises:
        Exception: The font has no icon of this name.
    """
    options: dict[str, QColor] = {"color": color}
    if active is not None:
        options |= {"color_on": active, "color_on_active": active}
    found: QIcon = _font().icon(f"ph.{name}", **options)
    return found
