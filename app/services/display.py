"""Whether there is a screen to open a window on."""

import os
import sys
from collections.abc import Mapping


def missing_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Return one line that says what is missing and how to go on; None where a window can open."""
    if not platform.startswith("linux"):
        return None
    if any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return None
    return (
        "error[no_display]: There is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set). "
        "Start it on a desktop, or use the commands: whittle --help."
    )
