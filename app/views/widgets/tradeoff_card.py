"""Quality against cost: what lies on the axes, the limit as a number, the best within it in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.comparison import Better, Kind
from app.domain.comparison_wording import scale_of
from app.views.look import Look
from app.views.plots.tradeoff_chart import TradeoffChart, TradeoffState
from app.views.widgets.calm import CalmDecimalBox
from app.views.widgets.card import Card, WholeLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.flow import Flow


class TradeoffCard(Card):
    """The chart between its choosers and its verdict.

    Signals:
        x_chosen: Another cost was chosen.
        y_chosen: Another quality was chosen.
        limit_changed: The limit was moved by mouse, keyboard or number, in the unit of the figures.
    """

    x_chosen = Signal(str)
    y_chosen = Signal(str)
    limit_changed = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Trade-off"))
        self._scale = 1.0
        self._kind: Kind | None = None
        self.quality = chooser("compare.y", self.tr("Quality, upright"))
        self.cost = chooser("compare.x", self.tr("Cost, across"))
        self.quality.activated.connect(self._on_quality_activated)
        self.cost.activated.connect(self._on_cost_activated)
        self.limit = CalmDecimalBox()
        self.limit.setObjectName("compare.limit")
        self.limit.setAccessibleName(self.tr("Limit of the cost"))
        self.limit.setRange(0.0, 1e9)
        self.limit.setMinimumWidth(look.px(84))
        self.limit.setMaximumWidth(look.px(124))
        self.limit.setKeyboardTracking(False)
        self.limit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.limit.valueChanged.connect(self._on_limit_typed)
        self._limit_title = label("", "small-dim")
        self.chart = TradeoffChart(look)
        self.chart.setObjectName("compare.tradeoff")
        self.chart.limit_changed.connect(self.limit_changed)
        self._missing = WholeLabel("dim")
        self._verdict = WholeLabel("card-title")
        self._verdict.setObjectName("compare.verdict")
        for box, length in ((self.quality, 6), (self.cost, 8)):
            box.setMinimumContentsLength(length)  # the figures beside need the room more
        line = Flow(look)
        line.add(self.quality, grows=True)
        line.add(label(self.tr("against"), "small-dim"))
        line.add(self.cost, grows=True)
        limit = QWidget()
        beside = QHBoxLayout(limit)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self._limit_title)
        beside.addWidget(self.limit, 1)
        line.add(limit)
        self.body.addWidget(line)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self._missing)
        self.body.addStretch(0)
        self.body.addWidget(self._verdict)

    def show_state(
        self, state: TradeoffState, x_choices: Sequence[Choice], y_choices: Sequence[Choice], verdict: str
    ) -> None:
        """Show points, axes and limit."""
        fill_chooser(self.cost, x_choices, state.x.metric, "")
        fill_chooser(self.quality, y_choices, state.y.metric, "")
        has_points = bool(state.points)
        self.chart.setVisible(has_points)
        self.chart.show_state(state)
        self._missing.setVisible(not has_points)
        self._missing.setText(
            self.tr("No model has both figures under the chosen conditions. “Measure these” takes them.")
        )
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))
        self.limit.setEnabled(has_points)
        self._limit_title.setText(
            self.tr("at least") if state.x.better is Better.HIGH else self.tr("at most")
        )
        self._show_limit(state)

    def _on_quality_activated(self) -> None:
        self.y_chosen.emit(self.quality.currentData())

    def _on_cost_activated(self) -> None:
        self.x_chosen.emit(self.cost.currentData())

    def _on_limit_typed(self, value: float) -> None:
        self.limit_changed.emit(value * self._scale)

    def _show_limit(self, state: TradeoffState) -> None:
        self._scale, unit = scale_of(state.x, max((point.x for point in state.points), default=0.0))
        self.limit.blockSignals(True)
        self.limit.setSuffix(f" {unit}")
        shown = (state.limit or 0.0) / self._scale
        self.limit.setDecimals(2 if shown < 100 else 1)
        self.limit.setSingleStep(0.1 if shown < 20 else 1.0)
        if abs(self.limit.value() - shown) > 0.5 * 10 ** -self.limit.decimals():
            self.limit.setValue(shown)
        self.limit.blockSignals(False)
