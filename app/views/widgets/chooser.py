"""A chooser by id: entries that may change while it is shown."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt

from app.views.widgets.calm import CalmComboBox


class Choice(msgspec.Struct, frozen=True):
    """One entry of a chooser."""

    id: str
    title: str
    tooltip: str = ""


def chooser(name: str, title: str) -> CalmComboBox:
    """Return an empty chooser with an object name and a name for assistive technology."""
    box = CalmComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    return box


def fill_chooser(box: CalmComboBox, choices: Sequence[Choice], current: str, placeholder: str) -> None:
    """Show choices; the box is left alone where they are the ones it has."""
    shown = [(box.itemData(place), box.itemText(place)) for place in range(box.count())]
    if shown != [(choice.id, choice.title) for choice in choices]:
        box.clear()
        for place, choice in enumerate(choices):
            box.addItem(choice.title, choice.id)
            box.setItemData(place, choice.tooltip or choice.title, Qt.ItemDataRole.ToolTipRole)
    box.setPlaceholderText(placeholder)
    box.setCurrentIndex(box.findData(current))
    box.setEnabled(bool(choices))
    box.setToolTip(box.currentText())
