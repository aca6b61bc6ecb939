"""Jobs and their run folders: the index, and settling it with what really happened."""

import fcntl
import shutil
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.errors import AppError
from app.domain.event import Cancelled, Interrupted, Measured, ModelMade, Outcome, Timed
from app.domain.job import (
    EVENTS_FILE,
    LIVE,
    LOG_FILE,
    SPEC_FILE,
    CompressSpec,
    Job,
    JobState,
    Phase,
    Spec,
    advance,
    is_heavy,
    model_to_be_made,
    stamped,
)
from app.domain.language import said
from app.domain.measurement import Measurement
from app.store.database import Database
from app.store.measurements import MeasurementStore
from app.store.models import ModelStore, write_atomically
from app.store.owners import Owner, is_locked
from app.store.run_log import append_event, read_events, told_on

LOCK_FILE: Final = "lock"
_JOB_FILE: Final = "job.json"
"""The row of the index, kept with a run while it is in the trash."""
_TRASHED_BY: Final = "trashed_by"
"""Whose Undo can still bring a run back from the trash."""
_KEPT: Final = frozenset({SPEC_FILE, EVENTS_FILE, LOG_FILE, LOCK_FILE})
"""What stays of a discarded run; everything else in its folder is a checkpoint or a cache."""
_COLUMNS: Final = "run_id, title, spec, needs, phase, state, created_at, position"
_LIVE_SQL: Final = ", ".join(f"'{phase}'" for phase in sorted(LIVE))
_spec_decoder: msgspec.json.Decoder[Spec] = msgspec.json.Decoder(Spec)
_state_decoder = msgspec.json.Decoder(JobState)


class RunStore:
    """The index of jobs over the run folders. Only one process at a time looks after a job."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        models: ModelStore,
        measurements: MeasurementStore,
        owner: Owner,
        trash: Path,
    ) -> None:
        self._database = database
        self._folder = folder
        self._trash = trash
        self._models = models
        self._measurements = measurements
        self._owner = owner

    def all(self) -> list[Job]:
        """Return every job in the order of the queue."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM job ORDER BY position, run_id")  # noqa: S608
        return [job for row in rows if (job := _job(row)) is not None]

    def get(self, run_id: str) -> Job | None:
        """Return one job, or None."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM job WHERE run_id = ?", (run_id,))  # noqa: S608
        return _job(rows[0]) if rows else None

    def add(self, job: Job) -> Job:
        """Write the run folder and add the job at the end of the queue; returns it with its place.

        Raises:
            AppError: disk_full or workspace_not_writable.
        """
        folder = self._folder / job.run_id
        folder.mkdir(parents=True)
        try:
            write_atomically(folder / SPEC_FILE, msgspec.json.encode(job.spec))
            with self._database.transaction() as connection:
                (last,) = connection.execute("SELECT coalesce(max(position), 0) FROM job").fetchone()
                job = msgspec.structs.replace(job, position=last + 1.0)
                self._insert(connection, job, self._owner.token)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return job

    def save(self, job: Job) -> None:
        """Write the job's state; another process may have moved it meanwhile."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE job SET phase = ?, state = ? WHERE run_id = ?",
                (job.state.phase, _text(job.state), job.run_id),
            )

    def place(self, run_id: str, position: float) -> None:
        """Write the job's place alone; another process may have started it meanwhile."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE job SET position = ? WHERE run_id = ?", (position, run_id))

    def claim(self, job: Job) -> bool:
        """Make a queued job ours and running; False where it may not start now.

        A heavy job does not start beside another heavy one, whichever process runs that; and no
        job starts twice.
        """
        state = msgspec.structs.replace(job.state, phase=Phase.RUNNING, problem=None)
        alone = (
            f"AND NOT EXISTS (SELECT 1 FROM job WHERE heavy = 1 AND phase IN ({_LIVE_SQL}))"  # noqa: S608
            if is_heavy(job.spec)
            else ""
        )
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "UPDATE job SET phase = ?, state = ?, owner = ? "  # noqa: S608 - constants only
                f"WHERE run_id = ? AND phase = ? {alone}",
                (state.phase, _text(state), self._owner.token, job.run_id, Phase.QUEUED),
            )
        return cursor.rowcount == 1

    def take(self, run_id: str) -> bool:
        """Make a job ours that no living process looks after; False where one does."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT owner FROM job WHERE run_id = ?", (run_id,)).fetchone()
            if row is None or (row[0] != self._owner.token and self._owner.is_alive(row[0])):
                return False
            connection.execute("UPDATE job SET owner = ? WHERE run_id = ?", (self._owner.token, run_id))
        return True

    def is_ours(self, run_id: str) -> bool:
        """Whether this process looks after the job."""
        rows = self._database.rows("SELECT owner FROM job WHERE run_id = ?", (run_id,))
        return bool(rows) and rows[0][0] == self._owner.token

    def events(self, run_id: str) -> Iterator[Timed]:
        """Yield what the job's workers told, oldest first, whichever process ran them."""
        return read_events(self._folder / run_id / EVENTS_FILE)

    def append(self, run_id: str, event: Outcome) -> None:
        """Add the outcome that a killed worker could not tell."""
        append_event(self._folder / run_id / EVENTS_FILE, event)

    def is_running(self, run_id: str) -> bool:
        """Whether a worker, of whichever process, has the run folder locked."""
        return is_locked(self._folder / run_id / LOCK_FILE)

    def settle(self) -> list[Job]:
        """Bring the index in line with the run folders, where nobody looks after a job any more.

        A job that the index thinks live, whose process is gone and whose folder is free, gets the
        state that its log adds up to; one without an outcome there is INTERRUPTED, or CANCELLED
        where that had been asked for. Models and figures that its worker still made are added.

        Returns:
            The jobs that changed.
        """
        rows = self._database.rows(
            f"SELECT {_COLUMNS}, owner FROM job WHERE phase IN ({_LIVE_SQL})"  # noqa: S608
        )
        changed: list[Job] = []
        for *columns, owner in rows:
            job = _job(tuple(columns))
            if job is None or self._owner.is_alive(owner) or self.is_running(job.run_id):
                continue
            changed.append(self._settle_one(job))
        return changed

    def discard(self, run_id: str) -> Job:
        """Delete a stopped run's checkpoints, keep its log; the job is then CANCELLED.

        Raises:
            AppError: run_unknown, or run_busy where a worker still runs.
        """
        job = self.get(run_id)
        if job is None:
            raise AppError("run_unknown", said("There is no run %1.", run_id), said("See: whittle models."))
        with self._lock(run_id):
            self.clear(job)
            self.append(run_id, Cancelled())
        state = msgspec.structs.replace(job.state, checkpoint_step=None)
        job = msgspec.structs.replace(job, state=advance(state, Cancelled()))
        self.save(job)
        return job

    def is_done_with(self, job: Job) -> bool:
        """Whether nothing goes on any more from what the job's worker left beside its log.

        A compression has left checkpoints and the networks between its stages: they go once its
        model is complete. What another finished job keeps there is its result.
        """
        match job.state.phase:
            case Phase.CANCELLED:
                return True
            case Phase.FAILED:
                return not job.state.can_resume
            case Phase.FINISHED:
                return isinstance(job.spec, CompressSpec) and self._models.exists_on_disk(job.spec.model_id)
            case _:
                return False

    def clear(self, job: Job) -> None:
        """Delete checkpoints, caches and the half-made model of a job whose worker is gone.

        A model that was complete when the worker died stays, and is in the index from now on.
        """
        folder = self._folder / job.run_id
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name in _KEPT:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if model_id := model_to_be_made(job.spec):
            self._models.remove_partial(model_id)
            self._models.adopt(model_id)

    def trash(self, job: Job) -> None:
        """Move the folder of a job that has ended to the trash, and forget the job; `restore` undoes it.

        It is there as long as this process lives; see `empty_trash`.

        Raises:
            AppError: run_busy where a worker still runs.
            OSError: The folder cannot be moved.
        """
        source, target = self._folder / job.run_id, self._trash / job.run_id
        if source.is_dir():
            with self._lock(job.run_id):
                write_atomically(source / _TRASHED_BY, self._owner.token.encode())
                write_atomically(source / _JOB_FILE, msgspec.json.encode(job))
            self._trash.mkdir(exist_ok=True)
            source.rename(target)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM job WHERE run_id = ?", (job.run_id,))

    def restore(self, run_id: str) -> Job:
        """Bring a job back from the trash, as it was and where it stood.

        Raises:
            AppError: run_unknown where the trash has none of this name.
            OSError: The folder cannot be moved.
        """
        source = self._trash / run_id
        try:
            job = msgspec.json.decode((source / _JOB_FILE).read_bytes(), type=Job)
        except (FileNotFoundError, msgspec.DecodeError) as error:
            raise AppError(
                "run_unknown",
                said("The trash has no run %1.", run_id),
                said("Look into the workspace's trash folder."),
            ) from error
        source.rename(self._folder / run_id)
        for name in (_JOB_FILE, _TRASHED_BY):
            (self._folder / run_id / name).unlink(missing_ok=True)
        with self._database.transaction() as connection:
            self._insert(connection, job, "")
        return job

    def empty_trash(self) -> None:
        """Delete the runs in the trash that nobody can bring back: an Undo ends with its process."""
        for path in self._trash.glob(f"*/{_JOB_FILE}"):
            mark = path.with_name(_TRASHED_BY)
            if not self._owner.is_alive(mark.read_text() if mark.exists() else ""):
                shutil.rmtree(path.parent, ignore_errors=True)

    def reindex(self) -> int:
        """Rebuild the rows from the run folders; return how many there are.

        Titles and dependencies stand in the index alone: titles are made anew, and a job that had
        not begun comes back as INTERRUPTED, so that nothing starts by itself.
        """
        found: list[Job] = []
        for position, path in enumerate(sorted(self._folder.glob(f"*/{SPEC_FILE}")), start=1):
            try:
                spec = _spec_decoder.decode(path.read_bytes())
            except (OSError, msgspec.DecodeError):
                continue
            job = Job(
                run_id=path.parent.name,
                title=f"{spec.__struct_config__.tag} · {path.parent.name}",
                spec=spec,
                created_at=path.stat().st_mtime,
                position=float(position),
            )
            state = self._state_from_log(job)
            if self.is_running(job.run_id):
                state = msgspec.structs.replace(state, phase=Phase.RUNNING)
            found.append(msgspec.structs.replace(job, state=state))
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM job")
            for job in found:
                self._insert(connection, job, "")
        return len(found)

    def _settle_one(self, job: Job) -> Job:
        state = self._state_from_log(job)
        if state.phase is Phase.INTERRUPTED and job.state.phase is Phase.CANCELLING:
            state = advance(state, Cancelled())
        settled = msgspec.structs.replace(job, state=state)
        if self.is_done_with(settled):
            self.clear(settled)
        self.save(settled)
        return settled

    def _state_from_log(self, job: Job) -> JobState:
        """Fold the log, adding to the index the models and figures that it tells of."""
        state, told_at = JobState(), 0.0
        figures: list[Measurement] = []
        for timed in self.events(job.run_id):
            state, told_at = told_on(state, timed, told_at), timed.at
            match timed.event:
                case ModelMade(record):
                    if self._models.exists_on_disk(record.id) and not self._models.get(record.id):
                        self._models.add(record)
                case Measured(measurement):
                    figures.append(measurement)
                case _:
                    pass
        if model_id := model_to_be_made(job.spec):
            self._models.adopt(model_id)
        if figures:
            self._measurements.add_many(figures)
        if state.phase in LIVE or state.phase is Phase.QUEUED:
            state = advance(state, Interrupted(state.checkpoint_step or 0))
            state = stamped(state, told_at) if told_at else state
        return state

    @contextmanager
    def _lock(self, run_id: str) -> Generator[None, None, None]:
        with (self._folder / run_id / LOCK_FILE).open("ab") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise AppError(
                    "run_busy",
                    said("A worker is still busy with this job."),
                    said("Wait until it has ended, then try again."),
                ) from error
            yield

    @staticmethod
    def _insert(connection: Any, job: Job, owner: str) -> None:
        connection.execute(
            f"INSERT INTO job ({_COLUMNS}, heavy, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                job.run_id,
                job.title,
                _text(job.spec),
                _text(job.needs),
                job.state.phase,
                _text(job.state),
                job.created_at or time.time(),
                job.position,
                int(is_heavy(job.spec)),
                owner,
            ),
        )


def _job(row: tuple[Any, ...]) -> Job | None:
    """Read a row; None where another version wrote a spec that this one does not know."""
    run_id, title, spec, needs, phase, state, created_at, position = row
    try:
        return Job(
            run_id=run_id,
            title=title,
            spec=_spec_decoder.decode(spec),
            needs=msgspec.json.decode(needs, type=tuple[str, ...]),
            state=msgspec.structs.replace(_state_decoder.decode(state), phase=Phase(phase)),
            created_at=created_at,
            position=position,
        )
    except msgspec.DecodeError:
        return None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
