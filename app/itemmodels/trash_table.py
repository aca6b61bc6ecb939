"""The models in the trash: what they are, since when, and how big."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from app.domain.model import TrashedModel
from app.domain.wording import NOT_MEASURED, bytes_text, count_text, moment_text
from app.itemmodels.flat_table import FlatTable, Index

TRASHED_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `TrashedModel` of an index."""


class TrashTable(FlatTable):
    """One row a model."""

    left_columns = frozenset({0, 1})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = (
            self.tr("Name"),
            self.tr("Made by"),
            self.tr("Parameters"),
            self.tr("On the disk"),
            self.tr("In the trash since (UTC)"),
        )
        self._models: tuple[TrashedModel, ...] = ()
        self._sizes: dict[str, int] = {}

    def show_models(self, models: Sequence[TrashedModel], sizes: Mapping[str, int]) -> None:
        """Show these models; sizes in bytes by their ids, as far as they are known."""
        if tuple(models) != self._models:
            self.beginResetModel()
            self._models, self._sizes = tuple(models), dict(sizes)
            self.endResetModel()
        elif dict(sizes) != self._sizes:
            self._sizes = dict(sizes)
            self.dataChanged.emit(self.index(0, 3), self.index(len(models) - 1, 3))

    @override
    def shown_rows(self) -> Sequence[object]:
        return self._models

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        model = self._models[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._texts(model)[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case _ if role == TRASHED_ROLE:
                return model
            case _:
                return None

    def _texts(self, model: TrashedModel) -> tuple[str, ...]:
        record = model.record
        return (
            record.name,
            self.tr("imported") if record.method == "original" else record.method,
            count_text(None if record.structure is None else record.structure.parameters),
            bytes_text(self._sizes.get(record.id)),
            moment_text(model.trashed_at) or NOT_MEASURED,
        )
