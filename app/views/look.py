"""The colours that painted widgets use; palette and style sheet reach the rest."""

from collections.abc import Mapping
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase


class Tokens(msgspec.Struct, frozen=True):
    """One colour table, as `#rrggbb`. Names as in ``resources/theme/light.json``."""

    bg: str
    panel: str
    panel2: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    accentbg: str
    ok: str
    warn: str
    bad: str
    gone: str
    ffn: str
    other: str
    a2: str
    accent_text: str
    hover: str
    track: str
    finetune: str
    warmup: str
    scheme: str = "light"


NEUTRAL: Final = Tokens(
    bg="#f6f7f9",
    panel="#ffffff",
    panel2="#fafbfc",
    line="#e3e6ea",
    text="#1b1f24",
    dim="#5c6570",
    faint="#616b75",
    accent="#0b6bcb",
    accentbg="#e5f0fb",
    ok="#146c39",
    warn="#7d5300",
    bad="#b42318",
    gone="#c5cbd3",
    ffn="#cc6f00",
    other="#87919d",
    a2="#7a4fd0",
    accent_text="#ffffff",
    hover="#eef1f4",
    track="#e3e6ea",
    finetune="#f1f6f2",
    warmup="#e5f0fb",
)
"""Used until a theme is applied."""


class Look(QObject):
    """The present colours and size, and news when they change.

    Signals:
        rescaled: The presentation size is another one; carries new over old. Comes before `changed`.
        changed: Another theme or size was applied; `tokens` and `scale` are new already.
    """

    rescaled = Signal(float)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = NEUTRAL
        self.scale = 1.0
        """Of text and what stands around it: 1 at a desk, more from two metres."""

    def show_tokens(self, table: Mapping[str, str], scale: float = 1.0) -> None:
        """Take over a token table and a size; names that no painted widget uses are ignored."""
        self.tokens = msgspec.convert(dict(table), Tokens)
        ratio, self.scale = scale / self.scale, scale
        if ratio != 1.0:
            self.rescaled.emit(ratio)
        self.changed.emit()

    def start_over(self) -> None:
        """Go back to the design's own size without a word: a window is about to be built at it."""
        self.scale = 1.0

    def px(self, pixels: float) -> int:
        """Return a length of the design, in pixels at 100 %, as it is to be painted."""
        return round(pixels * self.scale)

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a token with an opacity of 0 to 1."""
        color = QColor(getattr(self.tokens, name))
        color.setAlphaF(alpha)
        return color


def mixed(under: QColor, over: QColor, share: float) -> QColor:
    """Return ``over`` laid on ``under`` with an opacity of 0 to 1, as an opaque colour."""
    keep = 1.0 - share
    return QColor.fromRgbF(
        under.redF() * keep + over.redF() * share,
        under.greenF() * keep + over.greenF() * share,
        under.blueF() * keep + over.blueF() * share,
    )


TEXT_SIZE_PX: Final = 13
SMALL_SIZE_PX: Final = 12


def text_font() -> QFont:
    """Return the font of the whole window: 13 px, tabular figures."""
    families = set(QFontDatabase.families())
    preferred = ("Inter", "Segoe UI Variable", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    chosen = next((family for family in preferred if family in families), None)
    if chosen is not None:
        font.setFamily(chosen)
    font.setPixelSize(TEXT_SIZE_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return ``font`` in another size, in one of the two weights."""
    changed = QFont(font)
    changed.setPixelSize(pixels)
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
