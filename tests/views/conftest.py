"""Pages alone, without any service."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import prepare_application
from app.services.theme import Theme
from app.views.look import Look
from app.views.main_window import MainWindow


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[tuple[Theme, Look]]:
    """The light theme, applied."""
    theme, look = prepare_application(qapp)
    theme.apply("light")
    yield theme, look
    theme.take_off()
    theme.deleteLater()


@pytest.fixture
def look(themed: tuple[Theme, Look]) -> Look:
    return themed[1]


@pytest.fixture
def window(qtbot: QtBot, themed: tuple[Theme, Look]) -> MainWindow:
    """The shown window with pages that nobody presents."""
    theme, look = themed
    theme.take_off()  # as the program does: each widget would be styled while the window is built
    shown = MainWindow(look)
    theme.apply("light")
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown
