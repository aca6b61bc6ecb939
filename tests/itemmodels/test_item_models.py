"""The item models, checked by Qt's own rules and for what views rely on."""

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt

from app.domain.job import JobState, Phase
from app.domain.series import LogLine
from app.itemmodels.job_list import CARD_ROLE, JobCard, JobList
from app.itemmodels.log_lines import LogFilter, LogLines
from app.itemmodels.measurement_table import MeasurementTable
from app.itemmodels.model_tree import ModelRow, ModelTree
from app.itemmodels.syncing import InsertRow, MoveRow, RemoveRow, row_changes
from tests.factories import make_job, make_measurements, make_model, make_variant


def rows() -> list[ModelRow]:
    return [ModelRow(make_model()), ModelRow(make_variant()), ModelRow(make_model("m-9", "other"))]


def texts(model: QAbstractItemModel, column: int = 0) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_model_tree_keeps_qts_rules_through_every_change(qtmodeltester: object) -> None:
    tree = ModelTree()
    qtmodeltester.check(tree)
    for shown in (rows(), rows()[::-1], rows()[:1], [], rows()):
        tree.show_models(shown)
        qtmodeltester.check(tree)


def test_a_variant_stands_under_its_original_even_if_it_comes_from_a_variant() -> None:
    tree = ModelTree()
    tree.show_models([*rows(), ModelRow(make_variant("m-3", "again", parent_id="m-2"))])
    assert texts(tree) == ["sentiment", "other"]
    original = tree.index(0, 0)
    assert [tree.index(row, 0, original).data() for row in range(tree.rowCount(original))] == [
        "jpqd-fast",
        "again",
    ]


def test_a_model_that_names_itself_as_parent_is_shown_as_an_original() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_variant("m-1", "loop", parent_id="m-1"))])
    assert texts(tree) == ["loop"]


def test_figures_that_were_not_measured_are_dashes_and_say_so() -> None:
    tree = ModelTree()
    tree.show_models([ModelRow(make_model(structure=None, ir_bytes=None))])
    shown = [tree.index(0, column) for column in (3, 4, 6, 7)]
    assert [index.data() for index in shown] == ["—"] * 4
    assert all("not measured" in index.data(Qt.ItemDataRole.AccessibleTextRole) for index in shown)


def test_a_new_figure_updates_its_row_in_place() -> None:
    tree = ModelTree()
    tree.show_models(rows())
    kept = QPersistentModelIndex(tree.index_of("m-2"))
    figures = make_measurements("m-2", p50_ms=2.12, accuracy=0.908, size=11.9e6)
    changed = rows()
    changed[1] = ModelRow(make_variant(), figures[3], figures[0])
    tree.show_models(changed)
    assert kept.isValid()
    assert kept.sibling(kept.row(), 6).data() == "90.8 ± 2.3 %"
    assert kept.sibling(kept.row(), 7).data() == "2.12 ms · CPU, 1×32"


def test_the_job_list_keeps_its_rows_through_moves(qtmodeltester: object) -> None:
    jobs = JobList()
    cards = [JobCard(make_job(f"r-{n}"), "queued") for n in range(4)]
    jobs.show_jobs(cards)
    kept = QPersistentModelIndex(jobs.index(3))
    jobs.show_jobs([cards[3], cards[0], cards[2]])
    qtmodeltester.check(jobs)
    assert kept.row() == 0
    assert [jobs.index(row).data(CARD_ROLE).id for row in range(3)] == ["r-3", "r-0", "r-2"]


def test_a_changed_job_changes_its_row_alone() -> None:
    jobs = JobList()
    cards = [JobCard(make_job(f"r-{n}"), "queued") for n in range(3)]
    jobs.show_jobs(cards)
    told: list[int] = []
    jobs.dataChanged.connect(lambda first, _last: told.append(first.row()))
    running = msgspec.structs.replace(cards[1].job, state=JobState(phase=Phase.RUNNING))
    jobs.show_jobs([cards[0], JobCard(running, "running"), cards[2]])
    assert told == [1]


def test_jobs_with_the_same_title_are_told_apart_by_when_they_were_made() -> None:
    jobs = JobList()
    jobs.show_jobs([JobCard(make_job("r-1"), "finished", "18:31", "22 Nov, 18:31")])
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert jobs.index(0).data(role) == f"{make_job('r-1').title}\nfinished\n22 Nov, 18:31"


def test_measurements_show_value_interval_and_conditions(qtmodeltester: object) -> None:
    table = MeasurementTable()
    table.show_measurements(make_measurements("m-1", p50_ms=8.91, accuracy=0.912, size=61.4e6))
    qtmodeltester.check(table)
    by_figure = {
        texts(table)[row]: [table.index(row, column).data() for column in range(9)] for row in range(5)
    }
    assert by_figure["Accuracy"][1:3] == ["91.2 %", "88.9 to 93.5 %"]
    assert by_figure["Latency p50"][1:7] == ["8.91 ms", "", "CPU", "f32", "1×32", "latency"]


def test_the_log_grows_at_its_end_and_is_filtered_by_level_and_text(qtmodeltester: object) -> None:
    lines = [
        LogLine(1.0, "info", "Step one"),
        LogLine(2.0, "warning", "careful"),
        LogLine(3.0, "error", "one broke"),
    ]
    log, shown = LogLines(), LogFilter()
    shown.setSourceModel(log)
    log.show_lines(lines[:2])
    resets: list[bool] = []
    log.modelReset.connect(lambda: resets.append(True))
    log.show_lines(lines)
    qtmodeltester.check(log)
    qtmodeltester.check(shown)
    assert not resets
    shown.show_only(level="warning", text="")
    assert [text.split(" ", 1)[1] for text in texts(shown)] == ["warning: careful", "error: one broke"]
    shown.show_only(level="info", text="ONE")
    assert shown.rowCount() == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "abc"), ("abc", ""), ("abc", "cba"), ("abcd", "xbya"), ("abc", "abc"), ("ab", "cab")],
)
def test_row_changes_turn_one_list_into_the_other(old: str, new: str) -> None:
    present = list(old)
    for change in row_changes(list(old), list(new)):
        match change:
            case RemoveRow(row):
                del present[row]
            case InsertRow(row, key):
                present.insert(row, key)
            case MoveRow(source, target):
                assert target < source
                present.insert(target, present.pop(source))
    assert present == list(new)


def test_the_log_knows_its_first_error_and_notices_another_run() -> None:
    calm = [LogLine(float(at), "info", f"line {at}") for at in range(3)]
    log, shown = LogLines(), LogFilter()
    shown.setSourceModel(log)
    assert not log.show_lines(calm)
    assert log.first_error is None
    broken = [*calm, LogLine(3.0, "error", "broke"), LogLine(4.0, "error", "again")]
    assert not log.show_lines(broken), "it only grew"
    assert log.first_error == 3
    assert log.show_lines([LogLine(9.0, "info", "another run")])
    assert log.first_error is None
    assert [text.split(" ", 1)[1] for text in shown.texts()] == ["another run"]


def test_ten_thousand_lines_are_filtered_and_come_back() -> None:
    log, shown = LogLines(), LogFilter()
    shown.setSourceModel(log)
    log.show_lines([LogLine(float(at), "info", f"step {at} task 0.1") for at in range(10_000)])
    for text in ("s", "st", "step 9", "nowhere", ""):
        shown.show_only(level="info", text=text)
    assert shown.rowCount() == 10_000
