"""Room that scrolls where what is in it does not fit: in presentation size, in a small window.

Pages follow the width there is (see `reflow`), so that they scroll up and down alone down to a window of
1280 × 800 at 200 %; in a still smaller one sideways too, as nothing may be out of reach.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override


class Scroll(QScrollArea):
    """Scrolls up and down; sideways too, unless whatever it stands in does that.

    What is inside gets the room that there is. A page scrolls once that is less than its least, which
    its charts and lists can do with; a form once that is less than its texts need when they wrap.

    Args:
        inside: What scrolls.
        wraps: Whether texts that wrap decide how high ``inside`` is at least. Off: it is all charts and
            lists, which give way.
        sideways: On: a page. Off: a form; asks for the width that ``inside`` needs, so that nothing of
            it is ever cut off.
    """

    def __init__(
        self, inside: QWidget, *, wraps: bool = True, sideways: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._inside = inside
        self._sideways = sideways
        self._wraps = wraps
        self._shows_whole = False
        self.setProperty("role", "plain")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def show_whole(self, is_whole: bool) -> None:  # noqa: FBT001 - a slot
        """Ask for the height of all that is inside: something above this one scrolls instead."""
        self._shows_whole = is_whole
        self._fit()
        self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._sideways:
            return least
        if self._shows_whole:
            least.setHeight(self._least_height(max(self.width(), self._inside.minimumSizeHint().width())))
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar, least.height())

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self._shows_whole and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            if not self._sideways:
                self.updateGeometry()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        width = self._width_in(room)
        height = self._least_height(width)
        if height > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            width = self._width_in(room)
            height = self._least_height(width)
        if width > room.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        self._inside.resize(width, max(room.height(), height))

    def _width_in(self, room: QSize) -> int:
        wanted = max(room.width(), self._inside.minimumSizeHint().width())
        return min(wanted, self._inside.maximumWidth())

    def _least_height(self, width: int) -> int:
        layout = self._inside.layout()
        if layout is None or not self._wraps or not layout.hasHeightForWidth():
            return self._inside.minimumSizeHint().height()
        if self._sideways:
            return layout.totalMinimumHeightForWidth(width)
        return layout.totalHeightForWidth(width)
