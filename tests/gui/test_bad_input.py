"""Bad input in the window: a notice that says what to do, and a window that goes on."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, prepare_application
from app.domain.event import Checkpointed
from app.domain.job import Phase
from app.services.assembly import build_services
from app.services.settings import Settings
from app.store.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.problem_window import ProblemWindow
from app.views.widgets.notice import Notice
from app.wire.framing import encode_event
from tests.disks import fill, read_only, small_disk
from tests.gui.conftest import Bench, services_over, shown_over
from tests.records import import_spec, job_of
from tests.workers import ROOT

STARTER = ROOT / "resources" / "starter" / "sentiment"
WAIT_MS = 90_000


def shown_notice(page: QWidget) -> str:
    """Return what the page's notice says, empty where it has none."""
    notice = page.findChild(Notice)
    assert isinstance(notice, Notice)
    return notice.accessibleName() if notice.isVisible() else ""


def goes_on(bench: Bench) -> bool:
    """Whether every page still comes up."""
    window = bench.built.window
    for page in ("models", "compress", "jobs"):
        window.show_page(page)
        if window.current_page != page:
            return False
    return True


@pytest.fixture
def real_bench(qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    """The shown window with the real worker."""
    with shown_over(build_services(tmp_path / "workspace"), qapp) as bench:
        yield bench


def truncate(folder: Path) -> None:
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.truncate(1_000_000)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (truncate, "model.safetensors"),
        (lambda folder: (folder / "config.json").unlink(), "config.json"),
    ],
    ids=["broken safetensors", "no config"],
)
def test_a_model_that_cannot_be_imported_is_told_where_it_was_asked_for(
    real_bench: Bench, qtbot: QtBot, tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    source = Path(shutil.copytree(STARTER, tmp_path / "source"))
    spoil(source)
    window = real_bench.built.window
    window.show_page("models")
    job = real_bench.built.shell.models.import_model(str(source))
    assert job is not None

    def failed() -> bool:
        found = real_bench.services.queue.job(job.run_id)
        return found is not None and found.state.phase is Phase.FAILED

    qtbot.waitUntil(failed, timeout=WAIT_MS)
    assert says in shown_notice(window.models)
    assert not window.notice.isVisible(), "told once"
    assert goes_on(real_bench)
    assert not list((tmp_path / "workspace" / "models").iterdir())


def test_an_import_whose_worker_is_killed_is_not_said_to_go_on(real_bench: Bench, qtbot: QtBot) -> None:
    window = real_bench.built.window
    window.show_page("models")
    job = real_bench.built.shell.models.import_model("starter")
    assert job is not None
    queue = real_bench.services.queue
    qtbot.waitUntil(lambda: job.run_id in queue._workers, timeout=WAIT_MS)
    os.killpg(queue._workers[job.run_id].pid, signal.SIGKILL)

    qtbot.waitUntil(lambda: "interrupted" in shown_notice(window.models), timeout=WAIT_MS)
    assert goes_on(real_bench)


@pytest.mark.parametrize(
    ("content", "says"),
    [("sentence\tlabel\n", "no rows"), ("sentence\tlabel\ngood\n", "columns")],
    ids=["empty", "half a row"],
)
def test_data_that_cannot_be_read_is_told_on_the_page(
    bench: Bench, qtbot: QtBot, tmp_path: Path, content: str, says: str
) -> None:
    data = tmp_path / "data.tsv"
    data.write_text(content)
    window = bench.built.window
    window.show_page("compress")

    window.compress.data_file_chosen.emit("train", str(data))

    qtbot.waitUntil(lambda: says in shown_notice(window.compress), timeout=WAIT_MS)
    assert goes_on(bench)


def test_labels_that_the_model_does_not_know_are_told_once_their_column_is_chosen(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    window = bench.built.window
    qtbot.mouseClick(window.findChild(QPushButton, "models.starter"), Qt.MouseButton.LeftButton)
    start = window.findChild(QPushButton, "button.compress.start")
    qtbot.waitUntil(start.isEnabled, timeout=WAIT_MS)
    data = tmp_path / "data.tsv"
    data.write_text("sentence\tlabel\ngood\t1\nbad\t7\n")
    window.compress.data_file_chosen.emit("train", str(data))
    qtbot.waitUntil(window.compress.mapping.isVisible, timeout=WAIT_MS)

    qtbot.mouseClick(window.findChild(QPushButton, "mapping.use"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "“7” is none of" in shown_notice(window.compress), timeout=WAIT_MS)
    assert goes_on(bench)
    assert not list((tmp_path / "workspace" / "datasets").iterdir())


def test_a_file_without_a_label_column_asks_which_one_it_is(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    data = tmp_path / "data.tsv"
    data.write_text("sentence\tstars\ngood\t5\nbad\t1\n")
    window = bench.built.window
    window.show_page("compress")
    window.compress.data_file_chosen.emit("train", str(data))
    qtbot.waitUntil(window.compress.mapping.isVisible, timeout=WAIT_MS)
    assert goes_on(bench)


def test_a_full_disk_is_told_and_the_window_goes_on(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "disk", 4) as disk,
        shown_over(services_over(Workspace.open(disk / "w")), qapp) as bench,
    ):
        window, models = bench.built.window, bench.built.shell.models
        window.show_page("models")
        fill(disk / "filler")

        assert models.import_model("starter") is None

        assert "full" in shown_notice(window.models)
        assert bench.services.queue.jobs() == []
        assert not list((disk / "w" / "runs").iterdir())
        (disk / "filler").unlink()
        assert models.import_model("starter") is not None
        qtbot.waitUntil(lambda: len(bench.services.models.models()) == 1, timeout=WAIT_MS)


def test_a_read_only_workspace_is_told_and_another_one_opens(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    Workspace.open(tmp_path / "w").close()
    theme, look = prepare_application(qapp)
    start = Program(qapp, theme, look, Settings())
    with read_only(tmp_path / "w") as folder:
        start.open(folder)
        (problem,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ProblemWindow)]
        assert "cannot be written to" in problem.notice.accessibleName()
        problem.folder_chosen.emit(str(tmp_path / "other"))
    (window,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()
    ]
    assert goes_on(Bench(start.built, start.services))  # type: ignore[arg-type]
    window.close()
    start.close()
    for each in (start, theme, look):
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_run_that_died_with_its_window_is_offered_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    before = Workspace.open(tmp_path / "workspace")
    job = before.runs.add(job_of(import_spec(before)))
    assert before.runs.claim(job)
    log = before.run_folder(job.run_id) / "events.jsonl"
    log.write_bytes(encode_event(Checkpointed(5)) + b'{"v":1,"at":17')
    before.close()  # its lock is gone, as after a kill

    with shown_over(services_over(Workspace.open(tmp_path / "workspace")), qapp) as bench:
        window = bench.built.window
        window.show_page("jobs")
        for name in ("card.resume", "card.discard"):
            qtbot.waitUntil(lambda name=name: _is_offered(window, name), timeout=WAIT_MS)
        for name in ("card.discard", "question.yes"):
            qtbot.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
        found = bench.services.queue.job(job.run_id)
        assert found is not None
        assert found.state.phase is Phase.CANCELLED


def _is_offered(window: MainWindow, name: str) -> bool:
    found = window.findChild(QPushButton, name)
    return isinstance(found, QPushButton) and found.isVisible() and found.isEnabled()
