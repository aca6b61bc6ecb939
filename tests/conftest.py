"""What every test gets: no screen, no settings and no workspace of the person who runs it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("WHITTLE_TEST_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings
from PySide6.QtWidgets import QApplication

from app.domain.language import ENGLISH, speak
from app.store.workspace import Workspace


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and the default workspace lie in a folder of the test's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("WHITTLE_WORKSPACE", str(folder / "workspace"))
    for scope in QSettings.Scope:
        QSettings.setPath(QSettings.Format.NativeFormat, scope, str(folder / "settings"))


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """A test that leaks a window or a thread fails."""
    threads = set(threading.enumerate())
    speak(ENGLISH)
    QLocale.setDefault(QLocale(ENGLISH.code))
    widgets = set(_top_level_widgets())
    yield
    application = QCoreApplication.instance()
    if application is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [thread.name for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    assert not left, f"threads left running: {left}"
    shown = [widget for widget in set(_top_level_widgets()) - widgets if widget.isVisible()]
    assert not shown, f"windows left open: {shown}"


def _top_level_widgets() -> list[object]:
    return list(QApplication.topLevelWidgets()) if isinstance(QApplication.instance(), QApplication) else []


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An open workspace in a folder of its own."""
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()
