"""Charts: what they take over, draw, read out and save."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.series import Curve, RunSeries
from app.views.look import Look
from app.views.plots.canvas import CurveStyle
from app.views.plots.curve_buffer import CurveBuffer, thinned
from app.views.plots.curve_chart import CurveChart, CurveGroup
from app.views.plots.head_map import Head, HeadLayer, HeadMap, layers_of_snapshot, layers_of_structure
from app.views.plots.layer_bars import LayerBars, bars_of
from app.views.plots.quantities import MEMORY, PLAIN
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
