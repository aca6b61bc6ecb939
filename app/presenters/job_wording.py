"""How a job is said: its line in the queue, its tiles, and the notice over it."""

from app.domain.job import (
    LIVE,
    TRAINING_STAGES,
    CompareSpec,
    CompressSpec,
    ImportSpec,
    Job,
    JobState,
    Phase,
)
from app.domain.language import in_figures, marked, said
from app.domain.measurement import Measurement
from app.domain.series import RunSeries
from app.domain.wording import (
    NOT_MEASURED,
    bytes_text,
    duration_text,
    half_width,
    milliseconds_text,
    rate_text,
    ratio_text,
    shape_text,
    whole_text,
)
from app.views.widgets.notice import NoticeAction, NoticeState, Severity
from app.views.widgets.tile import TileState

_STAGES = {
    "check": marked("checking"),
    "copy": marked("copying"),
    "prepare": marked("preparing"),
    "prune": marked("warming up and pruning"),
    "finetune": marked("fine-tuning"),
    "slice": marked("slicing"),
    "export": marked("exporting"),
    "measure": marked("measuring"),
}


_PHASES = {
    Phase.QUEUED: marked("queued"),
    Phase.RUNNING: marked("running"),
    Phase.PAUSING: marked("pausing: writing a checkpoint…"),
    Phase.STOPPING: marked("stopping early, then finishing…"),
    Phase.CANCELLING: marked("cancelling…"),
    Phase.PAUSED: marked("paused"),
    Phase.INTERRUPTED: marked("interrupted"),
    Phase.FINISHED: marked("finished"),
    Phase.CANCELLED: marked("cancelled"),
    Phase.FAILED: marked("failed"),
}


def status_of(job: Job, *, waits_for: str = "") -> str:
    """Return the line beneath a job's title; ``waits_for`` is the title of a job it needs."""
    state = job.state
    match state.phase:
        case Phase.RUNNING:
            return _running_text(job)
        case Phase.PAUSED | Phase.INTERRUPTED:
            return _stopped_text(job) if state.total_steps else phase_text(state.phase)
        case Phase.FAILED if state.problem is not None:
            return said("failed: %1", state.problem.summary)
        case Phase.FINISHED if state.took_s is not None:
            return f"{phase_text(state.phase)} · {duration_text(state.took_s)}"
        case Phase.QUEUED if waits_for:
            return said("queued, needs %1", waits_for)
        case _:
            return phase_text(state.phase)


def phase_text(phase: Phase) -> str:
    """Return how a phase is called."""
    return said(_PHASES[phase])


def _stopped_text(job: Job) -> str:
    if job.state.phase is Phase.PAUSED:
        return said("paused at %1", _place(job))
    return said("interrupted at %1", _place(job))


def _running_text(job: Job) -> str:
    state = job.state
    left = "" if state.eta_s is None else said("%1 left", duration_text(state.eta_s))
    if state.stage in TRAINING_STAGES and state.total_steps:
        return " · ".join(part for part in (_place(job), left) if part)
    stage = said(_STAGES.get(state.stage, state.stage or marked("starting")))
    return " · ".join(part for part in (f"{stage}…", left) if part)


def _place(job: Job) -> str:
    """Return where a training stands, in epochs."""
    state = job.state
    if isinstance(job.spec, CompressSpec) and state.total_steps:
        epochs = job.spec.recipe.training.epochs
        epoch = in_figures(f"{epochs * state.step / state.total_steps:.1f}")
        return said("epoch %1 of %2", epoch, in_figures(f"{epochs:g}"))
    return said("step %1", whole_text(state.step))


def counts_text(jobs: list[Job]) -> str:
    """Return how many jobs run and wait, empty where none does."""
    running = sum(job.state.phase in LIVE for job in jobs)
    queued = sum(job.state.phase is Phase.QUEUED for job in jobs)
    parts = [said("%1 running", running)] if running else []
    return " · ".join(parts + ([said("%1 queued", queued)] if queued else []))


def percent_of(state: JobState) -> str:
    """Return the progress of the whole job, as ``72 %``."""
    return "" if state.fraction is None else f"{100 * state.fraction:.0f} %"


def tiles_of(job: Job, series: RunSeries) -> tuple[TileState, ...]:
    """Return the figures over the curves: of the run while it goes, of the result when it is there."""
    if not isinstance(job.spec, CompressSpec):
        return ()
    if job.state.phase is Phase.FINISHED:
        return _result_tiles(job, job.spec, series)
    if job.state.phase in {Phase.QUEUED, Phase.FAILED} and not series.curves:
        return ()
    sparsity = series.last("sparsity/linear")
    step_ms = series.last("step_ms")
    return (
        TileState(said("Linear sparsity"), _percentage(sparsity), "%"),
        _heads_tile(series),
        _accuracy_tile(series),
        TileState(said("Training step"), NOT_MEASURED if step_ms is None else f"{step_ms:.0f}", "ms"),
    )


def _heads_tile(series: RunSeries) -> TileState:
    if not series.snapshots:
        return TileState(said("Heads kept"))
    alive = series.snapshots[-1].heads_alive
    kept, total = sum(sum(layer) for layer in alive), sum(len(layer) for layer in alive)
    return TileState(said("Heads kept"), str(kept), said("of %1", total))


def _accuracy_tile(series: RunSeries) -> TileState:
    value = series.last("accuracy")
    half = half_width(series.last("accuracy_low"), series.last("accuracy_high"))
    if value is None:
        return TileState(said("Accuracy, held out"))
    unit = "%" if half is None else in_figures(f"% ± {100 * half:.1f}")
    return TileState(said("Accuracy, held out"), _percentage(value), unit)


def _percentage(share: float | None) -> str:
    return NOT_MEASURED if share is None else in_figures(f"{100 * share:.1f}")


def _result_tiles(job: Job, spec: CompressSpec, series: RunSeries) -> tuple[TileState, ...]:
    made, origin = job.state.model_id or spec.model_id, spec.model.id

    def pair(metric: str) -> tuple[float | None, float | None]:
        after, before = series.measured(made, metric), series.measured(origin, metric)
        return (after.value if after else None), (before.value if before else None)

    size, size_before = pair("ir_size")
    rate, rate_before = pair("throughput")
    accuracy = series.measured(made, "accuracy")
    accuracy_before = series.measured(origin, "accuracy")
    latency = series.measured(made, "latency_p50")
    half = half_width(accuracy.low, accuracy.high) if accuracy else None
    was = said("was %1", _percentage(accuracy_before.value)) if accuracy_before else ""
    return (
        TileState(
            said("Size, smaller by"),
            ratio_text(size_before / size if size and size_before else None),
            f"{bytes_text(size_before)} → {bytes_text(size)}" if size else "",
        ),
        TileState(
            f"{said('Throughput')}{_setting_of(series, made)}",
            ratio_text(rate / rate_before if rate and rate_before else None),
            f"{rate_text(rate_before)} → {rate_text(rate)}" if rate else "",
        ),
        TileState(
            f"{said('Accuracy')}{_samples(accuracy.n if accuracy else None)}",
            _percentage(accuracy.value if accuracy else None),
            " · ".join(
                part for part in ("%" if half is None else in_figures(f"% ± {100 * half:.1f}"), was) if part
            ),
        ),
        TileState(said("p50 latency"), *_latency(latency)),
    )


def _samples(count: int | None) -> str:
    return f" ({whole_text(count)})" if count else ""


def _setting_of(series: RunSeries, model_id: str) -> str:
    one = series.measured(model_id, "throughput")
    return (
        ""
        if one is None or one.shape is None
        else f", {shape_text(one.shape)} {one.precision or ''}".rstrip()
    )


def _latency(one: Measurement | None) -> tuple[str, str]:
    """Return the figure and what stands behind it, its unit first."""
    if one is None:
        return NOT_MEASURED, ""
    figure, _, unit = milliseconds_text(one.value).partition(" ")
    return figure, unit if one.shape is None else f"{unit} · {shape_text(one.shape)}"


def notice_of(job: Job, series: RunSeries, *, has_model: bool = True) -> NoticeState | None:
    """Return what is to be said about a job that needs the user or has ended, None for the others.

    ``has_model``: whether the model that it made is still in Models.
    """
    state = job.state
    match state.phase:
        case Phase.PAUSED | Phase.INTERRUPTED:
            return NoticeState(
                Severity.WARNING,
                f"{_capitalized(_stopped_text(job))}.",
                said(
                    "Resume goes on from the last checkpoint. "
                    "Discard deletes the checkpoints and keeps the log."
                ),
                (
                    NoticeAction("resume", said("Resume"), is_primary=True),
                    NoticeAction("discard", said("Discard…")),
                ),
                can_close=False,
            )
        case Phase.FAILED:
            problem = state.problem
            actions = (NoticeAction("details", said("Copy details")),) if problem and problem.detail else ()
            if state.can_resume:
                resume = NoticeAction("resume", said("Resume"))
                discard = NoticeAction("discard", said("Discard…"))
                actions = (resume, discard, *actions)
            return NoticeState(
                Severity.ERROR,
                problem.summary if problem else said("The job failed."),
                problem.advice if problem else "",
                actions,
                can_close=False,
            )
        case Phase.FINISHED:
            took = series.duration_s
            ended = said("Finished.") if took is None else said("Finished in %1.", duration_text(took))
            name = job.spec.recipe.name if isinstance(job.spec, CompressSpec) else ""
            name = job.spec.name if isinstance(job.spec, ImportSpec) else name
            compares = NoticeAction("compare_model", said("Compare"))
            tries = NoticeAction("try_model", said("Try it"))
            shows = NoticeAction("show_model", said("Show model"), is_primary=True)
            several = (compares,) if isinstance(job.spec, CompressSpec) else ()
            found = NoticeAction("show_comparison", said("Show comparison"), is_primary=True)
            compared = (found,) if isinstance(job.spec, CompareSpec) else ()
            shown = (*several, tries, shows) if state.model_id and has_model else compared
            place = marked("“%1” is in Models.") if has_model else marked("“%1” is not in Models any more.")
            what = said(place, name) if state.model_id and name else ""
            return NoticeState(Severity.OK, f"{ended} {what}".strip(), "", shown, can_close=False)
        case Phase.CANCELLED:
            return NoticeState(Severity.INFO, said("Cancelled. Only the log was kept."), can_close=False)
        case Phase.QUEUED | Phase.RUNNING | Phase.PAUSING | Phase.STOPPING | Phase.CANCELLING:
            return None


def _capitalized(text: str) -> str:
    """Return a text that begins a sentence; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def details_of(job: Job) -> str:
    """Return what went wrong in all detail, for whoever mends it; empty where there is no more to say."""
    problem = job.state.problem
    if job.state.phase is not Phase.FAILED or problem is None or not problem.detail:
        return ""
    return f"{problem.code}: {problem}\n\n{problem.detail}"


def waiting_notice(running: Job) -> NoticeState:
    """Return what is said of a job that waits while another one runs."""
    return NoticeState(
        Severity.INFO,
        said("It waits: “%1” runs.", running.title),
        said("Drag it in the list, or press Alt+Up or Alt+Down, to run it earlier or later."),
        can_close=False,
    )


def trashed_notice(job: Job) -> NoticeState:
    """Return what is said once a job is in the trash."""
    return NoticeState(
        Severity.INFO,
        said("“%1” is in the trash. What it made stays in Models.", job.title),
        "",
        (NoticeAction("undo", said("Undo")),),
    )


def ended_notice(job: Job) -> NoticeState:
    """Return what is said of an ended job to whoever looks at something else."""
    problem = job.state.problem
    shows = (NoticeAction("show_job", said("Show")),)
    match job.state.phase:
        case Phase.FINISHED:
            return NoticeState(Severity.OK, said("“%1” has finished.", job.title), "", shows)
        case Phase.FAILED:
            why = "" if problem is None else problem.summary
            return NoticeState(Severity.ERROR, said("“%1” has failed.", job.title), why, shows)
        case Phase.INTERRUPTED:
            why = said("It can go on from its last checkpoint.")
            return NoticeState(Severity.WARNING, said("“%1” was interrupted.", job.title), why, shows)
        case _:
            return NoticeState(
                Severity.INFO, said("“%1”: %2.", job.title, phase_text(job.state.phase)), "", shows
            )
