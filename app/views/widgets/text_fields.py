"""Fields on a page that takes files: one that is dropped on them goes to the page, as its veil says."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from typing_extensions import override


class LineField(QLineEdit):
    """One line; a text can be dropped into it, a file cannot."""

    @override
    def dragEnterEvent(self, arg__1: QDragEnterEvent) -> None:
        if has_files(arg__1.mimeData()):
            arg__1.ignore()
        else:
            super().dragEnterEvent(arg__1)


class TextField(QPlainTextEdit):
    """Several lines; a text can be dropped into them, a file cannot."""

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not has_files(source) and super().canInsertFromMimeData(source)


def has_files(dragged: QMimeData) -> bool:
    """Return whether files are among what is dragged; the address of a web page is a text."""
    return any(url.isLocalFile() for url in dragged.urls())
