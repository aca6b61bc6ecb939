"""A resident session: answers the questions of the window's pages until it goes away."""

import queue
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from app.domain.errors import AppError
from app.domain.event import Answer, Request
from app.domain.execution import Execution
from app.domain.job import SessionSpec
from app.domain.model import IR_FOLDER
from app.domain.question import (
    Classified,
    Classify,
    Devices,
    ListDevices,
    ListMatrices,
    Matrices,
    Question,
    ReadExecution,
    ReadMatrix,
    Refused,
    Reply,
    Tokenize,
    slot_of,
)
from app.engine.context import JobContext
from app.engine.execution import read_execution
from app.engine.jobs.predict import label_names
from app.engine.jobs.token_counts import tokenized
from app.engine.matrices import list_matrices, read_matrix
from app.engine.openvino_runtime import CompiledIr, described_devices, require_ir
from app.engine.tasks.text_classification import softmax, tokenize
from app.engine.tokenizing import Features, JsonTokenizer, longest_input

_COMPILED_KEPT: Final = 8
_POLL_S: Final = 0.2


def run(_spec: SessionSpec, context: JobContext) -> dict[str, object]:
    """Answer questions, each with one `Answer`; of several for one slot, only the newest."""
    networks = _Networks()
    while True:
        context.check()
        try:
            waiting = [context.requests.get(timeout=_POLL_S)]
        except queue.Empty:
            continue
        while not context.requests.empty():
            waiting.append(context.requests.get())
        for request, question in _newest(waiting):
            reply: Any = msgspec.to_builtins(_reply(question, networks, context))
            context.emit(Answer(request.request_id, reply))


def _newest(waiting: list[Request]) -> list[tuple[Request, Question]]:
    """Return what is still to be answered: somebody who types on has no use for older answers."""
    newest: dict[str, tuple[Request, Question]] = {}
    for request in waiting:
        question = msgspec.convert(request.body, Question)
        newest[slot_of(question)] = (request, question)
    return list(newest.values())


def _reply(question: Question, networks: "_Networks", context: JobContext) -> Reply:
    try:
        match question:
            case ListDevices():
                return Devices(described_devices())
            case Classify():
                return _classified(question, networks)
            case ListMatrices():
                return Matrices(tuple(list_matrices(Path(question.model.folder))))
            case ReadExecution():
                return _execution(question, context)
            case ReadMatrix():
                folder = Path(question.model.folder)
                return read_matrix(folder, question.name, question.rows, question.columns, question.most)
            case Tokenize():
                return tokenized(question)
    except AppError as error:
        return Refused(error.problem)


def _execution(question: ReadExecution, context: JobContext) -> Execution:
    ir = require_ir(Path(question.model.folder) / IR_FOLDER)
    return read_execution(
        ir,
        device=question.device,
        precision=question.precision,
        shape=(1, min(question.length, longest_input(ir))),
        stop=context.check,
    )


def _classified(question: Classify, networks: "_Networks") -> Classified:
    network = networks.get(question)
    rows: list[tuple[float, ...]] = []
    latency_ms: list[float] = []
    for text in question.texts:
        logits, took_ms = network.answer(text)
        latency_ms.append(took_ms)
        rows.append(tuple(float(share) for share in softmax(logits)[0]))
    return Classified(
        labels=label_names(network.ir, len(rows[0])),
        probabilities=tuple(rows),
        latency_ms=tuple(latency_ms),
        load_ms=network.compiled.load_ms,
        device=question.device,
        executed_precision=network.compiled.executed_precision(),
    )


class _Network:
    """A compiled network with its tokenizer."""

    def __init__(self, question: Classify) -> None:
        self.ir = require_ir(Path(question.model.folder) / IR_FOLDER)
        self.compiled = CompiledIr(self.ir, question.device, question.precision)
        self._tokenizer = JsonTokenizer(self.ir)
        self._lengths: set[int] = set()

    def answer(self, text: str) -> tuple[npt.NDArray[np.float32], float]:
        """Return the logits (1, classes) of a text and how long that took in ms, tokenizing included.

        A device makes its kernels at the first text of each length, which is no part of the figure.
        """
        length = len(self._features(text)[0]["input_ids"])
        if length not in self._lengths:
            self.compiled.run(self._features(text))
            self._lengths.add(length)
        started = time.perf_counter()
        logits = self.compiled.run(self._features(text))
        return logits, (time.perf_counter() - started) * 1000

    def _features(self, text: str) -> list[Features]:
        return tokenize(self._tokenizer, [text], self._tokenizer.max_length)


class _Networks:
    """The networks used last, compiled and warm."""

    def __init__(self) -> None:
        self._there: OrderedDict[tuple[str, str, str], _Network] = OrderedDict()

    def get(self, question: Classify) -> _Network:
        """Return the network that a question asks.

        Raises:
            AppError: As `CompiledIr` and `JsonTokenizer`.
        """
        key = (question.model.folder, question.device, question.precision)
        if key not in self._there:
            self._there[key] = _Network(question)
            while len(self._there) > _COMPILED_KEPT:
                self._there.popitem(last=False)
        self._there.move_to_end(key)
        return self._there[key]
