"""What the palette offers, the best match first."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain import fuzzy

HIT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `PaletteHit` of an index."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_MOST: Final = 60
_DISABLED: Final = 40.0
"""How far what cannot be done now sinks."""
_BY_HINT: Final = 0.6


class PaletteEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be gone to or done."""

    id: str
    title: str
    hint: str = ""
    """Where it is, or how it stands."""
    keys: str = ""
    icon: str = ""
    why_not: str = ""
    """Why it cannot be done now; empty: it can."""


class PaletteHit(msgspec.Struct, frozen=True):
    """An entry, and the letters of its title that were asked for."""

    entry: PaletteEntry
    places: tuple[int, ...] = ()


class PaletteList(QAbstractListModel):
    """One row a hit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PaletteEntry, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._hits: list[PaletteHit] = []

    def show_entries(self, entries: Sequence[PaletteEntry], recent: Sequence[str]) -> None:
        """Offer these; ``recent`` are the ids of those used last, the newest first."""
        self._entries, self._recent = tuple(entries), tuple(recent)
        self.search("")

    def search(self, query: str) -> None:
        """Show what matches."""
        ranked: list[tuple[float, PaletteHit]] = []
        for entry in self._entries:
            by_title = fuzzy.match(query, entry.title)
            by_both = None
            if by_title is None:
                by_both = fuzzy.match(query, f"{entry.title} {entry.hint}", scattered=False)
            if by_title is not None:
                ranked.append((by_title.score + self._worth(entry), PaletteHit(entry, by_title.places)))
            elif by_both is not None:
                places = tuple(place for place in by_both.places if place < len(entry.title))
                ranked.append((_BY_HINT * by_both.score + self._worth(entry), PaletteHit(entry, places)))
        ranked.sort(key=lambda pair: -pair[0])
        self.beginResetModel()
        self._hits = [hit for _, hit in ranked[:_MOST]]
        self.endResetModel()

    def _worth(self, entry: PaletteEntry) -> float:
        recent = len(self._recent) - self._recent.index(entry.id) if entry.id in self._recent else 0
        return recent - (_DISABLED if entry.why_not else 0.0)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        entry = hit.entry
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    part for part in (entry.title, entry.hint, entry.keys, entry.why_not) if part
                )
            case Qt.ItemDataRole.ToolTipRole:
                return entry.why_not or entry.title
            case _ if role == HIT_ROLE:
                return hit
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        # Not disabled where it cannot be done now: it is to be read, with the reason.
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
