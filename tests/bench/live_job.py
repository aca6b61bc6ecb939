"""The largest event-loop gap and the memory of the window while the starter is pruned before its eyes.

    python -m tests.bench.live_job WORKSPACE

Two clicks, as a new user makes them, start jpqd-fast in a real child process; the Jobs page shows its
plots until it ends. A 5 ms timer notes when the event loop comes round; a gap is the time between two
rounds beyond those 5 ms. Offscreen unless a display is there.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.bootstrap import BuiltWindow, build_services, build_window, prepare_application
from app.domain.job import ENDED, CompressSpec, Job, Phase
from app.services.settings import Settings

TICK_MS = 5
LONG_MS = 25
LONGEST_S = 600
AT_REST_MS = 1_500
"""Until what draws is loaded, a quarter of a second after the first painting; no job runs before."""


class Rounds:
    """Notes how long the event loop takes to come round."""

    def __init__(self) -> None:
        self.gaps_ms: list[float] = []
        self.long_ones: list[tuple[float, float]] = []
        """Second since the start, and length in ms."""
        self._started = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin to count."""
        self._started = time.monotonic()
        self._clock.start()
        self._timer.start()

    def _on_timeout(self) -> None:
        gap = self._clock.nsecsElapsed() / 1e6 - TICK_MS
        self.gaps_ms.append(gap)
        if gap > LONG_MS:
            self.long_ones.append((round(time.monotonic() - self._started, 1), round(gap, 1)))
        self._clock.restart()


def wait_for(happened: Callable[[], bool], seconds: float) -> bool:
    """Let the event loop run until something happened; return whether it did."""
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        QTest.qWait(100)
    return happened()


def click(built: BuiltWindow, name: str) -> None:
    """Click a button by its name, once it can be clicked."""
    found = built.window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    assert wait_for(found.isEnabled, 180), f"{name} stays disabled"
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def main() -> int:
    """Run the job in the window and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    folder: Path = parser.parse_args().workspace
    app = QApplication(sys.argv[:1])
    theme, look = prepare_application(app)
    services = build_services(folder)
    built = build_window(services, theme, look, Settings())
    built.window.resize(1280, 800)
    built.window.show()
    QTest.qWaitForWindowExposed(built.window)
    rounds, process = Rounds(), psutil.Process()
    ended: list[Job] = []
    memory_mb: list[float] = []
    watch = QTimer()
    watch.timeout.connect(lambda: memory_mb.append(process.memory_info().rss / 1e6))
    watch.start(500)
    QTest.qWait(AT_REST_MS)
    services.queue.job_changed.connect(
        lambda job: (
            ended.append(job) if isinstance(job.spec, CompressSpec) and job.state.phase in ENDED else None
        )
    )
    rounds.start()  # the import of the starter is a job too
    click(built, "models.starter")
    click(built, "button.compress.start")
    started = time.monotonic()
    wait_for(lambda: bool(ended), LONGEST_S)
    seconds = time.monotonic() - started
    gaps = sorted(rounds.gaps_ms)
    job = ended[0] if ended else services.queue.job(built.shell.jobs.selected or "")
    report = {
        "phase": str(job.state.phase) if job else None,
        "job_s": round(seconds, 1),
        "gap_max_ms": round(gaps[-1], 1),
        "gaps_over_50_ms": sum(gap > 50 for gap in gaps),
        "gaps_at_s": rounds.long_ones,
        "gap_p999_ms": round(gaps[int(0.999 * len(gaps))], 1),
        "rounds": len(gaps),
        "window_memory_max_mb": round(max(memory_mb), 1),
        "platform": app.platformName(),
        "result": {k: v for k, v in job.state.result.items() if k != "groups"} if job else None,
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    built.window.close()
    services.close()
    return 0 if job is not None and job.state.phase is Phase.FINISHED else 1


if __name__ == "__main__":
    sys.exit(main())
