"""The actions of the table as `QAction`s, and the buttons for them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QMenu, QPushButton, QWidget

from app.views.actions import ACTIONS, ActionSpec, shortcut_text, translated
from app.views.icons import icon
from app.views.look import Look

_ICONS_AFTER_MS: Final = 200


class Actions(QObject):
    """The table as `QAction`s, by id."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = {spec.id: self._make(spec, parent) for spec in ACTIONS}
        # Menus alone show these icons, and nobody opens one while the window is still coming up.
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(_ICONS_AFTER_MS)
        self._painting.timeout.connect(self._paint_icons)
        look.changed.connect(self._painting.start)
        self._painting.start()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def show_enabled(self, enabled: Mapping[str, bool]) -> None:
        """Enable and disable actions by id."""
        for action_id, is_enabled in enabled.items():
            self._actions[action_id].setEnabled(is_enabled)

    def _make(self, spec: ActionSpec, parent: QWidget) -> QAction:
        action = QAction(translated(spec.title), parent)
        action.setObjectName(spec.id)
        action.triggered.connect(take_what_is_typed)
        if spec.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, *spec.also)])
            # Of the window: it has them while their page is shown, also when nothing has the focus.
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        keys = shortcut_text(spec.shortcut)
        action.setToolTip(f"{translated(spec.help)} ({keys})" if keys else translated(spec.help))
        return action

    def _paint_icons(self) -> None:
        color = self._look.color("dim")
        for spec in ACTIONS:
            self._actions[spec.id].setIcon(icon(spec.icon, color))


def take_what_is_typed(*_: object) -> None:
    """Let a number count that stands in its field but was not left yet: a shortcut leaves no field."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractSpinBox):
        focused.interpretText()


class ActionButton(QPushButton):
    """A push button for an action: same text, same state, same effect."""

    def __init__(self, action: QAction, *, is_primary: bool = False, menu: QMenu | None = None) -> None:
        super().__init__()
        self._action = action
        self.is_primary = is_primary
        self.all_actions = [action] if menu is None else menu.actions()
        """What the button does, or offers."""
        self.setProperty("primary", is_primary)
        self.setObjectName(f"button.{action.objectName()}")
        if menu is None:
            self.clicked.connect(action.trigger)
        else:
            self.setMenu(menu)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def _on_action_changed(self) -> None:
        self.setText(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
        self.setEnabled(self._action.isEnabled())
