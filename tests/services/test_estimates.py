"""What a compression will take, learned from the runs there were."""

import msgspec
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import Problem
from app.domain.event import (
    Event,
    Failed,
    Finished,
    Interrupted,
    Metric,
    Paused,
    Progress,
    StageStarted,
    Timed,
    TrainingPlan,
)
from app.domain.job import EVENTS_FILE, Job, JobState, Phase
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe, MeasureRecipe, SparsityRecipe, TrainingRecipe
from app.services.compression import plan_compression
from app.services.estimates import (
    Range,
    estimate,
    expected_costs,
    facts_of,
    past_runs,
    time_range_text,
    training_steps,
)
from app.store.workspace import Workspace
from app.wire.framing import encode_event
from tests.records import model_record, write_model

RECIPE = JpqdRecipe(
    sparsity=SparsityRecipe(warmup_end_epoch=1.0),
    training=TrainingRecipe(epochs=2, batch_size=10, held_out=0),
    measure=MeasureRecipe(seconds=2.0),
)
"""On 1,000 rows: 100 steps of warm-up, then 100 more."""


def moments(mean_tokens: float | None = 20.0) -> list[tuple[float, Event]]:
    return [
        (0.0, StageStarted("prepare", 0, 5)),
        (10.0, StageStarted("prune", 1, 5)),
        (10.0, TrainingPlan(200, 100.0, 20, 100, mean_tokens)),
        (30.0, Metric("memory_mb", 50, 1000.0)),
        (70.0, Metric("memory_mb", 100, 900.0)),
        (70.0, Progress(100, 200)),
        (70.0, StageStarted("finetune", 2, 5)),
        (100.0, Progress(200, 200)),
        (100.0, StageStarted("export", 3, 5)),
        (110.0, StageStarted("measure", 4, 5)),
        (130.0, Finished()),
    ]


def data(rows: int | None = 1_000, content_hash: str | None = "aa") -> DatasetRecord:
    return DatasetRecord(
        id="d",
        name="reviews",
        path="/d.tsv",
        format="tsv",
        columns=ColumnMap("t", "l"),
        labels=("negative", "positive"),
        rows=rows,
        content_hash=content_hash,
    )


def finished_run(
    workspace: Workspace, model: ModelRecord, recipe: JpqdRecipe = RECIPE, mean_tokens: float | None = 20.0
) -> Job:
    """Return a job that took 130 s, as its run folder tells."""
    spec = plan_compression(workspace, model, recipe, data())
    job = Job(run_id=spec.run_id, title="", spec=spec, state=JobState(phase=Phase.FINISHED))
    workspace.runs.add(job)
    log = b"".join(encode_event(event, 1_000.0 + at) for at, event in moments(mean_tokens))
    folder = workspace.run_folder(spec.run_id)
    (folder / EVENTS_FILE).write_bytes(log)
    (folder / "pruned").mkdir()
    (folder / "pruned" / "weights").write_bytes(bytes(3_000_000))
    return job


@pytest.fixture
def model() -> ModelRecord:
    return model_record(checkpoint_bytes=10_000_000)


def middle(found: Range | None) -> float:
    assert found is not None
    return (found.low + found.high) / 2


def test_a_log_tells_seconds_by_stage_steps_tokens_and_the_peak_of_memory() -> None:
    facts = facts_of(Timed(1, at, event) for at, event in moments())

    assert facts is not None
    assert (facts.prepare_s, facts.prune_s, facts.finetune_s, facts.rest_s) == (10, 60, 30, 30)
    assert (facts.steps, facts.prune_steps, facts.finetune_steps) == (200, 100, 100)
    assert (facts.mean_tokens, facts.peak_memory_mb) == (20, 1000)


def test_a_run_that_went_on_after_a_break_tells_nothing() -> None:
    twice = [*moments()[:-1], *moments()[1:]]
    assert facts_of(Timed(1, at, event) for at, event in twice) is None
    assert facts_of([]) is None


@pytest.mark.parametrize(
    "stop", [[], [Paused(200)], [Interrupted(200)], [Failed(Problem("disk_full", "The disk is full."))]]
)
def test_nor_does_one_that_went_on_after_a_break_in_measuring(stop: list[Event]) -> None:
    broken = [*moments()[:-1], *((120.0, event) for event in stop)]
    later: list[tuple[float, Event]] = [(50_000.0, StageStarted("measure", 4, 5)), (50_020.0, Finished())]
    assert facts_of(Timed(1, at, event) for at, event in broken + later) is None


@pytest.mark.parametrize(
    ("stopped_at", "in_stage", "prune", "finetune"),
    [(110, "finetune", 0.6, 0.3), (100, "finetune", 0.6, 0.6), (50, "prune", 0.6, 0.6)],
)
def test_a_run_that_was_stopped_early_tells_by_the_steps_it_took(
    workspace: Workspace, model: ModelRecord, stopped_at: int, in_stage: str, prune: float, finetune: float
) -> None:
    of_prune = 60.0 if in_stage == "finetune" else 30.0
    of_finetune = max(0.0, 0.3 * (stopped_at - 100))
    end = 10 + of_prune + of_finetune
    told: list[tuple[float, Event]] = [
        *moments()[:3],
        (10 + of_prune, Progress(min(stopped_at, 100), 200)),
        (10 + of_prune, StageStarted("finetune", 2, 5)),
        *([(end, Progress(stopped_at, 200))] if stopped_at > 100 else []),
        (end, StageStarted("export", 3, 5)),
        (end + 10, StageStarted("measure", 4, 5)),
        (end + 30, Finished()),
    ]
    job = finished_run(workspace, model)
    log = b"".join(encode_event(event, 1_000.0 + at) for at, event in told)
    (workspace.run_folder(job.run_id) / EVENTS_FILE).write_bytes(log)

    expected = estimate(model, RECIPE, data(), past_runs(workspace, model, [job]))

    assert middle(expected.seconds) == pytest.approx(10 + 100 * prune + 100 * finetune + 30)


def test_the_same_again_takes_what_it_took(workspace: Workspace, model: ModelRecord) -> None:
    runs = past_runs(workspace, model, [finished_run(workspace, model)])
    expected = estimate(model, RECIPE, data(), runs)

    assert training_steps(RECIPE, 1_000) == 200
    assert middle(expected.seconds) == pytest.approx(130)
    assert middle(expected.memory_mb) == pytest.approx(1000)
    assert (expected.runs, expected.same_model) == (1, True)
    assert expected.disk_bytes.low == pytest.approx(3_000_000, rel=0.01)
    assert expected.disk_bytes.high == pytest.approx(3_000_000 + 6 * 10_000_000, rel=0.01)


@pytest.mark.parametrize(
    ("changes", "rows", "seconds"),
    [
        ({}, 2_000, 20 + 120 + 60 + 30),
        ({"training.epochs": 4}, 1_000, 10 + 60 + 90 + 30),
        ({"training.batch_size": 20}, 1_000, 130),
        ({"training.max_samples": 500}, 1_000, 5 + 30 + 15 + 30),
        ({"measure.seconds": 5.0}, 1_000, 130 + 12),
        ({"sparsity.warmup_end_epoch": 1.5}, 1_000, 10 + 90 + 15 + 30),
    ],
)
def test_time_goes_with_sentences_epochs_warm_up_and_measuring(
    workspace: Workspace, model: ModelRecord, changes: dict[str, object], rows: int, seconds: float
) -> None:
    recipe = RECIPE
    for path, value in changes.items():
        part, name = path.split(".")
        changed = msgspec.structs.replace(getattr(recipe, part), **{name: value})
        recipe = msgspec.structs.replace(recipe, **{part: changed})
    runs = past_runs(workspace, model, [finished_run(workspace, model)])

    assert middle(estimate(model, recipe, data(rows), runs).seconds) == pytest.approx(seconds)


def test_other_sentences_count_by_their_tokens_and_widen_the_range_while_nobody_counted(
    workspace: Workspace, model: ModelRecord
) -> None:
    runs = past_runs(workspace, model, [finished_run(workspace, model)])
    other = data(content_hash="bb")

    known = estimate(model, RECIPE, other, runs, mean_tokens=40.0).seconds
    unknown = estimate(model, RECIPE, other, runs).seconds
    same = estimate(model, RECIPE, data(), runs, mean_tokens=40.0).seconds

    assert middle(known) == pytest.approx(20 + 120 + 60 + 30)
    assert unknown is not None
    assert same is not None
    assert unknown.high - unknown.low == pytest.approx(2 * (same.high - same.low))


def test_runs_on_a_model_count_before_those_on_others_and_others_by_their_size(
    workspace: Workspace, model: ModelRecord
) -> None:
    half = model_record("half", checkpoint_bytes=5_000_000)
    write_model(workspace, half)
    of_half = finished_run(workspace, half)

    expected = estimate(model, RECIPE, data(), past_runs(workspace, model, [of_half]))
    assert middle(expected.seconds) == pytest.approx(20 + 120 + 60 + 30)
    assert (expected.runs, expected.same_model) == (1, False)

    both = [of_half, finished_run(workspace, model)]
    assert middle(
        estimate(model, RECIPE, data(), past_runs(workspace, model, both)).seconds
    ) == pytest.approx(130)


def test_more_runs_narrow_the_range(workspace: Workspace, model: ModelRecord) -> None:
    jobs = [finished_run(workspace, model) for _ in range(7)]
    one, many = (estimate(model, RECIPE, data(), past_runs(workspace, model, jobs[:n])) for n in (1, 7))

    assert many.runs == 5
    assert one.seconds is not None
    assert many.seconds is not None
    assert many.seconds.high - many.seconds.low < one.seconds.high - one.seconds.low


def test_memory_grows_with_the_batch_at_most(workspace: Workspace, model: ModelRecord) -> None:
    runs = past_runs(workspace, model, [finished_run(workspace, model)])
    twice = msgspec.structs.replace(RECIPE, training=TrainingRecipe(epochs=2, batch_size=20, held_out=0))
    memory = estimate(model, twice, data(), runs).memory_mb
    assert memory == Range(900.0, pytest.approx(2200.0))


def test_nothing_is_learned_from_what_did_not_finish(workspace: Workspace, model: ModelRecord) -> None:
    job = finished_run(workspace, model)
    failed = msgspec.structs.replace(job, state=JobState(phase=Phase.FAILED))

    expected = expected_costs(workspace, model, {"a": RECIPE}, data(), [failed])["a"]

    assert (expected.seconds, expected.memory_mb, expected.runs) == (None, None, 0)
    assert expected.disk_bytes == Range(10_000_000, 70_000_000)
    assert estimate(model, RECIPE, data(rows=None), past_runs(workspace, model, [job])).seconds is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (Range(88, 112), "90 to 110 s"),
        (Range(20, 21), "20 s"),
        (Range(96, 144), "1.6 to 2.4 min"),
        (Range(700, 905), "12 to 15 min"),
        (Range(7000, 9000), "1.9 to 2.5 h"),
        (Range(390, 13_000), "6.5 min to 3.6 h"),
        (Range(42, 400), "40 s to 6.7 min"),
    ],
)
def test_a_range_of_time_is_said_in_units_that_suit_it(seconds: Range, text: str) -> None:
    assert time_range_text(seconds) == text
