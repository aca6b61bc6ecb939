"""Inputs on which models differ: text, truth, and what each model answered."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor
from typing_extensions import override

from app.domain.disagreement import DifferingRow, GivenAnswer
from app.domain.language import in_figures

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
NUMBER_COLUMN, TEXT_COLUMN, TRUTH_COLUMN, FIRST_MODEL_COLUMN = range(4)
WRONG_SIGN: Final = "✗"


class Shown(StrEnum):
    """Which of the rows come through."""

    ALL = "all"
    REFERENCE_RIGHT = "right"
    REFERENCE_WRONG = "wrong"


class DifferingTable(QAbstractTableModel):
    """One row an input; the first model is the reference."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DifferingRow, ...] = ()
        self._models: tuple[str, ...] = ()
        self._wrong = QColor()

    def show_rows(self, models: Sequence[str], rows: tuple[DifferingRow, ...]) -> None:
        """Show these rows; ``models`` are the titles of the columns."""
        if rows == self._rows and tuple(models) == self._models:
            return
        self.beginResetModel()
        self._rows, self._models = rows, tuple(models)
        self.endResetModel()

    def show_wrong(self, color: QColor) -> None:
        """Take over the colour of a wrong answer, which has a sign too."""
        self._wrong = color

    def row(self, place: int) -> DifferingRow:
        """Return the row at ``place``."""
        return self._rows[place]

    def line(self, place: int) -> str:
        """Return a row as tab-separated text."""
        return "\t".join(str(self.index(place, column).data()) for column in range(self.columnCount()))

    def header_line(self) -> str:
        """Return the titles as tab-separated text."""
        columns = range(self.columnCount())
        return "\t".join(str(self.headerData(column, Qt.Orientation.Horizontal)) for column in columns)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else FIRST_MODEL_COLUMN + len(self._models)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case Qt.ItemDataRole.ForegroundRole if self._is_wrong(row, column):
                return self._wrong
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column == NUMBER_COLUMN else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == NUMBER_COLUMN else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        titles = (self.tr("Row"), self.tr("Text"), self.tr("Truth"), *self._models)
        return titles[section]

    def _is_wrong(self, row: DifferingRow, column: int) -> bool:
        return column >= FIRST_MODEL_COLUMN and not row.is_right(column - FIRST_MODEL_COLUMN)

    def _text(self, row: DifferingRow, column: int) -> str:
        match column:
            case _ if column == NUMBER_COLUMN:
                return str(row.row)
            case _ if column == TEXT_COLUMN:
                return row.text if row.text_pair is None else f"{row.text} ¶ {row.text_pair}"
            case _ if column == TRUTH_COLUMN:
                return row.truth
            case _:
                said = answer_text(row.answers[column - FIRST_MODEL_COLUMN])
                return f"{WRONG_SIGN} {said}" if self._is_wrong(row, column) else said

    def _spoken(self, row: DifferingRow, column: int) -> str:
        text = self._text(row, column).removeprefix(f"{WRONG_SIGN} ")
        if column < FIRST_MODEL_COLUMN:
            return text
        verdict = self.tr("wrong") if self._is_wrong(row, column) else self.tr("right")
        return f"{self._models[column - FIRST_MODEL_COLUMN]}: {text}, {verdict}"


class DifferingFilter(QSortFilterProxyModel):
    """Lets through what is searched for, among the rows that the reference has right or wrong."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown.ALL
        self._text = ""

    def show_only(self, *, shown: Shown, text: str) -> None:
        """Choose which rows come through."""
        wanted = text.strip().casefold()
        if (shown, wanted) == (self._shown, self._text):
            return
        self.beginFilterChange()
        self._shown, self._text = shown, wanted
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, DifferingTable):
            return True
        row = model.row(source_row)
        if self._shown is not Shown.ALL and row.is_right(0) is (self._shown is Shown.REFERENCE_WRONG):
            return False
        if not self._text:
            return True
        return self._text in row.text.casefold() or self._text in (row.text_pair or "").casefold()


def answer_text(answer: GivenAnswer) -> str:
    """Return an answer with its probability as ``positive 0.64``."""
    return (
        answer.label if answer.probability is None else in_figures(f"{answer.label} {answer.probability:.2f}")
    )
