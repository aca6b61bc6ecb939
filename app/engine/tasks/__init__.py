"""Tasks by name: columns to features, logits to answers, and the metric."""

from types import ModuleType
from typing import Final

from app.domain.errors import AppError
from app.engine.tasks import text_classification

TEXT_CLASSIFICATION: Final = "text-classification"

_TASKS: Final[dict[str, ModuleType]] = {TEXT_CLASSIFICATION: text_classification}


def require_task(name: str) -> ModuleType:
    """Return the module that does the task ``name``.

    Raises:
        AppError: ``unsupported_task``.
    """
    task = _TASKS.get(name)
    if task is None:
        raise AppError(
            "unsupported_task",
            f"The task {name} is not supported.",
            f"Supported: {', '.join(sorted(_TASKS))}.",
        )
    return task
