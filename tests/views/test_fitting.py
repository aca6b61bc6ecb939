"""Tables end with a whole row; the tree of models takes what it needs until its edge is moved."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.fitting_splitter import FittingSplitter
from app.views.widgets.whole_rows import WholeRows


def test_a_table_cuts_no_row_at_any_height(qtbot: QtBot) -> None:
    table = QTableView()
    table.setModel(QStringListModel([str(row) for row in range(50)], table))
    table.verticalHeader().setDefaultSectionSize(28)
    holder = WholeRows(table)
    qtbot.addWidget(holder)
    holder.show()
    for height in (200, 213, 227, 241):
        holder.resize(300, height)
        assert table.height() <= height
        assert table.viewport().height() % 28 == 0
        assert height - table.height() < 28


def test_the_upper_view_gets_what_it_asks_for_until_the_edge_is_moved(qtbot: QtBot) -> None:
    wanted = 150
    split = FittingSplitter(lambda: wanted)
    split.setHandleWidth(10)
    for _ in range(2):
        split.addWidget(QWidget())
    qtbot.addWidget(split)
    split.resize(400, 600)
    split.show()
    assert split.sizes() == [150, 440]
    split.resize(400, 900)
    assert split.sizes() == [150, 740]
    wanted = 200
    split.fit()
    assert split.sizes() == [200, 690]
    split.moveSplitter(300, 1)
    split.fit()
    assert split.sizes()[0] == 300
