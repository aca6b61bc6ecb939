"""The recipe as a form and as JSON, beside each other where there is room, and the data behind a tab."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.form import form_groups
from app.domain.recipe import JpqdRecipe
from app.views.action_set import ActionButton, Actions
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.flow import Flow
from app.views.widgets.json_editor import JsonEditor, LineMark
from app.views.widgets.recipe_form import RecipeForm
from app.views.widgets.scroll import Scroll
from app.views.widgets.tabs import Tabs

SETTINGS, JSON, DATA = range(3)
_LEAST_HEIGHT: Final = 250
_BESIDE_WIDTH: Final = 800
"""From here on the form and the JSON stand beside each other: in the smallest window too."""
_BESIDE_SIZES: Final = (560, 440)
"""Of the form and the JSON beside it, as shares."""


class JsonState(msgspec.Struct, frozen=True):
    """The recipe as a text."""

    text: str = ""
    kind: str = "recipe"
    """recipe or nncf: in whose words."""
    marks: tuple[LineMark, ...] = ()
    note: str = ""


class JsonPanel(Card):
    """The editor with its kind and what is wrong.

    Signals:
        edited: The whole text.
        kind_chosen: recipe or nncf.
    """

    edited = Signal(str)
    kind_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._look = look
        self.setAccessibleName(self.tr("The recipe as JSON"))
        self.kind = chooser("compress.json_kind", self.tr("Written as"))
        self.kind.setMinimumContentsLength(14)
        self.kind.activated.connect(self._on_kind_chosen)
        self.editor = JsonEditor(look)
        self.editor.setObjectName("compress.json")
        self.editor.setAccessibleName(self.tr("The recipe as JSON"))
        self.editor.edited.connect(self.edited)
        self._note = ElidedLabel()
        self._note.setProperty("role", "small-dim")
        self._sign = QLabel()
        self._reason = label("", "reason", wraps=True)
        self._reason.setObjectName("compress.json_reason")
        self._go = QPushButton(self.tr("Go to line"))
        self._go.setProperty("role", "small")
        self._go.setObjectName("compress.json_go")
        self._go.clicked.connect(self._on_go)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(label(self.tr("Written as"), "dim"))
        top.addWidget(self.kind)
        top.addWidget(self._note, 1)
        wrong = QHBoxLayout()
        wrong.setSpacing(8)
        wrong.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        wrong.addWidget(self._reason, 1)
        wrong.addWidget(self._go, 0, Qt.AlignmentFlag.AlignTop)
        self.body.setContentsMargins(12, 10, 12, 12)
        self.body.addLayout(top)
        self.body.addWidget(self.editor, 1)
        self.body.addLayout(wrong)
        self._marks: tuple[LineMark, ...] = ()
        look.changed.connect(self._paint_icon)
        self.show_state(JsonState())

    def show_state(self, state: JsonState) -> None:
        """Show text, marks and what is to be said about them."""
        choices = (Choice("recipe", self.tr("Whittle recipe")), Choice("nncf", self.tr("NNCF config")))
        fill_chooser(self.kind, choices, state.kind, "")
        self.editor.show_text(state.text)
        self.editor.show_marks(state.marks)
        self._note.setText(state.note)
        self._marks = state.marks
        first = next(iter(state.marks), None)
        if first is not None:
            said = self.tr("Line %1: %2").replace("%1", str(first.line)).replace("%2", first.text)
            self._reason.setText(said)
        for one in (self._sign, self._reason, self._go):
            one.setVisible(first is not None)
        self._paint_icon()

    def _on_kind_chosen(self, _place: int) -> None:
        self.kind_chosen.emit(self.kind.currentData())

    def _on_go(self) -> None:
        if self._marks:
            self.editor.go_to_line(self._marks[0].line)
            self.editor.setFocus()

    def _paint_icon(self) -> None:
        self._sign.setPixmap(icon("warning-circle", self._look.color("bad")).pixmap(16, 16))


class RecipePanel(QWidget):
    """Tabs over the form, the JSON and the data.

    Signals:
        field_edited: Dotted path and new value.
        reset_requested: Dotted path; empty for all fields.
    """

    field_edited = Signal(str, object)
    reset_requested = Signal(str)

    def __init__(self, look: Look, actions: Actions, data: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_beside = False
        self.setMinimumHeight(_LEAST_HEIGHT)  # less of it is of no use: the page scrolls then
        self.tabs = Tabs(
            "compress.tabs",
            self.tr("Settings, JSON or data"),
            (("settings", self.tr("Settings")), ("json", self.tr("JSON")), ("data", self.tr("Data"))),
        )
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._arrange)
        self.form = RecipeForm(form_groups(JpqdRecipe), look)
        self.form.field_edited.connect(self.field_edited)
        self.form.reset_requested.connect(self.reset_requested)
        self.json = JsonPanel(look)
        self._form_scroll = Scroll(_at_the_top(self.form), sideways=False)
        self._data = data
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._framed = _framed(self._form_scroll)
        self._splitter.addWidget(self._framed)
        self._splitter.addWidget(self.json)
        self._splitter.setSizes(list(_BESIDE_SIZES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._top(actions))
        layout.addWidget(self._splitter, 1)
        layout.addWidget(data, 1)
        look.changed.connect(self._paint_icon)
        self._paint_icon()
        self._arrange()

    def _top(self, actions: Actions) -> QWidget:
        self._changed = label("", "small-dim")
        self._reset = QToolButton()
        self._reset.setProperty("role", "link")
        self._reset.setObjectName("compress.reset_all")
        self._reset.setText(self.tr("Reset all"))
        self._reset.setToolTip(self.tr("Set every field to the recipe's value again"))
        self._reset.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._reset.clicked.connect(lambda: self.reset_requested.emit(""))
        top = Flow(self._look)
        top.add(self.tabs)
        top.add(self._changed, is_right=True)
        top.add(self._reset)
        for name in ("compress.import", "compress.export"):
            button = ActionButton(actions[name])
            button.setProperty("role", "small")
            top.add(button)
        return top

    def show_form(
        self, values: Mapping[str, Any], recipe: Mapping[str, Any], reasons: Mapping[str, str], changed: int
    ) -> None:
        """Show the values, what differs from the recipe, and what is wrong."""
        if values:
            self.form.show_values(values, recipe=recipe, reasons=reasons)
        self.form.setEnabled(bool(values))
        self._changed.setText(self.tr("Changed settings: %1").replace("%1", str(changed)) if changed else "")
        self._reset.setVisible(changed > 0)

    def show_whole(self, is_whole: bool) -> None:  # noqa: FBT001 - a slot
        """Ask for the height of the whole form: the page scrolls instead."""
        self._form_scroll.show_whole(is_whole)
        self.setMinimumHeight(0 if is_whole else self._look.px(_LEAST_HEIGHT))

    def show_tab(self, tab: int) -> None:
        """Bring up settings, JSON or data."""
        self.tabs.setCurrentIndex(tab)

    def _arrange(self, _tab: int = 0) -> None:
        tab = self.tabs.currentIndex()
        self._data.setVisible(tab == DATA)
        self._splitter.setVisible(tab != DATA)
        self._framed.setVisible(self._is_beside or tab != JSON)
        self.json.setVisible(self._is_beside or tab == JSON)

    def _paint_icon(self) -> None:
        self._reset.setIcon(icon("arrow-counter-clockwise", self._look.color("accent")))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = event.size().width() >= self._look.px(_BESIDE_WIDTH)
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self.tabs.setTabText(SETTINGS, self.tr("Settings and JSON") if is_beside else self.tr("Settings"))
            if is_beside and self.tabs.currentIndex() == JSON:
                self.tabs.setCurrentIndex(SETTINGS)
            self.tabs.setTabVisible(JSON, not is_beside)
            if is_beside:
                self._splitter.setSizes(list(_BESIDE_SIZES))
            # A tab bar that was too narrow for a moment stays scrolled otherwise.
            self.tabs.setMinimumWidth(self.tabs.sizeHint().width())
            self._arrange()


def _framed(widget: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(1, 4, 1, 4)
    column.addWidget(widget)
    return made


def _at_the_top(widget: QWidget) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return around
