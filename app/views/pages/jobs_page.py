"""Jobs: the queue at the left, the selected job live at the right."""

from typing import Final

import msgspec
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.queueing import Refusal
from app.domain.series import RunSeries
from app.itemmodels.job_list import CARD_ROLE, JobCard, JobList
from app.views.action_set import Actions
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.empty_card import centred, empty_card
from app.views.widgets.head_history import HeadHistory
from app.views.widgets.log_view import LogView
from app.views.widgets.notice import Notice, NoticeState
from app.views.widgets.question import ask_before
from app.views.widgets.queue_list import QueueList
from app.views.widgets.reflow import Beside, Columns, show_only
from app.views.widgets.tile import Tile, TileState
from app.views.widgets.training_charts import ComparisonState, TrainingCharts

_NO_LIMIT: Final = 16_777_215
_LIST_WIDTH: Final = 272
_LIST_HEIGHT: Final = 180
"""Of the queue above the job, where it is too narrow to stand beside it."""
_LEAST_RIGHT: Final = 560
_LEAST_CARD: Final = 330
_LEAST_CARD_HEIGHT: Final = 290
_LEAST_TILE: Final = 170
_MENU: Final = (
    "jobs.pause",
    "jobs.stop_early",
    "jobs.cancel",
    "",
    "jobs.resume",
    "jobs.discard",
    "",
    "jobs.up",
    "jobs.down",
    "",
    "jobs.show_model",
    "jobs.folder",
    "jobs.trash",
)


class JobsState(msgspec.Struct, frozen=True):
    """The queue and what surrounds the plots of the selected job."""

    cards: tuple[JobCard, ...] = ()
    selected: str | None = None
    counts: str = ""
    """"1 running · 2 queued"""
    tiles: tuple[TileState, ...] = ()
    notice: NoticeState | None = None
    has_training: bool = False
    """Whether the selected job draws curves and heads, or only a log."""
    earlier: int = 0
    """How many ended jobs are older than those that are always shown."""
    shows_earlier: bool = False
    refusal: Refusal | None = None
    """Why the selected job could not be moved where it was to go."""
    details: str = ""
    """Of a failure, for whoever mends it."""
    comparison: ComparisonState = ComparisonState()


class JobsPage(QWidget):
    """Shows a `JobsState` and the series of one run.

    Signals:
        job_selected: Another job was selected; carries its run id.
        resume_requested: Of the job with this run id.
        discard_requested: Of the job with this run id; that was confirmed.
        move_requested: Of a waiting job, before another one; an empty second text: to the end.
        earlier_toggled: The older jobs are to be shown, or no longer.
        comparison_chosen: The run with this id is to be drawn as well; an empty text: none.
        folder_requested: The folder of the selected run is to be opened.
        notice_action_requested: A button of the notice was pressed; carries its id.
        compress_requested: The button of the empty page was pressed.
    """

    job_selected = Signal(str)
    resume_requested = Signal(str)
    discard_requested = Signal(str)
    move_requested = Signal(str, str)
    earlier_toggled = Signal(bool)
    comparison_chosen = Signal(str)
    folder_requested = Signal()
    notice_action_requested = Signal(str)
    compress_requested = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._look = look
        self._state = JobsState()
        self._arrangement: tuple[bool, bool] | None = None
        self._is_showing = False
        self.counts = label("", "pill")
        self.counts.setVisible(False)
        self.headline, self.headline_stretch = self.counts, 0
        self._list_model = JobList(self)
        self._list = QueueList(look, self._list_model)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_menu_requested)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.resume_requested.connect(self.resume_requested)
        self._list.discard_requested.connect(self.ask_to_discard)
        self._list.move_requested.connect(self.move_requested)
        self._list.refused.connect(self._on_refused)
        self._refusal = label("", "reason", wraps=True)
        self._earlier = QPushButton()
        self._earlier.setObjectName("jobs.earlier")
        self._earlier.setProperty("role", "small")
        self._earlier.clicked.connect(lambda: self.earlier_toggled.emit(not self._state.shows_earlier))
        self._tiles = [Tile() for _ in range(4)]
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self._charts = TrainingCharts(look, self)
        self._charts.comparison_chosen.connect(self.comparison_chosen)
        self._heads = HeadHistory(look)
        self._heads.step_shown.connect(self._charts.show_mark)
        self._log = LogView(look)
        self._log.folder_requested.connect(self.folder_requested)
        self._details_card, self._details = self._make_details()
        self._go = QPushButton(self.tr("Compress a model"))
        self._grid = self._make_grid()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_view())
        self._stack.addWidget(self._full_view())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(self._stack)

    @property
    def heads(self) -> HeadHistory:
        """The head map with its scrubber."""
        return self._heads

    def prepare_soon(self) -> None:
        """Make what takes long to make, before the page is seen: the window has come up."""
        self._charts.prepare_soon()

    def show_state(self, state: JobsState) -> None:
        """Show the queue, and the tiles and the notice of the selected job."""
        if state.selected != self._state.selected:
            self._heads.start_over()
            self._charts.start_over()
        self._state = state
        show_only(self._stack, 1 if state.cards else 0)
        self.counts.setText(state.counts)
        self.counts.setVisible(bool(state.counts))
        # A removed row makes the list choose another by itself: that is nobody's choice, and to answer
        # it by showing the jobs once more would change them while they change.
        self._is_showing = True
        self._list_model.show_jobs(state.cards)
        self._is_showing = False
        self._list.show_buttons()
        index = self._list_model.index_of(state.selected or "")
        if index.isValid() and index != self._list.currentIndex():
            self._list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._show_fold(state)
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(state.tiles))
            if place < len(state.tiles):
                tile.show_state(state.tiles[place])
        self.notice.show_state(state.notice)
        self._charts.show_comparison(state.comparison)
        if self._details.toPlainText() != state.details:
            self._details.setPlainText(state.details)
        self._arrange(has_training=state.has_training, has_details=bool(state.details))

    def ask_to_discard(self, run_id: str) -> None:
        """Ask before a job's checkpoints are deleted: without them it cannot go on."""
        card = next((card for card in self._list_model.cards() if card.id == run_id), None)
        if card is not None:
            ask_before(
                self,
                self.tr("Discard “%1”?").replace("%1", card.job.title),
                self.tr(
                    "Its checkpoints are removed from the disk, and it cannot go on any more. Its log stays. "
                    "This cannot be undone."
                ),
                self.tr("Discard"),
                lambda: self.discard_requested.emit(run_id),
            )

    def show_series(
        self,
        series: RunSeries,
        *,
        is_live: bool,
        is_loading: bool = False,
        other: RunSeries | None = None,
        other_name: str = "",
    ) -> None:
        """Draw the run, and beneath it an earlier one; called often, paints at most ten times a second."""
        self._charts.show_series(series, other, other_name)
        self._heads.show_snapshots(series.snapshots, total_steps=series.total_steps, is_live=is_live)
        self._log.show_lines(series.log, is_loading=is_loading)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        target = self._list if self._state.cards else self._go
        target.setFocus()

    def _show_fold(self, state: JobsState) -> None:
        if not self._list.is_dragging:
            self._on_refused(state.refusal)
        self._earlier.setVisible(state.earlier > 0)
        text = self.tr("Show earlier jobs (%1)").replace("%1", str(state.earlier))
        self._earlier.setText(self.tr("Hide earlier jobs") if state.shows_earlier else text)

    def _on_refused(self, refusal: Refusal | None) -> None:
        self._refusal.setVisible(refusal is not None)
        if refusal is not None:
            text = self.tr("“%1” needs “%2”, which has to run before it.")
            text = text.replace("%1", refusal.waiting.title).replace("%2", refusal.needed.title)
            self._refusal.setText(text)

    def _arrange(self, *, has_training: bool, has_details: bool) -> None:
        """Give the room to what there is: without curves to the log, after a failure to its details."""
        arrangement = (has_training, has_details)
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        for card in (self._charts.sparsity_card, self._charts.detail_card):
            card.setVisible(has_training)
        self._heads.setVisible(has_training and not has_details)
        self._details_card.setVisible(has_details)
        self._grid.limit(2 if has_training else 1)

    def _make_grid(self) -> Columns:
        charts = self._charts
        cards = (charts.sparsity_card, self._details_card, self._heads, charts.detail_card, self._log)
        for card in cards:
            # Ignored: both columns are equally wide, whatever their legends would like.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return Columns(
            cards,
            self._look,
            least=_LEAST_CARD,
            least_height=_LEAST_CARD_HEIGHT,
            row_stretch=(11, 9),
        )

    def _make_details(self) -> tuple[Card, QPlainTextEdit]:
        card = Card(self.tr("What went wrong"))
        text = QPlainTextEdit()
        text.setObjectName("jobs.details")
        text.setAccessibleName(self.tr("Details of the failure"))
        text.setProperty("role", "code")
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Read with the keyboard too: a read-only text takes no cursor otherwise.
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.body.addWidget(text, 1)
        card.setVisible(False)
        return card, text

    def _full_view(self) -> QWidget:
        queue = self._queue = Card()
        queue.body.setContentsMargins(8, 8, 8, 8)
        queue.body.addWidget(self._list, 1)
        queue.body.addWidget(self._refusal)
        queue.body.addWidget(self._earlier)
        job = QWidget()
        right = QVBoxLayout(job)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.notice)
        right.addWidget(Columns(self._tiles, self._look, least=_LEAST_TILE))
        right.addWidget(self._grid, 1)
        view = Beside(queue, job, self._look, side=queue, side_width=_LIST_WIDTH, least=_LEAST_RIGHT)
        view.folded.connect(self._on_folded)
        return view

    def _on_folded(self, is_folded: bool) -> None:  # noqa: FBT001 - a slot
        """Let the queue be as high as the job beside it, or show its first jobs above."""
        if is_folded:
            self._queue.setFixedHeight(self._look.px(_LIST_HEIGHT))
        else:
            self._queue.setMinimumHeight(0)
            self._queue.setMaximumHeight(_NO_LIMIT)

    def _empty_view(self) -> QWidget:
        card = empty_card("activity", self._look)
        card.body.addWidget(label(self.tr("No jobs yet"), "headline", wraps=True))
        card.body.addWidget(
            label(
                self.tr(
                    "Imports and compressions appear here while they run: progress, curves and the map "
                    "of attention heads, live. They can be paused, and resumed after a crash."
                ),
                "dim",
                wraps=True,
            )
        )
        go = self._go
        go.setObjectName("jobs.compress")
        go.setProperty("primary", True)
        go.clicked.connect(self.compress_requested)
        line = QHBoxLayout()
        line.addWidget(go)
        line.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(line)
        return centred(card)

    def _on_current_changed(self, current: QModelIndex) -> None:
        card = current.data(CARD_ROLE)
        if self._is_showing:
            return
        if isinstance(card, JobCard) and card.id != self._state.selected:
            self.job_selected.emit(card.id)

    def _on_menu_requested(self, point: QPoint) -> None:
        if not self._list.indexAt(point).isValid():
            point = self._list.visualRect(self._list.currentIndex()).center()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(self._list.viewport().mapToGlobal(point))
