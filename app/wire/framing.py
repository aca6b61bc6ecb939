"""Events and commands as versioned JSON lines. Both ends import this and nothing heavier."""

import math
import time
from collections.abc import Iterator
from typing import Final

import msgspec

from app.domain.event import Command, Event, Metric, Timed

WIRE_VERSION: Final = 1

_encoder = msgspec.json.Encoder()
_event_decoder = msgspec.json.Decoder(Timed)
_command_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)


class WireError(ValueError):
    """A line that this version cannot read."""


def encode_event(event: Event, at: float | None = None) -> bytes:
    """Return ``event`` as one line, newline included. Non-finite numbers become null."""
    if isinstance(event, Metric) and event.value is not None and not math.isfinite(event.value):
        event = msgspec.structs.replace(event, value=None)
    timed = Timed(WIRE_VERSION, time.time() if at is None else at, event)
    return _encoder.encode(timed) + b"\n"


def decode_event(line: bytes) -> Timed:
    """Read one event line.

    Raises:
        WireError: The line is not an event of this version.
    """
    try:
        timed = _event_decoder.decode(line)
    except msgspec.DecodeError as error:
        raise WireError(f"unreadable event: {line[:200]!r} ({error})") from error
    if timed.v != WIRE_VERSION:
        raise WireError(f"event of wire version {timed.v}, this is {WIRE_VERSION}")
    return timed


def encode_command(command: Command) -> bytes:
    """Return ``command`` as one line, newline included."""
    return _encoder.encode(command) + b"\n"


def decode_command(line: bytes) -> Command:
    """Read one command line.

    Raises:
        WireError: The line is not a command.
    """
    try:
        return _command_decoder.decode(line)
    except msgspec.DecodeError as error:
        raise WireError(f"unreadable command: {line[:200]!r} ({error})") from error


class LineBuffer:
    """Cuts a byte stream into lines, however the pipe happened to chunk it.

    Splitting comes before decoding, so a chunk may end inside a character.
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the lines that ``chunk`` completes, without their newlines."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        yield from lines
