"""The resident worker that answers the pages' questions, started when first asked and again when it dies."""

import tempfile
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.errors import Problem
from app.domain.event import Answer, Failed, Outcome, Request, Timed
from app.domain.job import SPEC_FILE, SessionSpec
from app.domain.language import said
from app.domain.question import Question, Refused, Reply, slot_of
from app.services.job_process import JobProcess, NewProcess, new_process
from app.services.worker_environment import worker_environment

_CLOSING_MS: Final = 3_000
_TRIES: Final = 2
"""A question that a worker dies of is put once more, not for ever."""


class _Asked(msgspec.Struct):
    question: Question
    tries: int = 1


class EngineSession(QObject):
    """Puts questions to a worker and gives its answers; what is asked and answered is not kept.

    Signals:
        answered: A `Question` and its `Reply`; `Refused` too where the worker died of the question.
        restarted: The worker had died; open questions were put anew.
    """

    answered = Signal(object, object)
    restarted = Signal()

    def __init__(self, *, new_process: NewProcess = new_process, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._new_process = new_process
        self._process: JobProcess | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._open: dict[int, _Asked] = {}
        self._next_id = 1

    @property
    def pid(self) -> int:
        """The worker's process id, 0 where there is none."""
        return 0 if self._process is None else self._process.pid

    def ask(self, question: Question) -> None:
        """Put a question; an older one of the same slot is forgotten."""
        slot = slot_of(question)
        for request_id, asked in list(self._open.items()):
            if slot_of(asked.question) == slot:
                del self._open[request_id]
        self._put(_Asked(question))

    def close(self) -> None:
        """End the worker and delete its folder."""
        self._open.clear()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.close_stdin()
            if not process.wait(_CLOSING_MS):
                process.kill()
                process.wait(_CLOSING_MS)
        self._drop_folder()

    def _put(self, asked: _Asked) -> None:
        request_id, self._next_id = self._next_id, self._next_id + 1
        self._open[request_id] = asked
        self._running().send(Request(request_id, msgspec.to_builtins(asked.question)))

    def _running(self) -> JobProcess:
        if self._process is None:
            self._folder = tempfile.TemporaryDirectory(prefix="whittle-session-")
            folder = Path(self._folder.name)
            path = folder / SPEC_FILE
            path.write_bytes(msgspec.json.encode(SessionSpec(run_id=folder.name, run_folder=str(folder))))
            self._process = self._new_process(path, worker_environment(offline=True))
            self._process.setParent(self)
            self._process.events_received.connect(self._on_events)
            self._process.ended.connect(self._on_ended)
            self._process.start()
        return self._process

    def _on_events(self, _run_id: str, events: list[Timed]) -> None:
        for timed in events:
            if not isinstance(timed.event, Answer):
                continue
            asked = self._open.pop(timed.event.request_id, None)
            if asked is not None:
                self.answered.emit(asked.question, msgspec.convert(timed.event.body, Reply))

    def _on_ended(self, _run_id: str, outcome: Outcome) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self._drop_folder()
        left, self._open = self._open, {}
        again = [asked for asked in left.values() if asked.tries < _TRIES]
        for asked in left.values():
            if asked.tries >= _TRIES:
                self.answered.emit(asked.question, Refused(_problem_of(outcome)))
        for asked in again:
            self._put(_Asked(asked.question, asked.tries + 1))
        if again:
            self.restarted.emit()

    def _drop_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()


def _problem_of(outcome: Outcome) -> Problem:
    if isinstance(outcome, Failed):
        return outcome.problem
    return Problem("worker_died", said("The worker ended without an answer."), said("Try again."))
