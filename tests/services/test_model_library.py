"""The library: sources, figures, the trash."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.job import ImportSpec
from app.services.assembly import build_services
from app.services.model_library import default_name, needs_network, normal_source
from tests.records import measurement, model_record, write_model


@pytest.mark.parametrize(
    ("source", "name", "network"),
    [
        ("starter", "sentiment", False),
        ("starter:sentiment", "sentiment", False),
        ("google/bert-tiny", "bert-tiny", True),
        ("https://huggingface.co/google/bert-tiny/tree/main", "bert-tiny", True),
        ("./folder/minilm/", "minilm", False),
        ("/data/minilm_sst2", "minilm_sst2", False),
    ],
)
def test_a_source_tells_its_name_and_whether_it_needs_the_network(
    source: str, name: str, network: bool
) -> None:
    normal = normal_source(source)

    assert default_name(normal) == name
    assert needs_network(normal) is network


def test_a_folder_that_exists_wins_over_a_hub_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "google" / "bert").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    assert normal_source("google/bert") == str(tmp_path / "google" / "bert")


def test_importing_is_a_job_that_stays_offline_for_local_sources(qtbot: QtBot, tmp_path: Path) -> None:
    services = build_services(tmp_path / "w")
    local = services.models.import_model(str(tmp_path), name="mine").spec
    hub = services.models.import_model("google/bert-tiny").spec
    for job in services.queue.jobs():
        services.queue.cancel(job.run_id)

    assert isinstance(local, ImportSpec)
    assert isinstance(hub, ImportSpec)
    assert (local.offline, local.name) == (True, "mine")
    assert (hub.offline, hub.name) == (False, "bert-tiny")
    services.close()


def test_the_latest_figure_is_the_newest_under_the_asked_conditions(qtbot: QtBot, tmp_path: Path) -> None:
    services = build_services(tmp_path / "w")
    library, store = services.models, services.workspace.measurements
    for value, shape, moment in (
        (3.0, (1, 32), "2026-01-02"),
        (2.0, (1, 32), "2026-01-01"),
        (9.0, (1, 128), "2026-01-03"),
    ):
        store.add(measurement("m", "latency_p50", value, shape=shape, measured_at=moment))

    newest = library.latest("m", "latency_p50")
    at_32 = library.latest("m", "latency_p50", shape=(1, 32))

    assert newest is not None
    assert at_32 is not None
    assert (newest.value, at_32.value) == (9.0, 3.0)
    assert library.latest("m", "accuracy") is None
    services.close()


def test_every_change_of_the_library_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    services = build_services(tmp_path / "w")
    record = model_record(origin="starter:sentiment")
    write_model(services.workspace, record)
    services.workspace.models.add(record)
    assert services.models.starter_model() == record

    for change in (
        lambda: services.models.rename(record.id, "other"),
        lambda: services.models.trash(record.id),
        lambda: services.models.restore(record.id),
    ):
        with qtbot.waitSignal(services.models.changed, timeout=1_000):
            change()
    assert [model.name for model in services.models.models()] == ["other"]
    services.close()
