"""What the page Compress copies: the command and the script that do the same."""

from collections.abc import Sequence

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.services.compression import as_command
from app.services.scripting import as_python
from app.store.workspace import Workspace, default_workspace_folder


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a compression is asked for with."""

    model: ModelRecord
    recipe: JpqdRecipe
    base: str
    """The ready recipe that it began with, empty for none."""
    train: DatasetRecord
    evaluation: DatasetRecord | None = None
    teacher: ModelRecord | None = None
    name: str = ""


def command_for(chosen: Chosen, workspace: Workspace, models: Sequence[ModelRecord]) -> str:
    """Return the command line; models are called by names that are nobody else's among ``models``."""
    return as_command(
        _called(chosen.model, models),
        chosen.base,
        chosen.recipe,
        chosen.train,
        evaluation=chosen.evaluation,
        name=chosen.name,
        teacher=None if chosen.teacher is None else _called(chosen.teacher, models),
        workspace=_other_folder(workspace),
    )


def script_for(chosen: Chosen, workspace: Workspace, models: Sequence[ModelRecord]) -> str:
    """Return the script; see `command_for`."""
    return as_python(
        _called(chosen.model, models),
        chosen.recipe,
        chosen.train,
        evaluation=chosen.evaluation,
        teacher=None if chosen.teacher is None else _called(chosen.teacher, models),
        name=chosen.name,
        workspace=_other_folder(workspace),
    )


def _called(model: ModelRecord, models: Sequence[ModelRecord]) -> str:
    is_clear = [one.name for one in models].count(model.name) == 1 and not model.name.startswith("-")
    return model.name if is_clear else model.id


def _other_folder(workspace: Workspace) -> str | None:
    """Return the workspace's folder, None where it is the one that a command opens anyway."""
    folder = workspace.folder
    return None if folder == default_workspace_folder() else str(folder)
