"""Compress: what is to be made of which model with which data, and whether it can start."""

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.form import form_groups
from app.domain.recipe import JpqdRecipe
from app.views.actions import Actions
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.column_mapping import ColumnMapping, MappingState
from app.views.widgets.field_editors import CalmComboBox
from app.views.widgets.notice import ICON_OF, Notice, Severity
from app.views.widgets.recipe_form import RecipeForm
from app.views.widgets.scroll import Scroll


class FindingRow(msgspec.Struct, frozen=True):
    """One thing that was checked before the start."""

    severity: Severity
    title: str
    text: str = ""


class CompressState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. Values are the recipe as plain data."""

    models: tuple[Choice, ...] = ()
    model_id: str = ""
    recipes: tuple[Choice, ...] = ()
    recipe: str = ""
    datasets: tuple[Choice, ...] = ()
    train_id: str = ""
    evaluation_id: str = ""
    teachers: tuple[Choice, ...] = ()
    teacher_id: str = ""
    """Empty: the model as it is now teaches its smaller self."""
    name: str = ""
    values: dict[str, Any] = {}
    recipe_values: dict[str, Any] = {}
    """What the chosen recipe says, to mark and reset what differs."""
    reasons: dict[str, str] = {}
    findings: tuple[FindingRow, ...] = ()
    command: str = ""
    why_not: str = ""
    """Why it cannot start; empty: it can."""
    mapping: MappingState | None = None


class CompressPage(QWidget):
    """Choosers and a form at the left, what was checked at the right.

    Signals:
        model_chosen: Carries the id of a model.
        recipe_chosen: Carries the name of a ready recipe.
        train_chosen: Carries the id of a dataset.
        evaluation_chosen: Carries the id of a dataset, empty for none.
        teacher_chosen: Carries the id of a model, empty for the model itself.
        name_edited: What the variant is to be called.
        data_file_chosen: A file was picked; carries ``train`` or ``evaluation``, and its path.
        field_edited: Dotted path and new value.
        reset_requested: Dotted path.
    """

    model_chosen = Signal(str)
    recipe_chosen = Signal(str)
    train_chosen = Signal(str)
    evaluation_chosen = Signal(str)
    teacher_chosen = Signal(str)
    name_edited = Signal(str)
    data_file_chosen = Signal(str, str)
    field_edited = Signal(str, object)
    reset_requested = Signal(str)

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._findings: tuple[FindingRow, ...] = ()
        self.summary = ElidedLabel()
        self.summary.setProperty("role", "dim")
        self.headline, self.headline_stretch = self.summary, 1
        self.notice = Notice(look)
        self.mapping = ColumnMapping()
        self._model = chooser("compress.model", self.tr("Model"))
        self._recipe = chooser("compress.recipe", self.tr("Recipe"))
        self._train = chooser("compress.train", self.tr("Training data"))
        self._evaluation = chooser("compress.evaluation", self.tr("Evaluation data"))
        self._teacher = chooser("compress.teacher", self.tr("Teacher"))
        for box, signal in (
            (self._model, self.model_chosen),
            (self._recipe, self.recipe_chosen),
            (self._train, self.train_chosen),
            (self._evaluation, self.evaluation_chosen),
            (self._teacher, self.teacher_chosen),
        ):
            box.activated.connect(partial(self._tell_choice, box, signal))
        self._name = QLineEdit()
        self._name.setObjectName("compress.name")
        self._name.setAccessibleName(self.tr("Name of the variant"))
        self._name.textEdited.connect(self.name_edited)
        self._form = RecipeForm(form_groups(JpqdRecipe), look)
        self._form.field_edited.connect(self.field_edited)
        self._form.reset_requested.connect(self.reset_requested)
        self._checks = Card(self.tr("Before it starts"))
        self._check_grid = QGridLayout()
        self._check_grid.setHorizontalSpacing(10)
        self._check_grid.setVerticalSpacing(10)
        self._check_grid.setColumnStretch(1, 1)
        self._checks.body.addLayout(self._check_grid)
        self._command = QPlainTextEdit()
        self._command.setObjectName("compress.command")
        self._command.setReadOnly(True)
        self._command.setTabChangesFocus(True)
        self._command.setProperty("role", "code")
        self._command.setAccessibleName(self.tr("The same as a command"))
        self._command.setPlaceholderText(self.tr("Stands here once everything is chosen."))
        self._command.setFixedHeight(92)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 0)
        layout.setSpacing(16)
        layout.addWidget(self.notice)
        columns = QHBoxLayout()
        columns.setSpacing(6)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right())
        layout.addLayout(columns, 1)
        look.changed.connect(self._show_findings)
        self._show_findings()

    def show_state(self, state: CompressState) -> None:
        """Show choices, values, findings and whether it can start."""
        fill_chooser(self._model, state.models, state.model_id, self.tr("No model yet"))
        fill_chooser(self._recipe, state.recipes, state.recipe, self.tr("No recipe"))
        fill_chooser(self._train, state.datasets, state.train_id, self.tr("Choose…"))
        none = Choice("", self.tr("None: accuracy is not measured"))
        fill_chooser(self._evaluation, (none, *state.datasets), state.evaluation_id, "")
        itself = Choice("", self.tr("The model itself, as it is now"))
        fill_chooser(self._teacher, (itself, *state.teachers), state.teacher_id, "")
        if self._name.text() != state.name:
            self._name.setText(state.name)
        if state.values:
            self._form.show_values(state.values, recipe=state.recipe_values, reasons=state.reasons)
        self._form.setEnabled(bool(state.values))
        self.mapping.show_state(state.mapping)
        if state.findings != self._findings:
            self._findings = state.findings
            self._show_findings()
        if self._command.toPlainText() != state.command:
            self._command.setPlainText(state.command)
        self.summary.setText(state.why_not or self.tr("Ready to start."))
        start = self._actions["compress.start"]
        start.setEnabled(not state.why_not)
        start.setToolTip(state.why_not or self.tr("Put this into the queue (Ctrl+Return)"))
        self._actions["compress.copy"].setEnabled(bool(state.command))

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        self._model.setFocus()

    def _tell_choice(self, box: CalmComboBox, signal: SignalInstance, _place: int) -> None:
        signal.emit(box.currentData())

    def _left(self) -> QWidget:
        what = Card(self.tr("JPQD: prune, quantize and distil in one fine-tuning run"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, (title, box) in enumerate(
            ((self.tr("Model"), self._model), (self.tr("Recipe"), self._recipe))
        ):
            grid.addWidget(label(title, "dim"), 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(box, 1, column)
        for column, (title, box, use) in enumerate(
            (
                (self.tr("Training data"), self._train, "train"),
                (self.tr("Evaluation data"), self._evaluation, "evaluation"),
            )
        ):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(box, 1)
            button = QPushButton(self.tr("File…"))
            button.setObjectName(f"compress.{use}_file")
            button.setAccessibleName(f"{title}: {self.tr('choose a file')}")
            button.clicked.connect(lambda _=False, use=use: self._ask_file(use))
            line.addWidget(button)
            grid.addWidget(label(title, "dim"), 2, column, Qt.AlignmentFlag.AlignBottom)
            grid.addLayout(line, 3, column)
        grid.addWidget(label(self.tr("Name of the variant"), "dim"), 4, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._name, 5, 0)
        grid.addWidget(label(self.tr("Teacher"), "dim"), 4, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._teacher, 5, 1)
        for row in (2, 4):
            grid.setRowMinimumHeight(row, 26)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        what.body.addLayout(grid)
        what.body.addWidget(self.mapping)
        inside = QWidget()
        column_layout = QVBoxLayout(inside)
        column_layout.setContentsMargins(0, 0, 4, 16)
        column_layout.setSpacing(16)
        column_layout.addWidget(what)
        column_layout.addWidget(self._form)
        column_layout.addStretch(1)
        return Scroll(inside, sideways=False)

    def _right(self) -> QWidget:
        command = Card(self.tr("The same as a command"))
        command.body.addWidget(self._command)
        side = QWidget()
        side.setFixedWidth(324)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(16)
        column.addWidget(self._checks)
        column.addWidget(command)
        column.addStretch(1)
        return side

    def _show_findings(self) -> None:
        self._checks.show_note("" if self._findings else self.tr("Choose a model first."))
        while (item := self._check_grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, finding in enumerate(self._findings):
            name, token = ICON_OF[finding.severity]
            sign = QLabel()
            sign.setPixmap(
                icon(name, self._look.color(token)).pixmap(QSize(self._look.px(18), self._look.px(18)))
            )
            sign.setAccessibleName(finding.severity.value)
            words = QWidget()
            words.setAccessibleName(f"{finding.severity.value}: {finding.title} {finding.text}")
            column = QVBoxLayout(words)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(label(finding.title, wraps=True))
            if finding.text:
                column.addWidget(label(finding.text, "small-dim", wraps=True))
            self._check_grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._check_grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)

    def _ask_file(self, use: str) -> None:
        patterns = self.tr("Labelled texts") + " (*.tsv *.csv *.jsonl *.json *.parquet)"
        dialog = QFileDialog(self, self.tr("Choose a file of labelled texts"), "", patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.data_file_chosen.emit, use))
        dialog.open()
