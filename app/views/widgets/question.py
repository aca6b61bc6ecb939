"""The one thing that may stand in the way: a question before something is destroyed."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget


def ask_before(parent: QWidget, title: str, text: str, yes: str, act: Callable[[], None]) -> QMessageBox:
    """Ask, and call ``act`` if the answer is the button ``yes``; Escape and Enter mean no."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, title, parent=parent)
    box.setObjectName("question")
    box.setInformativeText(text)
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    agree.setObjectName("question.yes")
    keep = box.addButton(QMessageBox.StandardButton.Cancel)
    keep.setObjectName("question.no")
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)

    def answered() -> None:
        if box.clickedButton() is agree:
            act()
        box.deleteLater()

    box.finished.connect(answered)
    box.open()
    return box
