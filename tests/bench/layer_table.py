"""Times the table of weight matrices with ten thousand rows: every column sorted, filters, scrolling.

Prints the median and the worst of each in ms; the budget is 200 ms, painting included.
"""

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QHeaderView, QLineEdit, QTableView, QWidget

from app.bootstrap import prepare_application
from app.domain.structure import MatrixSparsity
from app.views.actions import Actions
from app.views.pages.model_sparsity import MatricesState, ModelSparsity
from tests.bench.figure import Figure

ROWS, ROUNDS, BUDGET_MS = 10_000, 7, 200.0
ROLES = ("query", "key", "value", "attention_output", "ffn_in", "ffn_out")


def matrices() -> tuple[MatrixSparsity, ...]:
    """Return rows of no order that could help a sort."""
    return tuple(
        MatrixSparsity(
            f"model.decoder.layers.{place // 6}.{ROLES[place % 6]}",
            place // 6,
            ROLES[place % 6],
            (768 - place * 7919 % 512, 768),
            (768, 768),
            place * 104_729 % 40_000,
            ("f32", "i8", "f16")[place % 3],
        )
        for place in range(ROWS)
    )


def timed(view: ModelSparsity, act: Callable[[], object]) -> float:
    """Return how long an act takes in ms until it is painted."""
    started = perf_counter()
    act()
    view.grab()
    return (perf_counter() - started) * 1000


def times_ms() -> dict[str, list[float]]:
    """Return what each act took, several times over."""
    app = QApplication([])
    theme, look = prepare_application(app)
    theme.apply("light")
    holder = QWidget()
    view = ModelSparsity(look, Actions(look, holder))
    view.resize(QSize(1160, 460))
    view.show()
    first = timed(view, lambda: view.show_state(MatricesState(matrices())))
    QTest.qWait(100)
    table = view.findChild(QTableView, "models.matrices")
    header = view.findChild(QHeaderView, "models.matrices_header")
    text = view.findChild(QLineEdit, "models.matrix_filter")
    role = view.findChild(QComboBox, "models.matrix_role")
    took = {"first shown": [first]}
    for column in range(table.model().columnCount()):
        for order in type(header.sortIndicatorOrder()):
            name = f"sort by {table.model().headerData(column, header.orientation())}"
            took.setdefault(name, []).extend(
                timed(view, lambda column=column, order=order: table.sortByColumn(column, order))
                for _ in range(ROUNDS // 2)
            )
    for _ in range(ROUNDS):
        took.setdefault("filter by a word", []).append(timed(view, lambda: text.setText("layers.12")))
        took.setdefault("filter off", []).append(timed(view, text.clear))
        took.setdefault("filter by role", []).append(timed(view, lambda: role.setCurrentIndex(3)))
        took.setdefault("all roles", []).append(timed(view, lambda: role.setCurrentIndex(0)))
        took.setdefault("scroll to the end", []).append(timed(view, table.scrollToBottom))
        took.setdefault("scroll to the top", []).append(timed(view, table.scrollToTop))
    view.close()
    return took


def figures() -> list[Figure]:
    """Measure against the budget; the first showing is no part of it."""
    took = times_ms()
    first = max(took.pop("first shown"))
    worst = {name: max(values) for name, values in took.items()}
    name = max(worst, key=worst.__getitem__)
    medians = [statistics.median(values) for values in took.values()]
    note = f"{name}; median of all acts {statistics.median(medians):.1f}, first shown {first:.0f}"
    return [Figure(f"table of {ROWS} layers: worst act", worst[name], "ms", BUDGET_MS, note)]


def main() -> int:
    """Print the figures; exit with 1 where one is over the budget."""
    took = times_ms()
    print(f"{ROWS} rows; ms, painting included; budget {BUDGET_MS:.0f}")
    for name, values in took.items():
        print(f"  {name:22} median {statistics.median(values):6.1f}  worst {max(values):6.1f}")
    return int(max(max(values) for name, values in took.items() if name != "first shown") > BUDGET_MS)


if __name__ == "__main__":
    sys.exit(main())
