"""The page Compare as a person uses it; the measuring is made up, the rest is real."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTableView,
    QToolButton,
    QTreeView,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.job import CompareSpec, Phase
from app.domain.question import Devices, ListDevices, Question
from app.itemmodels.comparison_table import CELL_ROLE, METRIC_ROLE
from app.presenters.shell import ShellPresenter
from app.services.assembly import Services
from app.services.engine_session import EngineSession
from app.store.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.pages.compare_page import BARS_TAB, LAYERS_TAB
from app.views.plots.tradeoff_chart import TradeoffChart
from tests.factories import DEVICES, make_measurements, make_model, make_variant
from tests.gui.conftest import services_over, shown_over

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
WAIT_MS = 20_000
Kind = TypeVar("Kind")


class Devised(EngineSession):
    """Knows two devices, and asks no worker."""

    @override
    def ask(self, question: Question) -> None:
        if isinstance(question, ListDevices):
            self.answered.emit(question, Devices(DEVICES))


class Page:
    """The window over a few measured models."""

    def __init__(self, qtbot: QtBot, services: Services, window: MainWindow, shell: ShellPresenter) -> None:
        self.qtbot, self.services, self.window, self.shell = qtbot, services, window, shell

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def open(self) -> None:
        self.qtbot.keyClick(self.window, Qt.Key.Key_4, CONTROL)
        assert self.window.current_page == "compare"

    @property
    def figures(self) -> QTableView:
        return self.find(QTableView, "compare.figures")

    def row(self, title: str) -> list[str]:
        """What the row of this title says, ratios included."""
        model = self.figures.model()
        titles = [
            str(model.headerData(row, Qt.Orientation.Vertical)).split(" (")[0]
            for row in range(model.rowCount())
        ]
        if title not in titles:
            return []
        cells = [
            model.index(titles.index(title), column).data(CELL_ROLE) for column in range(model.columnCount())
        ]
        return [f"{cell.text} {cell.against}".strip() for cell in cells]

    def names(self) -> list[str]:
        model = self.figures.model()
        return [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in range(model.columnCount())]

    def said(self) -> list[str]:
        return [one.text() for one in self.window.compare.findChildren(QLabel) if one.isVisible()]

    def verdict(self) -> str:
        return self.find(QLabel, "compare.verdict").text()

    def choose(self, name: str, value: str) -> None:
        box = self.find(QComboBox, name)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    def add(self, text: str) -> None:
        self.qtbot.keyClick(self.window, Qt.Key.Key_N, CONTROL)
        search = self.find(QLineEdit, "compare.search")
        self.qtbot.keyClicks(search, text)
        self.qtbot.keyClick(search, Qt.Key.Key_Return)

    def measure(self, length: int = 32) -> str:
        """Start by keyboard; return the run id."""
        self.qtbot.keyClick(self.window, Qt.Key.Key_Return, CONTROL)
        assert self.window.compare.panel.isVisible()
        self.window.compare.panel.length.setValue(length)
        self.qtbot.keyClick(self.window, Qt.Key.Key_Return, CONTROL)
        assert not self.window.compare.panel.isVisible()
        return next(job.run_id for job in self.services.queue.jobs() if isinstance(job.spec, CompareSpec))

    def wait_for(self, run_id: str, phase: Phase) -> None:
        def is_there() -> bool:
            job = self.services.queue.job(run_id)
            return job is not None and job.state.phase is phase

        self.qtbot.waitUntil(is_there, timeout=WAIT_MS)


def page_over(qtbot: QtBot, qapp: QApplication, workspace: Workspace) -> Iterator[Page]:
    with shown_over(services_over(workspace, Devised()), qapp) as bench:
        qtbot.waitExposed(bench.built.window)
        yield Page(qtbot, bench.services, bench.built.window, bench.built.shell)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    workspace = Workspace.open(tmp_path / "workspace")
    second = msgspec.structs.replace(make_variant("m-3", "jpqd-best"), created_at="2026-11-22T18:10:00Z")
    for record in (make_model(), make_variant(), second, make_model("m-9", "other", origin="elsewhere")):
        workspace.models.add(record)
    for number, (model_id, p50) in enumerate((("m-1", 8.0), ("m-2", 2.0), ("m-3", 4.0))):
        for one in make_measurements(model_id, p50_ms=p50, accuracy=0.91 - number / 100, size=1e7):
            changes = {"dataset_hash": "abc"} if one.metric == "accuracy" else {}
            workspace.measurements.add(msgspec.structs.replace(one, **changes))
    yield from page_over(qtbot, qapp, workspace)


@pytest.fixture
def crowded_page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    """Eight models, all but one with names that are longer than any column."""
    workspace = Workspace.open(tmp_path / "workspace")
    workspace.models.add(make_model())
    for number in range(2, 9):
        workspace.models.add(make_variant(f"m-{number}", f"a-long-name-of-a-model-sparsity-0{number}0"))
    for number in range(1, 9):
        for one in make_measurements(f"m-{number}", p50_ms=9.0 - number, accuracy=0.9, size=number * 1e7):
            workspace.measurements.add(one)
    yield from page_over(qtbot, qapp, workspace)


@pytest.fixture
def empty_page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    yield from page_over(qtbot, qapp, Workspace.open(tmp_path / "workspace"))


def test_the_newest_variant_stands_beside_its_original_and_siblings(page: Page) -> None:
    page.open()
    assert page.names() == ["sentiment", "jpqd-fast", "jpqd-best"]
    assert page.row("p50 latency") == ["8.00 ms", "2.00 ms 0.25×", "4.00 ms 0.50×"]
    assert page.row("Task") == []  # equal in all
    page.qtbot.mouseClick(page.find(QCheckBox, "compare.differences"), LEFT, pos=QPoint(8, 8))
    assert page.row("Task") == ["text-classification"] * 3
    assert page.row("Peak memory") == ["—"] * 3


def test_models_leads_here_with_the_selected_model(page: Page) -> None:
    tree = page.find(QTreeView, "models.tree")
    tree.setFocus()
    page.qtbot.keyClick(tree, Qt.Key.Key_Down)
    page.qtbot.keyClick(page.window, Qt.Key.Key_D, CONTROL)
    assert page.window.current_page == "compare"
    assert page.names()[0] == "sentiment"
    assert "jpqd-fast" in page.names()


def test_models_come_by_searching_and_go_by_their_cross_and_by_delete(page: Page) -> None:
    page.open()
    page.add("oth")
    assert page.names() == ["sentiment", "jpqd-fast", "jpqd-best", "other"]
    assert page.row("p50 latency")[3] == "—"
    assert not page.window.actions_by_id["compare.add"].isEnabled()  # there are no more models
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-2"), LEFT)
    assert page.names() == ["sentiment", "jpqd-best", "other"]
    page.qtbot.keyClick(page.find(QToolButton, "compare.chip.m-9"), Qt.Key.Key_Delete)
    assert page.names() == ["sentiment", "jpqd-best"]


def test_the_focus_goes_to_the_neighbour_of_a_chip_that_went(page: Page) -> None:
    page.open()
    page.find(QToolButton, "compare.chip.m-2").setFocus()
    page.qtbot.keyClick(page.find(QToolButton, "compare.chip.m-2"), Qt.Key.Key_Delete)
    page.qtbot.waitUntil(lambda: page.find(QToolButton, "compare.chip.m-3").hasFocus())
    page.qtbot.keyClick(page.find(QToolButton, "compare.chip.m-3"), Qt.Key.Key_Delete)
    page.qtbot.waitUntil(lambda: page.find(QToolButton, "compare.chip.m-1").hasFocus())


def test_while_the_panel_asks_its_start_is_the_one_button_to_press(page: Page) -> None:
    page.open()
    page.qtbot.mouseClick(page.find(QPushButton, "button.compare.measure"), LEFT)
    assert page.find(QPushButton, "compare.start").isVisible()
    assert not page.find(QPushButton, "button.compare.measure").isEnabled()
    assert not page.find(QPushButton, "compare.measure_here").isVisible()
    page.qtbot.mouseClick(page.find(QPushButton, "compare.not_now"), LEFT)
    assert page.find(QPushButton, "button.compare.measure").isEnabled()
    assert page.find(QPushButton, "compare.measure_here").isVisible()


def test_more_than_four_models_are_rows_and_all_of_them_are_seen(crowded_page: Page) -> None:
    page = crowded_page
    page.open()
    page.window.resize(1280, 800)
    table, rows = page.figures, page.figures.verticalHeader()
    page.qtbot.waitUntil(lambda: table.model().rowCount() == 8)
    page.qtbot.wait(100)
    names = [table.model().headerData(row, Qt.Orientation.Vertical) for row in range(8)]
    assert names[0] == "sentiment"
    assert all(name.startswith("a-long-name-of-a-model") for name in names[1:])
    assert rows.sectionPosition(7) + rows.sectionSize(7) <= table.viewport().height()

    page.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(3, 1)).center())
    assert page.window.compare._state.selected == page.shell.compare.chosen[3]
    assert page.window.compare.tabs.currentIndex() == 1

    for model_id in page.shell.compare.chosen[4:]:
        page.qtbot.mouseClick(page.find(QToolButton, f"compare.remove.{model_id}"), LEFT)
    assert len(page.names()) == 4
    assert page.names()[0] == "sentiment"


def test_five_models_of_which_nothing_is_known_stand_in_rows_without_columns(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    workspace = Workspace.open(tmp_path / "workspace")
    workspace.models.add(make_model())
    for number in range(2, 7):
        workspace.models.add(make_variant(f"m-{number}", f"twin-{number}"))
    for page in page_over(qtbot, qapp, workspace):
        page.window.show_page("compare")
        compare, shown = page.shell.compare, page.window.compare.figures
        for count in (2, 4, 5, 3, 5):  # four models and more columns than rows once ended the program
            compare.choose([f"m-{number}" for number in range(2, 2 + count)])
            QCoreApplication.processEvents()
            assert (shown.model.rowCount(), shown.model.columnCount()) == (0, count)
            assert shown.is_turned == (count == 5)
            assert any(text.startswith("Nothing that is known") for text in page.said())


def test_escape_closes_the_list_and_arrows_walk_it(page: Page) -> None:
    page.open()
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-2"), LEFT)
    page.qtbot.keyClick(page.window, Qt.Key.Key_N, CONTROL)
    popup = page.window.compare.popup
    candidates = page.find(QListView, "compare.candidates")
    assert candidates.model().rowCount() == 2
    page.qtbot.keyClick(popup.search, Qt.Key.Key_Down)
    assert candidates.currentIndex().row() == 1
    page.qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert page.names() == ["sentiment", "jpqd-best"]


def test_pressing_a_chip_makes_it_the_reference(page: Page) -> None:
    page.open()
    page.qtbot.mouseClick(page.find(QToolButton, "compare.chip.m-2"), LEFT)
    assert page.names()[0] == "jpqd-fast"
    assert page.row("p50 latency")[:2] == ["2.00 ms", "8.00 ms 4.00×"]


def test_the_limit_is_dragged_typed_and_moved_by_arrow_keys(page: Page) -> None:
    page.open()
    chart, box = page.find(TradeoffChart, "compare.tradeoff"), page.find(QDoubleSpinBox, "compare.limit")
    assert page.verdict() == "Best within 8.00 ms: sentiment, 91.0 ± 2.3 % at 8.00 ms"

    start = QPoint(round(chart._x_of(8.0)), round(chart._plot().bottom()) - 20)
    page.qtbot.mousePress(chart, LEFT, pos=start)
    page.qtbot.mouseMove(chart, QPoint(round(chart._x_of(5.0)), start.y()))
    page.qtbot.mouseRelease(chart, LEFT, pos=QPoint(round(chart._x_of(5.0)), start.y()))
    assert box.value() == pytest.approx(5.0, abs=0.05)
    assert ": jpqd-fast, " in page.verdict()

    box.selectAll()
    page.qtbot.keyClicks(box, "1.5")
    page.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.verdict() == "No model keeps to 1.50 ms."

    for _ in range(3):
        page.qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.verdict().startswith("Best within 3.00 ms: jpqd-fast")
    page.qtbot.keyClick(chart, Qt.Key.Key_End)
    assert ": sentiment, " in page.verdict()


def test_the_limit_of_a_throughput_is_from_below(page: Page) -> None:
    page.open()
    page.choose("compare.x", "throughput")
    box = page.find(QDoubleSpinBox, "compare.limit")
    box.setValue(400.0)
    assert page.verdict() == "Best from 400 /s: jpqd-fast, 90.0 ± 2.4 % at 575 /s"
    page.choose("compare.x", "latency_p50")
    assert page.verdict().startswith("Best within 8.00 ms")


def test_a_point_selects_its_column_and_a_cell_its_bars(page: Page) -> None:
    page.open()
    chart = page.find(TradeoffChart, "compare.tradeoff")
    point = next(one for one in chart._state.points if one.id == "m-3")
    page.qtbot.mouseClick(chart, LEFT, pos=chart._place(point).toPoint())
    assert page.figures.currentIndex().column() == 2

    throughput = page.window.compare.figures.model.row_of("throughput")
    cell = page.figures.visualRect(page.figures.model().index(throughput, 1)).center()
    page.qtbot.mouseClick(page.figures.viewport(), LEFT, pos=cell)
    bars = page.window.compare.bars
    assert page.window.compare.tabs.currentIndex() == BARS_TAB
    assert bars.isVisible()
    assert (
        bars.accessibleDescription() == "Throughput: sentiment 144 /s, jpqd-fast 575 /s ★, jpqd-best 288 /s"
    )
    page.figures.setFocus()
    page.qtbot.keyClick(page.figures, Qt.Key.Key_Up)
    assert bars.accessibleDescription().startswith("p95 latency")


def test_where_the_chosen_row_goes_its_neighbour_is_shown_in_the_bars(page: Page) -> None:
    page.open()
    differences = page.find(QCheckBox, "compare.differences")
    card = page.window.compare.figures
    page.qtbot.keyClick(differences, Qt.Key.Key_Space)
    metrics = [str(card.model.index(row, 1).data(METRIC_ROLE)) for row in range(card.model.rowCount())]
    for row, chosen in enumerate(metrics):
        page.figures.setCurrentIndex(card.model.index(row, 1))
        page.qtbot.keyClick(differences, Qt.Key.Key_Space)
        QCoreApplication.processEvents()
        kept = [str(card.model.index(row, 1).data(METRIC_ROLE)) for row in range(card.model.rowCount())]
        assert len(kept) < len(metrics)
        shown = page.figures.currentIndex().data(METRIC_ROLE)
        assert shown == chosen if chosen in kept else shown in kept
        if shown:
            assert page.window.compare.bars.accessibleDescription().startswith(card.model.title_of(shown))
        page.qtbot.keyClick(differences, Qt.Key.Key_Space)


def test_measuring_shows_the_answers_the_pairs_and_the_layers(page: Page) -> None:
    page.open()
    page.wait_for(page.measure(), Phase.FINISHED)
    table = page.find(QTableView, "compare.differing")
    page.qtbot.waitUntil(table.isVisible, timeout=WAIT_MS)
    assert table.model().rowCount() == 3_000
    page.qtbot.waitUntil(lambda: page.row("Agreement") != [], timeout=WAIT_MS)
    assert page.row("Agreement") == ["reference", "25.0 ± 1.3 %", "100.0 ± 0.0 %"]
    assert page.row("Paired difference")[1] == "±0.0 ± 2.7 pp"
    assert page.row("Accuracy")[0] == "90.0 ± 2.4 %"

    page.choose("compare.shown", "wrong")
    page.qtbot.keyClicks(page.find(QLineEdit, "compare.differing_search"), "sentence 12")
    assert table.model().index(0, 3).data() == "✗ negative 0.75"
    table.selectRow(0)
    table.setFocus()
    page.qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Row\tText\tTruth\tsentiment\tjpqd-fast\tjpqd-best"
    assert copied[1] == "12\tsentence 12\tpositive\t✗ negative 0.75\tpositive 0.75\t✗ negative 0.75"

    page.window.compare.tabs.setCurrentIndex(LAYERS_TAB)
    page.choose("compare.layer_view", "error")
    layers = page.find(QTableView, "compare.layers").model()
    assert [layers.index(2, column).data() for column in range(3)] == ["0.0 %", "10.0 %", "20.0 %"]


def test_titles_of_rows_are_written_out_where_the_figures_leave_the_room(page: Page) -> None:
    page.open()
    page.wait_for(page.measure(), Phase.FINISHED)
    page.qtbot.waitUntil(lambda: page.row("Paired difference") != [], timeout=WAIT_MS)
    titles = page.figures.verticalHeader()
    page.window.resize(1920, 1080)
    page.qtbot.waitUntil(lambda: titles.width() >= titles.sizeHint().width())
    page.window.resize(1280, 800)
    page.qtbot.waitUntil(lambda: titles.width() < titles.sizeHint().width())
    page.qtbot.mouseClick(page.find(QToolButton, f"compare.remove.{page.shell.compare.chosen[-1]}"), LEFT)
    page.qtbot.waitUntil(lambda: titles.width() >= titles.sizeHint().width())


def test_an_earlier_comparison_is_found_for_some_of_its_models_and_another_reference(page: Page) -> None:
    page.open()
    page.wait_for(page.measure(), Phase.FINISHED)
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-1"), LEFT)
    table = page.find(QTableView, "compare.differing")
    page.qtbot.waitUntil(table.isVisible, timeout=WAIT_MS)
    assert page.names() == ["jpqd-fast", "jpqd-best"]
    assert page.row("Agreement") == ["reference", "25.0 ± 1.3 %"]
    page.window.compare.tabs.setCurrentIndex(LAYERS_TAB)
    page.choose("compare.layer_view", "error")
    assert any("another reference" in text for text in page.said())


def test_a_failure_says_what_to_do_and_can_be_tried_again(page: Page) -> None:
    page.open()
    run_id = page.measure(length=13)
    page.wait_for(run_id, Phase.FAILED)
    notice = page.window.compare.notice
    page.qtbot.waitUntil(lambda: "does not take 13 tokens" in notice.accessibleName(), timeout=WAIT_MS)
    assert "Choose another length." in notice.accessibleName()
    page.qtbot.mouseClick(page.find(QPushButton, "notice.again"), LEFT)
    assert page.window.compare.panel.isVisible()
    assert not notice.isVisible()


def test_a_running_measurement_is_cancelled_on_the_page(page: Page) -> None:
    page.open()
    run_id = page.measure(length=14)
    notice = page.window.compare.notice
    page.qtbot.waitUntil(lambda: "Measuring: sentiment" in notice.accessibleName(), timeout=WAIT_MS)
    assert not page.window.actions_by_id["compare.measure"].isEnabled()
    page.qtbot.mouseClick(page.find(QPushButton, "notice.cancel"), LEFT)
    page.wait_for(run_id, Phase.CANCELLED)
    page.qtbot.waitUntil(lambda: "cancelled" in notice.accessibleName(), timeout=WAIT_MS)
    assert page.window.actions_by_id["compare.measure"].isEnabled()


def test_a_finished_comparison_is_shown_from_its_job(page: Page) -> None:
    page.open()
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-2"), LEFT)
    run_id = page.measure()
    page.wait_for(run_id, Phase.FINISHED)
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-1"), LEFT)
    page.shell.show_job(run_id)
    page.qtbot.waitUntil(
        lambda: page.window.findChild(QPushButton, "notice.show_comparison") is not None, timeout=WAIT_MS
    )
    page.qtbot.mouseClick(page.find(QPushButton, "notice.show_comparison"), LEFT)
    assert page.window.current_page == "compare"
    assert page.names() == ["sentiment", "jpqd-best"]


def test_device_and_data_of_the_panel_reach_the_job(page: Page) -> None:
    page.open()
    page.qtbot.mouseClick(page.find(QPushButton, "button.compare.measure"), LEFT)
    for name, value in (("compare.device", "GPU.0"), ("compare.precision", "bf16"), ("compare.data", "none")):
        page.choose(name, value)
    page.qtbot.mouseClick(page.find(QPushButton, "compare.start"), LEFT)
    spec = next(job.spec for job in page.services.queue.jobs() if isinstance(job.spec, CompareSpec))
    assert (spec.device, spec.precision, spec.data) == ("GPU.0", "bf16", None)
    assert [model.id for model in spec.models] == ["m-1", "m-2", "m-3"]
    page.wait_for(spec.run_id, Phase.FINISHED)


class _Links(HTMLParser):
    """Collects what a document would fetch, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href"}]

    @override
    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_is_one_readable_file_that_fetches_nothing(page: Page, tmp_path: Path) -> None:
    page.services.workspace.models.add(make_model("m-9", "<b>bold</b> & co"))
    page.open()
    page.add("bold")
    page.wait_for(page.measure(), Phase.FINISHED)
    page.qtbot.waitUntil(page.find(QTableView, "compare.differing").isVisible, timeout=WAIT_MS)
    path = tmp_path / "comparison.html"
    page.window.compare.report_requested.emit(str(path))
    text = path.read_text("utf-8")
    parsed = _Links()
    parsed.feed(text)
    assert parsed.links == []
    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert parsed.tags.count("svg") >= 3
    assert "b" not in parsed.tags  # names are escaped
    for wanted in (
        "<b>bold</b> & co",
        "0.50×",
        "sentence 1",
        "✗ negative 0.75",
        "L5",
        "CPU · f32 · 1×32",
        "abc",
    ):
        assert wanted in parsed.text, wanted
    for svg in text.split("<svg")[1:]:
        ET.fromstring(f"<svg{svg.split('</svg>')[0]}</svg>")  # noqa: S314 - made here
    assert "#ffffff" in text.lower()


def test_the_report_is_a_picture_where_its_name_says_so(page: Page, tmp_path: Path) -> None:
    page.open()
    path = tmp_path / "comparison.png"
    page.window.compare.report_requested.emit(str(path))
    picture = QImage(str(path))
    assert picture.width() == 2160
    assert picture.height() > 2_000
    white = picture.pixelColor(0, 0)
    rows = [picture.pixelColor(x, 100) for x in range(0, 2160, 3)]
    assert white.name() == "#ffffff"
    assert any(color != white for color in rows), "its title stands there"


@pytest.mark.parametrize("name", ["comparison.html", "comparison.png"])
def test_a_report_that_cannot_be_written_is_told(page: Page, tmp_path: Path, name: str) -> None:
    page.open()
    page.window.compare.report_requested.emit(str(tmp_path / "nowhere" / name))
    notice = page.window.compare.notice
    assert "was not saved" in notice.accessibleName()
    assert "another folder" in notice.accessibleName()


def test_an_empty_workspace_says_what_the_page_is_for_and_leads_to_models(empty_page: Page) -> None:
    empty_page.open()
    begin = empty_page.find(QPushButton, "compare.begin")
    assert begin.hasFocus()
    empty_page.qtbot.keyClick(begin, Qt.Key.Key_Space)
    assert empty_page.window.current_page == "models"


def test_one_model_leads_to_compress_and_one_chosen_of_many_to_the_list(empty_page: Page) -> None:
    page = empty_page
    page.services.workspace.models.add(make_model())
    page.services.models.changed.emit()
    page.open()
    begin = page.find(QPushButton, "compare.begin")
    assert begin.text() == "Compress it"
    page.qtbot.mouseClick(begin, LEFT)
    assert page.window.current_page == "compress"

    page.services.workspace.models.add(make_model("m-9", "other", origin="elsewhere"))
    page.services.models.changed.emit()
    page.open()
    page.qtbot.waitUntil(lambda: page.names() == ["sentiment", "other"])
    page.qtbot.mouseClick(page.find(QToolButton, "compare.remove.m-9"), LEFT)
    assert begin.text() == "Add a model…"
    page.qtbot.mouseClick(begin, LEFT)
    assert page.window.compare.popup.isVisible()
    page.qtbot.keyClick(page.window.compare.popup.search, Qt.Key.Key_Return)
    assert page.names() == ["sentiment", "other"]
