"""A figure with its name above and its unit behind."""

from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.wording import NOT_MEASURED
from app.views.widgets.card import ElidedLabel, label

_WIDTH: Final = 170


class TileState(msgspec.Struct, frozen=True):
    """What a tile says."""

    title: str
    figure: str = NOT_MEASURED
    unit: str = ""


class Tile(QFrame):
    """Shows a `TileState`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setMinimumWidth(_WIDTH)
        self._title = ElidedLabel()
        self._title.setProperty("role", "dim")
        self._figure = label("", "figure")
        self._unit = ElidedLabel()
        self._unit.setProperty("role", "small-dim")
        self._unit.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._figure)
        line.addWidget(self._unit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addLayout(line)

    def show_state(self, state: TileState) -> None:
        """Show a figure; the whole is the accessible name too."""
        self._title.setText(state.title)
        self._figure.setText(state.figure)
        self._unit.setText(state.unit)
        self.setAccessibleName(f"{state.title}: {state.figure} {state.unit}".strip())
