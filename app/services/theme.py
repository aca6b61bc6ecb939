"""Colours from one table: the palette, the style sheet and the plots."""

from pathlib import Path
from string import Template
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
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
    """Follows the system's light or dark scheme unless told otherwise.

    Signals:
        changed: The token table, for what neither palette nor style sheet reaches: plots, icons.
    """

    changed = Signal(dict)

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Read ``light.json``, ``dark.json`` and ``app.qss`` of ``folder``; `apply` shows them."""
        super().__init__(app)
        self._app = app
        self._tables = {name: _read_tokens(folder / f"{name}.json") for name in ("light", "dark")}
        self._sheet = Template((folder / "app.qss").read_text("utf-8"))
        self._choice: Scheme = "system"
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

    def apply(self, scheme: Scheme) -> None:
        """Show a scheme at once; ``system`` follows the desktop from here on."""
        self._choice = scheme
        self._show()

    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            self._show()

    def _show(self) -> None:
        name = self._choice
        if name == "system":
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            name = "dark" if dark else "light"
        self.tokens = self._tables[name]
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(self._sheet.substitute(self.tokens))
        self.changed.emit(self.tokens)


def _read_tokens(path: Path) -> Tokens:
    return msgspec.json.decode(path.read_bytes(), type=Tokens)


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["faint"]))
    return palette
