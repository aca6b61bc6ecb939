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

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        """Show exactly these lines; what only grew is appended, so that the view does not jump."""
        if list(lines[: len(self._lines)]) == self._lines:
            self._append(lines[len(self._lines) :])
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def _append(self, lines: Sequence[LogLine]) -> None:
        if lines:
            first = len(self._lines)
            self.beginInsertRows(_ROOT, first, first + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()

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

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        line = self.sourceModel().index(source_row, 0, source_parent).data(LINE_ROLE)
        return _RANK.get(line.level, 0) >= self._least and self._text in line.text.casefold()


def line_text(line: LogLine) -> str:
    """Return a line with its local time, as it is shown and copied."""
    time = datetime.fromtimestamp(line.at).astimezone().strftime("%H:%M:%S")
    level = "" if line.level == "info" else f"{line.level}: "
    return f"{time} {level}{line.text}"
