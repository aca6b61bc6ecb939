"""The one function that changes a job's state."""

import msgspec
import pytest

from app.domain.errors import Problem
from app.domain.event import (
    Cancelled,
    Checkpointed,
    Event,
    Failed,
    Finished,
    Interrupted,
    Log,
    ModelMade,
    Paused,
    Progress,
    Resumed,
    StageStarted,
    TrainingPlan,
)
from app.domain.job import ENDED, JobState, Phase, Spec, TrySpec, advance, is_heavy, model_to_be_made, stamped
from app.domain.model import ModelRecord

RUNNING = JobState(phase=Phase.RUNNING)
PROBLEM = Problem("code", "what")
RECORD = ModelRecord(id="m", name="n", task="t", family="bert")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            StageStarted("prune", 1, 5),
            JobState(phase=Phase.RUNNING, stage="prune", stage_index=1, stage_count=5),
        ),
        (Progress(1, 4, 0.25, 9.0), JobState(phase=Phase.RUNNING, fraction=0.25, eta_s=9.0)),
        (TrainingPlan(100, 50.0, 10, 50), JobState(phase=Phase.RUNNING, total_steps=100)),
        (Checkpointed(5), JobState(phase=Phase.RUNNING, checkpoint_step=5)),
        (Resumed(5), JobState(phase=Phase.RUNNING, step=5)),
        (ModelMade(RECORD), JobState(phase=Phase.RUNNING, model_id="m")),
        (Log("info", "text"), RUNNING),
        (Finished({"a": 1}), JobState(phase=Phase.FINISHED, fraction=1.0, result={"a": 1})),
        (Failed(PROBLEM), JobState(phase=Phase.FAILED, problem=PROBLEM)),
        (Paused(5), JobState(phase=Phase.PAUSED)),
        (Interrupted(5), JobState(phase=Phase.INTERRUPTED)),
        (Cancelled(), JobState(phase=Phase.CANCELLED)),
    ],
)
def test_each_event_changes_what_it_is_about(event: Event, expected: JobState) -> None:
    assert advance(RUNNING, event) == expected


@pytest.mark.parametrize("phase", [Phase.CANCELLING, Phase.PAUSING, Phase.STOPPING])
def test_a_late_stage_does_not_undo_what_was_asked_for(phase: Phase) -> None:
    assert advance(JobState(phase=phase), StageStarted("export", 3, 5)).phase is phase


def test_steps_are_counted_in_training_stages_only() -> None:
    pruning = advance(RUNNING, StageStarted("prune", 1, 5))
    exporting = advance(advance(pruning, Progress(7, 10)), StageStarted("export", 3, 5))

    assert advance(pruning, Progress(7, 10)).step == 7
    assert advance(exporting, Progress(99, 100)).step == 7


@pytest.mark.parametrize("phase", list(Phase))
def test_what_is_offered_fits_the_phase(phase: Phase) -> None:
    state = JobState(phase=phase)

    assert state.can_cancel is (phase not in ENDED and phase is not Phase.CANCELLING)
    assert state.can_resume is (phase in {Phase.PAUSED, Phase.INTERRUPTED})
    assert state.can_pause is (phase is Phase.RUNNING)
    assert not (phase in ENDED and (state.can_pause or state.can_stop_early))


def test_a_failure_with_a_checkpoint_can_go_on() -> None:
    assert JobState(phase=Phase.FAILED, checkpoint_step=5).can_resume
    assert not JobState(phase=Phase.FAILED).can_resume


@pytest.mark.parametrize("stop", [Paused(5), Interrupted(5), Failed(PROBLEM)])
def test_a_night_in_which_a_job_rested_is_no_part_of_what_it_took(stop: Event) -> None:
    state = stamped(advance(RUNNING, StageStarted("prune", 1, 5)), 1_000.0)
    state = stamped(advance(state, stop), 1_600.0)
    again = msgspec.structs.replace(state, phase=Phase.QUEUED)
    again = stamped(advance(again, StageStarted("prune", 1, 5)), 52_000.0)
    finished = stamped(advance(again, Finished()), 52_600.0)

    assert finished.took_s == 1_200.0
    assert state.took_s == (600.0 if state.phase is Phase.FAILED else None)


def test_a_spec_with_a_field_too_many_is_refused_with_its_name() -> None:
    line = (
        b'{"job":"try","run_id":"r","run_folder":"/r","model":{"id":"m","folder":"/m"},"text":"x","speed":1}'
    )

    with pytest.raises(msgspec.ValidationError, match="speed"):
        msgspec.json.decode(line, type=Spec)
    spec = msgspec.json.decode(line.replace(b',"speed":1', b""), type=Spec)
    assert isinstance(spec, TrySpec)
    assert not is_heavy(spec)
    assert model_to_be_made(spec) is None
