"""The frame of the window: palette, settings, help, presentation size, language and workspace."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, prepare_application
from app.domain.job import Phase
from app.domain.preference import LANGUAGE, SIZE, THEME
from app.services.settings import Settings
from app.store.workspace import Workspace
from app.views.actions import ACTIONS, PAGES, shortcut_text
from app.views.main_window import MainWindow
from app.views.plots.canvas import Canvas
from app.views.plots.curve_chart import CurveChart
from app.views.widgets.palette import Palette
from tests.factories import make_model
from tests.gui.conftest import Bench
from tests.gui.stage import click, furnish
from tests.gui.test_window import start_job

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

WAIT_MS = 20_000


def find(parent: QWidget, kind: type, name: str) -> QWidget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found  # type: ignore[return-value]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    qtbot.keyClick(window, key, modifier)


def open_palette(qtbot: QtBot, window: MainWindow) -> tuple[QLineEdit, QListView]:
    press(qtbot, window, Qt.Key.Key_K)
    assert window.palette_popup.isVisible()
    line = find(window, QLineEdit, "palette.line")
    assert line.hasFocus()
    return line, find(window, QListView, "palette.list")  # type: ignore[return-value]


def titles(view: QListView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


# Presentation size -------------------------------------------------------------------


def lengths(widgets: list[QWidget]) -> list[tuple[str, int, int, int, int]]:
    return [
        (type(one).__name__, one.minimumWidth(), one.maximumWidth(), one.minimumHeight(), one.maximumHeight())
        for one in widgets
    ]


def test_control_plus_makes_everything_larger_and_control_0_brings_back_every_length(
    bench: Bench, qtbot: QtBot
) -> None:
    window = bench.built.window
    # Qt's own parts, such as scroll bars, come and go.
    widgets = [one for one in window.findChildren(QWidget) if not one.objectName().startswith("qt_")]
    before = lengths(widgets)
    button = find(window, QPushButton, "button.models.compress")
    font, height = button.font().pixelSize(), button.sizeHint().height()
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Plus)
    assert Settings().scale == 1.5
    assert bench.built.look.scale == 1.5
    assert button.font().pixelSize() == round(1.5 * font)
    assert button.sizeHint().height() > 1.4 * height
    assert find(window, QToolButton, "rail.jobs").width() == round(1.5 * 84)
    press(qtbot, window, Qt.Key.Key_Minus)
    assert Settings().scale == 1.25
    press(qtbot, window, Qt.Key.Key_0)
    assert Settings().scale == 1.0
    assert button.font().pixelSize() == font
    assert lengths(widgets) == before


def test_sizes_end_at_200_and_at_75_percent(bench: Bench, qtbot: QtBot) -> None:
    for key, before, scale in ((Qt.Key.Key_Plus, "175", 2.0), (Qt.Key.Key_Minus, "90", 0.75)):
        bench.built.shell.settings.prefer(SIZE.id, before)
        for _ in range(3):
            press(qtbot, bench.built.window, key)
        assert bench.built.look.scale == scale


def test_at_200_percent_nothing_is_out_of_reach_in_a_small_window(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    bench.built.shell.settings.prefer(SIZE.id, "200")
    window.resize(1280, 800)
    assert (window.width(), window.height()) == (1280, 800)
    for spec in PAGES:
        window.show_page(spec.id)
        qtbot.wait(30)
        for action in (one for one in ACTIONS if one.page == spec.id and one.in_header):
            button = find(window, QPushButton, f"button.{action.id}")
            menu = find(window, QToolButton, f"{spec.id}.more").menu()
            offered = {one.objectName() for one in menu.actions()} if menu is not None else set()
            right = button.mapTo(window, button.rect().topRight()).x()
            in_view = button.isVisible() and right <= window.width()
            assert in_view or {action.id, *action.menu} & offered, action.id
        page = window._pages[spec.id]
        scroll = page.parentWidget().parentWidget()
        assert isinstance(scroll, QScrollArea)
        needed = page.minimumSizeHint()
        assert page.width() >= needed.width()
        assert page.height() >= needed.height()


# Palette -----------------------------------------------------------------------------


def test_the_palette_goes_to_pages_models_and_jobs(bench: Bench, qtbot: QtBot) -> None:
    bench.services.workspace.models.add(make_model("m-77", "hotel-reviews"))
    window = bench.built.window
    line, view = open_palette(qtbot, window)
    qtbot.keyClicks(line, "jobs wait")
    assert titles(view)[0] == "Jobs"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.current_page == "jobs"
    assert not window.palette_popup.isVisible()
    line, view = open_palette(qtbot, window)
    qtbot.keyClicks(line, "hotel")
    assert titles(view) == ["hotel-reviews"]
    qtbot.keyClick(line, Qt.Key.Key_Enter)
    assert window.current_page == "models"
    assert bench.built.shell.models._selected == "m-77"


def test_arrows_choose_and_escape_gives_the_keyboard_back(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    start = find(window, QPushButton, "models.starter")
    start.setFocus()
    line, view = open_palette(qtbot, window)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 1
    assert titles(view)[1] in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not window.palette_popup.isVisible()
    assert start.hasFocus()


def test_what_cannot_be_done_now_says_so_and_is_not_done(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    line, view = open_palette(qtbot, window)
    qtbot.keyClicks(line, "stop early")
    assert titles(view)[0] == "Stop early"
    assert "not possible now" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.palette_popup.isVisible()
    qtbot.mouseClick(window.palette_popup, LEFT, pos=window.palette_popup.rect().bottomLeft())
    assert not window.palette_popup.isVisible()


def test_what_was_used_last_comes_first(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    line, _ = open_palette(qtbot, window)
    qtbot.keyClicks(line, "theme dark")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert bench.built.look.tokens.scheme == "dark"
    line, view = open_palette(qtbot, window)
    assert line.text() == ""
    qtbot.keyClicks(line, "th")
    assert titles(view)[0].startswith("Theme")
    line.clear()
    qtbot.keyClicks(line, "zzzz")
    assert titles(view) == []


def test_an_action_of_another_page_brings_that_page_up(bench: Bench, qtbot: QtBot) -> None:
    bench.services.workspace.models.add(make_model())
    bench.services.models.changed.emit()
    bench.built.shell.models.show()
    window = bench.built.window
    window.show_page("settings")
    line, _ = open_palette(qtbot, window)
    qtbot.keyClicks(line, "add model")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.current_page == "try"


def test_the_palette_finds_one_of_500_models(bench: Bench, qtbot: QtBot) -> None:
    for number in range(500):
        model = msgspec.structs.replace(make_model(f"m-{number}", f"bert-{number:03}"), structure=None)
        bench.services.workspace.models.add(model)
    line, view = open_palette(qtbot, bench.built.window)
    qtbot.keyClicks(line, "bert-49")
    assert titles(view)[0] == "bert-490"


# Settings ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Comma, Qt.Key.Key_8])
def test_settings_come_up_by_either_shortcut(bench: Bench, qtbot: QtBot, key: Qt.Key) -> None:
    press(qtbot, bench.built.window, key)
    assert bench.built.window.current_page == "settings"


def test_settings_are_chosen_by_keyboard_and_hold_at_once(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    press(qtbot, window, Qt.Key.Key_Comma)
    assert window.current_page == "settings"
    theme = find(window, QComboBox, "settings.theme")
    assert theme.hasFocus()
    qtbot.keyClick(theme, Qt.Key.Key_End)
    assert bench.built.look.tokens.scheme == "dark"
    assert Settings().preference(THEME) == "dark"
    size = find(window, QComboBox, "settings.size")
    size.setFocus()
    qtbot.keyClick(size, Qt.Key.Key_Down)
    assert bench.built.look.scale == 1.1
    press(qtbot, window, Qt.Key.Key_Minus)
    assert size.currentData() == "100"


def test_the_device_of_the_settings_is_what_new_choices_begin_with(bench: Bench, qtbot: QtBot) -> None:
    bench.services.workspace.models.add(make_model())
    bench.services.models.changed.emit()
    window = bench.built.window
    window.show_page("settings")
    device = find(window, QComboBox, "settings.device")
    assert device.currentText() == "CPU"
    qtbot.waitUntil(lambda: device.count() == 2, timeout=WAIT_MS)
    device.setFocus()
    qtbot.keyClick(device, Qt.Key.Key_End)
    assert Settings().device == "GPU.0"
    window.show_page("try")
    assert find(window, QComboBox, "try.device1").currentData() == "GPU.0"
    window.show_page("compress")

    def said() -> str:
        cards = [one.accessibleDescription() for one in window.compress.findChildren(QRadioButton)]
        return "\n".join((*cards, *(one.text() for one in window.compress.findChildren(QLabel))))

    qtbot.waitUntil(lambda: "GPU.0 computes INT8." in said(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "GPU.0 · Test graphics" in said(), timeout=WAIT_MS)
    window.show_page("models")
    window.models.details.tabs.setCurrentIndex(2)
    assert find(window, QComboBox, "models.execution_device").currentData() == "GPU.0"


def test_offline_keeps_imports_off_the_network(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    window.show_page("settings")
    offline = find(window, QCheckBox, "settings.offline")
    offline.setFocus()
    qtbot.keyClick(offline, Qt.Key.Key_Space)
    assert Settings().offline
    job = bench.services.models.import_model("org/model")
    assert job.spec.offline  # type: ignore[union-attr]
    bench.services.queue.cancel(job.run_id)
    qtbot.keyClick(offline, Qt.Key.Key_Space)
    job = bench.services.models.import_model("org/model")
    assert not job.spec.offline  # type: ignore[union-attr]
    bench.services.queue.cancel(job.run_id)


def test_the_cache_is_shown_with_its_size_and_emptied(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kernels = tmp_path / "cache" / "whittle" / "kernels"
    kernels.mkdir(parents=True)
    (kernels / "fake.so").write_bytes(b"x" * 2_000_000)
    window = bench.built.window
    window.show_page("settings")
    assert any(one.text() == "Being measured…" for one in window.settings.findChildren(QLabel))

    def button() -> QPushButton | None:
        found = window.findChildren(QPushButton, "settings.empty_kernels")
        return next((one for one in found if one.isVisible()), None)  # type: ignore[return-value]

    qtbot.waitUntil(lambda: button() is not None and button().isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(button(), LEFT)
    qtbot.waitUntil(lambda: button() is not None and not button().isEnabled(), timeout=WAIT_MS)
    assert not kernels.exists()


# Help --------------------------------------------------------------------------------


def panel_text(window: MainWindow) -> str:
    return find(window, QTextBrowser, "panel.text").toPlainText()  # type: ignore[attr-defined]


def test_f1_explains_the_page_that_is_shown_and_closes_again(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    seen = set()
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert window.panel.isVisible()
    for spec in PAGES:
        window.show_page(spec.id)
        seen.add(panel_text(window))
        for action in (one for one in ACTIONS if one.page == spec.id and one.shortcut):
            assert shortcut_text(action.shortcut) in panel_text(window)
    assert len(seen) == len(PAGES)
    assert min(map(len, seen)) > 300
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert not window.panel.isVisible()


def test_all_shortcuts_are_listed(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    press(qtbot, window, Qt.Key.Key_Slash)
    listed = panel_text(window).replace("\xa0", " ")
    assert [
        one.id for one in (*PAGES, *ACTIONS) if one.shortcut and shortcut_text(one.shortcut) not in listed
    ] == []
    qtbot.keyClick(find(window, QTextBrowser, "panel.text"), Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_about_names_versions_and_licences_and_can_be_copied(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    window.show_page("settings")
    qtbot.mouseClick(find(window, QPushButton, "settings.app.about"), LEFT)
    qtbot.mouseClick(find(window, QToolButton, "panel.copy"), LEFT)
    copied = QGuiApplication.clipboard().text()
    for word in ("Whittle", "PySide6", "openvino", "nncf", "torch", "Apache", "LGPL", "NOTICE", "MiniLM"):
        assert word in copied


def test_no_two_actions_that_are_live_together_share_keys() -> None:
    for page in PAGES:
        live = [one for one in ACTIONS if one.page in {page.id, ""}]
        keys = [key for one in live for key in (one.shortcut, *one.also) if key]
        keys += [one.shortcut for one in PAGES]
        assert sorted(set(keys)) == sorted(keys), page.id


# Language and workspace: the window is built anew --------------------------------------


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    theme, look = prepare_application(qapp)
    settings = Settings()
    settings._settings.clear()
    settings.prefer(LANGUAGE, "en")
    one = Program(qapp, theme, look, settings)
    one.open(tmp_path / "one")
    yield one
    assert one.built is not None
    one.built.window.close()
    one.close()
    for each in (one, theme, look):
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def window_of(program: Program) -> MainWindow:
    assert program.built is not None
    return program.built.window


def test_another_language_holds_at_once_and_the_page_stays(program: Program, qtbot: QtBot) -> None:
    window_of(program).show_page("settings")
    language = find(window_of(program), QComboBox, "settings.language")
    language.setFocus()
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        qtbot.keyClick(language, Qt.Key.Key_End)
    window = window_of(program)
    assert window.current_page == "settings"
    assert find(window, QToolButton, "rail.models").text() == "Modelle"
    assert find(window, QComboBox, "settings.language").currentText() == "Deutsch"
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
    assert shown == [window]
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window.settings.preferred.emit("language", "en")
    assert find(window_of(program), QToolButton, "rail.models").text() == "Models"


def test_another_language_loses_nothing_that_was_typed_or_chosen(program: Program, qtbot: QtBot) -> None:
    assert program.services is not None
    for number in (1, 2):
        program.services.workspace.models.add(make_model(f"m-{number}", f"model-{number}"))
    program.services.models.changed.emit()
    window = window_of(program)
    window.show_page("compress")
    model = find(window, QComboBox, "compress.model")
    model.setFocus()
    qtbot.keyClick(model, Qt.Key.Key_End if model.currentIndex() == 0 else Qt.Key.Key_Home)
    chosen = model.currentText()
    name = find(window, QLineEdit, "compress.name")
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "half as big")
    target = find(window, QDoubleSpinBox, "field.sparsity.target")
    target.setFocus()
    target.selectAll()
    qtbot.keyClicks(target, "0.55")
    qtbot.keyClick(target, Qt.Key.Key_Return)
    window.compress.recipe.show_tab(1)
    editor = find(window, QPlainTextEdit, "compress.json")
    editor.selectAll()
    qtbot.keyClicks(editor, "{ half a recipe")
    window.show_page("try")
    text = find(window, QPlainTextEdit, "try.text")
    qtbot.keyClicks(text, "Not bad at all.")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "Awful")
    places = find(window, QComboBox, "try.precision1")
    places.setFocus()
    qtbot.keyClick(places, Qt.Key.Key_End)
    precision = places.currentText()
    assert precision != "f32"

    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window.settings.preferred.emit("language", "de")
    window = window_of(program)
    assert find(window, QComboBox, "compress.model").currentText() == chosen
    assert find(window, QLineEdit, "compress.name").text() == "half as big"
    assert find(window, QPlainTextEdit, "compress.json").toPlainText() == "{ half a recipe"
    assert "Zeile 1" in window.compress.summary.text(), "why it cannot be read is said in the new language"
    assert find(window, QDoubleSpinBox, "field.sparsity.target").value() == pytest.approx(0.55)
    assert find(window, QPlainTextEdit, "try.text").toPlainText() == "Not bad at all.\nAwful"
    assert find(window, QComboBox, "try.precision1").currentText() == precision


def test_another_workspace_starts_with_empty_pages(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window_of(program).attempts.set_text("Of the workspace before.")
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window_of(program).settings.workspace_chosen.emit(str(tmp_path / "two"))
    assert window_of(program).attempts.text == ""


def test_switching_again_and_again_leaves_no_widget_behind(program: Program, qtbot: QtBot) -> None:
    def count() -> int:
        plots = window_of(program).findChildren(Canvas)
        qtbot.waitUntil(lambda: all(plot.is_prepared for plot in plots), timeout=WAIT_MS)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(QApplication.allWidgets())

    def rebuild(code: str) -> None:
        with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
            window_of(program).settings.preferred.emit("language", code)

    def restyle() -> None:
        settings = window_of(program).settings
        for preference, value in (("theme", "dark"), ("size", "150"), ("theme", "light"), ("size", "100")):
            settings.preferred.emit(preference, value)

    rebuild("de")
    rebuild("en")
    restyle()
    before = count()
    for _ in range(2):
        rebuild("de")
        rebuild("en")
        restyle()
    assert count() == before


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_another_workspace_opens_in_the_same_program(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    assert program.services is not None
    program.services.workspace.models.add(make_model())
    window_of(program).show_page("settings")
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window_of(program).settings.workspace_chosen.emit(str(tmp_path / "two"))
    assert program.services.workspace.folder == tmp_path / "two"
    assert program.services.models.models() == []
    window = window_of(program)
    window.show_page("settings")
    recent = find(window, QComboBox, "settings.recent")
    assert [recent.itemData(place) for place in range(recent.count())] == [str(tmp_path / "one")]
    recent.setFocus()
    qtbot.keyClick(recent, Qt.Key.Key_Down)
    assert program.services.workspace.folder == tmp_path / "two", "an arrow opens the list, and takes nothing"
    qtbot.keyClick(recent.view(), Qt.Key.Key_Down)
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        qtbot.keyClick(recent.view(), Qt.Key.Key_Return)
    assert [model.name for model in program.services.models.models()] == ["sentiment"]


def test_a_folder_that_is_no_workspace_is_told_and_this_one_stays_open(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    window = window_of(program)
    window.show_page("settings")
    window.settings.workspace_chosen.emit(str(tmp_path / "file"))
    qtbot.waitUntil(window.settings.notice.isVisible, timeout=WAIT_MS)
    assert program.services is not None
    assert program.services.workspace.folder == tmp_path / "one"
    assert window_of(program) is window


def test_a_running_job_is_not_stopped_without_a_question(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    shell, window = bench.built.shell, bench.built.window
    wanted: list[str] = []
    shell.settings.workspace_wanted.connect(wanted.append)
    run_id = start_job(bench, qtbot)
    qtbot.waitUntil(lambda: bench.services.queue.job(run_id).state.phase is Phase.RUNNING, timeout=WAIT_MS)
    window.show_page("settings")
    window.settings.workspace_chosen.emit(str(tmp_path / "two"))
    assert wanted == []
    assert "is running" in window.settings.notice.accessibleName()
    qtbot.mouseClick(find(window.settings, QPushButton, "notice.stay"), LEFT)
    assert not window.settings.notice.isVisible()
    assert wanted == []
    window.settings.workspace_chosen.emit(str(tmp_path / "two"))
    qtbot.waitUntil(lambda: window.settings.findChild(QPushButton, "notice.switch") is not None)
    qtbot.mouseClick(find(window.settings, QPushButton, "notice.switch"), LEFT)
    assert wanted == [str(tmp_path / "two")]
    bench.services.queue.cancel(run_id)


def test_the_palette_covers_the_window_and_follows_its_size(bench: Bench, qtbot: QtBot) -> None:
    window = bench.built.window
    open_palette(qtbot, window)
    popup = window.palette_popup
    assert isinstance(popup, Palette)
    window.resize(1400, 900)
    qtbot.waitUntil(lambda: popup.size() == window.size())
    popup.dismiss()


@pytest.fixture
def furnished(program: Program, qtbot: QtBot, tmp_path: Path) -> Program:
    full = Workspace.open(tmp_path / "full")
    furnish(full)
    full.close()
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window_of(program).settings.workspace_chosen.emit(str(tmp_path / "full"))
    return program


def test_nothing_of_a_window_is_held_that_goes_while_a_name_is_refused(
    furnished: Program, qtbot: QtBot
) -> None:
    assert furnished.built is not None
    before = weakref.ref(furnished.built.shell.models)
    window_of(furnished).models.edit_name("m-3")
    editor = find(window_of(furnished), QLineEdit, "models.rename")
    assert isinstance(editor, QLineEdit)
    editor.setText("sentiment")  # which another model has
    with qtbot.waitSignal(furnished.rebuilt, timeout=WAIT_MS):
        qtbot.keyClick(editor, Qt.Key.Key_Return)  # which Qt takes a turn of the event loop for
        window_of(furnished).settings.preferred.emit("language", "de")
    gc.unfreeze()
    gc.collect()
    assert before() is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_another_language_comes_while_the_menu_of_a_chart_is_open(furnished: Program, qtbot: QtBot) -> None:
    program = furnished
    window_of(program).show_page("jobs")
    chart = window_of(program).findChild(CurveChart)
    assert isinstance(chart, CurveChart)
    qtbot.waitUntil(chart.isVisible, timeout=WAIT_MS)

    def is_open() -> bool:  # by the mouse, whose button Qt then takes to be the chart's
        click(chart, Qt.MouseButton.RightButton, chart.mapTo(chart.window(), chart.rect().center()))
        return QApplication.activePopupWidget() is not None

    qtbot.waitUntil(is_open, timeout=WAIT_MS)
    with qtbot.waitSignal(program.rebuilt, timeout=WAIT_MS):
        window_of(program).settings.preferred.emit("language", "de")
    assert QApplication.activePopupWidget() is None
