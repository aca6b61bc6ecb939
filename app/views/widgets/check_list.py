"""What was checked, each with its sign."""

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.notice import ICON_OF, Severity


class FindingRow(msgspec.Struct, frozen=True):
    """One thing that was checked before the start."""

    severity: Severity
    title: str
    text: str = ""


class CheckList(Card):
    """Findings beneath one another."""

    def __init__(self, title: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._look = look
        self._otherwise = ""
        self._findings: tuple[FindingRow, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        look.changed.connect(self._show)
        self._show()

    def show_findings(self, findings: tuple[FindingRow, ...], otherwise: str) -> None:
        """Show these findings; where there are none, what is to be said instead."""
        if (findings, otherwise) != (self._findings, self._otherwise):
            self._findings, self._otherwise = findings, otherwise
            self._show()

    def _show(self) -> None:
        self.show_note("" if self._findings else self._otherwise)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, finding in enumerate(self._findings):
            name, token = ICON_OF[finding.severity]
            sign = QLabel()
            size = self._look.px(18)
            sign.setPixmap(icon(name, self._look.color(token)).pixmap(QSize(size, size)))
            sign.setAccessibleName(finding.severity.value)
            words = QWidget()
            words.setAccessibleName(f"{finding.severity.value}: {finding.title} {finding.text}")
            column = QVBoxLayout(words)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(label(finding.title, wraps=True))
            if finding.text:
                column.addWidget(label(finding.text, "small-dim", wraps=True))
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
