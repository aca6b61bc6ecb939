"""How long opening Compare and its list of models takes in a workspace of 500 measured models.

``compare_runs.py [RUNS]`` makes the workspace in a temporary folder and prints milliseconds.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from app.bootstrap import build_services, build_window, prepare_application
from app.domain.job import CompareSpec, Job, JobState, ModelAt, Phase
from app.services.settings import Settings
from app.store.workspace import Workspace
from tests.factories import START, make_measurements, make_model, make_variant

LIMIT_MS = 300


def fill(folder: Path, runs: int) -> None:
    """Make ``runs`` variants of ten originals, each with its figures, and a finished job for each."""
    workspace = Workspace.open(folder)
    figures = []
    for number in range(runs):
        original = number % 10
        is_original = number < 10
        model_id = f"m-{number:04}"
        record = (
            make_model(model_id, f"model-{number}")
            if is_original
            else make_variant(model_id, f"model-{original}-jpqd-{number}", f"m-{original:04}")
        )
        at = f"2026-11-{1 + number % 27:02}T10:00:00Z"
        workspace.models.add(msgspec.structs.replace(record, created_at=at))
        accuracy = 0.85 + number % 60 / 1000
        figures += [
            msgspec.structs.replace(one, dataset_hash="abc") if one.metric == "accuracy" else one
            for one in make_measurements(model_id, p50_ms=2 + number % 50 / 10, accuracy=accuracy, size=1e7)
        ]
    workspace.measurements.add_many(figures)
    for number in range(runs):
        run_id = f"r-{number:04}"
        spec = CompareSpec(
            run_id=run_id,
            run_folder=str(workspace.run_folder(run_id)),
            models=(
                ModelAt(f"m-{number % 10:04}", "/nowhere"),
                ModelAt(f"m-{number:04}", "/nowhere"),
            ),
        )
        job = Job(run_id=run_id, title=f"Compare {number}", spec=spec, created_at=START + number)
        workspace.runs.save(
            msgspec.structs.replace(workspace.runs.add(job), state=JobState(phase=Phase.FINISHED))
        )
    workspace.close()


def main(runs: int = 500) -> int:
    """Print the figures; 1 where one is over the budget."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "workspace", runs)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))
        app = QApplication([])
        theme, look = prepare_application(app)
        services = build_services(folder / "workspace")
        built = build_window(services, theme, look, Settings())
        built.window.show()
        QTest.qWait(500)
        took: dict[str, float] = {}

        def timed(what: str, act: object) -> None:
            assert callable(act)
            started = time.perf_counter()
            act()
            built.window.repaint()
            took[what] = (time.perf_counter() - started) * 1000

        def press() -> None:
            QTest.keyClick(built.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

        timed("open", press)
        QTest.qWait(300)
        chips = [
            one
            for one in built.window.compare.findChildren(QToolButton)
            if one.objectName().startswith("compare.remove.")
        ]
        timed("take one away", lambda: QTest.mouseClick(chips[-1], Qt.MouseButton.LeftButton))
        timed("list of models", built.window.actions_by_id["compare.add"].trigger)
        popup = built.window.compare.popup
        timed("type into it", lambda: QTest.keyClicks(popup.search, "jpqd-4"))
        timed("add", lambda: QTest.keyClick(popup.search, Qt.Key.Key_Return))
        timed("other reference", lambda: QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton))
        for what, milliseconds in took.items():
            print(f"{what}: {milliseconds:.0f} ms")
        built.window.close()
        services.close()
        return int(max(took.values()) > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
