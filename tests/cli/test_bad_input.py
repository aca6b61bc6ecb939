"""Bad input at the real command line with its real worker: what is said, the exit code, what stays behind."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.store.workspace import DATABASE_FILE, Workspace
from tests.disks import fill, read_only, small_disk
from tests.records import model_record, write_model
from tests.workers import ROOT

STARTER = ROOT / "resources" / "starter" / "sentiment"


def whittle(workspace: Path, *arguments: str) -> tuple[int, str, dict[str, Any]]:
    """Return the exit code, stderr, and the error of the JSON document."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "app", *arguments, "--workspace", str(workspace), "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=110,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr, json.loads(done.stdout).get("error", {})


def nothing_half_written(folder: Path) -> bool:
    """Whether neither a model nor a part of one lies in the workspace."""
    return not list((folder / "models").iterdir()) and not list(folder.rglob("*.partial"))


def truncate(folder: Path) -> None:
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.truncate(1_000_000)


def add_words(folder: Path) -> None:
    content = json.loads((folder / "tokenizer.json").read_text())
    content["model"]["vocab"] |= {f"unheard{number}": 90_000 + number for number in range(50)}
    (folder / "tokenizer.json").write_text(json.dumps(content))


def be_a_t5(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    changed = config | {"model_type": "t5", "architectures": ["T5ForConditionalGeneration"]}
    (folder / "config.json").write_text(json.dumps(changed))


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (truncate, "weights_broken"),
        (lambda folder: (folder / "config.json").unlink(), "not_a_model"),
        (add_words, "tokenizer_mismatch"),
        (be_a_t5, "unsupported_architecture"),
    ],
    ids=["broken safetensors", "no config", "another tokenizer", "another architecture"],
)
def test_a_model_that_cannot_be_imported_is_refused(
    tmp_path: Path, spoil: Callable[[Path], object], error: str
) -> None:
    source = Path(shutil.copytree(STARTER, tmp_path / "source"))
    spoil(source)

    code, told, problem = whittle(tmp_path / "w", "import", str(source))

    assert (code, problem["code"]) == (2, error)
    assert problem["advice"]
    assert f"error[{error}]" in told
    assert nothing_half_written(tmp_path / "w")
    workspace = Workspace.open(tmp_path / "w")
    assert workspace.models.all() == []
    workspace.close()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("sentence\tstars\ngood\t5\n", "column_missing"),
        ("sentence\tlabel\ngood\t1\nbad\t7\n", "label_out_of_range"),
        ("sentence\tlabel\n", "data_empty"),
        ("", "data_empty"),
    ],
    ids=["no label column", "label out of range", "header alone", "empty file"],
)
def test_data_that_cannot_be_used_is_refused_before_anything_starts(
    tmp_path: Path, content: str, error: str
) -> None:
    workspace = Workspace.open(tmp_path / "w")
    record = model_record()
    write_model(workspace, record)
    workspace.models.add(record)
    workspace.close()
    data = tmp_path / "data.tsv"
    data.write_text(content)

    code, _, problem = whittle(tmp_path / "w", "compress", record.id, "jpqd-fast", "--data", str(data))

    assert (code, problem["code"]) == (2, error)
    assert problem["advice"]
    assert not list((tmp_path / "w" / "runs").iterdir())
    assert not list((tmp_path / "w" / "datasets").iterdir())


def test_an_import_onto_a_disk_without_room_is_told_and_removed(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 24) as disk:
        code, _, problem = whittle(disk / "w", "import", "starter")

        assert (code, problem["code"]) == (1, "disk_full")
        assert problem["advice"]
        assert nothing_half_written(disk / "w")


def test_a_full_disk_is_told_before_a_workspace_is_half_made(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        fill(disk / "filler")
        code, _, problem = whittle(disk / "w", "models")

    assert (code, problem["code"]) == (1, "disk_full")
    assert problem["advice"]


@pytest.mark.parametrize("arguments", [("models",), ("import", "starter")])
def test_a_read_only_workspace_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    Workspace.open(tmp_path / "w").close()
    with read_only(tmp_path / "w") as folder:
        code, _, problem = whittle(folder, *arguments)

    assert (code, problem["code"]) == (2, "workspace_not_writable")
    assert problem["advice"]
    assert not list((tmp_path / "w" / "runs").iterdir())


def test_a_workspace_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "w").close()
    with sqlite3.connect(tmp_path / "w" / DATABASE_FILE) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = (tmp_path / "w" / DATABASE_FILE).read_bytes()

    code, _, problem = whittle(tmp_path / "w", "import", "starter")

    assert (code, problem["code"]) == (2, "workspace_too_new")
    assert "Update" in problem["advice"]
    assert (tmp_path / "w" / DATABASE_FILE).read_bytes() == before


def test_the_starter_named_again_is_the_one_that_was_imported(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w")
    record = model_record(origin="starter:sentiment", name="renamed")
    write_model(workspace, record)
    workspace.models.add(record)
    workspace.close()

    command = ("compress", "starter", "jpqd", "--set", "training.epochs=0.01")
    code, told, problem = whittle(tmp_path / "w", *command)

    assert "Importing" not in told
    assert code == 2
    assert problem["code"] == "recipe"
