"""The weight matrices of a model as a table that sorts and filters, with its sums at the foot."""

from typing import Final

import msgspec
from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.errors import Problem
from app.domain.structure import MatrixSparsity
from app.domain.wording import count_text, percent_text, whole_text
from app.itemmodels.column_table import ROW_ROLE
from app.itemmodels.matrix_table import MatrixTable
from app.views.action_set import Actions
from app.views.look import Look
from app.views.widgets.card import Card, ElidedLabel
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.flow import Flow
from app.views.widgets.loading_stack import LoadingStack
from app.views.widgets.row_table import RowTable
from app.views.widgets.text_fields import LineField
from app.views.widgets.whole_rows import WholeRows

_WIDTHS: Final = (0, 76, 140, 104, 104, 104, 92, 92, 92)
_ANY: Final = ""


class MatricesState(msgspec.Struct, frozen=True):
    """What is known of a model's weight matrices."""

    rows: tuple[MatrixSparsity, ...] = ()
    is_loading: bool = False
    problem: Problem | None = None
    selected: str = ""
    """The matrix that is looked into."""


class ModelSparsity(QWidget):
    """Shows a `MatricesState`.

    Signals:
        matrix_selected: A row was selected; carries the name of the matrix.
        matrix_opened: A row was activated, to be looked into.
        retry_requested: The list is to be read once more.
    """

    matrix_selected = Signal(str)
    matrix_opened = Signal(str)
    retry_requested = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = MatricesState()
        self._model = MatrixTable(self)
        self._filter = LineField()
        self._filter.setObjectName("models.matrix_filter")
        self._filter.setPlaceholderText(self.tr("Filter by name"))
        self._filter.setAccessibleName(self.tr("Filter matrices by name"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(240)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._roles = chooser("models.matrix_role", self.tr("Show matrices of a role"))
        self._roles.currentIndexChanged.connect(self._on_filter_changed)
        self._open = QPushButton(self.tr("Look inside"))
        self._open.setObjectName("models.matrix_open")
        self._open.setProperty("role", "small")
        self._open.clicked.connect(lambda: self.matrix_opened.emit(self._state.selected))
        self._table = RowTable(
            "models.matrices", self.tr("Weight matrices"), self._model, _WIDTHS, look, actions
        )
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._table.activated.connect(self._on_activated)
        self._sums = ElidedLabel()
        self._sums.setObjectName("models.matrix_sums")
        self._sums.setProperty("role", "dim")
        self._stack = LoadingStack(look, "models.matrix_message", self._full_view())
        self._stack.retry_requested.connect(self.retry_requested)
        card = Card()
        card.body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_state(self, state: MatricesState) -> None:
        """Show the matrices, that they are being read, or why they could not be."""
        self._state = state
        self._model.show_rows(state.rows)
        roles = [Choice(_ANY, self.tr("All roles"))]
        roles += [Choice(role, self._model.role_title(role)) for role in self._model.roles()]
        current = self._roles.currentData()
        wanted = current if current in {choice.id for choice in roles} else _ANY
        fill_chooser(self._roles, roles, wanted, self.tr("All roles"))
        self._on_filter_changed()
        self._stack.show_state(self._message_of(state), state.problem, is_there=bool(state.rows))
        self._open.setEnabled(bool(state.selected))
        self._table.select(state.selected)

    def _message_of(self, state: MatricesState) -> str:
        if state.is_loading:
            return self.tr("Reading the weights…")
        return self.tr("This model has no weight matrices that could be listed.")

    def _full_view(self) -> QWidget:
        line = Flow(self._look)
        line.add(self._filter)
        line.add(self._roles)
        line.add(self._open, is_right=True)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(WholeRows(self._table), 1)
        column.addWidget(self._sums)
        return full

    def _on_filter_changed(self) -> None:
        self._model.filter_by(self._filter.text(), str(self._roles.currentData() or _ANY))
        sums = self._model.sums
        text = self.tr("%1 of %2 matrices · %3 of %4 parameters left, %5 of them zero · sparsity %6")
        for mark, value in (
            ("%1", whole_text(sums.rows)),
            ("%2", whole_text(sums.of_rows)),
            ("%3", count_text(sums.parameters)),
            ("%4", count_text(sums.original_parameters)),
            ("%5", whole_text(sums.zeros)),
            ("%6", percent_text(sums.gone)),
        ):
            text = text.replace(mark, value)
        self._sums.setText(text)
        self._table.select(self._state.selected)

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = current.data(ROW_ROLE)
        if isinstance(row, MatrixSparsity) and row.name != self._state.selected:
            self.matrix_selected.emit(row.name)

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, MatrixSparsity):
            self.matrix_opened.emit(row.name)
