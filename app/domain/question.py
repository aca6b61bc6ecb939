"""What pages ask the resident worker, and its answers: bodies of `Request` and `Answer`."""

from typing import assert_never

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.device import Device
from app.domain.errors import Problem
from app.domain.execution import Execution
from app.domain.job import ModelAt
from app.domain.structure import MatrixSparsity


class Classify(msgspec.Struct, frozen=True, tag="classify"):
    """Classify texts one by one, as they would come in use."""

    place: int
    """Which of the models beside each other asks; only the newest question of each is answered."""
    model: ModelAt
    texts: tuple[str, ...]
    device: str = "CPU"
    precision: str = "f32"


class ListDevices(msgspec.Struct, frozen=True, tag="devices"):
    """Name the devices that OpenVINO finds, with what they can do."""


class ListMatrices(msgspec.Struct, frozen=True, tag="matrices"):
    """List the weight matrices of a model with their zeros."""

    model: ModelAt


class ReadMatrix(msgspec.Struct, frozen=True, tag="matrix"):
    """Look into a part of a weight matrix; rows and columns count as in the original."""

    model: ModelAt
    name: str
    rows: tuple[int, int] = (0, 0)
    """First and the one after the last; (0, 0): all."""
    columns: tuple[int, int] = (0, 0)
    most: tuple[int, int] = (128, 192)
    """Rows and columns of cells that the answer has at most."""


class ReadExecution(msgspec.Struct, frozen=True, tag="execution"):
    """Run a model on random tokens and tell which nodes ran, in which precision, by which kernel."""

    model: ModelAt
    device: str = "CPU"
    precision: str = "f32"
    """INFERENCE_PRECISION_HINT: f32, bf16 or f16."""
    length: int = 128
    """Tokens; fewer where the model takes fewer."""


class Tokenize(msgspec.Struct, frozen=True, tag="tokenize"):
    """Tokenize training data as a compression would: three examples, and how long the sentences are."""

    model: ModelAt
    data: DatasetRecord
    max_length: int
    """Tokens; longer sentences are cut."""
    sample: int = 4_000
    """Sentences whose tokens are counted, drawn at random where there are more."""


class Classified(msgspec.Struct, frozen=True, tag="classified"):
    """The answer to `Classify`."""

    labels: tuple[str, ...]
    probabilities: tuple[tuple[float, ...], ...]
    """One row a text, one value a label."""
    latency_ms: tuple[float, ...]
    """Of each text, tokenizing included; kernels that a device makes for each new length are not."""
    load_ms: float
    device: str
    executed_precision: str
    """The floating-point precision in which most nodes ran."""


class Devices(msgspec.Struct, frozen=True, tag="devices"):
    """The answer to `ListDevices`."""

    devices: tuple[Device, ...]


class Matrices(msgspec.Struct, frozen=True, tag="matrices"):
    """The answer to `ListMatrices`."""

    rows: tuple[MatrixSparsity, ...]


class MatrixPart(msgspec.Struct, frozen=True, tag="matrix"):
    """The answer to `ReadMatrix`: a grid of cells, each over some rows and columns of the original.

    The grids are little-endian float16, row by row. They hold what is left; what was removed counts
    neither as zero nor as a magnitude.
    """

    name: str
    shape: tuple[int, int]
    """Of the whole matrix in the original."""
    rows: tuple[int, int]
    columns: tuple[int, int]
    cell: tuple[int, int]
    """Rows and columns of the original in one cell; the last ones may be smaller."""
    zeros: bytes
    """Share of exact zeros."""
    magnitudes: bytes
    """Mean of the absolute values."""
    values: bytes
    """The values themselves where a cell is one element, else empty."""
    rows_kept: tuple[float, ...]
    """Which share of each cell's rows is left."""
    columns_kept: tuple[float, ...]

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return len(self.rows_kept), len(self.columns_kept)


class TokenizedText(msgspec.Struct, frozen=True):
    """A sentence as the model gets it."""

    label: str
    tokens: tuple[str, ...]
    special: tuple[bool, ...]
    """Which tokens the tokenizer adds, such as ``[CLS]``."""
    length: int
    """Tokens before cutting."""
    cut: tuple[str, ...] = ()
    """The first of the tokens that are lost; empty for a pair, whose two halves lose some each."""


class Tokenized(msgspec.Struct, frozen=True, tag="tokenized"):
    """The answer to `Tokenize`."""

    examples: tuple[TokenizedText, ...]
    """Of middling length, long, and the longest; fewer where there are fewer sentences."""
    lengths: tuple[tuple[int, int], ...]
    """Tokens before cutting and how many sentences have so many, ascending."""
    counted: int
    """Sentences behind `lengths`."""
    rows: int
    """Sentences behind `labels`."""
    is_whole: bool
    """Whether `rows` is all of the data: very large files are read in part."""
    labels: tuple[tuple[str, int], ...]
    """Each class and how many sentences have it."""
    limit: int
    """Most tokens that the model takes, whatever the recipe says."""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The question could not be answered."""

    problem: Problem


Question = Classify | ListDevices | ListMatrices | ReadExecution | ReadMatrix | Tokenize
Reply = Classified | Devices | Execution | Matrices | MatrixPart | Tokenized | Refused


def slot_of(question: Question) -> str:
    """Return where an answer goes; of several questions for one slot only the newest matters."""
    match question:
        case Classify(place=place):
            return f"classify {place}"
        case ListDevices():
            return "devices"
        case ListMatrices():
            return "matrices"
        case ReadExecution():
            return "execution"
        case ReadMatrix():
            return "matrix"
        case Tokenize():
            return "tokenize"
        case _:
            assert_never(question)
