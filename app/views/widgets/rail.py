"""The rail at the left: one button a page, the theme at the bottom."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from app.views.actions import ActionSpec, translated
from app.views.icons import icon
from app.views.look import Look

_ICON: Final = QSize(22, 22)
THEMES: Final = ("system", "light", "dark")


class Rail(QFrame):
    """Icon and word for each page.

    Signals:
        page_requested: A page was chosen; carries its id.
        theme_requested: A theme was chosen: system, light or dark.
    """

    page_requested = Signal(str)
    theme_requested = Signal(str)

    def __init__(self, look: Look, pages: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pages = tuple(pages)
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Pages"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for spec in self._pages:
            button = self._button(translated(spec.title), f"{translated(spec.help)} ({spec.shortcut})")
            button.setObjectName(f"rail.{spec.id}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, page=spec.id: self.page_requested.emit(page))
            self._group.addButton(button)
            self._buttons[spec.id] = button
            shortcut = QShortcut(QKeySequence(spec.shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda page=spec.id: self.page_requested.emit(page))
            layout.addWidget(button)
        layout.addStretch(1)
        self._theme = self._button(self.tr("Theme"), self.tr("Light, dark, or as the system"))
        self._theme.setObjectName("rail.theme")
        self._theme.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._theme.setMenu(self._theme_menu())
        layout.addWidget(self._theme)
        look.changed.connect(self._paint_icons)
        self._paint_icons()

    def show_page(self, page: str) -> None:
        """Mark the current page: Tab leads to it, arrows to the others."""
        for name, button in self._buttons.items():
            is_current = name == page
            button.setChecked(is_current)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_current else Qt.FocusPolicy.NoFocus)
        self._paint_icons()

    def show_theme(self, theme: str) -> None:
        """Mark the chosen theme in its menu."""
        self._theme_actions[theme].setChecked(True)

    def _button(self, title: str, tooltip: str) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setAccessibleName(title)
        button.setToolTip(tooltip)
        button.setIconSize(_ICON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setProperty("role", "rail")
        button.setFixedSize(68, 54)
        # Not by click: the ring is for those who come by keyboard.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _theme_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        titles = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        self._theme_actions: dict[str, QAction] = {}
        for theme in THEMES:
            action = menu.addAction(titles[theme])
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, name=theme: self.theme_requested.emit(name))
            self._theme_actions[theme] = action
        return menu

    def _paint_icons(self) -> None:
        dim, accent = self._look.color("dim"), self._look.color("accent")
        for spec in self._pages:
            button = self._buttons[spec.id]
            button.setIcon(icon(spec.icon, accent if button.isChecked() else dim))
        self._theme.setIcon(icon("moon" if self._look.tokens.scheme == "light" else "sun", dim))
