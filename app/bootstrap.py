"""Builds the object graph of the window. The one module that knows every other."""

import gc
import linecache
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDir, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.domain.errors import AppError
from app.domain.preference import LANGUAGE
from app.presenters.shell import Drafts, ShellPresenter
from app.services.assembly import Services, build_services
from app.services.resources import resource
from app.services.settings import Settings
from app.services.theme import Theme
from app.services.translation import Translation
from app.store.workspace import default_workspace_folder
from app.views.accessible import install_roles
from app.views.look import Look, text_font
from app.views.main_window import MainWindow
from app.views.problem_window import ProblemWindow

__all__ = ["BuiltWindow", "Program", "Services", "build_services", "build_window", "run_window"]


_TURN_S: Final = 0.0005
"""After this a thread that reads a log lets the window go on; with Python's own 5 ms, at each of the many
steps of one painting, a click waits too long."""


@dataclass(frozen=True)
class BuiltWindow:
    """The window and what it stands on; the services are closed by whoever built them."""

    window: MainWindow
    shell: ShellPresenter
    theme: Theme
    look: Look


def prepare_application(app: QApplication) -> tuple[Theme, Look]:
    """Give the application its icon, its style, its font and the theme that applies to all windows.

    Raises:
        AppError: resource_missing.
    """
    sys.setswitchinterval(_TURN_S)
    folder = resource("theme")
    app.setApplicationName("Whittle")
    app.setApplicationDisplayName("Whittle")
    app.setWindowIcon(QIcon(str(folder / "whittle.svg")))
    app.setStyle("Fusion")
    app.setFont(text_font())
    install_roles()
    QDir.setSearchPaths("theme", [str(folder)])
    theme, look = Theme(app, folder), Look(app)
    theme.changed.connect(look.show_tokens)
    return theme, look


def build_window(services: Services, theme: Theme, look: Look, settings: Settings) -> BuiltWindow:
    """Build the window over open services, not yet shown.

    Args:
        services: Open; they have to outlive the window.
        theme: As `prepare_application` returned it.
        look: Likewise.
        settings: Where geometry and theme are kept.
    """
    look.start_over()
    window = MainWindow(look)
    # After the widgets: each would otherwise be styled anew at every step of being put together.
    theme.apply(settings.scheme, settings.scale)
    shell = ShellPresenter(window, services, theme, settings)
    return BuiltWindow(window, shell, theme, look)


class Program(QObject):
    """The window over a workspace; builds it anew for another workspace or language.

    Signals:
        rebuilt: There is another window; the one before is gone.
    """

    rebuilt = Signal()

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        look: Look,
        settings: Settings,
        new_services: Callable[[Path], Services] = build_services,
    ) -> None:
        """Build nothing yet.

        Args:
            app: The parent.
            theme: As `prepare_application` returned it.
            look: Likewise.
            settings: Where geometry and theme are kept.
            new_services: For tests: services with other workers.
        """
        super().__init__(app)
        self._theme, self._look, self._settings = theme, look, settings
        self._new_services = new_services
        self._translation = Translation(self)
        self._translation.choose(str(settings.preference(LANGUAGE)))
        self._problem: ProblemWindow | None = None
        self.built: BuiltWindow | None = None
        self.services: Services | None = None

    def open(self, folder: Path) -> None:
        """Show the window over the workspace in ``folder``, or why that cannot be, and another try."""
        try:
            self.services = self._new_services(folder)
        except AppError as error:
            sys.stderr.write(f"error[{error.problem.code}]: {error.problem}\n")
            self._theme.apply(self._settings.scheme, self._settings.scale)
            self._show_problem(ProblemWindow(error.problem, str(folder), self._look))
            return
        self._settings.note_workspace(self.services.workspace.folder)
        self._build(self.services, "models")
        self._show_problem(None)

    def close(self) -> None:
        """Take the window down and close the services; the last thing that is done."""
        self._take_down()
        if self.services is not None:
            self.services.close()
            self.services = None

    def _build(self, services: Services, page: str, drafts: Drafts | None = None) -> None:
        is_another = self.built is not None
        self._take_down()
        self.built = build_window(services, self._theme, self._look, self._settings)
        window, settings = self.built.window, self.built.shell.settings
        if drafts is not None:
            self.built.shell.take_drafts(drafts)
        # Queued: what asks for it is part of what goes.
        settings.language_wanted.connect(self._on_language_wanted, Qt.ConnectionType.QueuedConnection)
        settings.workspace_wanted.connect(self._on_workspace_wanted, Qt.ConnectionType.QueuedConnection)
        window.show_page(page)
        window.show()
        # PySide reads the source of each module that is imported, and Python keeps it: some 18 MB.
        linecache.clearcache()
        # What is there now stays. To look through all of it again and again, as Python would, holds the
        # event loop for 50 ms and more at a time.
        gc.freeze()
        if is_another:
            self.rebuilt.emit()

    def _take_down(self) -> None:
        """Let the window go before the next one is built: both would be styled widget by widget."""
        if self.built is None:
            return
        # By this thread alone: what Python collects in one of the pool, it destroys there, widgets included.
        gc.disable()
        self._delete(self.built.window)
        self.built = None
        # Callers hold nothing of it either: what is alive when the next one is built stays with that.
        gc.unfreeze()
        gc.collect()
        gc.enable()

    def _delete(self, window: MainWindow) -> None:
        # An open menu would tell what it hangs at that it closes, when that is half gone.
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        self._theme.take_off()

    def _on_language_wanted(self) -> None:
        if self.built is None or self.services is None:
            return
        self.built.shell.keep_geometry()
        drafts, page = self.built.shell.drafts(), self.built.window.current_page
        self._translation.choose(str(self._settings.preference(LANGUAGE)))
        self._build(self.services, page, drafts)

    def _on_workspace_wanted(self, folder: str) -> None:
        if self.built is None or self.services is None:
            return
        try:
            services = self._new_services(Path(folder))
        except AppError as error:
            self.built.shell.settings.show_problem(error.problem.summary, error.problem.advice)
            return
        self.built.shell.keep_geometry()
        before, self.services = self.services, services
        self._settings.workspace = services.workspace.folder
        self._settings.note_workspace(services.workspace.folder)
        self._build(services, "models")
        before.close()

    def _show_problem(self, problem: ProblemWindow | None) -> None:
        old, self._problem = self._problem, problem
        if problem is not None:
            problem.folder_chosen.connect(self._on_folder_chosen)
            problem.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _on_folder_chosen(self, folder: str) -> None:
        self._settings.workspace = Path(folder)
        self.open(Path(folder))


def run_window(workspace_folder: Path | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    Args:
        workspace_folder: None: the one that was open last, or the user's default one.
    """
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    theme, look = prepare_application(app)
    settings = Settings()
    program = Program(app, theme, look, settings)
    program.open(workspace_folder or settings.workspace or default_workspace_folder())
    if program.built is not None and settings.geometry is None:
        program.built.window.fit(app.primaryScreen().availableSize())
    gc.enable()  # `main` disables it
    code = app.exec()
    program.close()
    return code
