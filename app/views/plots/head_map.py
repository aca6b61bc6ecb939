"""The heads of a network, layer by layer: who is kept, how important, and which neurons are left."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.event import StructureSnapshot
from app.domain.structure import ModelStructure
from app.domain.wording import whole_text
from app.views.look import SMALL_SIZE_PX, Look, mixed, sized
from app.views.plots.reading import Reading
from app.views.plots.saving import Chart, Table
from app.views.plots.viewing import View

_LABEL_WIDTH: Final = 30
_FFN_WIDTH: Final = 92
_FFN_BAR: Final = 44
_FFN_GAP: Final = 16
_GAP: Final = 4
_LARGEST_CELL: Final = 72
_LARGEST_STEP: Final = 1.4
"""Rows may stand this much further apart than columns, so that the map fills its card."""
_WANTED_CELL: Final = 30
_SMALLEST_CELL: Final = 10
_HEADER: Final = 20
_PALEST: Final = 0.35
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
"""Not clipped: in a large presentation letters are higher than the smallest cells."""


class Head(msgspec.Struct, frozen=True):
    """One attention head. Importance is a rank from 0 to 1, None where it is not known."""

    is_kept: bool
    importance: float | None = None


class HeadLayer(msgspec.Struct, frozen=True):
    """The heads of a layer, and how many of its feed-forward neurons are left."""

    heads: tuple[Head, ...]
    neurons: int = 0
    neurons_total: int = 0


def layers_of_structure(structure: ModelStructure) -> tuple[HeadLayer, ...]:
    """Return what the map shows of a finished model, in the numbering of the original."""
    return tuple(
        HeadLayer(
            tuple(Head(head in layer.heads_kept) for head in range(layer.heads_total)),
            layer.neuron_count,
            layer.neurons_total,
        )
        for layer in structure.layers
    )


def layers_of_snapshot(snapshot: StructureSnapshot) -> tuple[HeadLayer, ...]:
    """Return what the map shows of a moment of a run."""
    return tuple(
        HeadLayer(tuple(map(Head, alive, importance)), neurons, total)
        for importance, alive, neurons, total in zip(
            snapshot.heads, snapshot.heads_alive, snapshot.neurons_alive, snapshot.neurons_total, strict=True
        )
    )


class HeadMap(Chart):
    """A grid of layers by heads: kept ones filled, gone ones outlined and struck through."""

    zoom_axes = "xy"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("HeadMap", "Attention heads"), parent)
        self._look = look
        self._layers: tuple[HeadLayer, ...] = ()
        self._cursor: tuple[int, int] | None = None
        self._reading = Reading(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Attention heads, layer by layer"))
        look.changed.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def show_layers(self, layers: tuple[HeadLayer, ...]) -> None:
        """Show these layers; what is equal is not painted again."""
        if layers == self._layers:
            return
        if [len(layer.heads) for layer in layers] != [len(layer.heads) for layer in self._layers]:
            self._cursor = None
            self.updateGeometry()
            self.reset()
        self._layers = layers
        kept = sum(head.is_kept for layer in layers for head in layer.heads)
        total = sum(len(layer.heads) for layer in layers)
        self.setAccessibleDescription(
            self.tr("%1 of %2 heads kept").replace("%1", str(kept)).replace("%2", str(total))
        )
        self.update()

    @override
    def table(self) -> Table:
        """Return what is shown as rows of a table with a header."""
        header: tuple[object, ...] = ("layer", "head", "kept", "importance", "neurons", "neurons_total")
        return [
            header,
            *(
                (row, column, int(head.is_kept), head.importance, layer.neurons, layer.neurons_total)
                for row, layer in enumerate(self._layers)
                for column, head in enumerate(layer.heads)
            ),
        ]

    @override
    def sizeHint(self) -> QSize:
        return self._size_of(_WANTED_CELL)

    @override
    def minimumSizeHint(self) -> QSize:
        return self._size_of(_SMALLEST_CELL)

    def _size_of(self, cell: int) -> QSize:
        (columns, rows), px = self._shape(), self._look.px
        pitch = px(cell + _GAP)
        return QSize(px(_LABEL_WIDTH) + columns * pitch + self._ffn_room(), px(_HEADER) + rows * pitch)

    def _shape(self) -> tuple[int, int]:
        return max((len(layer.heads) for layer in self._layers), default=12), max(len(self._layers), 1)

    def _ffn_room(self) -> int:
        has_neurons = any(layer.neurons_total for layer in self._layers)
        return self._look.px(_FFN_GAP + _FFN_WIDTH) if has_neurons else 0

    def _pitch(self) -> tuple[float, float]:
        """Return the distances from cell to cell, across and down, where everything is shown."""
        (columns, rows), px = self._shape(), self._look.px
        across = (self.width() - px(_LABEL_WIDTH) - self._ffn_room()) / columns
        down = (self.height() - px(_HEADER)) / rows
        # The smallest cell is that of 100 %: a large presentation shall not push the neurons out.
        least, most = _SMALLEST_CELL + px(_GAP), px(_LARGEST_CELL + _GAP)
        across = min(max(across, least), most)
        down = min(max(down, least), _LARGEST_STEP * across)
        return min(across, _LARGEST_STEP * down), down

    @override
    def plot_area(self) -> QRectF:
        (columns, rows), (across, down) = self._shape(), self._pitch()
        return QRectF(self._look.px(_LABEL_WIDTH), self._look.px(_HEADER), columns * across, rows * down)

    def _cell(self, row: int, column: int) -> QRectF:
        area, view, (columns, rows) = self.plot_area(), self.view, self._shape()
        across, down = area.width() / columns / view.width, area.height() / rows / view.height
        left = area.left() + column * across - view.left * area.width() / view.width
        top = area.top() + row * down - view.top * area.height() / view.height
        gap = self._look.px(_GAP)
        # A square in the middle of its place: a cell is a head, not a bar.
        side = min(across, down) - gap
        return QRectF(left + (across - gap - side) / 2, top + (down - gap - side) / 2, side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        area = self.plot_area()
        is_zoomed = not self.view.is_whole
        if is_zoomed:
            painter.setClipRect(QRectF(area.left(), 0, area.width(), self.height()))
        self._paint_headings(painter)
        if is_zoomed:
            painter.setClipRect(QRectF(0, area.top(), self.width(), area.height()))
        for row, layer in enumerate(self._layers):
            cell = self._cell(row, 0)
            painter.setPen(self._look.color("dim"))
            place = QRectF(self._look.px(4), cell.top(), area.left(), cell.height())
            painter.drawText(place, _MIDDLE, f"L{row}")
            self._paint_neurons(painter, row, layer)
        if is_zoomed:
            painter.setClipRect(area)
        for row, layer in enumerate(self._layers):
            for column, head in enumerate(layer.heads):
                cell = self._cell(row, column)
                if not is_zoomed or cell.intersects(area):
                    self._paint_head(painter, cell, head)
        if self._cursor is not None and self.hasFocus():
            painter.setPen(QPen(self._look.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._cell(*self._cursor).adjusted(-2, -2, 2, 2), 5, 5)
        painter.setClipping(False)
        self._paint_neurons_heading(painter)

    def _paint_headings(self, painter: QPainter) -> None:
        columns, _ = self._shape()
        painter.setPen(self._look.color("faint"))
        if self._layers:
            wide = painter.fontMetrics().horizontalAdvance(str(columns)) + 2
            step = 1 if wide <= self._cell(0, 0).width() + self._look.px(_GAP) else 2
            for column in range(0, columns, step):
                place = self._cell(0, column)
                place.setRect(place.left() - wide, 0, place.width() + 2 * wide, self._look.px(_HEADER - 4))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(column))

    def _paint_neurons_heading(self, painter: QPainter) -> None:
        painter.setPen(self._look.color("faint"))
        if self._ffn_room():
            left = self._ffn_left()
            place = QRectF(left, 0, self.width() - left, self._look.px(_HEADER - 4))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.tr("neurons"))

    def _paint_head(self, painter: QPainter, cell: QRectF, head: Head) -> None:
        radius = min(4.0, cell.height() / 4)
        if head.is_kept:
            share = (
                1.0 if head.importance is None else _PALEST + (1 - _PALEST) * min(max(head.importance, 0), 1)
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(self._look.color("panel"), self._look.color("accent"), share))
            painter.drawRoundedRect(cell, radius, radius)
            return
        inside = cell.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(self._look.color("other"), 1.2 * self._look.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inside, radius, radius)
        reach = min(inside.width(), inside.height()) * 0.3
        middle = inside.center()
        painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))

    def _ffn_left(self) -> float:
        return self.plot_area().right() + self._look.px(_FFN_GAP - _GAP)

    def _paint_neurons(self, painter: QPainter, row: int, layer: HeadLayer) -> None:
        if not layer.neurons_total:
            return
        cell, px = self._cell(row, 0), self._look.px
        height = px(6)
        bar = QRectF(self._ffn_left(), cell.center().y() - height / 2, px(_FFN_BAR), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("track"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        share = layer.neurons / layer.neurons_total
        painter.setBrush(self._look.color("ffn"))
        done = QRectF(bar.left(), bar.top(), bar.width() * share, height)
        painter.drawRoundedRect(done, height / 2, height / 2)
        painter.setPen(self._look.color("dim"))
        place = QRectF(bar.right() + 4, cell.top(), px(_FFN_WIDTH - _FFN_BAR - 4), cell.height())
        painter.drawText(place, _MIDDLE | int(Qt.AlignmentFlag.AlignRight), whole_text(layer.neurons))

    def _text_at(self, row: int, column: int) -> str:
        head = self._layers[row].heads[column]
        match head:
            case Head(is_kept=True, importance=None):
                text = self.tr("L%1, head %2: kept")
            case Head(is_kept=False, importance=None):
                text = self.tr("L%1, head %2: removed")
            case Head(is_kept=True):
                text = self.tr("L%1, head %2: kept, more important than %3 % of the heads")
            case _:
                text = self.tr("L%1, head %2: removed, more important than %3 % of the heads")
        share = "" if head.importance is None else f"{100 * head.importance:.0f}"
        return text.replace("%1", str(row)).replace("%2", str(column)).replace("%3", share)

    def _neurons_text(self, row: int) -> str:
        layer = self._layers[row]
        text = self.tr("L%1: %2 of %3 feed-forward neurons kept").replace("%1", str(row))
        return text.replace("%2", whole_text(layer.neurons)).replace("%3", whole_text(layer.neurons_total))

    def _hover_text(self, point: QPointF) -> str:
        hit = self._hit(point)
        if hit is not None:
            return self._text_at(*hit)
        if point.x() < self._ffn_left() or not self._ffn_room():
            return ""
        rows = ((row, self._cell(row, 0)) for row in range(len(self._layers)))
        row = next((row for row, cell in rows if cell.top() <= point.y() <= cell.bottom()), None)
        return "" if row is None else self._neurons_text(row)

    def _hit(self, point: QPointF) -> tuple[int, int] | None:
        if not self.plot_area().contains(point):
            return None
        for row, layer in enumerate(self._layers):
            for column in range(len(layer.heads)):
                if self._cell(row, column).contains(point):
                    return row, column
        return None

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self._hover_text(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._reading.hide()
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or not self._layers or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row, column = self._cursor or (0, -move[1])
        row = min(max(row + move[0], 0), len(self._layers) - 1)
        column = min(max(column + move[1], 0), len(self._layers[row].heads) - 1)
        self._cursor = (row, column)
        self._bring_into_view(row, column)
        text = self._text_at(row, column)
        self.setAccessibleDescription(text)
        self._reading.say(text)
        below = self._cell(row, column).bottomLeft()
        self._reading.show_at(below.x(), below.y() + 4)
        self.update()

    @override
    def zoom_centre(self) -> QPointF | None:
        return None if self._cursor is None else self._cell(*self._cursor).center()

    @override
    def view_changed(self) -> None:
        self._reading.hide()
        super().view_changed()

    def _bring_into_view(self, row: int, column: int) -> None:
        (columns, rows), view = self._shape(), self.view
        left = min(max(view.left, (column + 1) / columns - view.width), column / columns)
        top = min(max(view.top, (row + 1) / rows - view.height), row / rows)
        self.show_view(View(left, top, view.width, view.height))

    @override
    def paint_chart(self, painter: QPainter, at: QPoint) -> None:
        self._reading.hide()
        super().paint_chart(painter, at)
