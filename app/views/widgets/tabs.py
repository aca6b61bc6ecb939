"""Tabs over a stack of views, and a small switch between two ways to see one thing."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

_TAB_GAP = 20


class Tabs(QTabBar):
    """Tabs by id; the arrow keys lead from one to the next.

    Signals:
        chosen: Somebody went to another tab; carries its id.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        title: str,
        tabs: Sequence[tuple[str, str]],
        *,
        role: str = "tabs",
        parent: QWidget | None = None,
    ) -> None:
        """Make the tabs.

        Args:
            name: Object name.
            title: What assistive technology calls the whole.
            tabs: Id and title of each.
            role: What the style sheet knows it by: tabs or switch.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._ids = [tab_id for tab_id, _ in tabs]
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", role)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        for _, text in tabs:
            self.addTab(text)
        self.currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> str:
        """The id of the tab that is chosen."""
        return self._ids[self.currentIndex()]

    def choose(self, tab_id: str) -> None:
        """Go to a tab."""
        self.setCurrentIndex(self._ids.index(tab_id))

    @override
    def tabSizeHint(self, index: int) -> QSize:
        """Return a size with room for the bold title of a chosen tab: tabs do not move when one is chosen."""
        size = super().tabSizeHint(index)
        if index != self.currentIndex() and self.property("role") == "tabs":
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            title = self.tabText(index)
            more = QFontMetrics(bold).horizontalAdvance(title) - self.fontMetrics().horizontalAdvance(title)
            size.setWidth(size.width() + max(more, 0))
        return size

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it scrolls the page; a view must not go because the mouse stands on its tab

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            # The style sheet's margin belongs to the tab's rectangle.
            gap = _TAB_GAP if self.property("role") == "tabs" else 0
            around = QRectF(self.tabRect(self.currentIndex())).adjusted(1, 1, -1 - gap, -1)
            painter.drawRoundedRect(around, 4, 4)

    def _on_current_changed(self, place: int) -> None:
        self.updateGeometry()  # by a pixel, which would shorten a title
        self.chosen.emit(self._ids[place])
