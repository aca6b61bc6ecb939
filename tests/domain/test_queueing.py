"""Where a waiting job may stand."""

import msgspec

from app.domain.job import Job, JobState, Phase
from app.domain.queueing import refusal_of_move
from tests.factories import make_job


def job(run_id: str, position: float, *needs: str, phase: Phase = Phase.QUEUED) -> Job:
    return msgspec.structs.replace(
        make_job(run_id, run_id, JobState(phase=phase)), position=position, needs=needs
    )


QUEUE = [job("a", 1), job("b", 2, "a"), job("c", 3)]


def test_a_job_without_needs_goes_anywhere() -> None:
    for before in ("a", "b", None):
        assert refusal_of_move("c", before, QUEUE) is None


def test_a_job_stays_behind_the_one_it_needs() -> None:
    refusal = refusal_of_move("b", "a", QUEUE)
    assert refusal is not None
    assert (refusal.waiting.run_id, refusal.needed.run_id) == ("b", "a")


def test_a_needed_job_stays_before_those_that_need_it() -> None:
    refusal = refusal_of_move("a", None, QUEUE)
    assert refusal is not None
    assert (refusal.waiting.run_id, refusal.needed.run_id) == ("b", "a")
    assert refusal_of_move("a", "b", QUEUE) is None


def test_what_runs_already_holds_nobody_back() -> None:
    jobs = [job("a", 1, phase=Phase.RUNNING), job("b", 2, "a"), job("c", 3)]
    assert refusal_of_move("b", "c", jobs) is None
    assert refusal_of_move("c", "b", jobs) is None
