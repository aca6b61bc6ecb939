"""A table of ten thousand rows and more that sorts and filters at once.

A proxy model would call back into Python for each comparison; sorting the rows by their keys and
telling the view once takes some hundredth of that time.
"""

import re
from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt
from typing_extensions import override

from app.itemmodels.column_table import ColumnTable

_NUMBER: Final = re.compile(r"\d+")


class Named(Protocol):
    """A row by a name that no other row has."""

    @property
    def name(self) -> str:
        """Names the row."""
        ...


NamedRow = TypeVar("NamedRow", bound=Named)


class SortedRows(ColumnTable[NamedRow]):
    """Rows chosen by words and a category, sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[NamedRow, ...] = ()
        self._words: list[str] = []
        self._category = ""
        self._sorted_by, self._order = -1, Qt.SortOrder.AscendingOrder

    @property
    def everything(self) -> tuple[NamedRow, ...]:
        """All rows, in the order in which they came."""
        return self._all

    @property
    def shown(self) -> Sequence[NamedRow]:
        """The rows that are shown, as they are sorted."""
        return self._shown

    def show_rows(self, rows: Sequence[NamedRow]) -> None:
        """Show these; equal ones keep selection and scroll position."""
        self._all = tuple(rows)
        self._show(self._chosen())

    def filter_by(self, text: str, category: str) -> None:
        """Show the rows with all words of a text, of a category; empty: of any."""
        self._words, self._category = text.casefold().split(), category
        self._show(self._chosen())

    def index_of(self, name: str) -> QModelIndex:
        """Return the index of a row, invalid where it is not shown."""
        place = next((at for at, row in enumerate(self._shown) if row.name == name), -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def as_table(self) -> list[tuple[object, ...]]:
        """Return what is shown for a spreadsheet, header first."""
        header: tuple[object, ...] = tuple(column.title for column in self._columns)
        values = [column.value or column.text for column in self._columns]
        return [header, *(tuple(value(row) for value in values) for row in self._shown)]

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        names = [self._shown[index.row()].name for index in old]
        self._sorted_by, self._order = column, order
        self._shown = self._chosen()
        places = {row.name: place for place, row in enumerate(self._shown)}
        new = [self.index(places[name], index.column()) for name, index in zip(names, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _searched(self, row: NamedRow) -> str:
        """Return what the words of a filter are looked for in."""
        return row.name

    def _category_of(self, row: NamedRow) -> str:  # noqa: ARG002 - subclasses tell by it
        """Return the category by which rows are chosen; here there is none."""
        return ""

    def _chosen(self) -> list[NamedRow]:
        rows = [row for row in self._all if self._fits(row)]
        if self._sorted_by >= 0:
            column = self._columns[self._sorted_by]
            rows.sort(key=column.key or column.text, reverse=self._order == Qt.SortOrder.DescendingOrder)
        return rows

    def _fits(self, row: NamedRow) -> bool:
        if self._category and self._category_of(row) != self._category:
            return False
        if not self._words:
            return True
        text = self._searched(row).casefold()
        return all(word in text for word in self._words)


def natural(name: str) -> str:
    """Return a key by which layer 2 comes before layer 10."""
    return _NUMBER.sub(lambda found: found[0].zfill(6), name)
