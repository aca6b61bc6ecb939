"""A disk that fills up in the middle of a compression: told as such, and resumed once there is space."""

from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.event import Checkpointed, Timed
from app.domain.job import Phase
from app.services.job_queue import JobQueue
from app.store.workspace import Workspace
from tests.disks import fill, small_disk
from tests.process.tiny_compression import add_tiny_bert, plan, wait_for


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> None:
    """Stand in for the check of leaks: the tiny network is imported here, and its libraries keep threads."""


@pytest.mark.timeout(900)
def test_a_run_that_met_a_full_disk_goes_on_once_there_is_space(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    with (
        small_disk(tmp_path / "disk", 64) as disk,
        closing(Workspace.open(disk / "workspace")) as workspace,
        closing(JobQueue(workspace)) as queue,
    ):
        add_tiny_bert(workspace, tmp_path)
        spec = plan(workspace, tmp_path)

        def on_events(_run: str, events: list[Timed]) -> None:
            if any(isinstance(timed.event, Checkpointed) for timed in events):
                queue.events_arrived.disconnect(on_events)
                fill(disk / "filler")

        queue.events_arrived.connect(on_events)
        queue.submit(spec, "a run")
        failed = wait_for(qtbot, queue, spec.run_id, Phase.FAILED)
        assert failed.state.problem is not None
        assert failed.state.problem.code == "disk_full"
        assert "resume" in failed.state.problem.advice
        assert failed.state.can_resume
        assert not list(disk.rglob(".*.partial"))

        (disk / "filler").unlink()
        queue.resume(spec.run_id)
        wait_for(qtbot, queue, spec.run_id, Phase.FINISHED)
        assert workspace.models.get(spec.model_id) is not None
