"""A worker process as a Qt object."""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.domain.errors import Problem
from app.domain.event import Cancel, Cancelled, Command, Failed, Outcome, Timed
from app.domain.language import marked, said
from app.services.worker_environment import worker_command
from app.wire.framing import LineBuffer, WireError, decode_event, encode_command

_GRACE_MS: Final = 4_000
"""A cancelled job is gone within five seconds, the killing included."""
_READ_BYTES: Final = 32_768
"""Some 300 events: decoding them and showing what they say takes a few milliseconds."""
_STDERR_KEPT_BYTES: Final = 8_192
_ORDERLY_SIGNALS: Final = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
"""Somebody ended the worker (the out-of-memory killer too); the worker itself did not crash."""


class JobProcess(QObject):
    """One worker, from start to exactly one outcome.

    Signals:
        events_received: The run id, and facts in order as ``list[Timed]``, one list per read of
            the pipe.
        ended: The run id and the outcome, once, when the process is gone: its files are closed
            and its memory is free.

    Attributes:
        run_id: Name of the run folder.
        spoke_last: Whether the worker itself told the outcome, so that its log has it too.
        was_killed: Whether somebody ended the worker by a signal before it told an outcome.
    """

    events_received = Signal(str, list)
    ended = Signal(str, object)

    def __init__(
        self,
        spec_path: Path,
        *,
        command: Sequence[str] | None = None,
        environment: Mapping[str, str] | None = None,
        grace_ms: int = _GRACE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Prepare a worker on ``spec_path``; `start` runs it.

        Args:
            spec_path: ``spec.json`` in the run folder; stderr goes to ``worker.log`` beside it.
            command: The program and its arguments, to which the path is appended.
            environment: Of the child, instead of this process's own.
            grace_ms: Time between a cancel, or the last word, and the killing of the group.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._lines = LineBuffer()
        self._cancel_requested = False
        self._outcome: Outcome | None = None
        self._gone: tuple[int, QProcess.ExitStatus] | None = None
        self._ended = False
        self._pid = 0
        self.run_id = spec_path.parent.name
        self.spoke_last = False
        self.was_killed = False

        program, *arguments = command or worker_command()
        self._stderr_path = spec_path.parent / "worker.log"
        self._process = _Process(self)
        self._process.setProgram(program)
        self._process.setArguments([*arguments, str(spec_path)])
        self._process.setWorkingDirectory(str(spec_path.parent))
        self._process.setStandardErrorFile(str(self._stderr_path), QProcess.OpenModeFlag.Append)
        # A session of its own: Ctrl+C in a terminal is for us, and one signal reaches all its children.
        self._process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        if environment is not None:
            self._process.setProcessEnvironment(_environment(environment))
        self._process.readyReadStandardOutput.connect(self._read_some)
        self._process.errorOccurred.connect(self._on_error_occurred)
        self._process.finished.connect(self._on_finished)

        self._grace = QTimer(self, singleShot=True, interval=grace_ms)
        self._grace.timeout.connect(self.kill)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._read_some)

    @property
    def is_running(self) -> bool:
        """Whether the outcome is still to come."""
        return self._pid != 0 and not self._ended

    @property
    def pid(self) -> int:
        """The worker's process id, which is its group's too; 0 before the start."""
        return self._pid

    def start(self) -> None:
        """Start the worker. A program that cannot be started ends as Failed."""
        self._process.start()
        self._pid = self._process.processId()

    def send(self, command: Command) -> None:
        """Send a command; after a cancel, the whole group is killed when the grace time is over."""
        if isinstance(command, Cancel):
            if self._cancel_requested:
                return
            self._cancel_requested = True
            self._grace.start()
        if self._gone is None:
            self._process.write(encode_command(command))

    def kill(self) -> None:
        """Kill the worker with everything it started."""
        # The group: data loaders are children of the worker and outlive it.
        if self._pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGKILL)

    def close_stdin(self) -> None:
        """Tell the worker that the window goes away: it writes a checkpoint and ends."""
        self._process.closeWriteChannel()

    def leave_alone(self) -> None:
        """Let the worker go on without us: what it still does is in its log."""
        self._ended = True
        self._process.blockSignals(True)
        self._process.forget()

    def wait(self, milliseconds: int) -> bool:
        """Block until the outcome is told, for closing down only; False where it is not."""
        if not self._process.waitForFinished(milliseconds):
            return False
        while not self._ended:
            self._read_some()
        return True

    def _read_some(self) -> None:
        """Read one portion, so that a flood of events never holds the event loop."""
        if self._ended:
            return
        chunk = cast("bytes", self._process.read(_READ_BYTES).data())
        facts: list[Timed] = []
        for line in self._lines.feed(chunk):
            try:
                timed = decode_event(line)
            except WireError as error:
                self._conclude(Failed(self._problem("worker_garbled", said(_GARBLED), detail=str(error))))
                continue
            if isinstance(timed.event, Outcome):
                self.spoke_last = self._outcome is None
                self._conclude(timed.event)
            else:
                facts.append(timed)
        if facts:
            self.events_received.emit(self.run_id, facts)
        if self._process.bytesAvailable() > 0:
            self._more.start()
        elif self._gone is not None:
            self._end(*self._gone)

    def _conclude(self, outcome: Outcome) -> None:
        self._outcome = self._outcome or outcome
        self._grace.start()  # it has said its last word; it may still hang

    def _on_error_occurred(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`; this one is not.
        if error is QProcess.ProcessError.FailedToStart and not self._ended:
            self._ended = True
            self.ended.emit(
                self.run_id,
                Failed(
                    Problem(
                        "worker_not_started",
                        said("The worker process could not be started."),
                        said("Reinstall Whittle: its Python interpreter or its files are missing."),
                        self._process.errorString(),
                    )
                ),
            )

    def _on_finished(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        self._gone = (exit_code, status)
        if not self._more.isActive():
            self._read_some()

    def _end(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        self._ended = True
        self._grace.stop()
        self.kill()  # whatever it started and left behind
        self.ended.emit(self.run_id, self._outcome or self._outcome_of_silence(exit_code, status))

    def _outcome_of_silence(self, exit_code: int, status: QProcess.ExitStatus) -> Outcome:
        """Say how a worker ended that did not say so itself; exit code 0 included."""
        if self._cancel_requested:
            return Cancelled()
        crashed = status is QProcess.ExitStatus.CrashExit
        self.was_killed = crashed and exit_code in _ORDERLY_SIGNALS
        if self.was_killed:
            cause = said("The worker was killed (%1).", signal.Signals(exit_code).name)
        elif crashed:
            cause = said("The worker crashed (signal %1).", exit_code)
        else:
            cause = said("The worker stopped without a result (exit code %1).", exit_code)
        return Failed(self._problem("worker_died", cause))

    def _problem(self, code: str, summary: str, detail: str = "") -> Problem:
        return Problem(code, summary, said(_ADVICE[code]), f"{detail}\n{self._last_words()}".strip())

    def _last_words(self) -> str:
        """Return the end of what the worker wrote to stderr."""
        try:
            with self._stderr_path.open("rb") as handle:
                size = handle.seek(0, os.SEEK_END)
                handle.seek(max(0, size - _STDERR_KEPT_BYTES))
                return handle.read().decode(errors="replace")
        except OSError:
            return ""


_GARBLED: Final = marked("The worker told something that this version cannot read.")
_ADVICE: Final = {
    "worker_died": marked(
        "Resume or start it again; if that repeats, memory may be short: close other programs or choose a "
        "smaller batch."
    ),
    "worker_garbled": marked("Start it again; if that repeats, report it with the details."),
}


class _Process(QProcess):
    """A QProcess that can be let go of without being killed."""

    def forget(self) -> None:
        """Make Qt believe that the process is gone, so that its destructor does not kill it."""
        self.setProcessState(QProcess.ProcessState.NotRunning)


NewProcess = Callable[[Path, dict[str, str]], JobProcess]
"""Makes the worker for a spec file and an environment."""


def new_process(spec_path: Path, environment: dict[str, str]) -> JobProcess:
    """Make a worker of this program."""
    return JobProcess(spec_path, environment=environment)


def _environment(values: Mapping[str, str]) -> QProcessEnvironment:
    environment = QProcessEnvironment()
    for name, value in values.items():
        environment.insert(name, value)
    return environment
