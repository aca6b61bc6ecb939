"""A workspace: one folder with everything, and the stores over it."""

import errno
import os
import sys
from pathlib import Path
from typing import Final, Self

from app.domain.errors import AppError
from app.domain.language import said
from app.store.database import Database, not_writable
from app.store.datasets import DatasetStore
from app.store.measurements import MeasurementStore
from app.store.models import ModelStore
from app.store.owners import Owner
from app.store.runs import RunStore

DATABASE_FILE: Final = "whittle.sqlite"
_FOLDERS: Final = ("models", "runs", "datasets", "trash")


class Workspace:
    """An open workspace.

    Attributes:
        folder: Its absolute folder.
        models, measurements, datasets, runs: The stores.
        database: The index beneath them.
    """

    def __init__(self, folder: Path, database: Database, owner: Owner) -> None:
        self.folder = folder
        self.database = database
        self._owner = owner
        models, trash = folder / "models", folder / "trash"
        self.models = ModelStore(database, models, trash)
        self.measurements = MeasurementStore(database, models, trash)
        self.datasets = DatasetStore(database, folder / "datasets")
        self.runs = RunStore(database, folder / "runs", self.models, self.measurements, owner, trash)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the workspace in ``folder``, or make one there.

        An index that is missing is rebuilt from the folders; jobs that a dead process left are
        settled, and runs that it left in the trash are deleted.

        Raises:
            AppError: workspace_too_new, workspace_not_writable, workspace_broken or disk_full.
        """
        folder = folder.expanduser().absolute()
        try:
            for name in _FOLDERS:
                (folder / name).mkdir(parents=True, exist_ok=True)
            owner = Owner(folder / ".queues")
        except OSError as error:
            raise app_error(error, folder) from error
        try:
            workspace = cls._over(folder, owner)
        except BaseException:
            owner.close()
            raise
        return workspace

    @classmethod
    def _over(cls, folder: Path, owner: Owner) -> Self:
        is_new = not (folder / DATABASE_FILE).exists()
        database = Database(folder / DATABASE_FILE)
        workspace = cls(folder, database, owner)
        try:
            if is_new:
                workspace.reindex()
            workspace.runs.settle()
            workspace.runs.empty_trash()
        except BaseException:
            database.close()
            raise
        return workspace

    def reindex(self) -> None:
        """Rebuild the whole index from the folders."""
        self.models.reindex()
        self.measurements.reindex()
        self.datasets.reindex()
        self.runs.reindex()

    def model_folder(self, model_id: str) -> Path:
        """Where a complete model lies."""
        return self.folder / "models" / model_id

    def partial_model_folder(self, model_id: str) -> Path:
        """Where a worker builds a model before it gives it its final name."""
        return self.folder / "models" / f".{model_id}.partial"

    def run_folder(self, run_id: str) -> Path:
        """Where a job's spec, log and checkpoints lie."""
        return self.folder / "runs" / run_id

    def size_bytes(self) -> int:
        """Bytes of all files; walks the folder, so not for the GUI thread."""
        total = 0
        for root, _, names in os.walk(self.folder):
            for name in names:
                try:
                    total += os.stat(os.path.join(root, name), follow_symlinks=False).st_size  # noqa: PTH116, PTH118 - ten times faster than Path over many files
                except FileNotFoundError:
                    continue  # a worker has just renamed it
        return total

    def close(self) -> None:
        """Close the index and let go of the jobs."""
        self.database.close()
        self._owner.close()


def default_workspace_folder() -> Path:
    """Return the platform's data folder for Whittle; $WHITTLE_WORKSPACE overrides it."""
    if chosen := os.environ.get("WHITTLE_WORKSPACE"):
        return Path(chosen).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Whittle"
    data_home = os.environ.get("XDG_DATA_HOME")
    return (Path(data_home) if data_home else Path.home() / ".local" / "share") / "whittle"


def app_error(error: OSError, folder: Path) -> AppError:
    """Say in the user's terms why the system refused something in a workspace."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return AppError(
                "disk_full",
                said("The disk with the workspace %1 is full.", folder),
                said("Free some space, or choose another workspace (--workspace DIR)."),
                str(error),
            )
        case errno.EEXIST | errno.ENOTDIR:
            return AppError(
                "workspace_broken",
                said("%1 is not a folder that can hold a workspace.", folder),
                said("Choose an empty folder, or one that Whittle made (--workspace DIR)."),
                str(error),
            )
        case _:
            return not_writable(folder, str(error))
