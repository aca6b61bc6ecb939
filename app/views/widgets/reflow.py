"""Arrangements that follow the room there is: columns become rows where they would get too narrow.

A page never scrolls sideways: in presentation size, or in a small window, what stands beside each other
at a desk stands beneath each other. Each of these asks for the width of its narrowest arrangement, and
takes the widest one that fits once it knows its width.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from app.views.look import Look

_NO_LIMIT: Final = 16_777_215
MOVES: Final = frozenset({QEvent.Type.ShowToParent, QEvent.Type.HideToParent})
"""Events of a widget that takes room now, or no longer."""


class Columns(QWidget):
    """Widgets of equal worth in as many columns as have room; hidden ones take none."""

    def __init__(
        self,
        widgets: Sequence[QWidget],
        look: Look,
        *,
        least: int,
        least_height: int = 0,
        spacing: int = 12,
        row_stretch: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Put the widgets into columns.

        Args:
            widgets: In the order of reading.
            look: Says the size of everything.
            least: Width below which a column is of no use, in pixels of the design.
            least_height: Of a row, where they stand in fewer columns than they could.
            spacing: Between columns and rows.
            row_stretch: How the rows share the height while all columns have room.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._look = look
        self._widgets = list(widgets)
        self._least = least
        self._least_height = least_height
        self._most = len(self._widgets)
        self._row_stretch = tuple(row_stretch)
        self._shown: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing)
        self._grid.setVerticalSpacing(spacing)
        for place, widget in enumerate(self._widgets):
            widget.installEventFilter(self)
            self._grid.addWidget(widget, 0, place)
        look.changed.connect(self._arrange)

    def add(self, widget: QWidget) -> None:
        """Put one more widget behind the others."""
        self._most += 1
        self._widgets.append(widget)
        widget.installEventFilter(self)
        self._grid.addWidget(widget, 0, self._grid.columnCount())
        self._arrange()

    def limit(self, most: int) -> None:
        """Use no more columns than this, however wide it is."""
        self._most = most
        self._arrange()

    @property
    def count(self) -> int:
        """How many columns there are now."""
        return max((place[1] for place in self._places()), default=0) + 1

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max((least_width(one) for one in self._visible()), default=0), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._arrange()
        return super().eventFilter(watched, event)

    def _visible(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _places(self) -> list[tuple[int, int]]:
        count = self._columns(len(self._visible()))
        return [divmod(place, count) for place in range(len(self._visible()))]

    def _columns(self, number: int) -> int:
        least = max(self._look.px(self._least), *(least_width(one) for one in self._visible()), 1)
        spacing = self._grid.horizontalSpacing()
        for count in range(min(self._most, number), 1, -1):
            rows = -(-number // count)
            is_even = -(-number // rows) == count
            if is_even and count * least + (count - 1) * spacing <= self.width():
                return count
        return 1

    def _arrange(self) -> None:
        visible, places = self._visible(), self._places()
        count = self._columns(len(visible)) if visible else 0
        is_folded = count < min(self._most, len(visible))
        height = self._look.px(self._least_height) if is_folded or self._most == 1 else 0
        wanted = (*map(id, visible), count, self._most, height)
        if wanted == self._shown:
            return
        self._shown = wanted
        for widget in visible:
            self._grid.removeWidget(widget)
        for widget, (row, column) in zip(visible, places, strict=True):
            # The last one of an odd number takes the rest of its row.
            span = count - column if widget is visible[-1] else 1
            self._grid.addWidget(widget, row, column, 1, span)
        rows = places[-1][0] + 1 if places else 0
        for column in range(max(self._grid.columnCount(), count)):
            self._grid.setColumnStretch(column, 1 if column < count else 0)
        for row in range(max(self._grid.rowCount(), rows)):
            stretch = self._row_stretch[row : row + 1] if not is_folded else ()
            shares = stretch[0] if stretch else int(bool(self._row_stretch))
            self._grid.setRowStretch(row, shares if row < rows else 0)
            self._grid.setRowMinimumHeight(row, height if row < rows else 0)
        self.updateGeometry()


class Beside(QWidget):
    """A main thing with a narrow one of fixed width at its side, or above or beneath it.

    Signals:
        folded: They stand beneath each other now, or no longer.
    """

    folded = Signal(bool)

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        look: Look,
        *,
        side: QWidget,
        side_width: int,
        least: int,
        spacing: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        """Put two widgets beside each other.

        Args:
            left: The upper one where they are folded.
            right: The lower one.
            look: Says the size of everything.
            side: Which of both is the narrow one.
            side_width: Of that, in pixels of the design.
            least: Width that the other one is to have at least.
            spacing: Between both.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._look = look
        self._side = side
        self._main = right if side is left else left
        self._side_width = side_width
        self._least = least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for one in (left, right):
            self._box.addWidget(one, 0 if one is side else 1)
        self._is_folded = False
        self._show()
        look.changed.connect(self._on_look_changed)

    @property
    def is_folded(self) -> bool:
        """Whether they stand beneath each other."""
        return self._is_folded

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        side = self._side.minimumSizeHint().width() if self._is_folded else self._look.px(self._side_width)
        return QSize(max(side, least_width(self._main)), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        main = max(self._look.px(self._least), least_width(self._main))
        is_folded = self.width() < main + self._box.spacing() + self._look.px(self._side_width)
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self._show()
            self.folded.emit(is_folded)

    def _show(self) -> None:
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if self._is_folded else directions.LeftToRight)
        if self._is_folded:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_NO_LIMIT)
        else:
            self._side.setFixedWidth(self._look.px(self._side_width))
        self.updateGeometry()

    def _on_look_changed(self) -> None:
        self._fold()
        self._show()
        self.folded.emit(self._is_folded)


class FoldingSplitter(QSplitter):
    """Two views beside each other, above each other where it is narrow; the edge can be moved in both.

    Signals:
        folded: They stand above each other now, or no longer.
    """

    folded = Signal(bool)

    def __init__(
        self,
        look: Look,
        *,
        least: int,
        beside: tuple[int, int],
        above: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty one.

        Args:
            look: Says the size of everything.
            least: The width from which on the views stand beside each other, in pixels of the design.
            beside: How they share the width then.
            above: How they share the height else.
            parent: Qt parent.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._least = least
        self._shares = {Qt.Orientation.Horizontal: beside, Qt.Orientation.Vertical: above}
        self._arranged: Qt.Orientation | None = None
        self.setChildrenCollapsible(False)
        look.changed.connect(self._fold)

    @override
    def minimumSizeHint(self) -> QSize:
        width = max(map(least_width, self._views()), default=0)
        return QSize(width, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._fold()

    def _views(self) -> list[QWidget]:
        views = (self.widget(place) for place in range(self.count()))
        return [view for view in views if view is not None]

    def _fold(self) -> None:
        least = sum(map(least_width, self._views())) + self.handleWidth()
        is_folded = self.width() < max(self._look.px(self._least), least)
        wanted = Qt.Orientation.Vertical if is_folded else Qt.Orientation.Horizontal
        if wanted is not self._arranged and self.count() > 1:
            self._arranged = wanted
            self.setOrientation(wanted)
            self.setSizes(list(self._shares[wanted]))
            self.updateGeometry()
            self.folded.emit(is_folded)


def show_only(stack: QStackedWidget, place: int) -> None:
    """Bring up one of the views; the room that the others would need is not kept for them."""
    kept, none = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
    for other in range(stack.count()):
        policy = kept if other == place else none
        if (view := stack.widget(other)) is not None:
            view.setSizePolicy(policy, policy)
    stack.setCurrentIndex(place)


def least_width(widget: QWidget) -> int:
    """Return what a layout takes for the least width of a widget."""
    if widget.minimumWidth():
        return widget.minimumWidth()
    return min(widget.minimumSizeHint().width(), widget.maximumWidth())
