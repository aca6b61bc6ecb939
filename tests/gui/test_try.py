"""The page Try as a person uses it; the worker's answers are made up, the rest is real."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.errors import Problem
from app.domain.question import Classified, Classify, Devices, ListDevices, Question, Refused
from app.services.assembly import Services
from app.services.engine_session import EngineSession
from app.store.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.plots.confidence_bars import ConfidenceBars
from app.views.widgets.drop_veil import DropVeil
from tests.factories import DEVICES, make_model, make_variant
from tests.gui.conftest import services_over, shown_over
from tests.gui.stage import dropping

LEFT = Qt.MouseButton.LeftButton
LABELS = ("negative", "positive")
Kind = TypeVar("Kind")


class Asked(EngineSession):
    """Notes what is asked; answers come when a test gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Question] = []

    @override
    def ask(self, question: Question) -> None:
        self.questions.append(question)

    @property
    def classified(self) -> list[Classify]:
        return [question for question in self.questions if isinstance(question, Classify)]

    def answer(self, question: Classify, *positive: float, ms: Sequence[float] = ()) -> None:
        """Answer with these probabilities of the class positive, one a text."""
        rows = tuple((1 - share, share) for share in positive)
        times = tuple(ms) or (2.0,) * len(rows)
        self.answered.emit(question, Classified(LABELS, rows, times, 80.0, "CPU", "f32"))


class Page:
    """The window with Try shown, over two models."""

    def __init__(self, qtbot: QtBot, services: Services, session: Asked, window: MainWindow) -> None:
        self.qtbot, self.services, self.session, self.window = qtbot, services, session, window

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, f"try.{name}")
        assert isinstance(found, kind), name
        return found

    def type_texts(self, text: str) -> list[Classify]:
        """Type and return what the models are asked once typing pauses."""
        before = len(self.session.classified)
        self.find(QPlainTextEdit, "text").setPlainText(text)
        self.qtbot.waitUntil(lambda: len(self.session.classified) > before, timeout=3_000)
        return self.session.classified[before:]

    def cells(self) -> list[list[str]]:
        model = self.find(QTableView, "answers").model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def words(self) -> list[str]:
        """Return what the labels of the page say."""
        labels = self.window.attempts.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def bars(self) -> list[str]:
        return [
            bars.accessibleDescription()
            for bars in self.window.attempts.findChildren(ConfidenceBars)
            if bars.isVisible()
        ]


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    workspace = Workspace.open(tmp_path / "workspace")
    for record in (make_model(), make_variant(), make_model("m-3", "other")):
        workspace.models.add(record)
    session = Asked()
    with shown_over(services_over(workspace, session), qapp) as bench:
        bench.built.window.show_page("try")
        yield Page(qtbot, bench.services, session, bench.built.window)


def test_what_is_typed_is_asked_of_the_variant_and_its_original(page: Page) -> None:
    asked = page.type_texts("A lovely day\n\n  Never again \nA lovely day")

    assert [question.model.id for question in asked] == ["m-1", "m-2"]
    assert {question.texts for question in asked} == {("A lovely day", "Never again")}
    page.session.answer(asked[0], 0.98, 0.03)
    page.session.answer(asked[1], 0.91, 0.55)
    assert page.cells() == [
        ["A lovely day", "positive  98.0 %", "positive  91.0 %", "= agree"],
        ["Never again", "negative  97.0 %", "positive  55.0 %", "≠ differ"],
    ]
    assert page.bars() == ["negative 2.0 %, positive 98.0 %", "negative 9.0 %, positive 91.0 %"]


def test_a_model_that_has_not_answered_yet_is_being_asked_and_then_tells_its_times(page: Page) -> None:
    first, second = page.type_texts("One\nTwo\nThree")
    assert [text for text in page.words() if text == "Asking…"] == ["Asking…"] * 2

    page.session.answer(first, 0.9, 0.8, 0.7, ms=[2.0, 4.0, 30.0])
    assert "now 2.0 ms · p50 4.0 ms · p95 30.0 ms · 250 /s · ran in f32" in page.words()
    page.session.answer(second, 0.9, 0.2, 0.7, ms=[1.0, 1.2, 1.4])
    assert "now 1.0 ms · p50 1.2 ms · p95 1.4 ms · 833 /s · ran in INT8, f32" in page.words()
    assert "agree on 2 of 3" in page.words()

    page.find(QTableView, "answers").selectRow(2)
    assert "now 30.0 ms · p50 4.0 ms · p95 30.0 ms · 250 /s · ran in f32" in page.words()


def test_a_file_of_texts_is_dropped_or_opened_and_one_that_is_none_is_told(
    page: Page, tmp_path: Path
) -> None:
    texts, picture = tmp_path / "texts.txt", tmp_path / "picture.png"
    texts.write_text("One\nTwo\n", "utf-8")
    picture.write_bytes(b"\x89PNG\xff")
    view = page.window.attempts
    (veil,) = view.findChildren(DropVeil)
    with dropping(view, texts):
        assert veil.isVisible()
    assert not veil.isVisible()
    assert page.find(QPlainTextEdit, "text").toPlainText() == "One\nTwo\n"

    for wrong, said in ((picture, "picture.png is not UTF-8 text."), (tmp_path, "cannot be read")):
        page.qtbot.mouseClick(page.find(QPushButton, "open"), LEFT)
        dialog = page.find(QFileDialog, "open_dialog")
        dialog.fileSelected.emit(str(wrong))
        dialog.close()
        page.qtbot.waitUntil(lambda said=said: any(said in word for word in page.words()), timeout=3_000)
    assert page.find(QPlainTextEdit, "text").toPlainText() == "One\nTwo\n", "nothing is lost"


def test_a_worker_that_was_started_again_is_told(page: Page) -> None:
    page.session.restarted.emit()
    assert "The worker that answers here had ended and was started again." in page.words()


def test_choosing_a_text_shows_its_bars_and_differences_can_be_filtered(page: Page) -> None:
    first, second = page.type_texts("One\nTwo\nThree")
    page.session.answer(first, 0.9, 0.8, 0.7)
    page.session.answer(second, 0.9, 0.2, 0.7)

    page.find(QTableView, "answers").selectRow(1)
    assert page.bars() == ["negative 20.0 %, positive 80.0 %", "negative 80.0 %, positive 20.0 %"]
    assert page.window.attempts.summary.text() == "“Two”", "which of them the cards answer"
    page.find(QCheckBox, "differences").setChecked(True)
    assert [row[0] for row in page.cells()] == ["Two"]


def test_what_is_selected_instead_is_told_once_no_row_is_on_its_way_out(page: Page) -> None:
    first, second = page.type_texts("One\nTwo\nThree")
    page.session.answer(first, 0.9, 0.8, 0.7)
    page.session.answer(second, 0.9, 0.2, 0.7)
    table = page.find(QTableView, "answers")
    told: list[str] = []
    table.model().rowsAboutToBeRemoved.connect(lambda: told.append("rows go"))
    table.model().rowsRemoved.connect(lambda: told.append("rows are gone"))
    page.window.attempts.row_selected.connect(lambda row: told.append(f"row {row}"))

    page.find(QCheckBox, "differences").setChecked(True)

    assert [row[0] for row in page.cells()] == ["Two"]
    assert told[-1] == "row 1"
    assert told[:-1].count("rows go") == told[:-1].count("rows are gone") > 0
    assert page.window.attempts.summary.text() == "“Two”"


def test_all_texts_are_shown_again_when_the_filter_goes_with_the_second_model(page: Page) -> None:
    first, second = page.type_texts("One\nTwo\nThree")
    page.session.answer(first, 0.9, 0.8, 0.7)
    page.session.answer(second, 0.9, 0.2, 0.7)
    box = page.find(QCheckBox, "differences")
    box.setChecked(True)

    page.qtbot.mouseClick(page.find(QToolButton, "remove2"), LEFT)

    assert not box.isVisible()
    assert [row[0] for row in page.cells()] == ["One", "Two", "Three"]


def test_an_answer_to_what_nobody_asks_any_more_is_not_shown(page: Page) -> None:
    first, _ = page.type_texts("One")
    model = page.find(QComboBox, "model1")
    model.setCurrentIndex(model.findData("m-3"))
    model.activated.emit(model.currentIndex())

    page.session.answer(first, 0.99)

    assert page.cells()[0][1] == ""
    assert page.session.classified[-1].model.id == "m-3"


def test_device_and_precision_are_asked_for_and_a_refusal_is_said_in_its_card(page: Page) -> None:
    page.session.answered.emit(ListDevices(), Devices(DEVICES))
    page.type_texts("One")
    for name, value in (("device2", "GPU.0"), ("precision2", "bf16")):
        box = page.find(QComboBox, name)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    asked = page.session.classified[-1]
    assert (asked.place, asked.model.id, asked.device, asked.precision) == (1, "m-2", "GPU.0", "bf16")

    problem = Problem("compile_failed", "The model cannot be compiled for GPU.0.", "Choose another device.")
    page.session.answered.emit(asked, Refused(problem))

    said = [one.text() for one in page.window.attempts.findChildren(QLabel) if one.isVisible()]
    assert "The model cannot be compiled for GPU.0. Choose another device." in said
    assert len(page.bars()) == 1


def test_models_come_and_go_up_to_four_by_keyboard_and_mouse(page: Page) -> None:
    page.type_texts("One")
    for _ in range(3):
        page.qtbot.keyClick(page.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    shown = [page.find(QComboBox, f"model{number}").isVisible() for number in range(1, 5)]
    assert shown == [True] * 4
    assert not page.window.actions_by_id["try.add"].isEnabled()
    assert page.session.classified[-2].model.id == "m-3"

    for _ in range(3):
        page.qtbot.mouseClick(page.find(QToolButton, "remove1"), LEFT)
    assert not page.find(QComboBox, "model2").isVisible()
    assert not page.find(QToolButton, "remove1").isVisible()


def test_a_choice_for_a_card_that_has_gone_meanwhile_is_let_go(page: Page) -> None:
    page.type_texts("One")
    last = page.find(QComboBox, "model2")
    page.qtbot.mouseClick(page.find(QToolButton, "remove1"), LEFT)
    asked = len(page.session.classified)
    last.activated.emit(0)
    assert len(page.session.classified) == asked
    assert page.find(QComboBox, "model1").currentData() == "m-2"


def test_a_long_list_waits_for_run(page: Page) -> None:
    page.find(QPlainTextEdit, "text").setPlainText("\n".join(f"text {number}" for number in range(400)))
    page.qtbot.wait(500)
    assert page.session.classified == []
    assert "400 texts" in page.window.attempts.summary.text()

    page.qtbot.keyClick(page.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [len(question.texts) for question in page.session.classified] == [400, 400]


def test_samples_fill_the_field_and_clear_empties_it(page: Page) -> None:
    page.qtbot.mouseClick(page.find(QPushButton, "samples"), LEFT)
    assert len(page.cells()) >= 6
    page.qtbot.mouseClick(page.find(QPushButton, "clear"), LEFT)
    assert page.cells() == []


def test_a_page_that_comes_up_by_mouse_shows_no_ring_and_tab_leads_into_it(page: Page, qtbot: QtBot) -> None:
    button = page.window.findChild(QToolButton, "rail.compress")
    assert isinstance(button, QToolButton)
    qtbot.mouseClick(button, LEFT)
    assert page.window.current_page == "compress"
    assert page.window.focusWidget() is page.window.compress
    qtbot.keyClick(page.window.compress, Qt.Key.Key_Tab)
    focused = page.window.focusWidget()
    assert page.window.compress.isAncestorOf(focused)
    page.window.show_page("try")
    assert page.window.focusWidget() is page.find(QPlainTextEdit, "text")


def test_without_a_model_the_page_offers_the_starter(page: Page, qtbot: QtBot) -> None:
    notice = page.window.attempts.notice
    assert notice.state is None
    for model in page.services.models.models():
        page.services.models.trash(model.id)
    qtbot.waitUntil(lambda: notice.state is not None, timeout=3_000)
    button = notice.findChild(QPushButton, "notice.models")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, LEFT)
    assert page.window.current_page == "models"
