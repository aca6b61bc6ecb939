"""The log of a run: filtered by level and text, followed at its end, copied as it is shown."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QMenu, QToolButton, QWidget
from typing_extensions import override

from app.domain.series import LogLine
from app.itemmodels.log_lines import LogFilter, LogLines
from app.views.icons import icon
from app.views.look import SMALL_SIZE_PX, Look, sized
from app.views.widgets.calm import CalmComboBox
from app.views.widgets.card import Card
from app.views.widgets.delegates import LogDelegate

_NEAR_END: Final = 4
_WORDS_FROM: Final = 620
_LEAST_WIDTH: Final = 320


class LogView(Card):
    """Follows the newest line until scrolled away from it, and again once scrolled back.

    Signals:
        folder_requested: The folder of the run is to be opened.
    """

    folder_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LogView", "Log"), parent)
        self._look = look
        self._is_loading = False
        self._lines = LogLines(self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self._lines)
        self._level = self._make_level()
        self._text = self._make_text()
        self._follow = self._tool("log.follow", self.tr("Follow"), self.tr("Follow the newest line"))
        self._follow.setCheckable(True)
        self._follow.setChecked(True)
        self._error = self._tool("log.first_error", self.tr("First error"), self.tr("Go to the first error"))
        self._copy = self._tool(
            "log.copy", self.tr("Copy"), self.tr("Copy what is selected, or all that is shown")
        )
        self._folder = self._tool("log.folder", self.tr("Folder"), self.tr("Open the folder of this run"))
        self._list = self._make_list()
        self.head.setSpacing(6)
        self.head.addWidget(self._text, 1)
        self.head.addWidget(self._level)
        for tool in (self._follow, self._error, self._copy, self._folder):
            self.head.addWidget(tool)
        self.body.addWidget(self._list, 1)
        self._text.textChanged.connect(self._on_filter_changed)
        self._level.currentIndexChanged.connect(self._on_filter_changed)
        self._follow.toggled.connect(self._on_follow_toggled)
        self._error.clicked.connect(self.show_first_error)
        self._copy.clicked.connect(self.copy_lines)
        self._folder.clicked.connect(self.folder_requested)
        self._list.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy_lines)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        # Rows that came just now have no place yet.
        self._placed = QTimer(self, singleShot=True, interval=0)
        self._placed.timeout.connect(self._list.scrollToBottom)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show_state_of_lines()

    def show_lines(self, lines: list[LogLine], *, is_loading: bool) -> None:
        """Show these lines, or that they are being read; stays at the end while the end is followed."""
        before = self._lines.rowCount()
        has_loaded, self._is_loading = self._is_loading and not is_loading, is_loading
        is_reset = self._lines.show_lines(lines)
        if is_reset:
            self._follow.setChecked(True)
        if is_reset or has_loaded or is_loading or self._lines.rowCount() != before:
            self._show_state_of_lines()
            self._scroll_if_following()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    @override
    def minimumSizeHint(self) -> QSize:
        # Without the words: they are the first to go.
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self._look.px(_LEAST_WIDTH)), least.height())

    def _show_words(self) -> None:
        """Write beside the icons what they do, where there is room for it."""
        has_room = self.width() >= self._look.px(_WORDS_FROM)
        styles = Qt.ToolButtonStyle
        for tool in (self._follow, self._error, self._copy, self._folder):
            tool.setToolButtonStyle(
                styles.ToolButtonTextBesideIcon if has_room else styles.ToolButtonIconOnly
            )

    def copy_lines(self) -> None:
        """Put the selected lines on the clipboard, or all that are shown."""
        selected = sorted(self._list.selectedIndexes(), key=lambda index: index.row())
        if selected:
            QGuiApplication.clipboard().setText("\n".join(str(index.data()) for index in selected))
        else:
            self.copy_all()

    def copy_all(self) -> None:
        """Put all lines that are shown on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(self._filter.texts()))

    def show_first_error(self) -> None:
        """Select the first error and bring it into view, whatever the filter hides."""
        row = self._lines.first_error
        if row is None:
            return
        index = self._filter.mapFromSource(self._lines.index(row))
        if not index.isValid():
            self._text.clear()
            index = self._filter.mapFromSource(self._lines.index(row))
        self._follow.setChecked(False)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._list.setFocus()

    def _make_level(self) -> CalmComboBox:
        made = CalmComboBox()
        made.setObjectName("log.level")
        made.setProperty("role", "small")
        made.setAccessibleName(self.tr("Least level"))
        made.setMinimumContentsLength(0)
        made.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        for level, title in (
            ("info", self.tr("All")),
            ("warning", self.tr("Warnings")),
            ("error", self.tr("Errors")),
        ):
            made.addItem(title, level)
        return made

    def _make_text(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("log.filter")
        made.setProperty("role", "small")
        made.setPlaceholderText(self.tr("Filter"))
        made.setAccessibleName(self.tr("Filter the log"))
        made.setClearButtonEnabled(True)
        made.setMaximumWidth(220)
        return made

    def _make_list(self) -> QListView:
        made = QListView()
        made.setObjectName("log.list")
        made.setAccessibleName(self.tr("Log"))
        made.setModel(self._filter)
        made.setItemDelegate(LogDelegate(self._look, made))
        made.setUniformItemSizes(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setProperty("role", "log")
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._on_menu_requested)
        return made

    def _tool(self, name: str, word: str, said: str) -> QToolButton:
        tool = QToolButton()
        tool.setText(word)
        tool.setObjectName(name)
        tool.setProperty("role", "quiet")
        tool.setAccessibleName(said)
        tool.setToolTip(said)
        tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return tool

    def _show_state_of_lines(self) -> None:
        count = self._lines.rowCount()
        shown = self._filter.rowCount()
        if not count and self._is_loading:
            note = self.tr("Reading the log…")
        elif not count:
            note = self.tr("Nothing was logged yet.")
        elif not shown:
            note = self.tr("No line passes the filter.")
        else:
            note = ""
        self.show_note(note)
        self._error.setEnabled(self._lines.first_error is not None)
        self._copy.setEnabled(shown > 0)
        self._paint_icons()

    def _scroll_if_following(self) -> None:
        if self._follow.isChecked():
            self._placed.start()

    def _on_filter_changed(self) -> None:
        self._filter.show_only(level=self._level.currentData(), text=self._text.text())
        self._show_state_of_lines()
        self._scroll_if_following()

    def _on_follow_toggled(self) -> None:
        self._paint_icons()
        self._scroll_if_following()

    def _on_scrolled(self) -> None:
        # The bar has its new place as slider position only: its value follows.
        bar = self._list.verticalScrollBar()
        self._follow.setChecked(bar.sliderPosition() >= bar.maximum() - _NEAR_END)

    def _on_current_changed(self) -> None:
        current = self._list.currentIndex()
        if self._list.hasFocus() and current.isValid():
            self._follow.setChecked(current.row() == self._filter.rowCount() - 1)

    def _on_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy selected lines"), self.copy_lines)
        copy.setEnabled(bool(self._list.selectedIndexes()))
        menu.addAction(self.tr("Copy all that is shown"), self.copy_all)
        menu.addAction(self.tr("Select all"), self._list.selectAll)
        menu.addSeparator()
        first = menu.addAction(self.tr("Go to the first error"), self.show_first_error)
        first.setEnabled(self._lines.first_error is not None)
        menu.addAction(self.tr("Open the folder of this run"), self.folder_requested.emit)
        menu.popup(self._list.viewport().mapToGlobal(point))

    def _on_look_changed(self) -> None:
        self._show_words()
        self._list.setFont(sized(self.font(), self._look.px(SMALL_SIZE_PX)))
        self._paint_icons()

    def _paint_icons(self) -> None:
        follows, has_error = self._follow.isChecked(), self._error.isEnabled()
        for tool, name, token in (
            (self._follow, "arrow-line-down", "accent" if follows else "dim"),
            (self._error, "warning-circle", "bad" if has_error else "faint"),
            (self._copy, "copy", "dim"),
            (self._folder, "folder-open", "dim"),
        ):
            key = f"{name} {self._look.color(token).name()}"
            if tool.property("painted") != key:
                tool.setProperty("painted", key)
                tool.setIcon(icon(name, self._look.color(token)))
