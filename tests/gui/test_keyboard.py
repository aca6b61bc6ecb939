"""Every flow without a mouse: keys alone, sent to the window as a keyboard sends them."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.job import CompressSpec, Phase
from app.views.actions import ACTIONS, PAGES
from app.views.widgets.tabs import Tabs
from tests.gui.conftest import Bench
from tests.gui.hands import ALT, CONTROL, SHIFT, Hands, Key, set_up_starter, start
from tests.gui.stage import activate_front, ask_menu, interactive_widgets, staged

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what popups make of offscreen


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
    hands.press(Key.Key_Backspace, CONTROL | SHIFT)
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


def test_the_limit_of_the_trade_off_is_moved_and_the_chart_zoomed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        hands.go_to_page("compare")
        chart = hands.window.compare.tradeoff.chart
        hands.until(lambda: len(bench.built.shell.compare.chosen) == 3)
        hands.press(Key.Key_Return, CONTROL)
        hands.until(hands.window.compare.panel.isVisible)
        hands.press(Key.Key_Return, CONTROL)
        hands.until(lambda: len(chart.table()) == 4)
        hands.choose("compare.x", "p95")
        limit = hands.tab_to("compare.limit")
        assert isinstance(limit, QDoubleSpinBox)
        hands.type_anew("5")
        hands.press(Key.Key_Return)
        hands.until_said("Best within 5.00 ms: jpqd-fast")

        assert hands.tab_to("compare.tradeoff") is chart
        hands.press(Key.Key_Left)
        assert limit.value() < 5.0
        hands.press(Key.Key_Home)
        hands.until_said("No model keeps to 0.00 ms.")
        hands.press(Key.Key_End)
        hands.until_said("Best within 10.0 ms: sentiment")
        whole = low, high = chart.x_range
        hands.press(Key.Key_Plus)
        left, right = chart.x_range
        assert low < left < right < high
        hands.press(Key.Key_Minus)
        assert chart.x_range == pytest.approx(whole)
        hands.press(Key.Key_Plus)
        hands.press(Key.Key_0)
        assert chart.x_range == whole
        assert bench.built.look.scale == 1, "the chart was zoomed, not the window"


def test_a_model_gets_another_name_tags_and_notes(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        folder = bench.services.workspace.model_folder("m-4")
        note = folder / "note.json"
        hands.go_to_page("models")
        hands.go_to_row("models.tree", "imported-ir")
        hands.press(Key.Key_F2)
        hands.type_anew("of the factory")
        hands.press(Key.Key_Return)
        hands.until(lambda: '"of the factory"' in (folder / "model.json").read_text())
        hands.until(lambda: hands.place == "models.tree")

        tabs = hands.tab_to("models.tabs")
        assert isinstance(tabs, Tabs)
        while tabs.current != "notes":
            hands.press(Key.Key_Right)
        hands.tab_to("models.tag_field")
        hands.type("Mobile, fast")
        hands.press(Key.Key_Return)
        hands.until_said("mobile")
        hands.tab_to("models.note")
        hands.type("For the line at the gate.")
        hands.press(Key.Key_Tab)
        hands.until(lambda: "at the gate" in note.read_text())
        hands.tab_to("models.tag.fast")
        hands.press(Key.Key_Space)
        hands.until(lambda: json.loads(note.read_text())["tags"] == ["mobile"])
        assert hands.place == "models.tag_field"

        hands.press(Key.Key_F, CONTROL)
        hands.type("tag:mobile")
        tree = hands.tab_to("models.tree")
        assert isinstance(tree, QAbstractItemView)
        assert [name_of(tree.model().index(row, 0)) for row in range(tree.model().rowCount())] == [
            "of the factory"
        ]


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
