"""The monkey finds what goes wrong, and the window as it is gives it nothing to find for some seconds."""

import os
import subprocess
import sys
from pathlib import Path
from weakref import WeakSet

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.views.look import Look
from app.views.main_window import MainWindow
from tests.gui.conftest import ROOT
from tests.gui.watch import Count, Watch, judge

SECONDS = os.environ.get("WHITTLE_MONKEY_SECONDS", "20")


def test_random_clicks_and_keys_break_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.monkey", "--seconds", SECONDS, "--seed", "1"],
        cwd=ROOT,
        # Memory that is freed is filled: what is still used of it crashes at once, not now and then.
        env=os.environ | {"MALLOC_PERTURB_": "165"},
        capture_output=True,
        text=True,
        timeout=300 + float(SECONDS),
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
    assert '"actions"' in done.stdout


@pytest.fixture
def watch(tmp_path: Path, qapp: QApplication) -> Watch:
    return Watch(7, tmp_path)


def test_an_exception_in_a_slot_is_told_with_seed_and_actions(watch: Watch, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    watch.note("click QPushButton(break.it) 3,4")
    QTimer.singleShot(0, fail)
    with watch.listening():
        qtbot.waitUntil(lambda: bool(watch.faults))

    ((kind, text),) = watch.faults.items()
    assert kind.startswith("ZeroDivisionError at test_monkey.py:")
    assert "seed 7" in text
    assert "1 click QPushButton(break.it) 3,4" in text


@pytest.mark.qt_log_level_fail("CRITICAL")
def test_a_warning_of_qt_and_a_file_outside_are_faults(watch: Watch, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"outside-{os.getpid()}"
    with watch.listening():
        (tmp_path / "inside").write_text("")
        assert watch.faults == {}
        qWarning("something is not right")
        outside.write_text("")
        outside.unlink()

    assert list(watch.faults) == [
        "Qt: something is not right",
        f"open of {outside}",
        f"os.remove of {outside}",
    ]


def test_windows_and_widgets_that_stay_behind_are_faults(watch: Watch, qtbot: QtBot) -> None:
    early = Count(100)
    # More than the tolerated share of whatever other tests left in this process.
    menus = [QMenu() for _ in range(10 + early.windows.total() // 10)]
    late = Count(200)
    judge([early, late], watch)

    assert set(watch.faults) >= {"windows stay behind"}
    assert "QMenu" in watch.faults["windows stay behind"]
    for menu in menus:
        menu.deleteLater()


def test_an_old_window_that_something_holds_is_a_fault(watch: Watch, qapp: QApplication) -> None:
    held = [MainWindow(Look(qapp)) for _ in range(2)]
    windows = WeakSet(held)
    for window in held:
        delete(window)  # of which Python's part is left
    judge([Count(100, windows)], watch)
    assert "old windows are held" in watch.faults

    watch.faults.clear()
    del window, held[:1]
    judge([Count(200, windows)], watch)
    assert watch.faults == {}


def test_memory_that_grows_is_a_fault_after_the_warm_up_alone(watch: Watch) -> None:
    counts = [Count(at_s) for at_s in (50, 100, 140, 160, 200)]
    # In the second half alone, and without what is open for a while.
    for count, used_mb in zip(counts, (100.0, 200.0, 230.0, 230.0, 209.0), strict=True):
        count.used_mb, count.rss_mb, count.main_windows = used_mb, 2 * used_mb, 1
    judge(counts, watch)
    assert watch.faults == {}
    counts[-1].used_mb = 211.0
    judge(counts, watch)
    assert list(watch.faults) == ["memory in use grows"]


def test_what_the_system_has_given_is_judged_in_long_runs(watch: Watch) -> None:
    counts = [Count(at_s) for at_s in (300, 900, 1800)]
    for count, rss_mb in zip(counts, (100.0, 200.0, 211.0), strict=True):
        count.used_mb, count.rss_mb, count.main_windows = 100.0, rss_mb, 1
    judge(counts, watch)
    assert list(watch.faults) == ["memory grows"]


def test_memory_in_use_is_that_of_python_and_of_c() -> None:
    before = Count(1)
    of_python = [str(number) for number in range(400_000)]  # some 20 MB
    of_c = bytearray(30_000_000)
    after = Count(2)
    assert 45 < after.used_mb - before.used_mb < 65
    del of_python, of_c
    assert abs(Count(3).used_mb - before.used_mb) < 5
