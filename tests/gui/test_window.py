"""The window as a person uses it, from the first card to the finished variant."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import thread_time

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from app.domain.job import CompressSpec, Phase
from app.views.main_window import MainWindow
from app.views.widgets.notice import Notice
from tests.gui.conftest import ROOT, Bench

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000


def button(bench: Bench, name: str) -> QPushButton:
    found = bench.built.window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def phase(bench: Bench, run_id: str) -> Phase:
    job = bench.services.queue.job(run_id)
    assert job is not None
    return job.state.phase


def set_up_starter(bench: Bench, qtbot: QtBot) -> None:
    """One click on the card; Compress is filled in once the starter is imported."""
    qtbot.mouseClick(button(bench, "models.starter"), LEFT)
    assert bench.built.window.current_page == "compress"
    summary = bench.built.window.compress.summary
    qtbot.waitUntil(lambda: summary.text() == "Ready to start.", timeout=WAIT_MS)


def click_start(bench: Bench, qtbot: QtBot) -> None:
    """Start what is set up, as soon as it is checked."""
    qtbot.mouseClick(button(bench, "button.compress.start"), LEFT)
    qtbot.waitUntil(lambda: bench.built.window.current_page == "jobs", timeout=WAIT_MS)


def start_job(bench: Bench, qtbot: QtBot) -> str:
    set_up_starter(bench, qtbot)
    click_start(bench, qtbot)
    run_id = bench.built.shell.jobs.selected
    assert run_id is not None
    return run_id


def test_two_clicks_lead_from_the_empty_window_to_a_pruned_variant(bench: Bench, qtbot: QtBot) -> None:
    run_id = start_job(bench, qtbot)
    jobs = bench.built.shell.jobs
    qtbot.waitUntil(lambda: len(jobs.series.snapshots) > 3, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: phase(bench, run_id) is Phase.FINISHED, timeout=WAIT_MS)
    notice = bench.built.window.jobs.findChild(Notice)
    assert isinstance(notice, Notice)
    qtbot.waitUntil(
        lambda: notice.isVisible() and notice.accessibleName().startswith("Finished"), timeout=WAIT_MS
    )
    qtbot.mouseClick(button(bench, "notice.show_model"), LEFT)
    window: MainWindow = bench.built.window
    assert window.current_page == "models"
    tree = window.models.findChild(QTreeView, "models.tree")
    assert isinstance(tree, QTreeView)
    assert tree.currentIndex().siblingAtColumn(5).data() == "INT8"
    assert tree.currentIndex().parent().isValid()


def test_a_changed_field_reaches_the_job(bench: Bench, qtbot: QtBot) -> None:
    set_up_starter(bench, qtbot)
    target = bench.built.window.findChild(QDoubleSpinBox, "field.sparsity.target")
    assert isinstance(target, QDoubleSpinBox)
    target.setFocus()
    target.selectAll()
    qtbot.keyClicks(target, "0.6")
    qtbot.keyClick(target, Qt.Key.Key_Return)
    start = button(bench, "button.compress.start")
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(button(bench, "button.compress.copy"), LEFT)
    assert "--set sparsity.target=0.6" in QGuiApplication.clipboard().text()
    click_start(bench, qtbot)
    job = bench.services.queue.job(bench.built.shell.jobs.selected or "")
    assert job is not None
    assert isinstance(job.spec, CompressSpec)
    assert job.spec.recipe.sparsity.target == 0.6


def test_a_contradiction_is_marked_and_start_says_why_it_waits(bench: Bench, qtbot: QtBot) -> None:
    set_up_starter(bench, qtbot)
    bench.built.window.compress.field_edited.emit("training.epochs", 0.5)
    start = button(bench, "button.compress.start")
    assert not start.isEnabled()
    assert start.toolTip().startswith("Warm-up ends: ")
    bench.built.window.compress.reset_requested.emit("training.epochs")
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)


def test_a_job_is_paused_and_resumed_where_it_was(bench: Bench, qtbot: QtBot) -> None:
    run_id = start_job(bench, qtbot)
    pause = button(bench, "button.jobs.pause")
    jobs = bench.built.shell.jobs
    qtbot.waitUntil(lambda: pause.isEnabled() and len(jobs.series.snapshots) > 2, timeout=WAIT_MS)
    qtbot.mouseClick(pause, LEFT)
    qtbot.waitUntil(lambda: phase(bench, run_id) is Phase.PAUSED, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: bench.built.window.findChild(QPushButton, "card.resume") is not None, timeout=WAIT_MS
    )
    qtbot.mouseClick(button(bench, "card.resume"), LEFT)
    qtbot.waitUntil(lambda: phase(bench, run_id) is Phase.FINISHED, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: jobs.series.ended_at is not None, timeout=WAIT_MS)
    steps = list(jobs.series.curves["loss/total"].steps)
    assert steps == sorted(set(steps))


def test_cancel_shows_at_once_and_ends_the_job(bench: Bench, qtbot: QtBot) -> None:
    run_id = start_job(bench, qtbot)
    cancel = button(bench, "button.jobs.cancel")
    qtbot.waitUntil(lambda: phase(bench, run_id) is Phase.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(cancel.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(cancel, LEFT)
    assert phase(bench, run_id) in {Phase.CANCELLING, Phase.CANCELLED}
    qtbot.waitUntil(lambda: phase(bench, run_id) is Phase.CANCELLED, timeout=WAIT_MS)


def test_the_event_loop_stays_quick_while_a_job_draws(bench: Bench, qtbot: QtBot) -> None:
    start_job(bench, qtbot)
    jobs = bench.built.shell.jobs
    qtbot.waitUntil(lambda: len(jobs.series.snapshots) > 1, timeout=WAIT_MS)
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    # Time of this thread's own: a busy machine may stall it at any point, and that is not the window's doing.
    timer.timeout.connect(lambda: ticks.append(thread_time()))
    timer.start(5)
    qtbot.waitUntil(lambda: len(jobs.series.snapshots) > 12, timeout=WAIT_MS)
    timer.stop()
    largest_s = max(late - early for early, late in pairwise(ticks))
    assert largest_s < 0.05


def test_a_model_goes_to_the_trash_and_comes_back(bench: Bench, qtbot: QtBot) -> None:
    set_up_starter(bench, qtbot)
    window = bench.built.window
    window.show_page("models")
    window.actions_by_id["models.trash"].trigger()
    assert bench.services.models.models() == []
    qtbot.mouseClick(button(bench, "notice.undo"), LEFT)
    assert [model.name for model in bench.services.models.models()] == ["sentiment"]


def test_an_unreadable_data_file_is_answered_and_the_page_lives(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    set_up_starter(bench, qtbot)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    window = bench.built.window
    window.compress.data_file_chosen.emit("train", str(empty))
    qtbot.waitUntil(window.compress.notice.isVisible, timeout=WAIT_MS)
    good = tmp_path / "hotel.csv"
    good.write_text("stars,review,sentiment\n" + "5,Lovely room,positive\n1,Never again,negative\n" * 700)
    window.compress.data_file_chosen.emit("train", str(good))
    qtbot.waitUntil(window.compress.mapping.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(button(bench, "mapping.use"), LEFT)
    start = button(bench, "button.compress.start")
    qtbot.waitUntil(lambda: start.isEnabled() and not window.compress.mapping.isVisible(), timeout=WAIT_MS)
    assert (
        "hotel.csv"
        in window.compress.findChild(type(window.compress._command), "compress.command").toPlainText()
    )


def test_another_model_can_be_the_teacher(bench: Bench, qtbot: QtBot) -> None:
    set_up_starter(bench, qtbot)
    window, starter = bench.built.window, bench.services.models.starter_model()
    assert starter is not None
    larger = msgspec.structs.replace(starter, id="m-larger", name="larger")
    bench.services.workspace.models.add(larger)
    bench.services.models.changed.emit()
    teacher, model = (window.findChild(QComboBox, f"compress.{name}") for name in ("teacher", "model"))
    assert isinstance(teacher, QComboBox)
    assert isinstance(model, QComboBox)
    assert [teacher.itemText(place) for place in range(teacher.count())][1:] == ["larger"]

    teacher.setFocus()
    qtbot.keyClick(teacher, Qt.Key.Key_Down)
    start = button(bench, "button.compress.start")
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)
    command = window.findChild(QPlainTextEdit, "compress.command")
    assert isinstance(command, QPlainTextEdit)
    assert "--teacher larger" in command.toPlainText()
    click_start(bench, qtbot)

    job = bench.services.queue.job(bench.built.shell.jobs.selected or "")
    assert job is not None
    assert isinstance(job.spec, CompressSpec)
    assert job.spec.teacher is not None
    assert (job.spec.model.id, job.spec.teacher.id) == (starter.id, "m-larger")
    bench.services.queue.cancel(job.run_id)
    window.compress.model_chosen.emit("m-larger")  # nobody is another teacher to itself
    assert teacher.currentData() == ""
    assert "--teacher" not in command.toPlainText()


def test_pages_come_by_keyboard_and_themes_switch_live(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    for key, page in ((Qt.Key.Key_2, "compress"), (Qt.Key.Key_3, "jobs"), (Qt.Key.Key_1, "models")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == page
    for theme in ("dark", "light"):
        window.settings.preferred.emit("theme", theme)
        assert bench.built.look.tokens.scheme == theme


def test_the_windows_process_loads_no_framework_with_every_page_open(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from time import thread_time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.bootstrap import build_services, build_window, prepare_application
from app.services.settings import Settings
from app.views.actions import PAGES
app = QApplication([])
theme, look = prepare_application(app)
services = build_services(Path(sys.argv[1]))
built = build_window(services, theme, look, Settings())
built.window.show()
for spec in PAGES:
    built.window.show_page(spec.id)
    QTest.qWait(50)
heavy = set("torch transformers openvino optimum nncf datasets pyarrow pandas safetensors".split())
loaded = sorted(heavy & set(sys.modules)) + [name for name in sys.modules if name.startswith("app.engine")]
built.window.close()
services.close()
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "workspace")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
