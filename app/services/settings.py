"""What the window remembers between two starts: its geometry, preferences, workspaces, what was used last."""

from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QByteArray, QSettings

from app.domain.preference import (
    DEVICE,
    NOTIFY,
    OFFLINE,
    PREFERENCES,
    SIZE,
    THEME,
    Preference,
    Value,
    size_of,
)
from app.services.theme import Scheme

_MOST_RECENT: Final = 6
_MOST_USED: Final = 12


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

    def preference(self, one: Preference) -> Value:
        """Return what was chosen; the default where nothing was, or nothing that it takes."""
        value = self._settings.value(f"window/{one.id}")
        if one.is_switch and value in {"true", "false"}:  # as an INI file has it
            value = value == "true"
        return cast(Value, value) if one.accepts(value) else one.default

    def prefer(self, one: Preference, value: Value) -> None:
        """Keep a choice.

        Raises:
            ValueError: It takes no such value.
        """
        if not one.accepts(value):
            raise ValueError(f"{one.id} takes no {value!r}")
        self._settings.setValue(f"window/{one.id}", value)

    def preferences(self) -> dict[str, Value]:
        """Return all of them, by id."""
        return {one.id: self.preference(one) for one in PREFERENCES}

    @property
    def scheme(self) -> Scheme:
        """The chosen theme; ``system`` where none was chosen."""
        return cast(Scheme, self.preference(THEME))

    @property
    def scale(self) -> float:
        """The presentation size, 1 for 100 %."""
        return size_of(self.preference(SIZE))

    @property
    def offline(self) -> bool:
        """Whether nothing may be fetched."""
        return self.preference(OFFLINE) is True

    @property
    def device(self) -> str:
        """The OpenVINO device that new choices begin with."""
        return str(self.preference(DEVICE))

    @property
    def notify(self) -> bool:
        """Whether the desktop is told when a job ends while the window is not looked at."""
        return self.preference(NOTIFY) is True

    @notify.setter
    def notify(self, value: bool) -> None:
        self.prefer(NOTIFY, value)

    @property
    def workspace(self) -> Path | None:
        """The folder of the workspace that was open last, if another than the default."""
        value = self._settings.value("workspace")
        return Path(value) if isinstance(value, str) and value else None

    @workspace.setter
    def workspace(self, value: Path) -> None:
        self._settings.setValue("workspace", str(value))

    @property
    def recent_workspaces(self) -> tuple[Path, ...]:
        """Folders that were open, the newest first."""
        return tuple(map(Path, self._texts("workspaces")))

    def note_workspace(self, folder: Path) -> None:
        """Remember a workspace that was opened."""
        self._put_first("workspaces", str(folder), _MOST_RECENT)

    @property
    def used(self) -> tuple[str, ...]:
        """What was chosen from the palette, the newest first."""
        return self._texts("palette")

    def note_used(self, entry_id: str) -> None:
        """Remember what was chosen from the palette."""
        self._put_first("palette", entry_id, _MOST_USED)

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._settings.value(key)
        if isinstance(value, str):  # an INI file keeps a list of one so
            return (value,) if value else ()
        return tuple(str(one) for one in cast("list[object]", value)) if isinstance(value, list) else ()

    def _put_first(self, key: str, text: str, most: int) -> None:
        others = [one for one in self._texts(key) if one != text]
        self._settings.setValue(key, [text, *others][:most])
