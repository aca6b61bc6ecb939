"""Commands as a shell sees them: what is on stdout, on stderr, and the exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.job import JobState, Phase
from app.store.workspace import Workspace
from tests.records import import_spec, job_of, model_record, write_model
from tests.workers import ROOT

DRIVER = [sys.executable, "-P", str(ROOT / "tests" / "cli" / "driver.py")]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "WHITTLE_WORKSPACE": str(folder / "w")}


def whittle(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DRIVER, *arguments],
        capture_output=True,
        text=True,
        env=environment(folder),
        timeout=60,
        check=False,
    )


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*DRIVER, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder),
    )


def wait_for_steps(folder: Path) -> Path:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for log in (folder / "w" / "runs").glob("*/events.jsonl"):
            if b'"checkpointed"' in log.read_bytes():
                return log.parent
        time.sleep(0.05)
    raise AssertionError("the job did not start")


def with_model(folder: Path, name: str = "sentiment") -> str:
    workspace = Workspace.open(folder / "w")
    record = model_record(name)
    write_model(workspace, record)
    workspace.models.add(record)
    workspace.close()
    return record.id


def test_json_is_the_only_thing_on_stdout(tmp_path: Path) -> None:
    with_model(tmp_path)
    done = whittle(tmp_path, "try", "sentiment", "finish", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"answer": 42}
    assert "prepare" in done.stderr
    assert "#" not in done.stderr  # no progress bar where there is no terminal


def test_quiet_leaves_stderr_empty(tmp_path: Path) -> None:
    with_model(tmp_path)
    done = whittle(tmp_path, "try", "sentiment", "finish", "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["Answer", "42"]


def test_models_are_listed_with_null_for_what_was_not_measured(tmp_path: Path) -> None:
    model_id = with_model(tmp_path)
    document = json.loads(whittle(tmp_path, "models", "--json").stdout)["models"][0]

    assert (document["id"], document["name"]) == (model_id, "sentiment")
    assert document["accuracy"] is None
    assert document["latency_ms"] == {"p50": None, "p95": None}
    assert "—" in whittle(tmp_path, "models").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (["inspect", "nothing"], 2, "model_unknown"),
        (["compress", "sentiment", "jpqd-slow"], 2, "recipe_unknown"),
        (["compress", "sentiment", "jpqd", "--set", "training.epochs=-1"], 2, "recipe_invalid"),
        (["compress", "sentiment", "jpqd"], 2, "data_needed"),
        (["compress", "sentiment", "jpqd", "--data", "none.tsv"], 2, "data_missing"),
        (["evaluate", "sentiment", "--data", "reviews", "--columns", "text"], 2, "columns_invalid"),
        (["compare", "sentiment"], 2, "models_missing"),
        (["resume", "r-none"], 2, "run_unknown"),
        (["try", "sentiment", "fails:user"], 2, "data_empty"),
        (["try", "sentiment", "fails:bug"], 1, "internal_error"),
        (["try", "sentiment", "fails:disk"], 1, "disk_full"),
        (["try", "sentiment", "dies:exit"], 1, "worker_died"),
        (["try", "sentiment", "dies:SIGKILL"], 1, "interrupted"),
    ],
)
def test_an_error_names_its_code_and_the_next_step_and_exits_as_promised(
    tmp_path: Path, arguments: list[str], code: int, error: str
) -> None:
    with_model(tmp_path)
    done = whittle(tmp_path, *arguments, "--json")

    assert done.returncode == code
    assert f"error[{error}]: " in done.stderr
    assert "Traceback" not in done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["error"]["code"] == error
    assert document["error"]["advice"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["whittle"],
        ["bench"],
        ["bench", "m", "--shape", "1by128"],
        ["bench", "m", "--seconds", "0"],
        ["bench", "m", "--streams", "x"],
    ],
)
def test_bad_usage_exits_with_two(tmp_path: Path, arguments: list[str]) -> None:
    done = whittle(tmp_path, *arguments)

    assert done.returncode == 2
    assert "usage: whittle" in done.stderr


def test_without_a_display_one_line_says_how_to_go_on(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {name: value for name, value in environment(tmp_path).items() if name not in hidden}
    done = subprocess.run(DRIVER, capture_output=True, text=True, env=bare, timeout=60, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("error[no_display]: ")
    assert done.stderr.count("\n") == 1
    assert "whittle --help" in done.stderr


def test_a_workspace_that_cannot_be_opened_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("a file")
    done = whittle(tmp_path, "models")

    assert done.returncode == 2
    assert "error[workspace_broken]" in done.stderr


def test_ctrl_c_cancels_and_leaves_nothing_but_the_log(tmp_path: Path) -> None:
    process = start(tmp_path, "import", str(_folder(tmp_path, "steps:100000")))
    run = wait_for_steps(tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert process.returncode == 130, err
    assert out == ""
    assert "Cancelling" in err
    assert not (run / "checkpoint.json").exists()
    assert (run / "events.jsonl").exists()


def test_a_killed_command_leaves_a_run_that_resume_goes_on_with(tmp_path: Path) -> None:
    process = start(tmp_path, "import", str(_folder(tmp_path, "steps:150")))
    run = wait_for_steps(tmp_path)
    process.kill()
    process.communicate(timeout=20)
    deadline = time.monotonic() + 20
    while b'"interrupted"' not in (run / "events.jsonl").read_bytes() and time.monotonic() < deadline:
        time.sleep(0.05)

    done = whittle(tmp_path, "resume", run.name, "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"steps": 150}
    assert whittle(tmp_path, "resume", run.name).returncode == 2


def test_a_run_that_an_open_window_has_paused_is_resumed_there_as_the_command_says(tmp_path: Path) -> None:
    window = Workspace.open(tmp_path / "w")
    job = window.runs.add(job_of(import_spec(window)))
    window.runs.save(msgspec.structs.replace(job, state=JobState(phase=Phase.PAUSED)))

    done = whittle(tmp_path, "resume", job.run_id)

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("error[run_busy]")
    assert "close that window" in line
    assert "whittle resume" not in line
    window.close()


def _folder(tmp_path: Path, what: str) -> Path:
    """Return a source whose last part tells the worker what to pretend."""
    return tmp_path / what


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    with_model(tmp_path)
    process = start(tmp_path, "models", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(timeout=20) == 0
    process.stderr.close()
