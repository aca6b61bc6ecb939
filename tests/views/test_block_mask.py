"""The viewer of a weight matrix: what it reads out, how it zooms and moves, what it asks for and saves."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.question import MatrixPart
from app.views.look import Look
from app.views.plots.block_grid import BlockGrid, Shading
from app.views.plots.block_mask import BlockMask, MatrixFacts

LEFT = Qt.MouseButton.LeftButton
QUERY = MatrixFacts("query", "accent", row_group=16)


def part(
    shape: tuple[int, int],
    rows: tuple[int, int],
    columns: tuple[int, int],
    cell: tuple[int, int],
    removed: frozenset[int] = frozenset(),
) -> MatrixPart:
    """Return a part with magnitudes that grow to the right, half of the first row zero."""
    grid = (-(-(rows[1] - rows[0]) // cell[0]), -(-(columns[1] - columns[0]) // cell[1]))
    magnitudes = np.tile(np.linspace(0.0, 1.0, grid[1]), (grid[0], 1))
    zeros = np.zeros(grid)
    zeros[0] = 0.5
    values = magnitudes.astype("<f2").tobytes() if cell == (1, 1) else b""
    return MatrixPart(
        "query",
        shape,
        rows,
        columns,
        cell,
        zeros.astype("<f2").tobytes(),
        magnitudes.astype("<f2").tobytes(),
        values,
        tuple(0.0 if place in removed else 1.0 for place in range(grid[0])),
        (1.0,) * grid[1],
    )


WHOLE = part((64, 64), (0, 64), (0, 64), (1, 1), frozenset(range(16, 32)))
COARSE = part((640, 640), (0, 640), (0, 640), (5, 4))


@pytest.fixture
def mask(qtbot: QtBot, look: Look) -> BlockMask:
    shown = BlockMask(look)
    qtbot.addWidget(shown)
    shown.resize(700, 400)
    shown.show_matrix(QUERY, WHOLE, None)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def point_of(mask: BlockMask, row: float, column: float, size: int = 64) -> QPoint:
    plot = mask.plot_area()
    x, y = plot.left() + plot.width() * column / size, plot.top() + plot.height() * row / size
    return QPointF(x, y).toPoint()


def hover(qtbot: QtBot, mask: BlockMask, row: float, column: float) -> str:
    qtbot.mouseMove(mask, QPoint(1, 1))
    qtbot.mouseMove(mask, point_of(mask, row, column))
    return mask.reading()


def wheel(mask: BlockMask, at: QPoint, turns: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(mask.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(mask, event)


def test_hovering_reads_row_head_column_and_weight(mask: BlockMask, qtbot: QtBot) -> None:
    assert hover(qtbot, mask, 40.5, 63.5) == "row 40 (head 2), column 63\nweight 1"
    assert hover(qtbot, mask, 20.5, 3.5) == "row 20 (head 1), column 3\nremoved"


def test_coarse_cells_read_their_span_share_of_zeros_and_magnitude(mask: BlockMask, qtbot: QtBot) -> None:
    mask.show_matrix(MatrixFacts("other"), COARSE, None)
    text = hover(qtbot, mask, 0.2, 63.9)
    assert text == "row 0–4, column 636–639\n50.0 % zero\nmean magnitude 1"


def test_the_wheel_zooms_around_the_cursor(mask: BlockMask, qtbot: QtBot) -> None:
    at = point_of(mask, 48.5, 16.5)
    qtbot.mouseMove(mask, at)
    before = mask.reading()
    wheel(mask, at, 2)
    assert mask.zoom > 1.5
    assert mask.reading() == before
    wheel(mask, at, -9)
    assert mask.zoom == 1.0


def test_keys_zoom_move_and_show_the_whole_again(mask: BlockMask, qtbot: QtBot) -> None:
    mask.setFocus()
    qtbot.keyClick(mask, Qt.Key.Key_Plus)
    qtbot.keyClick(mask, Qt.Key.Key_Plus)
    view = mask.view
    qtbot.keyClick(mask, Qt.Key.Key_Down)
    assert mask.view.top > view.top
    assert "row" in mask.accessibleDescription()
    qtbot.keyClick(mask, Qt.Key.Key_0)
    assert mask.zoom == 1.0


def test_dragging_moves_what_is_under_the_hand(mask: BlockMask, qtbot: QtBot) -> None:
    for _ in range(3):
        mask.zoom_by(1.4)
    start = mask.plot_area().center().toPoint()
    qtbot.mouseMove(mask, start)
    held = mask.reading()
    qtbot.mousePress(mask, LEFT, pos=start)
    qtbot.mouseMove(mask, start + QPoint(60, 40))
    qtbot.mouseRelease(mask, LEFT, pos=start + QPoint(60, 40))
    assert mask.reading() == held


def test_a_coarse_matrix_asks_for_finer_cells_of_what_is_in_sight_and_keeps_the_coarse_ones(
    mask: BlockMask, qtbot: QtBot
) -> None:
    mask.show_matrix(MatrixFacts("other"), COARSE, None)
    with qtbot.waitSignal(mask.part_wanted) as told:
        for _ in range(4):
            mask.zoom_by(1.4)
    top, bottom, left, right = told.args
    assert 0 < top < 320 < bottom < 640
    assert 0 < left < 320 < right < 640
    assert "%" in mask_reading_at_center(mask, qtbot)

    fine = part((640, 640), (top, bottom), (left, right), (1, 1))
    mask.show_matrix(MatrixFacts("other"), COARSE, fine)
    assert "weight" in mask_reading_at_center(mask, qtbot)
    with qtbot.assertNotEmitted(mask.part_wanted, wait=300):
        mask.zoom_by(1.4)


def mask_reading_at_center(mask: BlockMask, qtbot: QtBot) -> str:
    center = mask.plot_area().center().toPoint()
    qtbot.mouseMove(mask, center + QPoint(3, 3))
    qtbot.mouseMove(mask, center)
    return mask.reading()


def test_single_elements_ask_for_nothing(mask: BlockMask, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(mask.part_wanted, wait=300):
        mask.zoom_by(2.0)


def test_another_matrix_is_shown_whole(mask: BlockMask) -> None:
    mask.zoom_by(2.0)
    mask.show_matrix(MatrixFacts("next"), COARSE, None)
    assert mask.zoom == 1.0


def test_removed_rows_are_hatched_and_zeros_are_not(mask: BlockMask, look: Look) -> None:
    image = mask.grab().toImage()
    removed = colours(image, mask, 24, 32)
    kept = colours(image, mask, 40, 32)
    assert len(removed) >= 2
    assert look.color("track").name() in removed
    assert kept == {look.color("accent").name()}


def colours(image: QImage, mask: BlockMask, row: int, column: int) -> set[str]:
    at = point_of(mask, row, column)
    return {image.pixelColor(at.x() + dx, at.y() + dy).name() for dx in range(-9, 9) for dy in range(-9, 9)}


def test_shading_by_magnitude_grows_with_it() -> None:
    grid = BlockGrid(WHOLE)
    image = grid.image(Shading.MAGNITUDE, QColor("white"), QColor("black"), QColor("red"), grid.largest)
    row = [image.pixelColor(column, 40).lightness() for column in range(64)]
    assert row == sorted(row, reverse=True)
    assert (row[0], row[-1]) == (255, 0)
    assert image.pixelColor(63, 20) == QColor("red")
    zeros = grid.image(Shading.ZEROS, QColor("white"), QColor("black"), QColor("red"), grid.largest)
    assert zeros.pixelColor(0, 0).lightness() == pytest.approx(127, abs=1)


def test_stretches_of_removed_rows_are_told_in_rows_of_the_original() -> None:
    assert list(BlockGrid(WHOLE).removed_rows()) == [(16, 32)]
    assert list(BlockGrid(WHOLE).removed_columns()) == []


def test_a_matrix_is_saved_as_picture_and_as_figures(mask: BlockMask, tmp_path: Path) -> None:
    mask.save_png(tmp_path / "matrix.png")
    mask.save_svg(tmp_path / "matrix.svg")
    mask.save_csv(tmp_path / "matrix.csv")
    assert not QImage(str(tmp_path / "matrix.png")).isNull()
    assert (tmp_path / "matrix.svg").read_text().startswith("<?xml")
    rows = list(csv.reader((tmp_path / "matrix.csv").read_text().splitlines()))
    assert len(rows) == 1 + 64 * 64
    removed = next(row for row in rows if row[0] == "20")
    assert removed[4:] == ["0.0", "", ""]
