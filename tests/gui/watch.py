"""What goes wrong while somebody plays with the window, and what it costs."""

import ctypes
import faulthandler
import gc
import os
import re
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from types import TracebackType

import psutil
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app.views.main_window import MainWindow

HANG_S = 60
WARM_UP, WARM_UP_S = 1 / 2, 90
"""The part of a run, and the least time, after which what is in use has no more reason to grow."""
SETTLED_S = 900
"""The time after which what the system has given has no more reason to grow either: before that, pages of
libraries are touched for the first time, and the free room in the heap becomes as scattered as it gets."""
LAST = 3 / 4
"""Where the last part of a run begins, whose memory is compared with that before."""
GROWTH = 0.05
HARMLESS = "This plugin does not support"
"""What Qt's offscreen platform says of itself."""
_SCHEMES = ("http", "https", "file", "mailto")
_ANYWHERE = ("/dev/", "/proc/")


class Watch(QObject):
    """Takes down every fault with what was done before it."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__()
        self.seed = seed
        self.done = 0
        self.recent: deque[str] = deque(maxlen=30)
        self.faults: dict[str, str] = {}
        """By what tells one fault from another."""
        self.times: Counter[str] = Counter()
        self.lives_at = time.monotonic()
        self._trace = folder / "actions.txt"
        """It outlives a crash, as does the folder."""
        self._allowed = (str(folder), *_ANYWHERE)
        self._is_listening = False

    def note(self, action: str) -> None:
        """An action is about to happen."""
        self.done += 1
        self.lives_at = time.monotonic()
        self.recent.append(f"{self.done} {action}")
        with self._trace.open("a", encoding="utf-8", errors="replace") as trace:
            trace.write(f"{self.done} {action}\n")

    def fault(self, kind: str, text: str) -> None:
        """Something went wrong; the first of each kind is kept whole."""
        self.times[kind] += 1
        if kind not in self.faults:
            self.faults[kind] = f"{kind}\n{text}\n{self._steps()}"
            sys.stdout.write(f"FAULT {self.faults[kind]}\n\n")
            sys.stdout.flush()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Let nothing go unheard: exceptions, messages of Qt, files outside of the folder, links, hangs."""
        self._is_listening = True
        faulthandler.enable()
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._on_exception
        threading.excepthook = sys.unraisablehook = lambda args: self._on_exception(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        before = qInstallMessageHandler(self._on_message)
        sys.addaudithook(self._on_audit)
        for scheme in _SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "opened")
        threading.Thread(target=self._guard, daemon=True).start()
        try:
            yield
        finally:
            self._is_listening = False  # an audit hook cannot be taken away
            for scheme in _SCHEMES:
                QDesktopServices.unsetUrlHandler(scheme)
            qInstallMessageHandler(before)
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks

    @Slot(QUrl)
    def opened(self, url: QUrl) -> None:
        """A link was followed: to nowhere, here."""
        self.note(f"link {url.toString()}")

    def _steps(self) -> str:
        steps = "\n    ".join(self.recent)
        return f"  seed {self.seed}, after:\n    {steps}"

    def _guard(self) -> None:
        """End the process, and say where it stands, once it has hung for long."""
        while self._is_listening:
            if time.monotonic() - self.lives_at > HANG_S:
                sys.stdout.write(f"FAULT hangs\n{self._steps()}\n")
                sys.stdout.flush()
                faulthandler.dump_traceback()
                os._exit(1)
            time.sleep(1)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        last = traceback.extract_tb(trace)[-1:]
        place = f"{Path(last[0].filename).name}:{last[0].lineno}" if last else "?"
        self.fault(f"{kind.__name__} at {place}", "".join(traceback.format_exception(kind, error, trace)))

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not text.startswith(HARMLESS):
            self.fault(f"Qt: {text}", "".join(traceback.format_stack(limit=12)))

    def _on_audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_listening:
            return
        for path in _written(event, arguments):
            whole = path if path.startswith("/") else f"{Path.cwd()}/{path}"
            is_python = "__pycache__" in whole  # it keeps what it compiled beside the module
            if not is_python and not whole.startswith(self._allowed):
                self.fault(f"{event} of {path}", "".join(traceback.format_stack(limit=12)))


def _written(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    """Yield the paths that an audited call writes to."""
    paths: tuple[object, ...] = ()
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        paths = arguments[:1]
    elif event in {"os.rename", "os.symlink"}:
        paths = arguments[:2]
    elif event in {"os.remove", "os.mkdir", "os.rmdir"} and arguments[-1] == -1:  # not by a folder's handle
        paths = arguments[:1]
    for path in paths:
        if isinstance(path, str | bytes):
            yield os.fsdecode(path)


class Count:
    """What there is at a moment: memory, widgets by type, windows by type, main windows that are held."""

    def __init__(self, at_s: float, main_windows: Collection[MainWindow] = ()) -> None:
        """Count at a time in seconds; ``main_windows`` are those that Python holds, weakly counted."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()  # what the next window to be built would let go has not stayed behind
        gc.collect()
        # Not among `gc.get_objects()`: a tuple that a thread is just filling must not be held by others.
        self.main_windows = len(main_windows)
        gc.freeze()
        _hand_back()
        self.at_s = at_s
        self.used_mb = (_used_of_c() + _used_of_python()) / 1e6
        self.rss_mb = psutil.Process().memory_info().rss / 1e6
        self.widgets = Counter(type(each).__name__ for each in QApplication.allWidgets())
        self.windows = Counter(type(each).__name__ for each in QApplication.topLevelWidgets())

    def __str__(self) -> str:
        widgets, windows = self.widgets.total(), self.windows.total()
        held = f", {self.main_windows} of them main ones" if self.main_windows > 1 else ""
        memory = f"{self.used_mb:7.1f} MB in use of {self.rss_mb:7.1f}"
        return f"{self.at_s:7.0f} s  {memory}  {widgets:5} widgets  {windows:3} windows{held}"


def _hand_back() -> None:
    """Have the allocator give freed memory back to the system: what it keeps for later is no leak."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # the C library of most systems has it
        trim(0)


class _MallocInfo(ctypes.Structure):
    """What ``mallinfo2`` of the GNU C library returns, in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def _used_of_c() -> int:
    """Return the bytes that are in use on the C library's heap, 0 where it does not tell."""
    tell = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if tell is None:
        return 0
    tell.restype = _MallocInfo
    told = tell()
    return int(told.uordblks + told.hblkhd)


def _used_of_python() -> int:
    """Return the bytes that are in use in Python's own arenas, which lie outside of that heap."""
    with tempfile.TemporaryFile("w+") as told:
        kept = os.dup(2)
        os.dup2(told.fileno(), 2)
        try:
            sys._debugmallocstats()
            ctypes.CDLL(None).fflush(None)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        told.seek(0)
        found = re.search(r"bytes in allocated blocks *= *([\d,]+)", told.read())
    assert found is not None, "Python does not tell what it has allocated"
    return int(found[1].replace(",", ""))


def judge(counts: list[Count], watch: Watch) -> None:
    """Look for old windows; compare what there is after the warm-up with what there is at the end.

    Of memory, the least of the third quarter with the least of the last one: what happens to be open comes
    and goes, what has gathered does not.
    """
    late = counts[-1]
    if late.main_windows > 1:
        watch.fault("old windows are held", f"{late.main_windows} windows where there is one")
    warm = [count for count in counts if count.at_s >= max(WARM_UP * late.at_s, WARM_UP_S)]
    before_last = [count for count in warm if count.at_s < LAST * late.at_s]
    if not before_last:
        return
    early, last = warm[0], warm[len(before_last) :]
    for what, is_settled, memory in (
        ("memory in use", True, attrgetter("used_mb")),
        ("memory", early.at_s >= SETTLED_S, attrgetter("rss_mb")),
    ):
        least, least_at_last = (min(map(memory, part)) for part in (before_last, last))
        growth = least_at_last / least - 1
        if is_settled and growth > GROWTH:
            watch.fault(f"{what} grows", f"{least:.1f} MB to {least_at_last:.1f} MB, {100 * growth:.1f} %")
    for what, before, after in (
        ("widgets", early.widgets, late.widgets),
        ("windows", early.windows, late.windows),
    ):
        if after.total() > before.total() * (1 + GROWTH) + 2:
            more = (after - before).most_common(12)
            watch.fault(f"{what} stay behind", f"{before.total()} to {after.total()}: {more}")
