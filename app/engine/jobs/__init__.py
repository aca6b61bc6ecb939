"""One module a kind of job, looked up by the type of its spec."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from app.domain.job import (
    BenchSpec,
    CompareSpec,
    CompressSpec,
    EvaluateSpec,
    ImportSpec,
    InspectSpec,
    SessionSpec,
    TrySpec,
    WorkerSpec,
)
from app.engine.context import JobContext

Runner = Callable[[Any, JobContext], dict[str, object]]
"""Runs a job and returns its result: what a command prints with --json."""

_MODULES: Final[dict[type[WorkerSpec], str]] = {
    ImportSpec: "app.engine.jobs.import_model",
    CompressSpec: "app.engine.jobs.compress",
    BenchSpec: "app.engine.jobs.bench",
    EvaluateSpec: "app.engine.jobs.evaluate",
    InspectSpec: "app.engine.jobs.inspect",
    TrySpec: "app.engine.jobs.predict",
    CompareSpec: "app.engine.jobs.compare",
    SessionSpec: "app.engine.jobs.session",
}
"""By name and imported when needed: a benchmark has no use for torch and its ten seconds."""


def runner_for(spec: WorkerSpec) -> Runner:
    """Return the ``run`` function of the module that does jobs of this kind."""
    runner: Runner = import_module(_MODULES[type(spec)]).run
    return runner
