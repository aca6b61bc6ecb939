"""The queue with real workers that pretend."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Problem
from app.domain.event import Finished, Metric, Timed
from app.domain.job import Job, JobState, Phase
from app.domain.model import ModelRecord
from app.services.job_queue import JobQueue
from app.store.workspace import DATABASE_FILE, Workspace
from tests.factories import make_compress_spec
from tests.gui.conftest import rehearsing_process
from tests.records import import_spec, try_spec
from tests.workers import is_gone, stand_in_process


@pytest.fixture
def queue(qapp: object, workspace: Workspace) -> Iterator[JobQueue]:
    opened = JobQueue(workspace, new_process=stand_in_process)
    yield opened
    opened.close()


def submit(queue: JobQueue, workspace: Workspace, what: str, **options: object) -> str:
    return queue.submit(import_spec(workspace, what), what, **options).run_id  # type: ignore[arg-type]


def phase(queue: JobQueue, run_id: str) -> Phase:
    job = queue.job(run_id)
    assert job is not None
    return job.state.phase


def wait_for(qtbot: QtBot, queue: JobQueue, run_id: str, wanted: Phase, timeout: int = 8_000) -> Job:
    qtbot.waitUntil(lambda: phase(queue, run_id) is wanted, timeout=timeout)
    job = queue.job(run_id)
    assert job is not None
    return job


def wait_for_steps(qtbot: QtBot, queue: JobQueue, run_id: str, steps: int = 7) -> None:
    def reached() -> bool:
        job = queue.job(run_id)
        return job is not None and job.state.step >= steps

    qtbot.waitUntil(reached, timeout=8_000)


def losses(queue: JobQueue, run_id: str) -> list[int]:
    events = (timed.event for timed in queue.history(run_id))
    return [event.step for event in events if isinstance(event, Metric) and event.name == "loss/total"]


def test_a_job_runs_to_its_end_and_is_stored_with_its_result(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    phases: list[Phase] = []
    queue.job_changed.connect(lambda job: phases.append(job.state.phase))
    run_id = submit(queue, workspace, "finish")
    assert phase(queue, run_id) is Phase.QUEUED

    wait_for(qtbot, queue, run_id, Phase.FINISHED)

    stored = workspace.runs.get(run_id)
    assert stored == queue.job(run_id)
    assert stored is not None
    assert stored.state.result == {"answer": 42}
    assert list(dict.fromkeys(phases)) == [Phase.RUNNING, Phase.FINISHED]
    assert isinstance([*queue.history(run_id)][-1].event, Finished)


def test_heavy_jobs_take_turns_and_light_ones_do_not_wait(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    long = submit(queue, workspace, "steps:100000")
    waiting = submit(queue, workspace, "finish")
    light = queue.submit(try_spec(workspace), "light").run_id

    wait_for(qtbot, queue, light, Phase.FINISHED)
    assert phase(queue, waiting) is Phase.QUEUED
    assert queue.running is not None
    assert queue.running.run_id == long

    queue.cancel(long)
    assert phase(queue, long) is Phase.CANCELLING
    wait_for(qtbot, queue, waiting, Phase.FINISHED)
    assert phase(queue, long) is Phase.CANCELLED


def test_the_order_of_queued_jobs_can_be_changed(queue: JobQueue, workspace: Workspace) -> None:
    first, second, third = (submit(queue, workspace, "finish") for _ in range(3))

    queue.move(third, first)
    assert [job.run_id for job in queue.jobs()] == [third, first, second]
    queue.move(third, second)
    assert [job.run_id for job in queue.jobs()] == [first, third, second]
    queue.move(first, None)
    assert [job.run_id for job in queue.jobs()] == [third, second, first]
    assert [job.run_id for job in workspace.runs.all()] == [third, second, first]


def test_moving_a_job_that_another_process_has_just_started_does_not_stop_it(
    qapp: object, workspace: Workspace
) -> None:
    other = Workspace.open(workspace.folder)
    first, second = (other.runs.add(_queued(other)) for _ in range(2))
    queue = JobQueue(workspace, new_process=stand_in_process, adopt=False)
    assert other.runs.claim(first)

    queue.move(first.run_id, None)

    started = workspace.runs.get(first.run_id)
    assert started is not None
    assert started.state.phase is Phase.RUNNING
    assert not workspace.runs.claim(second), "one heavy job at a time"
    other.runs.save(msgspec.structs.replace(first, state=started.state))
    assert [job.run_id for job in workspace.runs.all()] == [second.run_id, first.run_id], "nor back"
    queue.close()
    other.close()


def test_a_queued_job_is_cancelled_without_a_process(queue: JobQueue, workspace: Workspace) -> None:
    run_id = submit(queue, workspace, "finish")

    queue.cancel(run_id)

    assert phase(queue, run_id) is Phase.CANCELLED
    assert not (workspace.run_folder(run_id) / "events.jsonl").exists()


def test_a_paused_job_goes_on_where_it_was(qtbot: QtBot, queue: JobQueue, workspace: Workspace) -> None:
    run_id = submit(queue, workspace, "steps:60")
    wait_for_steps(qtbot, queue, run_id)
    queue.pause(run_id)
    assert phase(queue, run_id) is Phase.PAUSING
    paused = wait_for(qtbot, queue, run_id, Phase.PAUSED)
    assert paused.state.checkpoint_step

    queue.resume(run_id)
    wait_for(qtbot, queue, run_id, Phase.FINISHED)

    assert losses(queue, run_id) == list(range(1, 61))


def test_stopping_early_finishes_the_job(qtbot: QtBot, queue: JobQueue, workspace: Workspace) -> None:
    run_id = submit(queue, workspace, "steps:100000")
    wait_for_steps(qtbot, queue, run_id)

    queue.stop_early(run_id)

    assert phase(queue, run_id) is Phase.STOPPING
    assert wait_for(qtbot, queue, run_id, Phase.FINISHED).state.result["stopped_early"] is True


def test_a_killed_worker_leaves_a_job_that_can_go_on(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    run_id = submit(queue, workspace, "steps:40")
    wait_for_steps(qtbot, queue, run_id)
    os.kill(queue._workers[run_id].pid, signal.SIGKILL)

    interrupted = wait_for(qtbot, queue, run_id, Phase.INTERRUPTED)
    assert interrupted.state.problem is not None
    assert "SIGKILL" in interrupted.state.problem.summary

    queue.resume(run_id)
    assert wait_for(qtbot, queue, run_id, Phase.FINISHED).state.problem is None
    assert set(losses(queue, run_id)) == set(range(1, 41))


def test_a_crash_without_a_checkpoint_is_a_failure_and_leaves_nothing_behind(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    run_id = submit(queue, workspace, "dies:SIGABRT")

    failed = wait_for(qtbot, queue, run_id, Phase.FAILED)

    assert failed.state.problem is not None
    assert failed.state.problem.code == "worker_died"
    names = sorted(path.name for path in workspace.run_folder(run_id).iterdir())
    assert names == ["events.jsonl", "lock", "spec.json", "worker.log"]


def test_a_finished_compression_keeps_its_log_and_its_model_alone(qtbot: QtBot, workspace: Workspace) -> None:
    queue = JobQueue(workspace, new_process=rehearsing_process)
    folder = workspace.run_folder("r-1")
    plain = make_compress_spec()
    training = msgspec.structs.replace(plain.recipe.training, epochs=1)
    spec = msgspec.structs.replace(
        plain,
        run_folder=str(folder),
        model_folder=str(workspace.model_folder("m-2")),
        recipe=msgspec.structs.replace(plain.recipe, training=training),
    )
    queue.submit(spec, "compression")
    wait_for_steps(qtbot, queue, "r-1")
    queue.pause("r-1")
    wait_for(qtbot, queue, "r-1", Phase.PAUSED)
    assert (folder / "step").exists(), "what it goes on from"

    queue.resume("r-1")
    wait_for(qtbot, queue, "r-1", Phase.FINISHED, 20_000)

    names = sorted(path.name for path in folder.iterdir())
    assert names == ["events.jsonl", "lock", "spec.json", "worker.log"]
    assert workspace.models.exists_on_disk("m-2")
    queue.close()


def test_a_cancelled_import_leaves_no_half_made_model(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    spec = import_spec(workspace, "makes:hang")
    queue.submit(spec, "import")
    qtbot.waitUntil(workspace.partial_model_folder(spec.model_id).exists, timeout=8_000)
    queue.cancel(spec.run_id)
    queue.kill(spec.run_id)

    wait_for(qtbot, queue, spec.run_id, Phase.CANCELLED)

    assert list((workspace.folder / "models").iterdir()) == []


def test_a_made_model_and_its_figure_are_in_the_index_when_they_are_told(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    known: list[tuple[ModelRecord, list[str]]] = []
    queue.model_made.connect(
        lambda record: known.append((record, [model.id for model in workspace.models.all()]))
    )
    run_id = submit(queue, workspace, "makes")

    job = wait_for(qtbot, queue, run_id, Phase.FINISHED)

    record, ids = known[0]
    assert ids == [record.id] == [job.state.model_id]
    assert [figure.metric for figure in workspace.measurements.of_model(record.id)] == ["accuracy"]


def test_a_job_waits_for_what_it_needs_and_fails_with_it(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    good = submit(queue, workspace, "finish")
    after_good = submit(queue, workspace, "finish", needs=[good])
    bad = submit(queue, workspace, "fails:user")
    after_bad = submit(queue, workspace, "finish", needs=[bad])
    after_that = submit(queue, workspace, "finish", needs=[after_bad])

    wait_for(qtbot, queue, after_that, Phase.FAILED)

    assert phase(queue, after_good) is Phase.FINISHED
    failed = queue.job(after_bad)
    assert failed is not None
    assert failed.state.problem is not None
    assert failed.state.problem.code == "needed_job_failed"
    assert "no rows" in failed.state.problem.summary


def test_a_discarded_job_is_cancelled_and_its_checkpoint_gone(
    qtbot: QtBot, queue: JobQueue, workspace: Workspace
) -> None:
    run_id = submit(queue, workspace, "steps:100000")
    wait_for_steps(qtbot, queue, run_id)
    queue.pause(run_id)
    wait_for(qtbot, queue, run_id, Phase.PAUSED)

    queue.discard(run_id)

    assert phase(queue, run_id) is Phase.CANCELLED
    assert not (workspace.run_folder(run_id) / "checkpoint.json").exists()
    assert any(queue.history(run_id))


def test_closing_lets_the_worker_write_its_checkpoint(qtbot: QtBot, workspace: Workspace) -> None:
    queue = JobQueue(workspace, new_process=stand_in_process)
    run_id = submit(queue, workspace, "steps:100000")
    wait_for_steps(qtbot, queue, run_id)

    queue.close()

    stored = workspace.runs.get(run_id)
    assert stored is not None
    assert stored.state.phase is Phase.INTERRUPTED
    assert (workspace.run_folder(run_id) / "checkpoint.json").exists()


def test_jobs_of_a_dead_window_are_offered_again_and_waiting_ones_go_on(
    qtbot: QtBot, workspace: Workspace
) -> None:
    first = JobQueue(workspace, new_process=stand_in_process)
    running = submit(first, workspace, "steps:100000")
    waiting = submit(first, workspace, "finish")
    wait_for_steps(qtbot, first, running)
    first.close()
    workspace.close()

    again = Workspace.open(workspace.folder)
    second = JobQueue(again, new_process=stand_in_process)
    assert phase(second, running) is Phase.INTERRUPTED
    wait_for(qtbot, second, waiting, Phase.FINISHED)
    second.close()
    again.close()


def test_a_command_leaves_the_queued_jobs_of_others_alone(qtbot: QtBot, workspace: Workspace) -> None:
    other = Workspace.open(workspace.folder)
    left = other.runs.add(_queued(other))
    other.close()
    queue = JobQueue(workspace, new_process=stand_in_process, adopt=False)
    mine = submit(queue, workspace, "finish")

    wait_for(qtbot, queue, mine, Phase.FINISHED)

    assert phase(queue, left.run_id) is Phase.QUEUED
    queue.close()


def test_what_another_process_does_is_noticed(qtbot: QtBot, queue: JobQueue, workspace: Workspace) -> None:
    other = Workspace.open(workspace.folder)
    with qtbot.waitSignal(queue.jobs_changed, timeout=5_000):
        theirs = other.runs.add(_queued(other))

    problems: list[Problem] = []
    queue.problem_arose.connect(problems.append)
    queue.cancel(theirs.run_id)

    assert [problem.code for problem in problems] == ["run_busy"]
    other.close()


@pytest.mark.parametrize(
    ("stopped_as", "act"), [(Phase.PAUSED, JobQueue.resume), (Phase.QUEUED, JobQueue.cancel)]
)
def test_an_index_that_cannot_be_written_is_told_and_the_job_stays_as_it_was(
    qapp: object,
    workspace: Workspace,
    stopped_as: Phase,
    act: Callable[[JobQueue, str], None],
) -> None:
    job = workspace.runs.add(_queued(workspace))
    workspace.runs.save(msgspec.structs.replace(job, state=JobState(phase=stopped_as)))
    queue = JobQueue(workspace, new_process=stand_in_process)
    problems: list[Problem] = []
    queue.problem_arose.connect(problems.append)
    workspace.database.rows("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(workspace.folder / DATABASE_FILE, isolation_level=None)) as greedy:
        greedy.execute("BEGIN IMMEDIATE")

        act(queue, job.run_id)

    assert [problem.code for problem in problems] == ["workspace_busy"]
    assert phase(queue, job.run_id) is stopped_as
    queue.close()


def test_events_reach_whoever_looks_on_in_order(qtbot: QtBot, queue: JobQueue, workspace: Workspace) -> None:
    told: list[Timed] = []
    queue.events_arrived.connect(lambda _run, events: told.extend(events))
    run_id = submit(queue, workspace, "steps:30")

    wait_for(qtbot, queue, run_id, Phase.FINISHED)

    events = [timed.event for timed in told]
    assert events == [timed.event for timed in queue.history(run_id)]


def test_the_worker_that_outlives_its_window_is_not_started_twice(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.job_workers._CLOSING_MS", 0)
    first = JobQueue(workspace, new_process=stand_in_process)
    run_id = submit(first, workspace, "stubborn")
    qtbot.waitUntil((workspace.run_folder(run_id) / "child.pid").exists, timeout=8_000)
    pid = first._workers[run_id].pid
    first.close()
    workspace.close()

    again = Workspace.open(workspace.folder)
    second = JobQueue(again, new_process=stand_in_process)
    assert phase(second, run_id) is Phase.RUNNING
    second.resume(run_id)
    assert phase(second, run_id) is Phase.RUNNING
    os.killpg(pid, signal.SIGKILL)
    wait_for(qtbot, second, run_id, Phase.INTERRUPTED)
    assert is_gone(pid)
    second.close()
    again.close()


def _queued(workspace: Workspace) -> Job:
    spec = import_spec(workspace)
    return Job(run_id=spec.run_id, title="theirs", spec=spec)


def test_the_spec_of_a_run_alone_runs_it_again(qtbot: QtBot, queue: JobQueue, workspace: Workspace) -> None:
    run_id = submit(queue, workspace, "finish")
    wait_for(qtbot, queue, run_id, Phase.FINISHED)
    by_hand = stand_in_process(Path(workspace.run_folder(run_id)) / "spec.json", dict(os.environ))

    with qtbot.waitSignal(by_hand.ended, timeout=8_000) as end:
        by_hand.start()

    assert end.args[1] == Finished({"answer": 42})
