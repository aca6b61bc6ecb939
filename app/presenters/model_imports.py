"""Imports that were asked for on the page Models, and what its notice says of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.errors import AppError, Problem
from app.domain.job import ENDED, ImportSpec, Job, Phase
from app.presenters.job_wording import percent_of
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.services.model_sources import Fault, Source, source_of, sources_of
from app.views.widgets.notice import NoticeAction, NoticeState, Severity

_MOST_NAMED: Final = 3


class ModelImports(QObject):
    """Queues imports and says how they go.

    Signals:
        imported: An import has made a model; carries its id.
    """

    imported = Signal(str)

    def __init__(
        self,
        library: ModelLibrary,
        queue: JobQueue,
        show: Callable[[NoticeState | None], None],
        show_problem: Callable[[Problem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._queue = queue
        self._show = show
        self._show_problem = show_problem
        self._jobs: dict[str, Job] = {}
        self._left_out: tuple[str, ...] = ()
        """Why some of what was asked for is not there, a sentence each."""
        self.last_id: str | None = None
        """Run id of the newest import."""
        queue.job_changed.connect(self._on_job_changed)

    def add(self, source: str) -> Job | None:
        """Queue an import; why it cannot be queued is shown."""
        self._left_out = ()
        return self._queue_import(source)

    def add_paths(self, paths: Sequence[str]) -> None:
        """Queue imports of what was dropped or chosen; what is no model is named with the reason."""
        self._add_sources([source_of(path) for path in paths])

    def paste(self) -> None:
        """Queue imports of the folders, hub ids and URLs on the clipboard."""
        data = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
        if data is None:  # nothing was copied since the desktop came up
            return
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        self._add_sources([source_of(path) for path in paths] if paths else sources_of(data.text()))

    def forget(self) -> None:
        """Say nothing more of imports that have ended; the others go on."""
        self._left_out = ()
        self._jobs = {run_id: job for run_id, job in self._jobs.items() if job.state.phase not in ENDED}
        if not self._jobs:
            self.last_id = None

    def _add_sources(self, sources: Sequence[Source]) -> None:
        wanted = list(dict.fromkeys(source.text for source in sources if source.fault is None))
        self._left_out = tuple(self._reason(source) for source in sources if source.fault is not None)
        queued = [self._queue_import(text) for text in wanted]
        if not any(queued):
            text = self.tr("Nothing to add.") if not self._left_out else self.tr("That is no model.")
            if not wanted:
                advice = self._reasons() or self.tr("The clipboard holds no folder, hub id or URL.")
                self._show(NoticeState(Severity.WARNING, text, advice))

    def _queue_import(self, source: str) -> Job | None:
        try:
            job = self._library.import_model(source)
        except AppError as error:
            self._show_problem(error.problem)
            return None
        self._jobs[job.run_id] = job
        self.last_id = job.run_id
        self._show_going()
        return job

    def _on_job_changed(self, job: Job) -> None:
        if job.run_id not in self._jobs or not isinstance(job.spec, ImportSpec):
            return
        self._jobs[job.run_id] = job
        self.last_id = job.run_id
        match job.state.phase:
            case Phase.FINISHED:
                del self._jobs[job.run_id]
                self._show_going()
                if job.state.model_id is not None:
                    self.imported.emit(job.state.model_id)
            case Phase.FAILED:
                del self._jobs[job.run_id]
                self._show_failure(job.spec.name, job.state.problem)
            case Phase.CANCELLED:
                del self._jobs[job.run_id]
                self._show_going()
            case Phase.PAUSED | Phase.INTERRUPTED:
                text = self.tr("The import of “%1” was interrupted.").replace("%1", job.spec.name)
                advice = self.tr("Resume it on the page Jobs.")
                self._show(NoticeState(Severity.WARNING, text, advice, (self._job_button(),)))
            case _:
                self._show_going()

    def _show_failure(self, name: str, problem: Problem | None) -> None:
        """Say why an import failed: in full, or in a line where there is more to be told."""
        problem = problem or Problem("unknown", self.tr("The import failed."))
        if self._jobs or self._left_out:
            self._left_out += (f"“{name}”: {problem.summary}",)
            self._show_going()
        else:
            self._show_problem(problem)

    def _show_going(self) -> None:
        """Say which imports go on, and what was left out; nothing where there is neither."""
        reasons = self._reasons()
        going = [job for job in self._jobs.values() if job.state.phase not in ENDED]
        if going:
            first = next((job for job in going if job.state.phase is not Phase.QUEUED), going[0])
            name = first.spec.name if isinstance(first.spec, ImportSpec) else first.title
            text = (
                self.tr("Importing “%1”… %2")
                .replace("%1", name)
                .replace("%2", percent_of(first.state))
                .strip()
                if len(going) == 1
                else self.tr("Importing %n model(s), now “%1”… %2", "", len(going))
                .replace("%1", name)
                .replace("%2", percent_of(first.state))
                .strip()
            )
            severity = Severity.WARNING if reasons else Severity.INFO
            self._show(NoticeState(severity, text, reasons, (self._job_button(),), can_close=bool(reasons)))
        elif reasons:
            self._show(NoticeState(Severity.WARNING, self.tr("Not everything was added."), reasons))
        else:
            self._show(None)

    def _job_button(self) -> NoticeAction:
        return NoticeAction("job", self.tr("Show job"))

    def _reasons(self) -> str:
        named = list(self._left_out[:_MOST_NAMED])
        more = len(self._left_out) - len(named)
        if more > 0:
            named.append(self.tr("And %n more.", "", more))
        return " ".join(named)

    def _reason(self, source: Source) -> str:
        name = Path(source.text).name or source.text
        match source.fault:
            case Fault.MISSING:
                text = self.tr("“%1” is not there.")
            case Fault.NOT_A_MODEL_FILE:
                text = self.tr("“%1” is no model: add a folder, or an OpenVINO .xml file.")
            case Fault.NOT_A_MODEL_FOLDER:
                text = self.tr("The folder “%1” has neither config.json nor openvino_model.xml.")
            case Fault.WEIGHTS_MISSING:
                text = self.tr("“%1” has no .bin with its weights beside it.")
            case _:
                text = self.tr("“%1” is no folder, hub id or URL.")
        return text.replace("%1", name[:80])
