"""A table of read-only rows that is told by its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The row itself of an index."""

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
_ROOT: Final = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: what it says, and what it is sorted by and saved as."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any] | None = None
    """Sorts; ascending begins with the smallest. None: the text."""
    value: Callable[[Row], object] | None = None
    """What a spreadsheet gets. None: the text."""
    tooltip: Callable[[Row], str] | None = None
    """None: the text."""
    spoken: Callable[[Row], str] | None = None
    """What assistive technology says. None: the text."""
    is_marked: Callable[[Row], bool] | None = None
    """Whether the text stands in the colour of the mark, which it says in words or by a sign too."""
    explanation: str = ""
    """Of the title."""
    is_left: bool = False
    """Words stand at the left, figures at the right."""


class ColumnTable(QAbstractTableModel, Generic[Row]):
    """One row a thing; a subclass sets `_columns` and shows its rows by `_show`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column[Row], ...] = ()
        self._shown: Sequence[Row] = ()
        self._mark = QColor()

    def show_mark(self, color: QColor) -> None:
        """Take over the colour of what is marked."""
        self._mark = color

    def _show(self, rows: Sequence[Row]) -> None:
        """Show these rows; equal ones keep selection and scroll position."""
        if rows != self._shown:
            self.beginResetModel()
            self._shown = rows
            self.endResetModel()

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
            case Qt.ItemDataRole.AccessibleTextRole:
                return (column.spoken or column.text)(row)
            case Qt.ItemDataRole.ForegroundRole if column.is_marked is not None and column.is_marked(row):
                return self._mark
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


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column.is_left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
