"""Two views above each other: the upper as high as it needs to be, until somebody moves the edge."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override


class FittingSplitter(QSplitter):
    """Gives the upper view the height that it asks for and the lower one the rest."""

    def __init__(self, wanted: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._wanted = wanted
        self._is_moved = False
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)

    def fit(self) -> None:
        """Follow what the upper view needs now; an edge that was moved by hand stays."""
        if self._is_moved or self.count() < 2:
            return
        upper = self._wanted()
        lower = self.height() - self.handleWidth() - upper
        if lower > 0 and self.sizes() != [upper, lower]:
            self.setSizes([upper, lower])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _on_moved(self) -> None:
        self._is_moved = True
