"""The line above a page: its title, what the page says in one line, and its actions, as many as fit."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget
from typing_extensions import override

from app.views.action_set import ActionButton
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import label

_HEIGHT: Final = 52
_LEAST_WIDTH: Final = 240
_HEADLINE: Final = 190


class HeaderBar(QFrame):
    """Buttons that find no room stand in a menu at the end; the primary one stays."""

    def __init__(
        self,
        page_id: str,
        title: str,
        headline: QWidget,
        stretch: int,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: list[ActionButton] = []
        self._headline = headline
        self.setProperty("role", "header")
        self._more = QToolButton()
        self._more.setObjectName(f"{page_id}.more")
        self._more.setProperty("role", "quiet")
        self._more.setAccessibleName(self.tr("More actions"))
        self._more.setToolTip(self.tr("More actions"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 0, 20, 0)
        self._line.setSpacing(12)
        self._title = label(title, "page-title")
        self._line.addWidget(self._title)
        self._line.addWidget(headline, stretch, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(0 if stretch else 1)
        self._line.addWidget(self._more)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)
        look.changed.connect(self._paint_icon)
        self._paint_icon()

    def add_button(self, button: ActionButton) -> None:
        """Put a button at the right end."""
        self._buttons.append(button)
        self._line.insertWidget(self._line.count() - 1, button)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_LEAST_WIDTH), self._look.px(_HEIGHT))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, e: QEvent) -> bool:
        # A button said something longer, or text became larger: once the sizes are known again.
        if e.type() in {QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._later.start()
        return super().event(e)

    def _fit(self) -> None:
        """Show as many buttons as there is room for, the first ones in the menu."""
        spacing = self._line.spacing()
        used = self._title.sizeHint().width()
        if not self._headline.isHidden():
            used += self._headline_width()
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right() - used - 3 * spacing
        widths = [button.sizeHint().width() + spacing for button in self._buttons]
        hidden: list[ActionButton] = []
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + spacing
            by_worth = [button for button in self._buttons if not button.is_primary]
            while by_worth and sum(widths) > room:
                gone = by_worth.pop(0)
                widths[self._buttons.index(gone)] = 0
                hidden.append(gone)
        self._show(hidden)

    def _headline_width(self) -> int:
        """Return what the headline gets before any button: enough to be read."""
        wanted = min(self._headline.sizeHint().width(), self._look.px(_HEADLINE))
        return max(wanted, self._headline.minimumWidth(), self._headline.minimumSizeHint().width())

    def _show(self, hidden: list[ActionButton]) -> None:
        for button in self._buttons:
            button.setVisible(button not in hidden)
        wanted = [action for button in self._buttons if button in hidden for action in button.all_actions]
        if self._menu.actions() != wanted:
            self._menu.clear()
            self._menu.addActions(wanted)
        self._more.setVisible(bool(hidden))

    def _paint_icon(self) -> None:
        self._more.setIcon(icon("dots-three", self._look.color("dim")))
