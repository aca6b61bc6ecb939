"""Opening workspaces: new ones, old ones, broken ones."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from app.domain.errors import AppError
from app.domain.model import ModelNote
from app.store.database import SCHEMA_VERSION
from app.store.ids import new_id
from app.store.workspace import DATABASE_FILE, Workspace, default_workspace_folder
from tests.records import import_spec, job_of, measurement, model_record, write_model


def code_of(folder: Path) -> str:
    with pytest.raises(AppError) as caught:
        Workspace.open(folder).close()
    assert caught.value.problem.advice
    return caught.value.problem.code


def test_a_new_workspace_is_empty_and_opens_again(tmp_path: Path) -> None:
    for _ in range(2):
        workspace = Workspace.open(tmp_path / "w")
        assert workspace.models.all() == []
        assert workspace.runs.all() == []
        workspace.close()


def test_two_processes_may_have_one_workspace_open(tmp_path: Path) -> None:
    one, other = Workspace.open(tmp_path), Workspace.open(tmp_path)
    one.models.add(model_record("a"))
    other.models.add(model_record("b"))

    assert [model.name for model in one.models.all()] == ["a", "b"]
    one.close()
    other.close()


def test_a_workspace_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = (tmp_path / DATABASE_FILE).read_bytes()

    assert code_of(tmp_path) == "workspace_too_new"
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_a_workspace_of_the_first_version_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    kept, trashed = model_record("kept"), model_record("trashed")
    for record in (kept, trashed):
        write_model(workspace, record)
        workspace.models.add(record)
    workspace.models.trash(trashed.id)
    workspace.close()
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        connection.execute("DROP TABLE model_note")
        connection.execute("ALTER TABLE model DROP COLUMN trashed_at")
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    again = Workspace.open(tmp_path)

    assert again.models.all() == [kept]
    assert [(each.record, each.trashed_at) for each in again.models.trashed()] == [(trashed, "")]
    note = again.models.set_note(kept.id, ModelNote("new", ("tag",)))
    assert again.models.notes() == {kept.id: note}
    assert again.database.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    again.close()


def test_an_index_that_is_no_database_is_refused_with_the_way_out(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    (tmp_path / DATABASE_FILE).write_bytes(b"this is no database, not even a small one" * 100)

    assert code_of(tmp_path) == "workspace_broken"


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("")

    assert code_of(tmp_path / "w") == "workspace_broken"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert code_of(tmp_path / "w") == "workspace_not_writable"
    finally:
        tmp_path.chmod(0o700)


def _mount(*arguments: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
        while True:
            filler.write(b"\0" * 4096)


def test_a_read_only_mount_is_refused(tmp_path: Path) -> None:
    _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path))
    try:
        Workspace.open(tmp_path / "w").close()
        _mount("-o", "remount,ro", str(tmp_path))
        assert code_of(tmp_path / "w") == "workspace_not_writable"
        assert code_of(tmp_path / "other") == "workspace_not_writable"
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_full_disk_is_told_and_what_was_stored_stays(tmp_path: Path) -> None:
    _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path))
    try:
        workspace = Workspace.open(tmp_path / "w")
        workspace.models.add(model_record("kept"))
        _fill(tmp_path / "filler")
        with pytest.raises(AppError) as caught:
            for number in range(1_000):
                workspace.models.add(model_record(f"model {number}" * 50))
        assert caught.value.problem.code == "disk_full"
        (tmp_path / "filler").unlink()
        assert workspace.models.all()[0].name == "kept"
        workspace.models.add(model_record("after"))
        workspace.close()
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_lost_index_is_rebuilt_from_the_folders(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    kept, trashed = model_record("kept"), model_record("trashed")
    for record in (kept, trashed):
        write_model(workspace, record, [measurement(record.id)])
        workspace.models.add(record)
    workspace.models.trash(trashed.id)
    job = workspace.runs.add(job_of(import_spec(workspace)))
    workspace.close()
    for path in tmp_path.glob(f"{DATABASE_FILE}*"):
        path.unlink()

    again = Workspace.open(tmp_path)

    assert again.models.all() == [kept]
    assert [model.record for model in again.models.trashed()] == [trashed]
    assert [figure.model_id for figure in again.measurements.of_model(kept.id)] == [kept.id]
    assert [(found.run_id, found.spec) for found in again.runs.all()] == [(job.run_id, job.spec)]
    again.close()


def test_ids_say_their_time_and_sort_by_it() -> None:
    ids = [new_id("r") for _ in range(1_000)]

    assert ids == sorted(set(ids))
    assert len(ids[0]) == len("r-20261122-193312-4f2a")


def test_the_default_workspace_can_be_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITTLE_WORKSPACE", "/somewhere")
    assert default_workspace_folder() == Path("/somewhere")
    monkeypatch.delenv("WHITTLE_WORKSPACE")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_workspace_folder() == Path("/data/whittle")
