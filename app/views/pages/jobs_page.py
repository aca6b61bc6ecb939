"""Jobs: the queue at the left, the selected job live at the right."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.series import RunSeries
from app.itemmodels.job_list import CARD_ROLE, JobCard, JobList
from app.views.actions import Actions
from app.views.look import Look
from app.views.plots.canvas import Band, CurveStyle
from app.views.plots.curve_chart import CurveChart, Legend
from app.views.widgets.card import Card, label
from app.views.widgets.delegates import BUTTON_ROOM, JobDelegate
from app.views.widgets.head_history import HeadHistory
from app.views.widgets.log_view import LogView
from app.views.widgets.notice import Notice, NoticeState
from app.views.widgets.tile import Tile, TileState
from app.views.zoom import zoom

_LIST_WIDTH: Final = 272
_DASHED: Final = (3.0, 2.0)
_DOTTED: Final = (1.5, 2.5)
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


class JobsPage(QWidget):
    """Shows a `JobsState` and the series of one run.

    Signals:
        job_selected: Another job was selected; carries its run id.
        resume_requested: Of the job with this run id.
        discard_requested: Of the job with this run id.
        notice_action_requested: A button of the notice was pressed; carries its id.
        compress_requested: The button of the empty page was pressed.
    """

    job_selected = Signal(str)
    resume_requested = Signal(str)
    discard_requested = Signal(str)
    notice_action_requested = Signal(str)
    compress_requested = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._state = JobsState()
        self.counts = label("", "pill")
        self.counts.setVisible(False)
        self.headline, self.headline_stretch = self.counts, 0
        self._list_model = JobList(self)
        self._list = self._make_list(look)
        self._tiles = [Tile() for _ in range(4)]
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self._sparsity = CurveChart(
            self.tr("Sparsity over steps"),
            look,
            sparsity_styles(),
            y_title="",
            is_share=True,
        )
        self._losses = CurveChart(self.tr("Loss parts"), look, loss_styles(), y_title="")
        self._heads = HeadHistory(look)
        self._log = LogView(look)
        self._go = QPushButton(self.tr("Compress a model"))
        self._grid = QGridLayout()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_view())
        self._stack.addWidget(self._full_view(look))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(self._stack)

    def show_state(self, state: JobsState) -> None:
        """Show the queue, and the tiles and the notice of the selected job."""
        if state.selected != self._state.selected:
            self._heads.start_over()
        self._state = state
        self._stack.setCurrentIndex(1 if state.cards else 0)
        self.counts.setText(state.counts)
        self.counts.setVisible(bool(state.counts))
        self._list_model.show_jobs(state.cards)
        self._show_buttons()
        index = self._list_model.index_of(state.selected or "")
        if index.isValid() and index != self._list.currentIndex():
            self._list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(state.tiles))
            if place < len(state.tiles):
                tile.show_state(state.tiles[place])
        self.notice.show_state(state.notice)
        if self._training_cards[0].isHidden() == state.has_training:
            for card in self._training_cards:
                card.setVisible(state.has_training)
            # Without curves the log takes all of the room.
            row, column, rows, columns = (1, 1, 1, 1) if state.has_training else (0, 0, 2, 2)
            self._grid.addWidget(self._log, row, column, rows, columns)

    def show_series(self, series: RunSeries, *, is_live: bool) -> None:
        """Draw the run; called often, paints at most ten times a second."""
        plan = series.plan
        total = 0 if plan is None else plan.total_steps
        bands = bands_of(series, self.tr("warm-up"), self.tr("fine-tuning"))
        self._sparsity.show_curves(series.curves, total_steps=total, bands=bands)
        self._losses.show_curves(series.curves, total_steps=total, bands=bands)
        self._heads.show_snapshots(series.snapshots, is_live=is_live)
        self._log.show_lines(series.log)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        target = self._list if self._state.cards else self._go
        target.setFocus()

    def _make_list(self, look: Look) -> QListView:
        view = QListView()
        view.setObjectName("jobs.list")
        view.setAccessibleName(self.tr("Queue"))
        view.setModel(self._list_model)
        view.setItemDelegate(JobDelegate(look, view))
        view.setProperty("role", "cards")
        view.setMouseTracking(True)
        view.setSpacing(0)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        return view

    def _show_buttons(self) -> None:
        """Put Resume and Discard on the cards that can go on, and take them off the others."""
        for row in range(self._list_model.rowCount()):
            index = self._list_model.index(row)
            card: JobCard = index.data(CARD_ROLE)
            shown = cast("QWidget | None", self._list.indexWidget(index))
            if card.job.state.can_resume and shown is None:
                self._list.setIndexWidget(index, self._resume_buttons(card.id))
                self._list_model.dataChanged.emit(index, index)
            elif not card.job.state.can_resume and shown is not None:
                self._list.setIndexWidget(index, None)  # type: ignore[arg-type]
                shown.deleteLater()
        self._list.scheduleDelayedItemsLayout()

    def _resume_buttons(self, run_id: str) -> QWidget:
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 0, 12, 10)
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, title, request in (
            ("resume", self.tr("Resume"), self.resume_requested),
            ("discard", self.tr("Discard"), self.discard_requested),
        ):
            button = QPushButton(title)
            button.setObjectName(f"card.{name}")
            button.setProperty("primary", name == "resume")
            button.setProperty("role", "small")
            button.clicked.connect(lambda _=False, request=request: request.emit(run_id))
            line.addWidget(button)
        line.addStretch(1)
        layout.addStretch(1)
        layout.addLayout(line)
        frame.setMinimumHeight(self._look.px(BUTTON_ROOM))
        zoom(frame, self._look.scale)
        return frame

    def _full_view(self, look: Look) -> QWidget:
        queue = Card()
        queue.setFixedWidth(_LIST_WIDTH)
        queue.body.setContentsMargins(8, 8, 8, 8)
        queue.body.addWidget(self._list)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in self._tiles:
            tiles.addWidget(tile, 1)
        sparsity = Card(self.tr("Sparsity over steps"))
        sparsity.head.addWidget(Legend(look, sparsity_styles()))
        sparsity.body.addWidget(self._sparsity, 1)
        self._loss_card = Card(self.tr("Loss parts"))
        self._loss_card.head.addWidget(Legend(look, loss_styles()))
        self._loss_card.body.addWidget(self._losses, 1)
        self._training_cards = (sparsity, self._heads, self._loss_card)
        grid = self._grid
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for place, card in enumerate((sparsity, self._heads, self._loss_card, self._log)):
            # Ignored: both columns are equally wide, whatever their legends would like.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(card, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        grid.setRowStretch(0, 11)
        grid.setRowStretch(1, 8)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.notice)
        right.addLayout(tiles)
        right.addLayout(grid, 1)
        view = QWidget()
        layout = QHBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(queue)
        layout.addLayout(right, 1)
        return view

    def _empty_view(self) -> QWidget:
        card = Card()
        card.setMaximumWidth(480)
        card.body.setContentsMargins(32, 28, 32, 28)
        card.body.setSpacing(12)
        card.body.addWidget(label(self.tr("Nothing runs, waits or has run"), "headline", wraps=True))
        card.body.addWidget(
            label(
                self.tr(
                    "Imports and compressions stand here while they work: progress, curves and the map "
                    "of attention heads, live. They can be paused, and go on after a crash."
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
        card.body.addLayout(line)
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 10)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        return frame

    def _on_current_changed(self, current: QModelIndex) -> None:
        card = current.data(CARD_ROLE)
        if isinstance(card, JobCard) and card.id != self._state.selected:
            self.job_selected.emit(card.id)

    def _on_menu_requested(self, point: QPoint) -> None:
        if not self._list.indexAt(point).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(self._list.viewport().mapToGlobal(point))


def sparsity_styles() -> tuple[CurveStyle, ...]:
    """Return the curves of the first chart."""
    return (
        CurveStyle("sparsity/linear", "sparsity", "accent"),
        CurveStyle("accuracy", "accuracy, held out", "ffn", _DASHED, has_markers=True),
    )


def loss_styles() -> tuple[CurveStyle, ...]:
    """Return the curves of the second chart."""
    return (
        CurveStyle("loss/total", "total", "text", width=1.6),
        CurveStyle("loss/task", "task", "accent", width=1.6),
        CurveStyle("loss/distillation", "distillation", "ffn", _DASHED, width=1.6),
        CurveStyle("loss/regularization", "regularization", "a2", _DOTTED, width=1.6),
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
