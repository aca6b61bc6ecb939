"""A line of controls that follows the room there is: shrinks, and goes on in another line."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.views.look import Look
from app.views.widgets.reflow import MOVES, least_width


class Flow(QWidget):
    """A line of controls: shrinks those that can, longest first, and goes on in another line after that."""

    def __init__(self, look: Look, *, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._spacing = spacing
        self._items: list[QWidget] = []
        self._growing: list[QWidget] = []
        self._whole: list[QWidget] = []
        self._pushed: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._fit)

    def add(
        self, widget: QWidget, *, grows: bool = False, is_right: bool = False, is_whole: bool = False
    ) -> None:
        """Put a widget behind the others.

        Args:
            widget: What is added.
            grows: Whether it takes what its line leaves over, shared with others that do.
            is_whole: Whether it is shortened only where it has a line for itself.
            is_right: Whether it and all that follow stand at the right end while everything is in one line.
        """
        self.insert(len(self._items), widget)
        if grows:
            self._growing.append(widget)
        if is_whole:
            self._whole.append(widget)
        if is_right:
            self._pushed = widget

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before another one."""
        self._items.insert(place, widget)
        widget.setParent(self)
        widget.installEventFilter(self)
        widget.setVisible(True)
        self._fit()

    def take(self, widget: QWidget) -> None:
        """Let go of a widget."""
        self._items.remove(widget)
        widget.removeEventFilter(self)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        items = self._visible()
        gaps = max(len(items) - 1, 0) * self._look.px(self._spacing)
        return QSize(sum(_wanted_width(one) for one in items) + gaps, self.minimumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max((least_width(one) for one in self._visible()), default=0), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _visible(self) -> list[QWidget]:
        return [widget for widget in self._items if not widget.isHidden()]

    def _lines(self) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = [[]]
        used, spacing = 0, self._look.px(self._spacing)
        for widget in self._visible():
            is_whole = widget in self._whole
            least = _wanted_width(widget) if is_whole else least_width(widget)
            if lines[-1] and used + spacing + least > self.width():
                lines.append([])
                used = 0
            used += least + (spacing if lines[-1] else 0)
            lines[-1].append(widget)
        return [line for line in lines if line]

    def _fit(self) -> None:
        lines, spacing = self._lines(), self._look.px(self._spacing)
        top = 0
        for line in lines:
            room = self.width() - spacing * (len(line) - 1)
            wanted = [_wanted_width(one) for one in line]
            is_shared = len(line) > 1
            least = [
                wanted[place] if is_shared and one in self._whole else least_width(one)
                for place, one in enumerate(line)
            ]
            widths = _shared(wanted, least, room)
            spare = max(room - sum(widths), 0)
            growing = sum(widget in self._growing for widget in line)
            more = spare // growing if growing else 0
            height = max(one.sizeHint().height() for one in line)
            left = 0
            for widget, width in zip(line, widths, strict=True):
                if widget in self._growing:
                    width += more  # noqa: PLW2901 - one of those that grow
                elif widget is self._pushed and len(lines) == 1:
                    left, spare = left + spare, 0
                own = min(max(widget.sizeHint().height(), widget.minimumHeight()), widget.maximumHeight())
                widget.setGeometry(left, top + (height - own) // 2, width, own)
                left += width + spacing
            top += height + spacing
        height = max(top - spacing, 0)
        if height != self.minimumHeight():
            self.setFixedHeight(height)


def _shared(wanted: list[int], least: list[int], room: int) -> list[int]:
    """Return the widths that fit into ``room``: what is missing is taken from the widest first."""
    widths = list(wanted)
    while sum(widths) > room:
        able = [place for place, width in enumerate(widths) if width > least[place]]
        if not able:
            break
        widest = max(widths[place] for place in able)
        top = [place for place in able if widths[place] == widest]
        lower = max((widths[place] for place in able if widths[place] < widest), default=0)
        cut = min(-(-(sum(widths) - room) // len(top)), widest - lower)
        for place in top:
            widths[place] = max(widest - max(cut, 1), least[place])
    return widths


def _wanted_width(widget: QWidget) -> int:
    return max(min(widget.sizeHint().width(), widget.maximumWidth()), least_width(widget))
