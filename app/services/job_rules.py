"""Pure rules of the queue: who may run, what an ending means, where a moved job lands."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.errors import Problem
from app.domain.event import Cancelled, Failed, Interrupted, Outcome, Paused
from app.domain.job import Job, JobState, Phase, is_heavy
from app.domain.language import said

_LIGHT_AT_ONCE: Final = 2


def has_room(job: Job, running: Sequence[Job]) -> bool:
    """Whether ``job`` may start beside those that run: one heavy job, and two light ones."""
    if is_heavy(job.spec):
        return not any(is_heavy(other.spec) for other in running)
    return sum(not is_heavy(other.spec) for other in running) < _LIGHT_AT_ONCE


def needs_are_met(job: Job, jobs: Mapping[str, Job]) -> bool:
    """Whether every job that this one needs has finished."""
    needed = (jobs.get(run_id) for run_id in job.needs)
    return all(other is not None and other.state.phase is Phase.FINISHED for other in needed)


def problem_of_needs(job: Job, jobs: Mapping[str, Job]) -> Problem | None:
    """Say why this job can never start, or None where it may still."""
    for run_id in job.needs:
        other = jobs.get(run_id)
        if other is None:
            return Problem(
                "needed_job_failed",
                said("The job %1, which this one needs, is gone.", run_id),
                said("Start both again."),
            )
        failed = other.state.phase is Phase.FAILED and not other.state.can_resume
        if failed or other.state.phase is Phase.CANCELLED:
            why = other.state.problem.summary if other.state.problem else said("It was cancelled.")
            return Problem(
                "needed_job_failed",
                said("“%1”, which this job needs, did not finish: %2", other.title, why),
                said("Start that one again, then this one."),
            )
    return None


def judge(state: JobState, outcome: Outcome, *, was_killed: bool) -> tuple[Outcome, Problem | None]:
    """Return what an ending means for the job, and a problem to show beside it.

    A worker that somebody killed, or that left a checkpoint, is interrupted: it can go on. One
    that was asked to cancel while it paused is cancelled.
    """
    match outcome:
        case Failed(problem) if problem.code == "worker_died" and (
            was_killed or state.checkpoint_step is not None
        ):
            return Interrupted(state.checkpoint_step or 0), problem
        case Paused() | Interrupted() if state.phase is Phase.CANCELLING:
            return Cancelled(), None
        case _:
            return outcome, None


def position_before(run_id: str, before_run_id: str | None, order: Sequence[Job]) -> float | None:
    """Return the place that puts a job before another one, or at the end; None if it is alone."""
    others = [job for job in order if job.run_id != run_id]
    at = next((i for i, job in enumerate(others) if job.run_id == before_run_id), len(others))
    if not others:
        return None
    if at == 0:
        return others[0].position - 1.0
    if at == len(others):
        return others[-1].position + 1.0
    return (others[at - 1].position + others[at].position) / 2.0


def problem_of_busy() -> Problem:
    """Say that a job is another process's."""
    return Problem(
        "run_busy",
        said("Another Whittle process looks after this job."),
        said("Cancel, pause or wait for it there."),
    )


def to_be_stored(state: JobState) -> tuple[object, ...]:
    """Return what of a state is worth writing to the index; progress is not."""
    return (state.phase, state.stage, state.checkpoint_step, state.model_id, state.problem)
