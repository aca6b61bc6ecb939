"""Runs jobs for a command: the queue under a QCoreApplication, a progress bar, Ctrl+C."""

import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, TextIO

from PySide6.QtCore import QCoreApplication, QEventLoop, QSocketNotifier

from app.domain.errors import AppError, Problem
from app.domain.event import Log, StageStarted, Timed
from app.domain.job import ENDED, LIVE, RESUMABLE, Job, ModelAt, Phase
from app.domain.model import ModelRecord
from app.services.assembly import build_services
from app.services.compression import model_at
from app.services.model_library import STARTER_SOURCE, normal_source

_BAR_WIDTH: Final = 24
_CLEAR_LINE: Final = "\r\x1b[K"


class JobEnded(Exception):  # noqa: N818 - an ending, not always an error
    """The job did not finish; carries the exit code and what to say."""

    def __init__(self, exit_code: int, problem: Problem) -> None:
        super().__init__(str(problem))
        self.exit_code = exit_code
        self.problem = problem


class Reporter:
    """What a person at the terminal sees while a job runs, all of it on stderr."""

    def __init__(self, *, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._has_bar = not quiet and self._stream.isatty()
        self._bar_shown = False

    def say(self, text: str) -> None:
        """Print one line, above the progress bar."""
        if not self._quiet:
            self._clear()
            print(text, file=self._stream, flush=True)

    def warn(self, text: str) -> None:
        """Print one line even where only errors are wanted."""
        self._clear()
        print(text, file=self._stream, flush=True)

    def show(self, job: Job) -> None:
        """Draw the progress bar of a job, on a terminal only."""
        if not self._has_bar or job.state.phase in ENDED:
            return
        self._stream.write(f"{_CLEAR_LINE}{progress_line(job)}")
        self._stream.flush()
        self._bar_shown = True

    def _clear(self) -> None:
        if self._bar_shown:
            self._stream.write(_CLEAR_LINE)
            self._bar_shown = False

    close = _clear


def progress_line(job: Job) -> str:
    """Return for example ``train  [######······]  52 %  1 min 12 s left``."""
    state = job.state
    stage = state.stage or str(state.phase)
    if state.fraction is None:
        return f"{job.title}: {stage} …"
    filled = round(state.fraction * _BAR_WIDTH)
    bar = "#" * filled + "·" * (_BAR_WIDTH - filled)
    left = "" if state.eta_s is None else f"  {duration_text(state.eta_s)} left"
    return f"{stage:<10} [{bar}] {state.fraction * 100:3.0f} %{left}"


def duration_text(seconds: float) -> str:
    """Return for example ``1 min 12 s``."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


class Session:
    """One command's view of a workspace."""

    def __init__(self, workspace: Path | None, *, quiet: bool) -> None:
        """Open the workspace.

        Raises:
            AppError: As `Workspace.open`.
        """
        self._app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        self.report = Reporter(quiet=quiet)
        self._held_back: list[Problem] | None = None
        self.services = build_services(workspace, adopt=False)
        self.workspace = self.services.workspace
        self.queue = self.services.queue
        # From the start: what goes wrong before a job runs is no less to be told.
        self.queue.problem_arose.connect(self._on_problem_arose)

    def close(self) -> None:
        """Close the workspace; a worker that still runs writes its checkpoint and ends."""
        self.report.close()
        self.services.close()

    def resume(self, job: Job) -> None:
        """Put a stopped job back into the queue.

        Raises:
            AppError: run_busy where another process looks after it, or what else kept it from that.
        """
        self._held_back = []
        self.queue.resume(job.run_id)
        told, self._held_back = self._held_back, None
        if (self.queue.job(job.run_id) or job).state.phase in {Phase.QUEUED, *LIVE}:
            return
        for problem in told:
            if problem.code != "run_busy":
                raise AppError(problem.code, problem.summary, problem.advice, problem.detail)
        raise AppError(
            "run_busy",
            f"Another Whittle process that is still open looks after the run {job.run_id}.",
            "Resume it there, or close that window and try again.",
        )

    def run(self, job: Job) -> dict[str, object]:
        """Wait for a job of the queue and return its result.

        Ctrl+C cancels it, a second one kills it.

        Raises:
            JobEnded: It failed, was cancelled, paused or interrupted.
        """
        loop = QEventLoop()
        run_id = job.run_id

        def on_job_changed(changed: Job) -> None:
            if changed.run_id != run_id:
                return
            self.report.show(changed)
            if changed.state.phase in ENDED or changed.state.phase in RESUMABLE:
                loop.quit()

        def on_events_arrived(of_run: str, events: list[Timed]) -> None:
            if of_run == run_id:
                self._tell(events)

        self.queue.job_changed.connect(on_job_changed)
        self.queue.events_arrived.connect(on_events_arrived)
        with _Interrupts(lambda count: self._on_interrupt(run_id, count)):
            if (other := self.queue.running) is not None and other.run_id != run_id:
                self.report.say(f"Waiting for another job of this workspace: {other.title}")
            current = self.queue.job(run_id) or job
            if current.state.phase not in ENDED | RESUMABLE:
                loop.exec()
        self.queue.job_changed.disconnect(on_job_changed)
        self.queue.events_arrived.disconnect(on_events_arrived)
        self.report.close()
        return _result_of(self.queue.job(run_id) or job)

    def model(self, text: str) -> ModelRecord:
        """Return the model that ``text`` names; the starter and folders are imported on the fly.

        Raises:
            AppError: model_unknown, model_ambiguous.
            JobEnded: The import did not finish.
        """
        library = self.services.models
        models = library.models()
        if any(text in {model.id, model.name} for model in models):
            return self.workspace.models.find(text)
        source = normal_source(text)
        if source != STARTER_SOURCE and not Path(source).is_dir():
            return self.workspace.models.find(text)  # which says what there is
        for model in reversed(models):
            if model.origin == source and (
                source == STARTER_SOURCE or not _changed_since(source, model.created_at)
            ):
                return model
        self.report.say(f"Importing {text} …")
        job = library.import_model(source)
        self.run(job)
        made = (self.queue.job(job.run_id) or job).state.model_id
        return self.workspace.models.find(made or "")

    def model_at(self, text: str) -> ModelAt:
        """Return how a spec names the model that ``text`` names; see `model`."""
        return model_at(self.workspace, self.model(text))

    def _tell(self, events: list[Timed]) -> None:
        for timed in events:
            match timed.event:
                case StageStarted(name, index, count):
                    self.report.say(f"[{index + 1}/{count}] {name}")
                case Log(level, text):
                    (self.report.say if level == "info" else self.report.warn)(f"{level}: {text}")
                case _:
                    pass

    def _on_problem_arose(self, problem: Problem) -> None:
        if self._held_back is not None:
            self._held_back.append(problem)
            return
        self.report.warn(f"warning[{problem.code}]: {problem}")

    def _on_interrupt(self, run_id: str, count: int) -> None:
        if count == 1:
            self.report.warn("Cancelling … (Ctrl+C again kills it at once)")
            self.queue.cancel(run_id)
        else:
            self.queue.kill(run_id)


_FAULTS_OF_THE_RUN: Final = frozenset(
    {
        "internal_error",
        "worker_died",
        "worker_garbled",
        "worker_not_started",
        "disk_full",
        "not_writable",
        "os_error",
        "offline",
        "needed_job_failed",
        "run_busy",
    }
)
"""Everything else that a job can fail by is bad input, which is another exit code."""


def exit_code_of(problem: Problem) -> int:
    """Return 1 where a run failed and 2 where what it was given is at fault."""
    return 1 if problem.code in _FAULTS_OF_THE_RUN else 2


def _result_of(job: Job) -> dict[str, object]:
    state = job.state
    match state.phase:
        case Phase.FINISHED:
            return state.result
        case Phase.CANCELLED:
            raise JobEnded(130, Problem("cancelled", f"“{job.title}” was cancelled."))
        case Phase.FAILED if state.problem is not None:
            raise JobEnded(exit_code_of(state.problem), state.problem)
        case _:
            why = f" {state.problem.summary}" if state.problem else ""
            advice = f"Go on with: whittle resume {job.run_id}."
            detail = state.problem.detail if state.problem else ""
            summary = f"“{job.title}” was {state.phase}.{why}"
            raise JobEnded(1, Problem(str(state.phase), summary, advice, detail))


def _changed_since(folder: str, created_at: str) -> bool:
    """Whether some file of a model's source is newer than what was imported from it."""
    try:
        imported = datetime.fromisoformat(created_at)
    except ValueError:
        return True
    if imported.tzinfo is None:
        imported = imported.replace(tzinfo=UTC)
    newest = max((path.stat().st_mtime for path in Path(folder).iterdir()), default=0.0)
    return newest > imported.timestamp()


class _Interrupts:
    """Counts Ctrl+C while Qt's event loop runs, which would otherwise keep Python from noticing."""

    def __init__(self, on_interrupt: Callable[[int], None]) -> None:
        self._on_interrupt = on_interrupt
        self._count = 0

    def __enter__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_activated)
        self._old_fd = signal.set_wakeup_fd(self._writer.fileno())
        self._old_handler = signal.signal(signal.SIGINT, self._take_note)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._old_handler)
        signal.set_wakeup_fd(self._old_fd)
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._reader.close()
        self._writer.close()

    def _on_activated(self) -> None:
        self._reader.recv(4_096)  # the handler below runs as soon as Python code runs: here

    def _take_note(self, _number: int, _frame: FrameType | None) -> None:
        self._count += 1
        self._on_interrupt(self._count)
