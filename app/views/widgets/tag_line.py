"""Tags in lines: chips that can be taken away, and a field to add one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.domain.model import MAX_TAG_LENGTH, normal_tag
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import label
from app.views.widgets.flow import Flow
from app.views.widgets.text_fields import LineField
from app.views.zoom import zoom

_MOST: Final = 12
_GAP: Final = 6


class TagLine(Flow):
    """Shows tags, in as many lines as they need; several can be typed at once, set off by commas or spaces.

    Signals:
        edited: Tags were added or taken away; carries all that there are now as a tuple.
    """

    edited = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, spacing=_GAP, parent=parent)
        self._tags: tuple[str, ...] = ()
        self._chips: list[QWidget] = []
        self._buttons: dict[str, QToolButton] = {}
        self._field = LineField()
        self._field.setObjectName("models.tag_field")
        self._field.setPlaceholderText(self.tr("Add a tag"))
        self._field.setAccessibleName(self.tr("Add a tag and press Enter"))
        self._field.setMaxLength(MAX_TAG_LENGTH * 4)
        self._field.setFixedWidth(150)
        self._field.returnPressed.connect(self._on_entered)
        self.add(self._field)
        look.changed.connect(self._paint_icons)

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show these tags."""
        if tuple(tags) == self._tags:
            return
        self._tags = tuple(tags)
        for chip in self._chips:
            self.take(chip)
            chip.hide()
            chip.deleteLater()
        self._buttons = {}
        self._chips = [self._chip(tag) for tag in self._tags]
        for place, chip in enumerate(self._chips):
            self.insert(place, chip)
        self._paint_icons()

    def _chip(self, tag: str) -> QWidget:
        chip = QFrame()
        chip.setProperty("role", "tag")
        layout = QHBoxLayout(chip)
        layout.setContentsMargins(10, 0, 2, 0)
        layout.setSpacing(2)
        layout.addWidget(label(tag, "small-dim"))
        button = QToolButton()
        button.setObjectName(f"models.tag.{tag}")
        button.setProperty("role", "quiet")
        button.setIconSize(QSize(12, 12))
        title = self.tr("Remove the tag “%1”").replace("%1", tag)
        button.setAccessibleName(title)
        button.setToolTip(title)
        button.clicked.connect(lambda _=False, gone=tag: self._on_removed(gone))
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons[tag] = button
        zoom(chip, self._look.scale)
        return chip

    def _paint_icons(self) -> None:
        for button in self._buttons.values():
            button.setIcon(icon("x", self._look.color("dim")))

    def _on_entered(self) -> None:
        typed = [normal_tag(part) for part in self._field.text().replace(",", " ").split()]
        self._field.clear()
        tags = tuple(dict.fromkeys([*self._tags, *(tag for tag in typed if tag)]))[:_MOST]
        if tags != self._tags:
            self.edited.emit(tags)

    def _on_removed(self, tag: str) -> None:
        self._field.setFocus()
        self.edited.emit(tuple(one for one in self._tags if one != tag))
