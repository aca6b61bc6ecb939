"""The log of a run: filtered by level and text, copied as it is shown."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QToolButton, QWidget

from app.domain.series import LogLine
from app.itemmodels.log_lines import LogFilter, LogLines
from app.views.icons import icon
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.widgets.card import Card
from app.views.widgets.delegates import LogDelegate
from app.views.widgets.field_editors import CalmComboBox


class LogView(Card):
    """Follows the newest line unless scrolled away from it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Log", parent)
        self._look = look
        self._lines = LogLines(self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self._lines)
        self._level = CalmComboBox()
        self._level.setObjectName("log.level")
        self._level.setAccessibleName(self.tr("Least level"))
        self._level.setFixedWidth(112)
        for level, title in (
            ("info", self.tr("All")),
            ("warning", self.tr("Warnings")),
            ("error", self.tr("Errors")),
        ):
            self._level.addItem(title, level)
        self._text = QLineEdit()
        self._text.setObjectName("log.filter")
        self._text.setPlaceholderText(self.tr("Filter"))
        self._text.setAccessibleName(self.tr("Filter the log"))
        self._text.setClearButtonEnabled(True)
        self._text.setFixedWidth(150)
        self._copy = QToolButton()
        self._copy.setProperty("role", "quiet")
        self._copy.setObjectName("log.copy")
        self._copy.setAccessibleName(self.tr("Copy the log"))
        self._copy.setToolTip(self.tr("Copy what is shown"))
        self._list = QListView()
        self._list.setObjectName("log.list")
        self._list.setAccessibleName(self.tr("Log"))
        self._list.setModel(self._filter)
        self._list.setItemDelegate(LogDelegate(look, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty("role", "log")
        for control in (self._text, self._level, self._copy):
            self.head.addWidget(control)
        self.body.addWidget(self._list, 1)
        self._text.textChanged.connect(self._on_filter_changed)
        self._level.currentIndexChanged.connect(self._on_filter_changed)
        self._copy.clicked.connect(self.copy_lines)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy_lines)
        look.changed.connect(self._follow_look)
        self._follow_look()

    def show_lines(self, lines: list[LogLine]) -> None:
        """Show these lines; stays at the end if it was there."""
        bar = self._list.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 4
        self._lines.show_lines(lines)
        self.show_note("" if lines else self.tr("Nothing was logged yet."))
        if follows:
            # Later: the rows that came just now have no place yet.
            QTimer.singleShot(0, self._list, self._list.scrollToBottom)

    def copy_lines(self) -> None:
        """Put the selected lines on the clipboard, or all that are shown."""
        selected = sorted(self._list.selectedIndexes(), key=lambda index: index.row())
        indexes = selected or [self._filter.index(row, 0) for row in range(self._filter.rowCount())]
        QGuiApplication.clipboard().setText("\n".join(str(index.data()) for index in indexes))

    def _on_filter_changed(self) -> None:
        self._filter.show_only(level=self._level.currentData(), text=self._text.text())

    def _follow_look(self) -> None:
        self._list.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        self._copy.setIcon(icon("copy", self._look.color("dim")))
