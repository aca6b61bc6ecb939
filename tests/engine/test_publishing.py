"""A job killed in the moment in which its model joins the workspace."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.domain.event import Event, Measured, ModelMade
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.engine.context import JobContext
from app.engine.measuring import measurement
from app.engine.publishing import Made, is_published, publish, tell_published
from tests.engine.imported import Told


class Killed(BaseException):
    """Stands in for a SIGKILL."""


def die_at(kind: type[Event]) -> Callable[[Event], None]:
    def emit(event: Event) -> None:
        if isinstance(event, kind):
            raise Killed

    return emit


@pytest.mark.parametrize("at", [Measured, ModelMade])
def test_what_could_not_be_told_is_told_when_the_run_is_resumed(tmp_path: Path, at: type[Event]) -> None:
    run_folder, partial, final = (tmp_path / name for name in ("runs/r1", "models/.m1.partial", "models/m1"))
    original = tmp_path / "models" / "m0"
    partial.mkdir(parents=True)
    original.mkdir()
    record = ModelRecord(id="m1", name="made", task="text-classification", family="bert", origin="here")
    (partial / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    (partial / MEASUREMENTS_FILE).write_bytes(b'{"id":"of an earlier try"}\n')
    figures = tuple(measurement(model_id, "accuracy", 0.9, "1") for model_id in ("m0", "m1"))
    assert not is_published(final, run_folder)

    with pytest.raises(Killed):
        publish(partial, final, run_folder, Made({"n": 1}, figures), JobContext(die_at(at)))
    assert is_published(final, run_folder)
    told = Told()
    for _ in range(2):  # a kill may fall into the second telling as well
        told = Told()
        assert tell_published(final, run_folder, told.context()) == {"n": 1}

    assert [event.record for event in told.made] == [record]
    assert [event.measurement for event in told.events if isinstance(event, Measured)] == list(figures)
    for folder, figure in ((original, figures[0]), (final, figures[1])):
        assert (folder / MEASUREMENTS_FILE).read_bytes() == msgspec.json.encode(figure) + b"\n"
    assert not partial.exists()
