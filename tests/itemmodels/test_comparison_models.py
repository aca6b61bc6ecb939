"""Tables of the page Compare."""

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.domain.comparison import Setting, Variant, facts_of, rows_of
from app.domain.disagreement import DifferingRow, GivenAnswer
from app.domain.layer_comparison import LayerView, layer_rows
from app.itemmodels.comparison_table import CELL_ROLE, METRIC_ROLE, ComparisonTable
from app.itemmodels.differing_table import DifferingFilter, DifferingTable, Shown
from app.itemmodels.layer_table import BAR_ROLE, LayerTable
from tests.factories import make_measurements, make_model, make_variant

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SETTING = Setting("CPU", "f32", (1, 32), "latency")
VARIANTS = (
    Variant(make_model(), tuple(make_measurements("m-1", p50_ms=8.0, accuracy=0.9, size=6e7))),
    Variant(make_variant(), tuple(make_measurements("m-2", p50_ms=2.0, accuracy=0.9, size=1e7))),
)
NAMES = ("sentiment", "jpqd-fast")
ROWS = rows_of(VARIANTS, SETTING, None)
FACTS = facts_of(VARIANTS, {"m-1": "sentiment"})


def test_figures_stand_with_their_ratio_and_the_best_is_said(qtmodeltester: object) -> None:
    table = ComparisonTable()
    table.show_rows(NAMES, ROWS, FACTS)
    qtmodeltester.check(table)  # type: ignore[attr-defined]
    index = table.index(table.row_of("latency_p50"), 1)
    cell = index.data(CELL_ROLE)
    assert (cell.text, cell.against, cell.is_best) == ("2.00 ms", "0.25×", True)
    assert index.data(SPOKEN) == "jpqd-fast, p50 latency: 2.00 ms, 0.25× against the reference, best"
    assert "CPU · f32 · 1×32 · latency · n = 1,800" in index.data(Qt.ItemDataRole.ToolTipRole)
    missing = table.index(table.row_of("peak_memory"), 0)
    assert missing.data(SPOKEN) == "sentiment, Peak memory: not measured here"
    fact = table.index(table.row_of("method"), 1)
    assert (fact.data(), fact.data(METRIC_ROLE)) == ("jpqd", "")


def test_hiding_rows_keeps_what_is_selected() -> None:
    table = ComparisonTable()
    table.show_rows(NAMES, ROWS, FACTS)
    kept = QPersistentModelIndex(table.index(table.row_of("throughput"), 1))
    resets: list[bool] = []
    table.modelReset.connect(lambda: resets.append(True))
    table.show_rows(NAMES, [row for row in ROWS if row.differs], [fact for fact in FACTS if fact.differs])
    assert not resets
    assert kept.row() == table.row_of("throughput")
    assert table.row_of("task") == -1
    table.show_rows(NAMES, ROWS, FACTS)
    assert kept.row() == table.row_of("throughput")
    assert table.rowCount() == len(ROWS) + len(FACTS)


def differing(count: int = 4) -> tuple[DifferingRow, ...]:
    return tuple(
        DifferingRow(
            number + 1,
            f"text number {number}",
            "positive",
            (
                GivenAnswer("positive" if number % 2 else "negative", 0.6),
                GivenAnswer("negative" if number % 2 else "positive", 0.7),
            ),
        )
        for number in range(count)
    )


def test_a_wrong_answer_has_a_sign_a_colour_and_a_word(qtmodeltester: object) -> None:
    table = DifferingTable()
    table.show_mark(QColor("#ff0000"))
    table.show_rows(NAMES, differing())
    qtmodeltester.check(table)  # type: ignore[attr-defined]
    wrong, right = table.index(0, 3), table.index(0, 4)
    assert (wrong.data(), right.data()) == ("✗ negative 0.60", "positive 0.70")
    assert wrong.data(Qt.ItemDataRole.ForegroundRole) == QColor("#ff0000")
    assert right.data(Qt.ItemDataRole.ForegroundRole) is None
    assert wrong.data(SPOKEN) == "sentiment: negative 0.60, wrong"
    assert table.line(1) == "2\ttext number 1\tpositive\tpositive 0.60\t✗ negative 0.70"


def test_thousands_of_inputs_are_filtered_by_the_reference_and_by_text() -> None:
    table, shown = DifferingTable(), DifferingFilter()
    shown.setSourceModel(table)
    table.show_rows(NAMES, differing(5_000))
    shown.show_only(shown=Shown.REFERENCE_RIGHT, text="")
    assert shown.rowCount() == 2_500
    shown.show_only(shown=Shown.REFERENCE_WRONG, text="NUMBER 12")
    assert all(
        table.row(shown.mapToSource(shown.index(0, 0)).row()).text.startswith("text number 12") for _ in [0]
    )
    assert shown.rowCount() == 1 + 5 + 50
    shown.show_only(shown=Shown.ALL, text="")
    assert shown.rowCount() == 5_000


def test_layers_are_bars_with_what_was_removed(qtmodeltester: object) -> None:
    table = LayerTable()
    records = [variant.record for variant in VARIANTS]
    table.show_rows(NAMES, layer_rows(records, LayerView.HEADS, ()), LayerView.HEADS)
    qtmodeltester.check(table)  # type: ignore[attr-defined]
    bar = table.index(5, 1).data(BAR_ROLE)
    assert (bar.text, bar.parts, bar.gone) == ("7 / 12", (7 / 12,), 5 / 12)
    table.show_rows(NAMES, layer_rows(records, LayerView.PARAMETERS, ()), LayerView.PARAMETERS)
    assert table.headerData(6, Qt.Orientation.Vertical) == "Outside"
    assert table.index(6, 0).data(BAR_ROLE).parts == ()  # would press every layer flat
    assert "attention" in table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
