"""Which figures stand beside each other, what is best, and the best within a limit."""

import msgspec
import pytest

from app.domain.comparison import (
    KIND_OF,
    Better,
    Figure,
    Point,
    Row,
    Setting,
    Trial,
    Variant,
    best_within,
    facts_of,
    pareto_front,
    points_of,
    rows_of,
    settings_of,
    trials_of,
)
from app.domain.comparison_wording import (
    against_text,
    axis_text,
    figure_of_kind,
    filled,
    plain_figure,
    setting_text,
)
from app.domain.disagreement import PairFigures
from app.domain.measurement import Measurement
from tests.factories import make_measurements, make_model, make_variant

LATENCY = Setting("CPU", "f32", (1, 32), "latency")
THROUGHPUT = Setting("CPU", "f32", (1, 32), "throughput")


def figures_of(model_id: str, p50_ms: float, accuracy: float, **changes: object) -> tuple[Measurement, ...]:
    found = make_measurements(model_id, p50_ms=p50_ms, accuracy=accuracy, size=1e7)
    return tuple(
        msgspec.structs.replace(
            one, **({"dataset_hash": "abc"} if one.metric == "accuracy" else {}), **changes
        )
        for one in found
    )


def pair() -> tuple[Variant, Variant]:
    return (
        Variant(make_model(), figures_of("m-1", 8.0, 0.912)),
        Variant(make_variant(), figures_of("m-2", 2.0, 0.908)),
    )


def row(variants: tuple[Variant, ...], metric: str, setting: Setting | None = LATENCY) -> Row:
    trial = next(iter(trials_of(variants, setting)), None)
    return next(one for one in rows_of(variants, setting, trial) if one.kind.metric == metric)


def values(shown: Row) -> list[float | None]:
    return [None if one is None else one.value for one in shown.figures]


def test_figures_under_other_conditions_are_not_measured_here() -> None:
    first, second = pair()
    other = msgspec.structs.replace(second, measurements=figures_of("m-2", 2.0, 0.9, precision="bf16"))
    assert values(row((first, other), "latency_p50")) == [8.0, None]
    assert values(row((first, second), "latency_p50")) == [8.0, 2.0]
    longer = msgspec.structs.replace(second, measurements=figures_of("m-2", 2.0, 0.9, shape=(1, 128)))
    assert values(row((first, longer), "latency_p50")) == [8.0, None]


def test_a_latency_among_many_requests_is_not_that_of_one_after_another() -> None:
    first, second = pair()
    busy = tuple(
        msgspec.structs.replace(one, hint="throughput") if one.metric == "latency_p50" else one
        for one in second.measurements
    )
    mixed = (first, msgspec.structs.replace(second, measurements=busy))
    assert values(row(mixed, "latency_p50")) == [8.0, None]
    assert values(row(mixed, "latency_p50", THROUGHPUT)) == [None, 2.0]
    # Throughput is taken under its own hint, whatever the latency's.
    assert None not in values(row(mixed, "throughput"))
    assert None not in values(row(mixed, "throughput", THROUGHPUT))


def test_the_setting_of_most_models_comes_first_and_then_the_newest() -> None:
    first, second = pair()
    alone = msgspec.structs.replace(
        first.measurements[0], id="x", device="GPU", value=1.0, measured_at="2026-12-01T00:00:00Z"
    )
    first = msgspec.structs.replace(first, measurements=(*first.measurements, alone))
    assert [one.device for one in settings_of((first, second))] == ["CPU", "GPU"]
    assert settings_of((Variant(make_model()),)) == ()
    both = tuple(
        msgspec.structs.replace(
            one, measurements=(*one.measurements, msgspec.structs.replace(alone, model_id=one.id))
        )
        for one in (first, second)
    )
    assert [one.device for one in settings_of(both)] == ["GPU", "CPU"]


def test_accuracy_on_other_data_or_fewer_rows_is_another_trial() -> None:
    first, second = pair()
    fewer = tuple(
        msgspec.structs.replace(one, n=100) if one.metric == "accuracy" else one
        for one in second.measurements
    )
    mixed = (first, msgspec.structs.replace(second, measurements=fewer))
    trials = trials_of(mixed, LATENCY)
    assert {trial.n for trial in trials} == {600, 100}
    rows = rows_of(mixed, LATENCY, Trial("abc", 600, "CPU", "f32"))
    assert values(rows[0]) == [0.912, None]


def test_the_newest_of_several_figures_counts() -> None:
    first, second = pair()
    newer = msgspec.structs.replace(
        first.measurements[0], id="n", value=7.0, measured_at="2027-01-01T00:00:00Z"
    )
    first = msgspec.structs.replace(first, measurements=(newer, *first.measurements))
    assert values(row((first, second), "latency_p50")) == [7.0, 2.0]


def test_the_best_is_marked_the_way_that_is_up() -> None:
    variants = pair()
    assert row(variants, "latency_p50").best == {1}
    assert row(variants, "throughput").best == {1}
    assert row(variants, "accuracy").best == {0}
    assert row(variants, "heads_kept").best == frozenset()
    same = (variants[0], variants[0])
    assert row(same, "latency_p50").best == frozenset()
    assert not row(same, "latency_p50").differs


def test_a_row_is_held_against_the_reference_by_ratio_or_points() -> None:
    variants = pair()
    assert row(variants, "latency_p50").against(1, 0) == pytest.approx(0.25)
    assert row(variants, "accuracy").against(1, 0) == pytest.approx(-0.004)
    assert row(variants, "accuracy").against(0, 0) is None
    assert against_text(KIND_OF["latency_p50"], 0.25) == "0.25×"
    assert against_text(KIND_OF["throughput"], 15.2) == "15×"
    assert against_text(KIND_OF["accuracy"], -0.004) == "−0.4 pp"
    assert against_text(KIND_OF["accuracy"], 0.0) == "±0.0 pp"


def test_pairs_stand_in_rows_of_their_own() -> None:
    told = PairFigures(0.98, 0.96, 0.99, -0.004, -0.02, 0.01, 600)
    rows = {one.kind.metric: one for one in rows_of(pair(), LATENCY, None, (None, told))}
    assert values(rows["agreement"]) == [None, 0.98]
    text = figure_of_kind(rows["accuracy_difference"].kind, rows["accuracy_difference"].figures[1])
    assert text == "−0.4 ± 1.5 pp"
    assert values(rows["accuracy"]) == [None, None]


def test_heads_and_facts_come_from_the_record() -> None:
    variants = pair()
    heads = row(variants, "heads_kept")
    assert [figure_of_kind(heads.kind, one) for one in heads.figures] == ["72 / 72", "54 / 72"]
    bare = Variant(make_model("m-3", "ir", structure=None))
    assert values(row((variants[0], bare), "parameters"))[1] is None
    facts = {fact.name: fact for fact in facts_of(variants, {"m-1": "sentiment"})}
    assert facts["parent"].texts == ("starter:sentiment", "sentiment")
    assert facts["precision"].differs
    assert not facts["task"].differs


def points(*places: tuple[float, float]) -> list[Point]:
    return [Point(str(number), str(number), x, y) for number, (x, y) in enumerate(places)]


def test_the_front_is_what_no_other_point_beats_in_both() -> None:
    cloud = points((1, 0.8), (2, 0.9), (3, 0.85), (4, 0.95), (4, 0.94), (5, 0.95))
    assert [one.id for one in pareto_front(cloud, Better.LOW)] == ["0", "1", "3"]
    assert [one.id for one in pareto_front(cloud, Better.HIGH)] == ["5"]
    assert pareto_front([], Better.LOW) == ()


def test_the_best_within_a_limit_is_the_best_quality_and_then_the_lowest_cost() -> None:
    cloud = points((1, 0.8), (2, 0.9), (3, 0.9), (9, 0.99))
    best = best_within(cloud, 5.0, Better.LOW)
    assert best is not None
    assert best.id == "1"
    assert best_within(cloud, 0.5, Better.LOW) is None
    most = best_within(cloud, 3.0, Better.HIGH)
    assert most is not None
    assert most.id == "3"


def test_points_need_both_figures() -> None:
    variants = (*pair(), Variant(make_model("m-3", "bare")))
    trial = trials_of(variants, LATENCY)[0]
    rows = {one.kind.metric: one for one in rows_of(variants, LATENCY, trial)}
    found = points_of(variants, rows["latency_p50"], rows["accuracy"])
    assert [(one.id, one.x) for one in found] == [("m-1", 8.0), ("m-2", 2.0)]
    assert found[0].y_low is not None


def test_figures_are_said_short_on_axes_and_whole_in_cells() -> None:
    assert axis_text(KIND_OF["ir_size"], 20e6, 60e6) == "20 MB"
    assert axis_text(KIND_OF["accuracy"], 0.725, 0.75) == "72.5 %"
    assert axis_text(KIND_OF["latency_p50"], 2.5, 10) == "2.5 ms"
    assert axis_text(KIND_OF["parameters"], 5e6, 2e7) == "5 M"
    assert axis_text(KIND_OF["throughput"], 300, 900) == "300 /s"
    assert plain_figure(KIND_OF["latency_p50"], 5.0) == "5.00 ms"
    assert figure_of_kind(KIND_OF["accuracy"], None) == "—"
    assert figure_of_kind(KIND_OF["parameters"], Figure(22_713_216)) == "22.7 M"
    assert setting_text("CPU", "f32", (1, 32), "latency") == "CPU · f32 · 1×32 · latency"


def test_a_value_that_looks_like_a_place_is_left_alone() -> None:
    assert filled("%2 of %1", "100 %2", "a%1") == "a%1 of 100 %2"
