"""Builds the services over a workspace, for the window and for the command line alike."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.background import Background
from app.services.devices import DeviceList
from app.services.engine_session import EngineSession
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.services.text_datasets import DatasetLibrary
from app.store.workspace import Workspace, default_workspace_folder


@dataclass(frozen=True)
class Services:
    """Everything without a widget; `close` it before the application ends."""

    workspace: Workspace
    queue: JobQueue
    models: ModelLibrary
    datasets: DatasetLibrary
    background: Background
    session: EngineSession
    devices: DeviceList

    def close(self) -> None:
        """Let the workers write their checkpoints, then close the workspace."""
        self.background.close()
        self.session.close()
        self.queue.close()
        self.workspace.close()


def build_services(
    workspace_folder: Path | None = None, *, adopt: bool = True, parent: QObject | None = None
) -> Services:
    """Open the workspace and build the services over it; needs a QCoreApplication.

    Args:
        workspace_folder: None: the user's default one.
        adopt: Whether queued jobs that a dead process left are run by this one.
        parent: Qt parent of the services.

    Raises:
        AppError: As `Workspace.open`.
    """
    workspace = Workspace.open(workspace_folder or default_workspace_folder())
    queue = JobQueue(workspace, adopt=adopt, parent=parent)
    session = EngineSession(parent=parent)
    return Services(
        workspace=workspace,
        queue=queue,
        models=ModelLibrary(workspace, queue, parent),
        datasets=DatasetLibrary(workspace),
        background=Background(parent),
        session=session,
        devices=DeviceList(session, parent),
    )
