"""Charts: what they take over, draw, read out and save."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from app.domain.series import Curve, RunSeries, StepUnit
from app.views.look import Look
from app.views.plots.canvas import CurveStyle
from app.views.plots.confidence_bars import Confidence, ConfidenceBars
from app.views.plots.curve_buffer import CurveBuffer, smoothed, thinned
from app.views.plots.curve_chart import CurveChart, CurveGroup, OtherRun
from app.views.plots.head_bars import HeadBars
from app.views.plots.head_map import Head, HeadLayer, HeadMap, layers_of_snapshot, layers_of_structure
from app.views.plots.layer_bars import LayerBars, bars_of
from app.views.plots.length_histogram import LengthHistogram
from app.views.plots.quantities import MEMORY, MILLISECONDS, PLAIN, RATE, SHARE, Quantity
from app.views.plots.share_bars import ShareBars, SharePart
from app.views.plots.viewing import CLOSEST
from app.views.widgets.training_charts import bands_of
from tests.factories import KEPT_HEADS, make_run, make_snapshot, make_structure


def curve_of(*points: tuple[int, float | None]) -> Curve:
    curve = Curve()
    for step, value in points:
        curve.add(step, value)
    return curve


def test_a_buffer_takes_over_only_what_is_new_and_follows_a_cut() -> None:
    buffer, curve = CurveBuffer(), Curve()
    for step in range(1000):
        curve.add(step, step * 0.5)
    assert buffer.take(curve)
    assert not buffer.take(curve)
    curve.drop_after(499)
    curve.add(500, None)
    assert buffer.take(curve)
    steps, values = buffer.points
    assert (len(steps), steps[-1], values[499]) == (501, 500, 249.5)
    assert np.isnan(values[500])


def test_thinning_keeps_the_mean_the_gaps_and_the_newest_point() -> None:
    steps = np.arange(1000.0)
    values = np.where(steps % 2 == 0, 0.0, 1.0)
    values[500:520] = np.nan
    shown_steps, shown = thinned((steps, values), 100)
    assert len(shown_steps) <= 110
    assert shown_steps[-1] == 999
    assert shown[10] == 0.5
    assert np.isnan(shown[50])
    assert thinned((steps[:50], values[:50]), 100)[0] is not None
    assert len(thinned((steps[:50], values[:50]), 100)[0]) == 50


@pytest.fixture
def chart(qtbot: QtBot, look: Look) -> CurveChart:
    losses = (
        CurveStyle("loss/total", "total", "text", is_noisy=True),
        CurveStyle("loss/task", "task", "accent", is_noisy=True, has_markers=True),
    )
    memory = CurveStyle("memory_mb", "memory", "accent")
    groups = (CurveGroup("Loss", losses, PLAIN), CurveGroup("Memory", (memory,), MEMORY))
    made = CurveChart("Training", look, groups)
    qtbot.addWidget(made)
    made.resize(400, 240)
    return made


def test_a_chart_saves_what_it_shows(chart: CurveChart, qtbot: QtBot, tmp_path: Path) -> None:
    chart.show_curves(
        {"loss/task": curve_of((1, 0.5), (2, None)), "loss/total": curve_of((2, 0.25))}, total_steps=10
    )
    chart.show()
    qtbot.waitExposed(chart)
    chart.save_csv(tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text())))
    assert rows[0] == ["step", "loss/total", "loss/task"]
    assert rows[1] == ["1", "", "0.5"]
    assert rows[2] == ["2", "0.25", ""]
    chart.save_png(tmp_path / "a.png")
    picture = QImage(str(tmp_path / "a.png"))
    assert picture.width() >= 2 * chart.width()
    assert picture.height() >= 2 * chart.height()
    chart.save_svg(tmp_path / "a.svg")
    drawing = (tmp_path / "a.svg").read_text()
    assert "<polyline" in drawing or "<path" in drawing
    assert "optimizer step" in drawing, "axes are text"
    assert ">task<" in drawing, "the legend is saved as well"
    assert "<image" not in drawing, "vectors, not an embedded picture"
    assert len(drawing) < 200_000
    menu = chart.chart_menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Zoom in\t+",
        "Zoom out\t-",
        "Show everything\t0",
        "Copy picture",
        "Copy data",
        "Save as PNG…",
        "Save as SVG…",
        "Save data as CSV…",
    ]
    menu.deleteLater()


def test_a_hidden_chart_does_not_paint(chart: CurveChart, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[bool] = []
    monkeypatch.setattr(chart, "_draw", lambda: drawn.append(True))
    chart.show_curves({"loss/task": curve_of((1, 0.5))})
    assert not chart._repaint_timer.isActive()
    assert drawn == []


def test_many_updates_are_painted_together(chart: CurveChart, qtbot: QtBot) -> None:
    chart.show()
    qtbot.waitExposed(chart)
    painted: list[bool] = []
    chart._repaint_timer.timeout.connect(lambda: painted.append(True))
    curve = Curve()
    for step in range(200):
        curve.add(step, 1.0)
        chart.show_curves({"loss/task": curve})
    qtbot.waitUntil(lambda: len(painted) == 1)
    assert len(chart.table()) == 201


def test_both_stages_are_shaded_by_the_plan() -> None:
    series = RunSeries()
    assert bands_of(series, "a", "b") == ()
    series.add(make_run(total_steps=200, until=5))
    warmup, finetuning = bands_of(series, "warm-up", "fine-tuning")
    assert (warmup.start, warmup.end, finetuning.start, finetuning.end) == (25, 80, 80, 200)


def test_the_head_map_tells_kept_from_removed_without_colour(qtbot: QtBot, look: Look) -> None:
    heads = HeadMap(look)
    qtbot.addWidget(heads)
    heads.show_layers(layers_of_structure(make_structure(pruned=True)))
    assert heads.accessibleDescription() == f"{sum(KEPT_HEADS)} of 72 heads kept"
    heads.resize(heads.sizeHint())

    def ink(layers: tuple[HeadLayer, ...]) -> int:
        heads.show_layers(layers)
        grey = heads.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        cell = heads._cell(0, 0).toRect()
        return sum(
            grey.pixelColor(x, y).lightness() < 200
            for x in range(cell.left(), cell.right())
            for y in range(cell.top(), cell.bottom())
        )

    kept, removed = ink((HeadLayer((Head(is_kept=True),)),)), ink((HeadLayer((Head(is_kept=False),)),))
    assert kept > 3 * removed > 0


def test_arrow_keys_read_out_single_heads(qtbot: QtBot, look: Look) -> None:
    heads = HeadMap(look)
    qtbot.addWidget(heads)
    heads.show_layers(layers_of_snapshot(make_snapshot(10, 0.0)))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(heads, key)
    assert heads.accessibleDescription().startswith("L1, head 1: kept, more important than ")


def test_bars_stand_before_and_after_only_for_a_pruned_model(qtbot: QtBot, look: Look) -> None:
    whole, pruned = bars_of(make_structure()), bars_of(make_structure(pruned=True))
    assert all(bar.before is None for bar in whole)
    assert all(bar.before is not None and sum(bar.before) >= sum(bar.now) for bar in pruned)
    bars = LayerBars(look)
    qtbot.addWidget(bars)
    bars.show_bars(pruned)
    assert bars.accessibleDescription() == "6.7 M in the layers, 10.6 M before"
    assert bars.table()[0] == (
        "layer",
        "attention",
        "ffn",
        "other",
        "attention_before",
        "ffn_before",
        "other_before",
    )


def curves(count: int = 200) -> dict[str, Curve]:
    return {
        "loss/total": curve_of(*((step, 0.5 + 0.1 * (-1) ** step) for step in range(1, count + 1))),
        "loss/task": curve_of(*((step, step / count) for step in range(1, count + 1))),
        "memory_mb": curve_of((1, 1500.0), (count, 2000.0)),
    }


@pytest.fixture
def shown(chart: CurveChart, qtbot: QtBot) -> CurveChart:
    """The chart on the screen with 200 steps of a run."""
    chart.show_curves(curves(), total_steps=200)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def reading_of(chart: CurveChart) -> str:
    return next((one.text() for one in chart.findChildren(QLabel) if one.isVisible()), "")


def test_means_lie_over_noise_and_gaps_stay_gaps() -> None:
    steps = np.arange(100.0)
    values = np.where(steps % 2 == 0, 0.0, 1.0)
    values[50] = np.nan
    means = smoothed((steps, values))
    assert means is not None
    assert np.isnan(means[1][50])
    rest = np.delete(means[1], 50)
    assert np.all((rest > 0.2) & (rest < 0.8))
    assert smoothed((steps[:10], values[:10])) is None, "a few points are shown as they are"


def test_the_wheel_brings_nearer_what_is_under_the_mouse_and_a_double_click_shows_all(
    shown: CurveChart, qtbot: QtBot
) -> None:
    point = shown.plot_area().center().toPoint() + QPoint(40, 0)
    before = shown._canvas.step_at(QPointF(point))
    turn = QWheelEvent(
        QPointF(point), shown.mapToGlobal(QPointF(point)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown, turn)
    assert shown.view.width < 0.7
    after = shown._canvas.step_at(QPointF(point))
    assert before is not None
    assert after is not None
    assert abs(before - after) < 3
    qtbot.mouseDClick(shown, Qt.MouseButton.LeftButton, pos=point)
    assert shown.view.is_whole


def test_a_dragged_box_becomes_the_whole_picture(shown: CurveChart, qtbot: QtBot) -> None:
    area = shown.plot_area()
    start = area.topLeft().toPoint() + QPoint(round(area.width() / 2), 2)
    end = area.bottomRight().toPoint() - QPoint(2, round(area.height() / 2))
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(shown, end)
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=end)
    view = shown.view
    assert abs(view.left - 0.5) < 0.03
    assert abs(view.width - 0.5) < 0.03
    assert abs(view.height - 0.5) < 0.03
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=start)
    assert shown.view == view, "a mere click zooms nowhere"
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.view.is_whole


def test_a_zoom_never_leaves_the_picture(shown: CurveChart, qtbot: QtBot) -> None:
    for _ in range(60):
        qtbot.keyClick(shown, Qt.Key.Key_Plus)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up) * 200:
        qtbot.keyClick(shown, key)
    assert (shown.view.left, shown.view.top) == (0.0, 0.0)
    assert shown.view.width >= CLOSEST
    for _ in range(60):
        qtbot.keyClick(shown, Qt.Key.Key_Minus)
    assert shown.view.is_whole


def test_the_mouse_reads_values_with_their_units(shown: CurveChart, qtbot: QtBot) -> None:
    assert reading_of(shown) == ""
    area = shown.plot_area()
    qtbot.mouseMove(shown, area.center().toPoint())
    assert "step 10" in reading_of(shown)
    assert "0.5" in reading_of(shown)
    shown.show_group(1)
    qtbot.mouseMove(shown, area.center().toPoint() + QPoint(3, 3))
    assert "1,500 MB" in reading_of(shown)


def test_runs_of_different_lengths_meet_on_a_common_axis(shown: CurveChart, qtbot: QtBot) -> None:
    other = OtherRun("twice <as> long", curves(400), 400, 4.0)
    shown.show_other(other)
    shown.show_curves(curves(), total_steps=200, unit=StepUnit.SHARE, steps_per_unit=2.0)
    shown._draw()
    middle = shown.plot_area().center().toPoint()
    qtbot.mouseMove(shown, middle)
    text = reading_of(shown)
    assert re.search(r"5\d\.\d % of the run", text)
    task = re.findall(r"0\.\d+", text[text.index("task") :])
    assert len(task) == 2
    assert abs(float(task[0]) - float(task[1])) < 0.01, "both are half way"
    assert "twice &lt;as&gt; long" in text, "a name is no markup"
    assert "twice <as> long" in shown.legend.accessibleName()
    header, *rows = shown.table()
    assert header[-1] == "loss/task (twice <as> long)"
    assert len(rows) == 400
    shown.show_other(None)
    assert len(shown.table()[0]) == 3


def test_a_marked_step_stays_the_same_step_when_the_axis_counts_epochs(shown: CurveChart) -> None:
    def mark() -> float:
        plot = shown._canvas._plot
        assert plot is not None
        return float(plot._mark.value())

    shown.show_mark(100)
    assert mark() == 100
    shown.show_curves(curves(), total_steps=200, unit=StepUnit.EPOCH, steps_per_unit=50.0)
    assert mark() == 2
    shown.show_curves(curves(), total_steps=200)
    assert mark() == 100


def test_the_highest_of_a_few_values_is_on_the_chart_and_a_spike_among_many_is_not(
    chart: CurveChart,
) -> None:
    for count, is_seen in ((2, True), (20, True), (199, True), (400, False)):
        values = [(step, 90.0 if step == 1 else 1.0) for step in range(1, count + 1)]
        chart.show_curves({"loss/total": curve_of(*values)}, total_steps=count)
        _, high = chart._value_range((0.0, 1.0))
        assert (high > 90.0) is is_seen, count


def test_only_one_group_of_curves_is_shown_at_a_time(shown: CurveChart) -> None:
    shown.show_group(1)
    assert shown.table()[0] == ("step", "memory_mb")
    assert shown.picture_title() == "Memory"


@pytest.mark.parametrize(
    ("quantity", "value", "spacing", "text"),
    [
        (SHARE, 0.4, 0.2, "40 %"),
        (SHARE, 0.455, 0.005, "45.5 %"),
        (PLAIN, 0.25, 0.05, "0.25"),
        (RATE, 5e-5, 1e-5, "5.0e-5"),
        (RATE, 0.0, 1e-5, "0"),
        (MILLISECONDS, 1200.0, 200.0, "1,200 ms"),
        (MEMORY, 1500.0, 500.0, "1.5 GB"),
        (MEMORY, 1510.0, 10.0, "1,510 MB"),
    ],
)
def test_ticks_carry_the_unit(quantity: Quantity, value: float, spacing: float, text: str) -> None:
    assert quantity.tick(value, spacing) == text


def test_the_head_map_zooms_and_keeps_the_chosen_head_in_view(qtbot: QtBot, look: Look) -> None:
    heads = HeadMap(look)
    qtbot.addWidget(heads)
    heads.resize(500, 260)
    heads.show_layers(layers_of_snapshot(make_snapshot(10, 0.0)))
    for _ in range(6):
        qtbot.keyClick(heads, Qt.Key.Key_Plus)
    assert heads.view.width < 0.4
    for _ in range(12):
        qtbot.keyClick(heads, Qt.Key.Key_Right)
    for _ in range(6):
        qtbot.keyClick(heads, Qt.Key.Key_Down)
    assert heads.plot_area().contains(heads._cell(5, 11).center())
    qtbot.keyClick(heads, Qt.Key.Key_0)
    assert heads.view.is_whole


@pytest.mark.parametrize("closer", [6, 40])
def test_bars_of_heads_keep_the_chosen_layer_in_view(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch, closer: int
) -> None:
    monkeypatch.setattr(QToolTip, "showText", lambda *_: None)  # offscreen cannot raise it
    bars = HeadBars(look)
    qtbot.addWidget(bars)
    bars.resize(400, 220)
    bars.show_counts(((12, 12),) * 12)
    for _ in range(closer):
        qtbot.keyClick(bars, Qt.Key.Key_Plus)
    for key, last in ((Qt.Key.Key_Right, 11), (Qt.Key.Key_Left, 0)):
        for _ in range(12):
            qtbot.keyClick(bars, key)
            assert bars._cursor is not None
            assert bars.plot_area().contains(bars._group(bars._cursor).center())
        assert bars._cursor == last
    assert not bars.is_whole


def test_hovering_tells_heads_and_neurons(qtbot: QtBot, look: Look) -> None:
    heads = HeadMap(look)
    qtbot.addWidget(heads)
    heads.resize(500, 260)
    heads.show_layers(layers_of_structure(make_structure(pruned=True)))
    cell = heads._cell(2, 0).center()
    assert heads._hover_text(cell).startswith("L2, head 0: ")
    bar = QPointF(heads.plot_area().right() + 30, cell.y())
    assert heads._hover_text(bar) == "L2: 960 of 1,536 feed-forward neurons kept"
    assert heads._hover_text(QPointF(2, 2)) == ""


def test_bars_are_zoomed_along_the_layers_alone(qtbot: QtBot, look: Look) -> None:
    bars = LayerBars(look)
    qtbot.addWidget(bars)
    bars.resize(400, 200)
    bars.show_bars(bars_of(make_structure(pruned=True)))
    narrow = bars._group(2).width()
    qtbot.keyClick(bars, Qt.Key.Key_Plus)
    assert bars._group(2).width() > narrow
    assert bars.view.height == 1.0


def test_a_larger_presentation_makes_charts_larger(qtbot: QtBot, look: Look) -> None:
    heads, bars = HeadMap(look), LayerBars(look)
    for one in (heads, bars):
        qtbot.addWidget(one)
    before = (heads.minimumSizeHint().height(), bars.minimumHeight())
    look.scale = 2.0
    look.changed.emit()
    assert (heads.minimumSizeHint().height(), bars.minimumHeight()) == (before[0] * 2, before[1] * 2)


def test_every_chart_that_zooms_offers_that_in_its_menu(qtbot: QtBot, look: Look) -> None:
    heads, counts = HeadMap(look), HeadBars(look)
    lengths, bars = LengthHistogram(look), ConfidenceBars(look)
    counts.show_counts(((12, 12), (8, 12), (4, 12)))
    lengths.show_lengths([(4, 10), (9, 30), (60, 2)], 32)
    bars.show_bars([Confidence("negative", 0.25), Confidence("positive", 0.75)])
    for chart in (heads, counts, lengths, bars):
        qtbot.addWidget(chart)
        chart.resize(400, 220)
        menu = chart.chart_menu()
        offered = [action.text().split("\t")[0] for action in menu.actions()]
        menu.deleteLater()
        assert "Zoom in" in offered
        qtbot.keyClick(chart, Qt.Key.Key_Plus)
        assert not chart.is_whole
        assert not chart.grab().isNull()
        qtbot.keyClick(chart, Qt.Key.Key_0)
        assert chart.is_whole


def test_hovering_over_what_ran_tells_its_shares(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, _widget: told.append(text))
    bars = ShareBars(look)
    qtbot.addWidget(bars)
    parts = (SharePart("i8", "INT8", "accent", 0.9, 0.5), SharePart("f32", "f32", "other", 0.1, 0.5))
    bars.show_parts(parts, "1 G", "2 ms")
    bars.resize(400, bars.sizeHint().height())
    last_line = bars.height() - 8
    for place in (QPoint(300, 25), QPoint(390, 25), QPoint(300, 70), QPoint(20, last_line)):
        QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, place, place))
    int8, f32 = (
        "INT8: 90.0 % of the products, 50.0 % of the time",
        "f32: 10.0 % of the products, 50.0 % of the time",
    )
    assert told == [int8, f32, f32, f32]


def test_hovering_over_a_confidence_tells_it_exactly(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, _widget: told.append(text))
    bars = ConfidenceBars(look)
    qtbot.addWidget(bars)
    bars.resize(300, 60)
    bars.show_bars([Confidence("negative", 0.00123), Confidence("positive", 0.99877)])
    QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, QPoint(20, 5), QPoint(20, 5)))
    assert told == ["negative: 0.123 %"]


def drawn(bars: ConfidenceBars, token: str) -> int:
    """Return how many pixels have a colour."""
    image, color = bars.grab().toImage(), bars._look.color(token)
    return sum(image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height()))


def test_zooming_lengthens_small_bars_from_zero_and_cuts_the_long_ones(qtbot: QtBot, look: Look) -> None:
    bars = ConfidenceBars(look)
    qtbot.addWidget(bars)
    bars.resize(300, 60)
    bars.show_bars([Confidence("negative", 0.004), Confidence("positive", 0.996)])
    bars.show()
    qtbot.waitExposed(bars)
    assert drawn(bars, "other") == 0, "too small to be seen"
    long_before = drawn(bars, "accent")
    bars.setFocus()
    for _ in range(15):
        qtbot.keyClick(bars, Qt.Key.Key_Plus)
    assert bars.view.left == 0.0
    assert drawn(bars, "other") > 10
    assert drawn(bars, "accent") < long_before, "the cut is seen"
    zoomed = bars.view
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert bars.view == zoomed, "nothing lies beside what is shown"
    assert bars.can_zoom
    qtbot.keyClick(bars, Qt.Key.Key_0)
    assert bars.is_whole
    assert drawn(bars, "accent") == long_before
