"""Searching and sorting models, the table of matrices, and the trash, by Qt's own rules."""

import random
from itertools import pairwise

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.model import ModelNote, TrashedModel
from app.domain.structure import MatrixSparsity
from app.itemmodels.column_table import ROW_ROLE
from app.itemmodels.matrix_table import MatrixTable, gone
from app.itemmodels.model_filter import ModelFilter
from app.itemmodels.model_tree import HEADS_ROLE, ModelRow, ModelTree
from app.itemmodels.trash_table import TrashTable
from tests.factories import KEPT_HEADS, make_measurements, make_model, make_variant

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAME, TASK, HEADS, SIZE, LATENCY = 0, 1, 2, 4, 7


def shown(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    parent = QModelIndex() if parent is None else parent
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def search(*rows: ModelRow) -> tuple[ModelTree, ModelFilter]:
    tree, found = ModelTree(), ModelFilter()
    tree.show_models(rows)
    found.setSourceModel(tree)
    return tree, found


def timed(model_id: str, name: str, p50_ms: float | None) -> ModelRow:
    figures = [] if p50_ms is None else make_measurements(model_id, p50_ms=p50_ms, accuracy=0.9, size=1e6)
    return ModelRow(make_model(model_id, name), latency=figures[0] if figures else None)


def test_a_search_looks_into_names_notes_and_tags(qtmodeltester: object) -> None:
    tree, found = search(
        ModelRow(make_model("m-1", "alpha"), note=ModelNote("measured on the old driver", ("demo", "int8"))),
        ModelRow(make_model("m-2", "beta"), note=ModelNote("", ("demo-old",))),
        ModelRow(make_model("m-3", "demo station")),
    )
    expected = {
        "": ["alpha", "beta", "demo station"],
        "demo": ["alpha", "beta", "demo station"],
        "tag:demo": ["alpha", "beta"],
        "tag:INT8": ["alpha"],
        "tag:": ["alpha", "beta"],
        "old driver": ["alpha"],
        "ALPHA": ["alpha"],
        "beta driver": [],
        "classification beta": ["beta"],
    }
    for query, names in expected.items():
        found.show_query(query)
        assert shown(found) == names, query
        qtmodeltester.check(found)
    assert tree.rowCount() == 3


def test_a_found_variant_keeps_its_original_in_sight() -> None:
    _, found = search(ModelRow(make_model()), ModelRow(make_variant()), ModelRow(make_model("m-9", "other")))
    found.show_query("jpqd-fast")
    assert shown(found) == ["sentiment"]
    assert shown(found, found.index(0, 0)) == ["jpqd-fast"]


def test_what_was_not_measured_stands_last_in_either_order() -> None:
    _, found = search(timed("m-1", "slow", 9.0), timed("m-2", "unknown", None), timed("m-3", "fast", 2.0))
    found.sort(LATENCY, ASCENDING)
    assert shown(found) == ["fast", "slow", "unknown"]
    found.sort(LATENCY, DESCENDING)
    assert shown(found) == ["slow", "fast", "unknown"]
    found.sort(-1)
    assert shown(found) == ["slow", "unknown", "fast"]


def test_sizes_sort_as_numbers_and_not_as_their_texts() -> None:
    _, found = search(
        ModelRow(make_model("m-1", "a", ir_bytes=9_000_000)),
        ModelRow(make_model("m-2", "b", ir_bytes=61_000_000)),
        ModelRow(make_model("m-3", "c", ir_bytes=800_000)),
    )
    found.sort(SIZE, ASCENDING)
    assert shown(found) == ["c", "a", "b"]


def test_the_task_of_a_model_is_shown_and_sorted_by() -> None:
    tree, found = search(
        ModelRow(make_model("m-1", "a", task="text-generation")),
        ModelRow(make_model("m-2", "b")),
        ModelRow(make_model("m-3", "bare", task="")),
    )
    assert tree.index(0, TASK).data() == "text-generation"
    assert tree.index(0, TASK).data(Qt.ItemDataRole.AccessibleTextRole) == "Task: text-generation"
    assert tree.index(2, TASK).data(Qt.ItemDataRole.AccessibleTextRole) == "Task: not known"
    found.sort(TASK, ASCENDING)
    assert shown(found) == ["b", "a", "bare"]


def test_heads_are_told_layer_by_layer() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_variant("m-1", "pruned"))])
    index = tree.index(0, HEADS)
    assert [kept for kept, _ in index.data(HEADS_ROLE)] == list(KEPT_HEADS)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "L0 12/12, L1 10/12" in spoken
    assert "L0 12/12" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_bare_ir_has_no_heads_to_tell() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_model(structure=None))])
    assert tree.index(0, HEADS).data(HEADS_ROLE) is None
    assert "not known" in tree.index(0, HEADS).data(Qt.ItemDataRole.AccessibleTextRole)


def test_tags_are_spoken_with_the_name_and_the_note_is_its_tooltip() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_model(), note=ModelNote("as delivered", ("demo",)))])
    assert "tags: demo" in tree.index(0, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "as delivered" in tree.index(0, NAME).data(Qt.ItemDataRole.ToolTipRole)


def test_a_typed_name_is_asked_for_and_not_taken_over() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_model())])
    asked: list[tuple[str, str]] = []
    tree.rename_requested.connect(lambda *words: asked.append(words))
    assert not tree.setData(tree.index(0, NAME), "sentiment")
    assert not tree.setData(tree.index(0, NAME), "other")
    assert asked == [("m-1", "other")]
    assert tree.index(0, NAME).data() == "sentiment"


def matrices(count: int) -> list[MatrixSparsity]:
    chooser = random.Random(1)
    roles = ("query", "key", "value", "attention_output", "ffn_in", "ffn_out")
    return [
        MatrixSparsity(
            f"net.layer.{place // 6}.{roles[place % 6]}",
            place // 6,
            roles[place % 6],
            (chooser.randrange(1, 385), 384),
            (384, 384),
            chooser.randrange(1000),
            "i8",
        )
        for place in range(count)
    ]


def test_matrices_keep_qts_rules_through_sorting_and_filtering(qtmodeltester: object) -> None:
    table = MatrixTable()
    table.show_rows(matrices(40))
    qtmodeltester.check(table)
    for column in range(table.columnCount()):
        for order in (ASCENDING, DESCENDING):
            table.sort(column, order)
    qtmodeltester.check(table)
    table.filter_by("layer.3", "query")
    qtmodeltester.check(table)
    assert table.rowCount() == 1


def test_layer_two_comes_before_layer_ten_and_no_column_is_the_order_of_execution() -> None:
    table = MatrixTable()
    rows = matrices(72)
    table.show_rows(rows)
    table.sort(0, ASCENDING)
    layers = [table.index(row, 0).data(ROW_ROLE).layer for row in range(72)]
    assert layers == sorted(layers)
    table.sort(7, DESCENDING)
    shares = [gone(table.index(row, 0).data(ROW_ROLE)) for row in range(72)]
    assert all(one >= other for one, other in pairwise(shares) if one is not None and other is not None)
    table.sort(-1)
    assert [table.index(row, 0).data(ROW_ROLE) for row in range(72)] == rows


def test_a_row_stays_the_same_row_when_it_is_sorted_away() -> None:
    table = MatrixTable()
    table.show_rows(matrices(50))
    kept = QPersistentModelIndex(table.index(7, 0))
    name = kept.data()
    table.sort(6, DESCENDING)
    assert kept.data() == name
    assert table.index_of(name).row() == kept.row()


def test_sums_are_those_of_the_rows_in_sight() -> None:
    table = MatrixTable()
    rows = matrices(12)
    table.show_rows(rows)
    table.filter_by("", "query")
    sums = table.sums
    queries = [row for row in rows if row.role == "query"]
    assert (sums.rows, sums.of_rows) == (2, 12)
    assert sums.parameters == sum(row.parameters for row in queries)
    assert sums.gone == 1 - sum(row.parameters - row.zeros for row in queries) / (2 * 384 * 384)


def test_an_emptied_matrix_is_gone_altogether_and_no_matrix_has_no_share() -> None:
    emptied = MatrixSparsity("a", 0, "query", (0, 64), (64, 64), 0, "f32")
    assert gone(emptied) == 1.0
    assert gone(msgspec.structs.replace(emptied, original_shape=(0, 64))) is None


def test_ten_thousand_rows_sort_and_filter() -> None:
    table = MatrixTable()
    table.show_rows(matrices(10_000))
    table.sort(0, DESCENDING)
    names = [table.index(row, 0).data() for row in range(table.rowCount())]
    assert len(names) == 10_000
    assert names[0] != names[-1]
    table.filter_by("", "ffn_in")
    assert 0 < table.rowCount() < 10_000


def test_the_trash_tells_what_since_when_and_how_big(qtmodeltester: object) -> None:
    table = TrashTable()
    models = [TrashedModel(make_model(), "2026-11-22T18:00:00+00:00"), TrashedModel(make_variant())]
    table.show_models(models, {})
    assert table.index(0, 3).data() == "—"
    table.show_models(models, {"m-1": 92_000_000})
    qtmodeltester.check(table)
    assert [table.index(0, column).data() for column in range(5)] == [
        "sentiment",
        "imported",
        "15.3 M",
        "92.0 MB",
        "2026-11-22 18:00",
    ]
    assert table.index(1, 4).data() == "—"
