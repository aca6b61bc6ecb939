"""Short work off the GUI thread: listing files, hashing, looking at a file's first rows.

Work that trains, converts or measures a network is a job (see ``job_process``): a thread cannot
be killed, and one native crash in it would take the window along.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

T = TypeVar("T")


class Background(QObject):
    """Runs functions in a thread pool and hands their results to the GUI thread.

    There is one for the whole program, so results always have somewhere to arrive, even where the
    page that asked has closed; then they are dropped.
    """

    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._is_closed = False
        self._arrived.connect(self._deliver)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Call ``work`` in a pool thread, then one callback in the GUI thread.

        ``work`` may touch no Qt object but immutable values such as QImage.
        """

        def execute() -> None:
            if self._is_closed:
                return
            callback: Callable[[], None]
            try:
                callback = partial(on_done, work())
            except Exception as error:  # noqa: BLE001 - the thread boundary
                callback = partial(on_failed, error)
            self._arrived.emit(owner, callback)

        self._pool.start(execute)

    def close(self) -> None:
        """Drop what has not started and wait for what has."""
        # Not by `QThreadPool.clear`: PySide holds for good what was to be called, and what that knows.
        self._is_closed = True
        self._pool.waitForDone()

    def _deliver(self, owner: QObject, callback: Callable[[], None]) -> None:
        if isValid(owner):
            callback()


class Latest:
    """Lets through the answer to the newest question only.

    Without it, the preview of a slow file lands under one that was chosen after it.
    """

    def __init__(self) -> None:
        self._newest = 0

    def only(self, callback: Callable[[T], None]) -> Callable[[T], None]:
        """Return ``callback`` guarded: it does nothing once a newer one was asked for."""
        self._newest += 1
        asked = self._newest

        def answer(value: T) -> None:
            if asked == self._newest:
                callback(value)

        return answer

    def forget(self) -> None:
        """Let no answer to what was asked so far through."""
        self._newest += 1
