"""What a device really runs of a model: precision and kernel of each node, and what that adds up to."""

from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import Problem
from app.domain.execution import INT8, MIXED, OTHER, Execution, Share
from app.domain.wording import count_text, milliseconds_text, whole_text
from app.itemmodels.node_table import NodeTable, time_text
from app.views.action_set import ActionButton, Actions
from app.views.look import Look
from app.views.plots.share_bars import ShareBars, SharePart
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.check_list import CheckList, FindingRow
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.loading_stack import LoadingStack
from app.views.widgets.reflow import Beside
from app.views.widgets.row_table import RowTable
from app.views.widgets.scroll import Scroll
from app.views.widgets.text_fields import LineField
from app.views.widgets.whole_rows import WholeRows

_WIDTHS: Final = (0, 122, 120, 152, 118, 90)
_PANEL_WIDTH, _LEAST_TABLE = 308, 420
_FOLDED_HEIGHT: Final = 300
"""Of the panel and of the table beneath it, where there is no room for both beside each other."""
_PRECISIONS: Final = ("f32", "bf16", "f16")
_ANY: Final = ""
_TOKENS: Final = {INT8: "a2", MIXED: "a2", "bf16": "ok", "f16": "ok", "f32": "other", OTHER: "track"}
_HATCHED: Final = frozenset({MIXED, "f16"})


class ExecutionState(msgspec.Struct, frozen=True):
    """What is known of how a model runs, and what was asked for."""

    execution: Execution | None = None
    findings: tuple[FindingRow, ...] = ()
    conditions: str = ""
    """Under which the figures hold."""
    devices: tuple[str, ...] = ("CPU",)
    device: str = "CPU"
    precision: str = "f32"
    is_loading: bool = False
    problem: Problem | None = None


class ModelExecution(QWidget):
    """Shows an `ExecutionState`.

    Signals:
        choice_changed: Another device or precision was chosen; carries both.
        retry_requested: The model is to be run once more.
    """

    choice_changed = Signal(str, str)
    retry_requested = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ExecutionState()
        self._model = NodeTable(self)
        self._device = chooser("models.execution_device", self.tr("Device to run on"))
        self._precision = chooser(
            "models.execution_precision", self.tr("Inference precision to ask for (INFERENCE_PRECISION_HINT)")
        )
        for box in (self._device, self._precision):
            box.activated.connect(self._on_choice_activated)
        self._again = ActionButton(actions["models.execute"])
        self._again.setProperty("role", "small")
        self._bars = ShareBars(look)
        self._bars.setObjectName("models.execution_bars")
        self._bars.setToolTip(
            self.tr(
                "Matrix products and convolutions by their multiply-accumulates (MACs), nodes by the time "
                "that the device's counters tell (PERF_COUNT)"
            )
        )
        self._checks = CheckList("", look)
        self._conditions = label("", "small-dim", wraps=True)
        self._conditions.setObjectName("models.execution_conditions")
        self._filter = LineField()
        self._filter.setObjectName("models.node_filter")
        self._filter.setPlaceholderText(self.tr("Filter by name, type or kernel"))
        self._filter.setAccessibleName(self.tr("Filter nodes by name, type or kernel"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(140)
        self._filter.setMaximumWidth(280)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._groups = chooser("models.node_group", self.tr("Show nodes whose products ran in a precision"))
        self._groups.currentIndexChanged.connect(self._on_filter_changed)
        title = self.tr("Executed nodes")
        self.table = RowTable("models.nodes", title, self._model, _WIDTHS, look, actions)
        self._sums = ElidedLabel()
        self._sums.setObjectName("models.node_sums")
        self._sums.setProperty("role", "dim")
        self._stack = LoadingStack(look, "models.execution_message", self._full_view(actions))
        self._stack.retry_requested.connect(self.retry_requested)
        self._lay_out(look)

    def show_state(self, state: ExecutionState) -> None:
        """Show what ran, that it is being run, or why it could not be."""
        self._state = state
        execution = state.execution
        devices = dict.fromkeys((*state.devices, state.device))
        fill_chooser(self._device, [Choice(one, one) for one in devices], state.device, "")
        fill_chooser(self._precision, [Choice(one, one) for one in _PRECISIONS], state.precision, "")
        self._model.show_execution(execution)
        groups = [Choice(_ANY, self.tr("All nodes"))]
        groups += [Choice(one, self._group_title(one)) for one in self._model.groups()]
        current = self._groups.currentData()
        wanted = current if current in {choice.id for choice in groups} else _ANY
        fill_chooser(self._groups, groups, wanted, self.tr("All nodes"))
        self._on_filter_changed()
        self._stack.show_state(self._message_of(state), state.problem, is_there=execution is not None)
        self._checks.show_findings(state.findings, "")
        self._bars.setVisible(execution is not None)
        self._conditions.setText(state.conditions)
        self._conditions.setVisible(bool(state.conditions))
        if execution is not None:
            self._show_shares(execution)

    def _show_shares(self, execution: Execution) -> None:
        products, times = execution.product_shares(), execution.time_shares()
        groups = list(dict.fromkeys(one.group for one in (*products, *times)))
        parts = [
            SharePart(
                name=group,
                title=self._group_title(group),
                token=_TOKENS.get(group, "other"),
                products=None if group == OTHER else _share_of(products, group),
                time=_share_of(times, group),
                is_hatched=group in _HATCHED,
            )
            for group in groups
        ]
        macs = sum(node.macs for node in execution.nodes)
        said = self.tr("%1 MACs").replace("%1", count_text(macs)) if macs else ""
        time = execution.time_ms
        self._bars.show_parts(
            parts, said, self.tr("not measured") if time is None else milliseconds_text(time)
        )

    def _group_title(self, group: str) -> str:
        return self._model.precision_text(group)

    def _message_of(self, state: ExecutionState) -> str:
        if state.is_loading:
            return self.tr("Running it on %1 to see which kernels are taken…").replace("%1", state.device)
        return self.tr("Select a model to see which kernels run it.")

    def _lay_out(self, look: Look) -> None:
        card, panel = Card(), self._panel()
        card.body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        both = Beside(panel, card, look, side=panel, side_width=_PANEL_WIDTH, least=_LEAST_TABLE)
        layout.addWidget(both)

        def on_folded(is_folded: bool) -> None:  # noqa: FBT001 - a signal's argument
            for one in (panel, card):
                one.setMinimumHeight(look.px(_FOLDED_HEIGHT) if is_folded else 0)

        both.folded.connect(on_folded)

    def _panel(self) -> QWidget:
        chosen = QHBoxLayout()
        chosen.setSpacing(8)
        chosen.addWidget(self._device, 1)
        chosen.addWidget(self._precision, 1)
        self._checks.setProperty("role", "plain")  # the card around it has the frame
        self._checks.body.setContentsMargins(0, 4, 8, 0)
        self._checks.body.insertWidget(0, self._bars)
        self._checks.body.addWidget(self._conditions)
        self._checks.body.addStretch(1)
        card = Card(self.tr("Executed precision"))
        card.body.setContentsMargins(16, 12, 8, 14)
        card.head.setContentsMargins(0, 0, 8, 0)
        card.head.addWidget(self._again)
        steady = QVBoxLayout()
        steady.setContentsMargins(0, 0, 8, 0)
        steady.setSpacing(6)
        steady.addWidget(label(self.tr("Asked for: device, INFERENCE_PRECISION_HINT"), "small-dim"))
        steady.addLayout(chosen)
        card.body.addLayout(steady)
        card.body.addWidget(Scroll(self._checks, sideways=False), 1)
        return card

    def _full_view(self, actions: Actions) -> QWidget:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._filter, 1)
        line.addWidget(self._groups)
        line.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._sums, 1)
        for action_id in ("models.copy_rows", "models.save_rows"):
            button = ActionButton(actions[action_id])
            button.setProperty("role", "small")
            foot.addWidget(button)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(WholeRows(self.table), 1)
        column.addLayout(foot)
        return full

    def _on_choice_activated(self) -> None:
        device, precision = str(self._device.currentData()), str(self._precision.currentData())
        if (device, precision) != (self._state.device, self._state.precision):
            self.choice_changed.emit(device, precision)

    def _on_filter_changed(self) -> None:
        self._model.filter_by(self._filter.text(), str(self._groups.currentData() or _ANY))
        execution = self._state.execution
        total = None if execution is None else execution.time_ms
        text = self.tr("%1 of %2 nodes") if total is None else self.tr("%1 of %2 nodes · %3 of %4")
        for mark, value in (
            ("%1", whole_text(len(self._model.shown))),
            ("%2", whole_text(len(self._model.everything))),
            ("%3", time_text(self._model.shown_ms)),
            ("%4", time_text(total)),
        ):
            text = text.replace(mark, value)
        self._sums.setText(text)


def _share_of(shares: tuple[Share, ...], group: str) -> float | None:
    if not shares:
        return None
    return next((one.share for one in shares if one.group == group), 0.0)
