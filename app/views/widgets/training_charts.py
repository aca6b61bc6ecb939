"""The two charts of a training: sparsity with accuracy, and losses, rate, memory or time of the steps."""

from typing import Final

import msgspec
from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.series import RunSeries, StepUnit
from app.views.look import Look
from app.views.plots.canvas import Band, CurveStyle
from app.views.plots.curve_chart import CurveChart, CurveGroup, OtherRun
from app.views.plots.quantities import MEMORY, MILLISECONDS, PLAIN, RATE, SHARE
from app.views.widgets.calm import CalmComboBox
from app.views.widgets.card import Card
from app.views.widgets.chooser import Choice, chooser, fill_chooser

_PREPARING_MS: Final = 250
_DASHED: Final = (3.0, 2.0)
_DOTTED: Final = (1.5, 2.5)


class ComparisonState(msgspec.Struct, frozen=True):
    """With which earlier run the shown one can be, and is, compared."""

    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    name: str = ""
    """Of the chosen run, as the legend names it."""


class TrainingCharts(QObject):
    """Both charts with the cards they stand in; one axis and one comparison for both.

    Signals:
        comparison_chosen: Another run was chosen to compare with; carries its run id, or an empty text.
    """

    comparison_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._unit = StepUnit.STEP
        self._shown: tuple[RunSeries, RunSeries | None, str] = (RunSeries(), None, "")
        self._sparsity = CurveChart(self.tr("Sparsity"), look, self._sparsity_groups())
        self._details = CurveChart(self.tr("Training"), look, self._detail_groups())
        self._compare = self._make_compare()
        self._axis = self._make_axis()
        self.sparsity_card = Card(self.tr("Sparsity"))
        self.sparsity_card.head.addWidget(self._compare, 12)
        self.sparsity_card.head.addWidget(self._axis)
        self.detail_card = Card()
        self.detail_card.body.addLayout(self._make_switch())
        for card, chart in ((self.sparsity_card, self._sparsity), (self.detail_card, self._details)):
            card.body.addWidget(chart.legend)
            card.body.addWidget(chart, 1)
        self.detail_card.setAccessibleName(self.tr("Training"))
        self._preparing = QTimer(self)
        self._preparing.setInterval(_PREPARING_MS)
        self._preparing.timeout.connect(self._prepare)

    def prepare_soon(self) -> None:
        """Make the plots in a moment, before they are seen: the window has come up."""
        self._preparing.start()

    def _prepare(self) -> None:
        """Make one plot at a time.

        The first one loads what draws, here and not in a thread: that would make Qt's classes in both.
        """
        missing = [chart for chart in (self._sparsity, self._details) if not chart.is_prepared]
        if missing:
            missing[0].prepare()
        else:
            self._preparing.stop()

    def show_comparison(self, state: ComparisonState) -> None:
        """Offer these runs."""
        with QSignalBlocker(self._compare):
            nothing = Choice("", self.tr("Compare with…"))
            fill_chooser(self._compare, (nothing, *state.choices), state.chosen, "")
        self._compare.setEnabled(bool(state.choices))
        self._compare.setToolTip(
            self.tr("Draw the curves of an earlier run beneath")
            if state.choices
            else self.tr("There is no earlier run with curves yet")
        )

    def show_series(self, series: RunSeries, other: RunSeries | None, other_name: str) -> None:
        """Draw a run and, beneath, another one; called often, paints at most ten times a second."""
        self._shown = (series, other, other_name)
        per_unit = series.steps_per(self._unit)
        bands = self._bands(series)
        beneath = (
            None
            if other is None
            else OtherRun(other_name, other.curves, other.total_steps, other.steps_per(self._unit))
        )
        for chart in (self._sparsity, self._details):
            chart.show_other(beneath)
            chart.show_curves(
                series.curves,
                total_steps=series.total_steps,
                bands=bands,
                unit=self._unit,
                steps_per_unit=per_unit,
            )

    def show_mark(self, step: int | None) -> None:
        """Mark the moment that the head map shows; None: the newest."""
        for chart in (self._sparsity, self._details):
            chart.show_mark(step)

    def start_over(self) -> None:
        """Show everything of another run."""
        for chart in (self._sparsity, self._details):
            chart.reset()
            chart.show_mark(None)

    def _bands(self, series: RunSeries) -> tuple[Band, ...]:
        return bands_of(series, self.tr("warm-up"), self.tr("fine-tuning"))

    def _make_compare(self) -> CalmComboBox:
        box = chooser("jobs.compare_with", self.tr("Compare with an earlier run"))
        box.setProperty("role", "small")
        box.setMinimumContentsLength(6)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        box.currentIndexChanged.connect(self._on_comparison_chosen)
        return box

    def _make_axis(self) -> CalmComboBox:
        box = chooser("jobs.axis", self.tr("What the axis counts"))
        box.setProperty("role", "small")
        box.setToolTip(self.tr("Runs of different lengths meet in epochs or in shares of the run"))
        box.setMinimumContentsLength(0)
        box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        for unit, title in (
            (StepUnit.STEP, self.tr("Steps")),
            (StepUnit.EPOCH, self.tr("Epochs")),
            (StepUnit.SHARE, self.tr("% of run")),
        ):
            box.addItem(title, unit)
        box.currentIndexChanged.connect(self._on_axis_chosen)
        return box

    def _make_switch(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2)
        self._switch = QButtonGroup(self)
        self._switch.setExclusive(True)
        for place, group in enumerate(self._detail_groups()):
            button = QPushButton(group.title)
            button.setObjectName(f"jobs.detail_{place}")
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._switch.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        self._switch.idClicked.connect(self._on_detail_chosen)
        return line

    def _on_comparison_chosen(self) -> None:
        self.comparison_chosen.emit(self._compare.currentData() or "")

    def _on_axis_chosen(self) -> None:
        self._unit = StepUnit(self._axis.currentData())
        self.show_series(*self._shown)

    def _on_detail_chosen(self, place: int) -> None:
        self._details.show_group(place)

    def _sparsity_groups(self) -> tuple[CurveGroup, ...]:
        styles = (
            CurveStyle("sparsity/linear", self.tr("sparsity"), "accent"),
            CurveStyle("accuracy", self.tr("accuracy, held out"), "ffn", _DASHED, has_markers=True),
        )
        return (CurveGroup(self.tr("Sparsity and accuracy"), styles, SHARE),)

    def _detail_groups(self) -> tuple[CurveGroup, ...]:
        losses = (
            CurveStyle("loss/total", self.tr("total"), "text", width=1.6, is_noisy=True),
            CurveStyle("loss/task", self.tr("task"), "accent", width=1.6, is_noisy=True),
            CurveStyle(
                "loss/distillation", self.tr("distillation"), "ffn", _DASHED, width=1.6, is_noisy=True
            ),
            CurveStyle("loss/regularization", self.tr("regularization"), "a2", _DOTTED, width=1.6),
        )
        rate = CurveStyle("learning_rate", self.tr("learning rate of the weights"), "accent")
        memory = CurveStyle("memory_mb", self.tr("memory of the worker"), "accent")
        step = CurveStyle("step_ms", self.tr("median of the last 30 steps"), "accent", is_noisy=True)
        return (
            CurveGroup(self.tr("Loss"), losses, PLAIN),
            CurveGroup(self.tr("Learning rate"), (rate,), RATE),
            CurveGroup(self.tr("Memory"), (memory,), MEMORY),
            CurveGroup(self.tr("Step time"), (step,), MILLISECONDS),
        )


def bands_of(series: RunSeries, warmup: str, finetuning: str) -> tuple[Band, ...]:
    """Return the shaded stages of a run, with these names."""
    plan = series.plan
    if plan is None:
        return ()
    return (
        Band(plan.warmup_start_step, plan.warmup_end_step, warmup, "warmup"),
        Band(plan.warmup_end_step, plan.total_steps, finetuning, "finetune"),
    )
