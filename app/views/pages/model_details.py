"""The details of a model, each kind under a tab of its own."""

from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.measurement import Measurement
from app.domain.wording import moment_text
from app.itemmodels.model_tree import ModelRow
from app.views.action_set import Actions
from app.views.look import Look
from app.views.pages.model_execution import ExecutionState, ModelExecution
from app.views.pages.model_matrix import MatrixState, ModelMatrix
from app.views.pages.model_measurements import ModelMeasurements
from app.views.pages.model_notes import ModelNotes
from app.views.pages.model_overview import ModelOverview
from app.views.pages.model_sparsity import MatricesState, ModelSparsity
from app.views.widgets.card import ElidedLabel
from app.views.widgets.flow import Flow
from app.views.widgets.reflow import show_only
from app.views.widgets.tabs import Tabs


class DetailsState(msgspec.Struct, frozen=True):
    """What the details show of a model."""

    measurements: tuple[Measurement, ...] = ()
    execution: ExecutionState = ExecutionState()
    matrices: MatricesState = MatricesState()
    matrix: MatrixState = MatrixState()


class ModelDetails(QWidget):
    """Tabs over one view each; what is not in sight is shown all the same, so that a tab comes up at once."""

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overview = ModelOverview(look)
        self.measurements = ModelMeasurements()
        self.execution = ModelExecution(look, actions)
        self.sparsity = ModelSparsity(look, actions)
        self.matrix = ModelMatrix(look)
        self.notes = ModelNotes(look)
        self.tabs = Tabs(
            "models.tabs",
            self.tr("Details of the model"),
            (
                ("overview", self.tr("Overview")),
                ("measurements", self.tr("Measurements")),
                ("execution", self.tr("Execution")),
                ("sparsity", self.tr("Sparsity")),
                ("matrix", self.tr("Matrix")),
                ("notes", self.tr("Notes")),
            ),
        )
        self._facts = ElidedLabel()
        self._facts.setProperty("role", "small-dim")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._stack = QStackedWidget()
        views = (self.overview, self.measurements, self.execution, self.sparsity, self.matrix, self.notes)
        for view in views:
            self._stack.addWidget(view)
        self.tabs.currentChanged.connect(partial(show_only, self._stack))
        show_only(self._stack, self.tabs.currentIndex())
        self._facts.setMinimumWidth(120)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)  # in presentation size
        line = Flow(look, spacing=16)
        line.add(self.tabs, is_whole=True)
        line.add(self._facts, grows=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(line)
        layout.addWidget(self._stack, 1)

    def show_state(self, row: ModelRow | None, state: DetailsState) -> None:
        """Show a model."""
        self.overview.show_row(row)
        self.measurements.show_measurements(state.measurements)
        self.execution.show_state(state.execution)
        self.sparsity.show_state(state.matrices)
        self.matrix.show_state(state.matrix)
        self.notes.show_row(row)
        self._facts.setText("" if row is None else self._facts_of(row))

    def _facts_of(self, row: ModelRow) -> str:
        record = row.record
        facts = [record.task, record.family]
        if record.origin:
            facts.append(self.tr("from %1").replace("%1", record.origin))
        if record.license:
            facts.append(self.tr("licence %1").replace("%1", record.license))
        if record.created_at:
            facts.append(self.tr("made %1 UTC").replace("%1", moment_text(record.created_at)))
        return " · ".join(fact for fact in facts if fact)
