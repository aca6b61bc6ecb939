"""Comparisons that were run in the workspace: finding the one that answers, reading it, planning another."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.disagreement import DIFFERING_FILE, DifferingRow, GivenAnswer
from app.domain.job import CompareSpec, Job, Phase
from app.domain.layer_comparison import LayerCost, LayerReason
from app.domain.model import ModelRecord
from app.services.compression import model_at
from app.store.ids import new_id
from app.store.workspace import Workspace

_row_decoder = msgspec.json.Decoder(DifferingRow)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished comparison found."""

    run_id: str
    model_ids: tuple[str, ...]
    """In the order of the rows' answers; layers' errors are against the first."""
    device: str
    precision: str
    shape: tuple[int, ...]
    at: str
    """When it was run, UTC, as ``2026-11-23 02:10``."""
    dataset: str | None = None
    dataset_hash: str | None = None
    n: int | None = None
    """Inputs that all models answered; None without data."""
    differing_count: int = 0
    rows: tuple[DifferingRow, ...] = ()
    layers: tuple[LayerCost, ...] = ()
    reasons: tuple[LayerReason, ...] = ()

    @property
    def has_all_rows(self) -> bool:
        """Whether every differing row is there; an early version kept the first fifty alone."""
        return self.n is not None and len(self.rows) == self.differing_count


class _Listed(msgspec.Struct, frozen=True):
    row: int
    text: str
    label: str
    predictions: tuple[str, ...]
    probabilities: tuple[float | None, ...] = ()


class _Result(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of a comparison's result."""

    device: str = "CPU"
    precision: str = "f32"
    shape: tuple[int, ...] = ()
    dataset: str | None = None
    dataset_hash: str | None = None
    n: int | None = None
    differing_count: int | None = None
    differing: tuple[_Listed, ...] = ()
    layers: tuple[LayerCost, ...] = ()
    layers_not_measured: tuple[LayerReason, ...] = ()


def newest_comparison(jobs: Iterable[Job], model_ids: Sequence[str]) -> Job | None:
    """Return the newest finished comparison in which all of these models took part.

    One on data comes before one without, which says nothing about answers.
    """
    wanted = set(model_ids)
    fitting = [
        job
        for job in jobs
        if isinstance(job.spec, CompareSpec)
        and job.state.phase is Phase.FINISHED
        and wanted <= {model.id for model in job.spec.models}
    ]

    def rank(job: Job) -> tuple[bool, float]:
        return isinstance(job.spec, CompareSpec) and job.spec.data is not None, job.created_at

    return max(fitting, key=rank, default=None)


def read_comparison(job: Job) -> Comparison | None:
    """Read a finished comparison with all its rows; None where its result is none of this version's.

    Reads a file of thousands of lines, so it is called from a thread.
    """
    if not isinstance(job.spec, CompareSpec):
        return None
    try:
        result = msgspec.convert(job.state.result, _Result, strict=False)
        rows = _rows_of(Path(job.spec.run_folder) / DIFFERING_FILE, result)
    except msgspec.DecodeError:
        return None
    return Comparison(
        run_id=job.run_id,
        model_ids=tuple(model.id for model in job.spec.models),
        device=result.device,
        precision=result.precision,
        shape=result.shape,
        at=datetime.fromtimestamp(job.created_at, UTC).strftime("%Y-%m-%d %H:%M"),
        dataset=result.dataset,
        dataset_hash=result.dataset_hash,
        n=result.n,
        differing_count=result.differing_count or 0,
        rows=rows,
        layers=result.layers,
        reasons=result.layers_not_measured,
    )


def _rows_of(path: Path, result: _Result) -> tuple[DifferingRow, ...]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:  # an early version wrote none, or the run folder was moved away
        return tuple(_listed(row) for row in result.differing)
    return tuple(_row_decoder.decode(line) for line in lines)


def _listed(row: _Listed) -> DifferingRow:
    shares = row.probabilities or (None,) * len(row.predictions)
    answers = tuple(map(GivenAnswer, row.predictions, shares))
    return DifferingRow(row.row, row.text, row.label, answers)


def plan_comparison(
    workspace: Workspace,
    models: Sequence[ModelRecord],
    *,
    data: DatasetRecord | None,
    device: str,
    precision: str,
    length: int,
    seconds: float,
) -> CompareSpec:
    """Return the spec of a job that measures these models against the first; `JobQueue.submit` runs it."""
    run_id = new_id("r")
    return CompareSpec(
        run_id=run_id,
        run_folder=str(workspace.run_folder(run_id)),
        models=tuple(model_at(workspace, model) for model in models),
        data=data,
        device=device,
        precision=precision,
        length=length,
        seconds=seconds,
    )
