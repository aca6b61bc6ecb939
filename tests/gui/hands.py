"""Hands on a keyboard: keys are sent to the window as a keyboard sends them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.job import Phase
from app.views.actions import PAGES
from app.views.main_window import MainWindow
from tests.gui.conftest import Bench
from tests.gui.stage import activate_front, ask_menu, named, tap

Key = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAIT_MS: Final = 30_000
MOST_TABS: Final = 150


class Hands:
    """Hands on a keyboard before the window."""

    def __init__(self, bench: Bench, qtbot: QtBot) -> None:
        self.bench, self.qtbot = bench, qtbot
        self.window: MainWindow = bench.built.window
        qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key, wherever the focus is."""
        activate_front(self.window)
        front = QApplication.activePopupWidget() or QApplication.activeWindow() or self.window
        tap(front, key, modifiers)

    def ask_menu(self) -> None:
        """Press the menu key, wherever the focus is."""
        activate_front(self.window)
        focused = QApplication.focusWidget()
        assert focused is not None
        ask_menu(focused)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        activate_front(self.window)
        for one in text:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClicks(focused, one)

    def type_anew(self, text: str) -> None:
        """Type in place of all that stands in what has the focus."""
        self.press(Key.Key_A, CONTROL)
        self.type(text)

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

    def go_to_row(self, name: str, text: str) -> None:
        """Walk to a list, tree or table and go down its rows to the one whose first cell says this."""
        view = self.tab_to(name)
        assert isinstance(view, QAbstractItemView)
        self.press(Key.Key_Home, CONTROL if isinstance(view, QTableView) else NONE)
        while text not in str(view.currentIndex().siblingAtColumn(0).data()):
            row = view.currentIndex()
            self.press(Key.Key_Down)
            assert view.currentIndex() != row, f"{text} is none of the rows of {name}"

    def take(self, title: str) -> None:
        """Go down the menu that is open to this entry, and take it."""
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        titles = [action.text() for action in menu.actions() if action.isEnabled()]
        assert title in titles
        chosen = ""
        while chosen != title:
            self.press(Key.Key_Down)
            chosen = menu.activeAction().text()
            titles.remove(chosen)  # not round and round
        self.press(Key.Key_Return)

    def give_path(self, path: Path) -> None:
        """Type a path into the file dialog in front, over what stands there, and let it be taken."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        self.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        self.type_anew(str(path))
        self.press(Key.Key_Return)
        self.until(lambda: QApplication.activeModalWidget() is None)

    def answer(self, key: Qt.Key) -> None:
        """Press a key at the question in front, on the button for no; that closes it."""
        self.until_asked()
        self.press(key)
        self.until(lambda: QApplication.activeModalWidget() is None)

    def agree(self) -> None:
        """Walk to the button for yes of the question in front, and press it."""
        self.until_asked()
        self.tab_to("question.yes")
        self.press(Key.Key_Space)
        self.until(lambda: QApplication.activeModalWidget() is None)

    @property
    def place(self) -> str:
        """The object name of what has the keyboard."""
        activate_front(self.window)
        focused = QApplication.focusWidget()
        return "" if focused is None else focused.objectName()

    def until_asked(self) -> None:
        """Wait for a question that stands in the way, the keyboard on its button for no."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
        self.until(lambda: self.place == "question.no")

    def until_said(self, text: str) -> None:
        """Wait until this can be read somewhere in the window."""
        self.until(
            lambda: any(text in one.text() for one in self.window.findChildren(QLabel) if one.isVisible())
        )

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
    hands.until(lambda: hands.window.compress.summary.text() == "Ready to start.")


def start(hands: Hands) -> None:
    hands.until(hands.can("compress.start"))
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: hands.window.current_page == "jobs")
