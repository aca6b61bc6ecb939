"""What the queue writes down. A disk that refuses is told and stops no running job."""

from collections.abc import Callable

from app.domain.errors import AppError, Problem
from app.domain.event import Event, Measured, ModelMade, Outcome
from app.domain.job import Job
from app.domain.language import said
from app.services.job_rules import problem_of_busy
from app.store.workspace import Workspace


class JobLedger:
    """Writes jobs, models and figures to the index, and last words to a run's log.

    The run folders hold the truth: what could not be written here is found when the workspace is
    settled or rebuilt.
    """

    def __init__(self, workspace: Workspace, tell: Callable[[Problem], None]) -> None:
        """Write to ``workspace`` and call ``tell`` with what went wrong."""
        self._workspace = workspace
        self._tell = tell

    def save(self, job: Job) -> None:
        """Write a job's state."""
        try:
            self._workspace.runs.save(job)
        except AppError as error:
            self._tell(error.problem)

    def place(self, job: Job) -> None:
        """Write a job's place in the queue."""
        try:
            self._workspace.runs.place(job.run_id, job.position)
        except AppError as error:
            self._tell(error.problem)

    def take(self, run_id: str) -> bool:
        """Make a job ours, or tell why that cannot be: it is another process's, or the disk refuses."""
        try:
            taken = self._workspace.runs.take(run_id)
        except AppError as error:
            self._tell(error.problem)
            return False
        if not taken:
            self._tell(problem_of_busy())
        return taken

    def take_note(self, event: Event) -> ModelMade | Measured | None:
        """Write what an event tells of a model; return the event where the index has it now."""
        try:
            match event:
                case ModelMade(record):
                    self._workspace.models.add(record)
                    return event
                case Measured(measurement):
                    self._workspace.measurements.add(measurement)
                    return event
                case _:
                    return None
        except AppError as error:
            self._tell(error.problem)
            return None

    def write_last_word(self, run_id: str, outcome: Outcome) -> None:
        """Add to the log the outcome that a worker could not tell itself."""
        try:
            self._workspace.runs.append(run_id, outcome)
        except OSError as error:
            self._tell_unwritable(said("The run's log cannot be written: %1.", error))

    def clear(self, job: Job) -> None:
        """Delete what a job that ended for good has left behind."""
        try:
            self._workspace.runs.clear(job)
        except OSError as error:
            self._tell_unwritable(said("What the job left behind cannot be deleted: %1.", error))

    def discard(self, run_id: str) -> Job | None:
        """Delete a stopped job's checkpoints and return it cancelled, or None where that failed."""
        try:
            return self._workspace.runs.discard(run_id)
        except AppError as error:
            self._tell(error.problem)
        except OSError as error:
            self._tell_unwritable(said("The checkpoints cannot be deleted: %1.", error))
        return None

    def trash(self, job: Job) -> bool:
        """Move the job's run folder to the trash; return whether that went well."""
        try:
            self._workspace.runs.trash(job)
        except AppError as error:
            self._tell(error.problem)
        except OSError as error:
            self._tell_unwritable(said("The run cannot be moved to the trash: %1.", error))
        else:
            return True
        return False

    def restore(self, run_id: str) -> Job | None:
        """Bring a run back from the trash, or tell why it stays there."""
        try:
            return self._workspace.runs.restore(run_id)
        except AppError as error:
            self._tell(error.problem)
        except OSError as error:
            self._tell_unwritable(said("The run cannot be brought back from the trash: %1.", error))
        return None

    def _tell_unwritable(self, summary: str) -> None:
        advice = said("Free some space, and see whether the workspace may be written to.")
        self._tell(Problem("not_writable", summary, advice))
