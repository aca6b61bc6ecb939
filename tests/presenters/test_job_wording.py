"""How jobs are said."""

import msgspec
import pytest
from PySide6.QtCore import QDate, QDateTime, QTime

from app.domain.errors import Problem
from app.domain.job import JobState, Phase
from app.domain.series import RunSeries
from app.presenters.job_listing import day_text, enabled_actions, folded, ordered
from app.presenters.job_wording import (
    counts_text,
    details_of,
    ended_notice,
    notice_of,
    percent_of,
    status_of,
    tiles_of,
)
from app.views.widgets.notice import Severity
from tests.factories import make_job, make_run, state_after

BROKEN = Problem("data_empty", "The file has no rows.", "Choose another.", "Traceback")


def series_of(*, until: int | None = None, finishes: bool = False) -> tuple[JobState, RunSeries]:
    events = make_run(until=until, finishes=finishes)
    series = RunSeries()
    series.add(events)
    return state_after(events), series


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (JobState(), "queued"),
        (
            JobState(phase=Phase.RUNNING, stage="prune", step=720, total_steps=1000, eta_s=72),
            "epoch 2.2 of 3 · 1 min 12 s left",
        ),
        (JobState(phase=Phase.RUNNING, stage="export"), "exporting…"),
        (JobState(phase=Phase.CANCELLING), "cancelling…"),
        (JobState(phase=Phase.INTERRUPTED, step=700, total_steps=1000), "interrupted at epoch 2.1 of 3"),
        (JobState(phase=Phase.PAUSED), "paused"),
        (JobState(phase=Phase.FINISHED), "finished"),
        (JobState(phase=Phase.FAILED, problem=BROKEN), "failed: The file has no rows."),
    ],
)
def test_a_job_says_how_it_stands(state: JobState, expected: str) -> None:
    assert status_of(make_job(state=state)) == expected


def test_a_waiting_job_says_what_for() -> None:
    took = JobState(phase=Phase.FINISHED, began_at=100.0, ended_at=225.0)
    assert status_of(make_job(state=took)) == "finished · 2 min 5 s"
    assert status_of(make_job(), waits_for="Import · sentiment") == "queued, needs Import · sentiment"


def test_counts_and_percent() -> None:
    jobs = [make_job("r-1", state=JobState(phase=Phase.RUNNING)), make_job("r-2"), make_job("r-3")]
    assert counts_text(jobs) == "1 running · 2 queued"
    assert counts_text([]) == ""
    assert percent_of(JobState(fraction=0.724)) == "72 %"
    assert percent_of(JobState()) == ""


def test_tiles_of_a_running_job_show_the_newest_figures() -> None:
    state, series = series_of(until=860)
    tiles = tiles_of(make_job(state=state), series)
    assert [(tile.title, tile.figure, tile.unit) for tile in tiles[:2]] == [
        ("Linear sparsity", "46.1", "%"),
        ("Heads kept", "54", "of 72"),
    ]
    assert tiles[2].unit.startswith("% ± ")


def test_figures_that_are_not_there_yet_are_dashes() -> None:
    state, series = series_of(until=0)
    assert [tile.figure for tile in tiles_of(make_job(state=state), series)] == ["—"] * 4


def test_tiles_of_a_finished_job_compare_the_result_with_the_original() -> None:
    state, series = series_of(finishes=True)
    size, throughput, accuracy, latency = tiles_of(make_job(state=state), series)
    assert (size.figure, size.unit) == ("5.2×", "61.4 MB → 11.9 MB")
    assert throughput.figure == "4.2×"
    assert (accuracy.title, accuracy.figure, accuracy.unit) == (
        "Accuracy (600)",
        "90.8",
        "% ± 2.3 · was 91.2",
    )
    assert (latency.figure, latency.unit.split(" · ")[0]) == ("2.10", "ms")


def test_a_stopped_job_offers_resume_and_a_failed_one_its_details() -> None:
    state, series = series_of(until=400)
    stopped = notice_of(make_job(state=msgspec.structs.replace(state, phase=Phase.INTERRUPTED)), series)
    assert stopped is not None
    assert [action.id for action in stopped.actions] == ["resume", "discard"]
    failed = notice_of(make_job(state=JobState(phase=Phase.FAILED, problem=BROKEN)), series)
    assert failed is not None
    assert (failed.severity, failed.text) == (Severity.ERROR, "Choose another.")
    assert [action.id for action in failed.actions] == ["details"]
    assert notice_of(make_job(state=state), series) is None


def test_a_finished_job_leads_to_its_model() -> None:
    state, series = series_of(finishes=True)
    notice = notice_of(make_job(state=state), series)
    assert notice is not None
    assert "“jpqd-fast” is in Models." in notice.title
    assert [action.id for action in notice.actions] == ["compare_model", "try_model", "show_model"]


def test_live_jobs_come_first_and_ended_ones_last() -> None:
    phases = {"r-1": Phase.FINISHED, "r-2": Phase.QUEUED, "r-3": Phase.INTERRUPTED, "r-4": Phase.RUNNING}
    jobs = [make_job(run_id, state=JobState(phase=phase)) for run_id, phase in phases.items()]
    assert [job.run_id for job in ordered(jobs)] == ["r-4", "r-2", "r-3", "r-1"]


def test_only_actions_that_do_something_are_enabled() -> None:
    queued = [make_job("r-1"), make_job("r-2")]
    running = make_job("r-3", state=JobState(phase=Phase.RUNNING, stage="prune"))
    enabled = {name for name, on in enabled_actions(running, [*queued, running]).items() if on}
    assert enabled == {"jobs.pause", "jobs.stop_early", "jobs.cancel", "jobs.folder"}
    enabled = {name for name, on in enabled_actions(queued[0], queued).items() if on}
    assert enabled == {"jobs.cancel", "jobs.down", "jobs.folder"}
    assert not any(enabled_actions(None, []).values())


def test_older_ended_jobs_are_folded_away_but_never_the_selected_one() -> None:
    ended = [make_job(f"r-{n}", state=JobState(phase=Phase.FINISHED)) for n in range(6)]
    stopped = make_job("r-s", state=JobState(phase=Phase.INTERRUPTED))
    shown, left_out = folded([make_job("r-q"), stopped, *ended], "r-4", keep=2)
    assert [job.run_id for job in shown] == ["r-q", "r-s", "r-0", "r-1", "r-4"]
    assert left_out == 4
    assert folded([make_job("r-q"), *ended[:2]], None, keep=2)[1] == 0


def test_only_an_ended_job_can_go_to_the_trash() -> None:
    for phase, can_go in ((Phase.FINISHED, True), (Phase.RUNNING, False), (Phase.INTERRUPTED, False)):
        job = make_job(state=JobState(phase=phase))
        assert enabled_actions(job, [job])["jobs.trash"] is can_go


def test_a_failure_is_shown_with_everything_that_helps_to_mend_it() -> None:
    failed = make_job(state=JobState(phase=Phase.FAILED, problem=BROKEN))
    assert details_of(failed).splitlines()[0].startswith("data_empty: The file has no rows.")
    assert details_of(failed).endswith("Traceback")
    assert details_of(make_job(state=JobState(phase=Phase.FINISHED))) == ""
    assert tiles_of(failed, RunSeries()) == ()


@pytest.mark.parametrize(
    ("phase", "severity", "title"),
    [
        (Phase.FINISHED, Severity.OK, "“JPQD · sentiment” has finished."),
        (Phase.FAILED, Severity.ERROR, "“JPQD · sentiment” has failed."),
        (Phase.INTERRUPTED, Severity.WARNING, "“JPQD · sentiment” was interrupted."),
    ],
)
def test_the_end_of_a_job_is_told_and_leads_to_it(phase: Phase, severity: Severity, title: str) -> None:
    notice = ended_notice(make_job(state=JobState(phase=phase, problem=BROKEN)))
    assert (notice.severity, notice.title) == (severity, title)
    assert [action.id for action in notice.actions] == ["show_job"]


def test_a_job_of_today_shows_its_time_and_an_older_one_its_day() -> None:
    made = QDateTime(QDate(2026, 11, 22), QTime(18, 31))
    job = msgspec.structs.replace(make_job(), created_at=made.toSecsSinceEpoch())

    assert day_text(job, QDate(2026, 11, 22)) == "18:31"
    assert day_text(job, QDate(2026, 11, 23)) == "22 Nov"
