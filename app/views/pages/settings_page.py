"""Settings: what can be chosen about the program, the workspace, and what can be thrown away."""

from functools import partial
from pathlib import PurePath
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.language import said
from app.domain.preference import PREFERENCES, Group, Preference, Value
from app.views.action_set import Actions
from app.views.look import Look
from app.views.widgets.calm import CalmComboBox, MenuBox
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.notice import Notice, NoticeState
from app.views.widgets.scroll import Scroll
from app.views.zoom import zoom

_CONTROL_WIDTH: Final = 190
_WIDEST: Final = 820


class CacheRow(msgspec.Struct, frozen=True):
    """A cache, how much it holds, and whether there is anything to delete."""

    id: str
    title: str
    help: str
    size: str
    can_empty: bool = False


class SettingsState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    values: dict[str, Value] = {}
    """Of the preferences, by id."""
    devices: tuple[str, ...] = ()
    """Names of the OpenVINO devices to choose from."""
    workspace: str = ""
    workspace_size: str = ""
    recent: tuple[str, ...] = ()
    """Folders of other workspaces, the newest first."""
    caches: tuple[CacheRow, ...] | None = None
    """None while they are being measured."""
    version: str = ""
    notice: NoticeState | None = None


class SettingsPage(QWidget):
    """Cards of rows: title, control, what it does.

    Signals:
        preferred: Id of a preference and the value that was chosen.
        workspace_chosen: A folder.
        cache_emptied: The id of a cache.
        notice_action_requested: A button of the notice was pressed; carries its id.
    """

    preferred = Signal(str, object)
    workspace_chosen = Signal(str)
    cache_emptied = Signal(str)
    notice_action_requested = Signal(str)

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self.headline: QWidget = QWidget()
        self.headline_stretch = 0
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self._boxes: dict[str, CalmComboBox] = {}
        self._switches: dict[str, QCheckBox] = {}
        self._folder = ElidedLabel()
        self._folder.setAccessibleName(self.tr("Folder of the workspace"))
        self._size = label("", "dim")
        self._recent = MenuBox()
        self._recent.setObjectName("settings.recent")
        self._recent.setAccessibleName(self.tr("Workspaces that were open before"))
        self._recent.activated.connect(self._on_recent)
        self._cache_rows = QWidget()
        self._cache_column = QVBoxLayout(self._cache_rows)
        self._cache_column.setContentsMargins(0, 0, 0, 0)
        self._caches: tuple[CacheRow, ...] | None = ()
        self._version = label("")
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.notice)
        column.addWidget(self._form(self.tr("Look"), Group.LOOK))
        column.addWidget(self._workspace_card())
        column.addWidget(self._form(self.tr("Work"), Group.WORK))
        column.addWidget(self._cache_card())
        column.addWidget(self._about_card())
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 16, 0, 0)
        layout.addWidget(Scroll(inside, sideways=False), 1)
        actions["settings.open_workspace"].triggered.connect(self._on_open)

    def show_state(self, state: SettingsState) -> None:
        """Show the values, the workspace, the caches and the notice."""
        for one in PREFERENCES:
            value = state.values.get(one.id, one.default)
            if one.is_switch:
                self._switches[one.id].setChecked(value is True)
                continue
            options = [Choice(option.value, said(option.title)) for option in one.options]
            found = [Choice(name, name) for name in state.devices]
            fill_chooser(self._boxes[one.id], options or found, str(value), "")
        self._folder.setText(state.workspace)
        self._size.setText(state.workspace_size)
        choices = tuple(Choice(folder, PurePath(folder).name, folder) for folder in state.recent)
        fill_chooser(self._recent, choices, "", self.tr("Recent"))
        if state.caches != self._caches:
            self._caches = state.caches
            self._show_caches()
        self._version.setText(state.version)
        self.notice.show_state(state.notice)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        self._boxes[PREFERENCES[0].id].setFocus()

    def focus_preference(self, preference_id: str) -> None:
        """Put the keyboard on the control of a preference."""
        control: QWidget = self._boxes.get(preference_id) or self._switches[preference_id]
        control.setFocus()

    def _form(self, title: str, group: Group) -> Card:
        card = Card(title)
        for one in PREFERENCES:
            if one.group is group:
                control = self._control(one)
                name = label(said(one.title))
                name.setBuddy(control)
                card.body.addWidget(_row(name, said(one.help), control))
        return card

    def _control(self, one: Preference) -> QWidget:
        if not one.is_switch:
            box = chooser(f"settings.{one.id}", said(one.title))
            box.activated.connect(partial(self._tell_choice, one.id))
            box.setFixedWidth(_CONTROL_WIDTH)
            control: QWidget = box
            self._boxes[one.id] = box
        else:
            switch = QCheckBox()
            switch.setProperty("role", "bare")
            switch.setObjectName(f"settings.{one.id}")
            switch.setAccessibleName(said(one.title))
            switch.clicked.connect(partial(self._tell_switch, one.id))
            control = switch
            self._switches[one.id] = switch
        control.setAccessibleDescription(said(one.help))
        return control

    def _workspace_card(self) -> Card:
        card = Card(self.tr("Workspace"))
        card.head.addWidget(self._size)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._folder, 1)
        self._recent.setFixedWidth(_CONTROL_WIDTH)
        line.addWidget(self._recent)
        open_button = QPushButton(self.tr("Open another…"))
        open_button.setObjectName("settings.open")
        open_button.clicked.connect(self._actions["settings.open_workspace"].trigger)
        line.addWidget(open_button)
        card.body.addLayout(line)
        card.body.addWidget(
            label(
                self.tr("Models, runs and data lie in this folder. An empty folder becomes a new workspace."),
                "small-dim",
                wraps=True,
            )
        )
        return card

    def _cache_card(self) -> Card:
        card = Card(self.tr("Cache"))
        card.body.addWidget(self._cache_rows)
        return card

    def _about_card(self) -> Card:
        card = Card("Whittle")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._version, 1)
        for action_id in ("app.shortcuts", "app.about"):
            action = self._actions[action_id]
            button = QPushButton(action.text())
            button.setObjectName(f"settings.{action_id}")
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            line.addWidget(button)
        card.body.addLayout(line)
        return card

    def _show_caches(self) -> None:
        while (item := self._cache_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._caches is None:
            self._cache_column.addWidget(label(self.tr("Being measured…"), "dim"))
            return
        for cache in self._caches:
            button = QPushButton(self.tr("Empty"))
            button.setObjectName(f"settings.empty_{cache.id}")
            button.setAccessibleName(self.tr("Empty: %1").replace("%1", cache.title))
            button.setEnabled(cache.can_empty)
            button.clicked.connect(partial(self._on_empty, cache.id))
            control = QWidget()
            line = QHBoxLayout(control)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(12)
            line.addWidget(label(cache.size, "dim"))
            line.addWidget(button)
            row = _row(label(cache.title), cache.help, control)
            self._cache_column.addWidget(row)
            zoom(row, self._look.scale)

    def _tell_choice(self, preference_id: str, _place: int) -> None:
        self.preferred.emit(preference_id, self._boxes[preference_id].currentData())

    def _tell_switch(self, preference_id: str, *_checked: bool) -> None:
        self.preferred.emit(preference_id, self._switches[preference_id].isChecked())

    def _on_empty(self, cache_id: str, *_checked: bool) -> None:
        self.cache_emptied.emit(cache_id)

    def _on_recent(self, _place: int) -> None:
        self.workspace_chosen.emit(self._recent.currentData())

    def _on_open(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a workspace: choose its folder, or an empty one"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.workspace_chosen)
        dialog.open()


def _row(title: QLabel, help_text: str, control: QWidget) -> QWidget:
    """Return a title over what it does, and the control at the right."""
    row = QWidget()
    words = QVBoxLayout()
    words.setContentsMargins(0, 0, 0, 0)
    words.setSpacing(2)
    words.addWidget(title)
    words.addWidget(label(help_text, "small-dim", wraps=True))
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 4, 0, 4)
    line.setSpacing(24)
    line.addLayout(words, 1)
    line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
