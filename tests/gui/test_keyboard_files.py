"""What goes to the disk and to the clipboard and comes from there, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, prepare_application
from app.domain.dataset import ColumnMap
from app.domain.model import IR_FOLDER
from app.services.settings import Settings
from app.store.workspace import Workspace
from tests.gui.conftest import Bench, services_over
from tests.gui.hands import CONTROL, SHIFT, WAIT_MS, Hands, Key, set_up_starter
from tests.gui.stage import staged

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what popups make of offscreen
REMARKS = "number,verdict,remark\n" + "1,positive,A lovely day\n2,negative,Never again\n" * 2_000


def test_a_model_is_exported_to_a_folder_that_is_typed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        ir = bench.services.workspace.model_folder("m-4") / IR_FOLDER
        ir.mkdir()
        (ir / "openvino_model.xml").write_text("<net/>")
        hands = Hands(bench, qtbot)
        hands.go_to_page("models")
        hands.go_to_row("models.tree", "imported-ir")
        hands.ask_menu()
        hands.take("Export OpenVINO IR…")
        hands.give_path(target)
        made = target / "imported-ir-openvino"
        hands.until_said(f"Exported to {made}")
        assert (made / "openvino_model.xml").read_text() == "<net/>"

        hands.press(Key.Key_E, CONTROL | SHIFT)
        hands.give_path(target)
        hands.until_said("exists already; nothing was overwritten")
        assert [one.name for one in target.iterdir()] == [made.name]


def test_a_data_file_is_chosen_its_columns_are_named_and_it_is_used(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "remarks.csv"
    file.write_text(REMARKS)
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.tab_to("compress.train_file")
    hands.press(Key.Key_Space)
    hands.give_path(file)
    hands.until_said("Columns of remarks.csv")
    hands.until(lambda: hands.place == "mapping.text")
    hands.choose("mapping.text", "remark")
    hands.choose("mapping.label", "verdict")
    hands.tab_to("mapping.use")
    hands.press(Key.Key_Space)
    train = hands.window.compress.findChild(QComboBox, "compress.train")
    assert isinstance(train, QComboBox)
    hands.until(lambda: train.currentText().startswith("remarks"))
    hands.until(lambda: hands.place != "")
    hands.until(hands.can("compress.start"))
    (kept,) = bench.services.workspace.datasets.all()
    assert (kept.path, kept.columns, kept.rows) == (str(file), ColumnMap("remark", "verdict"), 4_000)
    assert list((bench.services.workspace.folder / "datasets").iterdir())


def test_a_recipe_is_written_to_a_file_and_read_from_it_again(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    target = hands.tab_to("field.sparsity.target")
    assert isinstance(target, QDoubleSpinBox)
    hands.type_anew("0.61")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_S, CONTROL)
    hands.give_path(tmp_path / "mine")
    hands.until_said(f"The recipe is saved: {tmp_path / 'mine.json'}")
    assert '"target": 0.61' in (tmp_path / "mine.json").read_text()

    hands.tab_to("field.sparsity.target")
    hands.type_anew("0.3")
    hands.press(Key.Key_Return)
    assert target.value() == 0.3
    hands.press(Key.Key_O, CONTROL)
    hands.give_path(tmp_path / "mine.json")
    hands.until(lambda: target.value() == 0.61)
    hands.until(hands.can("compress.start"))


def test_what_is_set_up_is_copied_as_a_command_and_as_a_script(bench: Bench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    set_up_starter(hands)
    hands.tab_to("field.sparsity.target")
    hands.type_anew("0.61")
    hands.press(Key.Key_Return)
    hands.until(hands.can("compress.start"))
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("")
    hands.press(Key.Key_C, CONTROL | SHIFT)
    hands.until(lambda: clipboard.text().startswith("whittle compress sentiment "))
    assert "--set sparsity.target=0.61" in clipboard.text()
    hands.until_said("The command is on the clipboard.")
    shown = hands.window.compress.findChild(QPlainTextEdit, "compress.command")
    assert isinstance(shown, QPlainTextEdit)
    assert shown.toPlainText() == clipboard.text()
    hands.tab_to("button.compress.copy_python")
    hands.press(Key.Key_Space)
    hands.until(lambda: "import" in clipboard.text())
    compile(clipboard.text(), "script.py", "exec")
    assert "0.61" in clipboard.text()


def test_a_comparison_is_saved_as_a_report(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        hands = Hands(bench, qtbot)
        hands.go_to_page("compare")
        hands.until(lambda: len(bench.built.shell.compare.chosen) > 1)
        hands.press(Key.Key_S, CONTROL)
        hands.give_path(tmp_path / "beside")
        hands.until_said("The report is saved.")
        report = (tmp_path / "beside.html").read_text("utf-8")
        assert "<svg" in report
        assert "jpqd-fast" in report
        hands.press(Key.Key_S, CONTROL)
        hands.give_path(tmp_path / "no" / "folder.html")
        hands.until_said("The report was not saved")


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    theme, look = prepare_application(qapp)
    settings = Settings()
    one = Program(qapp, theme, look, settings, lambda folder: services_over(Workspace.open(folder)))
    settings.note_workspace(tmp_path / "long ago")
    one.open(tmp_path / "one")
    yield one
    one.close()
    for each in (one, theme, look):
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def hands_on(program: Program, qtbot: QtBot) -> Hands:
    assert program.built is not None
    assert program.services is not None
    return Hands(Bench(program.built, program.services), qtbot)


def test_another_folder_becomes_the_workspace_and_the_one_before_comes_back(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "two").mkdir()
    hands = hands_on(program, qtbot)
    set_up_starter(hands)
    hands.go_to_page("settings")
    hands.tab_to("settings.open")
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        hands.press(Key.Key_Space)
        hands.give_path(tmp_path / "two")
    assert (tmp_path / "two" / "whittle.sqlite").exists()
    hands = hands_on(program, qtbot)
    assert hands.bench.services.models.models() == []
    hands.go_to_page("settings")
    hands.until_said(str(tmp_path / "two"))
    recent = hands.tab_to("settings.recent")
    assert isinstance(recent, QComboBox)
    assert [recent.itemText(place) for place in range(recent.count())] == ["one", "long ago"]
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        hands.press(Key.Key_Space)
        hands.until(lambda: QApplication.activePopupWidget() is not None)
        view = recent.view()
        while view.currentIndex().data() != "one":
            hands.press(Key.Key_Down)
        hands.press(Key.Key_Return)
    hands = hands_on(program, qtbot)
    assert [model.name for model in hands.bench.services.models.models()] == ["sentiment"]
    folder = next(one for one in hands.window.settings.findChildren(QLabel) if str(tmp_path) in one.text())
    assert folder.text() == str(tmp_path / "one")
