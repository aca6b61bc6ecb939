"""What the page Models knows of weight matrices: asked of the resident worker, kept for a while."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Problem
from app.domain.job import ModelAt
from app.domain.model import ModelRecord
from app.domain.question import ListMatrices, Matrices, MatrixPart, Question, ReadMatrix, Refused, Reply
from app.domain.structure import MatrixSparsity
from app.services.compression import model_at
from app.services.engine_session import EngineSession
from app.store.workspace import Workspace
from app.views.pages.model_matrix import MatrixState
from app.views.pages.model_sparsity import MatricesState

_MODELS_KEPT: Final = 24
_MOST_CELLS: Final = (128, 192)
_NEEDS_LIST: Final = frozenset({"sparsity", "matrix"})


class MatricesPresenter(QObject):
    """Asks for what is in sight, and nothing before.

    Signals:
        changed: Something new is known; carries nothing, the page is to be shown anew.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, session: EngineSession, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session = session
        self._model: ModelRecord | None = None
        self._tab = ""
        self._known: OrderedDict[str, tuple[MatrixSparsity, ...]] = OrderedDict()
        self._names: dict[str, str] = {}
        self._list_asked: ListMatrices | None = None
        self._part_asked: ReadMatrix | None = None
        self._whole: MatrixPart | None = None
        self._fine: MatrixPart | None = None
        self._list_problem: Problem | None = None
        self._part_problem: Problem | None = None
        session.answered.connect(self._on_answered)

    def show_model(self, model: ModelRecord | None) -> None:
        """Be about this model."""
        if (None if model is None else model.id) != (None if self._model is None else self._model.id):
            self._list_asked, self._list_problem = None, None
            self._forget_part()
        self._model = model
        self._ask()

    def show_tab(self, tab: str) -> None:
        """Be about what this tab shows."""
        self._tab = tab
        self._ask()
        self.changed.emit()

    def select(self, name: str) -> None:
        """Look into a matrix."""
        if self._model is not None and self._names.get(self._model.id) != name:
            self._names[self._model.id] = name
            self._forget_part()
            self._ask()
            self.changed.emit()

    def want_part(self, top: int, bottom: int, left: int, right: int) -> None:
        """Ask for finer cells of the matrix that is looked into."""
        row, model = self._selected(), self._model
        if row is not None and model is not None and self._whole is not None:
            self._part_asked = ReadMatrix(
                self._at(model), row.name, (top, bottom), (left, right), _MOST_CELLS
            )
            self._session.ask(self._part_asked)

    def retry(self) -> None:
        """Ask once more for what could not be read."""
        self._list_problem, self._part_problem = None, None
        self._list_asked, self._part_asked = None, None
        self._ask()
        self.changed.emit()

    def matrices_state(self) -> MatricesState:
        """Return what is known of the model's matrices."""
        row = self._selected()
        return MatricesState(
            rows=self._rows(),
            is_loading=self._list_asked is not None,
            problem=self._list_problem,
            selected="" if row is None else row.name,
        )

    def matrix_state(self) -> MatrixState:
        """Return what is known of the matrix that is looked into."""
        structure = None if self._model is None else self._model.structure
        layers = () if structure is None else structure.layers
        return MatrixState(
            matrices=self._rows(),
            selected=self._selected(),
            head_dim=layers[0].head_dim if layers else 0,
            whole=self._whole,
            fine=self._fine,
            is_loading=self._list_asked is not None or self._part_asked is not None,
            problem=self._list_problem or self._part_problem,
        )

    def _rows(self) -> tuple[MatrixSparsity, ...]:
        return () if self._model is None else self._known.get(self._model.id, ())

    def _selected(self) -> MatrixSparsity | None:
        """Return the matrix that was chosen; else the query that lost most heads, or the first of all."""
        rows = self._rows()
        name = "" if self._model is None else self._names.get(self._model.id, "")
        chosen = next((row for row in rows if row.name == name), None)
        # Of equals the first; a network from which nothing was removed begins with its first query.
        queries = [row for row in rows if row.role == "query"] or rows
        return chosen or min(queries, key=_share_of_rows, default=None)

    def _forget_part(self) -> None:
        self._part_asked, self._part_problem = None, None
        self._whole, self._fine = None, None

    def _at(self, model: ModelRecord) -> ModelAt:
        return model_at(self._workspace, model)

    def _ask(self) -> None:
        model = self._model
        if model is None or self._tab not in _NEEDS_LIST:
            return
        if model.id not in self._known:
            if self._list_asked is None and self._list_problem is None:
                self._list_asked = ListMatrices(self._at(model))
                self._session.ask(self._list_asked)
            return
        row = self._selected()
        needs_part = self._tab == "matrix" and self._whole is None and self._part_problem is None
        if row is not None and needs_part and self._part_asked is None:
            self._part_asked = ReadMatrix(self._at(model), row.name, most=_MOST_CELLS)
            self._session.ask(self._part_asked)

    def _on_answered(self, question: Question, reply: Reply) -> None:
        match question, reply:
            case ListMatrices(), _ if question == self._list_asked:
                self._list_asked = None
                self._take_list(question, reply)
            case ReadMatrix(), _ if question == self._part_asked:
                self._part_asked = None
                self._take_part(question, reply)
            case _:
                return
        self._ask()
        self.changed.emit()

    def _take_list(self, question: ListMatrices, reply: Reply) -> None:
        if isinstance(reply, Matrices):
            self._known[question.model.id] = reply.rows
            while len(self._known) > _MODELS_KEPT:
                self._known.popitem(last=False)
        elif isinstance(reply, Refused):
            self._list_problem = reply.problem

    def _take_part(self, question: ReadMatrix, reply: Reply) -> None:
        if isinstance(reply, Refused):
            self._part_problem = reply.problem
        elif isinstance(reply, MatrixPart):
            is_whole = question.rows == question.columns == (0, 0)
            self._whole, self._fine = (reply, None) if is_whole else (self._whole, reply)


def _share_of_rows(row: MatrixSparsity) -> float:
    return row.shape[0] / max(row.original_shape[0], 1)
