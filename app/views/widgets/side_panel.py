"""The panel at the right: help for the page, the shortcuts, about the program."""

from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import ElidedLabel

_WIDTH: Final = 360


class PanelState(msgspec.Struct, frozen=True):
    """A document with its title; HTML that names no colours."""

    title: str
    html: str


class SidePanel(QFrame):
    """Shows a `PanelState`, or nothing.

    Signals:
        closed: The cross or Escape was pressed.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: PanelState | None = None
        self.setProperty("role", "side")
        self.setFixedWidth(_WIDTH)
        self._title = ElidedLabel()
        self._title.setProperty("role", "side-title")
        self._copy = self._button("panel.copy", self.tr("Copy this text"))
        self._copy.clicked.connect(self._on_copy)
        self._close = self._button("panel.close", self.tr("Close"))
        self._close.clicked.connect(self.closed)
        self._text = QTextBrowser()
        self._text.setObjectName("panel.text")
        self._text.setProperty("role", "document")
        self._text.setOpenExternalLinks(True)
        self._text.setTabChangesFocus(True)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        look.changed.connect(self._follow_look)
        self._follow_look()
        self.hide()

    def show_state(self, state: PanelState | None) -> None:
        """Show a document from its beginning; None hides the panel."""
        changed, self._state = state != self._state, state
        if state is not None and changed:
            self._title.setText(state.title)
            self.setAccessibleName(state.title)
            self._text.setAccessibleName(state.title)
            self._show_document()
        self.setVisible(state is not None)

    def focus_first(self) -> None:
        """Put the keyboard into the text."""
        self._text.setFocus()

    def _button(self, name: str, title: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("role", "quiet")
        button.setAccessibleName(title)
        button.setToolTip(title)
        return button

    def _show_document(self) -> None:
        if self._state is not None:
            # A document keeps the colours and sizes that it was read with.
            self._text.document().setDefaultStyleSheet(self._sheet())
            self._text.document().setIndentWidth(self._look.px(22))
            self._text.setHtml(self._state.html)

    def _sheet(self) -> str:
        px = self._look.px
        dim, accent = (self._look.color(token).name() for token in ("dim", "accent"))
        return (
            f"h2 {{ font-size: {px(15)}px; font-weight: 600; margin-top: {px(14)}px; }}"
            f"h3 {{ font-size: {px(13)}px; font-weight: 600; margin-top: {px(10)}px; }}"
            f"p, li {{ margin-bottom: {px(4)}px; line-height: 130%; }}"
            f"td {{ padding: {px(3)}px {px(10)}px {px(3)}px 0; }}"
            f"code, pre {{ font-family: monospace; font-size: {px(12)}px; }}"
            f".dim {{ color: {dim}; }} .keys {{ color: {accent}; white-space: nowrap; }}"
            f"a {{ color: {accent}; }}"
        )

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _follow_look(self) -> None:
        self._copy.setIcon(icon("copy", self._look.color("dim")))
        self._close.setIcon(icon("x", self._look.color("dim")))
        self._show_document()
