"""Everything by keyboard and for screen readers: over every widget of every page, empty and full."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QTabBar, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.views.actions import PAGES
from app.views.main_window import MainWindow
from tests.gui.conftest import Bench
from tests.gui.openings import openings_of
from tests.gui.stage import interactive_widgets, named, staged

Role = QAccessible.Role
PAGE_IDS = tuple(spec.id for spec in PAGES)
NO_ROLE = {Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.Grouping}
"""Roles that say nothing of what can be done with a control."""
ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
DRIVEN = {"palette.list"}
"""Lists to which the line above hands the arrow keys: the keyboard stays in the line."""
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


def test_every_control_has_a_name_and_a_role(window: MainWindow, bench: Bench, tmp_path: Path) -> None:
    mute: list[str] = []
    for view, root in views(window, bench, tmp_path):
        for widget in interactive_widgets(root):
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None, named(widget)
            name, role = interface.text(QAccessible.Text.Name).strip(), interface.role()
            if not name or role in NO_ROLE:
                mute.append(f"{view}, {named(widget)}: name “{name}”, role {role.name}")
    assert mute == []


def test_tab_reaches_every_control_once_and_goes_on_from_each(
    window: MainWindow, bench: Bench, tmp_path: Path
) -> None:
    for view, root in views(window, bench, tmp_path):
        wanted = {widget for widget in interactive_widgets(root) if is_a_stop(widget)}
        reached: set[QWidget] = set()
        for widget in walk(root):
            assert widget.isVisible(), (view, named(widget))
            assert widget.isEnabled(), (view, named(widget))
            reached.add(widget)
        assert (view, sorted(named(widget) for widget in wanted - reached)) == (view, [])


def test_arrows_reach_the_other_buttons_of_a_group(window: MainWindow) -> None:
    for widget in list(walk(window)):
        members = group_of(widget)
        if len(members) < 2 or not isinstance(widget, QAbstractButton):
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        met: set[QWidget] = set()
        for key in [key for key in ARROWS for _ in members]:
            focused = QApplication.focusWidget()
            assert focused is not None
            met.add(focused)
            QTest.keyClick(focused, key)
        widget.click()
        assert sorted(named(each) for each in members - met) == []


def test_focus_can_be_seen_on_every_control(window: MainWindow, bench: Bench, tmp_path: Path) -> None:
    unseen: list[str] = []

    def compare_with(widget: QWidget, with_focus: QImage, view: str) -> None:
        changed = difference(with_focus, widget.grab().toImage())
        if changed < RING_PIXELS:
            unseen.append(f"{view}, {named(widget)}: {changed} pixels")

    for view, root in views(window, bench, tmp_path):
        before: tuple[QWidget, QImage] | None = None
        for widget in walk(root):
            settle()
            if before is not None:
                compare_with(*before, view)
            before = widget, widget.grab().toImage()
        settle()
        if before is not None and not before[0].hasFocus():  # where there is one control alone, it keeps it
            compare_with(*before, view)
    assert unseen == []


class Flashes(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    flashes = Flashes()
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        window = bench.built.window
        qapp.installEventFilter(flashes)
        for spec in PAGES:
            window.show_page(spec.id)
            qtbot.wait(300)
            for _ in tabs_of(window):
                for view in window.findChildren(QAbstractItemView):
                    if view.isVisible() and view.model() is not None:
                        for row in range(min(view.model().rowCount(), 4)):
                            view.setCurrentIndex(view.model().index(row, 0))
                            qtbot.wait(30)
        qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def walk(root: QWidget) -> Iterator[QWidget]:
    """Press Tab until it comes round; yield what has the focus, in order, before Tab is pressed there.

    ``root`` is the window, or what lies over it: that may close when the keyboard leaves it.
    """
    is_window = isinstance(root, MainWindow)
    widget = QApplication.focusWidget() or root
    if is_window:
        widget = after_tab(widget) or root
    reached: list[QWidget] = []
    for _ in range(MOST_STEPS):
        reached.append(widget)
        yield widget
        after = after_tab(widget)
        if after is reached[0] or (not is_window and (after is None or not root.isAncestorOf(after))):
            return
        assert after is not None, f"the focus is lost behind {named(widget)}"
        assert after is not widget, f"{named(widget)} keeps the focus"
        assert after not in reached, f"Tab goes in a circle from {named(widget)} to {named(after)}"
        widget = after
    raise AssertionError(f"Tab does not come round; last {named(widget)}")


def after_tab(widget: QWidget) -> QWidget | None:
    """Press Tab and return what has the focus then; in a document it goes from link to link first."""
    for _ in range(MOST_STEPS):
        place = widget.textCursor().position() if isinstance(widget, QTextBrowser) else None
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        if after is not widget or place is None or widget.textCursor().position() == place:
            return after
    raise AssertionError(f"Tab does not leave {named(widget)}")


def is_a_stop(widget: QWidget) -> bool:
    """Whether Tab has to lead here; over the buttons of a group it leads to the chosen one."""
    if widget.objectName() in DRIVEN:
        return False
    return not is_in_group(widget) or (isinstance(widget, QAbstractButton) and widget.isChecked())


def is_in_group(widget: QWidget) -> bool:
    """Whether arrow keys lead from this button to others of its group."""
    return len(group_of(widget)) > 1


def group_of(widget: QWidget) -> set[QWidget]:
    """Return the buttons of which only one at a time is chosen, this one among them."""
    if not isinstance(widget, QAbstractButton):
        return set()
    if (group := widget.group()) is not None and group.exclusive():
        members = group.buttons()
    elif widget.autoExclusive() and (above := widget.parentWidget()) is not None:
        members = [each for each in above.findChildren(QAbstractButton) if each.autoExclusive()]
    else:
        return set()
    return {each for each in members if each.isVisible() and each.isEnabled()}


def settle() -> None:
    QTest.qWait(20)


def difference(one: QImage, other: QImage) -> int:
    """Return how many pixels differ."""
    if one.size() != other.size():
        return one.width() * one.height()
    images = [each.convertToFormat(QImage.Format.Format_RGB32) for each in (one, other)]
    before, after = (np.frombuffer(image.constBits(), np.uint32) for image in images)
    return int(np.count_nonzero(before != after))


def views(window: MainWindow, bench: Bench, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Go through the tabs of the page and what can be opened on it; yield what is shown, and its root."""
    for title in tabs_of(window):
        yield title, window
    for title, opening in openings_of(window.current_page):
        with opening(bench, folder) as root:
            if root is not None:
                yield title, root
            else:
                assert not bench.services.models.models(), f"{title} did not open"
        QTest.qWait(200)


def tabs_of(window: MainWindow) -> Iterator[str]:
    """Go through the tabs of the page; yield which is shown."""
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1]
    yield "as it comes up"
    for bar in bars:
        first = bar.currentIndex()
        for place in range(bar.count()):
            if place != first and bar.isTabEnabled(place) and bar.isTabVisible(place):
                bar.setCurrentIndex(place)
                QTest.qWait(200)
                yield bar.tabText(place)
        bar.setCurrentIndex(first)
