"""Texts and what each model answers to them, one row a text."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
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

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class AnswerRow(msgspec.Struct, frozen=True):
    """A text with the answer of each model as ``positive 98.2 %``, empty where there is none yet."""

    text: str
    answers: tuple[str, ...] = ()
    differs: bool = False
    """Whether two models answered with different labels."""


class AnswerTable(QAbstractTableModel):
    """The text, one column a model, and whether they agree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AnswerRow, ...] = ()
        self._models: tuple[str, ...] = ()
        self._mark = QColor()

    def show_rows(self, models: Sequence[str], rows: Sequence[AnswerRow]) -> None:
        """Show these answers; ``models`` are the titles of the columns.

        The same number of rows and models keeps selection and scroll position.
        """
        same_shape = len(self._rows) == len(rows) and len(self._models) == len(models)
        if not same_shape:
            self.beginResetModel()
        changed = self._rows != tuple(rows) or self._models != tuple(models)
        self._rows, self._models = tuple(rows), tuple(models)
        if not same_shape:
            self.endResetModel()
        elif changed and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def show_mark(self, color: QColor) -> None:
        """Take over the colour of a difference, which the last column says in words too."""
        self._mark = color

    def row(self, place: int) -> AnswerRow:
        """Return the row at ``place``."""
        return self._rows[place]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return 1 + len(self._models) + (len(self._models) > 1)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.ForegroundRole if row.differs and index.column() > 0:
                return self._mark
            case _:
                return None

    def _text(self, row: AnswerRow, column: int) -> str:
        if column == 0:
            return row.text
        if column <= len(self._models):
            return row.answers[column - 1] if column <= len(row.answers) else ""
        if any(not answer for answer in row.answers):
            return ""
        return self.tr("≠ differ") if row.differs else self.tr("= agree")

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        titles = (self.tr("Text"), *self._models, self.tr("Agreement"))
        return titles[section]


class DifferenceFilter(QSortFilterProxyModel):
    """Lets through every row, or those alone on which the models differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._only = False

    def show_only_differences(self, *, only: bool) -> None:
        """Choose which rows come through."""
        self.beginFilterChange()
        self._only = only
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        return not self._only or (isinstance(model, AnswerTable) and model.row(source_row).differs)
