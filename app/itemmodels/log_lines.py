"""The log of a run, with a filter by level and text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from app.domain.series import LogLine

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `LogLine` of an index."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_RANK: Final = {"info": 0, "warning": 1, "error": 2}


class LogLines(QAbstractListModel):
    """One row a line; grows at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LogLine] = []
        self.first_error: int | None = None
        """Row of the first error."""

    def show_lines(self, lines: Sequence[LogLine]) -> bool:
        """Show exactly these lines; what only grew is appended, so that the view does not jump.

        Returns:
            Whether these are other lines than before, and not only more.
        """
        known = len(self._lines)
        # A log only grows, so its ends tell: comparing all of it would cost at every new line.
        if not known or (
            len(lines) >= known and lines[0] == self._lines[0] and lines[known - 1] == self._lines[-1]
        ):
            self._append(lines[known:])
            return False
        self.beginResetModel()
        self._lines = list(lines)
        self.first_error = None
        self._look_for_error(0)
        self.endResetModel()
        return True

    def _append(self, lines: Sequence[LogLine]) -> None:
        if lines:
            first = len(self._lines)
            self.beginInsertRows(_ROOT, first, first + len(lines) - 1)
            self._lines.extend(lines)
            self._look_for_error(first)
            self.endInsertRows()

    def _look_for_error(self, start: int) -> None:
        if self.first_error is None:
            rows = range(start, len(self._lines))
            self.first_error = next((row for row in rows if self._lines[row].level == "error"), None)

    def line(self, row: int) -> LogLine:
        """Return the line of a row."""
        return self._lines[row]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line_text(line)
            case Qt.ItemDataRole.ToolTipRole:
                return line.text
            case _ if role == LINE_ROLE:
                return line
            case _:
                return None


class LogFilter(QSortFilterProxyModel):
    """Lets through lines of a level or worse that contain a text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._least = 0
        self._text = ""

    def show_only(self, *, level: str, text: str) -> None:
        """Let through lines from ``level`` on that contain ``text``, upper and lower case alike."""
        self.beginFilterChange()
        self._least = _RANK[level]
        self._text = text.casefold()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def texts(self) -> list[str]:
        """Return the lines that are let through, as they are copied."""
        return [str(self.index(row, 0).data()) for row in range(self.rowCount())]

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        lines = self.sourceModel()
        if not isinstance(lines, LogLines):
            return True
        line = lines.line(source_row)
        return _RANK.get(line.level, 0) >= self._least and self._text in line.text.casefold()


def line_text(line: LogLine) -> str:
    """Return a line with its local time, as it is shown and copied."""
    time = datetime.fromtimestamp(line.at).astimezone().strftime("%H:%M:%S")
    level = "" if line.level == "info" else f"{line.level}: "
    return f"{time} {level}{line.text}"
