"""What happens where the workspace cannot be opened."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, prepare_application
from app.services.settings import Settings
from app.store.workspace import DATABASE_FILE
from app.views.main_window import MainWindow
from app.views.problem_window import ProblemWindow


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
