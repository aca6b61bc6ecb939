"""Start of the window against a bare PySide6 + pyqtgraph window, in turn: time to shown, memory, ratio."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
RATIO = 1.5

BARE = """
import json, os, time
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1280, 800)
window.show()
app.processEvents()
"""

FULL = """
import gc
gc.disable()  # as app/__main__.py does
import json, os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.bootstrap import build_services, build_window, prepare_application
from app.services.settings import Settings
app = QApplication([])
theme, look = prepare_application(app)
services = build_services(Path(sys.argv[1]))
built = build_window(services, theme, look, Settings())
built.window.show()
app.processEvents()
"""

TAIL = """
import psutil
process = psutil.Process()
print(json.dumps({"s": time.time() - process.create_time(), "mb": process.memory_info().rss / 1e6}))
os._exit(0)
"""


def measure(script: str, folder: str) -> dict[str, float]:
    """Return seconds from the start of the process to the shown window, and its memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", script + TAIL, folder], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def medians() -> dict[str, float]:
    """Return the medians of alternating rounds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(measure(BARE, folder), measure(FULL, folder)) for _ in range(ROUNDS + 1)][1:]
    bare_s = statistics.median(bare["s"] for bare, _ in pairs)
    full_s = statistics.median(full["s"] for _, full in pairs)
    memory_mb = statistics.median(full["mb"] for _, full in pairs)
    return {"bare_s": bare_s, "window_s": full_s, "ratio": full_s / bare_s, "window_mb": memory_mb}


def figures() -> list[Figure]:
    """Measure the start against its budget."""
    measured = medians()
    note = f"{measured['window_s']:.2f} s against {measured['bare_s']:.2f} s, {measured['window_mb']:.0f} MB"
    return [Figure("start of the window, to a bare one", measured["ratio"], "×", RATIO, note)]


def main() -> int:
    """Print the medians as one JSON document."""
    sys.stdout.write(json.dumps(medians()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
