"""Models: rows over folders, names, the trash."""

import shutil

import msgspec
import pytest

from app.domain.errors import AppError
from app.domain.model import MAX_NAME_LENGTH, RECORD_FILE, ModelNote, ModelRecord
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


def test_a_note_stands_in_the_folder_too_and_its_tags_are_normal_words(workspace: Workspace) -> None:
    record = added(workspace, "one")

    kept = workspace.models.set_note(record.id, ModelNote("for the demo", ("#Demo", " two words ", "")))

    assert kept == ModelNote("for the demo", ("demo", "two-words"))
    assert workspace.models.notes() == {record.id: kept}
    workspace.models.reindex()
    assert workspace.models.notes() == {record.id: kept}
    with pytest.raises(AppError) as caught:
        workspace.models.set_note("nobody", ModelNote())
    assert caught.value.problem.code == "model_unknown"


def test_a_note_goes_to_the_trash_and_comes_back_with_its_model(workspace: Workspace) -> None:
    record = added(workspace, "one")
    note = workspace.models.set_note(record.id, ModelNote("kept", ("a",)))

    workspace.models.trash(record.id)
    workspace.models.reindex()
    workspace.models.restore(record.id)

    assert workspace.models.notes()[record.id] == note


@pytest.mark.parametrize(
    ("name", "code"),
    [(" ", "name_empty"), ("x" * (MAX_NAME_LENGTH + 1), "name_too_long"), ("two", "name_taken")],
)
def test_a_name_that_is_none_is_refused_and_the_old_one_stays(
    workspace: Workspace, name: str, code: str
) -> None:
    record = added(workspace, "one")
    added(workspace, "two")

    with pytest.raises(AppError) as caught:
        workspace.models.rename(record.id, name)

    assert caught.value.problem.code == code
    assert workspace.models.get(record.id) == record


def test_a_model_comes_back_from_the_trash_beside_one_that_has_got_its_name(workspace: Workspace) -> None:
    first = added(workspace, "one")
    workspace.models.trash(first.id)
    added(workspace, "one")
    added(workspace, "one-2")

    restored = workspace.models.restore(first.id)

    assert restored.name == "one-3"
    assert sorted(model.name for model in workspace.models.all()) == ["one", "one-2", "one-3"]
    workspace.models.reindex()
    assert workspace.models.get(first.id) == restored


def test_a_name_may_be_given_to_its_own_model_again(workspace: Workspace) -> None:
    record = added(workspace, "one")
    assert workspace.models.rename(record.id, " one ") == record


def test_the_trash_tells_when_and_the_newest_first_also_from_folders_alone(workspace: Workspace) -> None:
    first, second = added(workspace, "first"), added(workspace, "second")
    workspace.models.trash(second.id)
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE model SET trashed_at = '2020-01-01T00:00:00+00:00' WHERE trashed = 1")
    workspace.models.trash(first.id)

    assert [each.record.name for each in workspace.models.trashed()] == ["first", "second"]
    workspace.models.reindex()
    assert all(each.trashed_at.startswith("20") for each in workspace.models.trashed())


def test_a_model_is_forgotten_only_when_its_folder_is_gone(workspace: Workspace) -> None:
    record = added(workspace, "one")
    workspace.models.set_note(record.id, ModelNote("gone with it"))
    workspace.measurements.add(measurement(record.id))
    workspace.models.trash(record.id)
    with pytest.raises(AppError) as caught:
        workspace.models.forget(record.id)
    assert caught.value.problem.code == "model_in_use"

    shutil.rmtree(workspace.models.trash_folder(record.id))
    workspace.models.forget(record.id)

    assert workspace.models.trashed() == []
    assert workspace.models.notes() == {}
    assert workspace.measurements.of_model(record.id) == []


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
