"""One weight matrix of a model, to look into: zoom, pan, zeros or magnitudes."""

from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import Problem
from app.domain.question import MatrixPart
from app.domain.structure import MatrixSparsity
from app.domain.wording import percent_text, shape_text
from app.itemmodels.matrix_table import gone
from app.views.look import Look
from app.views.plots.block_grid import Shading
from app.views.plots.block_legend import BlockLegend
from app.views.plots.block_mask import BlockMask, MatrixFacts
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.flow import Flow
from app.views.widgets.loading_stack import LoadingStack
from app.views.widgets.tabs import Tabs

_ZOOM: Final = 1.4
_TOKENS: Final = {
    "query": "accent",
    "key": "accent",
    "value": "accent",
    "attention_output": "accent",
    "ffn_in": "ffn",
    "ffn_out": "ffn",
}


class MatrixState(msgspec.Struct, frozen=True):
    """What is known of the matrix that is looked into."""

    matrices: tuple[MatrixSparsity, ...] = ()
    """What there is to choose from."""
    selected: MatrixSparsity | None = None
    head_dim: int = 0
    """Rows or columns of a head; 0: not known."""
    whole: MatrixPart | None = None
    fine: MatrixPart | None = None
    is_loading: bool = False
    problem: Problem | None = None


class ModelMatrix(QWidget):
    """Shows a `MatrixState`.

    Signals:
        matrix_selected: Another matrix was chosen; carries its name.
        part_wanted: Finer cells are wanted; carries first and past-last row and column.
        retry_requested: The matrix is to be read once more.
    """

    matrix_selected = Signal(str)
    part_wanted = Signal(int, int, int, int)
    retry_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = MatrixState()
        self.viewer = BlockMask(look)
        self.viewer.setObjectName("models.matrix")
        self.viewer.part_wanted.connect(self.part_wanted)
        self._legend = BlockLegend(look)
        self._chooser = chooser("models.matrix_name", self.tr("Weight matrix to look into"))
        self._chooser.setMinimumContentsLength(16)
        self._chooser.activated.connect(self._on_chosen)
        self._shading = Tabs(
            "models.shading",
            self.tr("What the strength of the colour says"),
            ((Shading.ZEROS, self.tr("Zeros")), (Shading.MAGNITUDE, self.tr("Magnitude"))),
            role="switch",
        )
        self._shading.chosen.connect(self._on_shading_chosen)
        self._buttons = [
            self._button("models.matrix_in", "+", self.tr("Zoom in (+)"), lambda: self.viewer.zoom_by(_ZOOM)),
            self._button(
                "models.matrix_out", "−", self.tr("Zoom out (−)"), lambda: self.viewer.zoom_by(1 / _ZOOM)
            ),
            self._button(
                "models.matrix_reset",
                self.tr("Reset"),
                self.tr("Show the whole matrix (0)"),
                self.viewer.reset,
            ),
        ]
        self._facts = label("", "dim")
        self._content = QWidget()
        self._stack = LoadingStack(look, "models.matrix_state", self._content)
        self._stack.retry_requested.connect(self.retry_requested)
        self._lay_out()

    def show_state(self, state: MatrixState) -> None:
        """Show a matrix, that it is being read, or why it could not be."""
        self._state = state
        row = state.selected
        choices = [Choice(one.name, one.name) for one in state.matrices]
        fill_chooser(self._chooser, choices, "" if row is None else row.name, self.tr("Choose a matrix"))
        self._stack.show_state(
            self._message_of(state), state.problem, is_there=state.whole is not None and row is not None
        )
        self._facts.setText("" if row is None else self._facts_of(row))
        if row is not None and state.whole is not None:
            token = _TOKENS.get(row.role, "other")
            by_rows = state.head_dim if row.role in {"query", "key", "value"} else 0
            by_columns = state.head_dim if row.role == "attention_output" else 0
            facts = MatrixFacts(row.name, token, by_rows, by_columns)
            self.viewer.show_matrix(facts, state.whole, state.fine)
            self._legend.show_token(token)
        else:
            self.viewer.show_matrix(MatrixFacts(), None, None)

    def _message_of(self, state: MatrixState) -> str:
        if state.is_loading:
            return self.tr("Reading the weights…")
        return self.tr("Choose a weight matrix to look into.")

    def _facts_of(self, row: MatrixSparsity) -> str:
        original = shape_text(row.original_shape)
        if row.shape == row.original_shape:
            return self.tr("%1, sparsity %2").replace("%1", original).replace("%2", percent_text(gone(row)))
        return (
            self.tr("%1, of which %2 is left; sparsity %3")
            .replace("%1", original)
            .replace("%2", shape_text(row.shape))
            .replace("%3", percent_text(gone(row)))
        )

    def _button(self, name: str, text: str, title: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("role", "small")
        button.setAccessibleName(title)
        button.setToolTip(title)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        line = Flow(self._look)
        line.add(self._chooser)
        line.add(self._facts)
        line.add(self._shading, is_right=True)
        for button in self._buttons:
            line.add(button)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.viewer, 1)
        hint = ElidedLabel(self.tr("Wheel or + and − zoom, drag or arrow keys move, 0 shows the whole"))
        hint.setProperty("role", "small-dim")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._legend)
        foot.addWidget(hint, 1)
        column.addLayout(foot)
        self.viewer.set_legend(self._legend)
        card = Card()
        card.body.addWidget(line)
        card.body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _on_chosen(self, place: int) -> None:
        name = str(self._chooser.itemData(place) or "")
        if name and (self._state.selected is None or name != self._state.selected.name):
            self.matrix_selected.emit(name)

    def _on_shading_chosen(self, shading: str) -> None:
        self.viewer.show_shading(Shading(shading))
        self._legend.show_shading(Shading(shading))
