"""Figures and facts of several models: one row a metric, one column a model."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.comparison import Fact, Figure, Kind, Row, Under
from app.domain.comparison_wording import against_text, figure_of_kind
from app.domain.language import said
from app.domain.wording import NOT_MEASURED, moment_text, shape_text, whole_text
from app.itemmodels.syncing import InsertRow, MoveRow, RemoveRow, row_changes

CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `ComparisonCell` of an index."""
METRIC_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The metric of a row, empty for a row of words."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
BEST_SIGN: Final = "★"


class ComparisonCell(msgspec.Struct, frozen=True):
    """What one cell says."""

    text: str
    against: str = ""
    """The ratio to the reference, or the difference."""
    is_best: bool = False
    is_known: bool = True
    is_words: bool = False


class ComparisonTable(QAbstractTableModel):
    """Rows may come and go with the switch of differences; what is selected stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row | Fact] = []
        self._names: tuple[str, ...] = ()
        self._titles = {
            "accuracy": self.tr("Accuracy"),
            "accuracy_difference": self.tr("Paired difference"),
            "agreement": self.tr("Agreement"),
            "latency_p50": self.tr("p50 latency"),
            "latency_p95": self.tr("p95 latency"),
            "throughput": self.tr("Throughput"),
            "ir_size": self.tr("Size"),
            "checkpoint_size": self.tr("Checkpoint size"),
            "parameters": self.tr("Parameters"),
            "heads_kept": self.tr("Heads kept"),
            "neurons_kept": self.tr("Neurons kept"),
            "linear_sparsity": self.tr("Linear sparsity"),
            "load_time": self.tr("Load time"),
            "peak_memory": self.tr("Peak memory"),
            "precision": self.tr("Precision"),
            "method": self.tr("Method"),
            "parent": self.tr("Made from"),
            "task": self.tr("Task"),
            "family": self.tr("Family"),
            "labels": self.tr("Labels"),
            "license": self.tr("Licence"),
        }

    def title_of(self, name: str) -> str:
        """Return what a metric or fact is called."""
        return self._titles.get(name, name)

    def show_rows(self, names: Sequence[str], rows: Sequence[Row], facts: Sequence[Fact]) -> None:
        """Show these rows; ``names`` are the models', the columns."""
        wanted: list[Row | Fact] = [*rows, *facts]
        if tuple(names) != self._names:
            self.beginResetModel()
            self._names, self._rows = tuple(names), wanted
            self.endResetModel()
            return
        by_name = {_name_of(row): row for row in wanted}
        present = [_name_of(row) for row in self._rows]
        for change in row_changes(present, list(by_name)):
            match change:
                case RemoveRow(row):
                    self.beginRemoveRows(_ROOT, row, row)
                    del self._rows[row]
                    self.endRemoveRows()
                case MoveRow(source, target):
                    self.beginMoveRows(_ROOT, source, source, _ROOT, target)
                    self._rows.insert(target, self._rows.pop(source))
                    self.endMoveRows()
                case InsertRow(row, key):
                    self.beginInsertRows(_ROOT, row, row)
                    self._rows.insert(row, by_name[key])
                    self.endInsertRows()
        if self._rows != wanted and self._names:
            self._rows = wanted
            last = self.index(len(wanted) - 1, len(self._names) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(wanted) - 1)

    def row_of(self, name: str) -> int:
        """Return where a metric stands, -1 where it is not shown."""
        names = [_name_of(row) for row in self._rows]
        return names.index(name) if name in names else -1

    def cell(self, row: int, column: int) -> ComparisonCell:
        """Return what a cell says."""
        match self._rows[row]:
            case Fact(texts=texts):
                text = texts[column]
                return ComparisonCell(text or NOT_MEASURED, is_known=bool(text), is_words=True)
            case figures:
                figure = figures.figures[column]
                if figures.kind.under is Under.PAIR and column == 0 and any(figures.figures):
                    return ComparisonCell(self.tr("reference"), is_known=False)
                return ComparisonCell(
                    figure_of_kind(figures.kind, figure),
                    against_text(figures.kind, figures.against(column, 0)),
                    column in figures.best,
                    figure is not None,
                )

    def titles(self) -> list[str]:
        """Return the names of the rows, with the number of samples where all share it."""
        return [self._title(row) for row in self._rows]

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
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(row, column).text
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == CELL_ROLE:
                return self.cell(row, column)
            case _ if role == METRIC_ROLE:
                shown = self._rows[row]
                return shown.kind.metric if isinstance(shown, Row) else ""
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            is_text = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
            return self._title(self._rows[section]) if is_text else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._names[section]
            case Qt.ItemDataRole.ToolTipRole:
                name = self._names[section]
                return self.tr("%1 (reference)").replace("%1", name) if section == 0 else name
            case _:
                return None

    def _title(self, row: Row | Fact) -> str:
        title = self.title_of(_name_of(row))
        if isinstance(row, Row) and row.kind.in_points:
            counts = {figure.n for figure in row.figures if figure is not None}
            count = counts.pop() if len(counts) == 1 else None
            if count is not None:
                return f"{title} ({whole_text(count)})"
        return title

    def _spoken(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        text = cell.text if cell.is_known else self.tr("not measured here")
        parts = [f"{self._names[column]}, {self.title_of(_name_of(self._rows[row]))}: {text}"]
        if cell.against:
            parts.append(self.tr("%1 against the reference").replace("%1", cell.against))
        if cell.is_best:
            parts.append(self.tr("best"))
        return ", ".join(parts)

    def _tooltip(self, row: int, column: int) -> str:
        shown = self._rows[row]
        if isinstance(shown, Fact):
            return shown.texts[column] or self.tr("Not known")
        figure = shown.figures[column]
        if figure is None:
            return self._why_missing(shown.kind)
        lines = [figure_of_kind(shown.kind, figure), *_source_lines(figure)]
        against = against_text(shown.kind, shown.against(column, 0))
        if against:
            lines.append(self.tr("%1 against %2").replace("%1", against).replace("%2", self._names[0]))
        if shown.kind.metric == "accuracy_difference":
            lines.append(self.tr("Accuracy minus that of the reference on the same inputs, 95 % interval"))
        if shown.kind.metric == "agreement":
            lines.append(self.tr("Share of the inputs that both answer alike, 95 % interval"))
        return "\n".join(lines)

    def _why_missing(self, kind: Kind) -> str:
        match kind.under:
            case Under.MODEL:
                return self.tr("Not measured")
            case Under.PAIR:
                return self.tr("Not measured: “Measure these” compares the answers of these models")
            case _:
                return self.tr("Not measured under the chosen conditions; “Measure these” does it")


def _name_of(row: Row | Fact) -> str:
    return row.kind.metric if isinstance(row, Row) else row.name


def _source_lines(figure: Figure) -> list[str]:
    one = figure.source
    if one is None:
        return []
    streams = said("%1 streams", one.streams) if one.streams else ""
    shape = "" if one.shape is None else shape_text(one.shape)
    count = "" if one.n is None else f"n = {whole_text(one.n)}"
    conditions = " · ".join(
        part for part in (one.device, one.precision, shape, one.hint, streams, count) if part
    )
    return [line for line in (conditions, moment_text(one.measured_at)) if line]
