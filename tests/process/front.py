"""The real window over a workspace, for tests that kill it: starts a job or goes on with one.

``front.py WORKSPACE start SPEC`` or ``front.py WORKSPACE resume RUN``; tells what happens as JSON
lines, and closes once the job has ended. A job that has stopped is resumed by its card's button.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.bootstrap import BuiltWindow, Services, build_services, build_window, prepare_application
from app.domain.job import ENDED, RESUMABLE, CompressSpec, Phase
from app.services.settings import Settings

_LOOK_EVERY_MS = 20


def tell(**fact: object) -> None:
    """Print one fact."""
    sys.stdout.write(f"{json.dumps(fact)}\n")
    sys.stdout.flush()


class Front:
    """Watches one job and presses what a person would press."""

    def __init__(self, app: QApplication, services: Services, built: BuiltWindow, run_id: str) -> None:
        self._app = app
        self._queue = services.queue
        self._built = built
        self._run_id = run_id
        self._pid = 0
        self._timer = QTimer(interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        built.shell.show_job(run_id)
        self._queue.problem_arose.connect(lambda problem: tell(problem=str(problem)))

    def _look(self) -> None:
        job = self._queue.job(self._run_id)
        assert job is not None
        workers = self._queue._workers
        if self._run_id in workers and (pid := workers[self._run_id].pid) not in {0, self._pid}:
            self._pid = pid
            tell(worker=self._pid)
        if job.state.phase in RESUMABLE:
            resume, discard = (self._button(f"card.{name}") for name in ("resume", "discard"))
            if resume is not None and discard is not None:
                tell(offered=str(job.state.phase))
                QTest.mouseClick(resume, Qt.MouseButton.LeftButton)
        elif job.state.phase in ENDED:
            problem = None if job.state.problem is None else msgspec.to_builtins(job.state.problem)
            tell(ended=str(job.state.phase), problem=problem)
            self._built.window.close()
            self._app.exit(0 if job.state.phase is Phase.FINISHED else 1)

    def _button(self, name: str) -> QPushButton | None:
        found = self._built.window.findChild(QPushButton, name)
        return found if isinstance(found, QPushButton) and found.isVisible() and found.isEnabled() else None


def main() -> int:
    """Show the window and watch; return 0 where the job finished."""
    folder, mode, what = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    places = str(folder.parent / "settings")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, places)
    app = QApplication(sys.argv[:1])
    theme, look = prepare_application(app)
    services = build_services(folder)
    built = build_window(services, theme, look, Settings())
    built.window.show()
    if mode == "start":
        spec = msgspec.json.decode(Path(what).read_bytes(), type=CompressSpec)
        run_id = services.queue.submit(spec, "JPQD").run_id
    else:
        run_id = what
    front = Front(app, services, built, run_id)
    code = app.exec()
    services.close()
    del front
    return code


if __name__ == "__main__":
    sys.exit(main())
