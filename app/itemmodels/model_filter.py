"""The models that a search finds, in the order of a column."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from typing_extensions import override

from app.domain.model import normal_tag
from app.itemmodels.model_tree import ROW_ROLE, SORT_ROLE, SUFFIX_ROLE, ModelRow

Index = QModelIndex | QPersistentModelIndex
TAG_PREFIX = "tag:"


class ModelFilter(QSortFilterProxyModel):
    """Finds words in names, tasks, families, notes and tags; ``tag:x`` finds the tag x alone.

    An original stays while one of its variants is found. What was not measured stands last in
    either order.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT_ROLE)
        self.setRecursiveFilteringEnabled(True)

    @property
    def is_searching(self) -> bool:
        """Whether anything is searched for."""
        return bool(self._words)

    def show_query(self, text: str) -> None:
        """Show what has all words of a text."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self.beginFilterChange()
            self._words = words
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        row = index.data(ROW_ROLE)
        if not isinstance(row, ModelRow):
            return False
        said = (row.record.name, row.record.task, row.record.family, index.data(SUFFIX_ROLE), row.note.text)
        text = " ".join(map(str, said)).casefold()
        return all(_finds(word, text, row.note.tags) for word in self._words)

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left: Any = source_left.data(SORT_ROLE)
        right: Any = source_right.data(SORT_ROLE)
        if left is None or right is None:
            is_ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (left is not None and right is None) == is_ascending and left is not right
        return bool(left < right)


def _finds(word: str, text: str, tags: tuple[str, ...]) -> bool:
    if word.startswith(TAG_PREFIX):
        wanted = normal_tag(word.removeprefix(TAG_PREFIX))
        return any(tag.startswith(wanted) for tag in tags) if wanted else bool(tags)
    return word in text or any(word in tag for tag in tags)
