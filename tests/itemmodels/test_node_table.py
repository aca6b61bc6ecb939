"""The table of executed nodes, by Qt's own rules."""

import msgspec
from PySide6.QtCore import Qt

from app.itemmodels.column_table import ROW_ROLE
from app.itemmodels.node_table import NodeTable
from tests.factories import make_execution

TOOLTIP = Qt.ItemDataRole.ToolTipRole


def filled(layers: int = 3) -> NodeTable:
    table = NodeTable()
    table.show_execution(make_execution(layers=layers))
    return table


def texts(table: NodeTable, row: int) -> list[str]:
    return [table.index(row, column).data() for column in range(table.columnCount())]


def test_nodes_keep_qts_rules_through_sorting_and_filtering(qtmodeltester: object) -> None:
    table = filled()
    qtmodeltester.check(table)
    for column in range(table.columnCount()):
        for order in Qt.SortOrder:
            table.sort(column, order)
    table.filter_by("layer.1 brgemm", "")
    qtmodeltester.check(table)
    assert table.rowCount() == 1


def test_a_node_tells_where_it_stands_how_it_ran_and_what_it_took() -> None:
    table = filled()
    kernel = "brgemm_avx512_I8"
    assert texts(table, 0) == [
        "L0 · attention.self.query",
        "FullyConnected",
        "INT8",
        kernel,
        "1×128×384",
        "0.300 ms",
    ]
    assert texts(table, 1)[2] == "INT8 and f32"
    assert texts(table, 2)[2] == "f32"
    assert "bert.encoder.layer.0.attention.self.query" in table.index(0, 0).data(TOOLTIP)
    assert "runtimePrecision" in table.index(0, 2).data(TOOLTIP)
    assert "18,000,000" in table.index(0, 2).data(TOOLTIP)
    assert table.index(0, 5).data(TOOLTIP) == "20.0 % of the time of all nodes"


def test_nodes_are_chosen_by_the_precision_of_their_products() -> None:
    table = filled()
    assert table.groups() == ["int8", "mixed", "other"]
    table.filter_by("", "mixed")
    assert {table.index(row, 0).data(ROW_ROLE).kind for row in range(table.rowCount())} == {"Subgraph"}
    assert table.shown_ms == 3 * 0.1


def test_a_spreadsheet_gets_figures_and_whole_names() -> None:
    table = filled()
    table.filter_by("layer.2 query", "")
    header, row = table.as_table()
    assert len(header) == len(row) == table.columnCount()
    assert row[0] == "bert.encoder.layer.2.attention.self.query"
    assert row[5] == 0.3


def test_what_was_not_timed_is_a_dash() -> None:
    execution = make_execution(requests=0)
    nodes = tuple(msgspec.structs.replace(node, time_ms=None) for node in execution.nodes)
    table = NodeTable()
    table.show_execution(msgspec.structs.replace(execution, nodes=nodes))
    assert table.index(0, 5).data() == "—"
    assert table.shown_ms is None


def test_ten_thousand_nodes_sort_by_their_natural_names_and_filter() -> None:
    table = filled(layers=3_334)
    table.sort(0, Qt.SortOrder.AscendingOrder)
    rows = [table.index(row, 0).data(ROW_ROLE) for row in range(table.rowCount())]
    assert len(rows) == 10_002
    layers = [row.layer for row in rows]
    assert layers == sorted(layers)
    table.filter_by("layer.3000", "")
    assert table.rowCount() == 3
