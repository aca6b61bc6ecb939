"""A run folded into curves."""

import pytest

from app.domain.errors import Problem
from app.domain.event import (
    Event,
    Failed,
    Finished,
    Interrupted,
    Log,
    Measured,
    Metric,
    Paused,
    Resumed,
    StageStarted,
    StructureSnapshot,
    Timed,
    TrainingPlan,
)
from app.domain.series import RunSeries, StepUnit
from tests.factories import make_measurements, make_run


def fold(*events: Event) -> RunSeries:
    series = RunSeries()
    series.add(Timed(1, float(place + 1), event) for place, event in enumerate(events))
    return series


def test_points_come_in_the_order_of_their_steps() -> None:
    series = fold(Metric("loss/total", 1, 0.5), Metric("loss/total", 2, None), Metric("loss/total", 3, 0.4))
    curve = series.curves["loss/total"]
    assert list(curve.steps) == [1, 2, 3]
    assert curve.values[1] != curve.values[1]
    assert series.last("loss/total") == 0.4


def test_a_metric_that_was_never_told_has_no_last_value() -> None:
    assert fold(Metric("accuracy", 1, None)).last("accuracy") is None
    assert fold().last("accuracy") is None


def test_a_resumed_run_forgets_what_it_makes_again() -> None:
    def snapshot(step: int) -> StructureSnapshot:
        return StructureSnapshot(step, ((0.5,),), ((True,),), (4,), (4,))

    series = fold(
        *(Metric("accuracy", step, 0.1 * step) for step in (2, 4, 6)),
        snapshot(2),
        snapshot(6),
        Resumed(4),
        Metric("accuracy", 6, 0.9),
    )
    assert list(series.curves["accuracy"].steps) == [2, 4, 6]
    assert series.last("accuracy") == 0.9
    assert [one.step for one in series.snapshots] == [2]


def test_events_that_are_known_already_are_not_taken_twice() -> None:
    events = make_run(total_steps=40)
    series = RunSeries()
    series.add(events[:50])
    series.add(events[30:])
    whole = RunSeries()
    whole.add(events)
    assert series.log == whole.log
    assert (
        list(series.curves["loss/task"].steps) == list(whole.curves["loss/task"].steps) == list(range(1, 41))
    )


def test_plan_log_figures_and_duration_are_kept() -> None:
    figure = make_measurements("m-2", p50_ms=2.0, accuracy=0.9, size=1e6)[0]
    series = fold(
        StageStarted("prune", 0, 2),
        TrainingPlan(10, 5.0, 2, 6),
        Log("warning", "hm"),
        Measured(figure),
        Finished(),
    )
    assert series.plan is not None
    assert (series.plan.warmup_start_step, series.plan.total_steps) == (2, 10)
    assert [(line.level, line.text) for line in series.log] == [("warning", "hm")]
    assert series.measured("m-2", "latency_p50") == figure
    assert series.measured("m-1", "latency_p50") is None
    assert series.duration_s == 4.0


def test_an_axis_counts_steps_epochs_or_shares_of_the_run() -> None:
    series = fold(TrainingPlan(300, 100.0, 20, 120))
    assert [series.steps_per(unit) for unit in StepUnit] == [1.0, 100.0, 3.0]
    assert series.total_steps == 300
    assert fold().steps_per(StepUnit.EPOCH) == 1.0


@pytest.mark.parametrize("stop", [Paused(5), Interrupted(5), Failed(Problem("disk_full", "Full.")), None])
def test_a_night_in_which_a_run_rested_is_no_part_of_its_duration(stop: Event | None) -> None:
    begun: list[tuple[float, Event]] = [(1_000, StageStarted("prune", 1, 5)), (1_600, Log("info", "so far"))]
    stopped: list[tuple[float, Event]] = [] if stop is None else [(1_600.1, stop)]
    later: list[tuple[float, Event]] = [
        (52_000, StageStarted("prune", 1, 5)),
        (52_000.5, Resumed(5)),
        (52_300, StageStarted("finetune", 2, 5)),
        (52_600, Finished()),
    ]
    series = RunSeries()
    series.add(Timed(1, at, event) for at, event in begun + stopped + later)
    assert series.duration_s == pytest.approx(1_200, abs=0.2)
