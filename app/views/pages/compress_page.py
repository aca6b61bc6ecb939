"""Compress: what is to be made of which model with which data, and whether it can start."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.views.action_set import Actions
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.calm import CalmComboBox
from app.views.widgets.card import Card, ElidedLabel, field
from app.views.widgets.check_list import CheckList, FindingRow
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.column_mapping import ColumnMapping, MappingState
from app.views.widgets.data_panel import DataPanel, DataState
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.notice import Notice
from app.views.widgets.recipe_panel import JSON, JsonState, RecipePanel
from app.views.widgets.reflow import Beside, Columns
from app.views.widgets.scroll import Scroll
from app.views.widgets.text_fields import LineField
from app.views.widgets.way_cards import WayCard, WayCards

__all__ = ["CompressPage", "CompressState", "FindingRow"]

_SIDE_WIDTH: Final = 304
_LEAST_LEFT: Final = 640
_LEAST_FIELD: Final = 190
_RECIPE_SUFFIX: Final = ".json"
_DATA_SUFFIXES: Final = frozenset({".tsv", ".csv", ".jsonl", ".parquet"})


class CompressState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. Values are the recipe as plain data."""

    models: tuple[Choice, ...] = ()
    model_id: str = ""
    ways: tuple[WayCard, ...] = ()
    way: str = ""
    datasets: tuple[Choice, ...] = ()
    train_id: str = ""
    evaluation_id: str = ""
    teachers: tuple[Choice, ...] = ()
    teacher_id: str = ""
    """Empty: the model as it is now teaches its smaller self."""
    name: str = ""
    values: dict[str, Any] = {}
    recipe_values: dict[str, Any] = {}
    """What the recipe began with, to mark and reset what differs."""
    reasons: dict[str, str] = {}
    changed: int = 0
    """How many settings differ."""
    json: JsonState = JsonState()
    data: DataState = DataState()
    findings: tuple[FindingRow, ...] = ()
    no_findings: str = ""
    """What stands in their place while there are none."""
    command: str = ""
    why_not: str = ""
    is_checking: bool = False
    """Whether there may be more against it: to start waits for that."""
    """Why it cannot start; empty: it can."""
    mapping: MappingState | None = None


class CompressPage(QWidget):
    """Model, data and way at the top, the recipe beneath, what was checked at the right.

    Signals:
        model_chosen: Carries the id of a model.
        way_chosen: Carries the id of a card.
        train_chosen: Carries the id of a dataset.
        evaluation_chosen: Carries the id of a dataset, empty for none.
        teacher_chosen: Carries the id of a model, empty for the model itself.
        name_edited: What the variant is to be called.
        data_file_chosen: A file was picked; carries ``train`` or ``evaluation``, and its path.
        field_edited: Dotted path and new value.
        reset_requested: Dotted path; empty for all fields.
        json_edited: The whole text of the recipe.
        json_kind_chosen: recipe or nncf.
        recipe_file_chosen: Path of a recipe to be read.
        recipe_target_chosen: Path that the recipe is to be written to.
    """

    model_chosen = Signal(str)
    way_chosen = Signal(str)
    train_chosen = Signal(str)
    evaluation_chosen = Signal(str)
    teacher_chosen = Signal(str)
    name_edited = Signal(str)
    data_file_chosen = Signal(str, str)
    field_edited = Signal(str, object)
    reset_requested = Signal(str)
    json_edited = Signal(str)
    json_kind_chosen = Signal(str)
    recipe_file_chosen = Signal(str)
    recipe_target_chosen = Signal(str)

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self.summary = ElidedLabel()
        self.summary.setProperty("role", "dim")
        self.headline, self.headline_stretch = self.summary, 1
        self.notice = Notice(look)
        self.mapping = ColumnMapping()
        self._model = chooser("compress.model", self.tr("Model"))
        self._train = chooser("compress.train", self.tr("Training data"))
        self._evaluation = chooser("compress.evaluation", self.tr("Evaluation data"))
        self._teacher = chooser("compress.teacher", self.tr("Teacher"))
        for box, signal in (
            (self._model, self.model_chosen),
            (self._train, self.train_chosen),
            (self._evaluation, self.evaluation_chosen),
            (self._teacher, self.teacher_chosen),
        ):
            box.activated.connect(partial(self._tell_choice, box, signal))
        self._name = LineField()
        self._name.setObjectName("compress.name")
        self._name.setAccessibleName(self.tr("Name of the variant"))
        self._name.textEdited.connect(self.name_edited)
        self._file_buttons: list[QToolButton] = []
        self._ways = WayCards(look)
        self._ways.way_chosen.connect(self.way_chosen)
        self.data = DataPanel(look)
        self.recipe = RecipePanel(look, actions, Scroll(self.data, sideways=False))
        self.recipe.field_edited.connect(self.field_edited)
        self.recipe.reset_requested.connect(self.reset_requested)
        self.recipe.json.edited.connect(self.json_edited)
        self.recipe.json.kind_chosen.connect(self.json_kind_chosen)
        self._checks = CheckList(self.tr("Before it starts"), look)
        self._command = QPlainTextEdit()
        self._command.setObjectName("compress.command")
        self._command.setReadOnly(True)
        self._command.setTabChangesFocus(True)
        self._command.setProperty("role", "code")
        self._command.setAccessibleName(self.tr("The same as a command"))
        self._command.setPlaceholderText(self.tr("Appears here once everything is chosen."))
        self._command.setFixedHeight(92)
        actions["compress.import"].triggered.connect(self._ask_recipe)
        actions["compress.export"].triggered.connect(self._ask_target)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        self._side = self._right()
        columns = Beside(
            self._left(), self._side, look, side=self._side, side_width=_SIDE_WIDTH, least=_LEAST_LEFT
        )
        columns.folded.connect(self._side.show_whole)
        columns.folded.connect(self.recipe.show_whole)
        layout.addWidget(columns, 1)
        veil = DropVeil(
            self.tr("Drop to use"),
            self.tr("A recipe (.json), or data to train on (.csv, .tsv, .jsonl, .parquet)"),
            self,
            takes=lambda path: _suffix_of(path) in {_RECIPE_SUFFIX, *_DATA_SUFFIXES},
        )
        veil.dropped.connect(self._on_dropped)
        look.changed.connect(self._paint_icons)
        self._paint_icons()

    def show_state(self, state: CompressState) -> None:
        """Show choices, values, findings and whether it can start."""
        fill_chooser(self._model, state.models, state.model_id, self.tr("No model yet"))
        fill_chooser(self._train, state.datasets, state.train_id, self.tr("Choose…"))
        none = Choice("", self.tr("None: accuracy is not measured"))
        fill_chooser(self._evaluation, (none, *state.datasets), state.evaluation_id, "")
        itself = Choice("", self.tr("The model itself, as it is now"))
        fill_chooser(self._teacher, (itself, *state.teachers), state.teacher_id, "")
        if self._name.text() != state.name:
            self._name.setText(state.name)
            self._name.setCursorPosition(0)  # of a long name the beginning
        self._ways.show_cards(state.ways, state.way)
        self.recipe.show_form(state.values, state.recipe_values, state.reasons, state.changed)
        self.recipe.json.show_state(state.json)
        self.data.show_state(state.data)
        self.mapping.show_state(state.mapping)
        self._checks.show_findings(state.findings, state.no_findings)
        if self._command.toPlainText() != state.command:
            self._command.setPlainText(state.command)
        ready = self.tr("Checking…") if state.is_checking else self.tr("Ready to start.")
        self.summary.setText(state.why_not or ready)
        start = self._actions["compress.start"]
        start.setEnabled(not state.why_not)
        start.setToolTip(state.why_not or self.tr("Put this into the queue (Ctrl+Return)"))
        for name in ("compress.copy", "compress.copy_python"):
            self._actions[name].setEnabled(bool(state.command))
        self._actions["compress.export"].setEnabled(bool(state.values))

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        self._model.setFocus()

    def show_json(self) -> None:
        """Bring up the JSON, where it does not stand beside the form already."""
        if self.recipe.tabs.isTabVisible(JSON):
            self.recipe.show_tab(JSON)

    def _tell_choice(self, box: CalmComboBox, signal: SignalInstance, _place: int) -> None:
        signal.emit(box.currentData())

    def _left(self) -> QWidget:
        what = Card()
        what.setAccessibleName(self.tr("Model and data"))
        train = self._with_file_button(self._train, "train", self.tr("Training data: choose a file"))
        evaluation = self._with_file_button(
            self._evaluation, "evaluation", self.tr("Evaluation data: choose a file")
        )
        fields = [
            field(title, control)
            for title, control in (
                (self.tr("Model"), self._model),
                (self.tr("Training data"), train),
                (self.tr("Evaluation data"), evaluation),
                (self.tr("Name of the variant"), self._name),
                (self.tr("Teacher"), self._teacher),
            )
        ]
        grid = Columns(fields, self._look, least=_LEAST_FIELD, spacing=14)
        grid.limit(3)
        what.body.addWidget(grid)
        left = QWidget()
        column_layout = QVBoxLayout(left)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(12)
        column_layout.addWidget(what)
        column_layout.addWidget(self.mapping)
        column_layout.addWidget(self._ways)
        column_layout.addWidget(self.recipe, 1)
        return left

    def _with_file_button(self, box: CalmComboBox, use: str, title: str) -> QWidget:
        button = QToolButton()
        button.setProperty("role", "beside")
        button.setObjectName(f"compress.{use}_file")
        button.setAccessibleName(title)
        button.setToolTip(title)
        button.clicked.connect(lambda: self._ask_file(use))
        self._file_buttons.append(button)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(box, 1)
        line.addWidget(button)
        return both

    def _right(self) -> Scroll:
        command = Card(self.tr("The same as a command"))
        command.body.addWidget(self._command)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._checks)
        column.addWidget(command)
        column.addStretch(1)
        return Scroll(inside, sideways=False)

    def _paint_icons(self) -> None:
        for button in self._file_buttons:
            button.setIcon(icon("folder-open", self._look.color("dim")))

    def _ask_file(self, use: str) -> None:
        patterns = self.tr("Labelled texts") + " (*.tsv *.csv *.jsonl *.json *.parquet)"
        dialog = QFileDialog(self, self.tr("Choose a file of labelled texts"), "", patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.data_file_chosen.emit, use))
        dialog.open()

    def _ask_recipe(self) -> None:
        patterns = self.tr("Recipes of Whittle and configs of NNCF") + " (*.json)"
        dialog = QFileDialog(self, self.tr("Choose a recipe"), "", patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.recipe_file_chosen)
        dialog.open()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the recipe"), "", self.tr("Recipes") + " (*.json)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{self._name.text() or 'recipe'}.json")
        dialog.fileSelected.connect(self.recipe_target_chosen)
        dialog.open()

    def _on_dropped(self, paths: list[str]) -> None:
        for path in paths:
            if _suffix_of(path) == _RECIPE_SUFFIX:
                self.recipe_file_chosen.emit(path)
            else:
                self.data_file_chosen.emit("train", path)


def _suffix_of(path: str) -> str:
    return Path(path).suffix.lower()
