"""The workers of the jobs that run now: started, asked, and left in good order."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.event import Command
from app.services.job_process import JobProcess, NewProcess
from app.services.worker_environment import worker_environment

_CLOSING_MS: Final = 3_000


class JobWorkers(QObject):
    """The processes of this window, by run id.

    Signals:
        events_received: As `JobProcess` tells them.
        ended: As `JobProcess` tells it; `remove` the worker then.
    """

    events_received = Signal(str, list)
    ended = Signal(str, object)

    def __init__(self, new_process: NewProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._new_process = new_process
        self._processes: dict[str, JobProcess] = {}

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._processes

    def __iter__(self) -> Iterator[str]:
        return iter(self._processes)

    def __getitem__(self, run_id: str) -> JobProcess:
        return self._processes[run_id]

    def start(self, spec_path: Path, *, offline: bool) -> None:
        """Start a worker on ``spec_path``."""
        process = self._new_process(spec_path, worker_environment(offline=offline))
        process.setParent(self)
        self._processes[process.run_id] = process
        # Our signals: a callable that refers to us would be freed with the process, and we with it.
        process.events_received.connect(self.events_received)
        process.ended.connect(self.ended)
        process.start()

    def send(self, run_id: str, command: Command) -> bool:
        """Send a command; False where no worker of ours runs the job."""
        process = self._processes.get(run_id)
        if process is not None:
            process.send(command)
        return process is not None

    def remove(self, run_id: str) -> JobProcess:
        """Forget a worker that has ended, and return it once more."""
        process = self._processes.pop(run_id)
        process.deleteLater()
        return process

    def close(self) -> None:
        """Let the workers write their checkpoints and end, waiting a moment; slow ones go on alone."""
        for process in self._processes.values():
            process.close_stdin()
        deadline = time.monotonic() + _CLOSING_MS / 1000
        for process in list(self._processes.values()):
            remaining_ms = int((deadline - time.monotonic()) * 1000)
            if process.is_running and not (remaining_ms > 0 and process.wait(remaining_ms)):
                process.leave_alone()
        self._processes.clear()
