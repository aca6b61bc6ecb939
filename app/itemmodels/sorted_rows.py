"""A table of ten thousand rows and more that sorts and filters at once.

A proxy model would call back into Python for each comparison; sorting the rows by their keys and
telling the view once takes some hundredth of that time.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The row itself of an index."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_NUMBER: Final = re.compile(r"\d+")


class Named(Protocol):
    """A row by a name that no other row has."""

    @property
    def name(self) -> str:
        """Names the row."""
        ...


Row = TypeVar("Row", bound=Named)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: what it says, and what it is sorted by and saved as."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any]
    """Sorts; ascending begins with the smallest."""
    value: Callable[[Row], object]
    """What a spreadsheet gets."""
    tooltip: Callable[[Row], str] | None = None
    """None: the text itself."""
    explanation: str = ""
    """Of the title."""
    is_left: bool = False


class SortedRows(QAbstractTableModel, Generic[Row]):
    """One row a thing; a subclass says by `_fits` which ones are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._words: list[str] = []
        self._category = ""
        self._sorted_by, self._order = -1, Qt.SortOrder.AscendingOrder
        self._columns: tuple[Column[Row], ...] = ()

    @property
    def everything(self) -> tuple[Row, ...]:
        """All rows, in the order in which they came."""
        return self._all

    @property
    def shown(self) -> list[Row]:
        """The rows that are shown, as they are sorted."""
        return self._shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; equal ones keep selection and scroll position."""
        if tuple(rows) != self._all:
            self._all = tuple(rows)
            self._refresh()

    def filter_by(self, text: str, category: str) -> None:
        """Show the rows with all words of a text, of a category; empty: of any."""
        words = text.casefold().split()
        if (words, category) != (self._words, self._category):
            self._words, self._category = words, category
            self._refresh()

    def index_of(self, name: str) -> QModelIndex:
        """Return the index of a row, invalid where it is not shown."""
        place = next((at for at, row in enumerate(self._shown) if row.name == name), -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def as_table(self, places: Sequence[int] | None = None) -> list[tuple[object, ...]]:
        """Return what is shown for a spreadsheet, header first; ``places`` name rows, None: all."""
        chosen = self._shown if places is None else [self._shown[place] for place in places]
        header: tuple[object, ...] = tuple(column.title for column in self._columns)
        return [header, *(tuple(column.value(row) for column in self._columns) for row in chosen)]

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

    def _searched(self, row: Row) -> str:
        """Return what the words of a filter are looked for in."""
        return row.name

    def _category_of(self, row: Row) -> str:
        """Return the category by which rows are chosen."""
        raise NotImplementedError

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = self._chosen()
        self.endResetModel()

    def _chosen(self) -> list[Row]:
        rows = [row for row in self._all if self._fits(row)]
        if self._sorted_by >= 0:
            is_descending = self._order == Qt.SortOrder.DescendingOrder
            rows.sort(key=self._columns[self._sorted_by].key, reverse=is_descending)
        return rows

    def _fits(self, row: Row) -> bool:
        if self._category and self._category_of(row) != self._category:
            return False
        if not self._words:
            return True
        text = self._searched(row).casefold()
        return all(word in text for word in self._words)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return (column.tooltip or column.text)(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _ if role == ROW_ROLE:
                return row
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.explanation or None
            case _:
                return None


def natural(name: str) -> str:
    """Return a key by which layer 2 comes before layer 10."""
    return _NUMBER.sub(lambda found: found[0].zfill(6), name)


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column.is_left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
