"""Texts and what each model answers to them, one row a text."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt
from typing_extensions import override

from app.itemmodels.column_table import Column, ColumnTable, Index


class AnswerRow(msgspec.Struct, frozen=True):
    """A text with the answer of each model as ``positive 98.2 %``, empty where there is none yet."""

    text: str
    answers: tuple[str, ...] = ()
    differs: bool = False
    """Whether two models answered with different labels."""


class AnswerTable(ColumnTable[AnswerRow]):
    """The text, one column a model, and whether they agree."""

    def show_rows(self, models: Sequence[str], rows: Sequence[AnswerRow]) -> None:
        """Show these answers; ``models`` are the titles of the columns.

        The same number of rows and models keeps selection and scroll position.
        """
        columns = self._columns_for(models)
        titles = [column.title for column in columns]
        if tuple(rows) == self._shown and titles == [column.title for column in self._columns]:
            return
        same_shape = (len(self._shown), len(self._columns)) == (len(rows), len(columns))
        if not same_shape:
            self.beginResetModel()
        self._shown, self._columns = tuple(rows), columns
        if not same_shape:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def _columns_for(self, models: Sequence[str]) -> tuple[Column[AnswerRow], ...]:
        def differs(row: AnswerRow) -> bool:
            return row.differs

        def answers_of(place: int) -> Callable[[AnswerRow], str]:
            return lambda row: row.answers[place] if place < len(row.answers) else ""

        columns: list[Column[AnswerRow]] = [
            Column(self.tr("Text"), lambda row: row.text, is_left=True),
            *(
                Column(name, answers_of(place), is_marked=differs, explanation=name, is_left=True)
                for place, name in enumerate(models)
            ),
        ]
        if len(models) > 1:
            columns.append(Column(self.tr("Agreement"), self._agreement, is_marked=differs, is_left=True))
        return tuple(columns)

    def _agreement(self, row: AnswerRow) -> str:
        if not all(row.answers):
            return ""
        return self.tr("≠ differ") if row.differs else self.tr("= agree")

    def row(self, place: int) -> AnswerRow:
        """Return the row at ``place``."""
        return self._shown[place]


class DifferenceFilter(QSortFilterProxyModel):
    """Lets through every row, or those alone on which the models differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._only = False

    def show_only_differences(self, *, only: bool) -> None:
        """Choose which rows come through."""
        if only == self._only:
            return
        self.beginFilterChange()
        self._only = only
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        return not self._only or (isinstance(model, AnswerTable) and model.row(source_row).differs)
