"""Colours from one table, in one size: the palette, the style sheet, the font and the plots."""

import re
from pathlib import Path
from string import Template
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

Scheme = Literal["light", "dark", "system"]
Tokens = dict[str, str]

_Role = QPalette.ColorRole
_ROLES: Final = {
    _Role.Window: "bg",
    _Role.WindowText: "text",
    _Role.Base: "panel",
    _Role.AlternateBase: "panel2",
    _Role.Text: "text",
    _Role.PlaceholderText: "faint",
    _Role.Button: "panel",
    _Role.ButtonText: "text",
    _Role.BrightText: "bad",
    _Role.ToolTipBase: "panel2",
    _Role.ToolTipText: "text",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "accent_text",
    _Role.Link: "accent",
    _Role.LinkVisited: "a2",
    _Role.Accent: "accent",
    _Role.Light: "panel",
    _Role.Midlight: "panel2",
    _Role.Mid: "line",
    _Role.Dark: "line",
    _Role.Shadow: "line",
}


class Theme(QObject):
    """Follows the system's light or dark scheme unless told otherwise; text in the size that was chosen.

    Signals:
        changed: The token table and the scale, for what neither palette nor style sheet reaches:
            plots, icons, fixed sizes.
    """

    changed = Signal(dict, float)

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Read ``light.json``, ``dark.json`` and ``app.qss`` of ``folder``; `apply` shows them.

        The application's font, in pixels, is the one at 100 %.
        """
        super().__init__(app)
        self._app = app
        self._tables = {name: _read_tokens(folder / f"{name}.json") for name in ("light", "dark")}
        self._sheet = Template((folder / "app.qss").read_text("utf-8"))
        self._choice: Scheme = "system"
        self._scale = 1.0
        self._font = QFont(app.font())
        self.tokens: Tokens = self._tables["light"]
        # Queued: Qt swaps its own palette after emitting, over the one set here.
        app.styleHints().colorSchemeChanged.connect(
            self._on_scheme_changed, Qt.ConnectionType.QueuedConnection
        )

    @property
    def choice(self) -> Scheme:
        """What was asked for."""
        return self._choice

    @property
    def is_dark(self) -> bool:
        """Whether the dark table is shown now."""
        return self.tokens is self._tables["dark"]

    @property
    def scale(self) -> float:
        """The presentation size, 1 at a desk."""
        return self._scale

    def apply(self, scheme: Scheme, scale: float | None = None) -> None:
        """Show a scheme at once, in another size where one is given.

        ``system`` follows the desktop from here on.
        """
        self._choice = scheme
        if scale is not None:
            self._scale = scale
        self._show()

    def take_off(self) -> None:
        """Go without a style sheet until `apply`: widgets are built several times as fast."""
        if self._app.styleSheet():
            self._app.setStyleSheet("")

    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            self._show()

    def _show(self) -> None:
        name = self._choice
        if name == "system":
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            name = "dark" if dark else "light"
        self.tokens = self._tables[name]
        font = QFont(self._font)
        font.setPixelSize(round(font.pixelSize() * self._scale))
        # One sheet over another costs four times what taking the old one off first does.
        self.take_off()
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(scaled_sheet(self._sheet.substitute(self.tokens), self._scale))
        self.changed.emit(self.tokens, self._scale)


_LENGTH: Final = re.compile(r"(?<![\w#-])(-?\d+)px(?:-(\d+)px)?")
_LINE_PX: Final = 2


def scaled_sheet(sheet: str, scale: float) -> str:
    """Return a style sheet with its lengths in another size.

    Lines of up to two pixels stay what they are. ``30px-2px`` is thirty scaled pixels less two that
    a thicker line takes.
    """

    def scaled(found: re.Match[str]) -> str:
        length, less = int(found[1]), int(found[2] or 0)
        if abs(length) > _LINE_PX:
            length = round(length * scale)
        return f"{length - less}px"

    return _LENGTH.sub(scaled, sheet)


def _read_tokens(path: Path) -> Tokens:
    return msgspec.json.decode(path.read_bytes(), type=Tokens)


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["faint"]))
    return palette
