"""Events and commands as lines."""

import msgspec
import pytest

from app.domain.errors import Problem
from app.domain.event import Cancel, Checkpointed, Failed, Metric, Request, StageStarted, StopEarly
from app.wire.framing import LineBuffer, WireError, decode_command, decode_event, encode_command, encode_event


@pytest.mark.parametrize(
    "event",
    [
        StageStarted("prune", 1, 5),
        Checkpointed(7),
        Metric("accuracy", 3, 0.5),
        Failed(Problem("code", "what", "next", "détail\nof two lines")),
    ],
)
def test_an_event_comes_back_as_it_was_on_one_line(event: StageStarted) -> None:
    line = encode_event(event, 12.5)

    assert line.count(b"\n") == 1
    assert (decode_event(line).event, decode_event(line).at) == (event, 12.5)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_finite_travels_as_null(value: float) -> None:
    assert decode_event(encode_event(Metric("loss/total", 1, value))).event == Metric("loss/total", 1, None)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"noise",
        b'{"v":1,"at":0,"event":{"kind":"martian"}}',
        b'{"v":9,"at":0,"event":{"kind":"cancelled"}}',
    ],
)
def test_a_line_of_another_kind_or_version_is_refused(line: bytes) -> None:
    with pytest.raises(WireError):
        decode_event(line)


@pytest.mark.parametrize("command", [Cancel(), StopEarly(), Request(3, {"text": "ünïcode"})])
def test_a_command_comes_back_as_it_was(command: Cancel) -> None:
    assert decode_command(encode_command(command)) == command
    with pytest.raises(WireError):
        decode_command(b'{"kind":"explode"}')


def test_lines_are_whole_however_the_pipe_cut_them() -> None:
    lines = [encode_event(Metric("é" * n, n, 0.1), 1.0) for n in range(20)]
    stream = b"".join(lines)
    for size in (1, 2, 3, 7, 1_000):
        buffer = LineBuffer()
        cut = [line for at in range(0, len(stream), size) for line in buffer.feed(stream[at : at + size])]
        assert [line + b"\n" for line in cut] == lines


def test_fields_that_a_later_version_adds_are_passed_over() -> None:
    document = msgspec.json.decode(encode_event(Checkpointed(7), 1.0))
    document["event"]["host"] = "somewhere"

    assert decode_event(msgspec.json.encode(document)).event == Checkpointed(7)
