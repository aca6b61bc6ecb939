"""How to turn one list of keys into another step by step, so that a view keeps its selection."""

from collections.abc import Iterator, Sequence

import msgspec


class RemoveRow(msgspec.Struct, frozen=True):
    """Take out the row."""

    row: int


class InsertRow(msgspec.Struct, frozen=True):
    """Put the key in before the row."""

    row: int
    key: str


class MoveRow(msgspec.Struct, frozen=True):
    """Take out a row and put it in further up."""

    source: int
    target: int


Change = RemoveRow | InsertRow | MoveRow


def row_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield the changes that make ``old`` equal to ``new``, each relative to the ones before it."""
    present = list(old)
    wanted = set(new)
    for row in reversed(range(len(present))):
        if present[row] not in wanted:
            del present[row]
            yield RemoveRow(row)
    for row, key in enumerate(new):
        if row < len(present) and present[row] == key:
            continue
        if key in present:
            source = present.index(key)
            present.insert(row, present.pop(source))
            yield MoveRow(source, row)
        else:
            present.insert(row, key)
            yield InsertRow(row, key)
