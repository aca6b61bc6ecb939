"""Charts and lists of the page Compare, without any service."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.comparison import KIND_OF, Figure, Point
from app.domain.layer_comparison import LayerView, layer_rows
from app.views.look import Look
from app.views.main_window import MainWindow
from app.views.pages.compare_page import CompareState
from app.views.plots.axes import place_labels, ticks_between
from app.views.plots.interval_bars import IntervalBars, IntervalBarsState
from app.views.plots.pictures import svg_text
from app.views.plots.table_chart import TableChart
from app.views.plots.tradeoff_chart import TradeoffChart, TradeoffState
from app.views.widgets.chooser import Choice
from app.views.widgets.layers_view import LayersState, LayersView
from app.views.widgets.variant_chips import Chip
from tests.factories import make_model, make_variant

LEFT = Qt.MouseButton.LeftButton
POINTS = (
    Point("a", "sentiment", 8.0, 0.912, 0.88, 0.93),
    Point("b", "a-very-long-name-of-a-variant-with-all-of-its-settings", 2.0, 0.90, 0.87, 0.92),
    Point("c", "ptq-int8", 4.0, 0.89),
)
STATE = TradeoffState(POINTS, x_title="p50 latency", y_title="Accuracy", limit=5.0)


@pytest.mark.parametrize(
    ("low", "high", "about", "expected"),
    [
        (0, 10, 5, [0, 2, 4, 6, 8, 10]),
        (0.651, 0.748, 4, [0.65, 0.675, 0.7, 0.725, 0.75]),
        (0, 0, 4, [0, 0.25]),
        (-0.02, 0.03, 5, [-0.02, -0.01, 0, 0.01, 0.02, 0.03]),
    ],
)
def test_ticks_are_round_and_hold_all_values(
    low: float, high: float, about: int, expected: list[float]
) -> None:
    assert ticks_between(low, high, about) == pytest.approx(expected)


def test_eight_names_in_a_heap_do_not_overlap_nor_leave_the_chart() -> None:
    points = [QPointF(100 + 7 * number, 100 + 6 * number) for number in range(8)]
    inside = QRectF(0, 0, 480, 260)
    boxes = place_labels(points, [QSizeF(150, 16)] * 8, inside, 9.0)
    for number, box in enumerate(boxes):
        assert inside.contains(box)
        for other in boxes[number + 1 :]:
            assert not box.intersects(other)


@pytest.fixture
def chart(qtbot: QtBot, look: Look) -> TradeoffChart:
    made = TradeoffChart(look)
    qtbot.addWidget(made)
    made.resize(520, 320)
    made.show_state(STATE)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_best_point_within_the_limit_is_bigger_and_in_the_accent(
    chart: TradeoffChart, look: Look
) -> None:
    def accent_near(place: QPoint) -> int:
        picture, accent = chart.grab().toImage(), look.color("accent")
        return sum(
            picture.pixelColor(place.x() + x, place.y() + y) == accent
            for x in range(-12, 13)
            for y in range(-12, 13)
        )

    best, other = (chart._place(point).toPoint() for point in (POINTS[1], POINTS[2]))
    assert accent_near(best) > 100 > accent_near(other)


def test_the_limit_moves_by_mouse_and_keys_and_a_point_by_a_click(chart: TradeoffChart, qtbot: QtBot) -> None:
    moved: list[float] = []
    chart.limit_changed.connect(moved.append)
    grip = QPoint(round(chart._x_of(5.0)), 60)
    qtbot.mousePress(chart, LEFT, pos=grip)
    qtbot.mouseMove(chart, QPoint(round(chart._x_of(3.0)), 70))
    qtbot.mouseRelease(chart, LEFT, pos=grip)
    assert moved[-1] == pytest.approx(3.0, abs=0.05)
    qtbot.mouseMove(chart, QPoint(round(chart._x_of(7.0)), 70))
    assert len(moved) == 1
    for key, expected in ((Qt.Key.Key_Right, 5.05), (Qt.Key.Key_Left, 4.95), (Qt.Key.Key_Home, 0.0)):
        qtbot.keyClick(chart, key)
        assert moved[-1] == pytest.approx(expected, abs=0.02)
    with qtbot.waitSignal(chart.point_selected) as told:
        qtbot.mouseClick(chart, LEFT, pos=chart._place(POINTS[2]).toPoint())
    assert told.args == ["c"]
    with qtbot.waitSignal(chart.point_selected) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert told.args == ["c"]  # the lowest first


def test_the_trade_off_is_zoomed_to_its_chosen_point_and_shown_whole_again(
    chart: TradeoffChart, qtbot: QtBot
) -> None:
    chart.show_state(msgspec.structs.replace(STATE, selected="b"))
    whole, place = chart.x_range, chart._place(POINTS[1])
    for _ in range(6):
        qtbot.keyClick(chart, Qt.Key.Key_Plus)
    low, high = chart.x_range
    assert whole[0] < low < POINTS[1].x < high < whole[1]
    assert (chart._place(POINTS[1]) - place).manhattanLength() < 1.0
    assert not chart.grab().isNull()
    with qtbot.waitSignal(chart.limit_changed) as told:
        qtbot.keyClick(chart, Qt.Key.Key_End)
    assert told.args == [pytest.approx(whole[1])], "the whole axis, not the part in sight"
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert chart.x_range[0] > low
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.x_range == whole


def test_a_limit_at_the_end_of_the_axis_leaves_the_axis_as_it_is(chart: TradeoffChart, qtbot: QtBot) -> None:
    chart.limit_changed.connect(lambda limit: chart.show_state(msgspec.structs.replace(STATE, limit=limit)))
    end = chart.x_range[1]
    for _ in range(8):
        qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.x_range[1] == end


def test_bars_with_intervals_are_zoomed_to_where_they_differ(qtbot: QtBot, look: Look) -> None:
    bars = IntervalBars(look)
    qtbot.addWidget(bars)
    bars.resize(700, 160)
    kind = KIND_OF["accuracy"]
    figures = (Figure(0.912, 0.9, 0.92), Figure(0.905, 0.893, 0.915))
    bars.show_state(IntervalBarsState(kind, "Accuracy", ("a", "b"), ("a", "b"), figures, frozenset({0}), "a"))
    before = bars._axis()
    for _ in range(8):
        qtbot.keyClick(bars, Qt.Key.Key_Plus)
    after = bars._axis()
    assert after.low > 0.5 > before.low
    assert all(after.low < one.value < after.high for one in figures)
    qtbot.keyClick(bars, Qt.Key.Key_0)
    assert bars._axis() == before


def test_the_chart_says_its_points_and_saves_them(chart: TradeoffChart, tmp_path: Path) -> None:
    assert "sentiment, Accuracy 91.2 ± 2.5 %, p50 latency 8.00 ms" in chart.accessibleDescription()
    chart.save_csv(tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text())))
    assert rows[0] == ["model", "latency_p50", "accuracy", "accuracy_low", "accuracy_high", "pareto_front"]
    assert [row[-1] for row in rows[1:]] == ["1", "1", "0"]
    chart.save_png(tmp_path / "a.png")
    assert not QImage(str(tmp_path / "a.png")).isNull()


def test_nothing_to_show_paints_nothing_and_moves_nothing(chart: TradeoffChart, qtbot: QtBot) -> None:
    chart.show_state(TradeoffState())
    qtbot.mouseClick(chart, LEFT, pos=QPoint(100, 100))
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chart.accessibleDescription() == ""


def test_bars_say_what_was_not_measured(qtbot: QtBot, look: Look) -> None:
    bars = IntervalBars(look)
    qtbot.addWidget(bars)
    figures = (Figure(0.7, 0.66, 0.73, 791), None, Figure(-0.01, -0.03, 0.01, 791))
    state = IntervalBarsState(
        KIND_OF["accuracy_difference"], "Paired difference", ("x", "y", "z"), ("a", "b", "c"), figures
    )
    bars.show_state(state)
    assert "y not measured here" in bars.accessibleDescription()
    bars.resize(bars.sizeHint())
    bars.show()
    with qtbot.waitSignal(bars.model_selected) as told:
        qtbot.mouseClick(bars, LEFT, pos=QPoint(200, 90))
    assert told.args == ["c"]
    assert list(bars.table()[2]) == ["y", "", "", "", ""]


def test_a_picture_for_paper_is_light_in_the_dark_too(qtbot: QtBot, look: Look) -> None:
    light = Look()
    chart = TradeoffChart(light)
    qtbot.addWidget(chart)
    chart.show_state(STATE)
    text = svg_text(chart, light, QSize(600, 300))
    root = ET.fromstring(text)  # noqa: S314 - made here
    assert root.attrib["viewBox"].startswith("0 0 600 300")
    assert "#ffffff" in text
    assert "sentiment" in text


def test_showing_the_same_state_twice_keeps_the_chips(window: MainWindow) -> None:
    state = CompareState(chips=(Chip("a", "one"), Chip("b", "two")), model_count=2)
    window.compare.show_state(state)
    first = window.compare.findChild(QToolButton, "compare.chip.a")
    window.compare.show_state(msgspec.structs.replace(state, summary="other"))
    assert window.compare.findChild(QToolButton, "compare.chip.a") is first


def test_the_list_of_models_filters_and_says_where_nothing_is_left(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compare")
    window.compare.show_state(CompareState(model_count=3))
    window.compare.offer((Choice("a", "sentiment · FP32"), Choice("b", "jpqd-fast · INT8")))
    popup = window.compare.popup
    search = popup.search
    assert isinstance(search, QLineEdit)
    qtbot.keyClicks(search, "nothing")
    assert popup._none.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert popup.isVisible()  # there was nothing to choose
    search.clear()
    qtbot.keyClicks(search, "JPQD")
    with qtbot.waitSignal(popup.chosen) as told:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert told.args == ["b"]
    assert not popup.isVisible()


def test_the_list_goes_when_the_keyboard_goes_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("compare")
    window.compare.show_state(CompareState(model_count=3))
    window.compare.offer((Choice("a", "sentiment"),))
    assert window.compare.popup.isVisible()
    begin = window.compare.findChild(QPushButton, "compare.begin")
    assert isinstance(begin, QPushButton)
    begin.setFocus()
    assert not window.compare.popup.isVisible()


@pytest.fixture
def layers(qtbot: QtBot, look: Look) -> LayersView:
    view = LayersView(look)
    qtbot.addWidget(view)
    view.resize(700, 220)
    records = [make_model(), make_variant()]
    rows = layer_rows(records, LayerView.PARAMETERS, ())
    view.show_state(LayersState(("sentiment", "jpqd-fast"), rows, LayerView.PARAMETERS))
    view.show()
    qtbot.waitExposed(view)
    return view


def test_layers_are_saved_with_those_that_are_out_of_sight_and_their_legend(
    layers: LayersView, tmp_path: Path
) -> None:
    (chart,) = layers.findChildren(TableChart)
    assert layers.table.verticalScrollBar().maximum() > 0, "not all are in sight"
    layers.table.verticalScrollBar().setValue(1)
    before = layers.table.geometry()
    chart.save_png(tmp_path / "layers.png")
    chart.save_svg(tmp_path / "layers.svg")
    rows, view = layers.table.verticalHeader(), layers.table
    picture = QImage(str(tmp_path / "layers.png"))
    assert picture.height() > 2 * (rows.length() + view.horizontalHeader().height())
    text = (tmp_path / "layers.svg").read_text()
    for word in ("Layers of the models: Parameters", "L0", "L5", "Outside", "jpqd-fast", "feed-forward"):
        assert f">{word}<" in text, word
    assert (view.geometry(), view.verticalScrollBar().value()) == (before, 1), "the window stays as it was"


class PaintWatch(QObject):
    """Calls back whenever what it watches paints itself."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self._painted = painted

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted()
        return False


def test_layers_of_eight_models_are_saved_with_the_columns_that_are_out_of_sight(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    view = LayersView(look)
    qtbot.addWidget(view)
    view.resize(900, 400)
    names = tuple(f"model-{number}" for number in range(8))
    records = [make_model(f"m-{number}") for number in range(8)]
    view.show_state(LayersState(names, layer_rows(records, LayerView.PARAMETERS, ())))
    view.show()
    qtbot.waitExposed(view)
    table, (chart,) = view.table, view.findChildren(TableChart)
    bar = table.horizontalScrollBar()
    assert bar.maximum() > 0, "not all are in sight"
    bar.setValue(7)
    before = table.geometry()
    chart.save_svg(tmp_path / "layers.svg")
    text = (tmp_path / "layers.svg").read_text()
    missing = [name for name in names if f">{name}<" not in text]
    assert not missing
    whole = table.verticalHeader().width() + table.horizontalHeader().length() + 2 * table.frameWidth()
    assert chart.chart_size().width() == whole
    rendered: list[bool] = []
    table.viewport().installEventFilter(watch := PaintWatch(lambda: rendered.append(bar.isVisibleTo(table))))
    chart.save_png(tmp_path / "layers.png")
    table.viewport().removeEventFilter(watch)
    assert rendered, "it was painted"
    assert not any(rendered), "a scroll bar would be in the picture, and over the last row"
    assert (table.geometry(), bar.value()) == (before, 7), "the window stays as it was"


def test_the_data_of_the_layers_are_plain_numbers(layers: LayersView, qtbot: QtBot, tmp_path: Path) -> None:
    (chart,) = layers.findChildren(TableChart)
    chart.save_csv(tmp_path / "layers.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "layers.csv").read_text())))
    first = rows[0]
    parts = [float(first[name]) for name in ("attention", "feed_forward", "other")]
    assert (first["layer"], first["model"], sum(parts)) == ("0", "sentiment", float(first["parameters"]))
    outside = rows[-1]
    assert (outside["layer"], outside["model"], outside["attention"]) == ("outside", "jpqd-fast", "")
    qtbot.keyClick(layers.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 1 + len(rows)
    assert copied[0].split("\t") == list(first)
    assert [line.split("\t") for line in copied[1:]] == [list(row.values()) for row in rows], "as in the CSV"


def test_the_layers_offer_the_menu_of_a_chart_by_mouse_and_by_key(
    layers: LayersView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: opened.append(menu))
    qtbot.keyClick(layers.table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = opened
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles == ["Copy picture", "Copy data", "Save as PNG…", "Save as SVG…", "Save data as CSV…"]
    menu.aboutToHide.emit()
    point = layers.table.viewport().rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, layers.table.viewport().mapToGlobal(point)
    )
    QApplication.sendEvent(layers.table.viewport(), event)
    assert len(opened) == 2
    for menu in opened:
        menu.deleteLater()
