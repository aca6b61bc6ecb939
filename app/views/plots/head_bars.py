"""Heads per layer as bars: kept below, removed hatched above."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.wording import percent_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.saving import Chart, Table
from app.views.plots.viewing import View

_LEFT: Final = 30
_BOTTOM: Final = 24
_TOP: Final = 20
_WIDEST_BAR: Final = 44
_SHARE: Final = 0.62
_MOST_TICKS: Final = 6
_TEXT_ROOM: Final = 34

HeadCounts = tuple[tuple[int, int], ...]
"""Heads kept and in all, layer by layer."""


class HeadBars(Chart):
    """One bar a layer; the arrow keys read them out."""

    zoom_axes = "x"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("HeadBars", "Heads per layer"), parent)
        self._look = look
        self._counts: HeadCounts = ()
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Heads kept per layer"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)
        look.changed.connect(self.update)

    def show_counts(self, counts: HeadCounts) -> None:
        """Show these layers."""
        if counts != self._counts:
            if len(counts) != len(self._counts):
                self.reset()
            self._counts = counts
            self._cursor = None
            self._describe()
            self.update()

    @override
    def table(self) -> Table:
        rows = ((layer, kept, total - kept, total) for layer, (kept, total) in enumerate(self._counts))
        return [("layer", "kept", "removed", "heads"), *rows]

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    @override
    def plot_area(self) -> QRectF:
        return self._plot()

    @override
    def zoom_centre(self) -> QPointF | None:
        return None if self._cursor is None else self._group(self._cursor).center()

    def _plot(self) -> QRectF:
        left, top = self._look.px(_LEFT), self._look.px(_TOP)
        return QRectF(left, top, self.width() - left, self.height() - top - self._look.px(_BOTTOM))

    def _group(self, place: int) -> QRectF:
        plot = self._plot()
        whole = plot.width() / self.view.width
        width = whole / len(self._counts)
        left = plot.left() + place * width - self.view.left * whole
        return QRectF(left, plot.top(), width, plot.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        highest = max(total for _, total in self._counts) or 1
        self._paint_axis(painter, highest)
        if not self.is_whole:
            plot = self._plot()
            painter.setClipRect(QRectF(plot.left(), 0, plot.width(), self.height()))
        for place, (kept, total) in enumerate(self._counts):
            self._paint_bar(painter, place, kept, total, highest)

    def _paint_axis(self, painter: QPainter, highest: int) -> None:
        plot = self._plot()
        step = next(size for size in (1, 2, 3, 4, 5, 8, 10, 16, 32, 64, 128) if highest / size <= _MOST_TICKS)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in range(0, highest + 1, step):
            y = plot.bottom() - plot.height() * tick / highest
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), round(y) + 0.5), QPointF(plot.right(), round(y) + 0.5))
            painter.setPen(self._look.color("dim"))
            painter.drawText(QRectF(0, y - 9, plot.left() - 8, 18), int(right), str(tick))

    def _paint_bar(self, painter: QPainter, place: int, kept: int, total: int, highest: int) -> None:
        group = self._group(place)
        width = min(group.width() * _SHARE, self._look.px(_WIDEST_BAR))
        left = group.center().x() - width / 2
        split = group.bottom() - group.height() * kept / highest
        top = group.bottom() - group.height() * total / highest
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent"))
        painter.drawRect(QRectF(left, split, width, group.bottom() - split))
        if kept < total:
            gone = QRectF(left + 0.5, top + 0.5, width - 1, split - top - 1)
            painter.setBrush(QBrush(self._look.color("other"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(self._look.color("other"), 1))
            painter.drawRect(gone)
        center = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(self._look.color("text"))
        if group.width() >= self._look.px(_TEXT_ROOM):
            painter.drawText(QRectF(group.left(), top - 19, group.width(), 18), center, f"{kept}/{total}")
        painter.setPen(self._look.color("dim"))
        below = QRectF(group.left(), group.bottom(), group.width(), self._look.px(_BOTTOM))
        painter.drawText(below, center, f"L{place}")
        if self._cursor == place and self.hasFocus():
            painter.setPen(QPen(self._look.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left - 3, top - 3, width + 6, group.bottom() - top + 4), 4, 4)

    def _text_at(self, place: int) -> str:
        kept, total = self._counts[place]
        return (
            self.tr("L%1: %2 of %3 heads kept (%4)")
            .replace("%1", str(place))
            .replace("%2", str(kept))
            .replace("%3", str(total))
            .replace("%4", percent_text(kept / total if total else None))
        )

    def _describe(self) -> None:
        kept, total = (sum(column) for column in zip(*self._counts, strict=True)) if self._counts else (0, 0)
        text = self.tr("%1 of %2 heads kept").replace("%1", str(kept)).replace("%2", str(total))
        self.setAccessibleDescription(text)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._counts:
            point = QPointF(event.pos())
            for place in range(len(self._counts)):
                if self._group(place).contains(point):
                    QToolTip.showText(event.globalPos(), self._text_at(place), self)
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._counts:
            super().keyPressEvent(event)
            return
        start = -step if self._cursor is None else self._cursor
        self._cursor = min(max(start + step, 0), len(self._counts) - 1)
        self._bring_into_view(self._cursor)
        text = self._text_at(self._cursor)
        self.setAccessibleDescription(text)
        group = self._group(self._cursor)
        QToolTip.showText(self.mapToGlobal(group.center().toPoint()), text, self)
        self.update()

    def _bring_into_view(self, place: int) -> None:
        view, width = self.view, 1 / len(self._counts)
        if view.width < width:
            left = (place + 0.5) * width - view.width / 2  # closer than a bar: its middle is what is seen
        else:
            left = min(max(view.left, (place + 1) * width - view.width), place * width)
        self.show_view(View(left, view.top, view.width, view.height))
