"""The first column of a table stays readable beside columns of a fixed width, at every size."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.bootstrap import prepare_application
from app.domain.model import TrashedModel
from app.itemmodels.answer_table import AnswerRow
from app.services.theme import Theme
from app.views.main_window import MainWindow
from app.views.pages.model_trash import TrashState
from app.views.pages.models_page import ModelsState
from app.views.pages.try_page import ModelAnswer, TryState
from app.views.widgets.chooser import Choice
from tests.factories import make_model

SCALES = (1.0, 1.5, 2.0, 1.0)


@pytest.fixture
def sized(qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[MainWindow, Theme]]:
    theme, look = prepare_application(qapp)
    window = MainWindow(look)
    theme.apply("light")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window, theme
    theme.take_off()
    theme.deleteLater()


def assert_readable(table: QTableView, least: int, scale: float) -> None:
    header = table.horizontalHeader()
    assert header.sectionSize(0) >= round(least * scale), scale
    assert header.length() >= table.viewport().width(), "nothing is left over"
    is_scrolled = table.horizontalScrollBar().maximum() > 0
    assert is_scrolled == (header.length() > table.viewport().width())
    assert scale > 1.0 or not is_scrolled, "at 100 % there is room for all"


def test_names_in_the_trash_can_be_read_in_presentation_size(
    sized: tuple[MainWindow, Theme], qtbot: QtBot
) -> None:
    window, theme = sized
    window.show_page("models")
    gone = TrashedModel(make_model("m-1", "sentiment-of-reviews-first-try"), "2026-11-22T18:00:00+00:00")
    window.models.show_state(ModelsState(trash=TrashState((gone,), {"m-1": 1000})))
    table = window.models.trash.findChild(QTableView, "models.trash_table")
    assert isinstance(table, QTableView)
    for scale in SCALES:
        theme.apply("light", scale)
        qtbot.wait(60)
        assert_readable(table, 150, scale)


def test_texts_beside_four_answers_can_be_read_in_presentation_size(
    sized: tuple[MainWindow, Theme], qtbot: QtBot
) -> None:
    window, theme = sized
    window.show_page("try")
    names = [f"m-{number}" for number in range(4)]
    state = TryState(
        models=tuple(Choice(name, name) for name in names),
        beside=tuple(ModelAnswer(model_id=name, device="CPU", precision="f32") for name in names),
        rows=tuple(AnswerRow(f"text {number}", ("positive  98.0 %",) * 4) for number in range(3)),
    )
    window.attempts.show_state(state)
    table = window.attempts.findChild(QTableView, "try.answers")
    assert isinstance(table, QTableView)
    for scale in SCALES:
        theme.apply("light", scale)
        window.attempts.show_state(state)
        qtbot.wait(60)
        assert_readable(table, 200, scale)
