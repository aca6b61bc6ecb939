"""Real children, well and badly behaved."""

import os
import signal
import time
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.event import (
    Cancel,
    Cancelled,
    Failed,
    Finished,
    Interrupted,
    Metric,
    Outcome,
    Pause,
    Paused,
    StageStarted,
    StopEarly,
    Timed,
)
from app.domain.job import EVENTS_FILE
from app.services.job_process import JobProcess
from app.store.run_log import read_events
from app.store.workspace import Workspace
from tests.records import import_spec
from tests.workers import is_gone, stand_in_process


def pretend(workspace: Workspace, what: str) -> JobProcess:
    spec = import_spec(workspace, what)
    folder = Path(spec.run_folder)
    folder.mkdir()
    (folder / "spec.json").write_bytes(msgspec.json.encode(spec))
    return stand_in_process(folder / "spec.json", dict(os.environ))


def folder_of(workspace: Workspace) -> Path:
    return next((workspace.folder / "runs").iterdir())


def run_to_end(qtbot: QtBot, job: JobProcess) -> Outcome:
    with qtbot.waitSignal(job.ended, timeout=15_000) as end:
        job.start()
    return end.args[1]


def start_and_wait(qtbot: QtBot, job: JobProcess) -> None:
    with qtbot.waitSignal(job.events_received, timeout=15_000):
        job.start()


def test_a_job_that_finishes_tells_its_events_and_its_result(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "finish")
    told: list[Timed] = []
    job.events_received.connect(lambda _run, events: told.extend(events))

    assert run_to_end(qtbot, job) == Finished({"answer": 42})

    assert isinstance(told[0].event, StageStarted)
    assert told[-1].event == Metric("loss/total", 3, None)
    assert job.spoke_last


def test_native_noise_lands_in_the_log_file_and_not_among_the_events(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "finish")
    run_to_end(qtbot, job)

    assert "native noise" in (folder_of(workspace) / "worker.log").read_text()


def test_the_log_of_events_says_the_same_as_the_pipe(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "finish")
    told: list[Timed] = []
    job.events_received.connect(lambda _run, events: told.extend(events))
    outcome = run_to_end(qtbot, job)

    logged = list(read_events(folder_of(workspace) / EVENTS_FILE))
    assert [timed.event for timed in logged] == [*(timed.event for timed in told), outcome]


@pytest.mark.parametrize(
    ("what", "code"),
    [("fails:user", "data_empty"), ("fails:bug", "internal_error"), ("fails:disk", "disk_full")],
)
def test_a_job_that_fails_says_why(qtbot: QtBot, workspace: Workspace, what: str, code: str) -> None:
    outcome = run_to_end(qtbot, pretend(workspace, what))

    assert isinstance(outcome, Failed)
    assert outcome.problem.code == code
    assert outcome.problem.advice


def test_silence_is_failure_even_at_exit_code_zero(qtbot: QtBot, workspace: Workspace) -> None:
    outcome = run_to_end(qtbot, pretend(workspace, "dies:exit"))

    assert isinstance(outcome, Failed)
    assert outcome.problem.code == "worker_died"
    assert "exit code 0" in outcome.problem.summary
    assert "my last words" in outcome.problem.detail


@pytest.mark.parametrize(("name", "killed"), [("SIGKILL", True), ("SIGTERM", True), ("SIGABRT", False)])
def test_a_kill_from_outside_is_told_from_a_crash(
    qtbot: QtBot, workspace: Workspace, name: str, killed: bool
) -> None:
    job = pretend(workspace, f"dies:{name}")
    outcome = run_to_end(qtbot, job)

    assert isinstance(outcome, Failed)
    assert outcome.problem.code == "worker_died"
    assert job.was_killed is killed
    assert not job.spoke_last


def test_a_line_from_another_world_is_a_failure(qtbot: QtBot, workspace: Workspace) -> None:
    outcome = run_to_end(qtbot, pretend(workspace, "garbage"))

    assert isinstance(outcome, Failed)
    assert outcome.problem.code == "worker_garbled"
    assert "martian" in outcome.problem.detail


def test_a_program_that_cannot_start_is_a_failure(qtbot: QtBot, tmp_path: Path) -> None:
    job = JobProcess(tmp_path / "spec.json", command=("/no/such/program",))

    outcome = run_to_end(qtbot, job)

    assert isinstance(outcome, Failed)
    assert outcome.problem.code == "worker_not_started"


def test_cancel_ends_a_job_at_its_next_step(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "steps:100000")
    start_and_wait(qtbot, job)

    with qtbot.waitSignal(job.ended, timeout=3_000) as end:
        job.send(Cancel())

    assert end.args[1] == Cancelled()
    assert job.spoke_last


def test_a_worker_that_ignores_cancel_is_killed_with_its_children(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "stubborn")
    start_and_wait(qtbot, job)
    child = int((folder_of(workspace) / "child.pid").read_text())

    with qtbot.waitSignal(job.ended, timeout=4_000) as end:
        job.send(Cancel())

    assert end.args[1] == Cancelled()
    assert not job.spoke_last
    qtbot.waitUntil(lambda: is_gone(child), timeout=2_000)


def test_children_that_a_finished_worker_left_are_killed(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "orphans")
    assert run_to_end(qtbot, job) == Finished({})

    child = int((folder_of(workspace) / "child.pid").read_text())
    qtbot.waitUntil(lambda: is_gone(child), timeout=2_000)


def test_a_worker_that_said_its_last_word_and_hangs_is_killed(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "lingers")

    assert run_to_end(qtbot, job) == Finished({"lingered": True})
    assert is_gone(job.pid)


def test_pause_writes_a_checkpoint_and_the_next_worker_goes_on_from_it(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "steps:60")
    start_and_wait(qtbot, job)
    with qtbot.waitSignal(job.ended, timeout=5_000) as end:
        job.send(Pause())
    paused = end.args[1]
    assert isinstance(paused, Paused)

    again = stand_in_process(folder_of(workspace) / "spec.json", dict(os.environ))
    assert run_to_end(qtbot, again) == Finished({"steps": 60})

    events = [timed.event for timed in read_events(folder_of(workspace) / EVENTS_FILE)]
    losses = [event.step for event in events if isinstance(event, Metric) and event.name == "loss/total"]
    assert losses == list(range(1, 61))
    assert paused.step in range(1, 60)


def test_stop_early_ends_the_training_and_keeps_what_was_reached(qtbot: QtBot, workspace: Workspace) -> None:
    job = pretend(workspace, "steps:100000")
    start_and_wait(qtbot, job)
    with qtbot.waitSignal(job.ended, timeout=5_000) as end:
        job.send(StopEarly())

    assert isinstance(end.args[1], Finished)
    assert end.args[1].result["stopped_early"] is True


def test_a_worker_whose_window_closes_its_stdin_writes_a_checkpoint(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "steps:100000")
    start_and_wait(qtbot, job)
    with qtbot.waitSignal(job.ended, timeout=5_000) as end:
        job.close_stdin()

    assert isinstance(end.args[1], Interrupted)
    assert (folder_of(workspace) / "checkpoint.json").exists()


def test_a_worker_that_is_left_alone_survives_the_broken_pipe_and_says_how_it_ended(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "steps:30")
    start_and_wait(qtbot, job)
    pid = job.pid
    job.leave_alone()
    job.deleteLater()
    del job

    log = folder_of(workspace) / EVENTS_FILE
    ended = (Interrupted, Finished)
    qtbot.waitUntil(lambda: any(isinstance(timed.event, ended) for timed in read_events(log)), timeout=5_000)
    qtbot.waitUntil(lambda: is_gone(pid), timeout=5_000)


def test_a_flood_of_events_arrives_whole_and_never_holds_the_event_loop(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "flood:60000")
    steps: list[int] = []
    slices: list[float] = []

    def take(_run: str, events: list[Timed]) -> None:
        steps.extend(timed.event.step for timed in events if isinstance(timed.event, Metric))

    job.events_received.connect(take)
    read = job._read_some

    def timed_read() -> None:
        began = time.thread_time()
        read()
        slices.append(time.thread_time() - began)

    job._process.readyReadStandardOutput.disconnect()
    job._more.timeout.disconnect()
    job._process.readyReadStandardOutput.connect(timed_read)
    job._more.timeout.connect(timed_read)

    assert run_to_end(qtbot, job) == Finished({})

    assert steps == list(range(60_000))
    assert len(slices) > 20
    assert sorted(slices)[int(0.99 * len(slices))] < 0.02


def test_a_worker_of_its_own_session_does_not_hear_the_terminals_ctrl_c(
    qtbot: QtBot, workspace: Workspace
) -> None:
    job = pretend(workspace, "steps:100000")
    start_and_wait(qtbot, job)

    assert os.getsid(job.pid) == job.pid
    os.kill(job.pid, signal.SIGKILL)
    qtbot.waitSignal(job.ended, timeout=3_000).wait()
