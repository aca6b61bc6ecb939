"""Jobs run in this process, on a folder of a tiny model."""

from dataclasses import dataclass, field
from pathlib import Path

from app.domain.event import Event, Measured, ModelMade
from app.domain.job import ImportSpec
from app.engine.context import JobContext
from app.engine.jobs.import_model import run
from tests.engine.tiny import tiny_bert, tiny_tokenizer


@dataclass
class Told:
    """A job's context and what the job told it."""

    events: list[Event] = field(default_factory=list)

    def context(self) -> JobContext:
        return JobContext(self.events.append)

    @property
    def metrics(self) -> list[str]:
        return [event.measurement.metric for event in self.events if isinstance(event, Measured)]

    @property
    def made(self) -> list[ModelMade]:
        return [event for event in self.events if isinstance(event, ModelMade)]


def hugging_face_folder(folder: Path, seed: int = 0) -> Path:
    """Write a tiny BERT as transformers does."""
    tiny_bert(layers=2, seed=seed).save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    return folder


def import_spec(source: Path | str, workspace: Path, model_id: str = "m1", **changes: object) -> ImportSpec:
    """Return the import of ``source`` into ``workspace``."""
    return ImportSpec(
        run_id="r1",
        run_folder=str(workspace / "runs" / "r1"),
        source=str(source),
        model_id=model_id,
        model_folder=str(workspace / "models" / model_id),
        **changes,
    )


def import_folder(source: Path, workspace: Path, model_id: str = "m1") -> Path:
    """Import ``source``; return the model's folder."""
    run(import_spec(source, workspace, model_id), Told().context())
    return workspace / "models" / model_id
