"""The models that stand beside each other, as chips; the first one is the reference."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import ElidedLabel
from app.views.widgets.flow import Flow
from app.views.zoom import zoom

_WIDEST = 240
_NARROWEST = 62
_AROUND = 56
_FLAG = 22
"""Of a name: the least it is elided to, and what stands around it."""


class Chip(msgspec.Struct, frozen=True):
    """One model."""

    id: str
    name: str


class VariantChips(Flow):
    """One chip a model, in a single line while the names can be told apart; what is added stands behind them.

    Signals:
        removed: The cross of a chip was pressed; carries the model's id.
        reference_chosen: A chip was pressed: its model is to be the reference.
    """

    removed = Signal(str)
    reference_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._shown: tuple[Chip, ...] = ()
        self._chips: list[_ChipFrame] = []
        self.setAccessibleName(self.tr("Models that are compared"))
        look.changed.connect(self._paint_icons)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these models."""
        if tuple(chips) == self._shown:
            return
        focused = self._next_focus(tuple(chips))
        self._shown = tuple(chips)
        for chip in self._chips:
            self.take(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            _ChipFrame(chip, self._look, is_reference=place == 0) for place, chip in enumerate(chips)
        ]
        for place, chip in enumerate(self._chips):
            chip.remove.clicked.connect(partial(self._on_removed, chip.chip.id))
            chip.name.clicked.connect(partial(self._on_chosen, chip.chip.id))
            chip.name.delete_pressed.connect(partial(self._on_removed, chip.chip.id))
            self.insert(place, chip)
            zoom(chip, self._look.scale)
            if chip.chip.id == focused:
                chip.name.setFocus()
        self._paint_icons()

    def _next_focus(self, chips: tuple[Chip, ...]) -> str:
        """Return which of the new chips gets the focus: the same one, or the neighbour of one that went."""
        place = next((place for place, one in enumerate(self._chips) if one.has_focus), None)
        if place is None or not chips:
            return ""
        known = self._chips[place].chip.id
        return known if known in {chip.id for chip in chips} else chips[min(place, len(chips) - 1)].id

    def _on_removed(self, model_id: str, *_checked: bool) -> None:
        self.removed.emit(model_id)

    def _on_chosen(self, model_id: str, *_checked: bool) -> None:
        self.reference_chosen.emit(model_id)

    def _paint_icons(self) -> None:
        for place, chip in enumerate(self._chips):
            chip.remove.setIcon(icon("x", self._look.color("dim")))
            if place == 0:
                flag = icon("flag", self._look.color("accent"))
                chip.flag.setPixmap(flag.pixmap(QSize(self._look.px(16), self._look.px(16))))


class _NameButton(QToolButton):
    """The name of a chip; Delete takes the chip away.

    Signals:
        delete_pressed: The Delete key was pressed.
    """

    delete_pressed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class _ChipFrame(QFrame):
    """One chip: its name, and a cross."""

    def __init__(self, chip: Chip, look: Look, *, is_reference: bool) -> None:
        super().__init__()
        self.chip = chip
        self._look = look
        self._around = _AROUND + (_FLAG if is_reference else 0)
        self.setProperty("role", "chip")
        self.setProperty("reference", is_reference)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = _NameButton()
        self.name.setObjectName(f"compare.chip.{chip.id}")
        self.name.setProperty("role", "chip")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if is_reference:
            said = self.tr("%1, the reference").replace("%1", chip.name)
            self.name.setToolTip(self.tr("%1: the reference that the others are held against"))
        else:
            said = self.tr("Make %1 the reference").replace("%1", chip.name)
            self.name.setToolTip(self.tr("%1: press to make it the reference"))
        self.name.setToolTip(self.name.toolTip().replace("%1", chip.name))
        self.name.setAccessibleName(said)
        inside = QHBoxLayout(self.name)
        inside.setContentsMargins(8, 0, 4, 0)
        inside.setSpacing(6)
        self.flag = QLabel()
        self.flag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(self.flag)
        # Once it is in its place: shown before, it would come up as a window of its own for a moment.
        self.flag.setVisible(is_reference)
        title = ElidedLabel(chip.name)
        title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(title, 1)
        self._title = title
        self.remove = QToolButton()
        self.remove.setObjectName(f"compare.remove.{chip.id}")
        self.remove.setProperty("role", "quiet")
        self.remove.setIconSize(QSize(16, 16))
        words = self.tr("Take %1 away").replace("%1", chip.name)
        self.remove.setAccessibleName(words)
        self.remove.setToolTip(words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 4, 2)
        layout.setSpacing(0)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.remove)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        width = self._title.fontMetrics().horizontalAdvance(self.chip.name) + self._look.px(self._around)
        return QSize(min(width, self._look.px(_WIDEST)), max(hint.height(), self._look.px(32)))

    @override
    def minimumSizeHint(self) -> QSize:
        # Short names keep their room for long: what is missing is taken from the longest.
        hint = self.sizeHint()
        return QSize(min(self._look.px(_NARROWEST + self._around), hint.width()), hint.height())

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is on this chip."""
        return self.name.hasFocus() or self.remove.hasFocus()
