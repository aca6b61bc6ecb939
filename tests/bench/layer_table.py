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
from PySide6.QtWidgets import QApplication, QComboBox, QHeaderView, QLineEdit, QTableView

from app.bootstrap import prepare_application
from app.domain.structure import MatrixSparsity
from app.views.pages.model_sparsity import MatricesState, ModelSparsity

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


def main() -> int:
    """Print the figures; exit with 1 where one is over the budget."""
    app = QApplication([])
    theme, look = prepare_application(app)
    theme.apply("light")
    view = ModelSparsity(look)
    view.resize(QSize(1160, 460))
    view.show()
    first = timed(view, lambda: view.show_state(MatricesState(matrices())))
    QTest.qWait(100)
    table = view.findChild(QTableView, "models.matrices")
    header = view.findChild(QHeaderView, "models.matrix_header")
    text = view.findChild(QLineEdit, "models.matrix_filter")
    role = view.findChild(QComboBox, "models.matrix_role")
    figures = {"first shown": [first]}
    for column in range(table.model().columnCount()):
        for order in type(header.sortIndicatorOrder()):
            name = f"sort by {table.model().headerData(column, header.orientation())}"
            figures.setdefault(name, []).extend(
                timed(view, lambda column=column, order=order: table.sortByColumn(column, order))
                for _ in range(ROUNDS // 2)
            )
    for _ in range(ROUNDS):
        figures.setdefault("filter by a word", []).append(timed(view, lambda: text.setText("layers.12")))
        figures.setdefault("filter off", []).append(timed(view, text.clear))
        figures.setdefault("filter by role", []).append(timed(view, lambda: role.setCurrentIndex(3)))
        figures.setdefault("all roles", []).append(timed(view, lambda: role.setCurrentIndex(0)))
        figures.setdefault("scroll to the end", []).append(timed(view, table.scrollToBottom))
        figures.setdefault("scroll to the top", []).append(timed(view, table.scrollToTop))
    print(f"{ROWS} rows; ms, painting included; budget {BUDGET_MS:.0f}")
    for name, values in figures.items():
        print(f"  {name:22} median {statistics.median(values):6.1f}  worst {max(values):6.1f}")
    view.close()
    return int(max(max(values) for name, values in figures.items() if name != "first shown") > BUDGET_MS)


if __name__ == "__main__":
    sys.exit(main())
