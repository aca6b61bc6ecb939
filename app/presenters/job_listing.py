"""Which jobs the page Jobs lists, in which order and by which names, and what can be done with one."""

from PySide6.QtCore import QDate, QDateTime, QLocale

from app.domain.job import ENDED, LIVE, RESUMABLE, CompressSpec, Job, Phase
from app.domain.series import RunSeries


def made_text(job: Job) -> str:
    """Return when a job was made, as ``22 Nov, 18:31``."""
    return QLocale().toString(_made_at(job), "d MMM, HH:mm")


def day_text(job: Job, today: QDate) -> str:
    """Return the time at which a job of today was made, as ``18:31``, the day of others, as ``22 Nov``."""
    made = _made_at(job)
    return QLocale().toString(made, "HH:mm" if made.date() == today else "d MMM")


def run_name(job: Job) -> str:
    """Return a name that tells a run from others with the same title; what differs comes first."""
    return f"{made_text(job)} · {job.title}"


def folded(jobs: list[Job], selected: str | None, *, keep: int) -> tuple[list[Job], int]:
    """Return the jobs without the older ended ones, and how many those are.

    Jobs come as `ordered` returns them; the selected one is never left out.
    """
    shown: list[Job] = []
    ended = left_out = 0
    for job in jobs:
        ended += job.state.phase in ENDED and not job.state.can_resume
        if ended <= keep or job.run_id == selected or job.state.phase not in ENDED:
            shown.append(job)
        if ended > keep and job.state.phase in ENDED:
            left_out += 1
    return shown, left_out


def ordered(jobs: list[Job]) -> list[Job]:
    """Return jobs as the list shows them: live, queued, stopped, then ended ones, the newest first."""

    def key(job: Job) -> tuple[int, float]:
        phase = job.state.phase
        if phase in LIVE:
            return 0, job.position
        if phase is Phase.QUEUED:
            return 1, job.position
        return (2 if phase in RESUMABLE else 3), -job.created_at

    return sorted(jobs, key=key)


def enabled_actions(job: Job | None, jobs: list[Job], *, has_model: bool = True) -> dict[str, bool]:
    """Return which actions do something for the selected job; ``has_model`` as for `notice_of`."""
    state = None if job is None else job.state
    queued = [one.run_id for one in jobs if one.state.phase is Phase.QUEUED]
    place = queued.index(job.run_id) if job is not None and job.run_id in queued else None
    return {
        "jobs.pause": state is not None and state.can_pause,
        "jobs.stop_early": state is not None and state.can_stop_early,
        "jobs.cancel": state is not None and state.can_cancel,
        "jobs.resume": state is not None and state.can_resume,
        "jobs.discard": state is not None and state.can_resume,
        "jobs.up": place is not None and place > 0,
        "jobs.down": place is not None and place < len(queued) - 1,
        "jobs.folder": job is not None,
        "jobs.trash": job is not None and job.state.phase in ENDED,
        "jobs.show_model": state is not None and state.phase is Phase.FINISHED and has_model,
    }


def has_training(job: Job | None, series: RunSeries) -> bool:
    """Whether the curves have something to show, or soon will.

    Their first layout takes longer than the event loop may be held while a job runs, so they come up
    with the job and not with its first step; nor do they go while the log of a job with steps is read.
    """
    if series.curves or series.plan is not None:
        return True
    if job is None or not isinstance(job.spec, CompressSpec):
        return False
    return job.state.phase in LIVE or bool(job.state.total_steps)


def _made_at(job: Job) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(job.created_at))
