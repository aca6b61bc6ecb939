"""The page Compress as a person uses it; the worker's answers are made up, the rest is real."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from app.domain.errors import Problem
from app.domain.job import CompressSpec
from app.domain.model import ModelRecord
from app.domain.question import Refused, Tokenize, Tokenized, TokenizedText
from app.services.assembly import Services
from app.store.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.widgets.card import ElidedLabel
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.json_editor import JsonEditor
from app.views.widgets.notice import Notice
from tests.factories import make_model
from tests.gui.conftest import services_over, shown_over
from tests.gui.stage import dropping, press_shortcut
from tests.gui.test_try import Asked

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 10_000
SPECIAL = (True, False, False, True)
Kind = TypeVar("Kind")


class Page:
    """The window with Compress shown."""

    def __init__(self, qtbot: QtBot, services: Services, session: Asked, window: MainWindow) -> None:
        self.qtbot, self.services, self.session, self.window = qtbot, services, session, window

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.compress.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    @property
    def editor(self) -> JsonEditor:
        return self.find(JsonEditor, "compress.json")

    @property
    def why_not(self) -> str:
        return self.window.compress.summary.text()

    @property
    def target(self) -> QDoubleSpinBox:
        return self.find(QDoubleSpinBox, "field.sparsity.target")

    def wait_until_ready(self) -> None:
        self.qtbot.waitUntil(lambda: self.why_not == "Ready to start.", timeout=WAIT_MS)

    def type_number(self, box: QDoubleSpinBox | QSpinBox, text: str) -> None:
        box.setFocus()
        box.selectAll()
        self.qtbot.keyClicks(box, text)
        self.qtbot.keyClick(box, Qt.Key.Key_Return)

    def show_json(self) -> JsonEditor:
        self.window.compress.recipe.show_tab(1)
        return self.editor

    def replace_in_json(self, old: str, new: str) -> None:
        """Select a piece of the text and type over it."""
        editor = self.show_json()
        cursor = editor.document().find(old)
        assert not cursor.isNull(), old
        editor.setTextCursor(cursor)
        self.qtbot.keyClicks(editor, new)

    def cards(self) -> dict[str, QRadioButton]:
        found = self.window.compress.findChildren(QRadioButton)
        return {one.objectName().removeprefix("way."): one for one in found if one.isVisibleTo(self.window)}

    @property
    def chosen(self) -> str:
        return next(name for name, card in self.cards().items() if card.isChecked())


def page_over(qtbot: QtBot, qapp: QApplication, folder: Path, models: list[ModelRecord]) -> Iterator[Page]:
    workspace = Workspace.open(folder)
    for record in models:
        workspace.models.add(record)
    session = Asked()
    with shown_over(services_over(workspace, session), qapp) as bench:
        window = bench.built.window
        window.resize(1280, 800)
        window.show_page("compress")
        yield Page(qtbot, bench.services, session, window)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    for shown in page_over(qtbot, qapp, tmp_path / "workspace", [make_model(), make_model("m-9", "other")]):
        shown.wait_until_ready()
        yield shown


def test_the_ways_are_cards_with_what_they_do_and_the_suitable_one_is_marked(page: Page) -> None:
    cards = page.cards()
    assert list(cards) == ["jpqd-fast", "jpqd-best"]
    assert page.chosen == "jpqd-fast"
    assert cards["jpqd-fast"].accessibleName() == "JPQD, quick, recommended"
    said = cards["jpqd-fast"].accessibleDescription()
    assert "Removes 40 %" in said
    assert "Time not measured here yet" in said
    assert "Nothing was made from these" in said


def test_a_card_is_chosen_by_arrow_key_or_click_and_fills_form_and_json(page: Page) -> None:
    cards = page.cards()
    cards["jpqd-fast"].setFocus()
    page.qtbot.keyClick(cards["jpqd-fast"], Qt.Key.Key_Right)
    assert page.chosen == "jpqd-best"
    assert page.target.value() == 0.58
    assert json.loads(page.editor.toPlainText())["sparsity"]["target"] == 0.58

    page.qtbot.mouseClick(cards["jpqd-fast"], LEFT)
    assert page.target.value() == 0.4


def test_a_changed_setting_makes_an_own_card_that_can_be_left_and_taken_again(page: Page) -> None:
    page.type_number(page.target, "0.62")
    assert page.chosen == "own"
    assert "jpqd-fast, changed by hand" in page.cards()["own"].accessibleDescription()
    assert "Removes 62 %" in page.cards()["own"].accessibleDescription()

    page.qtbot.mouseClick(page.cards()["jpqd-best"], LEFT)
    assert page.target.value() == 0.58
    page.qtbot.mouseClick(page.cards()["own"], LEFT)
    assert page.target.value() == 0.62


def test_one_setting_or_all_are_reset(page: Page) -> None:
    page.type_number(page.target, "0.62")
    page.type_number(page.find(QDoubleSpinBox, "field.training.epochs"), "3")
    page.qtbot.mouseClick(page.find(QToolButton, "reset.sparsity.target"), LEFT)
    assert (page.target.value(), page.chosen) == (0.4, "own")

    page.qtbot.mouseClick(page.find(QToolButton, "compress.reset_all"), LEFT)

    assert page.chosen == "jpqd-fast"
    assert "own" not in page.cards()
    assert not page.find(QToolButton, "compress.reset_all").isVisible()


def test_a_number_out_of_range_stays_as_typed_and_its_field_says_the_range(page: Page) -> None:
    page.type_number(page.target, "1.5")

    assert page.target.value() == 1.5
    said = [one.text() for one in page.window.compress.findChildren(QLabel) if one.isVisible()]
    assert "1.5 is out of range: more than 0, less than 1." in said
    assert page.why_not == "Target sparsity: 1.5 is out of range: more than 0, less than 1."
    page.show_json()
    assert "sparsity.target: 1.5 is out of range" in page.editor.accessibleDescription()

    page.replace_in_json('"target": 1.5', '"target": 0.5')
    page.qtbot.waitUntil(lambda: page.target.value() == 0.5, timeout=WAIT_MS)
    page.wait_until_ready()


def test_the_form_follows_the_json_after_a_pause(page: Page) -> None:
    page.replace_in_json('"epochs": 2.0', '"epochs": 3')
    epochs = page.find(QDoubleSpinBox, "field.training.epochs")
    assert epochs.value() == 2
    page.qtbot.waitUntil(lambda: epochs.value() == 3, timeout=WAIT_MS)
    assert '"epochs": 3,' in page.editor.toPlainText()  # as it was typed, not rewritten
    assert page.chosen == "own"


def test_the_json_follows_the_form_at_once_and_keeps_the_cursor(page: Page) -> None:
    editor = page.show_json()
    cursor = editor.document().find('"epochs"')
    editor.setTextCursor(cursor)
    page.window.compress.field_edited.emit("sparsity.target", 0.55)

    assert json.loads(editor.toPlainText())["sparsity"]["target"] == 0.55
    assert editor.textCursor().selectedText() == '"epochs"'
    editor.undo()
    assert json.loads(editor.toPlainText())["sparsity"]["target"] == 0.4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"epochs": 2.0', '"epochs": 5000', "training.epochs: Expected float <= 1000"),
        ('"epochs": 2.0', '"epoch": 2.0', "training.epoch: Object contains unknown field epoch"),
        ('"epochs": 2.0,', '"epochs": 2.0', "Expecting ',' delimiter"),
    ],
)
def test_json_that_cannot_be_read_is_marked_at_its_line_and_the_form_stays(
    page: Page, old: str, new: str, says: str
) -> None:
    page.replace_in_json(old, new)
    page.qtbot.waitUntil(lambda: bool(page.editor.extraSelections()), timeout=WAIT_MS)

    reason = page.find(QLabel, "compress.json_reason").text()
    selections = page.editor.extraSelections()
    marked = selections[0].cursor.block()
    assert says in reason
    assert reason.startswith(f"Line {marked.blockNumber() + 1}: ")
    assert page.find(QDoubleSpinBox, "field.training.epochs").value() == 2
    assert not page.window.actions_by_id["compress.start"].isEnabled()
    assert "The JSON cannot be read" in page.why_not

    page.replace_in_json(new, old)
    page.wait_until_ready()
    assert page.editor.extraSelections() == []


def test_a_recipe_can_be_written_and_edited_as_an_nncf_config(page: Page) -> None:
    page.show_json()
    kind = page.find(QComboBox, "compress.json_kind")
    kind.setFocus()
    page.qtbot.keyClick(kind, Qt.Key.Key_Down)
    document = json.loads(page.editor.toPlainText())
    assert [one["algorithm"] for one in document["compression"]] == ["movement_sparsity", "quantization"]
    page.replace_in_json('"target_share": 0.4', '"target_share": 0.7')
    page.qtbot.waitUntil(lambda: page.target.value() == 0.7, timeout=WAIT_MS)
    assert page.find(QDoubleSpinBox, "field.training.epochs").value() == 2

    page.replace_in_json('"power": 3.0', '"power": "x"')
    page.qtbot.waitUntil(lambda: bool(page.editor.extraSelections()), timeout=WAIT_MS)
    assert "compression[0].params.power" in page.find(QLabel, "compress.json_reason").text()


def test_an_nncf_config_that_is_pasted_is_understood(page: Page) -> None:
    editor = page.show_json()
    config = {
        "algorithm": "movement_sparsity",
        "params": {
            "warmup_start_epoch": 1,
            "warmup_end_epoch": 1.5,
            "importance_regularization_factor": 0.1,
            "enable_structured_masking": False,
        },
        "sparse_structure_by_scopes": [{"mode": "fine", "target_scopes": "{re}.*BertAttention.*"}],
    }
    QGuiApplication.clipboard().setText(json.dumps(config))
    editor.selectAll()
    editor.paste()
    page.qtbot.waitUntil(lambda: page.chosen == "own", timeout=WAIT_MS)
    assert page.find(QComboBox, "compress.json_kind").currentData() == "nncf"
    assert not page.target.isEnabled()


def test_a_recipe_file_is_dropped_taken_and_written_again(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"method": "jpqd", "name": "mine", "sparsity": {"target": 0.33}}')
    (veil,) = page.window.compress.findChildren(DropVeil)
    with dropping(page.window.compress, tmp_path):
        assert not veil.isVisible(), "a folder is nothing that this page takes"
    with dropping(page.window.compress, path):
        assert veil.isVisible()
    assert not veil.isVisible()
    page.qtbot.waitUntil(lambda: page.chosen == "own", timeout=WAIT_MS)
    assert page.target.value() == 0.33
    assert "From the file mine.json" in page.cards()["own"].accessibleDescription()

    out = tmp_path / "out.json"
    page.type_number(page.target, "0.44")
    page.window.compress.recipe_target_chosen.emit(str(out))
    assert json.loads(out.read_text())["sparsity"]["target"] == 0.44
    page.window.compress.recipe_target_chosen.emit(str(tmp_path / "gone" / "out.json"))
    notice = page.window.compress.notice
    assert notice.accessibleName().startswith("The recipe was not saved")


def test_a_file_that_is_no_recipe_is_told_and_changes_nothing(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"method": "jpqd", "training": {"epochs": -1}}')
    page.window.compress.recipe_file_chosen.emit(str(path))
    notice = page.window.compress.notice
    page.qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert "training.epochs" in notice.accessibleName()
    assert (page.chosen, page.target.value()) == ("jpqd-fast", 0.4)


def answer(question: Tokenize, **changes: object) -> Tokenized:
    fields: dict[str, object] = {
        "examples": (
            TokenizedText("positive", ("[CLS]", "love", "##ly", "[SEP]"), SPECIAL, 4),
            TokenizedText(
                "negative", ("[CLS]", "so", "dull", "[SEP]"), (True, False, False, True), 6, ("a", "b")
            ),
        ),
        "lengths": ((4, 900), (20, 90), (70, 10)),
        "counted": 1_000,
        "rows": 9_600,
        "is_whole": True,
        "labels": (("negative", 600), ("positive", 400)),
        "limit": 512,
    }
    return Tokenized(**(fields | changes))  # type: ignore[arg-type]


def asked_of(page: Page, count: int = 1) -> list[Tokenize]:
    def asked() -> list[Tokenize]:
        return [one for one in page.session.questions if isinstance(one, Tokenize)]

    page.qtbot.waitUntil(lambda: len(asked()) >= count, timeout=WAIT_MS)
    return asked()


def test_data_is_tokenized_only_once_somebody_looks(page: Page) -> None:
    page.qtbot.wait(400)
    assert [one for one in page.session.questions if isinstance(one, Tokenize)] == []
    page.window.compress.recipe.show_tab(2)
    (question,) = asked_of(page)
    assert (question.model.id, question.data.split, question.max_length) == ("m-1", "train", 64)
    notice = page.window.compress.data.notice
    assert notice.accessibleName().startswith("Reading and tokenizing")

    page.session.answered.emit(question, answer(question))

    data = page.window.compress.data
    assert not notice.isVisible()
    assert data.histogram.table()[1:] == [(4, 900, False), (20, 90, False), (70, 10, True)]
    assert "20–21 tokens: 90 sentences, 9.0 %" in data.histogram.reading_at(data.histogram._x(20.5))
    assert page.find(QLabel, "compress.cut").text() == (
        "10 of the sentences (1.0 %) are longer than 64 tokens and are cut. "
        "Counted on 1,000 sentences drawn from 9,600."
    )
    assert data.balance.table()[1:] == [("negative", 600), ("positive", 400)]
    flows = [flow for _, flow in data._rows if flow.isVisible()]
    assert [flow.accessibleName() for flow in flows] == ["[CLS] love ##ly [SEP]", "[CLS] so dull [SEP]"]
    assert flows[1].accessibleDescription() == "Cut: a b"


def test_a_longer_input_moves_the_line_at_once_and_asks_anew(page: Page) -> None:
    page.window.compress.recipe.show_tab(2)
    (question,) = asked_of(page)
    page.session.answered.emit(question, answer(question))
    page.window.compress.field_edited.emit("training.max_length", 128)
    assert "None is cut: the longest has 70 tokens" in page.find(QLabel, "compress.cut").text()
    assert asked_of(page, 2)[1].max_length == 128


def test_data_that_cannot_be_tokenized_says_why_and_other_data_is_asked_about(page: Page) -> None:
    page.window.compress.recipe.show_tab(2)
    (question,) = asked_of(page)
    problem = Problem("data_unreadable", "train.tsv cannot be read.", "Export it again.")
    page.session.answered.emit(question, Refused(problem))
    notice = page.window.compress.data.notice
    assert notice.accessibleName() == "train.tsv cannot be read. Export it again."

    box = page.find(QComboBox, "compress.train")
    box.setFocus()
    page.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert notice.accessibleName().startswith("Reading and tokenizing")
    second = asked_of(page, 2)[1]
    assert second.data.split == "evaluation"
    page.session.answered.emit(question, answer(question))  # too late
    assert notice.isVisible()


def test_a_class_without_sentences_or_with_nearly_all_is_pointed_out(page: Page) -> None:
    page.window.compress.recipe.show_tab(2)
    (question,) = asked_of(page)
    for labels, says in (
        ((("negative", 0), ("positive", 9)), "No sentence at all for: negative."),
        ((("negative", 90), ("positive", 10)), "90.0 % of the sentences are of one class"),
    ):
        page.session.answered.emit(question, answer(question, labels=labels))
        assert says in " ".join(one.text() for one in page.window.compress.data.findChildren(QLabel))


def test_from_the_first_key_to_the_start_by_keyboard_alone(page: Page) -> None:
    qtbot, window = page.qtbot, page.window
    control = Qt.KeyboardModifier.ControlModifier

    def focused() -> str:
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.objectName()

    def tab_to(name: str) -> None:
        for _ in range(60):
            if focused() == name:
                return
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        pytest.fail(f"{name} is not reached by Tab")

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key)

    qtbot.keyClick(window, Qt.Key.Key_1, control)
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    assert focused() == "compress.model"
    press(Qt.Key.Key_Down)
    tab_to("compress.train")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    tab_to("way.jpqd-fast")
    press(Qt.Key.Key_Right)
    assert focused() == "way.jpqd-best"
    tab_to("compress.tabs")
    tab_to("field.sparsity.target")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, control)
    qtbot.keyClicks(QApplication.focusWidget(), "0.61")
    press(Qt.Key.Key_Return)
    page.wait_until_ready()
    qtbot.keyClick(window, Qt.Key.Key_Return, control)

    assert window.current_page == "jobs"
    (job,) = page.services.queue.jobs()
    assert isinstance(job.spec, CompressSpec)
    assert (job.spec.model.id, job.spec.recipe.sparsity.target) == ("m-9", 0.61)
    assert job.spec.recipe.training.epochs == 6
    page.services.queue.cancel(job.run_id)


def test_a_second_start_gets_another_name_and_one_that_is_taken_is_refused(page: Page) -> None:
    start, name = page.window.actions_by_id["compress.start"], page.find(QLineEdit, "compress.name")
    first = name.text()
    start.trigger()
    page.window.show_page("compress")
    page.wait_until_ready()
    assert name.text() == f"{first}-2"
    name.selectAll()
    page.qtbot.keyClicks(name, first)
    page.wait_until_ready()
    start.trigger()
    assert f" called “{first}” already." in page.window.compress.notice.accessibleName()
    (job,) = page.services.queue.jobs()
    page.services.queue.cancel(job.run_id)


def test_what_was_typed_into_the_json_a_moment_ago_counts_at_the_start(page: Page) -> None:
    page.replace_in_json('"target": 0.4', '"target": 0.25')
    page.window.actions_by_id["compress.start"].trigger()
    assert page.services.queue.jobs() == []  # it is checked first, and then started
    page.qtbot.waitUntil(lambda: len(page.services.queue.jobs()) == 1, timeout=WAIT_MS)
    (job,) = page.services.queue.jobs()
    assert isinstance(job.spec, CompressSpec)
    assert job.spec.recipe.sparsity.target == 0.25
    page.services.queue.cancel(job.run_id)


@pytest.mark.parametrize("way", ["shortcut", "mouse"])
def test_a_number_that_is_still_being_typed_counts_at_the_start(page: Page, way: str) -> None:
    epochs = page.find(QDoubleSpinBox, "field.training.epochs")
    epochs.setFocus()
    epochs.selectAll()
    page.qtbot.keyClicks(epochs, "9")
    if way == "mouse":
        page.qtbot.mouseClick(page.window.findChild(QPushButton, "button.compress.start"), LEFT)
    else:
        press_shortcut(page.window, "Ctrl+Return")
    page.qtbot.waitUntil(lambda: len(page.services.queue.jobs()) == 1, timeout=WAIT_MS)
    (job,) = page.services.queue.jobs()
    assert isinstance(job.spec, CompressSpec)
    assert job.spec.recipe.training.epochs == 9
    page.services.queue.cancel(job.run_id)


def test_a_wish_to_start_is_dropped_when_something_else_is_chosen_before_it_was_checked(page: Page) -> None:
    page.replace_in_json('"target": 0.4', '"target": 0.25')
    page.window.actions_by_id["compress.start"].trigger()
    page.type_number(page.find(QDoubleSpinBox, "field.training.epochs"), "3")
    page.qtbot.waitUntil(lambda: page.why_not == "Ready to start.", timeout=WAIT_MS)
    QTest.qWait(300)
    assert page.services.queue.jobs() == []


def test_form_and_json_stand_beside_each_other_and_behind_tabs_where_it_is_too_narrow(page: Page) -> None:
    tabs = page.window.compress.recipe.tabs
    narrow = (["Settings", "JSON", "Data"], False)
    for width, (titles, is_beside) in ((1280, (["Settings and JSON", "Data"], True)), (1040, narrow)):
        page.window.resize(width, 800)
        page.qtbot.waitUntil(lambda wanted=is_beside: page.editor.isVisible() == wanted, timeout=WAIT_MS)
        assert page.target.isVisible()
        assert [tabs.tabText(place) for place in range(3) if tabs.isTabVisible(place)] == titles


def test_without_a_model_the_page_says_what_is_missing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    for page in page_over(qtbot, qapp, tmp_path / "workspace", []):
        assert page.why_not == "There is no model to compress yet: add one on the page Models."
        assert page.find(QPlainTextEdit, "compress.command").toPlainText() == ""
        assert not page.window.actions_by_id["compress.copy_python"].isEnabled()
        assert all("recommended" not in card.accessibleName() for card in page.cards().values())
        page.window.compress.recipe.show_tab(2)
        page.qtbot.wait(300)
        assert "A model is needed" in page.window.compress.data.findChildren(Notice)[0].accessibleName()


def test_the_empty_page_offers_the_starter_and_the_page_models(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    for page in page_over(qtbot, qapp, tmp_path / "workspace", []):
        notice = page.window.compress.notice
        assert notice.isVisible()
        qtbot.mouseClick(page.find(QPushButton, "notice.models"), LEFT)
        assert page.window.current_page == "models"
        page.window.show_page("compress")
        qtbot.mouseClick(page.find(QPushButton, "notice.starter"), LEFT)
        assert not notice.isVisible()
        assert page.why_not.startswith("The starter model is being imported")
        page.wait_until_ready()
        assert page.find(QComboBox, "compress.model").currentText() == "sentiment"


def test_hundreds_of_models_with_long_names_do_not_widen_the_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    models = [make_model(f"m-{n}", f"a-model-with-a-name-that-goes-on-and-on-{n:04}") for n in range(300)]
    for page in page_over(qtbot, qapp, tmp_path / "workspace", models):
        page.wait_until_ready()
        assert page.find(QComboBox, "compress.model").count() == 300
        page.window.compress.field_edited.emit("sparsity.target", 0.5)
        assert page.window.width() == 1280


def test_what_was_checked_says_what_it_waits_for_while_a_setting_is_wrong(page: Page) -> None:
    name = page.find(QLineEdit, "compress.name").text()
    page.window.compress.field_edited.emit("training.epochs", 0.5)
    page.qtbot.wait(300)
    said = [one.text() for one in page.window.compress.findChildren(QLabel) if one.isVisible()]
    texts = [*said, *(one.text() for one in page.window.compress.findChildren(ElidedLabel))]
    assert "Correct the marked settings first." in texts
    assert page.find(QLineEdit, "compress.name").text() == name != ""
