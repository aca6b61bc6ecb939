"""The page Jobs as a person uses it: the queue, the run, its comparison, its log, and the news of its end."""

from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSystemTrayIcon,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.errors import Problem
from app.domain.event import Timed
from app.domain.job import EVENTS_FILE, CompressSpec, Job, Phase
from app.itemmodels.job_list import CARD_ROLE
from app.services.settings import Settings
from app.store.ids import new_id
from app.store.run_log import state_of
from app.store.workspace import Workspace
from app.views.plots.curve_chart import CurveChart
from app.views.widgets.notice import Notice
from app.views.widgets.queue_list import QueueList
from app.wire.framing import encode_event
from tests.factories import make_compress_spec, make_run
from tests.gui.conftest import Bench
from tests.gui.stage import press_shortcut

T = TypeVar("T", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000


def submit(bench: Bench, title: str, *, epochs: float = 60, needs: tuple[str, ...] = ()) -> str:
    """Put a compression into the queue; a hundred pretended steps an epoch."""
    run_id, model_id = new_id("r"), new_id("m")
    workspace = bench.services.workspace
    plain = make_compress_spec(run_id)
    training = msgspec.structs.replace(plain.recipe.training, epochs=epochs)
    spec = msgspec.structs.replace(
        plain,
        run_folder=str(workspace.run_folder(run_id)),
        model_id=model_id,
        model_folder=str(workspace.model_folder(model_id)),
        recipe=msgspec.structs.replace(plain.recipe, training=training),
    )
    assert isinstance(spec, CompressSpec)
    bench.services.queue.submit(spec, title, needs)
    return run_id


def job_of(bench: Bench, run_id: str) -> Job:
    job = bench.services.queue.job(run_id)
    assert job is not None
    return job


def wait_for_phase(bench: Bench, qtbot: QtBot, run_id: str, phase: Phase) -> None:
    qtbot.waitUntil(lambda: job_of(bench, run_id).state.phase is phase, timeout=WAIT_MS)


def find(bench: Bench, kind: type[T], name: str) -> T:
    found = bench.built.window.jobs.findChild(kind, name)  # type: ignore[type-var]
    assert isinstance(found, kind), name
    return found


def titles(bench: Bench) -> list[str]:
    view = find(bench, QListView, "jobs.list")
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


@pytest.fixture
def queue_of_four(bench: Bench, qtbot: QtBot) -> tuple[str, str, str, str]:
    """One job that runs and three that wait; the third needs the second."""
    bench.built.window.show_page("jobs")
    running = submit(bench, "running")
    wait_for_phase(bench, qtbot, running, Phase.RUNNING)
    first = submit(bench, "first")
    second = submit(bench, "second", needs=(first,))
    third = submit(bench, "third")
    qtbot.waitUntil(lambda: titles(bench) == ["running", "first", "second", "third"])
    return running, first, second, third


def centre(view: QueueList, title: str) -> QPoint:
    model = view.model()
    index = next(
        model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == title
    )
    return view.visualRect(index).center()


def drag(view: QueueList, source: str, target: QPoint, *, drops: bool = True) -> None:
    start = centre(view, source)
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(viewport, start + (target - start) * share)
        QTest.qWait(5)
    if drops:
        QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, target)


def said(bench: Bench) -> list[str]:
    return [one.text() for one in bench.built.window.jobs.findChildren(QLabel) if one.isVisible()]


@pytest.mark.usefixtures("queue_of_four")
def test_a_waiting_job_is_dragged_before_another_one(bench: Bench, qtbot: QtBot) -> None:
    view = find(bench, QueueList, "jobs.list")
    drag(view, "third", centre(view, "first") - QPoint(0, 16), drops=False)
    assert view.is_dragging
    QTest.mouseRelease(view.viewport(), LEFT, pos=centre(view, "first") - QPoint(0, 16))
    qtbot.waitUntil(lambda: titles(bench) == ["running", "third", "first", "second"])


@pytest.mark.usefixtures("queue_of_four")
def test_a_running_job_cannot_be_dragged(bench: Bench) -> None:
    view = find(bench, QueueList, "jobs.list")
    drag(view, "running", centre(view, "third"), drops=False)
    assert not view.is_dragging
    QTest.mouseRelease(view.viewport(), LEFT)
    assert titles(bench) == ["running", "first", "second", "third"]


@pytest.mark.usefixtures("queue_of_four")
def test_escape_puts_a_dragged_job_back(bench: Bench, qtbot: QtBot) -> None:
    view = find(bench, QueueList, "jobs.list")
    drag(view, "third", centre(view, "first") - QPoint(0, 16), drops=False)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.is_dragging
    QTest.mouseRelease(view.viewport(), LEFT)
    assert titles(bench) == ["running", "first", "second", "third"]


@pytest.mark.usefixtures("queue_of_four")
def test_a_job_cannot_go_before_one_it_needs_and_the_list_says_why(bench: Bench, qtbot: QtBot) -> None:
    view = find(bench, QueueList, "jobs.list")
    drag(view, "second", centre(view, "first") - QPoint(0, 16), drops=False)
    why = "“second” needs “first”, which has to run before it."
    assert why in said(bench)
    QTest.mouseRelease(view.viewport(), LEFT)
    assert titles(bench) == ["running", "first", "second", "third"]
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(bench) == ["running", "first", "second", "third"]
    assert why in said(bench)


def test_alt_and_arrows_move_a_waiting_job(
    bench: Bench, qtbot: QtBot, queue_of_four: tuple[str, str, str, str]
) -> None:
    view = find(bench, QueueList, "jobs.list")
    bench.built.shell.jobs.select(queue_of_four[3])
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(bench) == ["running", "first", "third", "second"]
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(bench) == ["running", "first", "second", "third"]


def finished(bench: Bench, qtbot: QtBot, title: str, epochs: float = 1) -> str:
    run_id = submit(bench, title, epochs=epochs)
    wait_for_phase(bench, qtbot, run_id, Phase.FINISHED)
    return run_id


def test_a_running_job_is_compared_with_an_earlier_one_on_the_same_axes(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    finished(bench, qtbot, "earlier", epochs=2)
    running = submit(bench, "now", epochs=4)
    bench.built.shell.jobs.select(running)
    chooser = find(bench, QComboBox, "jobs.compare_with")
    qtbot.waitUntil(lambda: chooser.isVisible() and chooser.count() == 2, timeout=WAIT_MS)
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    chart = bench.built.window.jobs.findChildren(CurveChart)[0]
    qtbot.waitUntil(lambda: len(chart.table()[0]) == 5, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(chart.table()) > 200, timeout=WAIT_MS)
    assert chart.legend.accessibleName() == "sparsity, accuracy, held out, earlier"
    chart.setFocus()
    for _ in range(12):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    reading = next(one for one in chart.findChildren(QLabel) if one.isVisible())
    assert "this run" in reading.text()
    assert "earlier" in reading.text()
    qtbot.keyClick(find(bench, QComboBox, "jobs.axis"), Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert "epoch" in next(one for one in chart.findChildren(QLabel) if one.isVisible()).text()
    bench.services.queue.cancel(running)


def test_rate_memory_and_step_time_are_a_click_away(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    finished(bench, qtbot, "done")
    chart = bench.built.window.jobs.findChildren(CurveChart)[1]
    qtbot.waitUntil(lambda: len(chart.table()) > 100, timeout=WAIT_MS)
    for place, metric in ((1, "learning_rate"), (2, "memory_mb"), (3, "step_ms")):
        qtbot.mouseClick(find(bench, QPushButton, f"jobs.detail_{place}"), LEFT)
        header, *rows = chart.table()
        assert header == ("step", metric)
        assert len(rows) == 100


def test_the_head_map_is_replayed_and_stops_at_the_end(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    finished(bench, qtbot, "done", epochs=2)
    play, slider = find(bench, QToolButton, "heads.play"), find(bench, QSlider, "heads.scrubber")
    speed = find(bench, QComboBox, "heads.speed")
    qtbot.waitUntil(lambda: play.isEnabled() and slider.maximum() > 5, timeout=WAIT_MS)
    speed.setCurrentIndex(speed.count() - 1)
    qtbot.mouseClick(play, LEFT)
    assert slider.value() == 0
    assert play.accessibleName() == "Stop the replay"
    qtbot.waitUntil(lambda: 0 < slider.value() < slider.maximum(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: slider.value() == slider.maximum(), timeout=WAIT_MS)
    assert play.accessibleName() == "Replay the run"
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == slider.maximum() - 1
    qtbot.keyClick(slider, Qt.Key.Key_Space)
    assert bench.built.window.jobs.heads.is_replaying
    qtbot.keyClick(slider, Qt.Key.Key_Space)
    assert not bench.built.window.jobs.heads.is_replaying


def test_an_ended_job_goes_to_the_trash_and_comes_back_with_its_curves(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    run_id = finished(bench, qtbot, "done")
    other = finished(bench, qtbot, "kept")
    jobs = bench.built.shell.jobs
    jobs.select(run_id)
    qtbot.waitUntil(lambda: bool(jobs.series.curves), timeout=WAIT_MS)
    folder = bench.services.queue.folder(run_id)
    qtbot.keyClick(find(bench, QListView, "jobs.list"), Qt.Key.Key_Delete)
    assert titles(bench) == ["kept"]
    assert not folder.exists()
    assert jobs.selected == other
    qtbot.mouseClick(find(bench, QPushButton, "notice.undo"), LEFT)
    assert sorted(titles(bench)) == ["done", "kept"]
    assert (jobs.selected, folder.exists()) == (run_id, True)
    qtbot.waitUntil(lambda: bool(jobs.series.curves), timeout=WAIT_MS)


def test_what_became_of_a_trashed_job_makes_room_for_the_job_that_is_chosen_next(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.built.window.show_page("jobs")
    for title in ("first", "second", "third"):
        finished(bench, qtbot, title)
    qtbot.keyClick(find(bench, QListView, "jobs.list"), Qt.Key.Key_Delete)
    assert any("is in the trash" in text for text in said(bench))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(find(bench, QListView, "jobs.list"), key)
    qtbot.waitUntil(lambda: any(text.startswith("Finished in") for text in said(bench)), timeout=WAIT_MS)


def test_a_job_whose_model_is_in_the_trash_does_not_lead_to_another_one(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    run_id = finished(bench, qtbot, "done")
    model_id = bench.services.queue.job(run_id).state.model_id
    show = bench.built.window.actions_by_id["jobs.show_model"]
    qtbot.waitUntil(show.isEnabled, timeout=WAIT_MS)
    bench.services.models.trash(model_id)
    qtbot.waitUntil(lambda: not show.isEnabled(), timeout=WAIT_MS)
    assert any("is not in Models any more" in text for text in said(bench))
    tries = bench.built.window.findChildren(QPushButton, "notice.try_model")
    assert not any(button.isVisible() for button in tries)
    bench.services.models.restore(model_id)
    qtbot.waitUntil(show.isEnabled, timeout=WAIT_MS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_word_is_deleted_and_a_list_opened_by_the_usual_keys_while_jobs_run(
    bench: Bench, qtbot: QtBot, queue_of_four: tuple[str, str, str, str]
) -> None:
    running, first, *_ = queue_of_four
    word = find(bench, QLineEdit, "log.filter")
    word.setFocus()
    qtbot.keyClicks(word, "two words")
    press_shortcut(word, "Ctrl+Backspace")
    assert word.text() == "two "
    assert job_of(bench, running).state.phase is Phase.RUNNING

    bench.built.shell.jobs.select(first)
    before, level = titles(bench), find(bench, QComboBox, "log.level")
    level.setFocus()
    press_shortcut(level, "Alt+Down")
    assert titles(bench) == before
    assert level.view().isVisible()
    level.hidePopup()


def test_a_running_job_cannot_be_put_into_the_trash(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    run_id = submit(bench, "running")
    wait_for_phase(bench, qtbot, run_id, Phase.RUNNING)
    qtbot.keyClick(find(bench, QListView, "jobs.list"), Qt.Key.Key_Delete)
    assert not bench.services.queue.trash(run_id)
    assert titles(bench) == ["running"]


def notice_of(bench: Bench) -> Notice:
    return bench.built.window.notice


def test_the_end_of_a_job_is_told_on_another_page_and_leads_to_it(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    window.show_page("models")
    run_id = finished(bench, qtbot, "quiet work")
    qtbot.waitUntil(notice_of(bench).isVisible, timeout=WAIT_MS)
    assert notice_of(bench).accessibleName() == "“quiet work” has finished."
    show = notice_of(bench).findChild(QPushButton, "notice.show_job")
    assert isinstance(show, QPushButton)
    qtbot.mouseClick(show, LEFT)
    assert (window.current_page, bench.built.shell.jobs.selected) == ("jobs", run_id)
    assert not notice_of(bench).isVisible()


def test_what_went_wrong_after_the_news_of_a_job_stays_when_jobs_is_shown(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    window.show_page("models")
    finished(bench, qtbot, "quiet work")
    qtbot.waitUntil(notice_of(bench).isVisible, timeout=WAIT_MS)
    bench.services.queue.problem_arose.emit(Problem("disk_full", "The disk is full.", "Free some space."))

    finished(bench, qtbot, "more work")
    assert notice_of(bench).accessibleName().startswith("The disk is full."), "it is more important"
    window.show_page("jobs")

    assert notice_of(bench).isVisible()
    assert notice_of(bench).accessibleName().startswith("The disk is full.")


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_desktop_is_told_unless_that_is_switched_off(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, is_wanted: bool
) -> None:
    window = bench.built.window
    told: list[str] = []
    alerts: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda *args: alerts.append(args))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    whole_tell = window.desktop.tell

    def tell(title: str, text: str) -> None:
        told.append(title)
        whole_tell(title, text)

    monkeypatch.setattr(window.desktop, "tell", tell)
    Settings().notify = is_wanted
    window.show_page("jobs")
    finished(bench, qtbot, "work")
    Settings().notify = True
    assert told == (["“work” has finished."] if is_wanted else [])
    assert len(alerts) == len(told)
    assert not notice_of(bench).isVisible(), "the page itself tells it"


def test_the_folder_of_a_run_is_opened(bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    bench.built.window.show_page("jobs")
    run_id = finished(bench, qtbot, "done")
    qtbot.mouseClick(find(bench, QToolButton, "log.folder"), LEFT)
    assert [Path(url.toLocalFile()) for url in opened] == [bench.services.queue.folder(run_id)]


def test_a_chart_is_zoomed_and_copied_by_keyboard_alone(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    # Offscreen there is no keyboard to grab for a menu that pops up.
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: opened.append(menu))
    bench.built.window.show_page("jobs")
    finished(bench, qtbot, "done")
    chart = bench.built.window.jobs.findChildren(CurveChart)[0]
    qtbot.waitUntil(lambda: len(chart.table()) > 100, timeout=WAIT_MS)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    near = chart.view
    assert near.width < 0.7
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.view.left < near.left
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.view.is_whole
    qtbot.keyClick(chart, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = opened
    next(action for action in menu.actions() if action.text() == "Copy data").trigger()
    assert QGuiApplication.clipboard().text().startswith("step\tsparsity/linear\taccuracy\n1\t")


def test_two_hundred_jobs_are_folded_but_for_the_newest(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    blocker = submit(bench, "running")
    wait_for_phase(bench, qtbot, blocker, Phase.RUNNING)
    for number in range(200):
        bench.services.queue.cancel(submit(bench, f"old {number}"))
    qtbot.waitUntil(lambda: len(titles(bench)) == 9, timeout=WAIT_MS)
    more = find(bench, QPushButton, "jobs.earlier")
    assert "192" in more.text()
    qtbot.mouseClick(more, LEFT)
    assert len(titles(bench)) == 201
    view = find(bench, QListView, "jobs.list")
    last = view.model().index(200, 0)
    assert last.data(CARD_ROLE).phase is Phase.CANCELLED
    qtbot.mouseClick(more, LEFT)
    assert len(titles(bench)) == 9


def test_a_message_on_the_desktop_leads_to_its_job(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = bench.built.window
    messages: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    # Offscreen there is no tray to stand in.
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _tray: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, title, *_rest: messages.append(title))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    run_id = finished(bench, qtbot, "work")
    qtbot.waitUntil(lambda: messages == ["“work” has finished."], timeout=WAIT_MS)
    tray = window.desktop.findChild(QSystemTrayIcon)
    assert isinstance(tray, QSystemTrayIcon)
    tray.messageClicked.emit()
    assert (window.current_page, bench.built.shell.jobs.selected) == ("jobs", run_id)
    assert not tray.isVisible()


def test_the_menu_of_a_job_opens_by_keyboard(
    bench: Bench, qtbot: QtBot, queue_of_four: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: opened.append(menu))
    bench.built.shell.jobs.select(queue_of_four[1])
    qtbot.keyClick(find(bench, QListView, "jobs.list"), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    enabled = [action.text() for action in opened[0].actions() if action.text() and action.isEnabled()]
    assert enabled == ["Cancel", "Move down", "Open run folder"]


def test_a_job_whose_worker_was_killed_offers_resume_and_after_a_question_discard(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.built.window.show_page("jobs")
    run_id = submit(bench, "doomed")
    wait_for_phase(bench, qtbot, run_id, Phase.RUNNING)
    bench.services.queue._workers[run_id].kill()
    wait_for_phase(bench, qtbot, run_id, Phase.INTERRUPTED)
    qtbot.waitUntil(lambda: find(bench, QPushButton, "card.resume").isVisible(), timeout=WAIT_MS)
    for name in ("jobs.discard", "jobs.cancel"):
        bench.built.window.actions_by_id[name].trigger()
        qtbot.mouseClick(find(bench, QPushButton, "question.no"), LEFT)
        qtbot.waitUntil(lambda: bench.built.window.findChild(QMessageBox, "question") is None)
        assert job_of(bench, run_id).state.phase is Phase.INTERRUPTED, "its checkpoints are kept"
    qtbot.mouseClick(find(bench, QPushButton, "notice.discard"), LEFT)
    qtbot.mouseClick(find(bench, QPushButton, "question.yes"), LEFT)
    qtbot.waitUntil(lambda: bench.built.window.findChild(QMessageBox, "question") is None)
    assert job_of(bench, run_id).state.phase is Phase.CANCELLED


def test_a_failure_shows_its_details_and_they_are_copied(bench: Bench, qtbot: QtBot) -> None:
    bench.built.window.show_page("jobs")
    run_id = submit(bench, "doomed")
    # A checkpoint that cannot be read: what no worker expects.
    (bench.services.queue.folder(run_id) / "step").write_text("nonsense")
    wait_for_phase(bench, qtbot, run_id, Phase.FAILED)
    details = find(bench, QPlainTextEdit, "jobs.details")
    qtbot.waitUntil(details.isVisible, timeout=WAIT_MS)
    assert "ValueError" in details.toPlainText()
    assert "Traceback" in details.toPlainText()
    qtbot.mouseClick(find(bench, QPushButton, "notice.details"), LEFT)
    assert QGuiApplication.clipboard().text() == details.toPlainText()
    details.setFocus()
    qtbot.keyClick(details, Qt.Key.Key_Tab)
    assert not details.hasFocus(), "the text is no trap for the keyboard"


def test_a_job_that_waits_says_for_what_and_how_to_move_it(
    bench: Bench, qtbot: QtBot, queue_of_four: tuple[str, str, str, str]
) -> None:
    bench.built.shell.jobs.select(queue_of_four[3])
    notice = bench.built.window.jobs.notice
    qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert notice.accessibleName().startswith("It waits: “running” runs.")
    bench.built.shell.jobs.select(queue_of_four[0])
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=WAIT_MS)


def tell(bench: Bench, run_id: str, told: list[Timed]) -> None:
    """Write a log as the worker of another process does."""
    lines = b"".join(encode_event(timed.event, timed.at) for timed in told)
    (bench.services.queue.folder(run_id) / EVENTS_FILE).write_bytes(lines)


def test_the_run_of_another_process_is_drawn_on_and_told_of_without_choosing_it_anew(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.built.window.show_page("jobs")
    jobs, whole = bench.built.shell.jobs, make_run(total_steps=300, finishes=True)
    other = Workspace.open(bench.services.workspace.folder)
    spec = make_compress_spec("r-theirs")
    theirs = other.runs.add(Job(run_id="r-theirs", title="theirs", spec=spec))
    assert other.runs.claim(theirs)
    tell(bench, "r-theirs", whole[: len(whole) // 3])
    qtbot.waitUntil(lambda: "theirs" in titles(bench), timeout=WAIT_MS)
    jobs.select("r-theirs")
    qtbot.waitUntil(lambda: bool(jobs.series.curves), timeout=WAIT_MS)
    curve = jobs.series.curves["loss/total"]
    assert len(curve.steps) < 300

    tell(bench, "r-theirs", whole[: len(whole) // 2])
    other.runs.save(msgspec.structs.replace(theirs, state=state_of(whole[: len(whole) // 2])))
    qtbot.waitUntil(lambda: 100 < len(curve.steps) < 300, timeout=WAIT_MS)

    tell(bench, "r-theirs", whole)
    other.runs.save(msgspec.structs.replace(theirs, state=state_of(whole)))
    other.close()
    qtbot.waitUntil(lambda: jobs.series.ended_at is not None, timeout=WAIT_MS)
    assert list(curve.steps) == list(range(1, 301))
    notice = bench.built.window.jobs.notice
    qtbot.waitUntil(lambda: notice.accessibleName().startswith("Finished in"), timeout=WAIT_MS)
    assert "11.9 MB" in " ".join(said(bench)), "the tiles have the result"
