"""What people read at the terminal."""

import io

import msgspec
import pytest

from app.cli_jobs import Reporter, duration_text, progress_line
from app.cli_options import parse_arguments
from app.cli_output import field_text, models_text, result_text, table
from app.domain.job import Job, JobState, Phase
from app.store.workspace import Workspace
from tests.records import import_spec, job_of


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def running(workspace: Workspace, **state: object) -> Job:
    values = {"phase": "running", "stage": "prune", **state}
    return msgspec.structs.replace(job_of(import_spec(workspace)), state=msgspec.convert(values, JobState))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("size_bytes", 91_100_000, "91.1 MB"),
        ("latency_ms", {"p50": 2.5, "p95": None}, "p50 2.50 ms  p95 —"),
        ("throughput_per_s", 1234.5, "1,234.5 /s"),
        ("load_s", 1.25, "1.2 s"),
        ("linear_sparsity", 0.5, "50.0 %"),
        ("shape", [1, 32], "1×32"),
        ("heads_kept", [[0, 1], [2]], "2, 1 (a layer)"),
        ("was_quantized", True, "yes"),
        ("parameters", 22_713_986, "22,713,986"),
        ("accuracy", None, "—"),
        ("notes", [], "none"),
        ("kept", [3, 5, 8], "3, 5, 8"),
        ("kept", list(range(1536)), "0, 1, 2, 3, 4, 5, 6, 7, … (1,536 in all)"),
        (
            "variant",
            {"size_bytes": 12_300_000, "accuracy": 0.9, "accuracy_ci95": [0.88, 0.92]},
            "size 12.3 MB  accuracy 90.0 ± 2.0 %",
        ),
    ],
)
def test_a_field_is_shown_with_the_unit_that_its_name_tells(name: str, value: object, text: str) -> None:
    assert field_text(name, value, {}) == text


def test_an_accuracy_is_shown_with_its_interval() -> None:
    assert result_text({"accuracy": 0.9, "accuracy_ci95": [0.88, 0.92]}) == "Accuracy  90.0 ± 2.0 %"


def test_columns_are_aligned_and_numbers_stand_at_the_right() -> None:
    text = table(("Name", "Size"), [["a", "1 MB"], ["longer", "12 MB"]], right=frozenset({1}))

    assert text.splitlines() == ["Name     Size", "a        1 MB", "longer  12 MB"]


def test_rows_of_objects_become_a_table() -> None:
    text = result_text(
        {"n": 2, "models": [{"name": "a", "size_bytes": 1_000}, {"name": "b", "size_bytes": None}]}
    )

    assert text.splitlines() == ["N  2", "", "Models", "Name    Size", "a     1.0 kB", "b          —"]


def test_no_models_say_the_first_step() -> None:
    assert "whittle import starter" in models_text([])


def test_the_bar_shows_stage_share_and_time_left(workspace: Workspace) -> None:
    line = progress_line(running(workspace, fraction=0.5, eta_s=72.0))

    assert line.startswith("prune")
    assert line.count("#") == line.count("·") == 12
    assert line.endswith("50 %  1 min 12 s left")
    assert duration_text(3_900) == "1 h 5 min"
    assert progress_line(running(workspace)) == "a job: prune …"


def test_the_bar_is_for_terminals_only_and_lines_stand_above_it(workspace: Workspace) -> None:
    job = running(workspace, fraction=0.5)
    for stream, has_bar in ((Terminal(), True), (io.StringIO(), False)):
        reporter = Reporter(quiet=False, stream=stream)
        reporter.show(job)
        reporter.say("a line")
        reporter.show(msgspec.structs.replace(job, state=JobState(phase=Phase.FINISHED)))
        reporter.close()
        assert ("####" in stream.getvalue()) is has_bar
        assert stream.getvalue().endswith("a line\n")


def test_a_quiet_reporter_shows_warnings_only(workspace: Workspace) -> None:
    stream = Terminal()
    reporter = Reporter(quiet=True, stream=stream)
    reporter.show(running(workspace, fraction=0.5))
    reporter.say("a line")
    reporter.warn("a warning")

    assert stream.getvalue() == "a warning\n"


def test_compare_takes_data_though_it_asks_for_no_split() -> None:
    options = parse_arguments(["compare", "one", "two", "--data", "reviews"])
    assert (options.models, options.data, options.split) == (["one", "two"], "reviews", None)
