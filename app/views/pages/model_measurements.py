"""The figures that were measured of a model, with their conditions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from app.domain.measurement import Measurement
from app.itemmodels.measurement_table import MeasurementTable
from app.views.widgets.card import Card
from app.views.widgets.plain_table import plain_table
from app.views.widgets.whole_rows import WholeRows

_SETTING_COLUMN: Final = 6


class ModelMeasurements(QWidget):
    """A table, or that nothing was measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MeasurementTable(self)
        self._table = self._make_table()
        self._card = Card()
        self._rows = WholeRows(self._table)
        self._card.body.addWidget(self._rows, 1)
        self._card.body.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)

    def show_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show these figures."""
        self._model.show_measurements(measurements)
        self._rows.setVisible(bool(measurements))
        self._card.show_note("" if measurements else self.tr("Nothing was measured of this model yet."))

    def _make_table(self) -> QTableView:
        table = plain_table("models.measurements", self.tr("Measurements"), self._model)
        table.verticalHeader().setDefaultSectionSize(26)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_SETTING_COLUMN, QHeaderView.ResizeMode.Stretch)
        return table
