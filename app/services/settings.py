"""What the window remembers between two starts: its geometry, the theme, the workspace."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from app.services.theme import Scheme


class Settings:
    """QSettings with types. Nothing else is kept there: everything else is the workspace's."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings if settings is not None else QSettings("Whittle", "Whittle")

    @property
    def geometry(self) -> QByteArray | None:
        """Of the main window as `QWidget.saveGeometry` gave it."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("window/geometry", value)

    @property
    def scheme(self) -> Scheme:
        """The chosen theme; ``system`` where none was chosen."""
        value = self._settings.value("window/theme")
        return cast("Scheme", value) if value in {"light", "dark"} else "system"

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._settings.setValue("window/theme", value)

    @property
    def notify(self) -> bool:
        """Whether the desktop is told when a job ends while the window is not looked at."""
        return self._settings.value("jobs/notify", defaultValue=True, type=bool) is True

    @notify.setter
    def notify(self, value: bool) -> None:
        self._settings.setValue("jobs/notify", value)

    @property
    def workspace(self) -> Path | None:
        """The folder of the workspace that was open last, if another than the default."""
        value = self._settings.value("workspace")
        return Path(value) if isinstance(value, str) and value else None

    @workspace.setter
    def workspace(self, value: Path) -> None:
        self._settings.setValue("workspace", str(value))
