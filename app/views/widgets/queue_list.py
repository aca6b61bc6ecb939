"""The list of jobs, in which waiting ones are put into another order by dragging them."""

from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.queueing import Refusal, refusal_of_move
from app.itemmodels.job_list import CARD_ROLE, JobCard, JobList
from app.views.look import Look
from app.views.widgets.delegates import BUTTON_ROOM, JobDelegate
from app.views.zoom import zoom

_NEAR_EDGE: Final = 24
_GHOST: Final = 0.9


class QueueList(QListView):
    """Jobs as cards.

    Signals:
        resume_requested: Of the job with this run id.
        discard_requested: Of the job with this run id.
        move_requested: A waiting job was dropped: its run id, and that of the job it goes before, or
            an empty text for the end.
        refused: The card cannot be dropped where the mouse is; carries the `Refusal`, or None where it can.
    """

    resume_requested = Signal(str)
    discard_requested = Signal(str)
    move_requested = Signal(str, str)
    refused = Signal(object)

    def __init__(self, look: Look, jobs: JobList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = jobs
        self._pressed_at: QPoint | None = None
        self._pressed_card: JobCard | None = None
        self._ghost: QPixmap | None = None
        self._mouse = QPoint()
        self._refusal: Refusal | None = None
        self.setObjectName("jobs.list")
        self.setAccessibleName(self.tr("Queue"))
        self.setModel(jobs)
        self.setItemDelegate(JobDelegate(look, self))
        self.setProperty("role", "cards")
        self.setMouseTracking(True)
        self.setSpacing(0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def is_dragging(self) -> bool:
        """Whether a card hangs at the mouse."""
        return self._ghost is not None

    def show_buttons(self) -> None:
        """Put Resume and Discard on the cards that can go on, and take them off the others."""
        changed = False
        for row, card in enumerate(self._jobs.cards()):
            index = self._jobs.index(row)
            shown = cast("QWidget | None", self.indexWidget(index))
            if card.job.state.can_resume and shown is None:
                self.setIndexWidget(index, self._resume_buttons(card.id))
                changed = True
            elif not card.job.state.can_resume and shown is not None:
                self.setIndexWidget(index, None)  # type: ignore[arg-type]
                shown.deleteLater()
                changed = True
        if changed:
            self.scheduleDelayedItemsLayout()

    def _resume_buttons(self, run_id: str) -> QWidget:
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 0, 12, 10)
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, title, request in (
            ("resume", self.tr("Resume"), self.resume_requested),
            ("discard", self.tr("Discard…"), self.discard_requested),
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

    # Dragging ------------------------------------------------------------------------
    # Not with QDrag: nothing leaves this list, the card shall stay in its column, and the reason why
    # a place is refused shall be said while the mouse is there.

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        card = self.indexAt(event.position().toPoint()).data(CARD_ROLE)
        if event.button() is Qt.MouseButton.LeftButton and isinstance(card, JobCard) and card.can_move:
            self._pressed_at, self._pressed_card = event.position().toPoint(), card

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or self._pressed_card is None:
            super().mouseMoveEvent(event)
            return
        self._mouse = event.position().toPoint()
        far = (self._mouse - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if not self.is_dragging and far:
            self._pick_up(self._pressed_card.id)
        if self.is_dragging:
            self._drag_on()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        card, was_dragging = self._pressed_card, self.is_dragging
        self._let_go()
        super().mouseReleaseEvent(event)
        if card is not None and was_dragging:
            before = self._before(self._mouse)
            if before != card.id:
                self.move_requested.emit(card.id, before)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
        elif event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def _pick_up(self, run_id: str) -> None:
        self._ghost = self.viewport().grab(self.visualRect(self._jobs.index_of(run_id)))
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _let_go(self) -> None:
        self._pressed_at, self._pressed_card, self._ghost, self._refusal = None, None, None, None
        self.unsetCursor()
        self.refused.emit(None)
        self.viewport().update()

    def _drag_on(self) -> None:
        card = self._pressed_card
        if card is None:
            return
        bar = self.verticalScrollBar()
        if self._mouse.y() < _NEAR_EDGE:
            bar.setValue(bar.value() - _NEAR_EDGE // 2)
        elif self._mouse.y() > self.viewport().height() - _NEAR_EDGE:
            bar.setValue(bar.value() + _NEAR_EDGE // 2)
        before = self._before(self._mouse)
        jobs = [one.job for one in self._jobs.cards()]
        self._refusal = None if before == card.id else refusal_of_move(card.id, before or None, jobs)
        shapes = Qt.CursorShape
        self.setCursor(shapes.ClosedHandCursor if self._refusal is None else shapes.ForbiddenCursor)
        self.refused.emit(self._refusal)
        self.viewport().update()

    def _waiting(self) -> list[QModelIndex]:
        return [self._jobs.index(row) for row, card in enumerate(self._jobs.cards()) if card.can_move]

    def _before(self, point: QPoint) -> str:
        """Return the run id of the waiting job before which a card would be dropped, empty for the end."""
        below = (index for index in self._waiting() if point.y() < self.visualRect(index).center().y())
        index = next(below, None)
        return "" if index is None else cast("JobCard", index.data(CARD_ROLE)).id

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        waiting = self._waiting() if self._ghost is not None else []
        if self._ghost is None or not waiting:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        before = self._before(self._mouse)
        index = self._jobs.index_of(before)
        place = self.visualRect(index).top() if index.isValid() else self.visualRect(waiting[-1]).bottom() + 1
        token = "accent" if self._refusal is None else "bad"
        painter.setPen(QPen(self._look.color(token), self._look.px(2)))
        painter.setBrush(self._look.color(token))
        line = QRect(6, place, self.viewport().width() - 12, 0)
        painter.drawLine(line.topLeft(), line.topRight())
        painter.drawEllipse(QRectF(line.left() - 3, place - 3, 6, 6))
        painter.setOpacity(_GHOST)
        size = self._ghost.deviceIndependentSize()
        ghost = QRectF(0, self._mouse.y() - size.height() / 2, size.width(), size.height())
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.setBrush(self._look.color("panel"))
        painter.drawRoundedRect(ghost, 6, 6)
        painter.drawPixmap(ghost.topLeft(), self._ghost)
