"""How rows are painted: a job as a card, a line of the log."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.domain.job import LIVE, Phase
from app.domain.series import LogLine
from app.itemmodels.job_list import CARD_ROLE, JobCard
from app.itemmodels.log_lines import LINE_ROLE
from app.views.look import TEXT_SIZE_PX, Look, sized

Index = QModelIndex | QPersistentModelIndex
_PADDING: Final = 12
_CARD_HEIGHT: Final = 52
_BAR_ROOM: Final = 14
BUTTON_ROOM: Final = 40
"""Height at 100 % that a card has for Resume and Discard."""

_PHASE_TOKEN: Final = {
    Phase.PAUSED: "warn",
    Phase.INTERRUPTED: "warn",
    Phase.FAILED: "bad",
    Phase.FINISHED: "ok",
}
_LEVEL_TOKEN: Final = {"warning": "warn", "error": "bad"}


class JobDelegate(QStyledItemDelegate):
    """A job as a card: title and day, how it stands, its progress."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card: JobCard = index.data(CARD_ROLE)
        extra = BUTTON_ROOM if card.job.state.can_resume else _BAR_ROOM if card.phase in LIVE else 0
        return QSize(self._look.px(200), self._look.px(_CARD_HEIGHT + extra))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: JobCard = index.data(CARD_ROLE)
        rect = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        px = self._look.px
        inside = rect.adjusted(px(_PADDING), px(7), -px(_PADDING), -px(7))
        metrics = QFontMetrics(option.font)
        title_font = sized(option.font, px(TEXT_SIZE_PX), bold=True)
        title_metrics = QFontMetrics(title_font)
        baseline = inside.top() + title_metrics.ascent()
        day_width = metrics.horizontalAdvance(card.day)
        painter.setPen(self._look.color("dim"))
        painter.drawText(QPointF(inside.right() - day_width, baseline), card.day)
        room = int(inside.width() - day_width - px(8))
        painter.setFont(title_font)
        painter.setPen(self._look.color("text"))
        title = title_metrics.elidedText(card.job.title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QPointF(inside.left(), baseline), title)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(option.font)
        painter.setPen(self._look.color(_PHASE_TOKEN.get(card.phase, "dim")))
        status = metrics.elidedText(card.status, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside.adjusted(0, px(20), 0, 0), int(top), status)
        if card.phase in LIVE:
            self._paint_progress(painter, inside, card.job.state.fraction)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._look.color("accentbg"))
            painter.drawRoundedRect(rect, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._look.color("hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.color("accent"), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_progress(self, painter: QPainter, inside: QRectF, fraction: float | None) -> None:
        height = self._look.px(6)
        bar = QRectF(inside.left(), inside.bottom() - height + 1, inside.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("track"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        if fraction:
            done = QRectF(bar.left(), bar.top(), max(bar.width() * fraction, float(height)), bar.height())
            painter.setBrush(self._look.color("accent"))
            painter.drawRoundedRect(done, height / 2, height / 2)


class LogDelegate(QStyledItemDelegate):
    """A line of the log, coloured by its level; the level is also in the text."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        line: LogLine = index.data(LINE_ROLE)
        token = _LEVEL_TOKEN.get(line.level, "text")
        option.palette.setColor(option.palette.ColorRole.Text, self._look.color(token))
