"""From a choice of model, recipe and data to a job, and the command that does the same."""

import shlex
from collections.abc import Collection, Sequence

from app.domain.dataset import DatasetRecord
from app.domain.errors import AppError
from app.domain.job import CompressSpec, ModelAt
from app.domain.model import ModelRecord
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

__all__ = [
    "Finding",
    "as_command",
    "free_name",
    "load_recipe",
    "plan_compression",
    "preflight",
    "ready_recipes",
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
        AppError: no_checkpoint where the model, or the teacher, is an IR alone.
    """
    for each in (model, teacher):
        if each is not None and not each.has_checkpoint:
            raise AppError(
                "no_checkpoint",
                f"“{each.name}” is an OpenVINO IR without a checkpoint: it can be measured, not trained.",
                "Import the Hugging Face folder that it was made from.",
            )
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
    """Return a name that no model has yet: ``sentiment-jpqd-fast``, then ``sentiment-jpqd-fast-2``."""
    return free_name(model, recipe.name, {each.name for each in workspace.models.all()})


def free_name(model: ModelRecord, recipe_name: str, taken: Collection[str]) -> str:
    """Return a name for a variant that is none of those ``taken``; see `variant_name`."""
    base = f"{model.name}-{recipe_name}"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


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
    if train is not None and evaluation is not None:
        words += _evaluation_words(train, evaluation)
    if teacher:
        words += ["--teacher", teacher]
    for assignment in assignments_between(ready.get(base_name, JpqdRecipe()), recipe):
        if not assignment.startswith("name="):
            words += ["--set", assignment]
    if name:
        words += ["--name", name]
    if workspace:
        words += ["--workspace", workspace]
    return shlex.join(words)


def _data_words(data: DatasetRecord) -> Sequence[str]:
    if data.path.startswith(STARTER):
        return ["--data", data.name]
    columns = f"text={data.columns.text},label={data.columns.label}"
    if data.columns.text_pair is not None:
        columns += f",text_pair={data.columns.text_pair}"
    return ["--data", data.path, "--columns", columns]


def _evaluation_words(train: DatasetRecord, evaluation: DatasetRecord) -> Sequence[str]:
    if evaluation.path.startswith(STARTER):
        return [] if train.path.startswith(STARTER) else ["--evaluation", evaluation.name]
    # One --columns serves both files; data with other columns is known to the workspace by its id.
    return ["--evaluation", evaluation.path if evaluation.columns == train.columns else evaluation.id]
