"""``events.jsonl`` of a run: reading it back, and what state it adds up to."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from app.domain.event import Event, Interrupted, Outcome, StageStarted, Timed
from app.domain.job import ENDED, LIVE, RESUMABLE, JobState, Phase, advance, stamped
from app.wire.framing import WireError, decode_event, encode_event


def read_events(path: Path) -> Iterator[Timed]:
    """Yield the events of a log, oldest first.

    A worker killed while writing leaves half a line at the end; lines that this version cannot
    read are left out as well.
    """
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return
    with handle:
        for line in handle:
            if not line.endswith(b"\n"):
                return
            try:
                yield decode_event(line)
            except WireError:
                continue


def append_event(path: Path, event: Event) -> None:
    """Add the last word of a worker that could not say it itself, behind the last whole line."""
    with path.open("a+b") as handle:
        handle.seek(0)
        handle.truncate(handle.read().rfind(b"\n") + 1)
        handle.write(encode_event(event))


def advance_in_log(state: JobState, event: Event) -> JobState:
    """Return the state after ``event`` of a log, in which a run may have been started again."""
    stopped = state.phase in ENDED or state.phase in RESUMABLE
    if isinstance(event, StageStarted) and stopped:
        state = msgspec.structs.replace(state, phase=Phase.RUNNING, problem=None, result={})
    elif not isinstance(event, Outcome) and state.phase is Phase.QUEUED:
        state = msgspec.structs.replace(state, phase=Phase.RUNNING)
    return advance(state, event)


def told_on(state: JobState, timed: Timed, before: float) -> JobState:
    """Return the state after the next event of a log, ``before`` being when the one in front of it was told.

    A worker that was killed with its window could not say that it stopped: its run rested since then.
    """
    event = timed.event
    if (
        isinstance(event, StageStarted)
        and state.phase in LIVE
        and event.index <= state.stage_index
        and before
    ):
        state = stamped(advance(state, Interrupted(state.checkpoint_step or 0)), before)
    return stamped(advance_in_log(state, event), timed.at)


def state_of(events: Iterable[Timed]) -> JobState:
    """Return the state that a whole log adds up to; QUEUED for an empty one."""
    state, before = JobState(), 0.0
    for timed in events:
        state, before = told_on(state, timed, before), timed.at
    return state
