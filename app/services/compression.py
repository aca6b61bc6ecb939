"""From a choice of model, recipe and data to a job, and the command that does the same."""

import shlex
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.errors import AppError
from app.domain.job import ENDED, CompressSpec, Job, ModelAt
from app.domain.language import said
from app.domain.model import ModelRecord, numbered
from app.domain.recipe import JpqdRecipe
from app.services.preflight import Finding, preflight
from app.services.recipes import (
    DEFAULTS,
    assignments_between,
    load_recipe,
    ready_recipes,
    with_overrides,
)
from app.services.resources import STARTER
from app.store.ids import new_id
from app.store.workspace import Workspace

NO_EVALUATION: Final = "none"
"""What a command says where no accuracy is to be measured."""

__all__ = [
    "NO_EVALUATION",
    "Finding",
    "as_command",
    "free_name",
    "load_recipe",
    "plan_compression",
    "preflight",
    "ready_recipes",
    "starter_name",
    "variant_name",
    "with_overrides",
]


def plan_compression(
    workspace: Workspace,
    model: ModelRecord,
    recipe: JpqdRecipe,
    train: DatasetRecord,
    evaluation: DatasetRecord | None = None,
    teacher: ModelRecord | None = None,
    name: str = "",
) -> CompressSpec:
    """Return the spec of a job that makes a variant of ``model``; `JobQueue.submit` runs it.

    Args:
        workspace: Where the variant is to be.
        model: An original, or a variant that is to become smaller still.
        recipe: How.
        train: What to train on.
        evaluation: What the final accuracy is measured on; None: it is not measured.
        teacher: None: the model itself as it is.
        name: What the variant is to be called; empty: after model and recipe.

    Raises:
        AppError: no_checkpoint where the model, or the teacher, is an IR alone; name_empty,
            name_too_long or name_taken.
    """
    for each in (model, teacher):
        if each is not None and not each.has_checkpoint:
            raise AppError(
                "no_checkpoint",
                said(
                    "“%1” is an OpenVINO IR without a checkpoint: it can be measured, not trained.", each.name
                ),
                said("Import the Hugging Face folder that it was made from."),
            )
    if name:
        name = workspace.models.checked_name(name, coming=_coming_names(workspace.runs.all()))
    run_id, model_id = new_id("r"), new_id("m")
    named = JpqdRecipe(
        name=name or variant_name(workspace, model, recipe),
        sparsity=recipe.sparsity,
        quantization=recipe.quantization,
        distillation=recipe.distillation,
        training=recipe.training,
        measure=recipe.measure,
    )
    return CompressSpec(
        run_id=run_id,
        run_folder=str(workspace.run_folder(run_id)),
        model=model_at(workspace, model),
        model_id=model_id,
        model_folder=str(workspace.model_folder(model_id)),
        recipe=named,
        train=train,
        evaluation=evaluation,
        teacher=None if teacher is None else model_at(workspace, teacher),
    )


def model_at(workspace: Workspace, model: ModelRecord) -> ModelAt:
    """Return how a spec names a model of the workspace."""
    return ModelAt(model.id, str(workspace.model_folder(model.id)))


def variant_name(workspace: Workspace, model: ModelRecord, recipe: JpqdRecipe) -> str:
    """Return a name that no model has or gets: ``sentiment-jpqd-fast``, then ``sentiment-jpqd-fast-2``."""
    return free_name(model, recipe.name, workspace.models.all(), workspace.runs.all())


def _coming_names(jobs: Iterable[Job]) -> set[str]:
    """Return what the variants will be called that are being made, or may be yet."""
    return {
        job.spec.recipe.name
        for job in jobs
        if isinstance(job.spec, CompressSpec) and (job.state.phase not in ENDED or job.state.can_resume)
    }


def free_name(
    model: ModelRecord, recipe_name: str, models: Iterable[ModelRecord], jobs: Iterable[Job]
) -> str:
    """Return a name for a variant that no model has and no job gives one; see `variant_name`."""
    return numbered(f"{model.name}-{recipe_name}", {each.name for each in models} | _coming_names(jobs))


def as_command(
    model: str,
    recipe_name: str,
    recipe: JpqdRecipe,
    train: DatasetRecord | None = None,
    *,
    evaluation: DatasetRecord | None = None,
    teacher: str | None = None,
    name: str = "",
    workspace: str | None = None,
) -> str:
    """Return the command line that does what a form says, quoted for a shell.

    Args:
        model: Id or unique name.
        recipe_name: The ready recipe that the form began with; anything else: the defaults.
        recipe: As the form has it now; what differs becomes ``--set``.
        train: The chosen data.
        evaluation: What the accuracy is measured on; the starter's own goes without saying.
        teacher: Id or name of another teacher than the model itself.
        name: Of the variant, where the user gave one.
        workspace: Its folder, where it is not the default one.
    """
    ready = ready_recipes()
    base_name = recipe_name if recipe_name in ready else DEFAULTS
    words = ["whittle", "compress", model, base_name]
    if train is not None:
        words += _data_words(train)
    if train is not None:
        words += _evaluation_words(train, evaluation)
    if teacher:
        words += _option("--teacher", teacher)
    for assignment in assignments_between(ready.get(base_name, JpqdRecipe()), recipe):
        if not assignment.startswith("name="):
            words += ["--set", assignment]
    if name:
        words += _option("--name", name)
    if workspace:
        words += ["--workspace", workspace]
    return shlex.join(words)


def _option(option: str, value: str) -> Sequence[str]:
    """Return an option with its value, which may look like an option itself."""
    return [f"{option}={value}"] if value.startswith("-") else [option, value]


def starter_name(data: DatasetRecord, *, usual: str) -> str:
    """Return how starter data is called where its name alone means the split ``usual``."""
    return data.name if data.split == usual else data.id


def _data_words(data: DatasetRecord) -> Sequence[str]:
    if data.path.startswith(STARTER):
        return ["--data", starter_name(data, usual="train")]
    mapped = {
        name: column for name, column in msgspec.to_builtins(data.columns).items() if column is not None
    }
    if any("," in column or column != column.strip() for column in mapped.values()):
        columns = msgspec.json.encode(mapped).decode()
    else:
        columns = ",".join(f"{name}={column}" for name, column in mapped.items())
    return ["--data", data.path, "--columns", columns]


def _evaluation_words(train: DatasetRecord, evaluation: DatasetRecord | None) -> Sequence[str]:
    is_starter = train.path.startswith(STARTER) and train.split == "train"
    if evaluation is None:
        return ["--evaluation", NO_EVALUATION] if is_starter else []
    if evaluation.path.startswith(STARTER):
        goes_without_saying = is_starter and evaluation.split == "evaluation"
        return [] if goes_without_saying else ["--evaluation", starter_name(evaluation, usual="evaluation")]
    # One --columns serves both files; data with other columns is known to the workspace by its id.
    return ["--evaluation", evaluation.path if evaluation.columns == train.columns else evaluation.id]
