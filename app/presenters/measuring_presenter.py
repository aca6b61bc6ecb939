"""Measuring the models of the page Compare: what it is measured on, the job, and how it goes."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.dataset import DatasetRecord
from app.domain.errors import AppError, Problem
from app.domain.job import LIVE, CompareSpec, Job, Phase
from app.domain.model import ModelRecord
from app.domain.wording import duration_text, split_text, whole_text
from app.presenters.job_wording import percent_of
from app.services.comparisons import plan_comparison
from app.services.devices import DeviceList
from app.services.job_queue import JobQueue
from app.services.text_datasets import DatasetLibrary
from app.store.workspace import Workspace
from app.views.widgets.chooser import Choice
from app.views.widgets.measure_panel import NO_DATA, MeasureState
from app.views.widgets.notice import Notice, NoticeAction, NoticeState, Severity

PRECISIONS: Final = ("f32", "bf16", "f16")
_FIGURES_A_MODEL: Final = 2
_OVERHEAD_S: Final = 3


class _Conditions(msgspec.Struct, frozen=True):
    """What is chosen in the panel."""

    dataset: str = ""
    device: str = ""
    """Empty: the one that choices begin with."""
    precision: str = "f32"
    length: int = 32
    seconds: int = 5


class MeasuringPresenter(QObject):
    """Holds the choices, puts the job into the queue, and tells in the page's notice how it stands.

    Signals:
        changed: The panel is to be shown anew.
        finished: A comparison ended well; its figures are in the index.
        job_wanted: The job with this run id is to be shown.
    """

    changed = Signal()
    finished = Signal()
    job_wanted = Signal(str)

    def __init__(
        self,
        notice: Notice,
        workspace: Workspace,
        datasets: DatasetLibrary,
        queue: JobQueue,
        devices: DeviceList,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notice = notice
        self._workspace = workspace
        self._datasets = datasets
        self._queue = queue
        self._devices = devices
        self._models: tuple[ModelRecord, ...] = ()
        self._is_open = False
        self._conditions = _Conditions()
        self._run_id: str | None = None
        self._problem: Problem | None = None
        devices.changed.connect(self._on_devices_changed)
        queue.job_changed.connect(self._on_job_changed)

    @property
    def is_running(self) -> bool:
        """Whether the job that was started here has not ended."""
        job = None if self._run_id is None else self._queue.job(self._run_id)
        return job is not None and (job.state.phase in LIVE or job.state.phase is Phase.QUEUED)

    def take_models(self, models: Sequence[ModelRecord]) -> None:
        """Measure these, the first being the reference."""
        self._models = tuple(models)

    def open(self) -> None:
        """Let data, device and precision be chosen."""
        if not self._is_open:
            self._is_open = True
            known = self._datasets.datasets()
            if self._conditions.dataset not in {one.id for one in known}:
                held = next((one for one in known if one.split != "train"), None)
                self._conditions = msgspec.structs.replace(
                    self._conditions, dataset=NO_DATA if held is None else held.id
                )
            self._devices.look()
        self.changed.emit()

    def close(self) -> None:
        """Put the panel away."""
        self._is_open = False
        self.changed.emit()

    def choose(self, dataset: str, device: str, precision: str, length: int, seconds: int) -> None:
        """Take other conditions."""
        own = "" if device == self._devices.preferred else device
        self._conditions = _Conditions(dataset, own, precision, length, seconds)
        self.changed.emit()

    def start(self) -> None:
        """Queue the comparison; why it cannot be queued is shown."""
        chosen = self._conditions
        data = self._dataset()
        spec = plan_comparison(
            self._workspace,
            self._models,
            data=data,
            device=self._device,
            precision=chosen.precision,
            length=chosen.length,
            seconds=float(chosen.seconds),
        )
        title = f"{self.tr('Compare')} · {', '.join(model.name for model in self._models)}"
        try:
            job = self._queue.submit(spec, title)
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._run_id = job.run_id
        self._is_open = False
        self._show_job(job)
        self.changed.emit()

    def state(self) -> MeasureState | None:
        """Return what the panel shows, None while it is closed."""
        if not self._is_open:
            return None
        chosen = self._conditions
        known = self._datasets.datasets()
        count = len(self._models)
        seconds = chosen.seconds * (_FIGURES_A_MODEL * count + 2 * (count - 1)) + _OVERHEAD_S * count
        return MeasureState(
            title=self.tr("Measure %1 models under the same conditions").replace("%1", str(count)),
            datasets=(*map(_choice_of, known), Choice(NO_DATA, self.tr("No data: speed and layers alone"))),
            dataset=chosen.dataset,
            devices=tuple(Choice(one, one) for one in self._devices.names(self._device)),
            device=self._device,
            precisions=tuple(Choice(one, one) for one in PRECISIONS),
            precision=chosen.precision,
            length=chosen.length,
            seconds=chosen.seconds,
            estimate=self.tr("The speed takes about %1; the answers as long as the data is.").replace(
                "%1", duration_text(seconds)
            ),
        )

    def act(self, action: str) -> None:
        """Do what a button of the notice says."""
        match action:
            case "cancel" if self._run_id is not None:
                self._queue.cancel(self._run_id)
            case "job" if self._run_id is not None:
                self.job_wanted.emit(self._run_id)
            case "again":
                self._notice.show_state(None)
                self.open()
            case "details" if self._problem is not None:
                problem = self._problem
                QGuiApplication.clipboard().setText(f"{problem.code}: {problem}\n\n{problem.detail}".strip())
            case _:
                pass

    def _dataset(self) -> DatasetRecord | None:
        return next((one for one in self._datasets.datasets() if one.id == self._conditions.dataset), None)

    @property
    def _device(self) -> str:
        return self._conditions.device or self._devices.preferred

    def _on_devices_changed(self) -> None:
        if self._is_open:
            self.changed.emit()

    def _on_job_changed(self, job: Job) -> None:
        if not self.is_running and self._is_about_these(job):
            self._run_id = job.run_id  # started by a command, or before the window was opened
        if job.run_id == self._run_id:
            self._show_job(job)
        elif isinstance(job.spec, CompareSpec) and job.state.phase is Phase.FINISHED:
            self.finished.emit()

    def _is_about_these(self, job: Job) -> bool:
        """Whether a job that goes on measures the models that are shown."""
        if not isinstance(job.spec, CompareSpec) or job.state.phase not in {*LIVE, Phase.QUEUED}:
            return False
        return {model.id for model in job.spec.models} == {model.id for model in self._models}

    def _show_job(self, job: Job) -> None:
        state = job.state
        show_job = NoticeAction("job", self.tr("Show job"))
        cancel = NoticeAction("cancel", self.tr("Cancel"))
        again = NoticeAction("again", self.tr("Measure again"))
        match state.phase:
            case Phase.FINISHED:
                self._notice.show_state(None)
                self.changed.emit()
                self.finished.emit()
            case Phase.FAILED:
                problem = state.problem or Problem("unknown", self.tr("The measurement failed."))
                self._show_problem(problem)
                self.changed.emit()
            case Phase.CANCELLED:
                title = self.tr("The measurement was cancelled; what was measured until then is kept.")
                self._notice.show_state(NoticeState(Severity.INFO, title, "", (again,)))
                self.changed.emit()
                self.finished.emit()
            case Phase.PAUSED | Phase.INTERRUPTED:
                title = self.tr("The measurement was interrupted.")
                self._notice.show_state(NoticeState(Severity.WARNING, title, "", (again, show_job)))
            case Phase.QUEUED:
                title = self.tr("The measurement waits for another job.")
                self._notice.show_state(
                    NoticeState(Severity.INFO, title, "", (cancel, show_job), can_close=False)
                )
            case Phase.CANCELLING:
                title = self.tr("Cancelling…")
                self._notice.show_state(NoticeState(Severity.INFO, title, "", (show_job,), can_close=False))
            case _:
                title = self.tr("Measuring: %1").replace("%1", self._stage_text(job))
                self._notice.show_state(
                    NoticeState(Severity.INFO, title, percent_of(state), (cancel, show_job), can_close=False)
                )

    def _stage_text(self, job: Job) -> str:
        """Return what is being measured at the moment."""
        spec, place = job.spec, job.state.stage_index
        if not isinstance(spec, CompareSpec) or not job.state.stage:
            return self.tr("starting…")
        if place < len(spec.models):
            record = self._workspace.models.get(spec.models[place].id)
            return "" if record is None else record.name
        if job.state.stage == "layers":
            return self.tr("layer by layer")
        return self.tr("in turn with the reference")

    def _show_problem(self, problem: Problem) -> None:
        self._problem = problem
        actions = [
            NoticeAction("again", self.tr("Measure again")),
            NoticeAction("details", self.tr("Copy details")),
        ]
        if self._run_id is not None:
            actions.append(NoticeAction("job", self.tr("Show job")))
        self._notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice, tuple(actions)))


def _choice_of(record: DatasetRecord) -> Choice:
    rows = "" if record.rows is None else whole_text(record.rows)
    parts = (record.name, split_text(record.split), rows)
    return Choice(record.id, " · ".join(part for part in parts if part), record.path)
