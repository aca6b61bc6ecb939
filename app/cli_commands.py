"""One function a command: from what was typed to a document and its text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from app.cli_jobs import Session
from app.cli_options import Options
from app.cli_output import model_document, models_text, result_text
from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.job import BenchSpec, CompareSpec, EvaluateSpec, InspectSpec, Job, Spec, TrySpec
from app.domain.model import ModelRecord
from app.services.compression import (
    NO_EVALUATION,
    load_recipe,
    plan_compression,
    preflight,
    with_overrides,
)
from app.services.model_library import STARTER_SOURCE
from app.services.text_datasets import REVIEWS
from app.store.ids import new_id

Document = dict[str, object]

_SWEEP_BATCHES: Final = (1, 4, 16)


def run_command(options: Options) -> tuple[Document, str]:
    """Do what was typed and return the JSON document and the text for people.

    Raises:
        AppError: Bad input.
        JobEnded: A job did not finish.
    """
    session = Session(options.workspace, quiet=options.quiet)
    try:
        return _COMMANDS[options.command or ""](session, options)
    finally:
        session.close()


def _import(session: Session, options: Options) -> tuple[Document, str]:
    job = session.services.models.import_model(options.source, options.name, options.task)
    result = session.run(job)
    model_id = (session.queue.job(job.run_id) or job).state.model_id
    model = session.workspace.models.find(model_id or "")
    document = {**model_document(model, session.services.models), **result}
    return document, f"Imported “{model.name}” ({model.id})\n{result_text(result)}"


def _models(session: Session, _options: Options) -> tuple[Document, str]:
    library = session.services.models
    documents = [model_document(model, library) for model in library.models()]
    return {"models": documents}, models_text(documents)


def _compress(session: Session, options: Options) -> tuple[Document, str]:
    recipe = with_overrides(load_recipe(options.recipe), options.assignments)
    columns = parse_columns(options.columns)
    model = session.model(options.model)
    teacher = session.model(options.teacher) if options.teacher else None
    datasets = session.services.datasets
    data = options.data or _default_data(session, model)
    train, evaluation = datasets.pair(data, columns=columns, labels=model.labels)
    if options.evaluation == NO_EVALUATION:
        evaluation = None
    elif options.evaluation:
        evaluation = datasets.find(options.evaluation, columns=columns, labels=model.labels)
    jobs = session.queue.jobs()
    for finding in preflight(session.workspace, model, recipe, train, evaluation, jobs):
        match finding.severity:
            case "error":
                raise AppError(finding.code.partition(":")[0], f"{finding.title}: {finding.text}")
            case "warning":
                session.report.say(f"warning[{finding.code}]: {finding.title}: {finding.text}")
            case "ok":
                pass
    spec = plan_compression(session.workspace, model, recipe, train, evaluation, teacher, options.name)
    job = session.queue.submit(spec, f"JPQD · {model.name}")
    session.report.say(f"Run {job.run_id}")
    return _made(session, job)


def _resume(session: Session, options: Options) -> tuple[Document, str]:
    job = session.queue.job(options.run)
    if job is None:
        known = [each.run_id for each in session.queue.jobs() if each.state.can_resume]
        raise AppError(
            "run_unknown",
            f"There is no run {options.run} in this workspace.",
            f"Runs that can go on: {', '.join(known) or 'none'}.",
        )
    if not job.state.can_resume:
        raise AppError(
            "run_not_resumable",
            f"The run {job.run_id} is {job.state.phase}; there is nothing to go on with.",
            "Only paused and interrupted runs can go on.",
        )
    session.resume(job)
    return _made(session, job)


def _made(session: Session, job: Job) -> tuple[Document, str]:
    result = session.run(job)
    model_id = (session.queue.job(job.run_id) or job).state.model_id
    model = session.workspace.models.get(model_id) if model_id else None
    head = f"Made “{model.name}” ({model.id})\n" if model else ""
    return result, head + result_text(result)


def _bench(session: Session, options: Options) -> tuple[Document, str]:
    model = session.model_at(options.model)
    batch, length = options.shape

    def spec(hint: str, batch: int) -> BenchSpec:
        return BenchSpec(
            **_new_run(session),
            model=model,
            device=options.device,
            precision=options.precision,
            hint=hint,
            batch=batch,
            length=length,
            streams=options.streams,
            seconds=options.seconds,
        )

    if not options.sweep:
        return _measure(session, spec(options.hint, batch), f"Benchmark · {options.model}")
    results: list[Document] = []
    for hint in ("latency", "throughput"):
        for each in _SWEEP_BATCHES:
            session.report.say(f"{hint}, batch {each}")
            results.append(_measure(session, spec(hint, each), f"Benchmark · {options.model}")[0])
    document: Document = {"sweep": results}
    return document, result_text(document).strip()


def _evaluate(session: Session, options: Options) -> tuple[Document, str]:
    model = session.model(options.model)
    spec = EvaluateSpec(
        **_new_run(session),
        model=session.model_at(model.id),
        data=_evaluation_data(session, options, model),
        device=options.device,
        precision=options.precision,
        limit=options.limit,
    )
    return _measure(session, spec, f"Evaluate · {model.name}")


def _inspect(session: Session, options: Options) -> tuple[Document, str]:
    spec = InspectSpec(
        **_new_run(session),
        model=session.model_at(options.model),
        device=options.device,
        precision=options.precision,
    )
    return _measure(session, spec, f"Inspect · {options.model}")


def _compare(session: Session, options: Options) -> tuple[Document, str]:
    if len(options.models) < 2:
        raise AppError("models_missing", "One model is nothing to compare.", "Name two models or more.")
    models = [session.model(text) for text in options.models]
    spec = CompareSpec(
        **_new_run(session),
        models=tuple(session.model_at(model.id) for model in models),
        data=_evaluation_data(session, options, models[0]) if options.data else None,
        device=options.device,
        precision=options.precision,
    )
    return _measure(session, spec, "Compare · " + ", ".join(model.name for model in models))


def _try(session: Session, options: Options) -> tuple[Document, str]:
    spec = TrySpec(
        **_new_run(session),
        model=session.model_at(options.model),
        text=_text_of(options.input),
        device=options.device,
        precision=options.precision,
    )
    return _measure(session, spec, f"Try · {options.model}")


_COMMANDS: Final[dict[str, Callable[[Session, Options], tuple[Document, str]]]] = {
    "import": _import,
    "models": _models,
    "compress": _compress,
    "resume": _resume,
    "bench": _bench,
    "evaluate": _evaluate,
    "inspect": _inspect,
    "compare": _compare,
    "try": _try,
}


def _measure(session: Session, spec: Spec, title: str) -> tuple[Document, str]:
    result = session.run(session.queue.submit(spec, title))
    return result, result_text(result)


def _new_run(session: Session) -> dict[str, Any]:
    run_id = new_id("r")
    return {"run_id": run_id, "run_folder": str(session.workspace.run_folder(run_id))}


def _evaluation_data(session: Session, options: Options, model: ModelRecord) -> DatasetRecord:
    return session.services.datasets.find(
        options.data or REVIEWS,
        columns=parse_columns(options.columns),
        labels=model.labels,
        split=options.split,
    )


def _default_data(session: Session, model: ModelRecord) -> str:
    """Return the starter's reviews for the starter and what was made from it.

    Raises:
        AppError: data_needed for any other model.
    """
    ancestor: ModelRecord | None = model
    while ancestor is not None:
        if ancestor.origin == STARTER_SOURCE:
            return REVIEWS
        ancestor = session.workspace.models.get(ancestor.parent_id) if ancestor.parent_id else None
    raise AppError(
        "data_needed",
        f"“{model.name}” needs data to be trained on.",
        "Name a dataset or a file: --data FILE [--columns text=…,label=…].",
    )


def _text_of(text: str) -> str:
    """Return the text itself, or what a file of that name holds."""
    try:
        path = Path(text)
        return path.read_text("utf-8").strip() if path.is_file() else text
    except UnicodeDecodeError as error:
        raise AppError("data_unreadable", f"{text} is not UTF-8 text.", "Give a text file.") from error
    except OSError:
        return text  # too long for a file's name: a text


def parse_columns(text: str | None) -> ColumnMap | None:
    """Read ``text=sentence,label=label``, or the same as a JSON object, for columns with a comma.

    Raises:
        AppError: columns_invalid.
    """
    if text is None:
        return None
    pairs = {name.strip(): column for name, _, column in (part.partition("=") for part in text.split(","))}
    try:
        if text.lstrip().startswith("{"):
            return msgspec.json.decode(text, type=ColumnMap)
        return msgspec.convert(pairs, ColumnMap)
    except msgspec.DecodeError as error:
        raise AppError(
            "columns_invalid",
            f"--columns {text} does not say which column holds what ({error}).",
            "Write --columns text=NAME,label=NAME, and text_pair=NAME for pairs of sentences.",
        ) from error
