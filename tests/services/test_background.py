"""Work in threads whose results come back to the GUI thread."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from app.services.background import Background, Latest


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    service = Background()
    yield service
    service.close()


def unexpected(error: Exception) -> None:
    raise AssertionError(error)


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    arrived: list[tuple[str, bool]] = []

    def take(value: str) -> None:
        application = QCoreApplication.instance()
        assert application is not None
        arrived.append((value, QThread.currentThread() is application.thread()))

    background.run(owner, lambda: "done", on_done=take, on_failed=unexpected)

    qtbot.waitUntil(lambda: arrived == [("done", True)], timeout=2_000)


def test_an_error_arrives_as_one(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    errors: list[Exception] = []
    background.run(owner, lambda: 1 / 0, on_done=print, on_failed=errors.append)

    qtbot.waitUntil(lambda: len(errors) == 1, timeout=2_000)
    assert isinstance(errors[0], ZeroDivisionError)


def test_only_the_newest_answer_gets_through(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    answers: list[str] = []
    seen: list[str] = []
    latest = Latest()
    gate = threading.Event()

    def old() -> str:
        gate.wait(5)
        return "old"

    stale = latest.only(answers.append)
    background.run(owner, old, on_done=lambda value: (seen.append(value), stale(value)), on_failed=unexpected)
    background.run(owner, lambda: "new", on_done=latest.only(answers.append), on_failed=unexpected)
    qtbot.waitUntil(lambda: answers == ["new"], timeout=2_000)
    gate.set()
    qtbot.waitUntil(lambda: seen == ["old"], timeout=2_000)

    assert answers == ["new"]


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    gone, here = QObject(), QObject()
    answers: list[str] = []
    gate = threading.Event()
    background.run(gone, lambda: str(gate.wait(5)), on_done=answers.append, on_failed=unexpected)
    shiboken6.delete(gone)
    gate.set()
    qtbot.wait(100)
    background.run(here, lambda: "last", on_done=answers.append, on_failed=unexpected)

    qtbot.waitUntil(lambda: "last" in answers, timeout=2_000)
    assert answers == ["last"]


def test_what_was_never_begun_is_held_by_nothing_once_it_is_closed(background: Background) -> None:
    owner = QObject()
    gate = threading.Event()
    begun: list[str] = []

    class Held:
        """What queued work knows."""

        def work(self) -> str:
            begun.append("queued")
            return ""

    held = Held()
    gone = weakref.ref(held)
    for _ in range(2):
        background.run(owner, lambda: gate.wait(5), on_done=print, on_failed=unexpected)
    background.run(owner, held.work, on_done=print, on_failed=unexpected)
    del held
    threading.Timer(0.2, gate.set).start()
    background.close()
    gc.collect()
    assert (begun, gone()) == ([], None)
