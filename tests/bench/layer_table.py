"""Times the tables of weight matrices and executed nodes with ten thousand rows: sorts, filters, scrolling.

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
from app.domain.execution import Execution
from app.domain.structure import MatrixSparsity
from app.views.actions import Actions
from app.views.pages.model_execution import ExecutionState, ModelExecution
from app.views.pages.model_sparsity import MatricesState, ModelSparsity
from tests.bench.figure import Figure
from tests.factories import make_execution

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


def nodes() -> Execution:
    """Return an execution of as many nodes."""
    return make_execution(layers=ROWS // 3 + 1)


def timed(view: QWidget, act: Callable[[], object]) -> float:
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
    actions = Actions(look, holder)
    sparsity, execution = ModelSparsity(look, actions), ModelExecution(look, actions)
    took: dict[str, list[float]] = {}
    rows, ran = MatricesState(matrices()), ExecutionState(nodes())
    _act_on(sparsity, lambda: sparsity.show_state(rows), "matrices", ("matrix_filter", "matrix_role"), took)
    _act_on(execution, lambda: execution.show_state(ran), "nodes", ("node_filter", "node_group"), took)
    return took


def _act_on(
    view: QWidget,
    show: Callable[[], object],
    what: str,
    names: tuple[str, str],
    took: dict[str, list[float]],
) -> None:
    view.resize(QSize(1160, 460))
    view.show()
    took[f"{what}: first shown"] = [timed(view, show)]
    QTest.qWait(100)
    table = view.findChild(QTableView, f"models.{what}")
    header = view.findChild(QHeaderView, f"models.{what}_header")
    text = view.findChild(QLineEdit, f"models.{names[0]}")
    chooser = view.findChild(QComboBox, f"models.{names[1]}")
    for column in range(table.model().columnCount()):
        for order in type(header.sortIndicatorOrder()):
            act = f"{what}: sort by {table.model().headerData(column, header.orientation())}"
            took.setdefault(act, []).extend(
                timed(view, lambda column=column, order=order: table.sortByColumn(column, order))
                for _ in range(ROUNDS // 2)
            )
    acts: dict[str, Callable[[], object]] = {
        "filter by a word": lambda: text.setText(".12"),
        "filter off": text.clear,
        "filter by category": lambda: chooser.setCurrentIndex(2),
        "all categories": lambda: chooser.setCurrentIndex(0),
        "scroll to the end": table.scrollToBottom,
        "scroll to the top": table.scrollToTop,
    }
    for _ in range(ROUNDS):
        for act, do in acts.items():
            took.setdefault(f"{what}: {act}", []).append(timed(view, do))
    view.close()


def figures() -> list[Figure]:
    """Measure against the budget; the first showing is no part of it."""
    took = times_ms()
    first = max(max(took.pop(f"{what}: first shown")) for what in ("matrices", "nodes"))
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
        print(f"  {name:30} median {statistics.median(values):6.1f}  worst {max(values):6.1f}")
    return int(max(max(values) for name, values in took.items() if "first shown" not in name) > BUDGET_MS)


if __name__ == "__main__":
    sys.exit(main())
