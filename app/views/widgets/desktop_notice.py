"""A message on the desktop, for a window that nobody looks at."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

_SHOWN_MS: Final = 10_000
_PLACING_MS: Final = 400
"""Trays need a moment to place an icon; a message before that stands in the corner of the screen."""


class DesktopNotice(QObject):
    """Tells by the system tray where there is one, and makes the window's task bar entry ask for attention.

    Signals:
        clicked: The message was clicked.
    """

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._message = ("", "")
        self._saying = QTimer(self, singleShot=True)
        self._saying.timeout.connect(self._say)

    def tell(self, title: str, text: str) -> None:
        """Show a message; where the desktop cannot, the task bar entry alone asks for attention."""
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.setToolTip(self.tr("Whittle"))
            self._tray.messageClicked.connect(self._on_clicked)
            self._tray.activated.connect(self._on_clicked)
        self._tray.show()
        self._message = title, text
        self._saying.start(_PLACING_MS)

    def _say(self) -> None:
        if self._tray is not None:
            self._tray.showMessage(*self._message, self._tray.icon(), _SHOWN_MS)

    def withdraw(self) -> None:
        """Take the icon off the tray again: the window is looked at."""
        self._saying.stop()
        if self._tray is not None:
            self._tray.hide()

    def _on_clicked(self) -> None:
        self.withdraw()
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.activateWindow()
        self.clicked.emit()
