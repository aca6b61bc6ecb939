"""Layers of several models beside each other, one row a layer."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.layer_comparison import OUTSIDE, LayerCell, LayerRow, LayerView
from app.domain.wording import NOT_MEASURED, count_text, percent_text, whole_text

BAR_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `LayerBarCell` of an index, None where nothing is known."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


_COLUMNS: Final = {
    LayerView.PARAMETERS: ("parameters", "attention", "feed_forward", "other"),
    LayerView.HEADS: ("heads_kept", "heads_total"),
    LayerView.NEURONS: ("neurons_kept", "neurons_total"),
    LayerView.TIME: ("time_ms",),
    LayerView.ERROR: ("relative_error",),
}
"""What the data of a view say of each layer."""


class LayerBarCell(msgspec.Struct, frozen=True):
    """A cell as a bar: its parts as shares of the longest bar of the table."""

    text: str
    parts: tuple[float, ...]
    gone: float = 0.0
    """What was removed, as a share of the longest bar."""


class LayerTable(QAbstractTableModel):
    """The cells of one view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._rows: tuple[LayerRow, ...] = ()
        self._view = LayerView.PARAMETERS
        self._longest = 1.0

    def show_rows(self, names: Sequence[str], rows: tuple[LayerRow, ...], view: LayerView) -> None:
        """Show these layers; ``names`` are the models', the columns."""
        if (tuple(names), rows, view) == (self._names, self._rows, self._view):
            return
        self.beginResetModel()
        self._names, self._rows, self._view = tuple(names), rows, view
        # What is outside of the layers is often ten times as much, and would press every bar flat.
        lengths = [_length(cell) for row in rows if row.layer != OUTSIDE for cell in row.cells if cell]
        self._longest = max(lengths, default=1.0) or 1.0
        self.endResetModel()

    def rows_of_data(self) -> list[tuple[object, ...]]:
        """Return one row for each layer of each model in plain numbers, header first."""
        columns = _COLUMNS[self._view]
        rows: list[tuple[object, ...]] = [("layer", "model", *columns)]
        for row in self._rows:
            layer = "outside" if row.layer == OUTSIDE else row.layer
            for name, cell in zip(self._names, row.cells, strict=True):
                known = () if cell is None else _known(cell, len(columns))
                rows.append((layer, name, *known, *(None for _ in columns[len(known) :])))
        return rows

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._names)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return layer_cell_text(self._view, cell)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._tooltip(row, index.column()).replace("\n", ", ")
            case _ if role == BAR_ROLE and cell is not None:
                return self._bar(row, cell)
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal:
            shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
            return self._names[section] if shown else None
        return self.title_of(self._rows[section].layer) if role == Qt.ItemDataRole.DisplayRole else None

    def title_of(self, layer: int) -> str:
        """Return what a layer is called."""
        return self.tr("Outside") if layer == OUTSIDE else f"L{layer}"

    def _bar(self, row: LayerRow, cell: LayerCell) -> LayerBarCell:
        text = layer_cell_text(self._view, cell)
        if row.layer == OUTSIDE:
            return LayerBarCell(text, ())
        gone = 0.0 if cell.total is None else cell.total - cell.value
        return LayerBarCell(text, tuple(part / self._longest for part in cell.parts), gone / self._longest)

    def _tooltip(self, row: LayerRow, column: int) -> str:
        cell = row.cells[column]
        lines = [f"{self._names[column]}, {self.title_of(row.layer)}"]
        if row.layer == OUTSIDE:
            lines[0] += f": {self.tr('embeddings, pooler and classifier')}"
        if cell is None:
            return "\n".join([*lines, self.tr("not measured")])
        lines.append(layer_cell_text(self._view, cell))
        if self._view is LayerView.PARAMETERS and len(cell.parts) > 1:
            names = (self.tr("attention"), self.tr("feed-forward"), self.tr("other"))
            lines += [
                f"{name} {count_text(round(part))}" for name, part in zip(names, cell.parts, strict=True)
            ]
        return "\n".join(lines)


def _known(cell: LayerCell, count: int) -> tuple[float, ...]:
    """Return a cell's numbers for that many columns; what lies outside of the layers has no parts."""
    if cell.total is not None:
        return cell.value, cell.total
    return (cell.value, *cell.parts) if len(cell.parts) == count - 1 else (cell.value,)


def _length(cell: LayerCell) -> float:
    return max(cell.value, cell.total or 0.0)


def layer_cell_text(view: LayerView, cell: LayerCell | None) -> str:
    """Return a cell with its unit."""
    if cell is None:
        return NOT_MEASURED
    match view:
        case LayerView.PARAMETERS:
            return count_text(round(cell.value))
        case LayerView.HEADS | LayerView.NEURONS:
            return f"{whole_text(round(cell.value))} / {whole_text(round(cell.total or 0))}"
        case LayerView.TIME:
            return in_figures(f"{cell.value:.3f} ms" if cell.value < 1 else f"{cell.value:.2f} ms")
        case LayerView.ERROR:
            return percent_text(cell.value)
