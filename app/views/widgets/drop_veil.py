"""Files that are dropped on a page, and what covers it while they are dragged over it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.widgets.card import label

_MARGIN: Final = 8


class DropVeil(QFrame):
    """Says what a drop would do; it lies over the page, takes no mouse, and tells what was dropped.

    Signals:
        dropped: The paths of the files that the page takes.
    """

    dropped = Signal(object)

    def __init__(
        self, title: str, text: str, page: QWidget, takes: Callable[[str], bool] = lambda _: True
    ) -> None:
        """Cover ``page``; ``takes`` says of a path whether the page can do something with that file."""
        super().__init__(page)
        self._page = page
        self._takes = takes
        self.setProperty("role", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for words, role in ((title, "headline"), (text, "dim")):
            line = label(words, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        layout.addStretch(1)
        self.hide()
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if self._paths(event.mimeData()):
                event.acceptProposedAction()
                self.setGeometry(self._page.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
                self.show()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:  # a move is one as well
            self.hide()
            event.acceptProposedAction()
            if paths := self._paths(event.mimeData()):
                self.dropped.emit(paths)
            return True
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)

    def _paths(self, dragged: QMimeData) -> list[str]:
        paths = (url.toLocalFile() for url in dragged.urls() if url.isLocalFile())
        return [path for path in paths if self._takes(path)]
