"""One weight matrix from far and near: cells by zeros or magnitudes, removed rows and columns hatched."""

from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
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
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.question import MatrixPart
from app.domain.wording import percent_text
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.plots.block_grid import BlockGrid, Shading
from app.views.plots.saving import Chart, Table
from app.views.plots.viewing import View

_LEFT: Final = 58
_TOP: Final = 22
_ASK_MS: Final = 150
_FEWEST: Final = 12
"""Rows or columns in sight at the strongest zoom."""
_MARGIN: Final = 0.25
_TICK_PX: Final = 56
_FINEST_LINES_PX: Final = 5
_HEAD_TICKS: Final = 2.2
"""Heads have short names: so many more of them find room than numbers do."""


class MatrixFacts(msgspec.Struct, frozen=True):
    """What is known of the matrix beside its values."""

    name: str = ""
    color: str = "accent"
    """Name of the colour of what is left."""
    row_group: int = 0
    """Rows of a head; 0: rows belong to no heads."""
    column_group: int = 0


class _Seen(msgspec.Struct, frozen=True):
    """The part in sight, in rows and columns of the original."""

    top: float
    left: float
    height: float
    width: float


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
        super().__init__("Weight matrix", parent)
        self._look = look
        self._facts = MatrixFacts()
        self._whole: BlockGrid | None = None
        self._fine: BlockGrid | None = None
        self._images: dict[int, QImage] = {}
        self._shading = Shading.ZEROS
        self._cursor: QPointF | None = None
        self._reading = QLabel(self)
        self._reading.setProperty("role", "reading")
        self._reading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._reading.hide()
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

    @property
    def _seen(self) -> _Seen:
        (rows, columns), view = self._size(), self.view
        return _Seen(view.top * rows, view.left * columns, view.height * rows, view.width * columns)

    @override
    def plot_area(self) -> QRectF:
        """Where the matrix stands; it fills the room, so that long thin ones can be seen too."""
        left, top = self._look.px(_LEFT), self._look.px(_TOP)
        return QRectF(left, top, max(self.width() - left - 2, 20), max(self.height() - top - 2, 20))

    def _matrix_at(self, point: QPointF) -> tuple[float, float]:
        plot, view = self.plot_area(), self._seen
        row = view.top + (point.y() - plot.top()) / plot.height() * view.height
        return row, view.left + (point.x() - plot.left()) / plot.width() * view.width

    def _rect_of(self, top: float, left: float, bottom: float, right: float) -> QRectF:
        plot, view = self.plot_area(), self._seen
        across, down = plot.width() / view.width, plot.height() / view.height
        return QRectF(
            plot.left() + (left - view.left) * across,
            plot.top() + (top - view.top) * down,
            (right - left) * across,
            (bottom - top) * down,
        )

    def _in_sight(self) -> tuple[tuple[float, float], tuple[float, float]]:
        view = self._seen
        return (view.top, view.top + view.height), (view.left, view.left + view.width)

    def _grid_in_sight(self) -> BlockGrid | None:
        rows, columns = self._in_sight()
        return self._fine if self._fine is not None and self._fine.covers(rows, columns) else self._whole

    def _ask_for_part(self) -> None:
        """Ask for finer cells where those at hand are larger than need be."""
        if self._whole is None or self._whole.part.cell == (1, 1):
            return
        rows, columns = self._in_sight()
        shown = self._grid_in_sight()
        if shown is None or self.view.is_whole or (shown is self._fine and _is_fine(shown, rows, columns)):
            return
        height, width = self._size()
        more_rows, more_columns = _MARGIN * (rows[1] - rows[0]), _MARGIN * (columns[1] - columns[0])
        self.part_wanted.emit(
            max(int(rows[0] - more_rows), 0),
            min(int(rows[1] + more_rows) + 1, height),
            max(int(columns[0] - more_columns), 0),
            min(int(columns[1] + more_columns) + 1, width),
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._whole is None:
            return
        painter = QPainter(self)
        painter.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        plot = self.plot_area()
        self._paint_axes(painter, plot)
        painter.save()
        painter.setClipRect(plot)
        painter.fillRect(plot, self._look.color("panel"))
        for grid in (self._whole, self._fine):
            if grid is not None:
                self._paint_grid(painter, grid)
        self._paint_heads(painter, plot)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.color("other"), 1))
        painter.drawRect(plot)
        if self._cursor is not None and plot.contains(self._cursor):
            self._paint_cursor(painter)

    def _paint_grid(self, painter: QPainter, grid: BlockGrid) -> None:
        part = grid.part
        # The last cells may stand for fewer rows than the others; the picture ends where they would.
        bottom, right = (
            part.rows[0] + part.grid[0] * part.cell[0],
            part.columns[0] + part.grid[1] * part.cell[1],
        )
        painter.save()
        whole = self._rect_of(part.rows[0], part.columns[0], part.rows[1], part.columns[1])
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.drawImage(self._rect_of(part.rows[0], part.columns[0], bottom, right), self._image(grid))
        hatched = QBrush(self._look.color("other"), Qt.BrushStyle.BDiagPattern)
        ground = self._look.color("track")
        for top, below in grid.removed_rows():
            place = self._rect_of(top, part.columns[0], below, part.columns[1])
            painter.fillRect(place, ground)
            painter.fillRect(place, hatched)
        for left, beside in grid.removed_columns():
            place = self._rect_of(part.rows[0], left, part.rows[1], beside)
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

    def _paint_heads(self, painter: QPainter, plot: QRectF) -> None:
        """Draw lines between heads, and between elements where these are large."""
        rows, columns = self._in_sight()
        painter.setPen(QPen(self._look.color("text"), 1))
        for group, (first, last), is_rows in (
            (self._facts.row_group, rows, True),
            (self._facts.column_group, columns, False),
        ):
            if (
                not group
                or (plot.height() if is_rows else plot.width()) / (last - first) * group < _FINEST_LINES_PX
            ):
                continue
            for number in range(int(first // group) + 1, int(last // group) + 1):
                at = self._rect_of(number * group, number * group, number * group, number * group).topLeft()
                if is_rows:
                    painter.drawLine(
                        QPointF(plot.left(), round(at.y())), QPointF(plot.right(), round(at.y()))
                    )
                else:
                    painter.drawLine(
                        QPointF(round(at.x()), plot.top()), QPointF(round(at.x()), plot.bottom())
                    )

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(self._look.color("dim"))
        rows, columns = self._in_sight()
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, text in _ticks(*rows, self._facts.row_group, plot.height() / self._look.px(_TICK_PX) * 1.6):
            y = self._rect_of(at, 0, at, 0).top()
            place = QRectF(0, y - 10, plot.left() - 6, 20)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | middle), text)
        for at, text in _ticks(*columns, self._facts.column_group, plot.width() / self._look.px(_TICK_PX)):
            x = self._rect_of(0, at, 0, at).left()
            painter.drawText(QRectF(x - 40, 0, 80, plot.top() - 4), int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_cursor(self, painter: QPainter) -> None:
        cell = self._cell_at_cursor()
        if cell is None:
            return
        top, bottom, left, right = cell[0].span(*cell[1])
        painter.setPen(QPen(self._look.color("text"), 1.5))
        painter.drawRect(self._rect_of(top, left, bottom + 1, right + 1).adjusted(-1, -1, 1, 1))

    def _cell_at_cursor(self) -> tuple[BlockGrid, tuple[int, int]] | None:
        grid = self._grid_in_sight()
        if grid is None or self._cursor is None or not self.plot_area().contains(self._cursor):
            return None
        row, column = (int(at) for at in self._matrix_at(self._cursor))
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
            return f"{place}\n" + self.tr("weight %1").replace("%1", f"{value:.4g}")
        lines = [
            place,
            self.tr("%1 zero").replace("%1", percent_text(grid.zeros(down, across))),
            self.tr("mean magnitude %1").replace("%1", f"{grid.magnitude(down, across):.3g}"),
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
        self._reading.setVisible(bool(text))
        if not text or self._cursor is None:
            self._describe()
            return
        self.setAccessibleDescription(text.replace("\n", ", "))
        self._reading.setText(text)
        self._reading.adjustSize()
        x, y = int(self._cursor.x()) + 16, int(self._cursor.y()) + 16
        if x + self._reading.width() > self.width():
            x = int(self._cursor.x()) - 12 - self._reading.width()
        self._reading.move(max(x, 0), max(min(y, self.height() - self._reading.height()), 0))

    def _describe(self) -> None:
        rows, columns = self._size()
        text = self.tr("%1, %2 rows and %3 columns, shown %4 times as large")
        for mark, value in (
            ("%1", self._facts.name),
            ("%2", str(rows)),
            ("%3", str(columns)),
            ("%4", f"{self.zoom:.1f}"),
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


def _is_fine(grid: BlockGrid, rows: tuple[float, float], columns: tuple[float, float]) -> bool:
    """Whether cells are fine enough for what is in sight: made for it, or for hardly more."""
    part = grid.part
    down = (part.rows[1] - part.rows[0]) / max(rows[1] - rows[0], 1.0)
    across = (part.columns[1] - part.columns[0]) / max(columns[1] - columns[0], 1.0)
    return part.cell == (1, 1) or max(down, across) < 2 * (1 + 2 * _MARGIN)


def _ticks(first: float, last: float, group: int, most: float) -> list[tuple[float, str]]:
    """Return places and texts on an axis: the middles of heads, or round numbers of rows or columns."""
    if group and (last - first) / group <= most * _HEAD_TICKS and (last - first) >= group:
        numbers = range(int(first // group), int((last - 1) // group) + 1)
        return [
            (max(min((number + 0.5) * group, last), first), f"h{number}")
            for number in numbers
            if first <= (number + 0.5) * group <= last
        ]
    step = next(
        size * 10**power
        for power in range(9)
        for size in (1, 2, 5)
        if (last - first) / (size * 10**power) <= max(most, 2)
    )
    start = -(-int(first) // step) * step
    return [(float(at), f"{at:,}") for at in range(start, int(last) + 1, step)]
