"""The rail at the left: one button a page, settings and help at the bottom."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.actions import ActionSpec, shortcut_text, translated
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.scroll import Scroll

_ICON: Final = QSize(22, 22)
_BUTTON: Final = QSize(84, 54)
_LOW: Final = QSize(46, 38)
"""A button without its word."""
_MARGIN: Final = 4
_GAP: Final = 4
_ENDS: Final = 12


class Rail(QFrame):
    """Icon and word for each page.

    Signals:
        page_requested: A page was chosen by keyboard; carries its id.
        page_clicked: A page was chosen by mouse; carries its id.
    """

    page_requested = Signal(str)
    page_clicked = Signal(str)

    def __init__(
        self, look: Look, pages: Sequence[ActionSpec], help_action: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._pages = tuple(pages)
        self._current = ""
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Pages"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _ENDS, _MARGIN, _ENDS)
        layout.setSpacing(_GAP)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        self._scroll = self._scrolled(above)
        layout.addWidget(self._scroll, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for spec in self._pages:
            keys = shortcut_text(spec.shortcut)
            button = self._button(translated(spec.title), f"{translated(spec.help)} ({keys})")
            button.setObjectName(f"rail.{spec.id}")
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_clicked, button, spec.id))
            self._group.addButton(button)
            self._buttons[spec.id] = button
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(keys) for keys in (spec.shortcut, *spec.also)])
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda page=spec.id: self.page_requested.emit(page))
            (layout if spec.at_bottom else column).addWidget(button)
        column.addStretch(1)
        self._help = self._button(help_action.text(), help_action.toolTip())
        self._help.setObjectName("rail.help")
        self._help.clicked.connect(help_action.trigger)
        layout.addWidget(self._help)
        look.changed.connect(self._show_words)
        look.changed.connect(self._paint_icons)
        self._paint_icons()

    def show_page(self, page: str) -> None:
        """Mark the current page: Tab leads to it, arrows to the others."""
        for name, button in self._buttons.items():
            is_current = name == page
            button.setChecked(is_current)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_current else Qt.FocusPolicy.NoFocus)
        changed, self._current = {self._current, page}, page
        for name in changed & self._buttons.keys():
            self._paint_icon(name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    def _on_clicked(self, button: QToolButton, page: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        # By keyboard a button has the focus before it can be pressed; by mouse it never gets it.
        (self.page_requested if button.hasFocus() else self.page_clicked).emit(page)

    def _show_words(self) -> None:
        """Leave the words away where there is no room for them; tooltips have them too."""
        buttons = (*self._buttons.values(), self._help)
        px = self._look.px
        has_room = self.height() >= px(len(buttons) * (_BUTTON.height() + _GAP) + 2 * _ENDS)
        style = Qt.ToolButtonStyle
        size = _BUTTON if has_room else _LOW
        width = max(px(size.width()), max(map(_width_of_word, buttons)) if has_room else 0)
        for button in buttons:
            button.setToolButtonStyle(style.ToolButtonTextUnderIcon if has_room else style.ToolButtonIconOnly)
            button.setFixedSize(width, px(size.height()))
        self._scroll.setFixedWidth(width)

    def _scrolled(self, inside: QWidget) -> Scroll:
        # In a low window, or from two metres, there are more pages than room.
        scroll = Scroll(inside, sideways=False)
        # No bar over the buttons: wheel and arrow keys go through them.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_BUTTON.width())
        return scroll

    def _button(self, title: str, tooltip: str) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setAccessibleName(title)
        button.setToolTip(tooltip)
        button.setIconSize(_ICON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setProperty("role", "rail")
        button.setFixedSize(_BUTTON)
        # Not by click: the ring is for those who come by keyboard.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _paint_icon(self, page: str) -> None:
        spec = next(spec for spec in self._pages if spec.id == page)
        token = "accent" if page == self._current else "dim"
        self._buttons[page].setIcon(icon(spec.icon, self._look.color(token)))

    def _paint_icons(self) -> None:
        for spec in self._pages:
            self._paint_icon(spec.id)
        self._help.setIcon(icon("question", self._look.color("dim")))


def _width_of_word(button: QToolButton) -> int:
    """Return the width that a button's word needs when its page is the current one, whatever the language."""
    button.ensurePolished()
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(button.text()) + 2 * _MARGIN
