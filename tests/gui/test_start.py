"""What happens where the workspace cannot be opened."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, prepare_application
from app.services.settings import Settings
from app.store.workspace import DATABASE_FILE
from app.views.main_window import MainWindow
from app.views.problem_window import ProblemWindow
from tests.bench.window_start import FULL
from tests.gui.conftest import ROOT


def shown(kind: type) -> list[object]:
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()
    ]


def test_a_workspace_of_a_newer_version_is_named_and_another_one_can_be_chosen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer, other = tmp_path / "newer", tmp_path / "other"
    newer.mkdir()
    database = sqlite3.connect(newer / DATABASE_FILE)
    database.execute("PRAGMA user_version = 9999")
    database.close()
    theme, look = prepare_application(qapp)
    start = Program(qapp, theme, look, Settings())
    start.open(newer)
    (problem,) = shown(ProblemWindow)
    assert isinstance(problem, ProblemWindow)
    assert problem.notice.accessibleName()
    assert "error[workspace_too_new]" in capsys.readouterr().err
    problem.folder_chosen.emit(str(other))
    (window,) = shown(MainWindow)
    assert isinstance(window, MainWindow)
    assert shown(ProblemWindow) == []
    window.close()
    start.close()
    start.deleteLater()
    theme.deleteLater()


def test_what_draws_and_what_computes_is_not_loaded_before_the_window_is_up(tmp_path: Path) -> None:
    script = FULL + "print(sorted({'pyqtgraph', 'torch', 'openvino', 'transformers'} & set(sys.modules)))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_what_draws_does_not_load_what_computes_on_a_gpu(tmp_path: Path) -> None:
    bindings = tmp_path / "cuda" / "bindings"
    bindings.mkdir(parents=True)
    (bindings / "__init__.py").touch()
    (bindings / "runtime.py").touch()
    script = "import sys, app.views.plots.pyqtgraph_plot; print('cuda.bindings.runtime' in sys.modules)"
    script += "; import cuda.bindings.runtime"  # whoever wants it later gets it
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False", done.stderr
