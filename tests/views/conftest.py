"""Pages alone, without any service."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import prepare_application
from app.views.look import Look
from app.views.main_window import MainWindow


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The light theme, applied."""
    theme, applied = prepare_application(qapp)
    theme.apply("light")
    yield applied
    theme.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> MainWindow:
    """The shown window with pages that nobody presents."""
    shown = MainWindow(look)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown
