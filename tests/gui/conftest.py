"""The whole window over a real workspace, with workers that only pretend."""

import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import BuiltWindow, build_window, prepare_application
from app.services.assembly import Services
from app.services.background import Background
from app.services.devices import DeviceList
from app.services.engine_session import EngineSession
from app.services.job_process import JobProcess
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.services.settings import Settings
from app.services.text_datasets import DatasetLibrary
from app.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
REHEARSAL = (sys.executable, "-P", str(ROOT / "tests" / "gui" / "rehearsal.py"))


def rehearsing_process(spec_path: Path, environment: dict[str, str]) -> JobProcess:
    """Return an unstarted worker that plays a made-up run."""
    return JobProcess(spec_path, command=REHEARSAL, environment={**environment, "PYTHONPATH": str(ROOT)})


@dataclass(frozen=True)
class Bench:
    """What a test of the window works with."""

    built: BuiltWindow
    services: Services

    @property
    def window(self) -> object:
        return self.built.window


def services_over(workspace: Workspace, session: EngineSession | None = None) -> Services:
    """Return services whose workers only pretend; ``session`` in place of a pretending one."""
    queue = JobQueue(workspace, new_process=rehearsing_process)
    session = session or EngineSession(new_process=rehearsing_process)
    return Services(
        workspace=workspace,
        queue=queue,
        models=ModelLibrary(workspace, queue),
        datasets=DatasetLibrary(workspace),
        background=Background(),
        session=session,
        devices=DeviceList(session),
    )


@contextmanager
def shown_over(services: Services, app: QApplication) -> Generator[Bench]:
    """Show the window over services; everything is closed and gone afterwards."""
    theme, look = prepare_application(app)
    built = build_window(services, theme, look, Settings())
    built.window.show()
    try:
        yield Bench(built, services)
    finally:
        built.window.close()
        built.window.deleteLater()
        # A check that is still due goes with the window: behind it the workspace is closed.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.take_off()  # the next window would be styled widget by widget: 1.3 s to build instead of 0.2
        services.close()
        for each in (services.queue, services.devices, services.session, services.background, theme, look):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    """The shown window; everything is closed and gone afterwards."""
    with shown_over(services_over(Workspace.open(tmp_path / "workspace")), qapp) as bench:
        qtbot.waitExposed(bench.built.window)
        yield bench
