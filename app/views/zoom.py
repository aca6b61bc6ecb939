"""Brings what is built already to another presentation size: fixed sizes, margins, spacings, columns.

The style sheet and the application's font scale text and padding by themselves, and painted widgets
ask `Look.px`. What is left are the lengths that pages and widgets set when they are built; they are
the same kind everywhere, so that one walk over the window finds them all.
"""

from typing import Final

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QBoxLayout,
    QGridLayout,
    QHeaderView,
    QLayout,
    QSplitter,
    QWidget,
)

_NO_LIMIT: Final = 16_777_215
_LEAST_PX: Final = 2
"""Lines stay lines."""


def zoom(root: QWidget, ratio: float) -> None:
    """Multiply the lengths of ``root`` and of everything inside it by ``ratio``; a window keeps its size.

    What is built while the window is large already is built as at 100 %, and brought to `Look.scale`.
    """
    if not root.isWindow():
        _zoom_limits(root, ratio)
    for layout in root.findChildren(QLayout):
        _zoom_layout(layout, ratio)
    for widget in root.findChildren(QWidget):
        # Qt's own parts of its widgets follow the style sheet.
        if not widget.isWindow() and not widget.objectName().startswith("qt_"):
            _zoom_widget(widget, ratio)


def _length(owner: QObject, name: str, now: int, ratio: float) -> int:
    """Return a length times ``ratio``; its fraction is kept, so that there and back ends where it began."""
    key = f"_exact_{name}"
    kept = owner.property(key)
    exact = kept if isinstance(kept, float) and round(kept) == now else float(now)
    exact *= ratio
    owner.setProperty(key, exact)
    return round(exact)


def _zoom_layout(layout: QLayout, ratio: float) -> None:
    margins = layout.contentsMargins()
    sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
    if any(sides):
        layout.setContentsMargins(
            *(_length(layout, f"margin{place}", side, ratio) for place, side in enumerate(sides))
        )
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(_length(layout, "across", layout.horizontalSpacing(), ratio))
        layout.setVerticalSpacing(_length(layout, "down", layout.verticalSpacing(), ratio))
        for row in range(layout.rowCount()):
            if height := layout.rowMinimumHeight(row):
                layout.setRowMinimumHeight(row, _length(layout, f"row{row}", height, ratio))
        for column in range(layout.columnCount()):
            if width := layout.columnMinimumWidth(column):
                layout.setColumnMinimumWidth(column, _length(layout, f"column{column}", width, ratio))
    elif isinstance(layout, QBoxLayout) and layout.spacing() > 0:
        layout.setSpacing(_length(layout, "spacing", layout.spacing(), ratio))


def _zoom_widget(widget: QWidget, ratio: float) -> None:
    _zoom_limits(widget, ratio)
    match widget:
        case QAbstractButton():
            size = widget.iconSize()
            widget.setIconSize(
                QSize(
                    _length(widget, "icon_width", size.width(), ratio),
                    _length(widget, "icon_height", size.height(), ratio),
                )
            )
        case QHeaderView():
            _zoom_header(widget, ratio)
        case QAbstractItemView():
            widget.scheduleDelayedItemsLayout()
        case QSplitter():
            sizes = widget.sizes()
            widget.setHandleWidth(_length(widget, "handle", widget.handleWidth(), ratio))
            widget.setSizes(sizes)
        case _:
            pass


def _zoom_limits(widget: QWidget, ratio: float) -> None:
    # The style sheet sets some of these itself, in the right size already; it marks which.
    for mark, get, put, none in (
        ("minw", widget.minimumWidth, widget.setMinimumWidth, 0),
        ("minh", widget.minimumHeight, widget.setMinimumHeight, 0),
        ("maxw", widget.maximumWidth, widget.setMaximumWidth, _NO_LIMIT),
        ("maxh", widget.maximumHeight, widget.setMaximumHeight, _NO_LIMIT),
    ):
        now = get()
        if now != none and now > _LEAST_PX and not widget.property(f"_q_stylesheet_{mark}"):
            put(_length(widget, mark, now, ratio))


def _zoom_header(header: QHeaderView, ratio: float) -> None:
    sizes: dict[int, int] = {}
    if header.orientation() is Qt.Orientation.Horizontal:
        fixed = (QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Interactive)
        sizes = {
            section: _length(header, f"section{section}", header.sectionSize(section), ratio)
            for section in range(header.count())
            if header.sectionResizeMode(section) in fixed and not header.isSectionHidden(section)
        }
    header.setMinimumSectionSize(_length(header, "least", header.minimumSectionSize(), ratio))
    # Resizes every section; rows have this size anyway.
    header.setDefaultSectionSize(_length(header, "usual", header.defaultSectionSize(), ratio))
    for section, size in sizes.items():
        header.resizeSection(section, size)
