"""How long a compression takes, how much memory and disk: learned from the runs of this workspace."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.event import Failed, Interrupted, Metric, Paused, Progress, StageStarted, Timed, TrainingPlan
from app.domain.job import EVENTS_FILE, TRAINING_STAGES, CompressSpec, Job, Phase
from app.domain.language import in_figures, said
from app.domain.model import RECORD_FILE, ModelRecord
from app.domain.recipe import JpqdRecipe
from app.services.model_files import folder_bytes
from app.store.run_log import read_events
from app.store.workspace import Workspace

LEARNED_FROM_RUNS: Final = 5
_BYTES_PER_PARAMETER: Final = 4
CHECKPOINT_COPIES: Final = 6
"""Weights and two moments, each twice while the new checkpoint replaces the old."""
_MEASURED_TIMES: Final = 4
"""`MeasureRecipe.seconds` is spent twice a model, and there are two models."""
_MINUTE_S, _HOUR_S = 60, 3600
_MARGIN_ALONE: Final = 0.2
_MARGIN: Final = 0.1
_MARGIN_OTHERWISE: Final = 0.4
"""Where the runs were on other models or other sentences than the ones to come."""


class Range(msgspec.Struct, frozen=True):
    """From the least to the most that is to be expected."""

    low: float
    high: float

    def times(self, low: float, high: float) -> "Range":
        """Return the range with its ends multiplied."""
        return Range(self.low * low, self.high * high)


class RunFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished run took."""

    prepare_s: float
    prune_s: float
    finetune_s: float
    rest_s: float
    """Of the stages behind the training: export and measuring."""
    steps: int
    """Of the plan; one that was stopped early took fewer."""
    prune_steps: int
    """Taken in the warm-up."""
    finetune_steps: int
    """Taken behind it."""
    mean_tokens: float | None = None
    """Tokens a training sentence; None for runs that did not tell."""
    peak_memory_mb: float | None = None


class PastRun(msgspec.Struct, frozen=True, kw_only=True):
    """A finished run: what was asked, what it took, what it left."""

    spec: CompressSpec
    facts: RunFacts
    kept_bytes: int
    """Of run folder and variant."""
    parameters: int | None
    """Of the model that was compressed."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a run to come will take; None where no finished run tells."""

    seconds: Range | None = None
    memory_mb: Range | None = None
    disk_bytes: Range
    """What stays, and what there is at most while it runs."""
    runs: int = 0
    """How many finished runs it was learned from; 0: from the size of the model alone."""
    same_model: bool = True


def trained_sentences(recipe: JpqdRecipe, rows: int) -> int:
    """Return how many of ``rows`` sentences are trained on: some are held out, at most a fifth of them."""
    left = rows - min(recipe.training.held_out, rows // 5)
    return min(left, recipe.training.max_samples or left)


def training_steps(recipe: JpqdRecipe, rows: int) -> int:
    """Return the optimizer steps that a recipe takes on ``rows`` training sentences."""
    training = recipe.training
    return round(-(-trained_sentences(recipe, rows) // training.batch_size) * training.epochs)


def past_runs(workspace: Workspace, model: ModelRecord, jobs: Sequence[Job]) -> list[PastRun]:
    """Return the last finished compressions of ``model``, or of other models where it has none.

    Reads the logs of the runs and sums up their folders, each once.
    """
    finished = [
        (job, job.spec)
        for job in jobs
        if job.state.phase is Phase.FINISHED and isinstance(job.spec, CompressSpec)
    ]
    same = [(job, spec) for job, spec in finished if spec.model.id == model.id] or finished
    runs: list[PastRun] = []
    for job, spec in same[-LEARNED_FROM_RUNS:]:
        folder = workspace.run_folder(job.run_id)
        facts = _facts_in(folder / EVENTS_FILE)
        if facts is not None:
            runs.append(
                PastRun(
                    spec=spec,
                    facts=facts,
                    kept_bytes=folder_bytes(folder) + folder_bytes(workspace.model_folder(spec.model_id)),
                    parameters=parameters_of(model)
                    if spec.model.id == model.id
                    else _parameters_in(workspace.model_folder(spec.model.id)),
                )
            )
    return runs


def estimate(
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    runs: Sequence[PastRun],
    mean_tokens: float | None = None,
) -> Estimate:
    """Return what ``recipe`` will take on ``model`` and ``train``.

    Time is that of a step of each earlier run, times the steps to come, by sentences a step, by
    tokens a sentence where they are known of both, and by parameters where the models differ.

    Args:
        model: What is to be made small.
        recipe: How.
        train: With what; without its count of rows there is no estimate of time.
        runs: As `past_runs` returned them.
        mean_tokens: Tokens a sentence of ``train``, cut as the recipe cuts them; None: not counted yet.
    """
    parameters = parameters_of(model)
    most = (parameters or 0) * _BYTES_PER_PARAMETER * CHECKPOINT_COPIES
    if not runs:
        result = (parameters or 0) * _BYTES_PER_PARAMETER
        return Estimate(disk_bytes=Range(result, result + most))
    same_model = all(run.spec.model.id == model.id for run in runs)
    sizes = [_ratio(parameters, run.parameters) for run in runs]
    kept = [run.kept_bytes * size for run, size in zip(runs, sizes, strict=True)]
    return Estimate(
        seconds=_seconds(model, recipe, train, runs, mean_tokens),
        memory_mb=_memory(recipe, runs, sizes),
        disk_bytes=Range(statistics.median(kept), max(kept) + most),
        runs=len(runs),
        same_model=same_model,
    )


def expected_costs(
    workspace: Workspace,
    model: ModelRecord,
    recipes: Mapping[str, JpqdRecipe],
    train: DatasetRecord | None,
    jobs: Sequence[Job],
    mean_tokens: float | None = None,
) -> dict[str, Estimate]:
    """Return what each of several recipes will take, by their names; see `estimate`."""
    runs = past_runs(workspace, model, jobs)
    return {name: estimate(model, recipe, train, runs, mean_tokens) for name, recipe in recipes.items()}


def parameters_of(model: ModelRecord) -> int | None:
    """Return how many parameters a model has, by its structure or the size of its checkpoint."""
    if model.structure is not None:
        return model.structure.parameters
    return None if model.checkpoint_bytes is None else model.checkpoint_bytes // _BYTES_PER_PARAMETER


def _seconds(
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord | None,
    runs: Sequence[PastRun],
    mean_tokens: float | None,
) -> Range | None:
    if train is None or train.rows is None:
        return None
    found: list[float] = []
    is_alike = True
    for run in runs:
        same_text = _same_text(run.spec, recipe, train)
        tokens = _ratio(mean_tokens, run.facts.mean_tokens)
        known = same_text or None not in (mean_tokens, run.facts.mean_tokens)
        is_alike = is_alike and known and run.spec.model.id == model.id
        size = _ratio(parameters_of(model), run.parameters) * (1.0 if same_text else tokens)
        found.append(_seconds_after(run, recipe, train.rows, size))
    margin = _MARGIN_ALONE if len(found) == 1 else _MARGIN
    margin = margin if is_alike else _MARGIN_OTHERWISE
    return Range(min(found), max(found)).times(1 - margin, 1 + margin)


def _same_text(spec: CompressSpec, recipe: JpqdRecipe, train: DatasetRecord) -> bool:
    """Whether a run's sentences were as long as the ones to come: the same file, cut alike."""
    same_file = spec.train.content_hash is not None and spec.train.content_hash == train.content_hash
    return same_file and spec.recipe.training.max_length == recipe.training.max_length


def _seconds_after(run: PastRun, recipe: JpqdRecipe, rows: int, size: float) -> float:
    """Return what a run to come takes by what an earlier one took, its steps being ``size`` as large."""
    facts, before = run.facts, run.spec.recipe
    step = size * recipe.training.batch_size / before.training.batch_size
    steps = training_steps(recipe, rows)
    warmup = min(steps, round(recipe.sparsity.warmup_end_epoch * steps / recipe.training.epochs))
    prune = facts.prune_s / max(1, facts.prune_steps)
    finetune = facts.finetune_s / facts.finetune_steps if facts.finetune_steps > 0 else prune
    sentences = trained_sentences(recipe, rows) / max(1, _sentences_of(run))
    measuring = _MEASURED_TIMES * (recipe.measure.seconds - before.measure.seconds)
    return (
        facts.prepare_s * sentences * size
        + step * (warmup * prune + (steps - warmup) * finetune)
        + max(0.0, facts.rest_s + measuring)
    )


def _sentences_of(run: PastRun) -> float:
    training = run.spec.recipe.training
    return run.facts.steps * training.batch_size / training.epochs


def _memory(recipe: JpqdRecipe, runs: Sequence[PastRun], sizes: Sequence[float]) -> Range | None:
    """Return the peaks as they were and as they would be were all memory to grow with the model and the step.

    What the libraries take does not grow, what activations take does: the truth lies between.
    """
    peaks: list[float] = []
    for run, size in zip(runs, sizes, strict=True):
        if run.facts.peak_memory_mb is not None:
            before = run.spec.recipe.training
            step = recipe.training.batch_size * recipe.training.max_length
            grown = size * max(1.0, step / (before.batch_size * before.max_length))
            peaks += [run.facts.peak_memory_mb, run.facts.peak_memory_mb * grown]
    return Range(min(peaks), max(peaks)).times(1 - _MARGIN, 1 + _MARGIN) if peaks else None


def _ratio(now: float | None, before: float | None) -> float:
    return now / before if now and before else 1.0


@lru_cache(maxsize=64)
def _facts_in(log: Path) -> RunFacts | None:
    """Read the log of a finished run, which never changes again."""
    return facts_of(read_events(log))


@lru_cache(maxsize=64)
def _parameters_in(folder: Path) -> int | None:
    try:
        record = msgspec.json.decode((folder / RECORD_FILE).read_bytes(), type=ModelRecord)
    except (OSError, msgspec.DecodeError):
        return None
    return parameters_of(record)


def facts_of(events: Iterable[Timed]) -> RunFacts | None:
    """Return what a run took, by its log; None for one that did not train or went on after a break."""
    spent: dict[str, float] = {}
    reached: dict[str, int] = {}
    stage, began, last = "", 0.0, 0.0
    plan: TrainingPlan | None = None
    peak: float | None = None
    told = list(events)
    if _has_a_break(told):
        return None  # the time in between is nobody's
    for timed in told:
        last = timed.at
        match timed.event:
            case StageStarted(name):
                if stage:
                    spent[stage] = spent.get(stage, 0.0) + timed.at - began
                stage, began = name, timed.at
            case TrainingPlan() as told:
                plan = told
            case Progress(done) if stage in TRAINING_STAGES:
                reached[stage] = done
            case Metric(name="memory_mb", value=value) if value is not None:
                peak = value if peak is None else max(peak, value)
            case _:
                pass
    if stage:
        spent[stage] = spent.get(stage, 0.0) + last - began
    trained = spent.get("prune", 0.0) + spent.get("finetune", 0.0)
    if plan is None or trained <= 0 or not any(reached.values()):
        return None
    # By the steps that were taken: the run may have been stopped early. Not each of them is told.
    finetune_steps = max(0, reached.get("finetune", 0) - plan.warmup_end_step)
    return RunFacts(
        prepare_s=spent.get("prepare", 0.0),
        prune_s=spent.get("prune", 0.0),
        finetune_s=spent.get("finetune", 0.0),
        rest_s=sum(spent.values()) - trained - spent.get("prepare", 0.0),
        steps=plan.total_steps,
        prune_steps=plan.warmup_end_step if finetune_steps else reached.get("prune", 0),
        finetune_steps=finetune_steps,
        mean_tokens=plan.mean_tokens,
        peak_memory_mb=peak,
    )


def _has_a_break(told: Sequence[Timed]) -> bool:
    """Whether a run went on after it had stopped, or after a worker that could not say so."""
    stages = [timed.event.name for timed in told if isinstance(timed.event, StageStarted)]
    has_stopped = any(isinstance(timed.event, Paused | Interrupted | Failed) for timed in told[:-1])
    return has_stopped or len(set(stages)) < len(stages)


def time_range_text(seconds: Range) -> str:
    """Return a range of time, as ``90 to 110 s``, ``2.1 to 3.2 min`` or ``6.5 min to 3.6 h``."""
    high, unit = _time_in(seconds.high, seconds.high)
    low, low_unit = _time_in(seconds.low, seconds.high)
    if low_unit != unit:
        return said("%1 to %2", f"{low} {low_unit}", f"{high} {unit}")
    return f"{high} {unit}" if low == high else said("%1 to %2", low, f"{high} {unit}")


def _time_in(seconds: float, like_s: float) -> tuple[str, str]:
    """Return a time in the unit that suits another one, if it comes to one of them at least."""
    if like_s < 2 * _MINUTE_S or seconds < _MINUTE_S:
        return in_figures(f"{round(seconds / 5) * 5}"), "s"
    unit_s, unit = (_HOUR_S, "h") if like_s >= 2 * _HOUR_S and seconds >= _HOUR_S else (_MINUTE_S, "min")
    return in_figures(f"{seconds / unit_s:.{1 if seconds / unit_s < 10 else 0}f}"), unit
