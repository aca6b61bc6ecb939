"""What the page Models knows of how a model runs: asked of the resident worker, kept for a while."""

from collections import OrderedDict
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.errors import Problem
from app.domain.execution import Execution
from app.domain.job import LIVE
from app.domain.model import ModelRecord
from app.domain.question import Question, ReadExecution, Refused, Reply
from app.presenters.execution_wording import conditions_of, findings_of
from app.services.compression import model_at
from app.services.cpu import cpu_features
from app.services.devices import DeviceList
from app.services.engine_session import EngineSession
from app.services.job_queue import JobQueue
from app.store.workspace import Workspace
from app.views.pages.model_execution import ExecutionState

_KEPT: Final = 24
_TAB: Final = "execution"


class _Known(msgspec.Struct, frozen=True):
    """An execution, and whether a job disturbed it."""

    execution: Execution
    was_busy: bool


class ExecutionPresenter(QObject):
    """Asks once the tab is in sight, and nothing before.

    Signals:
        changed: Something new is known; carries nothing, the page is to be shown anew.
    """

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        session: EngineSession,
        devices: DeviceList,
        queue: JobQueue,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session = session
        self._queue = queue
        self._model: ModelRecord | None = None
        self._is_shown = False
        self._devices = devices
        self._own_device, self._precision = "", "f32"
        self._known: OrderedDict[ReadExecution, _Known] = OrderedDict()
        self._asked: ReadExecution | None = None
        self._was_busy = False
        self._problem: Problem | None = None
        session.answered.connect(self._on_answered)
        devices.changed.connect(self._on_devices_changed)

    def show_model(self, model: ModelRecord | None) -> None:
        """Be about this model."""
        if (None if model is None else model.id) != (None if self._model is None else self._model.id):
            self._asked, self._problem = None, None
        self._model = model
        self._ask()

    def show_tab(self, tab: str) -> None:
        """Be about what this tab shows."""
        self._is_shown = tab == _TAB
        self._ask()
        self.changed.emit()

    def choose(self, device: str, precision: str) -> None:
        """Ask for another device and inference precision."""
        self._own_device = "" if device == self._devices.preferred else device
        self._precision = precision
        self._asked, self._problem = None, None
        self._ask()
        self.changed.emit()

    def run_again(self) -> None:
        """Run the model once more; what is known of it is shown until then."""
        question = self._question()
        if question is not None and self._is_shown and self._asked is None:
            self._problem = None
            self._put(question)
            self.changed.emit()

    @property
    def can_run(self) -> bool:
        """Whether there is something to run once more."""
        return self._is_shown and self._model is not None and self._asked is None

    def state(self) -> ExecutionState:
        """Return what is known of how the model runs."""
        question = self._question()
        known = None if question is None else self._known.get(question)
        state = ExecutionState(
            devices=self._devices.names(),
            device=self._device,
            precision=self._precision,
            is_loading=self._asked is not None,
            problem=self._problem,
        )
        if known is None or self._problem is not None:
            return state
        cpu = cpu_features() if known.execution.device == "CPU" else None
        return msgspec.structs.replace(
            state,
            execution=known.execution,
            findings=findings_of(known.execution, cpu, was_busy=known.was_busy),
            conditions=conditions_of(known.execution),
        )

    @property
    def _device(self) -> str:
        return self._own_device or self._devices.preferred

    def _question(self) -> ReadExecution | None:
        if self._model is None:
            return None
        return ReadExecution(model_at(self._workspace, self._model), self._device, self._precision)

    def _ask(self) -> None:
        question = self._question()
        if question is None or not self._is_shown or self._asked is not None or self._problem is not None:
            return
        if not self._devices.found:
            self._devices.look()
        if question not in self._known:
            self._put(question)

    def _put(self, question: ReadExecution) -> None:
        self._asked = question
        self._was_busy = self._is_busy()
        self._session.ask(question)

    def _is_busy(self) -> bool:
        return any(job.state.phase in LIVE for job in self._queue.jobs())

    def _on_devices_changed(self) -> None:
        if self._asked != self._question():  # the answer would be about another device
            self._asked = None
        self._problem = None  # it may be another one now, or have its driver
        self._ask()
        self.changed.emit()

    def _on_answered(self, question: Question, reply: Reply) -> None:
        if isinstance(question, ReadExecution) and question == self._asked:
            self._asked = None
            self._take(question, reply)
            self.changed.emit()

    def _take(self, question: ReadExecution, reply: Reply) -> None:
        if isinstance(reply, Refused):
            self._problem = reply.problem
        elif isinstance(reply, Execution):
            self._known[question] = _Known(reply, self._was_busy or self._is_busy())
            self._known.move_to_end(question)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
