"""What stands beside each other at a desk stands beneath each other where there is less room."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.widgets.flow import Flow
from app.views.widgets.reflow import Beside, Columns, FoldingSplitter, show_only


class Box(QWidget):
    """As wide as it is told."""

    def __init__(self, wanted: int, least: int) -> None:
        super().__init__()
        self._wanted, self._least = wanted, least

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, 20)


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int = 600) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.wait(1)
    return widget


@pytest.mark.parametrize(("width", "columns"), [(900, 4), (700, 2), (420, 2), (300, 1)])
def test_four_columns_become_two_and_one(qtbot: QtBot, width: int, columns: int) -> None:
    boxes = [Box(100, 50) for _ in range(4)]
    holder = Columns(boxes, Look(), least=200)
    shown(qtbot, holder, width)
    assert holder.count == columns
    assert len({box.x() for box in boxes}) == columns
    assert holder.minimumSizeHint().width() == 50


def test_hidden_widgets_take_no_column_and_the_last_one_takes_the_rest_of_its_row(qtbot: QtBot) -> None:
    boxes = [Box(100, 50) for _ in range(4)]
    holder = Columns(boxes, Look(), least=200)
    shown(qtbot, holder, 500)
    boxes[1].hide()
    qtbot.wait(1)
    assert [(box.x() > 0, box.y() > 0) for box in (boxes[0], boxes[2], boxes[3])] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert boxes[3].width() == 500


def test_in_presentation_size_a_column_needs_more(qtbot: QtBot) -> None:
    look = Look()
    holder = Columns([Box(100, 50) for _ in range(2)], look, least=200)
    shown(qtbot, holder, 500)
    assert holder.count == 2
    look.scale = 2.0
    look.changed.emit()
    assert holder.count == 1


def test_a_side_goes_above_the_main_thing_and_comes_back(qtbot: QtBot) -> None:
    side, main = Box(50, 50), Box(300, 100)
    folds: list[bool] = []
    holder = Beside(side, main, Look(), side=side, side_width=200, least=400)
    holder.folded.connect(folds.append)
    shown(qtbot, holder, 900)
    assert (side.width(), main.x()) == (200, 216)
    holder.resize(500, 600)
    qtbot.wait(1)
    assert holder.is_folded
    assert (side.width(), main.x()) == (500, 0)
    assert main.y() > side.y()
    holder.resize(900, 600)
    qtbot.wait(1)
    assert (side.width(), main.x()) == (200, 216)
    assert folds == [True, False]


def test_a_line_shrinks_its_longest_first_and_goes_on_beneath_after_that(qtbot: QtBot) -> None:
    short, long, longer = Box(60, 60), Box(200, 60), Box(260, 60)
    line = Flow(Look(), spacing=10)
    for box in (short, long, longer):
        line.add(box)
    shown(qtbot, line, 600, 20)
    assert [box.width() for box in (short, long, longer)] == [60, 200, 260]
    line.resize(380, 20)
    assert [box.width() for box in (short, long, longer)] == [60, 150, 150]
    line.resize(140, 20)
    assert [box.y() > 0 for box in (short, long, longer)] == [False, False, True]
    assert line.height() == 50


def test_what_is_whole_is_shortened_only_in_a_line_of_its_own(qtbot: QtBot) -> None:
    tabs, facts = Box(300, 50), Box(200, 40)
    line = Flow(Look(), spacing=10)
    line.add(tabs, is_whole=True)
    line.add(facts, grows=True)
    shown(qtbot, line, 400)
    assert (tabs.width(), facts.width(), facts.y()) == (300, 90, tabs.y())
    line.resize(320, 600)
    assert (tabs.width(), facts.y() > tabs.y()) == (300, True)
    line.resize(200, 600)
    assert tabs.width() == 200


def test_two_views_stand_above_each_other_in_a_narrow_splitter(qtbot: QtBot) -> None:
    split = FoldingSplitter(Look(), least=500, beside=(200, 600), above=(300, 300))
    one, other = Box(200, 100), Box(200, 100)
    split.addWidget(one)
    split.addWidget(other)
    shown(qtbot, split, 800)
    assert other.x() > one.x()
    assert other.width() > 2 * one.width()
    split.resize(400, 600)
    assert split.minimumSizeHint().width() == 100
    assert (one.x(), other.x()) == (0, 0)
    assert other.y() > one.y()


def test_a_view_that_is_not_shown_keeps_no_room(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    for text in ("short", "a text that is much longer than the other one is"):
        stack.addWidget(QLabel(text))
    qtbot.addWidget(stack)
    show_only(stack, 1)
    long = stack.minimumSizeHint().width()
    show_only(stack, 0)
    assert stack.minimumSizeHint().width() < long
