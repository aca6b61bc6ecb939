"""Where a waiting job may stand in the queue: never before one that it needs."""

from collections.abc import Sequence

import msgspec

from app.domain.job import Job, Phase


class Refusal(msgspec.Struct, frozen=True):
    """Why a job cannot stand at a place: one job needs another that would come later."""

    waiting: Job
    needed: Job


def queued_in_order(jobs: Sequence[Job]) -> list[Job]:
    """Return the waiting jobs in the order in which they are to run."""
    queued = [job for job in jobs if job.state.phase is Phase.QUEUED]
    return sorted(queued, key=lambda job: (job.position, job.run_id))


def refusal_of_move(run_id: str, before_run_id: str | None, jobs: Sequence[Job]) -> Refusal | None:
    """Say why a waiting job cannot go before another one, or to the end; None where it can."""
    queued = queued_in_order(jobs)
    moved = next((job for job in queued if job.run_id == run_id), None)
    if moved is None:
        return None
    order = [job for job in queued if job.run_id != run_id]
    place = next((i for i, job in enumerate(order) if job.run_id == before_run_id), len(order))
    order.insert(place, moved)
    place_of = {job.run_id: place for place, job in enumerate(order)}
    for job in order:
        late = next((need for need in job.needs if place_of.get(need, -1) > place_of[job.run_id]), None)
        if late is not None:
            return Refusal(job, order[place_of[late]])
    return None
