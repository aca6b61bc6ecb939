"""Jobs in the index, and bringing it in line with what really happened."""

import fcntl
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from app.domain.errors import AppError, Problem
from app.domain.event import (
    Cancelled,
    Checkpointed,
    Event,
    Failed,
    Finished,
    Measured,
    ModelMade,
    Paused,
    Progress,
    StageStarted,
    Timed,
)
from app.domain.job import EVENTS_FILE, Job, JobState, Phase, advance, stamped
from app.store.run_log import append_event, read_events, state_of
from app.store.workspace import Workspace
from app.wire.framing import encode_event
from tests.factories import make_job, make_variant
from tests.records import import_spec, job_of, measurement, model_record, try_spec, write_model

STARTED = StageStarted("prune", 1, 5)


@pytest.fixture
def other(workspace: Workspace) -> Workspace:
    """Another process's view of the same workspace; it dies when it is closed."""
    return Workspace.open(workspace.folder)


def log(workspace: Workspace, job: Job, events: Iterable[Event]) -> Path:
    path = workspace.run_folder(job.run_id) / EVENTS_FILE
    path.write_bytes(b"".join(encode_event(event, 1.0) for event in events))
    return path


def running_of_a_dead_process(workspace: Workspace, other: Workspace, events: Iterable[Event]) -> Job:
    job = other.runs.add(job_of(import_spec(other)))
    assert other.runs.claim(job)
    log(workspace, job, events)
    other.close()
    return job


def test_a_job_comes_back_as_it_was_stored(workspace: Workspace) -> None:
    job = workspace.runs.add(job_of(import_spec(workspace)))
    state = JobState(phase=Phase.FAILED, problem=Problem("code", "summary"), checkpoint_step=5)
    workspace.runs.save(msgspec.structs.replace(job, state=state))

    assert workspace.runs.get(job.run_id) == msgspec.structs.replace(job, state=state)
    assert workspace.runs.get("r-none") is None
    assert (workspace.run_folder(job.run_id) / "spec.json").exists()


def test_jobs_queue_up_in_the_order_they_came(workspace: Workspace) -> None:
    ids = [workspace.runs.add(job_of(import_spec(workspace))).run_id for _ in range(3)]

    assert [job.run_id for job in workspace.runs.all()] == ids


def test_two_processes_never_start_two_heavy_jobs_nor_one_job_twice(
    workspace: Workspace, other: Workspace
) -> None:
    one, two = (workspace.runs.add(job_of(import_spec(workspace))) for _ in range(2))
    light = workspace.runs.add(job_of(try_spec(workspace)))

    assert other.runs.claim(one)
    assert not workspace.runs.claim(one)
    assert not workspace.runs.claim(two)
    assert workspace.runs.claim(light)
    other.close()


@pytest.mark.parametrize(
    ("events", "phase"),
    [
        ([], Phase.INTERRUPTED),
        ([STARTED, Progress(3, 10)], Phase.INTERRUPTED),
        ([STARTED, Checkpointed(5)], Phase.INTERRUPTED),
        ([STARTED, Finished({"a": 1})], Phase.FINISHED),
        ([STARTED, Failed(Problem("code", "summary"))], Phase.FAILED),
        ([STARTED, Paused(5)], Phase.PAUSED),
        ([STARTED, Failed(Problem("code", "summary")), STARTED], Phase.INTERRUPTED),
        ([STARTED, Cancelled()], Phase.CANCELLED),
    ],
)
def test_a_dead_process_leaves_what_its_workers_log_adds_up_to(
    workspace: Workspace, other: Workspace, events: list[Event], phase: Phase
) -> None:
    job = running_of_a_dead_process(workspace, other, events)

    settled = workspace.runs.settle()

    assert [(each.run_id, each.state.phase) for each in settled] == [(job.run_id, phase)]
    stored = workspace.runs.get(job.run_id)
    assert stored is not None
    assert stored.state == state_of(read_events(workspace.run_folder(job.run_id) / EVENTS_FILE)) or (
        phase is Phase.INTERRUPTED
    )
    assert workspace.runs.settle() == []


def test_a_job_whose_window_was_killed_rests_from_the_last_thing_it_told(
    workspace: Workspace, other: Workspace
) -> None:
    running_of_a_dead_process(workspace, other, [STARTED, Checkpointed(5)])

    (settled,) = workspace.runs.settle()

    resumed = stamped(advance(settled.state, STARTED), 51_000.0)
    assert stamped(advance(resumed, Finished()), 51_600.0).took_s == 600.0


def test_the_log_of_a_run_whose_window_was_killed_tells_no_more_than_it_worked() -> None:
    moments = ((1_000.0, STARTED), (1_600.0, Checkpointed(5)), (52_000.0, STARTED), (52_600.0, Finished()))
    assert state_of(Timed(1, at, event) for at, event in moments).took_s == 1_200.0


def test_models_and_figures_made_after_the_window_died_are_found(
    workspace: Workspace, other: Workspace
) -> None:
    record = model_record("late")
    figure = measurement(record.id)
    write_model(workspace, record, [figure])
    gone = model_record("never completed")
    events = [STARTED, ModelMade(record), ModelMade(gone), Measured(figure), Finished()]
    running_of_a_dead_process(workspace, other, events)

    workspace.runs.settle()

    assert workspace.models.all() == [record]
    assert workspace.measurements.of_model(record.id) == [figure]


def test_a_cancel_that_the_worker_did_not_live_to_answer_is_a_cancel(
    workspace: Workspace, other: Workspace
) -> None:
    job = other.runs.add(job_of(import_spec(other)))
    other.runs.claim(job)
    state = JobState(phase=Phase.CANCELLING)
    other.runs.save(msgspec.structs.replace(job, state=state))
    log(workspace, job, [STARTED, Checkpointed(5)])
    (workspace.run_folder(job.run_id) / "checkpoint-5").mkdir()
    other.close()

    assert [each.state.phase for each in workspace.runs.settle()] == [Phase.CANCELLED]
    assert not (workspace.run_folder(job.run_id) / "checkpoint-5").exists()


def test_a_job_of_a_living_process_and_one_of_a_living_worker_are_left_alone(
    workspace: Workspace, other: Workspace
) -> None:
    job = other.runs.add(job_of(import_spec(other)))
    other.runs.claim(job)
    assert workspace.runs.settle() == []

    with (workspace.run_folder(job.run_id) / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        other.close()
        assert workspace.runs.is_running(job.run_id)
        assert workspace.runs.settle() == []
    assert [each.run_id for each in workspace.runs.settle()] == [job.run_id]


def test_a_half_written_last_event_and_a_foreign_line_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / EVENTS_FILE
    path.write_bytes(encode_event(STARTED, 1.0) + b'{"v": 9}\n' + encode_event(Checkpointed(5), 2.0)[:-9])

    assert [timed.event for timed in read_events(path)] == [STARTED]

    append_event(path, Cancelled())
    assert [timed.event for timed in read_events(path)] == [STARTED, Cancelled()]
    assert list(read_events(tmp_path / "none")) == []


@pytest.mark.parametrize(("is_complete", "left"), [(True, []), (False, ["pruned", "teacher_logits.npy"])])
def test_what_a_finished_compression_has_left_goes_once_its_model_is_complete(
    workspace: Workspace, other: Workspace, *, is_complete: bool, left: list[str]
) -> None:
    job = other.runs.add(make_job())
    assert other.runs.claim(job)
    log(workspace, job, [STARTED, Checkpointed(5), Finished({"a": 1})])
    folder = workspace.run_folder(job.run_id)
    (folder / "pruned").mkdir()
    (folder / "pruned" / "model.safetensors").write_bytes(b"0")
    (folder / "teacher_logits.npy").write_bytes(b"0")
    if is_complete:
        write_model(workspace, make_variant())
    other.close()

    (settled,) = workspace.runs.settle()

    assert settled.state.phase is Phase.FINISHED
    kept = sorted(path.name for path in folder.iterdir())
    assert kept == sorted([EVENTS_FILE, "lock", "spec.json", *left])


def test_what_another_finished_job_has_left_is_its_result(workspace: Workspace, other: Workspace) -> None:
    job = running_of_a_dead_process(workspace, other, [STARTED, Finished()])
    (workspace.run_folder(job.run_id) / "differing.jsonl").write_bytes(b"{}")

    workspace.runs.settle()

    assert (workspace.run_folder(job.run_id) / "differing.jsonl").exists()


def test_discarding_keeps_the_log_and_deletes_the_checkpoints(workspace: Workspace) -> None:
    spec = import_spec(workspace)
    job = workspace.runs.add(job_of(spec))
    log(workspace, job, [STARTED, Checkpointed(5), Paused(5)])
    folder = workspace.run_folder(job.run_id)
    (folder / "checkpoints" / "step-5").mkdir(parents=True)
    (folder / "teacher.npy").write_bytes(b"0")
    workspace.partial_model_folder(spec.model_id).mkdir()

    discarded = workspace.runs.discard(job.run_id)

    assert discarded.state.phase is Phase.CANCELLED
    assert sorted(path.name for path in folder.iterdir()) == ["events.jsonl", "lock", "spec.json"]
    assert not workspace.partial_model_folder(spec.model_id).exists()
    assert [timed.event for timed in workspace.runs.events(job.run_id)][-1] == Cancelled()


def test_a_run_whose_worker_lives_cannot_be_discarded(workspace: Workspace) -> None:
    job = workspace.runs.add(job_of(import_spec(workspace)))
    with (workspace.run_folder(job.run_id) / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(AppError) as caught:
            workspace.runs.discard(job.run_id)
    assert caught.value.problem.code == "run_busy"


def test_a_job_belongs_to_whoever_took_it_until_he_dies(workspace: Workspace, other: Workspace) -> None:
    job = other.runs.add(job_of(import_spec(other)))

    assert not workspace.runs.take(job.run_id)
    other.close()
    assert workspace.runs.take(job.run_id)
    assert workspace.runs.is_ours(job.run_id)


def test_a_model_that_was_made_but_not_told_of_is_found_when_its_run_is_settled(
    workspace: Workspace, other: Workspace
) -> None:
    job = running_of_a_dead_process(workspace, other, [STARTED])
    made = model_record(id=job.spec.model_id)
    write_model(workspace, made)

    (settled,) = workspace.runs.settle()

    assert settled.state.phase is Phase.INTERRUPTED
    assert workspace.models.all() == [made]


def test_a_model_that_was_complete_survives_the_discarding_of_its_run(workspace: Workspace) -> None:
    job = workspace.runs.add(job_of(import_spec(workspace)))
    workspace.runs.save(msgspec.structs.replace(job, state=JobState(phase=Phase.INTERRUPTED)))
    made = model_record(id=job.spec.model_id)
    write_model(workspace, made)

    workspace.runs.discard(job.run_id)

    assert workspace.models.all() == [made]


def test_a_job_that_cannot_be_stored_leaves_no_folder(workspace: Workspace) -> None:
    job = workspace.runs.add(job_of(import_spec(workspace)))
    folder = workspace.run_folder(job.run_id)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()

    with pytest.raises(AppError):  # its row is there already
        workspace.runs.add(job)

    assert not folder.exists()


def test_a_run_goes_to_the_trash_and_comes_back_as_it_was(workspace: Workspace) -> None:
    first = workspace.runs.add(job_of(import_spec(workspace)))
    second = workspace.runs.add(job_of(import_spec(workspace)))
    ended = msgspec.structs.replace(first, state=JobState(phase=Phase.FINISHED))
    workspace.runs.save(ended)
    folder = workspace.run_folder(first.run_id)

    workspace.runs.trash(ended)

    assert [job.run_id for job in workspace.runs.all()] == [second.run_id]
    assert not folder.exists()
    assert workspace.runs.restore(first.run_id) == ended
    assert [job.run_id for job in workspace.runs.all()] == [first.run_id, second.run_id]
    assert sorted(path.name for path in folder.iterdir()) == ["lock", "spec.json"]


def test_a_run_in_the_trash_is_deleted_once_no_window_can_bring_it_back(
    workspace: Workspace, other: Workspace
) -> None:
    jobs = [workspace.runs.add(job_of(import_spec(workspace))) for _ in range(2)]
    ended = [msgspec.structs.replace(job, state=JobState(phase=Phase.FINISHED)) for job in jobs]
    record = model_record()
    write_model(workspace, record)
    workspace.models.add(record)
    workspace.models.trash(record.id)
    workspace.runs.trash(ended[0])
    other.runs.trash(ended[1])
    other.close()

    Workspace.open(workspace.folder).close()

    left = sorted(path.name for path in (workspace.folder / "trash").iterdir())
    assert left == sorted([record.id, jobs[0].run_id]), "models stay, and what a living window may undo"
    assert workspace.runs.restore(jobs[0].run_id) == ended[0]
    names = sorted(path.name for path in workspace.run_folder(jobs[0].run_id).iterdir())
    assert names == ["lock", "spec.json"]


def test_what_is_not_in_the_trash_cannot_come_back(workspace: Workspace) -> None:
    with pytest.raises(AppError) as caught:
        workspace.runs.restore("r-nowhere")
    assert caught.value.problem.code == "run_unknown"


def test_a_run_that_a_worker_has_open_stays_out_of_the_trash(workspace: Workspace) -> None:
    job = workspace.runs.add(job_of(import_spec(workspace)))
    with (workspace.run_folder(job.run_id) / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(AppError):
            workspace.runs.trash(job)
    assert workspace.runs.all() == [job]
    assert workspace.run_folder(job.run_id).is_dir()
