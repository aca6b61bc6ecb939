"""The overview of a model: parameters per layer before and after, and the heads that are left."""

from typing import Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.structure import ModelStructure
from app.domain.wording import count_text, whole_text
from app.itemmodels.model_tree import ModelRow, heads_of
from app.views.look import Look
from app.views.plots.head_bars import HeadBars
from app.views.plots.head_map import HeadMap, layers_of_structure
from app.views.plots.layer_bars import LayerBars, PartLegend, bars_of
from app.views.widgets.card import Card, label
from app.views.widgets.reflow import Columns
from app.views.widgets.tabs import Tabs

_LEAST_CARD: Final = 340
_LEAST_HEIGHT: Final = 260
_HEAD: Final = 21
"""As high as the switch, so that the titles of both cards stand at one height."""


class ModelOverview(QWidget):
    """Two figures beside each other; a bare IR has none, and says so."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = LayerBars(look)
        self._bars.setObjectName("models.parameters")
        self._legend = PartLegend(look)
        self._legend.setMinimumHeight(_HEAD)
        self._grid = HeadMap(look)
        self._grid.setObjectName("models.heads_grid")
        self._head_bars = HeadBars(look)
        self._head_bars.setObjectName("models.heads_bars")
        self._bars_card = Card(self.tr("Parameters per layer"))
        self._heads_card = Card(self.tr("Attention heads kept"))
        self.heads_switch = Tabs(
            "models.heads_view",
            self.tr("How heads are shown"),
            (("grid", self.tr("Grid")), ("bars", self.tr("Bars"))),
            role="switch",
        )
        self._heads = QStackedWidget()
        self._unknown = label("", "dim", wraps=True)
        self._unknown_card = Card()
        self._figures = Columns(
            (self._bars_card, self._heads_card),
            look,
            least=_LEAST_CARD,
            least_height=_LEAST_HEIGHT,
            spacing=16,
            row_stretch=(1,),
        )
        self._row: ModelRow | None = None
        self._lay_out()

    def show_row(self, row: ModelRow | None) -> None:
        """Show a model."""
        self._row = row
        structure = None if row is None else row.record.structure
        self._figures.setVisible(structure is not None)
        self._unknown_card.setVisible(structure is None)
        if row is None or structure is None:
            self._unknown.setText(
                self.tr("Select a model to see what it is made of.")
                if row is None
                else self.tr(
                    "This model is an OpenVINO IR alone: where its layers begin and which heads they have "
                    "is not known, and it cannot be trained. Sparsity lists its weight matrices."
                )
            )
            return
        self._show_structure(structure)
        self._head_bars.show_counts(heads_of(row.record) or ())

    def _show_structure(self, structure: ModelStructure) -> None:
        bars = bars_of(structure)
        self._bars.show_bars(bars)
        self._legend.show_before(has_before=structure.is_pruned)
        self._grid.show_layers(layers_of_structure(structure))
        kept = sum(len(layer.heads_kept) for layer in structure.layers)
        total = sum(layer.heads_total for layer in structure.layers)
        neurons = sum(layer.neuron_count for layer in structure.layers)
        neurons_total = sum(layer.neurons_total for layer in structure.layers)
        is_grid = self.heads_switch.current == "grid"
        text = (
            self.tr("%1 of %2 heads, %3 of %4 neurons. Struck through: removed.")
            if is_grid
            else self.tr("%1 of %2 heads, %3 of %4 neurons. Hatched: removed.")
        )
        self._heads_card.show_note(
            text.replace("%1", str(kept))
            .replace("%2", str(total))
            .replace("%3", whole_text(neurons))
            .replace("%4", whole_text(neurons_total))
        )
        now = sum(sum(bar.now) for bar in bars)
        before = sum(sum(bar.before or bar.now) for bar in bars)
        outside = count_text(structure.embedding_parameters + structure.head_parameters)
        change = f"{count_text(before)} → {count_text(now)}" if before != now else count_text(now)
        self._bars_card.show_note(
            self.tr("%1 in the layers; %2 outside of them.").replace("%1", change).replace("%2", outside)
        )

    def _lay_out(self) -> None:
        self._bars_card.head.addWidget(self._legend)
        self._bars_card.body.addWidget(self._bars, 1)
        self._bars.set_legend(self._legend)
        self._heads.addWidget(self._grid)
        self._heads.addWidget(self._head_bars)
        self.heads_switch.currentChanged.connect(self._on_heads_view_chosen)
        self._heads_card.head.addWidget(self.heads_switch)
        self._heads_card.body.addWidget(self._heads, 1)
        self._unknown_card.body.addWidget(self._unknown)
        self._unknown_card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._figures, 1)
        layout.addWidget(self._unknown_card, 1)

    def _on_heads_view_chosen(self, place: int) -> None:
        self._heads.setCurrentIndex(place)
        self.show_row(self._row)
