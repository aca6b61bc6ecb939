"""The line above a page that says what happened."""

import sys

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.widgets.notice import Notice, NoticeAction, NoticeState, Severity


def test_the_keyboard_stays_on_the_page_when_a_notice_that_has_it_goes(qtbot: QtBot, look: Look) -> None:
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    rail, own = QPushButton("rail"), QPushButton("own")
    notice = Notice(look)
    inside = QVBoxLayout(page)
    inside.addWidget(own)  # in front of the notice in the order of Tab
    inside.addWidget(notice)
    layout = QVBoxLayout(window)
    layout.addWidget(page)
    layout.addWidget(rail)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    notice.show_state(NoticeState(Severity.INFO, "Gone.", "", (NoticeAction("undo", "Undo"),)))
    button = notice.findChild(QPushButton, "notice.undo")
    assert isinstance(button, QPushButton)
    qtbot.waitUntil(button.isVisible)
    QWidget.setTabOrder(button, rail)
    button.setFocus()
    assert QApplication.focusWidget() is button

    held = sys.getrefcount(window)
    notice.show_state(None)

    assert QApplication.focusWidget() is own
    assert sys.getrefcount(window) == held  # by nothing that would keep it after its end
