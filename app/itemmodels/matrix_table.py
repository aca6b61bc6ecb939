"""Every weight matrix of a model with its zeros: ten thousand rows, sorted and filtered at once.

A proxy model would call back into Python for each comparison; sorting the rows by their keys and
telling the view once takes some hundredth of that time.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QModelIndex, QObject, Qt
from typing_extensions import override

from app.domain.structure import MatrixSparsity
from app.domain.wording import percent_text, shape_text, whole_text
from app.itemmodels.flat_table import FlatTable, Index

MATRIX_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `MatrixSparsity` of an index."""

_NAME, _LAYER, _ROLE, _SHAPE, _ORIGINAL, _PARAMETERS, _ZEROS, _GONE, _PRECISION = range(9)
_NUMBER: Final = re.compile(r"\d+")


class MatrixSums(msgspec.Struct, frozen=True):
    """What the rows that are shown add up to."""

    rows: int = 0
    of_rows: int = 0
    parameters: int = 0
    original_parameters: int = 0
    zeros: int = 0

    @property
    def gone(self) -> float | None:
        """Share of the original's weights that were removed or are zero, None for no weights."""
        left = self.parameters - self.zeros
        return 1 - left / self.original_parameters if self.original_parameters else None


class MatrixTable(FlatTable):
    """One row a matrix; sorts and filters by itself."""

    left_columns = frozenset({_NAME, _ROLE})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = (
            self.tr("Matrix"),
            self.tr("Layer"),
            self.tr("Role"),
            self.tr("Shape"),
            self.tr("Original"),
            self.tr("Parameters"),
            self.tr("Zeros"),
            self.tr("Sparsity"),
            self.tr("Stored as"),
        )
        self._all: tuple[MatrixSparsity, ...] = ()
        self._shown: list[MatrixSparsity] = []
        self._text, self._role = "", ""
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder
        self._roles = {
            "query": self.tr("query"),
            "key": self.tr("key"),
            "value": self.tr("value"),
            "attention_output": self.tr("attention output"),
            "ffn_in": self.tr("feed-forward in"),
            "ffn_out": self.tr("feed-forward out"),
            "embedding": self.tr("embedding"),
            "other": self.tr("other"),
        }

    @property
    def sums(self) -> MatrixSums:
        """Of the rows that are shown."""
        return MatrixSums(
            rows=len(self._shown),
            of_rows=len(self._all),
            parameters=sum(row.parameters for row in self._shown),
            original_parameters=sum(_product(row.original_shape) for row in self._shown),
            zeros=sum(row.zeros for row in self._shown),
        )

    def role_title(self, role: str) -> str:
        """Return how a role is called."""
        return self._roles.get(role, role)

    def roles(self) -> list[str]:
        """Return the roles that there are, in the order in which they come."""
        return list(dict.fromkeys(row.role for row in self._all))

    def show_matrices(self, rows: Sequence[MatrixSparsity]) -> None:
        """Show these matrices; equal ones keep selection and scroll position."""
        if tuple(rows) != self._all:
            self._all = tuple(rows)
            self._refresh()

    def show_only(self, *, text: str, role: str) -> None:
        """Show the matrices with all words of a text in their names, of a role; empty: of any."""
        if (text, role) != (self._text, self._role):
            self._text, self._role = text, role
            self._refresh()

    def index_of(self, name: str) -> QModelIndex:
        """Return the index of a matrix, invalid where it is not shown."""
        place = next((at for at, row in enumerate(self._shown) if row.name == name), -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        names = [self._shown[index.row()].name for index in old]
        self._column, self._order = column, order
        self._shown = self._chosen()
        places = {row.name: place for place, row in enumerate(self._shown)}
        new = [self.index(places[name], index.column()) for name, index in zip(names, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = self._chosen()
        self.endResetModel()

    def _chosen(self) -> list[MatrixSparsity]:
        words = self._text.casefold().split()
        rows = [
            row
            for row in self._all
            if (not self._role or row.role == self._role)
            and all(word in row.name.casefold() for word in words)
        ]
        if self._column >= 0:
            is_descending = self._order == Qt.SortOrder.DescendingOrder
            rows.sort(key=_KEYS[self._column], reverse=is_descending)
        return rows

    @override
    def shown_rows(self) -> Sequence[object]:
        return self._shown

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text_of(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case _ if role == MATRIX_ROLE:
                return row
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_gone = orientation == Qt.Orientation.Horizontal and section == _GONE
        if is_gone and role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Share of the original's weights that were removed or are exactly zero")
        return super().headerData(section, orientation, role)

    def _text_of(self, row: MatrixSparsity, column: int) -> str:
        return self.role_title(row.role) if column == _ROLE else _TEXTS[column](row)

    def _tooltip(self, row: MatrixSparsity, column: int) -> str:
        if column != _GONE:
            return self._text_of(row, column)
        return (
            self.tr("%1 of %2 weights: %3 removed, %4 zero")
            .replace("%1", whole_text(_product(row.original_shape) - row.parameters + row.zeros))
            .replace("%2", whole_text(_product(row.original_shape)))
            .replace("%3", whole_text(_product(row.original_shape) - row.parameters))
            .replace("%4", whole_text(row.zeros))
        )


def gone(row: MatrixSparsity) -> float | None:
    """Return the share of the original's weights that were removed or are zero, None for no weights."""
    before = _product(row.original_shape)
    return 1 - (row.parameters - row.zeros) / before if before else None


def _product(shape: Sequence[int]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product


_TEXTS: Final[dict[int, Callable[[MatrixSparsity], str]]] = {
    _NAME: lambda row: row.name,
    _LAYER: lambda row: "" if row.layer < 0 else f"L{row.layer}",
    _SHAPE: lambda row: shape_text(row.shape),
    _ORIGINAL: lambda row: shape_text(row.original_shape),
    _PARAMETERS: lambda row: whole_text(row.parameters),
    _ZEROS: lambda row: whole_text(row.zeros),
    _GONE: lambda row: percent_text(gone(row)),
    _PRECISION: lambda row: row.precision,
}
_KEYS: Final[dict[int, Callable[[MatrixSparsity], Any]]] = {
    _NAME: lambda row: _natural(row.name),
    _LAYER: lambda row: row.layer,
    _ROLE: lambda row: row.role,
    _SHAPE: lambda row: row.shape,
    _ORIGINAL: lambda row: row.original_shape,
    _PARAMETERS: lambda row: row.parameters,
    _ZEROS: lambda row: row.zeros,
    _GONE: lambda row: gone(row) or 0.0,
    _PRECISION: lambda row: row.precision,
}


def _natural(name: str) -> str:
    """Return a key by which layer 2 comes before layer 10."""
    return _NUMBER.sub(lambda found: found[0].zfill(6), name)
