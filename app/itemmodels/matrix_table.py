"""Every weight matrix of a model with its zeros."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject
from typing_extensions import override

from app.domain.structure import MatrixSparsity
from app.domain.wording import percent_text, shape_text, whole_text
from app.itemmodels.column_table import Column
from app.itemmodels.sorted_rows import SortedRows, natural


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


class MatrixTable(SortedRows[MatrixSparsity]):
    """One row a matrix; its role is its category."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
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
        self._columns = (
            Column(
                self.tr("Matrix"),
                text=lambda row: row.name,
                key=lambda row: natural(row.name),
                is_left=True,
            ),
            Column(
                self.tr("Layer"),
                text=lambda row: "" if row.layer < 0 else f"L{row.layer}",
                key=lambda row: row.layer,
                value=lambda row: "" if row.layer < 0 else row.layer,
            ),
            Column(
                self.tr("Role"),
                text=lambda row: self.role_title(row.role),
                key=lambda row: row.role,
                value=lambda row: row.role,
                is_left=True,
            ),
            Column(
                self.tr("Shape"),
                text=lambda row: shape_text(row.shape),
                key=lambda row: row.shape,
            ),
            Column(
                self.tr("Original"),
                text=lambda row: shape_text(row.original_shape),
                key=lambda row: row.original_shape,
            ),
            Column(
                self.tr("Parameters"),
                text=lambda row: whole_text(row.parameters),
                key=lambda row: row.parameters,
                value=lambda row: row.parameters,
            ),
            Column(
                self.tr("Zeros"),
                text=lambda row: whole_text(row.zeros),
                key=lambda row: row.zeros,
                value=lambda row: row.zeros,
            ),
            Column(
                self.tr("Sparsity"),
                text=lambda row: percent_text(gone(row)),
                key=lambda row: gone(row) or 0.0,
                value=gone,
                tooltip=self._sparsity_tooltip,
                explanation=self.tr("Share of the original's weights that were removed or are exactly zero"),
            ),
            Column(
                self.tr("Stored as"),
                text=lambda row: row.precision,
            ),
        )

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

    @override
    def _category_of(self, row: MatrixSparsity) -> str:
        return row.role

    def _sparsity_tooltip(self, row: MatrixSparsity) -> str:
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
