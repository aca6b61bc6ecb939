"""Pages driven by mouse and keyboard, with made-up states."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from app.domain.dataset import ColumnMap
from app.domain.form import tree_of, with_value
from app.domain.job import Phase
from app.domain.model import is_address
from app.domain.recipe import JpqdRecipe
from app.domain.series import RunSeries
from app.itemmodels.job_list import JobCard
from app.itemmodels.model_tree import ModelRow
from app.views.main_window import MainWindow
from app.views.pages.compress_page import CompressState, FindingRow
from app.views.pages.jobs_page import JobsState
from app.views.pages.model_details import DetailsState
from app.views.pages.models_page import ModelsState
from app.views.widgets.chooser import Choice
from app.views.widgets.column_mapping import MappingState
from app.views.widgets.head_history import HeadHistory
from app.views.widgets.notice import NoticeAction, NoticeState, Severity
from app.views.widgets.way_cards import WayCard
from tests.factories import make_job, make_measurements, make_model, make_run, make_variant, state_after

LEFT = Qt.MouseButton.LeftButton
PLAIN = tree_of(JpqdRecipe())
COMPRESS = CompressState(
    models=(Choice("m-1", "sentiment"), Choice("m-2", "other")),
    model_id="m-1",
    ways=(
        WayCard(id="jpqd-fast", title="JPQD, quick", when="A first look."),
        WayCard(id="jpqd-best", title="JPQD, thorough", when="To ship.", badge="recommended"),
    ),
    way="jpqd-fast",
    datasets=(Choice("d-1", "reviews"),),
    train_id="d-1",
    values=PLAIN,
    recipe_values=PLAIN,
    command="whittle compress sentiment jpqd-fast",
)


def show_models(window: MainWindow, selected: str = "m-2") -> QTreeView:
    rows = (ModelRow(make_model()), ModelRow(make_variant()), ModelRow(make_model("m-9", "other")))
    figures = tuple(make_measurements("m-2", p50_ms=2.1, accuracy=0.9, size=1e7))
    window.models.show_state(ModelsState(rows, selected, DetailsState(measurements=figures)))
    tree = window.models.findChild(QTreeView, "models.tree")
    assert isinstance(tree, QTreeView)
    return tree


def test_an_empty_workspace_offers_one_card(window: MainWindow, qtbot: QtBot) -> None:
    window.models.show_state(ModelsState())
    start = window.models.findChild(QPushButton, "models.starter")
    assert isinstance(start, QPushButton)
    with qtbot.waitSignal(window.models.starter_requested):
        qtbot.keyClick(start, Qt.Key.Key_Space)


def test_arrow_keys_select_models_and_showing_the_answer_asks_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    tree = show_models(window, "m-1")
    with qtbot.waitSignal(window.models.model_selected) as told:
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert told.args == ["m-2"]
    with qtbot.assertNotEmitted(window.models.model_selected):
        show_models(window, "m-2")
    assert tree.currentIndex().data() == "jpqd-fast"


def test_a_new_row_leaves_the_selection_where_it_was(window: MainWindow) -> None:
    tree = show_models(window)
    rows = (ModelRow(make_model("m-0", "first")), ModelRow(make_model()), ModelRow(make_variant()))
    window.models.show_state(ModelsState(rows, "m-2"))
    assert tree.currentIndex().data() == "jpqd-fast"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bert-base/uncased", True),
        ("https://huggingface.co/a/b", True),
        ("sentiment", False),
        ("a / b", False),
    ],
)
def test_an_address_is_told_from_a_word(text: str, *, expected: bool) -> None:
    assert is_address(text) is expected


def test_a_pasted_hub_id_is_imported_and_a_word_filters(window: MainWindow, qtbot: QtBot) -> None:
    tree = show_models(window)
    with qtbot.waitSignal(window.models.import_requested) as told:
        qtbot.keyClicks(window.models.search, "org/model")
        qtbot.keyClick(window.models.search, Qt.Key.Key_Return)
    assert told.args == ["org/model"]
    qtbot.keyClicks(window.models.search, "jpqd")
    model = tree.model()
    assert (model.rowCount(), model.index(0, 0).data()) == (1, "sentiment")


def test_a_notice_says_what_to_do_and_closes(window: MainWindow, qtbot: QtBot) -> None:
    notice = window.models.notice
    notice.show_state(NoticeState(Severity.ERROR, "Broken.", "Mend it.", (NoticeAction("undo", "Undo"),)))
    button = notice.findChild(QPushButton, "notice.undo")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(notice.action_requested) as told:
        qtbot.mouseClick(button, LEFT)
    assert told.args == ["undo"]
    close = next(one for one in notice.findChildren(QToolButton) if one.isVisible())
    with qtbot.waitSignal(notice.closed):
        qtbot.mouseClick(close, LEFT)
    assert not notice.isVisible()


def find(window: MainWindow, kind: type, name: str) -> object:
    found = window.compress.findChild(kind, name)
    assert found is not None, name
    return found


def test_the_form_shows_values_and_tells_edits_as_plain_data(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compress")
    window.compress.show_state(COMPRESS)
    told: list[tuple[str, object]] = []
    window.compress.field_edited.connect(lambda path, value: told.append((path, value)))
    target, tick = (
        find(window, QDoubleSpinBox, "field.sparsity.target"),
        find(window, QCheckBox, "tick.sparsity.target"),
    )
    batch, int8 = (
        find(window, QSpinBox, "field.training.batch_size"),
        find(window, QCheckBox, "field.quantization.enabled"),
    )
    assert isinstance(target, QDoubleSpinBox)
    assert isinstance(tick, QCheckBox)
    assert isinstance(batch, QSpinBox)
    assert isinstance(int8, QCheckBox)
    assert (target.value(), target.text(), batch.value(), int8.isChecked()) == (0.4, "0.4", 32, True)
    target.selectAll()
    qtbot.keyClicks(target, "0.55")
    qtbot.keyClick(target, Qt.Key.Key_Return)
    qtbot.keyClick(batch, Qt.Key.Key_Up)
    qtbot.keyClick(int8, Qt.Key.Key_Space)
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert told == [
        ("sparsity.target", 0.55),
        ("training.batch_size", 33),
        ("quantization.enabled", False),
        ("sparsity.target", None),
    ]


def test_a_small_number_is_written_as_short_as_it_can_be(window: MainWindow) -> None:
    window.compress.show_state(COMPRESS)
    rate = find(window, QDoubleSpinBox, "field.training.learning_rate")
    assert isinstance(rate, QDoubleSpinBox)
    assert (rate.text(), rate.value()) == ("5e-05", 5e-05)


def test_a_number_out_of_range_is_told_as_it_was_typed_and_the_arrows_stay_inside(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_page("compress")
    window.compress.show_state(COMPRESS)
    told: list[tuple[str, object]] = []
    window.compress.field_edited.connect(lambda path, value: told.append((path, value)))
    weight = find(window, QDoubleSpinBox, "field.distillation.weight")
    batch = find(window, QSpinBox, "field.training.batch_size")
    assert isinstance(weight, QDoubleSpinBox)
    assert isinstance(batch, QSpinBox)
    weight.selectAll()
    qtbot.keyClicks(weight, "7")
    qtbot.keyClick(weight, Qt.Key.Key_Return)
    assert told == [("distillation.weight", 7.0)]

    batch.setValue(2)
    for _ in range(4):
        qtbot.keyClick(batch, Qt.Key.Key_Down)
    assert batch.value() == 1


def test_showing_a_state_tells_no_edit(window: MainWindow, qtbot: QtBot) -> None:
    window.compress.show_state(COMPRESS)
    with qtbot.assertNotEmitted(window.compress.field_edited):
        window.compress.show_state(
            msgspec.structs.replace(COMPRESS, values=with_value(PLAIN, "sparsity.ignored", ["a", "b"]))
        )


def test_a_wrong_field_shows_its_reason_and_is_reset(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compress")
    values = with_value(PLAIN, "training.epochs", 0.5)
    window.compress.show_state(
        msgspec.structs.replace(
            COMPRESS, values=values, reasons={"training.epochs": "Too short."}, why_not="No."
        )
    )
    reasons = [one.text() for one in window.compress.findChildren(QLabel) if one.property("role") == "reason"]
    assert [text for text in reasons if text] == ["Too short."]
    assert not window.actions_by_id["compress.start"].isEnabled()
    reset = find(window, QToolButton, "reset.training.epochs")
    assert isinstance(reset, QToolButton)
    with qtbot.waitSignal(window.compress.reset_requested) as told:
        qtbot.mouseClick(reset, LEFT)
    assert told.args == ["training.epochs"]


def test_a_hidden_field_that_is_wrong_opens_all_settings(window: MainWindow) -> None:
    window.show_page("compress")
    window.compress.show_state(COMPRESS)
    assert window.compress.findChild(QPlainTextEdit, "field.sparsity.rules") is None
    window.compress.show_state(msgspec.structs.replace(COMPRESS, reasons={"sparsity.rules": "Wrong."}))
    rules = find(window, QPlainTextEdit, "field.sparsity.rules")
    assert isinstance(rules, QPlainTextEdit)
    assert rules.isVisible()
    assert "structure" in rules.toPlainText()


def test_rules_are_edited_as_json_lines(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compress")
    window.compress.show_state(COMPRESS)
    toggle = find(window, QToolButton, "all_settings")
    assert isinstance(toggle, QToolButton)
    qtbot.mouseClick(toggle, LEFT)
    told: list[tuple[str, object]] = []
    window.compress.field_edited.connect(lambda path, value: told.append((path, value)))
    rules = find(window, QPlainTextEdit, "field.sparsity.rules")
    assert isinstance(rules, QPlainTextEdit)
    rules.setPlainText('{"target": "query", "mode": "fine"}\nnonsense')
    assert told[-1] == ("sparsity.rules", [{"target": "query", "mode": "fine"}, "nonsense"])


def test_choosers_and_findings_show_what_they_are_given(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compress")
    window.compress.show_state(
        msgspec.structs.replace(
            COMPRESS, findings=(FindingRow(Severity.WARNING, "Little data", "300 sentences"),)
        )
    )
    model = find(window, QComboBox, "compress.model")
    assert isinstance(model, QComboBox)
    assert model.currentText() == "sentiment"
    with qtbot.waitSignal(window.compress.model_chosen) as told:
        qtbot.keyClick(model, Qt.Key.Key_Down)
        model.activated.emit(model.currentIndex())
    assert told.args == ["m-2"]
    assert "Little data" in [one.text() for one in window.compress.findChildren(QLabel)]


def test_columns_are_confirmed_as_they_were_guessed(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compress")
    state = MappingState(
        "/data/a.csv", ("id", "review", "label"), ColumnMap("review", "label"), (("1", "Good", "1"),)
    )
    window.compress.show_state(msgspec.structs.replace(COMPRESS, mapping=state))
    use = find(window, QPushButton, "mapping.use")
    assert isinstance(use, QPushButton)
    with qtbot.waitSignal(window.compress.mapping.confirmed) as told:
        qtbot.mouseClick(use, LEFT)
    assert told.args == [ColumnMap("review", "label", None)]


def show_jobs(window: MainWindow) -> RunSeries:
    window.show_page("jobs")
    events = make_run(until=900)
    running = state_after(events)
    jobs = (
        make_job("r-1", state=running),
        make_job("r-2", "JPQD · other", msgspec.structs.replace(running, phase=Phase.INTERRUPTED)),
    )
    window.jobs.show_state(
        JobsState(tuple(JobCard(job, "status") for job in jobs), "r-1", "1 running", has_training=True)
    )
    series = RunSeries()
    series.add(events)
    window.jobs.show_series(series, is_live=True)
    return series


def test_a_log_that_is_being_read_is_not_called_empty(window: MainWindow) -> None:
    show_jobs(window)

    def notes() -> list[str]:
        return [one.text() for one in window.jobs.findChildren(QLabel) if one.isVisible()]

    window.jobs.show_series(RunSeries(), is_live=False, is_loading=True)
    assert "Reading the log…" in notes()
    window.jobs.show_series(RunSeries(), is_live=False)
    assert "Nothing was logged yet." in notes()


def test_an_interrupted_job_offers_resume_on_its_card(window: MainWindow, qtbot: QtBot) -> None:
    show_jobs(window)
    (button,) = window.jobs.findChildren(QPushButton, "card.resume")
    with qtbot.waitSignal(window.jobs.resume_requested) as told:
        qtbot.mouseClick(button, LEFT)
    assert told.args == ["r-2"]


def test_checkpoints_are_discarded_after_a_question_that_enter_answers_with_no(
    window: MainWindow, qtbot: QtBot
) -> None:
    show_jobs(window)
    (button,) = window.jobs.findChildren(QPushButton, "card.discard")
    told: list[str] = []
    window.jobs.discard_requested.connect(told.append)
    qtbot.mouseClick(button, LEFT)
    box = window.jobs.findChild(QMessageBox, "question")
    assert isinstance(box, QMessageBox)
    assert "cannot be undone" in box.informativeText()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.jobs.findChild(QMessageBox, "question") is None)
    assert told == []
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(window.jobs.findChild(QPushButton, "question.yes"), LEFT)
    assert told == ["r-2"]
    qtbot.waitUntil(lambda: window.jobs.findChild(QMessageBox, "question") is None)


def test_selecting_another_job_is_told_once(window: MainWindow, qtbot: QtBot) -> None:
    show_jobs(window)
    queue = window.jobs.findChild(QListView, "jobs.list")
    assert isinstance(queue, QListView)
    with qtbot.waitSignal(window.jobs.job_selected) as told:
        qtbot.keyClick(queue, Qt.Key.Key_Down)
    assert told.args == ["r-2"]


def test_the_scrubber_leaves_the_newest_moment_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    series = show_jobs(window)
    heads = window.jobs.findChild(HeadHistory)
    slider, newest = heads.findChild(QSlider), heads.findChild(QPushButton, "heads.newest")
    qtbot.waitUntil(lambda: slider.value() == len(series.snapshots) - 1)
    with qtbot.waitSignal(heads.step_shown):
        qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert newest.isVisible()
    window.jobs.show_series(series, is_live=True)
    qtbot.wait(150)
    assert slider.value() == 0
    qtbot.mouseClick(newest, LEFT)
    assert slider.value() == len(series.snapshots) - 1
    assert not newest.isVisible()


def test_the_log_is_filtered_and_copied(window: MainWindow, qtbot: QtBot) -> None:
    show_jobs(window)
    level, copy = (
        window.jobs.findChild(QComboBox, "log.level"),
        window.jobs.findChild(QToolButton, "log.copy"),
    )
    level.setCurrentIndex(1)
    qtbot.mouseClick(copy, LEFT)
    assert QGuiApplication.clipboard().text().endswith("warning: layer 5 keeps 25 % of its neurons only")
    qtbot.keyClicks(window.jobs.findChild(QLineEdit, "log.filter"), "nowhere")
    assert not copy.isEnabled(), "there is nothing to copy"
