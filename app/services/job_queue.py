"""The queue: starts jobs one after the other, keeps their state, and tells whoever listens."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.domain.event import (
    Cancel,
    Cancelled,
    Command,
    Event,
    Failed,
    Measured,
    ModelMade,
    Outcome,
    Pause,
    StopEarly,
    Timed,
)
from app.domain.job import (
    ENDED,
    LIVE,
    RESUMABLE,
    SPEC_FILE,
    ImportSpec,
    Job,
    JobState,
    Phase,
    Spec,
    advance,
    is_heavy,
    stamped,
)
from app.domain.queueing import Refusal, refusal_of_move
from app.services.job_ledger import JobLedger
from app.services.job_process import NewProcess, new_process
from app.services.job_rules import (
    has_room,
    judge,
    needs_are_met,
    position_before,
    problem_of_busy,
    problem_of_needs,
    to_be_stored,
)
from app.services.job_workers import JobWorkers
from app.store.workspace import Workspace, app_error

_POLL_MS: Final = 1_000


class JobQueue(QObject):
    """All jobs of the workspace; one heavy one runs at a time, whichever process started it.

    States change by `advance` alone, but for what the user asked for: pausing, stopping,
    cancelling, and back to the queue on resume.

    Signals:
        jobs_changed: The set of jobs or their order is another one.
        job_changed: A `Job` has a new state.
        events_arrived: Run id and ``list[Timed]``, as the worker told them.
        model_made: The `ModelRecord` of a model that is complete and in the index.
        measured: A `Measurement` that is in the index.
        index_changed: Another process, or a settled job, has changed the index.
        problem_arose: A `Problem` that is no job's own: the index cannot be written, say.
    """

    jobs_changed = Signal()
    job_changed = Signal(object)
    events_arrived = Signal(str, list)
    model_made = Signal(object)
    measured = Signal(object)
    index_changed = Signal()
    problem_arose = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        *,
        new_process: NewProcess = new_process,
        adopt: bool = True,
        parent: QObject | None = None,
    ) -> None:
        """Take up the jobs of ``workspace``.

        Args:
            workspace: Open, with its jobs settled.
            new_process: For tests: other workers.
            adopt: Whether queued jobs that a dead process left are run by this one. The window
                does so; a command runs its own job only.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._workspace = workspace
        self._runs = workspace.runs
        self._ledger = JobLedger(workspace, self.problem_arose.emit)
        self._jobs: dict[str, Job] = {job.run_id: job for job in self._runs.all()}
        self._ours: set[str] = set()
        self._workers = JobWorkers(new_process, self)
        # Bound methods: a callable that refers to us would be freed with the sender, and we with it.
        self._workers.events_received.connect(self._on_events_received)
        self._workers.ended.connect(self._on_ended)
        self._closed = False
        self._adopts = adopt
        self._data_version = workspace.database.data_version()
        self._schedule = QTimer(self, singleShot=True, interval=0)
        self._schedule.timeout.connect(self._start_what_may)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look_around)
        self._poll.start()
        self._adopt_orphans()
        self._schedule.start()

    # What there is -------------------------------------------------------------------

    def jobs(self) -> list[Job]:
        """Return all jobs in the order of the queue, ended ones included."""
        return sorted(self._jobs.values(), key=lambda job: (job.position, job.run_id))

    def job(self, run_id: str) -> Job | None:
        """Return one job as it stands."""
        return self._jobs.get(run_id)

    def history(self, run_id: str) -> Iterator[Timed]:
        """Yield everything that the job's workers have told so far, oldest first.

        Reads the log alone, so it may be called from a thread; a long run takes some 100 ms.
        """
        return self._runs.events(run_id)

    def is_run_here(self, run_id: str) -> bool:
        """Whether a worker of ours runs the job."""
        return run_id in self._workers

    @property
    def running(self) -> Job | None:
        """The heavy job that runs now, or None."""
        return next((job for job in self.jobs() if job.state.phase in LIVE and is_heavy(job.spec)), None)

    # What the user asks for ----------------------------------------------------------

    def submit(self, spec: Spec, title: str, needs: Sequence[str] = ()) -> Job:
        """Put a job at the end of the queue.

        Args:
            spec: Its ``run_id`` and ``run_folder`` name a run that does not exist yet.
            title: What the user sees.
            needs: Run ids that have to finish before.

        Raises:
            AppError: disk_full or workspace_not_writable.
        """
        job = Job(run_id=spec.run_id, title=title, spec=spec, created_at=time.time(), needs=tuple(needs))
        try:
            job = self._runs.add(job)
        except OSError as error:
            raise app_error(error, self._workspace.folder) from error
        self._jobs[job.run_id] = job
        self._ours.add(job.run_id)
        self.jobs_changed.emit()
        self._schedule.start()
        return job

    def cancel(self, run_id: str) -> None:
        """End the job for good; a job without a process is cancelled at once."""
        job = self._jobs[run_id]
        if not job.state.can_cancel:
            return
        if run_id in self._workers:
            self._ask(job, Phase.CANCELLING, Cancel())
        elif job.state.phase is Phase.QUEUED:
            if self._ledger.take(run_id):
                self._become(job, advance(job.state, Cancelled()))
                self._schedule.start()
        elif job.state.phase in RESUMABLE:
            self.discard(run_id)
        else:
            self._tell_busy()

    def kill(self, run_id: str) -> None:
        """End the job's processes now, without the grace time."""
        if run_id in self._workers:
            self.cancel(run_id)
            self._workers[run_id].kill()

    def pause(self, run_id: str) -> None:
        """Ask the job to write a checkpoint and end."""
        job = self._jobs[run_id]
        if job.state.can_pause:
            self._ask(job, Phase.PAUSING, Pause())

    def stop_early(self, run_id: str) -> None:
        """Ask the job to end its training here and go on with the stages behind it."""
        job = self._jobs[run_id]
        if job.state.can_stop_early:
            self._ask(job, Phase.STOPPING, StopEarly())

    def resume(self, run_id: str) -> None:
        """Put a stopped job back into the queue, to go on from its last checkpoint."""
        job = self._jobs[run_id]
        if not job.state.can_resume:
            return
        if self._runs.is_running(run_id):
            self._tell_busy()
            return
        if not self._ledger.take(run_id):
            return
        self._ours.add(run_id)
        state = msgspec.structs.replace(job.state, phase=Phase.QUEUED, problem=None, result={})
        self._become(job, state)
        self._schedule.start()

    def discard(self, run_id: str) -> None:
        """Delete the checkpoints of a stopped job; its log stays."""
        job = self._jobs.get(run_id)
        if job is None or not job.state.can_resume:
            return
        if (discarded := self._ledger.discard(run_id)) is not None:
            self._show(discarded)
            self._schedule.start()

    def move(self, run_id: str, before_run_id: str | None) -> Refusal | None:
        """Move a queued job before another one, or to the end.

        Returns:
            Why it stays where it is, None where it moved.
        """
        refusal = refusal_of_move(run_id, before_run_id, self.jobs())
        if refusal is not None:
            return refusal
        position = position_before(run_id, before_run_id, self.jobs())
        if position is not None:
            moved = msgspec.structs.replace(self._jobs[run_id], position=position)
            self._jobs[run_id] = moved
            self._ledger.place(moved)
            self.jobs_changed.emit()
            self._schedule.start()
        return None

    def trash(self, run_id: str) -> bool:
        """Move the folder of a job that has ended to the trash; return whether it went there."""
        job = self._jobs.get(run_id)
        is_needed = any(run_id in one.needs for one in self._jobs.values() if one.state.phase is Phase.QUEUED)
        if job is None or job.state.phase not in ENDED or is_needed or not self._ledger.trash(job):
            return False
        del self._jobs[run_id]
        self.jobs_changed.emit()
        return True

    def restore(self, run_id: str) -> None:
        """Bring a job back from the trash."""
        job = self._ledger.restore(run_id)
        if job is not None:
            self._jobs[run_id] = job
            self.jobs_changed.emit()

    def folder(self, run_id: str) -> Path:
        """Return the folder of a run."""
        return self._workspace.run_folder(run_id)

    def close(self) -> None:
        """Let the workers write their checkpoints and end; nothing is started any more.

        Waits for a moment; what a worker reaches after that is found at the next start.
        """
        if self._closed:
            return
        self._closed = True
        self._poll.stop()
        self._schedule.stop()
        self._workers.close()

    # Starting ------------------------------------------------------------------------

    def _start_what_may(self) -> None:
        if self._closed:
            return
        for job in self.jobs():
            if job.state.phase is not Phase.QUEUED or job.run_id not in self._ours:
                continue
            if (problem := problem_of_needs(job, self._jobs)) is not None:
                self._become(job, advance(job.state, Failed(problem)))
                self._schedule.start()  # others may need this one
                continue
            running = [self._jobs[run_id] for run_id in self._workers]
            if needs_are_met(job, self._jobs) and has_room(job, running):
                self._start(job)

    def _start(self, job: Job) -> None:
        try:
            if not self._runs.claim(job):
                return  # another process runs a heavy job; the poll tries again
        except AppError as error:
            self.problem_arose.emit(error.problem)
            return
        state = msgspec.structs.replace(job.state, phase=Phase.RUNNING, problem=None)
        self._show(msgspec.structs.replace(job, state=state))
        offline = not isinstance(job.spec, ImportSpec) or job.spec.offline
        self._workers.start(self.folder(job.run_id) / SPEC_FILE, offline=offline)

    # What the workers tell -----------------------------------------------------------

    def _on_events_received(self, run_id: str, events: list[Timed]) -> None:
        job = self._jobs[run_id]
        state = job.state
        for timed in events:
            state = stamped(advance(state, timed.event), timed.at)
            self._take_note(timed.event)
        self.events_arrived.emit(run_id, events)
        self._become(job, state)

    def _take_note(self, event: Event) -> None:
        match self._ledger.take_note(event):
            case ModelMade(record):
                self.model_made.emit(record)
            case Measured(measurement):
                self.measured.emit(measurement)
            case None:
                pass

    def _on_ended(self, run_id: str, outcome: Outcome) -> None:
        process = self._workers.remove(run_id)
        job = self._jobs[run_id]
        told, problem = judge(job.state, outcome, was_killed=process.was_killed)
        if told is not outcome or not process.spoke_last:
            self._ledger.write_last_word(run_id, told)
        state = stamped(advance(job.state, told), time.time())
        if problem is not None:
            state = msgspec.structs.replace(state, problem=problem)
        if self._runs.is_done_with(msgspec.structs.replace(job, state=state)):
            self._ledger.clear(job)
        self.events_arrived.emit(run_id, [Timed(1, time.time(), told)])
        self._become(job, state)
        self._schedule.start()

    # Other processes on the same workspace -------------------------------------------

    def _look_around(self) -> None:
        """Notice what other processes have stored, and which of them have died."""
        try:
            settled = self._runs.settle()
            version = self._workspace.database.data_version()
            if settled or version != self._data_version:
                self._data_version = version
                self._reload()
                self.index_changed.emit()
            self._adopt_orphans()
        except AppError as error:
            self.problem_arose.emit(error.problem)
            return
        self._schedule.start()

    def _reload(self) -> None:
        stored = {job.run_id: job for job in self._runs.all()}
        for run_id in self._workers:
            stored[run_id] = self._jobs[run_id]  # we know better: progress is not stored
        before, self._jobs = self._jobs, stored
        if before.keys() != stored.keys():
            self.jobs_changed.emit()
        for run_id, job in stored.items():
            if run_id in before and before[run_id] != job:
                self.job_changed.emit(job)

    def _adopt_orphans(self) -> None:
        if not self._adopts:
            return
        for job in self._jobs.values():
            waits = job.state.phase is Phase.QUEUED and job.run_id not in self._ours
            if waits and self._runs.take(job.run_id):
                self._ours.add(job.run_id)

    # Keeping state -------------------------------------------------------------------

    def _ask(self, job: Job, phase: Phase, command: Command) -> None:
        if self._workers.send(job.run_id, command):
            self._become(job, msgspec.structs.replace(job.state, phase=phase))
        else:
            self._tell_busy()

    def _become(self, job: Job, state: JobState) -> None:
        """Show a new state, and store it where more than the progress has changed."""
        old = self._jobs[job.run_id].state
        if state == old:
            return
        changed = msgspec.structs.replace(self._jobs[job.run_id], state=state)
        if to_be_stored(old) != to_be_stored(state):
            self._ledger.save(changed)
        self._show(changed)

    def _show(self, job: Job) -> None:
        self._jobs[job.run_id] = job
        self.job_changed.emit(job)

    def _tell_busy(self) -> None:
        self.problem_arose.emit(problem_of_busy())
