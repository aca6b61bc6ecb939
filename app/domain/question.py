"""What pages ask the resident worker, and its answers: bodies of `Request` and `Answer`."""

from typing import assert_never

import msgspec

from app.domain.errors import Problem
from app.domain.job import ModelAt


class Classify(msgspec.Struct, frozen=True, tag="classify"):
    """Classify texts one by one, as they would come in use."""

    place: int
    """Which of the models beside each other asks; only the newest question of each is answered."""
    model: ModelAt
    texts: tuple[str, ...]
    device: str = "CPU"
    precision: str = "f32"


class ListDevices(msgspec.Struct, frozen=True, tag="devices"):
    """Name the devices that OpenVINO finds."""


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
    """The answer to `ListDevices`, as ``CPU``, ``GPU.0``."""

    names: tuple[str, ...]


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The question could not be answered."""

    problem: Problem


Question = Classify | ListDevices
Reply = Classified | Devices | Refused


def slot_of(question: Question) -> str:
    """Return where an answer goes; of several questions for one slot only the newest matters."""
    match question:
        case Classify(place=place):
            return f"classify {place}"
        case ListDevices():
            return "devices"
        case _:
            assert_never(question)
