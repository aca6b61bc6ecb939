"""What is thrown away, comes back or is deleted for good, by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.job import ENDED, Phase
from tests.gui.conftest import Bench
from tests.gui.hands import SHIFT, Hands, Key, set_up_starter
from tests.gui.stage import staged

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what popups make of offscreen


def test_a_model_goes_to_the_trash_and_comes_back(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.go_to_page("models")
    hands.tab_to("models.tree")
    hands.press(Key.Key_Delete)
    assert bench.services.models.models() == []
    hands.tab_to("notice.undo")
    hands.press(Key.Key_Space)
    assert [model.name for model in bench.services.models.models()] == ["sentiment"]


def test_models_go_to_the_trash_one_after_the_other(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        hands.go_to_page("models")
        hands.tab_to("models.tree")
        tree = hands.window.models.findChild(QAbstractItemView, "models.tree")
        assert isinstance(tree, QAbstractItemView)
        left = len(bench.services.models.models())
        while left:
            hands.press(Key.Key_Delete)
            left -= 1
            assert len(bench.services.models.models()) == left
            assert rows_beneath(tree.model(), QModelIndex()) == left


def rows_beneath(model: QAbstractItemModel, index: QModelIndex) -> int:
    rows = [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return len(rows) + sum(rows_beneath(model, row) for row in rows)


def test_what_is_in_the_trash_is_restored_and_deleted_for_good(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        hands.go_to_page("models")
        for name in ("imported-ir", "jpqd-fast"):
            hands.go_to_row("models.tree", name)
            hands.press(Key.Key_Delete)
        hands.tab_to("button.models.more")
        hands.press(Key.Key_Space)
        hands.take("Show trash")
        hands.until(lambda: hands.place == "models.trash_table")
        hands.go_to_row("models.trash_table", "imported-ir")
        hands.tab_to("models.trash_restore")
        hands.press(Key.Key_Space)
        hands.until(bench.services.workspace.model_folder("m-4").is_dir)
        hands.until_said("1 model(s)")

        gone = bench.services.models.trash_folder("m-2")
        hands.go_to_row("models.trash_table", "jpqd-fast")
        for no in (Key.Key_Return, Key.Key_Escape):
            hands.tab_to("models.trash_delete")
            hands.press(Key.Key_Space)
            hands.answer(no)
            assert gone.is_dir()
        hands.tab_to("models.trash_delete")
        hands.press(Key.Key_Space)
        hands.agree()
        hands.until(lambda: not gone.exists())
        hands.until_said("The trash is empty.")
        undo = hands.window.findChildren(QPushButton, "notice.undo")
        assert not any(button.isVisible() for button in undo), "nothing is left to be undone"
        hands.tab_to("models.trash_back")
        hands.press(Key.Key_Space)
        hands.until(lambda: hands.place == "models.tree")
        assert {model.id for model in bench.services.models.models()} == {"m-1", "m-3", "m-4"}


def test_an_interrupted_job_is_discarded_after_a_question_that_enter_denies(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        folder = bench.services.workspace.run_folder("r-3")
        (folder / "checkpoints").mkdir()
        hands = Hands(bench, qtbot)
        hands.go_to_page("jobs")
        hands.tab_to("jobs.list")
        hands.press(Key.Key_Home)
        while bench.built.shell.jobs.selected != "r-3":
            hands.press(Key.Key_Down)
        hands.until(hands.can("jobs.discard"))
        for no in (Key.Key_Return, Key.Key_Escape):
            hands.press(Key.Key_F10, SHIFT)
            hands.take("Discard…")
            hands.answer(no)
            assert (folder / "checkpoints").is_dir()
            assert hands.phase() is Phase.INTERRUPTED
            assert hands.place == "jobs.list"

        hands.tab_to("notice.discard")
        hands.press(Key.Key_Space)
        hands.agree()
        hands.until(lambda: hands.phase() is Phase.CANCELLED)
        assert not (folder / "checkpoints").exists()
        assert (folder / "events.jsonl").stat().st_size
        hands.until(lambda: not hands.can("jobs.resume")())
        assert hands.place != "", "the button is gone, the focus is not"


def test_ended_jobs_go_to_the_trash_one_after_the_other(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        queue = bench.services.queue
        hands.go_to_page("jobs")
        ended = [job.run_id for job in queue.jobs() if job.state.phase in ENDED]
        assert len(ended) > 2
        for run_id in ended:
            bench.built.shell.show_job(run_id)
            hands.tab_to("jobs.list")
            hands.press(Key.Key_Delete)
            assert run_id not in [job.run_id for job in queue.jobs()]
            assert hands.window.jobs._list_model.rowCount() == len(queue.jobs())
