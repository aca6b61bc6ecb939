"""The models in the trash: what they are, since when, and how big."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.domain.model import TrashedModel
from app.domain.wording import NOT_MEASURED, bytes_text, count_text, moment_text
from app.itemmodels.column_table import Column, ColumnTable


class TrashTable(ColumnTable[TrashedModel]):
    """One row a model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[str, int] = {}
        self._columns = (
            Column(self.tr("Name"), lambda model: model.record.name, is_left=True),
            Column(self.tr("Made by"), self._method, is_left=True),
            Column(self.tr("Parameters"), _parameters),
            Column(self.tr("On the disk"), lambda model: bytes_text(self._sizes.get(model.record.id))),
            Column(
                self.tr("In the trash since (UTC)"),
                lambda model: moment_text(model.trashed_at) or NOT_MEASURED,
            ),
        )

    def show_models(self, models: Sequence[TrashedModel], sizes: Mapping[str, int]) -> None:
        """Show these models; sizes in bytes by their ids, as far as they are known."""
        is_resized, self._sizes = dict(sizes) != self._sizes, dict(sizes)
        if tuple(models) != self._shown:
            self._show(tuple(models))
        elif is_resized and models:
            self.dataChanged.emit(self.index(0, 0), self.index(len(models) - 1, len(self._columns) - 1))

    def _method(self, model: TrashedModel) -> str:
        return self.tr("imported") if model.record.method == "original" else model.record.method


def _parameters(model: TrashedModel) -> str:
    structure = model.record.structure
    return count_text(None if structure is None else structure.parameters)
