"""Compare: several models beside each other, their figures, answers and layers."""

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.comparison import Fact, Row
from app.domain.comparison_wording import filled
from app.views.action_set import ActionButton, Actions
from app.views.look import Look
from app.views.plots.interval_bars import IntervalBars, IntervalBarsState
from app.views.plots.pictures import svg_text
from app.views.plots.tradeoff_chart import TradeoffChart, TradeoffState
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice
from app.views.widgets.differing_view import DifferingState, DifferingView
from app.views.widgets.empty_card import centred, empty_card
from app.views.widgets.figures_card import FiguresCard
from app.views.widgets.fitting_splitter import FittingSplitter
from app.views.widgets.layers_view import LayersState, LayersView
from app.views.widgets.measure_panel import MeasurePanel, MeasureState
from app.views.widgets.model_popup import ModelPopup
from app.views.widgets.notice import Notice
from app.views.widgets.reflow import FoldingSplitter, show_only
from app.views.widgets.tabs import Tabs
from app.views.widgets.tradeoff_card import TradeoffCard
from app.views.widgets.variant_chips import Chip, VariantChips

DIFFERING_TAB, BARS_TAB, LAYERS_TAB = range(3)
_PICTURED: Final = ("accuracy", "latency_p50", "throughput", "ir_size")
"""Bars of these are in every report."""
_TRADEOFF_PICTURE: Final = QSize(860, 420)
_TOP_HEIGHT: Final = 350
_TOP_SHARE: Final = 0.55
_LEAST_BOTTOM: Final = 220
_LEAST_TOP: Final = 820
_BESIDE: Final = (485, 655)
"""Shares of the trade-off and of the figures."""


class CompareState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    chips: tuple[Chip, ...] = ()
    model_count: int = 0
    """Models of the workspace, for what the empty page says."""
    can_add: bool = False
    can_measure: bool = False
    summary: str = ""
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Of all; the switch hides the equal ones."""
    differences_only: bool = True
    settings: tuple[Choice, ...] = ()
    setting: str = ""
    trials: tuple[Choice, ...] = ()
    trial: str = ""
    selected: str = ""
    """The id of the selected model."""
    metric: str = "accuracy"
    """Of the selected row."""
    x_choices: tuple[Choice, ...] = ()
    y_choices: tuple[Choice, ...] = ()
    tradeoff: TradeoffState = TradeoffState()
    verdict: str = ""
    bars: IntervalBarsState = IntervalBarsState()
    differing: DifferingState = DifferingState()
    layers: LayersState = LayersState()
    panel: MeasureState | None = None
    """None: the panel is closed."""


class ComparePage(QWidget):
    """Chips above; trade-off and figures beside each other; answers, bars and layers beneath.

    Signals:
        candidates_requested: The models that can be added are wanted; `offer` shows them.
        added: A model is to stand beside the others.
        removed: A model is to go.
        reference_chosen: A model is to be the reference.
        model_selected: The column of a model was selected.
        metric_selected: The row of a metric was selected.
        differences_toggled: Whether equal rows are hidden.
        setting_chosen: What speed was measured under; carries its key.
        trial_chosen: What quality was measured on; carries its key.
        report_requested: A report is to be written; carries the path.
        models_requested: The page Models is wanted.
        compress_requested: The page Compress is wanted.
        notice_action_requested: A button of the notice was pressed.
        notice_closed: The notice was closed.
    """

    candidates_requested = Signal()
    added = Signal(str)
    removed = Signal(str)
    reference_chosen = Signal(str)
    model_selected = Signal(str)
    metric_selected = Signal(str)
    differences_toggled = Signal(bool)
    setting_chosen = Signal(str)
    trial_chosen = Signal(str)
    report_requested = Signal(str)
    models_requested = Signal()
    compress_requested = Signal()
    notice_action_requested = Signal(str)
    notice_closed = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._state = CompareState()
        self.summary = ElidedLabel()
        self.summary.setProperty("role", "dim")
        self.headline, self.headline_stretch = self.summary, 1
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self.notice.closed.connect(self.notice_closed)
        self.chips = VariantChips(look)
        self.chips.removed.connect(self.removed)
        self.chips.reference_chosen.connect(self.reference_chosen)
        self._add = ActionButton(actions["compare.add"])
        self._add.setProperty("role", "small")
        self.popup = ModelPopup(self)
        self.popup.chosen.connect(self.added)
        self.panel = MeasurePanel(look)
        self.tradeoff = TradeoffCard(look)
        self.tradeoff.chart.point_selected.connect(self.model_selected)
        self.figures = FiguresCard(look)
        self.figures.differences_toggled.connect(self.differences_toggled)
        self.figures.setting_chosen.connect(self.setting_chosen)
        self.figures.trial_chosen.connect(self.trial_chosen)
        self.figures.cell_chosen.connect(self._on_cell_chosen)
        self.figures.cell_opened.connect(self._on_cell_opened)
        self.bars = IntervalBars(look)
        self.bars.model_selected.connect(self.model_selected)
        self.differing = DifferingView(look, actions)
        self.layers = LayersView(look)
        self.tabs = self._make_tabs()
        self._tab_pages = QStackedWidget()
        self._tab_pages.setProperty("role", "plain")
        self._stack = QStackedWidget()
        self._empty_title = label("", "headline", wraps=True)
        self._empty_text = label("", "dim", wraps=True)
        self._empty_button = QPushButton()
        self._stack.addWidget(self._empty_view())
        self._stack.addWidget(self._full_view())
        show_only(self._stack, 0)
        self._chip_line = self._make_chip_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        layout.addWidget(self._chip_line)
        layout.addWidget(self.panel)
        layout.addWidget(self._stack, 1)
        actions["compare.add"].triggered.connect(self.candidates_requested)
        actions["compare.report"].triggered.connect(self._on_report)

    def show_state(self, state: CompareState) -> None:
        """Show models, figures and what the panel says."""
        self._state = state
        is_full = len(state.chips) > 1
        self._show_view(1 if is_full else 0)
        self.summary.setText(state.summary)
        self.chips.show_chips(state.chips)
        self._chip_line.setVisible(bool(state.chips))
        self._actions.show_enabled(
            {
                "compare.add": state.can_add,
                # While the panel asks, its Start is the one button to press.
                "compare.measure": state.can_measure and state.panel is None,
                "compare.report": is_full,
            }
        )
        self.panel.setVisible(state.panel is not None)
        self.differing.measure.setVisible(state.panel is None)
        if state.panel is not None:
            self.panel.show_state(state.panel)
        if not is_full:
            self._show_empty(state)
            return
        self.figures.show_rows(
            [chip.name for chip in state.chips],
            [row for row in state.rows if row.differs or not state.differences_only],
            [fact for fact in state.facts if fact.differs or not state.differences_only],
            column=self._column_of(state.selected),
        )
        self.figures.show_conditions(state.settings, state.setting, state.trials, state.trial)
        self.figures.show_differences_only(only=state.differences_only)
        self._split.fit()
        self.show_tradeoff(state)
        self.bars.show_state(state.bars)
        self.differing.show_state(state.differing)
        self.layers.show_state(state.layers)
        self._show_tab_titles(state)

    def offer(self, candidates: tuple[Choice, ...]) -> None:
        """Let one of these models be added."""
        anchor = self._add if self._add.isVisible() else self._empty_button
        self.popup.open_under(anchor, candidates)

    def show_tradeoff(self, state: CompareState) -> None:
        """Show the trade-off alone: all that changes while the limit is dragged."""
        self._state = state
        self.tradeoff.show_state(state.tradeoff, state.x_choices, state.y_choices, state.verdict)

    def report_pictures(self) -> tuple[tuple[str, str], ...]:
        """Return title and SVG of the trade-off and of the bars of what is mostly asked for, in light."""
        light, state = Look(), self._state
        found: list[tuple[str, str]] = []
        if state.tradeoff.points:
            chart = TradeoffChart(light)
            chart.show_state(msgspec.structs.replace(state.tradeoff, selected=""))
            title = self.tr("%1 against %2; dashed: the Pareto front")
            names = state.tradeoff.y_title, state.tradeoff.x_title
            text = svg_text(chart, light, _TRADEOFF_PICTURE)
            found.append((f"{filled(title, *names)}. {state.verdict}".strip(), text))
            chart.deleteLater()
        for row in state.rows:
            if row.kind.metric in {*_PICTURED, state.metric} and any(row.figures):
                title = self.figures.model.title_of(row.kind.metric)
                bars = IntervalBars(light)
                shown = msgspec.structs.replace(
                    state.bars, kind=row.kind, title=title, figures=row.figures, best=row.best, selected=""
                )
                bars.show_state(shown)
                size = QSize(_TRADEOFF_PICTURE.width(), bars.sizeHint().height())
                found.append((title, svg_text(bars, light, size)))
                bars.deleteLater()
        light.deleteLater()
        return tuple(found)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        target = self.figures.table if len(self._state.chips) > 1 else self._empty_button
        target.setFocus()

    def _show_view(self, place: int) -> None:
        """Show the empty or the full view; the focus goes along without the page being scrolled to it."""
        if place == self._stack.currentIndex():
            return
        had_focus = self._empty_button.hasFocus()
        if had_focus:
            self.setFocus()
        show_only(self._stack, place)
        if had_focus:
            self.focus_first()

    def _column_of(self, model_id: str) -> int:
        ids = [chip.id for chip in self._state.chips]
        return ids.index(model_id) if model_id in ids else -1

    def _show_tab_titles(self, state: CompareState) -> None:
        count = len(state.differing.rows)
        differing = self.tr("Where they differ")
        titles = {
            DIFFERING_TAB: f"{differing} · {count:,}" if count else differing,
            BARS_TAB: self.tr("Bars: %1").replace("%1", state.bars.title),
            LAYERS_TAB: self.tr("Layer by layer"),
        }
        for tab, title in titles.items():
            if self.tabs.tabText(tab) != title:
                self.tabs.setTabText(tab, title)

    def _show_empty(self, state: CompareState) -> None:
        has_many = state.model_count > 1
        title, text, action = (
            (
                self.tr("Compare models"),
                self.tr("Choose two to eight models to see their size, speed and accuracy, the inputs on "
                        "which they differ, and their layers side by side."),
                self.tr("Add a model…"),
            )
            if has_many
            else (
                self.tr("Compare a model with its variants"),
                self.tr("There is one model so far. Compress it, and its variant appears here beside it: "
                        "what it saves, what it costs in accuracy, and which inputs it answers differently."),
                self.tr("Compress it"),
            )
            if state.model_count == 1
            else (
                self.tr("Compare a model with its variants"),
                self.tr("Size, speed and accuracy of several models, the inputs on which they differ, and "
                        "their layers appear here side by side. There is no model yet."),
                self.tr("Add a model on the page Models"),
            )
        )  # fmt: skip
        self._empty_title.setText(title)
        self._empty_text.setText(text)
        self._empty_button.setText(action)

    def _on_empty_clicked(self) -> None:
        match self._state.model_count:
            case 0:
                self.models_requested.emit()
            case 1:
                self.compress_requested.emit()
            case _:
                self.candidates_requested.emit()

    def _make_chip_line(self) -> QWidget:
        self.chips.add(self._add)
        return self.chips

    def _make_tabs(self) -> Tabs:
        untitled = [(name, "") for name in ("differing", "bars", "layers")]  # until there is a state
        made = Tabs("compare.tabs", self.tr("Answers, bars or layers"), untitled)
        made.setUsesScrollButtons(True)  # a title says what is measured, and may be long
        return made

    def _full_view(self) -> QWidget:
        top = FoldingSplitter(self._look, least=_LEAST_TOP, beside=_BESIDE, above=(_TOP_HEIGHT, _TOP_HEIGHT))
        top.folded.connect(self.figures.show_tall)
        top.addWidget(self.tradeoff)
        top.addWidget(self.figures)
        top.setStretchFactor(0, 6)
        top.setStretchFactor(1, 7)
        bottom = Card()
        bottom.body.setContentsMargins(16, 6, 16, 12)
        for widget in (self.differing, self.bars, self.layers):
            self._tab_pages.addWidget(widget)
        self.tabs.currentChanged.connect(partial(show_only, self._tab_pages))
        show_only(self._tab_pages, DIFFERING_TAB)
        bottom.body.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        bottom.body.addWidget(self._tab_pages, 1)
        self._split = FittingSplitter(self._top_height)
        self._split.addWidget(top)
        self._split.addWidget(bottom)
        for one in (top, self._split):
            one.setHandleWidth(16)
        return self._split

    def _top_height(self) -> int:
        """Return a share of the height, or more, so that all figures can be read at once."""
        room = self._split.height() - self._split.handleWidth()
        wanted = max(round(_TOP_SHARE * room), self.figures.height_of_rows())
        return min(wanted, room - self._look.px(_LEAST_BOTTOM))

    def _empty_view(self) -> QWidget:
        card = empty_card("columns", self._look)
        self._empty_button.setObjectName("compare.begin")
        self._empty_button.setProperty("primary", True)
        self._empty_button.clicked.connect(self._on_empty_clicked)
        line = QHBoxLayout()
        line.addWidget(self._empty_button)
        line.addStretch(1)
        card.body.addWidget(self._empty_title)
        card.body.addWidget(self._empty_text)
        card.body.addSpacing(4)
        card.body.addLayout(line)
        return centred(card)

    def _on_cell_chosen(self, place: int, metric: str) -> None:
        model_id = self._state.chips[place].id if place < len(self._state.chips) else ""
        if model_id and model_id != self._state.selected:
            self.model_selected.emit(model_id)
        if metric and metric != self._state.metric:
            self.metric_selected.emit(metric)

    def _on_cell_opened(self, _metric: str) -> None:
        self.tabs.setCurrentIndex(BARS_TAB)

    def _on_report(self) -> None:
        dialog = QFileDialog(self, self.tr("Save report"), "", "HTML (*.html);;PNG (*.png)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(partial(_suit_suffix, dialog))
        dialog.selectFile("comparison.html")
        dialog.fileSelected.connect(self.report_requested)
        dialog.open()


def _suit_suffix(dialog: QFileDialog, chosen: str) -> None:
    dialog.setDefaultSuffix("png" if "png" in chosen else "html")
