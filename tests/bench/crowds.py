"""How long palette, a changed setting and the log's filter take beside 500 models and 10,000 lines.

python -m tests.bench.crowds
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.bootstrap import build_services, build_window, prepare_application
from app.domain.series import LogLine
from app.itemmodels.log_lines import LogFilter, LogLines
from app.services.settings import Settings
from tests.bench.compare_runs import fill
from tests.bench.figure import Figure, table_of

MODELS, LINES = 500, 10_000


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long the GUI thread is held."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def log_filter_ms() -> float:
    """Return the longest of five filters of 10,000 lines."""
    log, shown = LogLines(), LogFilter()
    shown.setSourceModel(log)
    log.show_lines([LogLine(float(at), "info", f"step {at} task 0.1") for at in range(LINES)])
    texts = ("s", "st", "step 9", "nowhere", "")
    return max(milliseconds(lambda text=text: shown.show_only(level="info", text=text)) for text in texts)


def figures() -> list[Figure]:
    """Measure against the budgets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "workspace", MODELS)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))
        app = QApplication([])
        theme, look = prepare_application(app)
        services = build_services(folder / "workspace")
        window = build_window(services, theme, look, Settings()).window
        window.show()
        QTest.qWait(500)
        opens = milliseconds(window.actions_by_id["app.palette"].trigger)
        line = window.findChild(QLineEdit, "palette.line")
        assert line is not None
        assert line.isVisible()
        keys = max(milliseconds(lambda key=key: QTest.keyClick(line, key)) for key in "jpqd-49")
        QTest.keyClick(line, Qt.Key.Key_Escape)
        window.show_page("compress")
        QTest.qWait(500)
        edit = milliseconds(lambda: window.compress.field_edited.emit("sparsity.target", 0.5))
        window.close()
        services.close()
    return [
        Figure(f"Palette over {MODELS} models opens", opens, "ms", 100),
        Figure(f"Palette over {MODELS} models, slowest key", keys, "ms", 100),
        Figure(f"A changed setting beside {MODELS} models", edit, "ms", 100),
        Figure(f"Log of {LINES} lines filtered, slowest of five", log_filter_ms(), "ms", 200),
    ]


def main() -> int:
    """Print the figures; 1 where one is over its budget."""
    measured = figures()
    print(table_of(measured))
    return int(not all(figure.is_met for figure in measured))


if __name__ == "__main__":
    sys.exit(main())
