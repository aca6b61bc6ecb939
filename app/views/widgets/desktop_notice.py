"""A message on the desktop, for a window that nobody looks at."""

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from app.views.icons import icon
from app.views.look import Look

_SHOWN_MS: Final = 10_000


class DesktopNotice(QObject):
    """Tells by the system tray where there is one, and makes the window's task bar entry ask for attention.

    Signals:
        clicked: The message was clicked.
    """

    clicked = Signal()

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Show a message; where the desktop cannot, the task bar entry alone asks for attention."""
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("activity", self._look.color("accent")), self)
            self._tray.setToolTip(self.tr("Whittle"))
            self._tray.messageClicked.connect(self._on_clicked)
            self._tray.activated.connect(self._on_clicked)
        self._tray.show()
        self._tray.showMessage(title, text, self._tray.icon(), _SHOWN_MS)

    def withdraw(self) -> None:
        """Take the icon off the tray again: the window is looked at."""
        if self._tray is not None:
            self._tray.hide()

    def _on_clicked(self) -> None:
        self.withdraw()
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.activateWindow()
        self.clicked.emit()
