"""What the page Settings says and does."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.language import marked, said
from app.domain.preference import (
    DEVICE,
    LANGUAGE,
    OFFLINE,
    PREFERENCES,
    SIZE,
    THEME,
    Value,
    size_of,
    stepped_size,
)
from app.domain.wording import bytes_text
from app.services.assembly import Services
from app.services.background import Background
from app.services.caches import Cache, caches, empty
from app.services.devices import DeviceList
from app.services.settings import Settings
from app.services.theme import Theme
from app.services.versions import own_version
from app.store.workspace import Workspace
from app.views.pages.settings_page import CacheRow, SettingsPage, SettingsState
from app.views.widgets.notice import NoticeAction, NoticeState, Severity

_CACHES: Final = {
    "kernels": (
        marked("Compiled kernels"),
        marked("Used by quantization-aware training on this processor. Rebuilding them takes half a minute."),
    )
}


class SettingsPresenter(QObject):
    """Keeps what is chosen and lets it take effect at once.

    Signals:
        language_wanted: The window is to be built anew in another language.
        workspace_wanted: The workspace in this folder is to be opened in place of this one.
    """

    language_wanted = Signal()
    workspace_wanted = Signal(str)

    def __init__(self, page: SettingsPage, services: Services, theme: Theme, settings: Settings) -> None:
        super().__init__(page)
        self._page = page
        self._services = services
        self._workspace: Workspace = services.workspace
        self._devices: DeviceList = services.devices
        self._background: Background = services.background
        self._theme = theme
        self._settings = settings
        self._caches: list[Cache] | None = None
        self._size_bytes: int | None = None
        self._wanted_folder = ""
        self._notice: NoticeState | None = None
        page.preferred.connect(self.prefer)
        page.workspace_chosen.connect(self.open_workspace)
        page.cache_emptied.connect(self._on_cache_emptied)
        page.notice_action_requested.connect(self._on_notice_action)
        page.notice.closed.connect(self._forget_notice)
        services.models.offline = settings.offline
        self._devices.changed.connect(self.show)
        self.show()

    def begin(self) -> None:
        """Measure what there is, and look for devices: the page is shown."""
        self._devices.look()
        self._background.run(self, caches, on_done=self._on_caches_measured, on_failed=self._on_failed)

    def show_size(self, size_bytes: int) -> None:
        """Take over the size of the workspace, which is measured for the status bar anyway."""
        self._size_bytes = size_bytes
        self.show()

    def prefer(self, preference_id: str, value: Value) -> None:
        """Keep a choice and let it take effect."""
        one = next(one for one in PREFERENCES if one.id == preference_id)
        if value == self._settings.preference(one):
            return
        self._settings.prefer(one, value)
        if one is THEME or one is SIZE:
            self._theme.apply(self._settings.scheme, self._settings.scale)
        elif one is OFFLINE:
            self._services.models.offline = value is True
        elif one is DEVICE:
            self._devices.prefer(str(value))
        elif one is LANGUAGE:
            self.language_wanted.emit()
            return  # this page is about to go
        self.show()

    def resize(self, steps: int) -> None:
        """Make everything so many steps larger or smaller; none: the usual size."""
        now = self._settings.preference(SIZE)
        self.prefer(SIZE.id, stepped_size(now, steps) if steps else SIZE.default)

    @property
    def size_text(self) -> str:
        """The presentation size, as ``150 %``."""
        return f"{100 * size_of(self._settings.preference(SIZE)):.0f} %"

    def open_workspace(self, folder: str) -> None:
        """Open another workspace; asks first where a job runs in this one."""
        if Path(folder) == self._workspace.folder:
            return
        running = self._services.queue.running
        if running is None:
            self.workspace_wanted.emit(folder)
            return
        self._wanted_folder = folder
        self._notice = NoticeState(
            Severity.WARNING,
            self.tr("“%1” is running in this workspace.").replace("%1", running.title),
            self.tr(
                "Opening another one stops it at a checkpoint. "
                "It can be resumed when this workspace is open again."
            ),
            (
                NoticeAction("stay", self.tr("Stay here")),
                NoticeAction("switch", self.tr("Stop it and open the other"), is_primary=True),
            ),
            can_close=False,
        )
        self.show()

    def show_problem(self, title: str, advice: str = "") -> None:
        """Say what went wrong."""
        self._notice = NoticeState(Severity.ERROR, title, advice)
        self.show()

    def show(self) -> None:
        """Show everything as it stands."""
        recent = (str(folder) for folder in self._settings.recent_workspaces)
        size = "" if self._size_bytes is None else bytes_text(self._size_bytes)
        self._page.show_state(
            SettingsState(
                values=self._settings.preferences(),
                devices=self._devices.names(self._settings.device),
                workspace=str(self._workspace.folder),
                workspace_size=size,
                recent=tuple(one for one in recent if one != str(self._workspace.folder)),
                caches=None if self._caches is None else tuple(_row_of(cache) for cache in self._caches),
                version=self.tr("Version %1").replace("%1", own_version()),
                notice=self._notice,
            )
        )

    def _on_notice_action(self, action: str) -> None:
        folder, self._wanted_folder = self._wanted_folder, ""
        self._forget_notice()
        if action == "switch" and folder:
            self.workspace_wanted.emit(folder)

    def _forget_notice(self) -> None:
        self._notice = None
        self.show()

    def _on_cache_emptied(self, cache_id: str) -> None:
        def work() -> list[Cache]:
            empty(cache_id)
            return caches()

        self._background.run(self, work, on_done=self._on_caches_measured, on_failed=self._on_failed)

    def _on_caches_measured(self, measured: list[Cache]) -> None:
        self._caches = measured
        self.show()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self._caches = self._caches or []
        self.show_problem(self.tr("The cache could not be emptied."), str(error))


def _row_of(cache: Cache) -> CacheRow:
    title, help_text = _CACHES[cache.id]
    return CacheRow(
        cache.id, said(title), said(help_text), bytes_text(cache.size_bytes), can_empty=cache.files > 0
    )
