"""The resident worker of the page Try: real processes, real inference."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.execution import Execution
from app.domain.job import ModelAt
from app.domain.question import (
    Classified,
    Classify,
    Devices,
    ListDevices,
    ListMatrices,
    Matrices,
    MatrixPart,
    Question,
    ReadExecution,
    ReadMatrix,
    Refused,
    Reply,
    Tokenize,
    Tokenized,
)
from app.services.engine_session import EngineSession
from tests.engine.imported import hugging_face_folder, import_folder
from tests.workers import is_gone

pytestmark = pytest.mark.timeout(180)
WAIT_MS = 90_000
TEXTS = ("a superb film", "a dull and lifeless film", "not bad")


class Talk:
    """A session and what it answered."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = EngineSession()
        self.replies: list[tuple[Question, Reply]] = []
        self.restarts = 0
        self.session.answered.connect(lambda question, reply: self.replies.append((question, reply)))
        self.session.restarted.connect(self._on_restarted)
        self._qtbot = qtbot

    def _on_restarted(self) -> None:
        self.restarts += 1

    def ask(self, *questions: Question) -> list[tuple[Question, Reply]]:
        """Ask and return all answers, as soon as the last question has its."""
        del self.replies[:]
        for question in questions:
            self.session.ask(question)
        self._qtbot.waitUntil(
            lambda: any(asked is questions[-1] for asked, _ in self.replies), timeout=WAIT_MS
        )
        return self.replies


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelAt:
    folder = tmp_path_factory.mktemp("try")
    return ModelAt("m1", str(import_folder(hugging_face_folder(folder / "hf"), folder / "workspace")))


@pytest.fixture
def talk(qtbot: QtBot) -> Iterator[Talk]:
    made = Talk(qtbot)
    yield made
    pid = made.session.pid
    made.session.close()
    if pid:
        qtbot.waitUntil(lambda: is_gone(pid), timeout=10_000)


def test_texts_are_classified_one_by_one_with_their_times(talk: Talk, model: ModelAt) -> None:
    [(_, devices), (_, answer)] = talk.ask(ListDevices(), Classify(0, model, TEXTS))

    assert isinstance(devices, Devices)
    (cpu,) = [one for one in devices.devices if one.name == "CPU"]
    assert cpu.full_name
    assert {"FP32", "INT8"} <= set(cpu.capabilities)
    assert isinstance(answer, Classified)
    assert len(answer.probabilities) == len(answer.latency_ms) == len(TEXTS)
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in answer.probabilities)
    assert len(set(answer.probabilities)) == len(TEXTS)
    assert len(answer.labels) == len(answer.probabilities[0])
    assert all(took > 0 for took in answer.latency_ms)
    assert answer.executed_precision == "f32"


def test_training_data_is_tokenized_by_the_same_worker(talk: Talk, model: ModelAt, tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("sentence\tlabel\ngood film\t1\nthe soup was awful\t0\n")
    data = DatasetRecord(
        id="d",
        name="d",
        path=str(path),
        format="tsv",
        columns=ColumnMap("sentence", "label"),
        labels=("n", "p"),
    )
    [(_, refused)] = talk.ask(Tokenize(model, msgspec.structs.replace(data, path="/gone.tsv"), 8))
    [(_, answer)] = talk.ask(Tokenize(model, data, 8))

    assert isinstance(refused, Refused)
    assert refused.problem.code == "data_missing"
    assert isinstance(answer, Tokenized)
    assert answer.lengths == ((4, 1), (6, 1))
    assert answer.labels == (("n", 1), ("p", 1))
    assert answer.examples[0].tokens == ("[CLS]", "good", "film", "[SEP]")


def test_of_several_questions_by_one_place_only_the_newest_is_answered(talk: Talk, model: ModelAt) -> None:
    replies = talk.ask(*(Classify(0, model, (f"text {number}",)) for number in range(5)))

    assert [question.texts for question, _ in replies if isinstance(question, Classify)] == [("text 4",)]


def test_a_model_that_is_gone_is_refused_and_the_session_goes_on(
    talk: Talk, model: ModelAt, tmp_path: Path
) -> None:
    [(_, refused)] = talk.ask(Classify(0, ModelAt("gone", str(tmp_path / "gone")), TEXTS))
    pid = talk.session.pid
    [(_, again)] = talk.ask(Classify(1, model, TEXTS, "NO_SUCH_DEVICE"))
    [(_, answered)] = talk.ask(Classify(1, model, TEXTS))

    assert isinstance(refused, Refused)
    assert refused.problem.code == "ir_missing"
    assert isinstance(again, Refused)
    assert again.problem.code == "device_missing"
    assert isinstance(answered, Classified)
    assert talk.session.pid == pid


def test_a_killed_worker_is_started_again_and_asked_what_was_open(talk: Talk, model: ModelAt) -> None:
    [(_, before)] = talk.ask(Classify(0, model, TEXTS))
    pid = talk.session.pid
    os.kill(pid, signal.SIGSTOP)  # so that the question is still open when it dies
    talk.session.ask(Classify(0, model, TEXTS))
    os.kill(pid, signal.SIGKILL)

    [(_, after)] = talk.ask(Classify(0, model, TEXTS))

    assert talk.session.pid != pid
    assert isinstance(before, Classified)
    assert isinstance(after, Classified)
    assert after.probabilities == before.probabilities
    assert talk.restarts == 1


def test_what_was_typed_is_kept_nowhere(talk: Talk, model: ModelAt) -> None:
    typed = "my doctor said it is nothing"
    talk.ask(Classify(0, model, (typed,)))
    folder = Path(f"/proc/{talk.session.pid}/cwd").readlink()
    written = [path for path in folder.rglob("*") if path.is_file() and typed.encode() in path.read_bytes()]
    talk.session.close()

    assert written == []
    assert not folder.exists()


def test_what_ran_is_told_and_told_again_by_the_worker_after_a_kill(talk: Talk, model: ModelAt) -> None:
    [(_, refused)] = talk.ask(ReadExecution(ModelAt("gone", "/nowhere")))
    [(_, told)] = talk.ask(ReadExecution(model))
    pid = talk.session.pid
    os.kill(pid, signal.SIGSTOP)  # so that the question is still open when it dies
    question = ReadExecution(model, precision="bf16")
    talk.session.ask(question)
    os.kill(pid, signal.SIGKILL)
    [(_, again)] = talk.ask(ReadExecution(model))

    assert isinstance(refused, Refused)
    assert refused.problem.code == "ir_missing"
    assert isinstance(told, Execution)
    assert told.shape == (1, 64), "the tiny network takes 64 tokens, not 128"
    assert {node.executed_in for node in told.products} == {"f32"}
    assert told.requests > 0
    assert isinstance(again, Execution)
    assert [node.kernel for node in again.products] == [node.kernel for node in told.products]
    assert talk.restarts == 1
    assert talk.session.pid != pid


def test_matrices_and_their_cells_come_over_the_wire(talk: Talk, model: ModelAt) -> None:
    name = "bert.encoder.layer.1.attention.self.key"
    replies = dict(talk.ask(ListMatrices(model), ReadMatrix(model, name, (0, 16), (0, 0))))

    listed, part = replies.values()
    assert isinstance(listed, Matrices)
    assert name in {row.name for row in listed.rows}
    assert isinstance(part, MatrixPart)
    assert (part.rows, part.columns, part.grid) == ((0, 16), (0, 64), (16, 64))
    assert len(part.values) == 2 * 16 * 64


def test_a_model_that_is_gone_is_refused_with_the_reason(talk: Talk) -> None:
    ((_, reply),) = talk.ask(ListMatrices(ModelAt("gone", "/nowhere/gone")))
    assert isinstance(reply, Refused)
    assert reply.problem.code == "ir_missing"
