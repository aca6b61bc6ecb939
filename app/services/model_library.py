"""The models of the workspace and their figures, for whoever shows or chooses them."""

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.job import ImportSpec, Job
from app.domain.measurement import Measurement
from app.domain.model import ModelNote, ModelRecord, TrashedModel
from app.services.job_queue import JobQueue
from app.store.ids import new_id
from app.store.workspace import Workspace, app_error

STARTER_SOURCE: Final = "starter:sentiment"
_HUB_URL: Final = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([^?#]+)")
_HUB_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")


class ModelLibrary(QObject):
    """What models there are. Importing one is a job.

    Signals:
        changed: Some model or some figure is new, renamed, or gone.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._queue = queue
        self.offline = False
        """Whether nothing is to be fetched; what was downloaded before can be imported."""
        # A job ends with a dozen figures at once: the pages are told once.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.changed)
        for news in (queue.model_made, queue.measured, queue.index_changed):
            news.connect(self._soon.start)

    def models(self) -> list[ModelRecord]:
        """Return every model that is not in the trash, oldest first."""
        return self._workspace.models.all()

    def model(self, model_id: str) -> ModelRecord | None:
        """Return one model, or None."""
        return self._workspace.models.get(model_id)

    def measurements(self, model_id: str) -> list[Measurement]:
        """Return a model's figures, oldest first."""
        return self._workspace.measurements.of_model(model_id)

    def all_measurements(self) -> dict[str, list[Measurement]]:
        """Return the figures of all models by the ids of these, oldest first."""
        found: dict[str, list[Measurement]] = {}
        for figure in self._workspace.measurements.all():
            found.setdefault(figure.model_id, []).append(figure)
        return found

    def latest(self, model_id: str, metric: str, **conditions: object) -> Measurement | None:
        """Return the newest figure of a metric, or None where it was not measured.

        Args:
            model_id: The model.
            metric: A name as `Measurement.metric` lists them.
            **conditions: Fields that have to be equal, such as ``device="CPU", shape=(1, 32)``.
        """
        for figure in reversed(self.measurements(model_id)):
            if figure.metric == metric and all(
                getattr(figure, name) == value for name, value in conditions.items()
            ):
                return figure
        return None

    def starter_model(self) -> ModelRecord | None:
        """Return the imported starter model, or None where it was not imported yet."""
        return next((model for model in self.models() if model.origin == STARTER_SOURCE), None)

    def import_model(self, source: str, name: str = "", task: str | None = None) -> Job:
        """Queue the import of a model; what is wrong with it the job tells.

        Args:
            source: A folder, a hub id or URL, or ``starter:sentiment``.
            name: What it is to be called; empty: after its source.
            task: For example ``text-classification``; None: as its config says.

        Raises:
            AppError: disk_full or not_writable.
        """
        source = normal_source(source)
        run_id, model_id = new_id("r"), new_id("m")
        spec = ImportSpec(
            run_id=run_id,
            run_folder=str(self._workspace.run_folder(run_id)),
            source=source,
            model_id=model_id,
            model_folder=str(self._workspace.model_folder(model_id)),
            name=name or default_name(source),
            task=task,
            offline=self.offline or not needs_network(source),
        )
        return self._queue.submit(spec, f"Import · {spec.name}")

    def trash(self, model_id: str) -> ModelRecord:
        """Move a model to the trash.

        Raises:
            AppError: model_unknown, workspace_not_writable or disk_full.
        """
        with self._told():
            record = self._workspace.models.trash(model_id)
        self.changed.emit()
        return record

    def trashed(self) -> list[TrashedModel]:
        """Return what is in the trash, the newest there first."""
        return self._workspace.models.trashed()

    def trash_folder(self, model_id: str) -> Path:
        """Where a model lies in the trash; deleting it takes a while, so not in the GUI thread."""
        return self._workspace.models.trash_folder(model_id)

    def forget(self, model_id: str) -> None:
        """Forget a model whose folder in the trash was deleted.

        Raises:
            AppError: model_in_use.
        """
        self._workspace.models.forget(model_id)
        self.changed.emit()

    def model_folder(self, model_id: str) -> Path:
        """Where a model lies."""
        return self._workspace.model_folder(model_id)

    def restore(self, model_id: str) -> ModelRecord:
        """Bring a model back from the trash.

        Raises:
            AppError: model_unknown, workspace_not_writable or disk_full.
        """
        with self._told():
            record = self._workspace.models.restore(model_id)
        self.changed.emit()
        return record

    def rename(self, model_id: str, name: str) -> ModelRecord:
        """Give a model another name.

        Raises:
            AppError: name_empty, name_too_long, name_taken, model_unknown, workspace_not_writable
                or disk_full.
        """
        with self._told():
            record = self._workspace.models.rename(model_id, name)
        self.changed.emit()
        return record

    def notes(self) -> dict[str, ModelNote]:
        """Return what was written about models, by their ids."""
        return self._workspace.models.notes()

    def set_note(self, model_id: str, note: ModelNote) -> ModelNote:
        """Keep what was written about a model; returns it as it is kept.

        Raises:
            AppError: model_unknown, workspace_not_writable or disk_full.
        """
        with self._told():
            kept = self._workspace.models.set_note(model_id, note)
        self.changed.emit()
        return kept

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            raise app_error(error, self._workspace.folder) from error


def normal_source(source: str) -> str:
    """Return the absolute path of a local source, the starter's full name, or the hub id or URL."""
    source = source.strip()
    if source in {"starter", STARTER_SOURCE}:
        return STARTER_SOURCE
    path = Path(source).expanduser()
    looks_local = source.startswith((".", "~", os.sep)) or path.exists()
    return str(path.absolute()) if looks_local else source


def needs_network(source: str) -> bool:
    """Whether a normal source is to be fetched from the hub."""
    if source.startswith("starter:") or Path(source).is_absolute():
        return False
    return bool(_HUB_URL.match(source) or _HUB_ID.fullmatch(source) or re.fullmatch(r"[\w.-]+", source))


def default_name(source: str) -> str:
    """Return what a model from a normal source is called unless the user says otherwise."""
    if source == STARTER_SOURCE:
        return "sentiment"
    if url := _HUB_URL.match(source):
        parts = url.group(1).strip("/").split("/")
        return parts[1] if len(parts) > 1 else parts[0]
    return source.rstrip("/").rsplit("/", 1)[-1]
