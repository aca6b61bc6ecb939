"""The frame of the window: rail, header with the page's actions, the page, and the status bar."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import QMargins, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.views.action_set import ActionButton, Actions
from app.views.actions import ACTIONS, PAGES, translated
from app.views.look import Look
from app.views.pages.compare_page import ComparePage
from app.views.pages.compress_page import CompressPage
from app.views.pages.jobs_page import JobsPage
from app.views.pages.models_page import ModelsPage
from app.views.pages.settings_page import SettingsPage
from app.views.pages.try_page import TryPage
from app.views.plots.saving import Chart
from app.views.widgets.card import ElidedLabel
from app.views.widgets.desktop_notice import DesktopNotice
from app.views.widgets.header_bar import HeaderBar
from app.views.widgets.notice import Notice, NoticeState, Severity
from app.views.widgets.palette import Palette
from app.views.widgets.rail import Rail
from app.views.widgets.row_table import RowTable
from app.views.widgets.scroll import Scroll
from app.views.widgets.side_panel import SidePanel
from app.views.zoom import zoom

Page = ModelsPage | CompressPage | JobsPage | ComparePage | TryPage | SettingsPage
_STATUS_HEIGHT: Final = 28
_LEAST: Final = QSize(1040, 640)
_USUAL: Final = QSize(1280, 800)
_FRAME: Final = QMargins(4, 36, 4, 4)
"""About what desktops put around a window; the real one is known once the window is up."""


class StatusState(msgspec.Struct, frozen=True):
    """What the status bar says."""

    machine: str = ""
    workspace: str = ""
    workspace_folder: str = ""
    job: str = ""


class MainWindow(QMainWindow):
    """Shows one page at a time.

    Signals:
        page_shown: Another page came up; carries its id.
        palette_chosen: The id of an entry of the palette.
        close_requested: The window is about to close.
    """

    page_shown = Signal(str)
    palette_chosen = Signal(str)
    close_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle("Whittle")
        self.setMinimumSize(_LEAST)
        self.resize(_USUAL)
        self.actions_by_id = Actions(look, self)
        self.models = ModelsPage(look, self.actions_by_id)
        self.compress = CompressPage(look, self.actions_by_id)
        self.jobs = JobsPage(look, self.actions_by_id)
        self.compare = ComparePage(look, self.actions_by_id)
        self.attempts = TryPage(look, self.actions_by_id)
        self.settings = SettingsPage(look, self.actions_by_id)
        self._pages: dict[str, Page] = {
            "models": self.models,
            "compress": self.compress,
            "jobs": self.jobs,
            "compare": self.compare,
            "try": self.attempts,
            "settings": self.settings,
        }
        self._rail = Rail(look, PAGES, self.actions_by_id["app.help"])
        self._rail.page_requested.connect(self.show_page)
        self._rail.page_clicked.connect(self._on_page_clicked)
        self._content = QStackedWidget()
        self._headers = QStackedWidget()
        self._headers.setProperty("role", "header")
        self._headers.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for spec in PAGES:
            page = self._pages[spec.id]
            self._headers.addWidget(self._header(spec.id, translated(spec.title), page))
            self._content.addWidget(Scroll(page, wraps=page is not self.jobs))
        self._machine = ElidedLabel()
        self._workspace = ElidedLabel()
        self._workspace.setProperty("role", "dim")
        self._job = ElidedLabel()
        self._job.setProperty("role", "dim")
        self.notice = Notice(look)
        self.desktop = DesktopNotice(self)
        self.panel = SidePanel(look)
        self.setCentralWidget(self._frame())
        self.palette_popup = Palette(look, self)
        self.palette_popup.chosen.connect(self.palette_chosen)
        look.rescaled.connect(self._on_rescaled)
        for saved in (*self.findChildren(Chart), *self.findChildren(RowTable)):
            saved.save_failed.connect(self._on_save_failed)
        self._current = ""
        self.show_page("models")
        self._was_painted = QTimer(self, singleShot=True, interval=0)
        self._was_painted.timeout.connect(self.jobs.prepare_soon)
        self._finds_focus = QTimer(self, singleShot=True, interval=0)
        self._finds_focus.timeout.connect(self._find_focus)
        application = cast("QApplication", QApplication.instance())
        application.focusObjectChanged.connect(self._on_focus_object_changed)

    def fit(self, available: QSize) -> None:
        """Take the whole screen where the usual size, with a frame around it, exceeds ``available``."""
        framed = _USUAL.grownBy(_FRAME)
        if framed.boundedTo(available) != framed and _LEAST.boundedTo(available) == _LEAST:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def current_page(self) -> str:
        """The id of the page that is shown."""
        return self._current

    def show_page(self, page_id: str) -> None:
        """Bring up a page."""
        self.palette_popup.dismiss()
        if page_id == self._current:
            return
        self._current = page_id
        place = [spec.id for spec in PAGES].index(page_id)
        self._content.setCurrentIndex(place)
        self._headers.setCurrentIndex(place)
        self._rail.show_page(page_id)
        self._show_shortcuts_of(page_id)
        self._pages[page_id].focus_first()
        self.page_shown.emit(page_id)

    def _on_page_clicked(self, page_id: str) -> None:
        """Bring up a page without a ring on its first control: Tab leads to that from the page itself."""
        self.show_page(page_id)
        self._pages[page_id].setFocus(Qt.FocusReason.MouseFocusReason)

    def focus_page(self) -> None:
        """Put the keyboard where the work on the shown page begins."""
        self._pages[self._current].focus_first()

    def show_status(self, state: StatusState) -> None:
        """Show the status bar."""
        self._machine.setText(state.machine)
        self._workspace.setText(state.workspace)
        self._workspace.setToolTip(state.workspace_folder)
        self._job.setText(state.job)
        self._job.setVisible(bool(state.job))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._was_painted.start()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_requested.emit()
        super().closeEvent(event)

    def _frame(self) -> QWidget:
        margin = QWidget()
        around = QVBoxLayout(margin)
        around.setContentsMargins(20, 0, 20, 0)
        around.addWidget(self.notice)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._headers)
        right.addWidget(margin)
        right.addWidget(self._content, 1)
        right.addWidget(self._status_bar())
        frame = QWidget()
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(right, 1)
        layout.addWidget(self.panel)
        return frame

    def _header(self, page_id: str, title: str, page: Page) -> QWidget:
        header = HeaderBar(page_id, title, page.headline, page.headline_stretch, self._look)
        for spec in ACTIONS:
            action = self.actions_by_id[spec.id]
            if spec.page == page_id:
                page.addAction(action)
                if spec.in_header:
                    menu = self._menu_of(spec.menu)
                    header.add_button(ActionButton(action, is_primary=spec.is_primary, menu=menu))
        return header

    def _on_save_failed(self, reason: str) -> None:
        advice = self.tr("Choose another folder, or free some space.")
        title = self.tr("It was not saved: %1.").replace("%1", reason)
        self.notice.show_state(NoticeState(Severity.ERROR, title, advice))

    def _on_rescaled(self, ratio: float) -> None:
        zoom(self, ratio)

    def _on_focus_object_changed(self, thing: QObject | None) -> None:
        if thing is None or thing is self:
            self._finds_focus.start()

    def _find_focus(self) -> None:
        """Go on at the page when what had the focus is gone: a keyboard would have nowhere to start."""
        focused = cast("QWidget | None", self.focusWidget())
        if focused is None and self.isActiveWindow():
            self._pages[self._current].focus_first()

    def _menu_of(self, action_ids: tuple[str, ...]) -> QMenu | None:
        if not action_ids:
            return None
        menu = QMenu(self)
        menu.addActions([self.actions_by_id[action_id] for action_id in action_ids])
        return menu

    def _show_shortcuts_of(self, page_id: str) -> None:
        # The header stands outside of the page, so the shortcuts belong to the window;
        # two pages may then not share one unless only the shown page's are live.
        for spec in ACTIONS:
            action = self.actions_by_id[spec.id]
            if spec.page in {page_id, ""}:
                self.addAction(action)
            else:
                self.removeAction(action)

    def _status_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "status")
        bar.setFixedHeight(_STATUS_HEIGHT)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(16)
        self._machine.setProperty("role", "dim")
        self._machine.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._machine, 3)
        layout.addWidget(self._workspace, 2)
        layout.addWidget(self._job, 2)
        for text in (self._workspace, self._job):
            text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        return bar
