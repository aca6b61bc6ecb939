"""Icons of the Phosphor font that comes with QtAwesome, in the colours of the theme."""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

_FONT: Final = "phosphor-1.3.0.ttf"
_CHARACTERS: Final = "phosphor-charmap-1.3.0.json"
_SIZES_PX: Final = (16, 18, 20, 22, 44, 88)
_MOST_KEPT: Final = 160
"""Icons; some 46 kB each."""


@cache
def _font_and_characters() -> tuple[str, dict[str, str]]:
    """Return the font's family and the code point of each icon, in hexadecimal.

    QtAwesome itself is not imported: it loads twelve fonts and a second binding of Qt, which takes
    a quarter of a second of the window's start.
    """
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome")
    folder = Path(spec.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(folder / _FONT))
    characters = msgspec.json.decode((folder / _CHARACTERS).read_bytes(), type=dict[str, str])
    return QFontDatabase.applicationFontFamilies(number)[0], characters


def icon(name: str, color: QColor) -> QIcon:
    """Return the Phosphor icon ``name`` in one colour, at the sizes that the window uses.

    Raises:
        KeyError: The font has no icon of this name.
    """
    return _icon(name, color.rgba())


# Qt keeps pixels by the icon: one made anew at each painting would fill that memory with what is never found.
@lru_cache(maxsize=_MOST_KEPT)
def _icon(name: str, rgba: int) -> QIcon:
    made = QIcon()
    for size_px in _SIZES_PX:
        made.addPixmap(_pixmap(name, QColor.fromRgba(rgba), size_px))
    return made


def _pixmap(name: str, color: QColor, size_px: int) -> QPixmap:
    family, characters = _font_and_characters()
    glyph = chr(int(characters[name], 16))
    font = QFont(family)
    font.setPixelSize(size_px)
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(0, 0, size_px, size_px), int(Qt.AlignmentFlag.AlignCenter), glyph)
    painter.end()
    return pixmap
