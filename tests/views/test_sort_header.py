"""A header that sorts, without a page around it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.widgets.sort_header import SortHeader


@pytest.fixture
def table(qtbot: QtBot, look: Look) -> QTableView:
    made = QTableView()
    model = QStandardItemModel(3, 5, made)
    model.setHorizontalHeaderLabels(["Name", "Heads", "Size", "Speed", "Made"])
    made.setHorizontalHeader(SortHeader(look))
    made.setModel(model)
    made.setSortingEnabled(True)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_arrows_step_over_columns_that_are_folded_away(table: QTableView, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    assert isinstance(header, SortHeader)
    for hidden in (1, 2, 4):
        header.setSectionHidden(hidden, True)
    chosen: list[int] = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(header, key)
        chosen.append(header.chosen)
    assert chosen == [3, 3, 0, 0]
    assert header.accessibleDescription() == "Column Name"


def test_where_the_chosen_column_is_folded_away_the_next_one_is_sorted_by(
    table: QTableView, qtbot: QtBot
) -> None:
    header = table.horizontalHeader()
    assert isinstance(header, SortHeader)
    for _ in range(4):
        qtbot.keyClick(header, Qt.Key.Key_Right)
    assert header.chosen == 4
    header.setSectionHidden(4, True)
    qtbot.keyClick(header, Qt.Key.Key_Return)
    assert (header.chosen, header.sortIndicatorSection()) == (3, 3)
