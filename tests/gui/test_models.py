"""The page Models as a person uses it, by mouse and by keyboard; the worker's answers are made up."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.bootstrap import BuiltWindow
from app.domain.errors import Problem
from app.domain.job import BenchSpec, EvaluateSpec
from app.domain.model import ModelNote, ModelRecord
from app.domain.question import ListMatrices, Matrices, MatrixPart, Question, ReadMatrix, Refused
from app.domain.structure import MatrixSparsity
from app.services.assembly import Services
from app.services.engine_session import EngineSession
from app.store.workspace import Workspace
from app.views.plots.block_mask import BlockMask
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.model_tree_view import ModelTreeView
from app.views.widgets.notice import Notice
from app.views.widgets.sort_header import SortHeader
from app.views.widgets.tabs import Tabs
from tests.factories import make_model, make_variant
from tests.gui.conftest import services_over, shown_over
from tests.gui.stage import dropping, press_shortcut
from tests.records import write_model

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WAIT_MS = 10_000
Kind = TypeVar("Kind")
QUERY = MatrixSparsity("net.layer.0.query", 0, "query", (48, 64), (64, 64), 10, "i8")
FFN = MatrixSparsity("net.layer.1.ffn_in", 1, "ffn_in", (1536, 384), (1536, 384), 0, "i8")
TABLE = (MatrixSparsity("net.embedding", -1, "embedding", (100, 64), (100, 64), 5, "f32"), QUERY, FFN)


class Asked(EngineSession):
    """Notes what is asked; answers come when a test gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Question] = []

    @override
    def ask(self, question: Question) -> None:
        self.questions.append(question)

    def list_matrices(self) -> None:
        """Answer the newest question for a list."""
        question = next(one for one in reversed(self.questions) if isinstance(one, ListMatrices))
        self.answered.emit(question, Matrices(TABLE))

    def read_part(self) -> MatrixPart:
        """Answer the newest question for a part with cells as large as they have to be."""
        question = next(one for one in reversed(self.questions) if isinstance(one, ReadMatrix))
        row = next(one for one in TABLE if one.name == question.name)
        part = made_up_part(row, question)
        self.answered.emit(question, part)
        return part


def made_up_part(row: MatrixSparsity, question: ReadMatrix) -> MatrixPart:
    rows = question.rows if question.rows != (0, 0) else (0, row.original_shape[0])
    columns = question.columns if question.columns != (0, 0) else (0, row.original_shape[1])
    down = -(-(rows[1] - rows[0]) // question.most[0])
    across = -(-(columns[1] - columns[0]) // question.most[1])
    grid = (-(-(rows[1] - rows[0]) // down), -(-(columns[1] - columns[0]) // across))
    cells = np.full(grid, 0.25, "<f2").tobytes()
    is_single = down == across == 1
    kept = tuple(0.0 if row is QUERY and 16 <= place < 32 else 1.0 for place in range(grid[0]))
    return MatrixPart(
        row.name,
        (row.original_shape[0], row.original_shape[1]),
        rows,
        columns,
        (down, across),
        np.zeros(grid, "<f2").tobytes(),
        cells,
        cells if is_single else b"",
        kept,
        (1.0,) * grid[1],
    )


class Page:
    """The window with Models shown, over three models."""

    def __init__(self, qtbot: QtBot, services: Services, session: Asked, built: BuiltWindow) -> None:
        self.qtbot, self.services, self.session, self.built = qtbot, services, session, built
        self.window = built.window
        self.view = built.window.models

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, f"models.{name}")
        assert isinstance(found, kind), name
        return found

    @property
    def tree(self) -> ModelTreeView:
        return self.view.tree

    def index(self, name: str) -> QModelIndex:
        """Return the index of a model's name in the tree."""
        model = self.tree.model()
        originals = [model.index(row, 0) for row in range(model.rowCount())]
        variants = [
            model.index(row, 0, parent) for parent in originals for row in range(model.rowCount(parent))
        ]
        return next(index for index in [*originals, *variants] if index.data() == name)

    def names(self) -> list[str]:
        """Return what the tree shows from top to bottom."""
        shown: list[str] = []
        index = self.tree.model().index(0, 0)
        while index.isValid():
            shown.append(str(index.data()))
            index = self.tree.indexBelow(index)
        return shown

    def click(self, name: str) -> None:
        place = self.tree.visualRect(self.index(name)).center()
        self.qtbot.mouseClick(self.tree.viewport(), LEFT, pos=place)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)

    def said(self) -> str:
        notice = self.view.findChild(Notice)
        assert isinstance(notice, Notice)
        return notice.accessibleName() if notice.isVisible() else ""

    def selected(self) -> str:
        return str(self.tree.currentIndex().siblingAtColumn(0).data())

    def tab(self, name: str) -> None:
        self.find(Tabs, "tabs").choose(name)


def add(workspace: Workspace, record: ModelRecord) -> None:
    folder = write_model(workspace, record)
    for name in ("ir/openvino_model.xml", "torch/config.json"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("{}")
    workspace.models.add(record)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    workspace = Workspace.open(tmp_path / "workspace")
    for place, record in enumerate((make_model(), make_variant(), make_model("m-3", "other"))):
        add(workspace, msgspec.structs.replace(record, created_at=f"2026-11-22T18:0{place}:00Z"))
    session = Asked()
    with shown_over(services_over(workspace, session), qapp) as bench:
        qtbot.waitExposed(bench.built.window)
        bench.built.window.activateWindow()
        yield Page(qtbot, bench.services, session, bench.built)


def test_variants_stand_under_their_original_and_fold_by_keyboard_and_by_the_caret(page: Page) -> None:
    assert page.names() == ["sentiment", "jpqd-fast", "other"]
    page.click("sentiment")
    page.press(Qt.Key.Key_Left)
    assert page.names() == ["sentiment", "other"]
    page.services.models.changed.emit()
    page.qtbot.wait(120)
    assert page.names() == ["sentiment", "other"]
    page.press(Qt.Key.Key_Right)
    assert page.names() == ["sentiment", "jpqd-fast", "other"]
    caret = page.tree.names.caret_of(page.index("sentiment")).center()
    page.qtbot.mouseClick(page.tree.viewport(), LEFT, pos=caret)
    assert page.names() == ["sentiment", "other"]


def test_two_quick_clicks_on_a_caret_close_and_open_and_stay_on_the_page(page: Page) -> None:
    view, seen = page.tree.viewport(), list[list[str]]()

    def click_twice(at: QPoint) -> None:
        """As a system tells it: the second press is the double click."""
        kind, none = QEvent.Type, Qt.MouseButton.NoButton
        for one, held in (
            (kind.MouseButtonPress, LEFT),
            (kind.MouseButtonRelease, none),
            (kind.MouseButtonDblClick, LEFT),
            (kind.MouseButtonRelease, none),
        ):
            where = QPointF(at), QPointF(view.mapToGlobal(at))
            QApplication.sendEvent(view, QMouseEvent(one, *where, LEFT, held, Qt.KeyboardModifier.NoModifier))
            seen.append(page.names())

    click_twice(page.tree.names.caret_of(page.index("sentiment")).center())
    whole, closed = ["sentiment", "jpqd-fast", "other"], ["sentiment", "other"]
    assert seen == [closed, closed, whole, whole]
    assert page.window.current_page == "models"
    click_twice(page.tree.visualRect(page.index("sentiment")).center())
    assert page.window.current_page == "compress", "anywhere else a double click opens the model"


def test_columns_sort_by_click_and_by_keyboard_and_go_back_to_the_order_of_making(page: Page) -> None:
    header = page.find(SortHeader, "header")
    page.qtbot.mouseClick(header.viewport(), LEFT, pos=header.middle_of(0))
    assert page.names() == ["other", "sentiment", "jpqd-fast"]
    header.setFocus()
    for _ in range(4):
        page.press(Qt.Key.Key_Right)
    assert "Size" in header.accessibleDescription()
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Return)
    assert header.sortIndicatorSection() == 4
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    page.press(Qt.Key.Key_Space)
    assert page.names() == ["sentiment", "jpqd-fast", "other"]


def test_columns_without_room_are_told_with_the_names(page: Page) -> None:
    name = page.index("jpqd-fast")
    told = Qt.ItemDataRole.ToolTipRole
    assert "INT8" not in name.data(told)
    page.built.theme.apply("light", 2.0)
    page.qtbot.waitUntil(lambda: "Precision: INT8" in name.data(told).splitlines(), timeout=WAIT_MS)
    assert "Precision: INT8" in name.data(Qt.ItemDataRole.AccessibleTextRole)
    model = page.tree.model()
    head = str(model.headerData(0, Qt.Orientation.Horizontal, told))
    assert head.startswith("No room for: ")
    for column in range(1, model.columnCount()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal))
        assert page.tree.isColumnHidden(column) == (title in head), title


def test_what_a_search_selects_instead_is_shown_once_no_row_is_on_its_way_out(page: Page) -> None:
    page.click("other")
    told: list[str] = []
    rows = page.tree.model()
    rows.rowsAboutToBeRemoved.connect(lambda: told.append("rows go"))
    rows.rowsRemoved.connect(lambda: told.append("rows are gone"))
    page.view.model_selected.connect(told.append)

    page.view.search.setFocus()
    page.qtbot.keyClicks(page.view.search, "jpqd-fast")

    assert page.names() == ["sentiment", "jpqd-fast"]
    (at,) = [place for place, each in enumerate(told) if each.startswith("m-")]
    assert told[:at].count("rows go") == told[:at].count("rows are gone") > 0
    assert page.selected() == page.tree.currentIndex().siblingAtColumn(0).data()


def test_search_finds_tags_and_says_when_nothing_is_found(page: Page) -> None:
    page.services.models.set_note("m-2", ModelNote("for the fair", ("demo",)))
    page.qtbot.waitUntil(lambda: page.index("jpqd-fast").data(Qt.ItemDataRole.ToolTipRole) != "jpqd-fast")
    page.press(Qt.Key.Key_F, CONTROL)
    search = page.view.search
    assert search.hasFocus()
    page.qtbot.keyClicks(search, "tag:demo")
    assert page.names() == ["sentiment", "jpqd-fast"]
    page.qtbot.keyClicks(search, "x")
    assert page.names() == []
    nothing = page.find(QLabel, "nothing_found")
    assert nothing.isVisible()
    assert "tag:demox" in nothing.text()
    search.clear()
    assert page.names() == ["sentiment", "jpqd-fast", "other"]


def test_a_name_is_edited_in_place_and_a_bad_one_is_not_lost(page: Page) -> None:
    page.click("other")
    page.press(Qt.Key.Key_F2)
    editor = page.tree.viewport().findChild(QLineEdit, "models.rename")
    assert isinstance(editor, QLineEdit)
    page.qtbot.keyClick(editor, Qt.Key.Key_F2)  # once more: it is edited already
    editor.setText("sentiment")
    page.qtbot.keyClick(editor, Qt.Key.Key_Return)

    page.qtbot.waitUntil(lambda: "already" in page.said(), timeout=WAIT_MS)
    page.qtbot.waitUntil(
        lambda: any(one.text() == "sentiment" and one.isVisible() for one in editors(page)), timeout=WAIT_MS
    )
    again = next(one for one in editors(page) if one.isVisible())
    again.setText("renamed")
    page.qtbot.keyClick(again, Qt.Key.Key_Return)

    page.qtbot.waitUntil(lambda: "renamed" in page.names(), timeout=WAIT_MS)
    assert page.said() == ""
    assert page.services.workspace.models.find("renamed").id == "m-3"


def editors(page: Page) -> list[QLineEdit]:
    return page.tree.viewport().findChildren(QLineEdit, "models.rename")


def test_the_palette_over_a_name_that_is_edited_closes_on_a_click_beside_it(page: Page) -> None:
    page.click("other")
    page.press(Qt.Key.Key_F2)
    page.press(Qt.Key.Key_K, CONTROL)
    palette = page.window.palette_popup
    assert palette.isVisible()
    page.qtbot.waitUntil(lambda: not editors(page), timeout=WAIT_MS)  # what had the keyboard is gone
    page.qtbot.mouseClick(palette, LEFT, pos=QPoint(5, palette.height() - 5))
    assert not palette.isVisible()
    page.qtbot.waitUntil(lambda: page.window.focusWidget() is not None, timeout=WAIT_MS)


def test_several_models_go_to_the_trash_and_come_back_one_after_the_other(page: Page) -> None:
    page.click("jpqd-fast")
    page.press(Qt.Key.Key_Delete)
    page.qtbot.waitUntil(lambda: "jpqd-fast" in page.said(), timeout=WAIT_MS)
    page.click("other")
    page.press(Qt.Key.Key_Delete)
    page.qtbot.waitUntil(lambda: page.names() == ["sentiment"], timeout=WAIT_MS)

    page.press(Qt.Key.Key_Z, CONTROL)
    page.qtbot.waitUntil(lambda: "other" in page.names(), timeout=WAIT_MS)
    page.press(Qt.Key.Key_Z, CONTROL)
    page.qtbot.waitUntil(lambda: page.names() == ["sentiment", "jpqd-fast", "other"], timeout=WAIT_MS)
    assert not page.window.actions_by_id["models.undo"].isEnabled()
    assert page.selected() == "jpqd-fast"


def test_the_trash_restores_and_deletes_for_good_after_a_question(page: Page) -> None:
    for name in ("jpqd-fast", "other"):
        page.click(name)
        page.press(Qt.Key.Key_Delete)
    page.press(Qt.Key.Key_D, CONTROL | SHIFT)
    table = page.find(QTableView, "trash_table")
    assert table.isVisible()
    assert table.model().rowCount() == 2
    page.qtbot.waitUntil(lambda: table.model().index(0, 3).data() != "—", timeout=WAIT_MS)
    assert not page.window.actions_by_id["models.compress"].isEnabled()

    trashed = {table.model().index(row, 0).data(): row for row in range(2)}
    place = table.visualRect(table.model().index(trashed["jpqd-fast"], 0)).center()
    page.qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    page.qtbot.mouseClick(page.find(QPushButton, "trash_restore"), LEFT)
    assert table.model().rowCount() == 1
    answer(page, "question.no")
    assert table.model().rowCount() == 1
    answer(page, "question.yes")

    page.qtbot.waitUntil(lambda: not page.services.models.trashed(), timeout=WAIT_MS)
    assert not page.services.models.trash_folder("m-3").exists()
    page.qtbot.mouseClick(page.find(QPushButton, "trash_back"), LEFT)
    assert page.names() == ["sentiment", "jpqd-fast"]


def answer(page: Page, name: str) -> None:
    page.qtbot.mouseClick(page.find(QPushButton, "trash_delete"), LEFT)
    box = page.window.findChild(QMessageBox, "question")
    assert isinstance(box, QMessageBox)
    button = box.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    page.qtbot.mouseClick(button, LEFT)
    page.qtbot.waitUntil(lambda: page.window.findChild(QMessageBox, "question") is None, timeout=WAIT_MS)


def test_the_last_model_in_the_trash_leaves_a_way_back(page: Page) -> None:
    for _ in range(3):
        page.tree.setFocus()
        page.press(Qt.Key.Key_Delete)
    link = page.find(QToolButton, "trash_link")
    assert link.isVisible()
    page.qtbot.mouseClick(link, LEFT)
    assert page.find(QTableView, "trash_table").model().rowCount() == 3


def test_notes_and_tags_are_kept_while_they_are_typed(page: Page) -> None:
    page.click("other")
    page.tab("notes")
    page.qtbot.keyClicks(page.find(QLineEdit, "tag_field"), "Demo, two")
    page.qtbot.keyClick(page.find(QLineEdit, "tag_field"), Qt.Key.Key_Return)
    page.qtbot.waitUntil(lambda: page.services.models.notes()["m-3"].tags == ("demo", "two"), timeout=WAIT_MS)
    page.qtbot.mouseClick(page.find(QToolButton, "tag.demo"), LEFT)
    page.qtbot.keyClicks(page.find(QPlainTextEdit, "note"), "kept as the reference")
    page.click("sentiment")

    assert page.services.models.notes()["m-3"] == ModelNote("kept as the reference", ("two",))
    assert page.find(QPlainTextEdit, "note").toPlainText() == ""
    page.click("other")
    assert page.find(QPlainTextEdit, "note").toPlainText() == "kept as the reference"


def test_what_is_typed_last_is_kept_when_the_window_closes(page: Page) -> None:
    page.click("other")
    page.tab("notes")
    page.qtbot.keyClicks(page.find(QPlainTextEdit, "note"), "in haste")
    page.window.close()
    assert page.services.models.notes()["m-3"].text == "in haste"


def test_matrices_are_asked_for_when_they_are_in_sight_and_only_once(page: Page) -> None:
    page.click("jpqd-fast")
    assert page.session.questions == []
    page.tab("sparsity")
    assert [type(question) for question in page.session.questions] == [ListMatrices]
    assert "Reading" in page.find(QLabel, "matrix_message").text()
    page.session.list_matrices()
    table = page.find(QTableView, "matrices")
    assert table.model().rowCount() == 3

    page.click("sentiment")
    page.click("jpqd-fast")
    lists = [question.model.id for question in page.session.questions if isinstance(question, ListMatrices)]
    assert lists == ["m-2", "m-1"]
    assert table.model().rowCount() == 3


def test_matrices_are_filtered_by_text_and_role_and_summed(page: Page) -> None:
    page.click("jpqd-fast")
    page.tab("sparsity")
    page.session.list_matrices()
    table, sums = page.find(QTableView, "matrices"), page.find(QLabel, "matrix_sums")
    assert sums.text().startswith("3 of 3 matrices")
    page.qtbot.keyClicks(page.find(QLineEdit, "matrix_filter"), "layer")
    assert table.model().rowCount() == 2
    role = page.find(QComboBox, "matrix_role")
    role.setCurrentIndex(role.findData("ffn_in"))
    assert table.model().rowCount() == 1
    assert (
        sums.text() == "1 of 3 matrices · 589.8 k of 589.8 k parameters left, 0 of them zero · sparsity 0.0 %"
    )


def test_a_refusal_is_said_and_asked_again(page: Page) -> None:
    page.click("jpqd-fast")
    page.tab("sparsity")
    problem = Problem("weights_broken", "The weights cannot be read.", "Import it again.")
    page.session.answered.emit(page.session.questions[-1], Refused(problem))
    notices = [one for one in page.view.details.sparsity.findChildren(Notice) if one.isVisible()]
    assert [one.accessibleName() for one in notices] == ["The weights cannot be read. Import it again."]
    again = notices[0].findChild(QPushButton, "notice.again")
    assert isinstance(again, QPushButton)
    page.qtbot.mouseClick(again, LEFT)
    assert len(page.session.questions) == 2
    page.session.list_matrices()
    assert page.find(QTableView, "matrices").isVisible()


def test_a_matrix_opens_from_the_table_and_is_read_finer_when_zoomed_into(page: Page) -> None:
    page.click("jpqd-fast")
    page.tab("sparsity")
    page.session.list_matrices()
    table = page.find(QTableView, "matrices")
    table.setFocus()
    table.selectRow(2)
    page.press(Qt.Key.Key_Return)
    assert page.find(Tabs, "tabs").current == "matrix"
    question = page.session.questions[-1]
    assert isinstance(question, ReadMatrix)
    assert (question.name, question.rows) == (FFN.name, (0, 0))
    page.session.read_part()
    viewer = page.find(BlockMask, "matrix")
    assert viewer.hasFocus()

    for _ in range(4):
        page.press(Qt.Key.Key_Plus)
    page.qtbot.waitUntil(lambda: page.session.questions[-1] is not question, timeout=WAIT_MS)
    finer = page.session.questions[-1]
    assert isinstance(finer, ReadMatrix)
    assert finer.rows[0] > 0
    assert finer.rows[1] < 1536
    part = page.session.read_part()
    assert part.cell < (12, 2)
    assert "mean magnitude 0.25" in viewer.reading()
    page.press(Qt.Key.Key_0)
    assert viewer.zoom == 1.0


def test_an_answer_about_another_matrix_is_not_shown(page: Page) -> None:
    page.click("jpqd-fast")
    page.tab("matrix")
    page.session.list_matrices()
    old = page.session.questions[-1]
    assert isinstance(old, ReadMatrix)
    assert old.name == QUERY.name
    box = page.find(QComboBox, "matrix_name")
    box.setCurrentIndex(box.findData(FFN.name))
    box.activated.emit(box.currentIndex())
    page.session.answered.emit(old, made_up_part(QUERY, old))
    assert not page.find(BlockMask, "matrix").isVisible()
    page.session.read_part()
    assert page.find(BlockMask, "matrix").isVisible()


def test_an_export_copies_the_folder_and_a_second_one_overwrites_nothing(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    page.click("other")
    for said in ("Exported to", "exists already"):
        page.window.actions_by_id["models.export_ir"].trigger()
        dialog = page.window.findChild(QFileDialog, "models.export_dialog")
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(target))
        dialog.close()
        page.qtbot.waitUntil(lambda said=said: said in page.said(), timeout=WAIT_MS)
        page.qtbot.waitUntil(
            lambda: page.window.findChild(QFileDialog, "models.export_dialog") is None, timeout=WAIT_MS
        )
    assert (target / "other-openvino" / "openvino_model.xml").exists()


def test_the_model_that_was_selected_is_exported_whatever_is_selected_meanwhile(
    page: Page, tmp_path: Path
) -> None:
    page.click("other")
    page.window.actions_by_id["models.export_ir"].trigger()
    dialog = page.window.findChild(QFileDialog, "models.export_dialog")
    assert isinstance(dialog, QFileDialog)
    page.built.shell.models.select("m-1")  # as an import does that ends now
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    page.qtbot.waitUntil(lambda: "Exported to" in page.said(), timeout=WAIT_MS)
    assert (tmp_path / "other-openvino" / "openvino_model.xml").exists()


def test_a_model_alone_is_measured_and_its_accuracy_where_there_is_data_with_its_classes(page: Page) -> None:
    page.click("other")
    press_shortcut(page.window, "Ctrl+M")
    assert "“other” is measured, after what is in the queue." in page.said()
    speed, accuracy = page.services.queue.jobs()
    assert isinstance(speed.spec, BenchSpec)
    assert isinstance(accuracy.spec, EvaluateSpec)
    assert (speed.spec.model.id, speed.spec.length) == (accuracy.spec.model.id, 32)
    assert accuracy.spec.data.id == "reviews-evaluation"
    for job in (accuracy, speed):
        page.services.queue.cancel(job.run_id)


def dropped(page: Page, paths: list[Path]) -> None:
    """Drag files over the page and drop them."""
    (veil,) = page.view.findChildren(DropVeil)
    with dropping(page.view, *paths):
        assert veil.isVisible()
    assert not veil.isVisible()


def test_several_folders_and_files_are_dropped_at_once_and_wrong_ones_are_named(
    page: Page, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}")
    ir = tmp_path / "ir" / "openvino_model.xml"
    ir.parent.mkdir()
    ir.write_text("")
    ir.with_suffix(".bin").write_text("")
    photo = tmp_path / "photo.png"
    photo.write_text("")

    dropped(page, [tmp_path / "first", tmp_path / "second", ir, photo])

    sources = [job.spec.source for job in page.services.queue.jobs()]
    assert sources == [str(tmp_path / "first"), str(tmp_path / "second"), str(ir.parent)]
    assert "photo.png" in page.said()
    page.qtbot.waitUntil(lambda: "Importing" not in page.said(), timeout=60_000)


def test_only_wrong_files_start_nothing(page: Page, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_text("")
    dropped(page, [tmp_path / "photo.png", tmp_path / "gone.xml"])
    assert page.services.queue.jobs() == []
    assert "photo.png" in page.said()
    assert "gone.xml" in page.said()


def test_addresses_are_pasted_on_the_page_and_words_are_not(page: Page, tmp_path: Path) -> None:
    page.tree.setFocus()
    QGuiApplication.clipboard().setText("just some words")
    page.press(Qt.Key.Key_V, CONTROL)
    assert page.services.queue.jobs() == []
    assert "just some words" in page.said()

    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    QGuiApplication.clipboard().setText(f"https://huggingface.co/org/name\n{folder}\n")
    page.press(Qt.Key.Key_V, CONTROL)
    sources = [job.spec.source for job in page.services.queue.jobs()]
    assert sources == ["https://huggingface.co/org/name", str(folder)]
    page.qtbot.waitUntil(lambda: "Importing" not in page.said(), timeout=60_000)
    shutil.rmtree(folder)


def test_pasting_into_the_search_is_only_text(page: Page) -> None:
    QGuiApplication.clipboard().setText("sentiment")
    page.view.search.setFocus()
    page.press(Qt.Key.Key_V, CONTROL)
    assert page.view.search.text() == "sentiment"
    assert page.said() == ""


def test_two_hundred_models_are_shown_and_selected_at_once(page: Page) -> None:
    for number in range(200):
        page.services.workspace.models.add(make_model(f"m-x{number}", f"crowd-{number:03}"))
    page.services.models.changed.emit()
    page.qtbot.waitUntil(lambda: len(page.names()) == 203, timeout=WAIT_MS)
    page.tree.setFocus()
    page.press(Qt.Key.Key_End)
    assert page.selected() == page.names()[-1]
    page.built.shell.models.select("m-1")
    assert page.selected() == "sentiment"
