"""A message that does not interrupt: what happened, what to do, and buttons for it."""

from enum import StrEnum

import msgspec
from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import label


class Severity(StrEnum):
    """How serious a message is; each has its own icon, so that colour is not the only sign."""

    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


ICON_OF = {
    Severity.INFO: ("info", "accent"),
    Severity.OK: ("check-circle", "ok"),
    Severity.WARNING: ("warning", "warn"),
    Severity.ERROR: ("warning-circle", "bad"),
}
"""Icon and colour token of each severity."""


class NoticeAction(msgspec.Struct, frozen=True):
    """A button of a notice."""

    id: str
    title: str
    is_primary: bool = False


class NoticeState(msgspec.Struct, frozen=True):
    """What a notice says."""

    severity: Severity
    title: str
    text: str = ""
    actions: tuple[NoticeAction, ...] = ()
    can_close: bool = True


class Notice(QFrame):
    """Shows a `NoticeState`, or nothing.

    Signals:
        action_requested: A button was pressed; carries the id of its `NoticeAction`.
        closed: The cross was pressed; the notice is hidden already.
    """

    action_requested = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: NoticeState | None = None
        self.setProperty("role", "notice")
        self._icon = QLabel()
        self._title = label("", "card-title", wraps=True)
        self._text = label("", "", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close"))
        self._close.clicked.connect(self._on_close_clicked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._line = layout
        look.changed.connect(self._paint_icons)
        self.show_state(None)

    @property
    def state(self) -> NoticeState | None:
        """What is shown, None where nothing is."""
        return self._state

    def show_state(self, state: NoticeState | None) -> None:
        """Show a message; None hides the notice."""
        if state is None:
            self._hand_on_focus()
        self.setVisible(state is not None)
        if state is None or state == self._state:
            self._state = state
            return
        self._state = state
        self.setProperty("severity", state.severity.value)
        self.setAccessibleName(f"{state.title} {state.text}".strip())
        self._title.setText(state.title)
        self._text.setText(state.text)
        self._text.setVisible(bool(state.text))
        beside = Qt.AlignmentFlag.AlignTop if state.text else Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self._icon, beside)
        self._close.setVisible(state.can_close)
        self._show_actions(state.actions)
        self._paint_icons()
        self.style().unpolish(self)
        self.style().polish(self)

    def _hand_on_focus(self) -> None:
        """Leave the keyboard on the page, at what stands next, when its button goes: Qt chooses the rail."""
        focused, page = QApplication.focusWidget(), self.parentWidget()
        if focused is None or page is None or not self.isAncestorOf(focused):
            return
        top = self.mapTo(page, QPoint()).y()

        def order(widget: QWidget) -> tuple[bool, int, int]:
            corner = widget.mapTo(page, QPoint())
            return corner.y() < top, corner.y(), corner.x()

        # Not along `nextInFocusChain`: PySide makes each widget that it returns the child of the one before,
        # the window among them, and a window that hangs at a widget of its own may be held for good.
        others = [each for each in page.findChildren(QWidget) if _takes_keys(each)]
        below = min((each for each in others if not self.isAncestorOf(each)), key=order, default=None)
        if below is not None:
            below.setFocus()

    def _show_actions(self, actions: tuple[NoticeAction, ...]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for action in actions:
            button = QPushButton(action.title)
            button.setObjectName(f"notice.{action.id}")
            button.setProperty("primary", action.is_primary)
            button.clicked.connect(lambda _=False, name=action.id: self.action_requested.emit(name))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _paint_icons(self) -> None:
        if self._state is not None:
            name, token = ICON_OF[self._state.severity]
            pixmap = icon(name, self._look.color(token)).pixmap(QSize(self._look.px(20), self._look.px(20)))
            self._icon.setPixmap(pixmap)
        self._close.setIcon(icon("x", self._look.color("dim")))

    def _on_close_clicked(self) -> None:
        self.show_state(None)
        self.closed.emit()


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
