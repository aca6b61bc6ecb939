"""Kill -9 in the middle of real compressions: what is resumed ends as what was left in peace."""

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.event import Checkpointed, Resumed, Timed
from app.domain.job import EVENTS_FILE, Phase
from app.services.job_queue import JobQueue
from app.store.workspace import Workspace
from tests.bench.kill_at_random import trials
from tests.process.kills import same_model, what_is_lost
from tests.process.tiny_compression import add_tiny_bert, plan, wait_for


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> None:
    """Stand in for the check of leaks: the tiny network is imported here, and its libraries keep threads."""


def kill_at_checkpoint(queue: JobQueue, run_id: str, least_step: int) -> None:
    """Kill the worker as soon as it tells of a checkpoint at ``least_step`` or later."""

    def on_events(of_run: str, events: list[Timed]) -> None:
        steps = [timed.event.step for timed in events if isinstance(timed.event, Checkpointed)]
        if of_run == run_id and any(step >= least_step for step in steps):
            queue.events_arrived.disconnect(on_events)
            os.killpg(queue._workers[run_id].pid, signal.SIGKILL)

    queue.events_arrived.connect(on_events)


@pytest.mark.timeout(900)
def test_a_run_killed_in_both_trainings_ends_as_one_that_was_not(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # a network this small only loses time to a second thread
    add_tiny_bert(workspace, tmp_path)
    with closing(JobQueue(workspace)) as queue:
        undisturbed, killed = plan(workspace, tmp_path), plan(workspace, tmp_path)
        log = Path(killed.run_folder) / EVENTS_FILE
        queue.submit(undisturbed, "undisturbed")
        queue.submit(killed, "killed")

        for least_step, stage in ((2, "prune"), (8, "finetune")):
            kill_at_checkpoint(queue, killed.run_id, least_step)
            stopped = wait_for(qtbot, queue, killed.run_id, Phase.INTERRUPTED)
            assert stopped.state.stage == stage
            assert stopped.state.problem is not None
            # What the worker was writing when it died.
            with log.open("ab") as handle:
                handle.write(b'{"v":1,"at":1795381821.1,"event":{"kind":"met')
            (Path(killed.run_folder) / "checkpoints" / stage / ".step-0000099.partial").mkdir()
            queue.resume(killed.run_id)
        wait_for(qtbot, queue, killed.run_id, Phase.FINISHED)

        steps = [
            timed.event.step for timed in queue.history(killed.run_id) if isinstance(timed.event, Resumed)
        ]
        assert [2 <= steps[0] < 6, 8 <= steps[1] <= 12] == [True, True]
        assert what_is_lost(workspace.folder, killed, undisturbed) == []
        assert same_model(killed, undisturbed) == (True, True)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_ten_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    for trial in trials(tmp_path, count=10, seed=2):
        assert trial.same_masks, trial.row()
        assert trial.lost == [], trial.row()
