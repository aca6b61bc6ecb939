"""The wheel scrolls the page: it changes no value and no view that the mouse passes over."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.main_window import MainWindow
from app.views.widgets.head_history import HeadHistory
from app.views.widgets.tabs import Tabs
from app.views.widgets.tradeoff_card import TradeoffCard
from tests.factories import make_snapshot


def turn_over(widget: QWidget) -> None:
    """Turn the wheel by a notch over the middle of a widget, as the system tells it."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def limit_of(look: Look) -> tuple[QWidget, QWidget, Callable[[], float]]:
    card = TradeoffCard(look)
    card.limit.setValue(5.0)
    return card, card.limit, card.limit.value


def scrubber_of(look: Look) -> tuple[QWidget, QWidget, Callable[[], float]]:
    card = HeadHistory(look)
    card.show_snapshots([make_snapshot(10 * place, 0.0) for place in range(9)], is_live=True)
    card._show_current()
    card.show_step(40)
    return card, card._slider, card._slider.value


@pytest.mark.parametrize("made", [limit_of, scrubber_of])
def test_a_value_takes_the_wheel_only_with_the_keyboard_in_it(
    qtbot: QtBot, look: Look, made: Callable[[Look], tuple[QWidget, QWidget, Callable[[], float]]]
) -> None:
    page = QWidget()
    other = QLineEdit()
    card, control, value = made(look)
    layout = QVBoxLayout(page)
    layout.addWidget(other)
    layout.addWidget(card)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = value()
    turn_over(control)
    assert other.hasFocus(), "the wheel takes no focus"
    assert value() == before
    control.setFocus()
    turn_over(control)
    assert value() != before


def test_the_wheel_over_tabs_chooses_none(qtbot: QtBot, look: Look) -> None:
    tabs = Tabs("tabs", "Views", (("one", "One"), ("two", "Two"), ("three", "Three")))
    qtbot.addWidget(tabs)
    tabs.choose("two")
    tabs.show()
    turn_over(tabs)
    assert tabs.current == "two"


def test_the_tabs_of_compare_are_those_of_the_other_pages(window: MainWindow) -> None:
    tabs = window.compare.tabs
    assert isinstance(tabs, Tabs)
    tabs.setCurrentIndex(1)
    turn_over(tabs)
    assert tabs.current == "bars"
