"""The models of the workspace as a tree: originals, their variants beneath."""

from collections.abc import Sequence
from itertools import count
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.measurement import Measurement
from app.domain.model import ModelNote, ModelRecord
from app.domain.wording import (
    NOT_MEASURED,
    accuracy_text,
    bytes_text,
    count_text,
    milliseconds_text,
    shape_text,
    whole_text,
)
from app.itemmodels.syncing import InsertRow, MoveRow, RemoveRow, row_changes

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `ModelRow` of an index."""
SUFFIX_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""What follows the name, in a quieter colour."""
SORT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
"""What a column is sorted by: a text or a number, None where it is not known."""
HEADS_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 3
"""Heads kept and in all of each layer, None where the layers are not known."""
TAGS_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 4
"""The tags of a model."""

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_NAME, _TASK, _HEADS, _PARAMETERS, _SIZE, _PRECISION, _QUALITY, _LATENCY = range(8)
_LEFT: Final = frozenset({_NAME, _TASK, _HEADS})


class ModelRow(msgspec.Struct, frozen=True):
    """A model and the figures that the list shows of it."""

    record: ModelRecord
    accuracy: Measurement | None = None
    latency: Measurement | None = None
    note: ModelNote = ModelNote()

    @property
    def id(self) -> str:
        """The model's id."""
        return self.record.id


class _Node:
    """One row. An index carries its number: a pointer would outlive a removed row."""

    def __init__(self, number: int, row: ModelRow | None, parent: "_Node | None") -> None:
        self.number = number
        self.row = row
        self.parent = parent
        self.children: list[_Node] = []

    def ids(self) -> list[str]:
        return [child.row.id for child in self.children if child.row is not None]


class ModelTree(QAbstractItemModel):
    """Two levels: a variant stands under its nearest ancestor that is an original.

    Signals:
        rename_requested: A name was typed; carries the model's id and the text. It shows once it is stored.
    """

    rename_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(0, None, None)
        self._nodes = {0: self._root}
        self._numbers = count(1)
        self._folded: tuple[int, ...] = ()
        self._titles = (
            self.tr("Name"),
            self.tr("Task"),
            self.tr("Heads"),
            self.tr("Parameters"),
            self.tr("Size"),
            self.tr("Precision"),
            self.tr("Accuracy"),
            self.tr("p50 latency"),
        )

    def show_models(self, rows: Sequence[ModelRow]) -> None:
        """Show these models in this order; what is shown already stays selected and open."""
        known = {row.id: row for row in rows}
        beneath: dict[str, list[ModelRow]] = {}
        originals: list[ModelRow] = []
        for row in rows:
            ancestor = _original_of(row, known)
            if ancestor is row:
                originals.append(row)
            else:
                beneath.setdefault(ancestor.id, []).append(row)
        self._sync(self._root, _ROOT, originals)
        for place, node in enumerate(self._root.children):
            children = beneath.get(node.row.id, []) if node.row is not None else []
            self._sync(node, self.index(place, 0), children)

    def show_folded(self, columns: Sequence[int]) -> None:
        """Tell what these columns say with the names: there is no room for them."""
        self._folded = tuple(columns)

    def index_of(self, model_id: str) -> QModelIndex:
        """Return the index of a model's name, invalid where it is not shown."""
        for place, node in enumerate(self._root.children):
            parent = self.index(place, 0)
            if node.row is not None and node.row.id == model_id:
                return parent
            if model_id in node.ids():
                return self.index(node.ids().index(model_id), 0, parent)
        return QModelIndex()

    def _sync(self, node: _Node, index: QModelIndex, rows: Sequence[ModelRow]) -> None:
        by_id = {row.id: row for row in rows}
        for change in row_changes(node.ids(), [row.id for row in rows]):
            match change:
                case RemoveRow(row):
                    self.beginRemoveRows(index, row, row)
                    self._forget(node.children.pop(row))
                    self.endRemoveRows()
                case MoveRow(source, target):
                    self.beginMoveRows(index, source, source, index, target)
                    node.children.insert(target, node.children.pop(source))
                    self.endMoveRows()
                case InsertRow(row, key):
                    self.beginInsertRows(index, row, row)
                    node.children.insert(row, self._remember(by_id[key], node))
                    self.endInsertRows()
        last = len(self._titles) - 1
        for place, (child, row) in enumerate(zip(node.children, rows, strict=True)):
            if child.row != row:
                child.row = row
                self.dataChanged.emit(self.index(place, 0, index), self.index(place, last, index))

    def _remember(self, row: ModelRow, parent: _Node) -> _Node:
        node = _Node(next(self._numbers), row, parent)
        self._nodes[node.number] = node
        return node

    def _forget(self, node: _Node) -> None:
        for gone in (node, *node.children):
            del self._nodes[gone.number]

    def _node(self, index: Index) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    @override
    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row].number)

    @override
    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        parent = self._node(index).parent
        if parent is None or parent is self._root:
            return QModelIndex()
        return self.createIndex(self._root.children.index(parent), 0, parent.number)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return len(self._titles)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._node(index).row
        if row is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[column]
            case Qt.ItemDataRole.EditRole if column == _NAME:
                return row.record.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles[column]}: {self._spoken(row, column)}"
            case _:
                return self._own_data(row, column, role)

    def _own_data(self, row: ModelRow, column: int, role: int) -> Any:
        match role:
            case _ if role == ROW_ROLE:
                return row
            case _ if role == SUFFIX_ROLE and column == _NAME:
                return self._suffix(row.record)
            case _ if role == SORT_ROLE:
                return _sort_key(row, column)
            case _ if role == HEADS_ROLE and column == _HEADS:
                return heads_of(row.record)
            case _ if role == TAGS_ROLE and column == _NAME:
                return row.note.tags
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() == _NAME else flags

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._node(index).row
        if row is not None and role == Qt.ItemDataRole.EditRole and str(value) != row.record.name:
            self.rename_requested.emit(row.id, str(value))
        return False

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanation(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _explanation(self, column: int) -> str | None:
        if column == _QUALITY:
            return self.tr("Share of the sentences classified correctly, with its 95 % interval")
        if column == _NAME and self._folded:
            titles = ", ".join(self._titles[one] for one in self._folded)
            return self.tr("No room for: %1. Point at a name to read them.").replace("%1", titles)
        return None

    def _folded_texts(self, row: ModelRow) -> list[str]:
        return [f"{self._titles[column]}: {self._spoken(row, column)}" for column in self._folded]

    def _spoken(self, row: ModelRow, column: int) -> str:
        if column == _HEADS:
            return self._heads_text(row.record)
        if column == _TASK:
            return row.record.task or self.tr("not known")
        text = _texts(row)[column]
        if column == _NAME:
            tags = self.tr("tags: %1").replace("%1", ", ".join(row.note.tags)) if row.note.tags else ""
            parts = (text, self._suffix(row.record), tags, *self._folded_texts(row))
            return ", ".join(part for part in parts if part)
        return self.tr("not measured") if text == NOT_MEASURED else text

    def _heads_text(self, record: ModelRecord) -> str:
        heads = heads_of(record)
        if heads is None:
            return self.tr("not known")
        return ", ".join(f"L{layer} {kept}/{total}" for layer, (kept, total) in enumerate(heads))

    def _suffix(self, record: ModelRecord) -> str:
        if record.method == "original":
            return self.tr("original")
        pruned = record.structure is not None and record.structure.is_pruned
        return f"{record.method} · {self.tr('pruned')}" if pruned else record.method

    def _tooltip(self, row: ModelRow, column: int) -> str | None:
        match column:
            case _ if column == _NAME:
                parts = (row.record.name, row.note.text.strip(), *self._folded_texts(row))
                return "\n".join(part for part in parts if part)
            case _ if column == _TASK:
                return row.record.task
            case _ if column == _HEADS:
                return self.tr("Heads kept: %1").replace("%1", self._heads_text(row.record))
            case _ if column == _SIZE and row.record.ir_bytes is not None:
                return self.tr("OpenVINO IR, %1 bytes").replace("%1", whole_text(row.record.ir_bytes))
            case _ if column == _QUALITY and row.accuracy is not None:
                return self.tr("Accuracy on %1 sentences, with its 95 % interval").replace(
                    "%1", whole_text(row.accuracy.n) if row.accuracy.n else "?"
                )
            case _ if column == _LATENCY and row.latency is not None:
                return " · ".join(
                    part
                    for part in (row.latency.device, row.latency.precision, row.latency.measured_at)
                    if part
                )
            case _ if _texts(row)[column] == NOT_MEASURED:
                return self.tr("Not measured")
            case _:
                return None


def _texts(row: ModelRow) -> tuple[str, ...]:
    record, accuracy, latency = row.record, row.accuracy, row.latency
    return (
        record.name,
        record.task,
        "",
        count_text(None if record.structure is None else record.structure.parameters),
        bytes_text(record.ir_bytes),
        record.precision,
        NOT_MEASURED if accuracy is None else accuracy_text(accuracy.value, accuracy.low, accuracy.high),
        NOT_MEASURED if latency is None else f"{milliseconds_text(latency.value)} · {_setting(latency)}",
    )


def heads_of(record: ModelRecord) -> tuple[tuple[int, int], ...] | None:
    """Return heads kept and in all, layer by layer; None where the layers are not known."""
    if record.structure is None:
        return None
    return tuple((len(layer.heads_kept), layer.heads_total) for layer in record.structure.layers)


def _sort_key(row: ModelRow, column: int) -> str | float | None:
    record, structure = row.record, row.record.structure
    match column:
        case _ if column == _HEADS:
            heads = heads_of(record)
            total = sum(total for _, total in heads or ())
            return sum(kept for kept, _ in heads or ()) / total if total else None
        case _ if column == _PARAMETERS:
            return None if structure is None else structure.parameters
        case _ if column == _SIZE:
            return record.ir_bytes
        case _ if column == _TASK:
            return record.task or None
        case _ if column == _PRECISION:
            return record.precision
        case _ if column == _QUALITY:
            return None if row.accuracy is None else row.accuracy.value
        case _ if column == _LATENCY:
            return None if row.latency is None else row.latency.value
        case _:
            return record.name.casefold()


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in _LEFT else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _setting(latency: Measurement) -> str:
    return ", ".join(part for part in (latency.device, shape_text(latency.shape)) if part)


def _original_of(row: ModelRow, known: dict[str, ModelRow]) -> ModelRow:
    """Return the topmost known ancestor; a record that names itself cannot make this loop."""
    seen = {row.id}
    while (parent_id := row.record.parent_id) in known and parent_id not in seen:
        seen.add(parent_id)
        row = known[parent_id]
    return row
