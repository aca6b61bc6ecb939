"""Measuring one model: its speed, and its accuracy where there is data with its classes."""

from collections.abc import Iterable
from typing import Final

from app.domain.dataset import DatasetRecord, class_ids
from app.domain.device import CPU
from app.domain.job import BenchSpec, EvaluateSpec
from app.domain.model import ModelRecord
from app.services.compression import model_at
from app.store.ids import new_id
from app.store.workspace import Workspace

LENGTH: Final = 32
"""Tokens, as the other figures of the window have them."""
SECONDS: Final = 5.0


def fitting_data(model: ModelRecord, datasets: Iterable[DatasetRecord]) -> DatasetRecord | None:
    """Return the newest data that is not for training and has just the model's classes, None without any."""
    fitting = [
        data
        for data in datasets
        if data.split != "train" and class_ids(data.labels, model.labels) is not None
    ]
    return fitting[-1] if fitting else None


def plan_benchmark(
    workspace: Workspace, model: ModelRecord, data: DatasetRecord | None, device: str = CPU
) -> tuple[tuple[BenchSpec | EvaluateSpec, str], ...]:
    """Return the specs of the jobs that measure a model, with their titles; `JobQueue.submit` runs them."""
    run_id = new_id("r")
    speed = BenchSpec(
        run_id=run_id,
        run_folder=str(workspace.run_folder(run_id)),
        model=model_at(workspace, model),
        device=device,
        length=LENGTH,
        seconds=SECONDS,
    )
    planned: list[tuple[BenchSpec | EvaluateSpec, str]] = [(speed, f"Benchmark · {model.name}")]
    if data is not None:
        run_id = new_id("r")
        accuracy = EvaluateSpec(
            run_id=run_id,
            run_folder=str(workspace.run_folder(run_id)),
            model=model_at(workspace, model),
            data=data,
            device=device,
        )
        planned.append((accuracy, f"Evaluate · {model.name}"))
    return tuple(planned)
