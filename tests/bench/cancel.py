"""From the press of Cancel to what is seen of it, and to the end of everything that the job started.

    python -m tests.bench.cancel

A real worker process, once one that heeds the wish at its next step and once one that does not and has
started a child of its own: its whole group is killed when the grace time is over.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton

from app.bootstrap import build_window, prepare_application
from app.domain.job import Phase
from app.itemmodels.job_list import CARD_ROLE, JobCard
from app.services.assembly import Services
from app.services.background import Background
from app.services.devices import DeviceList
from app.services.engine_session import EngineSession
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.services.settings import Settings
from app.services.text_datasets import DatasetLibrary
from app.store.workspace import Workspace
from tests.bench.click_feedback import LEFT, NONE, Painted
from tests.bench.figure import Figure, table_of
from tests.gui.conftest import Bench
from tests.gui.stage import handle_of, wait_for
from tests.records import import_spec
from tests.workers import is_gone, stand_in_process

SHOWN_MS, GONE_S = 100.0, 5.0
GRACE_MS = 4_000
"""As `JobProcess` has it outside of tests."""
ROUNDS = 5


def cancel_once(bench: Bench, pretends: str, has_begun: Callable[[Path], bool]) -> tuple[float, float]:
    """Run a job, press Cancel; return milliseconds until shown and seconds until its processes are gone."""
    queue, workspace = bench.services.queue, bench.services.workspace
    spec = import_spec(workspace, f"/{pretends}")
    job = queue.submit(spec, "a job")
    folder = workspace.run_folder(job.run_id)
    bench.built.shell.show_job(job.run_id)
    if not wait_for(lambda: has_begun(folder), 20):
        raise RuntimeError(f"{pretends} did not begin")
    pids = [queue._workers[job.run_id].pid]
    if (child := folder / "child.pid").exists():
        pids.append(int(child.read_text()))
    window = bench.built.window
    cancel = window.findChild(QPushButton, "button.jobs.cancel")
    jobs = window.findChild(QListView, "jobs.list")
    wait_for(cancel.isEnabled, 5)
    painted = Painted(jobs.viewport())
    QCoreApplication.instance().installEventFilter(painted)
    started = time.monotonic()
    QTest.mouseClick(handle_of(cancel), LEFT, NONE, cancel.mapTo(window, cancel.rect().center()))
    shown_ms = until_shown(jobs, job.run_id, painted, started)
    QCoreApplication.instance().removeEventFilter(painted)
    if not wait_for(lambda: all(map(is_gone, pids)), 20):
        raise RuntimeError("the processes live on")
    gone_s = time.monotonic() - started
    wait_for(lambda: queue.running is None, 10)
    return shown_ms, gone_s


def until_shown(jobs: QListView, run_id: str, painted: Painted, started: float) -> float:
    """Return the milliseconds until the list has painted that the job is being cancelled."""
    model = jobs.model()
    while time.monotonic() - started < 5:
        QCoreApplication.processEvents()
        cards: list[JobCard] = [model.index(row, 0).data(CARD_ROLE) for row in range(model.rowCount())]
        phase = next(card.phase for card in cards if card.id == run_id)
        if phase not in {Phase.CANCELLING, Phase.CANCELLED}:
            painted.is_seen = False  # only what is painted from here on can show it
        elif painted.is_seen:
            return (time.monotonic() - started) * 1000
    raise RuntimeError("Cancel was not shown")


def figures() -> list[Figure]:
    """Cancel both kinds several times."""
    app = QApplication.instance() or QApplication(["whittle"])
    assert isinstance(app, QApplication)
    measured: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        workspace = Workspace.open(Path(folder) / "workspace")
        queue = JobQueue(workspace, new_process=partial(stand_in_process, grace_ms=GRACE_MS))
        session = EngineSession()
        services = Services(
            workspace=workspace,
            queue=queue,
            models=ModelLibrary(workspace, queue),
            datasets=DatasetLibrary(workspace),
            background=Background(),
            session=session,
            devices=DeviceList(session),
        )
        theme, look = prepare_application(app)
        built = build_window(services, theme, look, Settings())
        built.window.show()
        QTest.qWait(300)
        for title, pretends, begun in (
            ("heeding", "steps:100000", lambda path: (path / "checkpoint.json").exists()),
            ("stubborn, with a child", "stubborn", lambda path: (path / "child.pid").exists()),
        ):
            took = [cancel_once(Bench(built, services), pretends, begun) for _ in range(ROUNDS)]
            shown, gone = (max(each) for each in zip(*took, strict=True))
            note = f"largest of {ROUNDS}"
            measured.append(Figure(f"cancel shown ({title})", shown, "ms", SHOWN_MS, note))
            measured.append(Figure(f"cancel: process group gone ({title})", gone, "s", GONE_S, note))
        built.window.close()
        services.close()
        for each in (built.window, theme, look):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return measured


def main() -> int:
    """Print the table."""
    measured = figures()
    print(table_of(measured))
    return 0 if all(figure.is_met for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
