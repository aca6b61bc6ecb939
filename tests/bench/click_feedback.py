"""From the press of the mouse to the painted answer: rail, buttons and rows of every page, a job running.

    python -m tests.bench.click_feedback

The press goes in where the window system hands it over; the clock stops when the event loop has painted
what answers it: the page of a rail button, the pressed look of a button, the row in its list. Offscreen,
so that no screen's refresh is part of it. Buttons are let go outside of themselves and do nothing.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QPushButton,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from app.domain.job import Phase
from app.views.actions import PAGES
from app.views.main_window import MainWindow
from tests.bench.figure import Figure, percentile, table_of
from tests.gui.conftest import Bench
from tests.gui.stage import handle_of, interactive_widgets, staged, wait_for

BUDGET_MS = 100.0
ROUNDS = 12
MOST_ROWS = 4
LONGEST_S = 2.0
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


Took = tuple[float, float]
"""Milliseconds by the clock, and those in which the window's own thread worked: a busy machine adds to the
first alone."""


NEXT_WORK = frozenset({QEvent.Type.Timer, QEvent.Type.MetaCall, QEvent.Type.MouseButtonRelease})
"""What the event loop turns to once a painting is done."""


class Painted(QObject):
    """Takes the time when a widget, or anything in it, was painted, and all that was painted with it."""

    def __init__(self, target: QWidget) -> None:
        super().__init__()
        self._target = target
        self.is_seen = False
        """Whether it was painted since."""
        self._started, self._worked = time.perf_counter(), time.thread_time()
        self.took: Took | None = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.is_seen and event.type() in NEXT_WORK:
            self.stop()
        elif event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.is_seen = self.is_seen or watched is self._target or self._target.isAncestorOf(watched)
        return False

    def stop(self) -> None:
        """Stop the clock, if the answer has been painted and it still runs."""
        if self.is_seen and self.took is None:
            now, worked = time.perf_counter(), time.thread_time()
            self.took = (now - self._started) * 1000, (worked - self._worked) * 1000


def press(pressed: QWidget, point: QPoint, answers: QWidget, *, lets_go_inside: bool) -> Took:
    """Press the mouse and return how long it took until ``answers`` was painted."""
    QTest.qWait(30)
    handle, place = handle_of(pressed), pressed.mapTo(pressed.window(), point)
    QTest.mouseMove(handle, place)
    QTest.qWait(60)  # what the mouse passes over lights up: no part of the answer
    painted = Painted(answers)  # the clock runs
    application = QCoreApplication.instance()
    application.installEventFilter(painted)
    until = time.monotonic() + LONGEST_S
    QTest.mousePress(handle, LEFT, NONE, place)
    if lets_go_inside:
        QTest.mouseRelease(handle, LEFT, NONE, place)
    painted.stop()
    while painted.took is None and time.monotonic() < until:
        QCoreApplication.processEvents()
        painted.stop()
    application.removeEventFilter(painted)
    if not lets_go_inside:
        outside = QPoint(handle.width() - 2, 2)
        QTest.mouseMove(handle, outside)
        QTest.mouseRelease(handle, LEFT, NONE, outside)
    if painted.took is None:
        raise RuntimeError(f"nothing answered the press of {pressed.parent()}")
    return painted.took


def rail_ms(window: MainWindow) -> Iterator[Took]:
    """Press every button of the rail in turn."""
    for _ in range(ROUNDS):
        for spec in PAGES:
            button = window.findChild(QToolButton, f"rail.{spec.id}")
            other = next(each for each in PAGES if each.id != spec.id)
            if window.current_page == spec.id:
                window.show_page(other.id)
            page = getattr(window, "_pages")[spec.id]  # noqa: B009 - what a press brings up
            yield press(button, button.rect().center(), page, lets_go_inside=True)


def buttons_ms(window: MainWindow) -> Iterator[Took]:
    """Press every button of the page that is shown."""
    for _ in range(ROUNDS // 4):
        for widget in list(interactive_widgets(window)):
            name = widget.objectName()
            seen = widget.visibleRegion().boundingRect()
            if not isinstance(widget, QAbstractButton) or seen.isEmpty() or name.startswith("rail."):
                continue
            if not (isinstance(widget, QPushButton | QToolButton) and widget.menu() is not None):
                yield press(widget, seen.center(), widget, lets_go_inside=False)


def rows_ms(window: MainWindow) -> Iterator[Took]:
    """Choose rows of every list of the page that is shown."""
    for _ in range(ROUNDS // 3):
        for view in list(interactive_widgets(window)):
            if isinstance(view, QAbstractItemView) and view.model() is not None:
                QTest.qWait(250)  # a row that was chosen in another list fills this one
                for row in range(min(view.model().rowCount(), MOST_ROWS)):
                    index = view.model().index(row, 0)
                    place = view.visualRect(index)
                    spot = QPoint(place.left() + 12, place.top() + 8)
                    # The row that is chosen already has nothing to answer.
                    is_new = index.row() != view.currentIndex().row()
                    if is_new and view.viewport().rect().contains(spot):
                        yield press(view.viewport(), spot, view.viewport(), lets_go_inside=True)


def run_a_job(bench: Bench) -> None:
    """Start a rehearsed compression that lasts longer than the bench."""
    window = bench.built.window
    window.show_page("compress")
    window.compress.field_edited.emit("training.epochs", 300.0)
    start = window.actions_by_id["compress.start"]
    if not wait_for(start.isEnabled, 10):
        raise RuntimeError(f"the job cannot start: {window.compress.summary.text()}")
    start.trigger()
    wait_for(lambda: bench.services.queue.running is not None, 10)
    QTest.qWait(1500)


def figures() -> list[Figure]:
    """Measure all pages."""
    app = QApplication.instance() or QApplication(["whittle"])
    assert isinstance(app, QApplication)
    measured: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        with staged(app, Path(folder) / "workspace", full=True) as bench:
            window = bench.built.window
            run_a_job(bench)
            measured.append(_figure("rail", list(rail_ms(window))))
            for spec in PAGES:
                window.show_page(spec.id)
                QTest.qWait(300)
                for what, times in (("buttons", buttons_ms(window)), ("rows", rows_ms(window))):
                    if took := list(times):
                        measured.append(_figure(f"{what} of {spec.id}", took))
            running = bench.services.queue.running
            is_busy = running is not None and running.state.phase is Phase.RUNNING
            if not is_busy:
                raise RuntimeError("the job ended before the bench did")
    return measured


def _figure(what: str, took: list[Took]) -> Figure:
    took_ms = [by_clock for by_clock, _ in took]
    p50, p95 = percentile(took_ms, 0.5), percentile(took_ms, 0.95)
    note = (
        f"p50 {p50:.1f}, p95 {p95:.1f}, n {len(took)}; own work at most {max(work for _, work in took):.1f}"
    )
    return Figure(f"click feedback, {what} (max)", max(took_ms), "ms", BUDGET_MS, note)


def main() -> int:
    """Print the table."""
    measured = figures()
    print(table_of(measured))
    return 0 if all(figure.is_met for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
