"""What tables of read-only rows under fixed titles have in common."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FlatTable(QAbstractTableModel):
    """Rows under `_titles`; a subclass says by `shown_rows` how many and by `data` what stands there."""

    left_columns: ClassVar[frozenset[int]] = frozenset()
    """Columns of words; figures stand at the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[str, ...] = ()

    def shown_rows(self) -> Sequence[object]:
        """Return what the rows show."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown_rows())

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return where a column's texts stand, those of its head too."""
        side = Qt.AlignmentFlag.AlignLeft if column in self.left_columns else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
