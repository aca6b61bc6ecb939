"""One weight matrix from far and near: cells by zeros or magnitudes, removed rows and columns hatched."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.language import in_figures
from app.domain.question import MatrixPart
from app.domain.wording import percent_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.block_grid import BlockGrid, Shading
from app.views.plots.block_sight import Sight, borders, sight_of, ticks
from app.views.plots.reading import Reading
from app.views.plots.saving import Chart, Table
from app.views.plots.viewing import View

_LEFT: Final = 58
_TOP: Final = 22
_BELOW: Final = 16
"""Pixels from the place that the mouse points at down to what is said of it."""
_ASK_MS: Final = 150
_FEWEST: Final = 12
"""Rows or columns in sight at the strongest zoom."""
_TICK_PX: Final = 56
_FINEST_LINES_PX: Final = 5


class MatrixFacts(msgspec.Struct, frozen=True):
    """What is known of the matrix beside its values."""

    name: str = ""
    color: str = "accent"
    """Name of the colour of what is left."""
    row_group: int = 0
    """Rows of a head; 0: rows belong to no heads."""
    column_group: int = 0


class BlockMask(Chart):
    """A picture of a matrix to zoom and to move in.

    Wheel, + and - zoom around the cursor; dragging and the arrow keys move, dragging with Shift zooms
    into a box; 0, Home and a double click show the whole.

    Signals:
        part_wanted: Finer cells of what is in sight are wanted; carries first and past-last row and column.
    """

    part_wanted = Signal(int, int, int, int)
    zoom_axes = "xy"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("BlockMask", "Weight matrix"), parent)
        self._look = look
        self._facts = MatrixFacts()
        self._whole: BlockGrid | None = None
        self._fine: BlockGrid | None = None
        self._images: dict[int, QImage] = {}
        self._shading = Shading.ZEROS
        self._cursor: QPointF | None = None
        self._reading = Reading(self)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_ASK_MS)
        self._asking.timeout.connect(self._ask_for_part)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)
        look.changed.connect(self._on_look_changed)

    def show_matrix(self, facts: MatrixFacts, whole: MatrixPart | None, fine: MatrixPart | None) -> None:
        """Show a matrix; ``fine`` is a part of it in smaller cells, None where there is none."""
        is_other = facts.name != self._facts.name
        self._facts = facts
        if whole is None:
            self._whole, self._fine = None, None
        elif self._whole is None or self._whole.part is not whole:
            self._whole = BlockGrid(whole)
        has_new_fine = fine is not None and (self._fine is None or self._fine.part is not fine)
        self._fine = None if fine is None else BlockGrid(fine) if has_new_fine else self._fine
        self._images.clear()
        if is_other:
            self._cursor = None
            self.reset()
        self._describe()
        self.update()

    def show_shading(self, shading: Shading) -> None:
        """Let the strength of the colours say this."""
        if shading is not self._shading:
            self._shading = shading
            self._images.clear()
            self.update()

    @property
    def zoom(self) -> float:
        """How many times larger than the whole matrix it is shown."""
        return 1 / min(self.view.width, self.view.height)

    @property
    @override
    def can_zoom(self) -> bool:
        return self._whole is not None

    @override
    def zoom_centre(self) -> QPointF | None:
        return self._cursor

    @override
    def _zoom(self, factor: float, point: QPointF | None = None) -> None:
        rows, columns = self._size()
        at, view = self._share(point or self.plot_area().center()), self.view
        # Down to single elements, whichever side of the matrix is the longer one.
        width = min(max(view.width / factor, min(_FEWEST / columns, 1.0)), 1.0)
        height = min(max(view.height / factor, min(_FEWEST / rows, 1.0)), 1.0)
        left = min(max(view.left + at.x() * (view.width - width), 0.0), 1.0 - width)
        top = min(max(view.top + at.y() * (view.height - height), 0.0), 1.0 - height)
        self.show_view(View(left, top, width, height))

    @override
    def view_changed(self) -> None:
        self._asking.start()
        self._read()
        self.update()

    @override
    def picture_title(self) -> str:
        return self._facts.name

    @override
    def table(self) -> Table:
        grid = self._grid_in_sight()
        header = ("first_row", "last_row", "first_column", "last_column", "kept", "zeros", "mean_magnitude")
        return [header, *(() if grid is None else grid.rows_of_table())]

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def _size(self) -> tuple[int, int]:
        shape = (1, 1) if self._whole is None else self._whole.part.shape
        return max(shape[0], 1), max(shape[1], 1)

    def _sight(self) -> Sight:
        return sight_of(self._size(), self.view, self.plot_area())

    @override
    def plot_area(self) -> QRectF:
        """Where the matrix stands; it fills the room, so that long thin ones can be seen too."""
        left, top = self._look.px(_LEFT), self._look.px(_TOP)
        return QRectF(left, top, max(self.width() - left - 2, 20), max(self.height() - top - 2, 20))

    def _grid_in_sight(self) -> BlockGrid | None:
        sight, fine = self._sight(), self._fine
        return fine if fine is not None and fine.covers(sight.rows, sight.columns) else self._whole

    def _ask_for_part(self) -> None:
        """Ask for finer cells where those at hand are larger than need be."""
        if self._whole is None or self._whole.part.cell == (1, 1):
            return
        sight, shown = self._sight(), self._grid_in_sight()
        if self.view.is_whole or (shown is self._fine and shown is not None and sight.is_served_by(shown)):
            return
        self.part_wanted.emit(*sight.with_margin(self._size()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._whole is None:
            return
        painter = QPainter(self)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        sight = self._sight()
        plot = sight.plot
        self._paint_axes(painter, sight)
        painter.save()
        painter.setClipRect(plot)
        painter.fillRect(plot, self._look.color("panel"))
        for grid in (self._whole, self._fine):
            if grid is not None:
                self._paint_grid(painter, sight, grid)
        self._paint_heads(painter, sight)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.color("other"), 1))
        painter.drawRect(plot)
        if self._cursor is not None and plot.contains(self._cursor):
            self._paint_cursor(painter, sight)

    def _paint_grid(self, painter: QPainter, sight: Sight, grid: BlockGrid) -> None:
        part = grid.part
        # The last cells may stand for fewer rows than the others; the picture ends where they would.
        bottom, right = (
            part.rows[0] + part.grid[0] * part.cell[0],
            part.columns[0] + part.grid[1] * part.cell[1],
        )
        painter.save()
        whole = sight.rect_of(part.rows[0], part.columns[0], part.rows[1], part.columns[1])
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.drawImage(sight.rect_of(part.rows[0], part.columns[0], bottom, right), self._image(grid))
        hatched = QBrush(self._look.color("other"), Qt.BrushStyle.BDiagPattern)
        ground = self._look.color("track")
        for top, below in grid.removed_rows():
            place = sight.rect_of(top, part.columns[0], below, part.columns[1])
            painter.fillRect(place, ground)
            painter.fillRect(place, hatched)
        for left, beside in grid.removed_columns():
            place = sight.rect_of(part.rows[0], left, part.rows[1], beside)
            painter.fillRect(place, ground)
            painter.fillRect(place, hatched)
        painter.restore()

    def _image(self, grid: BlockGrid) -> QImage:
        found = self._images.get(id(grid))
        if found is None:
            largest = 0.0 if self._whole is None else self._whole.largest
            empty, full = self._look.color("panel"), self._look.color(self._facts.color)
            removed = self._look.color("track")
            found = self._images[id(grid)] = grid.image(self._shading, empty, full, removed, largest)
        return found

    def _paint_heads(self, painter: QPainter, sight: Sight) -> None:
        """Draw lines between heads where these are large enough."""
        plot = sight.plot
        painter.setPen(QPen(self._look.color("text"), 1))
        if sight.row_px * self._facts.row_group >= _FINEST_LINES_PX:
            for row in borders(sight.rows, self._facts.row_group):
                y = round(sight.rect_of(row, 0, row, 0).top())
                painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        if sight.column_px * self._facts.column_group >= _FINEST_LINES_PX:
            for column in borders(sight.columns, self._facts.column_group):
                x = round(sight.rect_of(0, column, 0, column).left())
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_axes(self, painter: QPainter, sight: Sight) -> None:
        painter.setPen(self._look.color("dim"))
        plot, tick_px = sight.plot, self._look.px(_TICK_PX)
        for at, text in ticks(sight.rows, self._facts.row_group, plot.height() / tick_px * 1.6):
            y = sight.rect_of(at, 0, at, 0).top()
            place = QRectF(0, y - 10, plot.left() - 6, 20)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        for at, text in ticks(sight.columns, self._facts.column_group, plot.width() / tick_px):
            x = sight.rect_of(0, at, 0, at).left()
            painter.drawText(QRectF(x - 40, 0, 80, plot.top() - 4), int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_cursor(self, painter: QPainter, sight: Sight) -> None:
        cell = self._cell_at_cursor()
        if cell is None:
            return
        top, bottom, left, right = cell[0].span(*cell[1])
        painter.setPen(QPen(self._look.color("text"), 1.5))
        painter.drawRect(sight.rect_of(top, left, bottom + 1, right + 1).adjusted(-1, -1, 1, 1))

    def _cell_at_cursor(self) -> tuple[BlockGrid, tuple[int, int]] | None:
        grid = self._grid_in_sight()
        if grid is None or self._cursor is None or not self.plot_area().contains(self._cursor):
            return None
        row, column = (int(at) for at in self._sight().matrix_at(self._cursor))
        cell = grid.cell_at(row, column)
        return None if cell is None else (grid, cell)

    def reading(self) -> str:
        """Return what stands under the cursor, empty for nothing."""
        found = self._cell_at_cursor()
        if found is None:
            return ""
        grid, (down, across) = found
        top, bottom, left, right = grid.span(down, across)
        place = (
            self.tr("row %1, column %2")
            .replace("%1", self._number(top, bottom, self._facts.row_group))
            .replace("%2", self._number(left, right, self._facts.column_group))
        )
        kept = grid.kept(down, across)
        if kept == 0.0:
            return f"{place}\n{self.tr('removed')}"
        value = grid.value(down, across)
        if value is not None:
            return f"{place}\n" + self.tr("weight %1").replace("%1", in_figures(f"{value:.4g}"))
        lines = [
            place,
            self.tr("%1 zero").replace("%1", percent_text(grid.zeros(down, across))),
            self.tr("mean magnitude %1").replace("%1", in_figures(f"{grid.magnitude(down, across):.3g}")),
        ]
        if kept < 1.0:
            lines.append(self.tr("%1 of it removed").replace("%1", percent_text(1 - kept)))
        return "\n".join(lines)

    def _number(self, first: int, last: int, group: int) -> str:
        text = str(first) if first == last else f"{first}–{last}"
        return (
            self.tr("%1 (head %2)").replace("%1", text).replace("%2", str(first // group)) if group else text
        )

    def _read(self) -> None:
        text = self.reading()
        if not text or self._cursor is None:
            self._reading.hide()
            self._describe()
            return
        self.setAccessibleDescription(text.replace("\n", ", "))
        self._reading.say(text)
        self._reading.show_beside(self._cursor.x(), self._cursor.y() + _BELOW)

    def _describe(self) -> None:
        rows, columns = self._size()
        text = self.tr("%1, %2 rows and %3 columns, shown %4 times as large")
        for mark, value in (
            ("%1", self._facts.name),
            ("%2", str(rows)),
            ("%3", str(columns)),
            ("%4", in_figures(f"{self.zoom:.1f}")),
        ):
            text = text.replace(mark, value)
        self.setAccessibleDescription(text)

    def _on_look_changed(self) -> None:
        self._images.clear()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cursor = None
        self._reading.hide()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._pressed_at is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._is_panning = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._cursor = event.position()
        super().mouseMoveEvent(event)
        self._read()
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.unsetCursor()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self._reading.hide()
        self.update()
        super().leaveEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._reading.hide()
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cursor is None:
            self._cursor = self.plot_area().center()
        super().keyPressEvent(event)
        self._read()

    @override
    def paint_chart(self, painter: QPainter, at: QPoint) -> None:
        cursor, self._cursor = self._cursor, None
        self._reading.hide()
        super().paint_chart(painter, at)
        self._cursor = cursor
