"""Everything by keyboard and for screen readers: over every widget of every page, empty and full."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.actions import PAGES
from app.views.main_window import MainWindow
from tests.gui.conftest import Bench
from tests.gui.stage import interactive_widgets, named, staged

Role = QAccessible.Role
PAGE_IDS = tuple(spec.id for spec in PAGES)
NO_ROLE = {Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.Grouping}
"""Roles that say nothing of what can be done with a control."""
ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
MOST_STEPS = 400
RING_PIXELS = 24
"""Least number of pixels that a focus changes; more than a text cursor, which comes and goes."""


@pytest.fixture(scope="module", params=["empty", "full"])
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The window over an empty and over a full workspace, shown for all tests here."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)
    with staged(app, tmp_path_factory.mktemp("stage") / "workspace", full=request.param == "full") as bench:
        yield bench


@pytest.fixture(params=PAGE_IDS)
def window(request: pytest.FixtureRequest, bench: Bench, qtbot: QtBot) -> MainWindow:
    """The window with one of its pages shown, and settled."""
    window = bench.built.window
    window.show_page(request.param)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.wait(400)
    return window


def test_every_control_has_a_name_and_a_role(window: MainWindow) -> None:
    mute: list[str] = []
    for widget in interactive_widgets(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None, named(widget)
        name, role = interface.text(QAccessible.Text.Name).strip(), interface.role()
        if not name or role in NO_ROLE:
            mute.append(f"{named(widget)}: name “{name}”, role {role.name}")
    assert mute == []


def test_tab_reaches_every_control_once_and_goes_on_from_each(window: MainWindow) -> None:
    reached = walk(window)
    wanted = {widget for widget in interactive_widgets(window) if is_a_stop(widget)}

    assert [named(widget) for widget in reached if not widget.isVisible() or not widget.isEnabled()] == []
    assert sorted(named(widget) for widget in wanted - set(reached)) == []


def test_arrows_reach_the_other_buttons_of_a_group(window: MainWindow) -> None:
    for widget in walk(window):
        if not is_in_group(widget):
            continue
        assert isinstance(widget, QAbstractButton)
        members = {each for each in widget.group().buttons() if each.isVisible() and each.isEnabled()}
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        met: set[QWidget] = set()
        for key in [key for key in ARROWS for _ in members]:
            focused = QApplication.focusWidget()
            assert focused is not None
            met.add(focused)
            QTest.keyClick(focused, key)
        widget.click()
        assert sorted(named(each) for each in members - met) == []


def test_focus_can_be_seen_on_every_control(window: MainWindow) -> None:
    unseen: list[str] = []
    for widget in walk(window):
        assert QApplication.focusWidget() is widget
        settle()
        with_focus = widget.grab().toImage()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        settle()
        changed = difference(with_focus, widget.grab().toImage())
        if changed < RING_PIXELS:
            unseen.append(f"{named(widget)}: {changed} pixels")
    assert unseen == []


def walk(window: MainWindow) -> list[QWidget]:
    """Press Tab until it comes round; return what had the focus, in order."""
    first = QApplication.focusWidget() or window
    reached: list[QWidget] = []
    widget: QWidget = first
    for _ in range(MOST_STEPS):
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None, f"the focus is lost behind {named(widget)}"
        assert after is not widget, f"{named(widget)} keeps the focus"
        if reached and after is reached[0]:
            return reached
        assert after not in reached, f"Tab goes in a circle from {named(widget)} to {named(after)}"
        reached.append(after)
        widget = after
    raise AssertionError(f"Tab does not come round; last {named(widget)}")


def is_a_stop(widget: QWidget) -> bool:
    """Whether Tab has to lead here; over the buttons of a group it leads to the chosen one."""
    return not is_in_group(widget) or (isinstance(widget, QAbstractButton) and widget.isChecked())


def is_in_group(widget: QWidget) -> bool:
    """Whether arrow keys lead from this button to others of its group."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive()


def settle() -> None:
    QTest.qWait(20)


def difference(one: QImage, other: QImage) -> int:
    """Return how many pixels differ."""
    if one.size() != other.size():
        return one.width() * one.height()
    return sum(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()) for x in range(one.width()))
