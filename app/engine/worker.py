"""Entry of a child process: run one job, say how it ended, exit.

``python -m app worker SPEC`` runs it by hand; without a window its stdin may be /dev/null.
"""

import errno
import fcntl
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, Final

import msgspec

from app.domain.errors import AppError, Problem
from app.domain.event import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Interrupted,
    Outcome,
    Paused,
)
from app.domain.job import EVENTS_FILE, WorkerSpec
from app.engine.context import JobCancelled, JobContext, JobSuspended
from app.engine.disk import full_disk
from app.engine.export import refuse_telemetry
from app.engine.jobs import runner_for
from app.wire.framing import LineBuffer, WireError, decode_command, encode_event

_NICENESS: Final = 5
"""Below the window's priority, so that it stays smooth on two cores."""


class EventChannel:
    """Writes every event to the run folder's ``events.jsonl`` and to the pipe.

    The file is the truth. A closed pipe means that the window is gone, which is no error here.
    """

    def __init__(self, events_file: Path, pipe: IO[bytes]) -> None:
        self._lock = threading.Lock()
        self._file = _open_for_append(events_file)
        self._pipe: IO[bytes] | None = pipe

    def emit(self, event: Event) -> None:
        """Write ``event`` to both; safe from any thread."""
        line = encode_event(event)
        with self._lock:
            self._file.write(line)
            self._file.flush()
            self._send(line)

    def tell_window(self, event: Event) -> None:
        """Write ``event`` to the pipe alone, where the file cannot take it."""
        with self._lock:
            self._send(encode_event(event))

    def _send(self, line: bytes) -> None:
        if self._pipe is not None:
            try:
                self._pipe.write(line)
                self._pipe.flush()
            except BrokenPipeError:
                self._pipe = None


def _open_for_append(path: Path) -> IO[bytes]:
    """Open ``path`` behind its last complete line: a killed worker may have left half of one."""
    handle = path.open("a+b")
    handle.seek(0)
    complete = handle.read().rfind(b"\n") + 1
    handle.truncate(complete)
    handle.seek(0, os.SEEK_END)
    return handle


def claim_pipe() -> IO[bytes]:
    """Keep stdout for events; anything else printed from here on goes to stderr.

    Native code writes to file descriptor 1 directly, out of reach of ``sys.stdout``.
    """
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def yield_to_window() -> None:
    """Lower this process's priority, so that the window stays smooth on two cores.

    A worker is a session of its own, and Linux shares the processor between sessions first
    (``man 7 sched``, autogroups): there the nice value counts only within the session, and the session
    has one of its own.
    """
    os.nice(_NICENESS)
    autogroup = Path("/proc/self/autogroup")
    if os.getsid(0) == os.getpid() and autogroup.exists():  # not the terminal that runs a job by hand
        try:
            autogroup.write_text(str(_NICENESS), "ascii")
        except OSError as error:
            sys.stderr.write(f"The priority of this session stays as it is: {error}\n")


def listen(context: JobContext) -> None:
    """Read commands from stdin until it ends, which means that the window is gone."""
    buffer = LineBuffer()
    # Not sys.stdin: a thread blocked in its lock aborts the interpreter at exit.
    while chunk := os.read(0, 65_536):
        for line in buffer.feed(chunk):
            try:
                context.obey(decode_command(line))
            except WireError as error:
                context.log(str(error), "warning")
    context.lose_window()


def outcome_of(spec: WorkerSpec, context: JobContext) -> Outcome:
    """Run the job that ``spec`` describes and return how it ended."""
    try:
        result = runner_for(spec)(spec, context)
    except JobCancelled:
        return Cancelled()
    except JobSuspended as suspended:
        return Interrupted(suspended.step) if context.orphaned else Paused(suspended.step)
    except AppError as error:
        return Failed(error.problem)
    except Exception as error:  # noqa: BLE001 - the process boundary
        if (told := full_disk(error, Path(spec.run_folder))) is not None:
            return Failed(told.problem)
        if isinstance(error, OSError):
            return Failed(problem_of_os_error(error))
        return Failed(
            Problem(
                "internal_error",
                f"Something went wrong inside Whittle: {error}",
                "Copy the details and report them; the workspace is unharmed.",
                traceback.format_exc(),
            )
        )
    return Finished(result)


def problem_of_os_error(error: OSError) -> Problem:
    """Say in the user's terms what the operating system refused."""
    detail = traceback.format_exc()
    where = f" ({error.filename})" if error.filename else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return Problem(
                "disk_full",
                f"The disk is full{where}.",
                "Free some space, then resume the job: it goes on from its last checkpoint.",
                detail,
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return Problem(
                "not_writable",
                f"This place cannot be written to{where}.",
                "Choose a workspace in a folder that you may write to.",
                detail,
            )
        case _:
            return Problem("os_error", f"The system refused: {error}.", "See the details.", detail)


def lock_run(folder: Path) -> IO[bytes]:
    """Hold the run folder for this process until it ends, however it ends.

    Raises:
        AppError: Another process runs this job.
    """
    handle = (folder / "lock").open("ab")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AppError(
            "run_busy", "Another process is running this job.", "Wait for it or cancel it there."
        ) from error
    return handle


def main(spec_path: Path) -> int:
    """Run the job of ``spec_path``; return the exit code (0 finished, 1 anything else)."""
    pipe = claim_pipe()
    yield_to_window()
    refuse_telemetry()
    try:
        spec = msgspec.json.decode(spec_path.read_bytes(), type=WorkerSpec)
        run_folder = Path(spec.run_folder)
        lock = lock_run(run_folder)
        channel = EventChannel(run_folder / EVENTS_FILE, pipe)
    except (OSError, msgspec.DecodeError, AppError) as error:
        pipe.write(encode_event(Failed(_problem_before_start(error))))
        pipe.flush()
        return 1
    context = JobContext(channel.emit)
    threading.Thread(target=listen, args=(context,), daemon=True).start()
    outcome = outcome_of(spec, context)
    try:
        channel.emit(outcome)
    except OSError as error:
        # The disk that the job failed on is too full for its last word as well.
        channel.tell_window(Failed(problem_of_os_error(error)))
    lock.close()
    return 0 if isinstance(outcome, Finished) else 1


def _problem_before_start(error: OSError | msgspec.DecodeError | AppError) -> Problem:
    match error:
        case AppError():
            return error.problem
        case OSError():
            return problem_of_os_error(error)
        case _:
            return Problem("bad_spec", f"The job's spec cannot be read: {error}.", "Start it again.")
