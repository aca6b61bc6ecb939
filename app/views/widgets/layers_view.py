"""Layers of the compared models beside each other, in one of a few views."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.domain.layer_comparison import LayerRow, LayerView
from app.itemmodels.layer_table import LayerTable
from app.views.look import Look
from app.views.plots.layer_bars import PartLegend
from app.views.plots.table_chart import TableChart
from app.views.widgets.card import WholeLabel
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.comparison_delegates import LayerDelegate
from app.views.widgets.flow import Flow


class LayersState(msgspec.Struct, frozen=True):
    """What is shown of the layers."""

    names: tuple[str, ...] = ()
    rows: tuple[LayerRow, ...] = ()
    view: LayerView = LayerView.PARAMETERS
    note: str = ""
    """How it was measured, or why it was not."""


class LayersView(QWidget):
    """A table of bars under a line with the view.

    Signals:
        view_chosen: Another view was chosen; carries its `LayerView` value.
    """

    view_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = LayerTable(self)
        self.choice = chooser("compare.layer_view", self.tr("What is shown of each layer"))
        self._choices = (
            Choice(LayerView.PARAMETERS.value, self.tr("Parameters")),
            Choice(LayerView.HEADS.value, self.tr("Heads kept")),
            Choice(LayerView.NEURONS.value, self.tr("Neurons kept")),
            Choice(LayerView.TIME.value, self.tr("Time")),
            Choice(LayerView.ERROR.value, self.tr("Error of the output")),
        )
        self.choice.activated.connect(self._on_choice_activated)
        self._legend = PartLegend(look)
        self._note = WholeLabel("dim")
        self.table = QTableView()
        self.table.setObjectName("compare.layers")
        self.table.setAccessibleName(self.tr("Layers of the models"))
        self.table.setModel(self._model)
        self.table.setItemDelegate(LayerDelegate(look, self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._chart = TableChart(self.table, self._model.rows_of_data)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().setHighlightSections(False)
        line = Flow(look, spacing=12)
        line.add(self.choice)
        line.add(self._legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(line)
        layout.addWidget(self._note)
        layout.addWidget(self._chart, 1)
        layout.addStretch(0)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Follow another size of text, or other colours."""
        self.table.verticalHeader().setDefaultSectionSize(self._look.px(26))
        self.choice.setMinimumWidth(self._look.px(176))
        self.table.viewport().update()

    def _on_choice_activated(self) -> None:
        self.view_chosen.emit(self.choice.currentData())

    def show_state(self, state: LayersState) -> None:
        """Show these layers."""
        fill_chooser(self.choice, self._choices, state.view.value, "")
        self._legend.setVisible(state.view is LayerView.PARAMETERS)
        self._model.show_rows(state.names, state.rows, state.view)
        self._chart.setVisible(bool(state.rows))
        self._chart.set_legend(self._legend if state.view is LayerView.PARAMETERS else None)
        self._chart.show_title(self.tr("Layers of the models: %1").replace("%1", self.choice.currentText()))
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(self._look.px(180))
        if header.sectionResizeMode(0) is not QHeaderView.ResizeMode.Stretch or not header.count():
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
