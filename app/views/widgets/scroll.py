"""Room that scrolls where what is in it does not fit: in presentation size, in a small window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override


class Scroll(QScrollArea):
    """Scrolls up and down; sideways too, unless whatever it stands in does that.

    Args:
        inside: What scrolls.
        sideways: Off: asks for the width that ``inside`` needs, so that nothing of it is ever cut off.
    """

    def __init__(self, inside: QWidget, *, sideways: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sideways = sideways
        self.setProperty("role", "plain")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        inside = self.widget()
        if self._sideways or inside is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.minimumSizeHint().width() + bar, least.height())
