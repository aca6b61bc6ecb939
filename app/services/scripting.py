"""Compression from a Python script: the same services and the same worker as the window's.

from app.services.scripting import Data, compress

variant = compress("sentiment", {"method": "jpqd"}, train=Data("reviews.tsv", "sentence", "label"))
"""

import signal
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
from PySide6.QtCore import QCoreApplication, QEventLoop

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.form import tree_of
from app.domain.job import ENDED, RESUMABLE, Job, Phase
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.services.assembly import Services, build_services
from app.services.compression import plan_compression, preflight, starter_name
from app.services.resources import STARTER


class Data(msgspec.Struct, frozen=True):
    """A file of labelled texts, and which of its columns holds what."""

    path: str
    text: str
    label: str
    text_pair: str | None = None


def compress(
    model: str,
    recipe: Mapping[str, Any],
    train: Data | str,
    evaluation: Data | str | None = None,
    *,
    teacher: str | None = None,
    name: str = "",
    workspace: str | Path | None = None,
    progress: Callable[[Job], None] | None = None,
) -> ModelRecord:
    """Make a variant of a model and return its record; blocks until it is made.

    Needs no running Qt application, and starts its worker as the window does: queued jobs of the
    workspace that run elsewhere come first.

    Args:
        model: Id or unique name of a model in the workspace.
        recipe: As a recipe file has it; what is left out has its default.
        train: A file, or the name of data that the workspace knows.
        evaluation: What the accuracy of the result is measured on; None: it is not measured.
        teacher: Id or name of another model to learn from; None: the model itself.
        name: What the variant is to be called; empty: after model and recipe.
        workspace: Its folder; None: the user's default one.
        progress: Called with the job whenever it changes; None: stages are told on stderr.

    Raises:
        AppError: The recipe or the data is wrong, or the job failed; nothing was made.
    """
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    services = build_services(Path(workspace) if workspace else None, adopt=False)
    try:
        return _run(services, model, _recipe(recipe), train, evaluation, teacher, name, progress or _Told())
    finally:
        services.close()
        del application


def _recipe(recipe: Mapping[str, Any]) -> JpqdRecipe:
    try:
        return msgspec.convert(dict(recipe), JpqdRecipe)
    except msgspec.ValidationError as error:
        raise AppError("recipe_invalid", f"The recipe is wrong: {error}.", "Correct that field.") from error


def _run(
    services: Services,
    model: str,
    recipe: JpqdRecipe,
    train: Data | str,
    evaluation: Data | str | None,
    teacher: str | None,
    name: str,
    progress: Callable[[Job], None],
) -> ModelRecord:
    workspace, queue = services.workspace, services.queue
    original = workspace.models.find(model)
    learned_from = workspace.models.find(teacher) if teacher else None
    training = _dataset(services, train, original.labels, "train")
    held = None if evaluation is None else _dataset(services, evaluation, original.labels, None)
    for finding in preflight(workspace, original, recipe, training, held, queue.jobs()):
        if finding.severity == "error":
            raise AppError(finding.code.partition(":")[0], f"{finding.title}: {finding.text}")
    spec = plan_compression(workspace, original, recipe, training, held, learned_from, name)
    loop = QEventLoop()

    def look(job: Job) -> None:
        if job.run_id == spec.run_id:
            progress(job)
            if job.state.phase in ENDED | RESUMABLE:
                loop.quit()

    queue.job_changed.connect(look)
    job = queue.submit(spec, f"JPQD · {original.name}")
    with _interruptible():
        if (queue.job(job.run_id) or job).state.phase not in ENDED | RESUMABLE:
            loop.exec()
    queue.job_changed.disconnect(look)
    ended = queue.job(job.run_id) or job
    if ended.state.phase is not Phase.FINISHED:
        problem = ended.state.problem
        raise AppError(
            problem.code if problem else str(ended.state.phase),
            problem.summary if problem else f"The run {job.run_id} is {ended.state.phase}.",
            problem.advice if problem else "",
            problem.detail if problem else "",
        )
    return workspace.models.find(ended.state.model_id or spec.model_id)


@contextmanager
def _interruptible() -> Generator[None]:
    """Let Ctrl+C end the script at once: its worker then writes a checkpoint, to be resumed."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _dataset(
    services: Services, data: Data | str, labels: tuple[str, ...], split: str | None
) -> DatasetRecord:
    if isinstance(data, str):
        return services.datasets.find(data, labels=labels, split=split)
    columns = ColumnMap(data.text, data.label, data.text_pair)
    return services.datasets.add(Path(data.path), columns, labels, split or "")


class _Told:
    """Tells each stage once, on stderr."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, job: Job) -> None:
        if job.state.stage and job.state.stage != self._stage:
            self._stage = job.state.stage
            print(f"{job.run_id}: {self._stage}", file=sys.stderr, flush=True)  # noqa: T201 - for a script


def as_python(
    model: str,
    recipe: JpqdRecipe,
    train: DatasetRecord,
    *,
    evaluation: DatasetRecord | None = None,
    teacher: str | None = None,
    name: str = "",
    workspace: str | None = None,
) -> str:
    """Return a script that does what a form says; arguments as for `as_command`."""
    needs_data = not all(one is None or one.path.startswith(STARTER) for one in (train, evaluation))
    arguments = [repr(model), "RECIPE", f"train={_data_text(train, 'train')}"]
    if evaluation is not None:
        arguments.append(f"evaluation={_data_text(evaluation, 'evaluation')}")
    for keyword, value in (("teacher", teacher), ("name", name), ("workspace", workspace)):
        if value:
            arguments.append(f"{keyword}={value!r}")
    lines = "".join(f"        {argument},\n" for argument in arguments)
    return (
        '"""Written by Whittle: run it with the Python that Whittle is installed in."""\n\n'
        f"from app.services.scripting import {'Data, ' if needs_data else ''}compress\n\n"
        f"RECIPE = {_literal(tree_of(recipe))}\n\n"
        'if __name__ == "__main__":\n'
        f"    variant = compress(\n{lines}    )\n"
        "    print(variant.id, variant.name)\n"
    )


def _literal(value: object, indent: int = 0) -> str:
    """Return plain data as Python source, an object's entries on lines of their own."""
    if not isinstance(value, dict):
        return repr(value)
    pad = " " * (indent + 4)
    fields = cast("Mapping[str, object]", value).items()
    entries = "".join(f"{pad}{key!r}: {_literal(one, indent + 4)},\n" for key, one in fields)
    return f"{{\n{entries}{' ' * indent}}}"


def _data_text(data: DatasetRecord, usual_split: str) -> str:
    if data.path.startswith(STARTER):
        return repr(starter_name(data, usual=usual_split))
    columns = data.columns
    pair = "" if columns.text_pair is None else f", text_pair={columns.text_pair!r}"
    return f"Data({data.path!r}, text={columns.text!r}, label={columns.label!r}{pair})"
