"""What covers a page while files are dragged over it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.widgets.card import label


class DropVeil(QFrame):
    """Says what a drop would do; it lies over the page and takes no events."""

    def __init__(self, title: str, text: str, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
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

    def show_over(self, margin: int) -> None:
        """Cover the page up to a margin."""
        self.setGeometry(self._page.rect().adjusted(margin, margin, -margin, -margin))
        self.show()
