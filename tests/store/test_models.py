"""Models: rows over folders, names, the trash."""

import msgspec
import pytest

from app.domain.errors import AppError
from app.domain.model import RECORD_FILE, ModelRecord
from app.store.workspace import Workspace
from tests.records import measurement, model_record, write_model


def added(workspace: Workspace, name: str) -> ModelRecord:
    record = model_record(name)
    write_model(workspace, record)
    workspace.models.add(record)
    return record


def test_a_model_is_found_by_id_and_by_a_name_that_only_it_has(workspace: Workspace) -> None:
    one, twin, _ = (added(workspace, name) for name in ("one", "twin", "twin"))

    assert workspace.models.find(one.id) == one
    assert workspace.models.find("one") == one
    with pytest.raises(AppError) as ambiguous:
        workspace.models.find("twin")
    assert ambiguous.value.problem.code == "model_ambiguous"
    assert twin.id in ambiguous.value.problem.advice
    with pytest.raises(AppError, match="one, twin") as unknown:
        workspace.models.find("other")
    assert unknown.value.problem.code == "model_unknown"


def test_a_trashed_model_keeps_its_folder_and_comes_back_whole(workspace: Workspace) -> None:
    record = added(workspace, "one")

    workspace.models.trash(record.id)
    assert workspace.models.all() == []
    assert not workspace.model_folder(record.id).exists()
    assert (workspace.folder / "trash" / record.id / RECORD_FILE).exists()

    assert workspace.models.restore(record.id) == record
    assert workspace.models.all() == [record]
    assert (workspace.model_folder(record.id) / RECORD_FILE).exists()


def test_a_new_name_stands_in_the_folder_too(workspace: Workspace) -> None:
    record = added(workspace, "one")

    workspace.models.rename(record.id, " other ")
    workspace.models.reindex()

    assert workspace.models.find("other").id == record.id
    with pytest.raises(AppError) as caught:
        workspace.models.rename(record.id, "  ")
    assert caught.value.problem.code == "name_empty"


def test_what_a_worker_has_not_completed_is_no_model(workspace: Workspace) -> None:
    record = model_record("half")
    folder = workspace.partial_model_folder(record.id)
    folder.mkdir()
    (folder / RECORD_FILE).write_bytes(msgspec.json.encode(record))
    broken = workspace.folder / "models" / "broken"
    broken.mkdir()
    (broken / RECORD_FILE).write_bytes(b'{"id": "bro')

    assert workspace.models.reindex() == 0
    workspace.models.remove_partial(record.id)
    assert not folder.exists()


def test_a_figure_told_twice_is_one_figure(workspace: Workspace) -> None:
    figure = measurement("m", value=0.9)
    workspace.measurements.add(figure)
    workspace.measurements.add(figure)

    assert workspace.measurements.of_model("m") == [figure]
    assert workspace.measurements.all() == [figure]


def test_figures_survive_a_half_written_last_line(workspace: Workspace) -> None:
    record = model_record()
    figure = measurement(record.id)
    folder = write_model(workspace, record, [figure])
    with (folder / "measurements.jsonl").open("ab") as handle:
        handle.write(b'{"id": "x", "model_')

    assert workspace.measurements.reindex() == 1
    assert workspace.measurements.of_model(record.id) == [figure]


def test_the_list_follows_what_another_connection_and_this_one_change(workspace: Workspace) -> None:
    record = model_record("first")
    workspace.models.add(record)
    first = workspace.models.all()
    assert workspace.models.all()[0] is first[0]  # read once

    other = Workspace.open(workspace.folder)
    other.models.add(msgspec.structs.replace(record, name="renamed elsewhere"))
    other.models.add(model_record("second"))
    other.close()
    assert {one.name for one in workspace.models.all()} == {"renamed elsewhere", "second"}

    workspace.models.add(msgspec.structs.replace(record, name="renamed here"))
    assert {one.name for one in workspace.models.all()} == {"renamed here", "second"}
