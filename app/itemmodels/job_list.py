"""The queue as a list: live and waiting jobs first, then what has ended."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.job import Job, Phase
from app.itemmodels.syncing import InsertRow, MoveRow, RemoveRow, row_changes

CARD_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `JobCard` of an index."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class JobCard(msgspec.Struct, frozen=True):
    """A job, the one line that says how it stands, and when it was made."""

    job: Job
    status: str
    day: str = ""
    """Short: the time of today, the day of before."""
    made: str = ""
    """In full."""

    @property
    def id(self) -> str:
        """The run's id."""
        return self.job.run_id

    @property
    def phase(self) -> Phase:
        """Where the job stands."""
        return self.job.state.phase

    @property
    def can_move(self) -> bool:
        """Whether the job waits, so that its place can be changed."""
        return self.phase is Phase.QUEUED


class JobList(QAbstractListModel):
    """One row a job, updated in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[JobCard] = []

    def show_jobs(self, cards: Sequence[JobCard]) -> None:
        """Show these jobs in this order; the selection stays with its job."""
        if list(cards) == self._cards:
            return
        by_id = {card.id: card for card in cards}
        for change in row_changes([card.id for card in self._cards], [card.id for card in cards]):
            match change:
                case RemoveRow(row):
                    self.beginRemoveRows(_ROOT, row, row)
                    del self._cards[row]
                    self.endRemoveRows()
                case MoveRow(source, target):
                    self.beginMoveRows(_ROOT, source, source, _ROOT, target)
                    self._cards.insert(target, self._cards.pop(source))
                    self.endMoveRows()
                case InsertRow(row, key):
                    self.beginInsertRows(_ROOT, row, row)
                    self._cards.insert(row, by_id[key])
                    self.endInsertRows()
        for row, card in enumerate(cards):
            if self._cards[row] is not card and self._cards[row] != card:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))

    def index_of(self, run_id: str) -> QModelIndex:
        """Return the index of a job, invalid where it is not shown."""
        row = next((row for row, card in enumerate(self._cards) if card.id == run_id), None)
        return QModelIndex() if row is None else self.index(row)

    def cards(self) -> list[JobCard]:
        """Return what is shown, in its order."""
        return list(self._cards)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.job.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return "\n".join(filter(None, (card.job.title, card.status, card.made)))
            case _ if role == CARD_ROLE:
                return card
            case _:
                return None
