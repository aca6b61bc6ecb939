"""Every flow without a mouse: keys alone, sent to the window as a keyboard sends them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.job import ENDED, CompressSpec, Phase
from app.views.actions import ACTIONS, PAGES
from app.views.main_window import MainWindow
from tests.gui.conftest import Bench
from tests.gui.stage import activate_front, ask_menu, interactive_widgets, named, staged

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what popups make of offscreen
Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAIT_MS = 30_000
MOST_TABS = 150


class Hands:
    """Hands on a keyboard before the window."""

    def __init__(self, bench: Bench, qtbot: QtBot) -> None:
        self.bench, self.qtbot = bench, qtbot
        self.window: MainWindow = bench.built.window
        qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, wherever the focus is."""
        activate_front(self.window)
        front = QApplication.activePopupWidget() or QApplication.activeWindow() or self.window
        QTest.keyClick(front.windowHandle(), key, modifiers)

    def ask_menu(self) -> None:
        """Press the menu key, wherever the focus is."""
        activate_front(self.window)
        focused = QApplication.focusWidget()
        assert focused is not None
        ask_menu(focused)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def go_to_page(self, page: str) -> None:
        """Bring a page up by its shortcut."""
        (spec,) = [spec for spec in PAGES if spec.id == page]
        QTest.keySequence(self.window.windowHandle(), spec.shortcut)
        assert self.window.current_page == page

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the control of this name has the focus."""
        for _ in range(MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return focused
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}; last {named(QApplication.focusWidget())}")

    def choose(self, name: str, text: str) -> None:
        """Walk to a chooser and go down its entries to this one."""
        box = self.tab_to(name)
        assert isinstance(box, QComboBox)
        self.press(Key.Key_Home)
        while text not in box.currentText():
            place = box.currentIndex()
            self.press(Key.Key_Down)
            assert box.currentIndex() > place, f"{text} is none of the entries of {name}"

    def until(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened, timeout=WAIT_MS)

    def phase(self) -> Phase:
        """Return the phase of the selected job."""
        job = self.bench.services.queue.job(self.bench.built.shell.jobs.selected or "")
        assert job is not None
        return job.state.phase

    def can(self, action: str) -> Callable[[], bool]:
        return self.window.actions_by_id[action].isEnabled


def set_up_starter(hands: Hands) -> None:
    hands.tab_to("models.starter")
    hands.press(Key.Key_Space)
    assert hands.window.current_page == "compress"
    hands.until(hands.can("compress.start"))


def start(hands: Hands) -> None:
    hands.until(hands.can("compress.start"))
    hands.press(Key.Key_Return, CONTROL)
    assert hands.window.current_page == "jobs"


def test_from_the_first_start_to_an_answer_of_the_variant(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.tab_to("field.sparsity.target")
    hands.press(Key.Key_A, CONTROL)
    hands.type("0.6")
    hands.press(Key.Key_Return)
    hands.tab_to("compress.name")
    hands.press(Key.Key_A, CONTROL)
    hands.type("small")
    start(hands)
    hands.until(lambda: hands.phase() is Phase.FINISHED)
    job = bench.services.queue.job(bench.built.shell.jobs.selected or "")
    assert job is not None
    assert isinstance(job.spec, CompressSpec)
    assert (job.spec.recipe.sparsity.target, job.spec.recipe.name) == (0.6, "small")

    hands.until(hands.can("jobs.show_model"))
    hands.press(Key.Key_M, CONTROL)
    assert hands.window.current_page == "models"
    tree = hands.tab_to("models.tree")
    assert isinstance(tree, QAbstractItemView)
    assert name_of(tree.currentIndex()) == "small"
    hands.press(Key.Key_Up)
    assert name_of(tree.currentIndex()) == "sentiment"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_T, CONTROL)
    assert hands.window.current_page == "try"

    text = hands.tab_to("try.text")
    assert isinstance(text, QPlainTextEdit)
    hands.type("A lovely day")
    answers = hands.window.attempts.findChild(QTableView, "try.answers")
    assert isinstance(answers, QTableView)
    hands.until(lambda: answers.model().rowCount() == 1 and answers.model().index(0, 1).data() != "")
    assert answers.model().index(0, 0).data() == "A lovely day"
    hands.press(Key.Key_N, CONTROL)
    hands.choose("try.model3", "small")
    hands.tab_to("try.remove3")
    hands.press(Key.Key_Space)
    third = hands.window.attempts.findChild(QComboBox, "try.model3")
    assert isinstance(third, QComboBox)
    hands.until(lambda: not third.isVisible())


def test_a_job_is_paused_resumed_stopped_early_and_cancelled(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.tab_to("field.training.epochs")
    hands.press(Key.Key_A, CONTROL)
    hands.type("30")
    hands.press(Key.Key_Return)
    start(hands)
    hands.until(hands.can("jobs.pause"))
    hands.press(Key.Key_P, CONTROL)
    hands.until(lambda: hands.window.findChild(QWidget, "card.resume") is not None)
    hands.tab_to("card.resume")
    hands.press(Key.Key_Space)
    hands.until(lambda: hands.window.findChild(QWidget, "card.resume") is None)
    hands.until(lambda: hands.window.focusWidget() is not None)  # the button is gone, the focus is not
    hands.until(hands.can("jobs.pause"))
    hands.press(Key.Key_P, CONTROL)
    hands.until(lambda: hands.phase() is Phase.PAUSED)
    hands.until(hands.can("jobs.resume"))
    hands.press(Key.Key_R, CONTROL)
    hands.until(hands.can("jobs.stop_early"))
    hands.press(Key.Key_E, CONTROL)
    hands.until(lambda: hands.phase() is Phase.FINISHED)

    hands.go_to_page("compress")
    start(hands)
    hands.until(hands.can("jobs.cancel"))
    hands.press(Key.Key_Backspace, CONTROL)
    hands.until(lambda: hands.phase() is Phase.CANCELLED)


def test_a_waiting_job_is_moved_up_the_queue(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    for _ in range(3):
        hands.go_to_page("compress")
        start(hands)
    last = bench.built.shell.jobs.selected
    hands.until(hands.can("jobs.up"))
    hands.press(Key.Key_Up, ALT)

    def queued() -> list[str]:
        jobs = bench.services.queue.jobs()
        return [job.run_id for job in jobs if job.state.phase is Phase.QUEUED]

    hands.until(lambda: queued()[:1] == [last])


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


def test_menus_are_opened_used_and_closed_by_keys(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.go_to_page("models")
    hands.tab_to("models.tree")
    hands.ask_menu()
    assert QApplication.activePopupWidget() is not None
    hands.press(Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    hands.ask_menu()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.window.current_page == "compress"


def test_models_are_compared_added_taken_away_and_reported(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        hands.go_to_page("models")
        hands.tab_to("models.tree")
        hands.press(Key.Key_Down)
        compare = bench.built.shell.compare
        hands.go_to_page("compare")
        hands.until(lambda: len(compare.chosen) > 1)
        before = len(compare.chosen)
        hands.tab_to(f"compare.remove.{compare.chosen[-1]}")
        hands.press(Key.Key_Space)
        hands.until(lambda: len(compare.chosen) == before - 1)
        hands.press(Key.Key_N, CONTROL)
        hands.until(lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "compare.search")
        hands.type("imported")
        hands.press(Key.Key_Return)
        hands.until(lambda: compare.chosen[-1] == "m-4")
        reference = compare.chosen[1]
        hands.tab_to(f"compare.chip.{reference}")
        hands.press(Key.Key_Space)
        hands.until(lambda: compare.chosen[0] == reference)
        hands.tab_to("compare.differences")
        hands.press(Key.Key_Space)
        hands.tab_to("compare.figures")
        hands.press(Key.Key_S, CONTROL)
        hands.until(lambda: QApplication.activeModalWidget() is not None)
        hands.press(Key.Key_Escape)
        hands.until(lambda: QApplication.activeModalWidget() is None)


def test_the_palette_leads_to_settings_and_help_closes_again(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.press(Key.Key_K, CONTROL)
    hands.until(lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "palette.line")
    hands.type("settings")
    hands.press(Key.Key_Return)
    hands.until(lambda: hands.window.current_page == "settings")
    hands.choose("settings.theme", "Dark")
    hands.until(lambda: bench.built.theme.is_dark)
    hands.press(Key.Key_Plus, CONTROL)
    assert bench.built.look.scale > 1
    hands.press(Key.Key_0, CONTROL)
    assert bench.built.look.scale == 1
    hands.press(Key.Key_F1)
    panel = hands.window.findChild(QTextBrowser, "panel.text")
    assert isinstance(panel, QTextBrowser)
    hands.until(panel.isVisible)
    hands.press(Key.Key_F1)
    hands.until(lambda: not panel.isVisible())


def test_every_action_has_a_key_a_button_or_a_place_in_a_menu(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    offered = {action for spec in ACTIONS for action in spec.menu}
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        for spec in PAGES:
            hands.go_to_page(spec.id)
            for widget in list(interactive_widgets(hands.window)):
                if isinstance(widget, QAbstractItemView) and widget.model().rowCount():
                    widget.setCurrentIndex(widget.model().index(0, 0))
                    offered |= menu_of(widget, hands)
    mute = [spec.id for spec in ACTIONS if not (spec.shortcut or spec.in_header or spec.id in offered)]
    assert mute == []


def test_every_action_answers_and_what_it_opens_is_closed_by_escape(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        for spec in ACTIONS:
            if spec.page:
                hands.go_to_page(spec.page)
            hands.window.actions_by_id[spec.id].trigger()
            qtbot.wait(20)
            for _ in range(3):
                front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
                if front is not None:
                    QTest.keyClick(front.windowHandle(), Key.Key_Escape)
                    qtbot.wait(20)
            assert QApplication.activeModalWidget() is None, spec.id
            activate_front(hands.window)


def menu_of(widget: QWidget, hands: Hands) -> set[str]:
    """Return the ids of the actions in the menu that the menu key opens on a widget."""
    widget.setFocus()
    ask_menu(widget)
    menu = QApplication.activePopupWidget()
    if menu is None:
        return set()
    found = {action.objectName() for action in menu.actions()}
    hands.press(Key.Key_Escape)
    activate_front(hands.window)
    return found


def name_of(index: QModelIndex) -> str:
    return str(index.siblingAtColumn(0).data())


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
