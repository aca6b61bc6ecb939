"""What the status bar says: the machine, the size of the workspace, the job that runs."""

import os
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.wording import bytes_text
from app.presenters.job_wording import percent_of
from app.services.assembly import Services
from app.services.cpu import cpu_features
from app.views.main_window import MainWindow, StatusState

_SIZE_EVERY_MS: Final = 20_000
_STATUS_MS: Final = 250


class StatusPresenter(QObject):
    """Keeps the status bar up to date.

    Signals:
        size_measured: Bytes of the workspace.
    """

    size_measured = Signal(object)

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = services.workspace
        self._queue = services.queue
        self._background = services.background
        self._size_bytes: int | None = None
        self._is_measuring = self._has_changed = False
        self._soon = QTimer(self, singleShot=True, interval=_STATUS_MS)
        self._soon.timeout.connect(self.show)
        services.queue.job_changed.connect(self._on_changed)
        services.queue.jobs_changed.connect(self._on_changed)
        services.models.changed.connect(self._measure_size)
        self._size_timer = QTimer(self, interval=_SIZE_EVERY_MS)
        self._size_timer.timeout.connect(self._measure_size)
        self._size_timer.start()
        self.show()
        self._measure_size()

    def show(self) -> None:
        """Show everything as it stands."""
        running = self._queue.running
        job = "" if running is None else f"{running.title} {percent_of(running.state)}".strip()
        size = ""
        if self._size_bytes is not None:
            size = self.tr("%1 in this workspace").replace("%1", bytes_text(self._size_bytes))
        cores = os.cpu_count() or 1
        counted = self.tr("1 core") if cores == 1 else self.tr("%1 cores").replace("%1", str(cores))
        machine = f"CPU · {cpu_features().summary} · {counted}"
        self._window.show_status(StatusState(machine, size, str(self._workspace.folder), job))

    def _on_changed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _measure_size(self) -> None:
        self._has_changed = self._is_measuring
        if self._is_measuring:
            return
        self._is_measuring = True
        self._background.run(
            self, self._workspace.size_bytes, on_done=self._on_size_measured, on_failed=self._on_size_failed
        )

    def _on_size_measured(self, size_bytes: int) -> None:
        self._is_measuring = False
        self._size_bytes = size_bytes
        self.size_measured.emit(size_bytes)
        self.show()
        if self._has_changed:
            self._measure_size()

    def _on_size_failed(self, error: Exception) -> None:
        self._is_measuring = False
        if not isinstance(error, OSError):
            raise error
        self._on_size_measured(0)
