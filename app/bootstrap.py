"""Builds the object graph of the window. The one module that knows every other."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QApplication

from app.domain.errors import AppError
from app.presenters.shell import ShellPresenter
from app.services.assembly import Services, build_services
from app.services.resources import resource
from app.services.settings import Settings
from app.services.theme import Theme
from app.store.workspace import default_workspace_folder
from app.views.accessible import install_roles
from app.views.look import Look, text_font
from app.views.main_window import MainWindow
from app.views.problem_window import ProblemWindow

__all__ = ["BuiltWindow", "Services", "build_services", "build_window", "run_window"]


@dataclass(frozen=True)
class BuiltWindow:
    """The window and what it stands on; the services are closed by whoever built them."""

    window: MainWindow
    shell: ShellPresenter
    theme: Theme
    look: Look


def prepare_application(app: QApplication) -> tuple[Theme, Look]:
    """Give the application its style, its font and the theme that applies to all windows.

    Raises:
        AppError: resource_missing.
    """
    folder = resource("theme")
    app.setApplicationName("Whittle")
    app.setApplicationDisplayName("Whittle")
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
    window = MainWindow(look)
    # After the widgets: each would otherwise be styled anew at every step of being put together.
    theme.apply(settings.scheme)
    shell = ShellPresenter(window, services, theme, settings)
    return BuiltWindow(window, shell, theme, look)


class _Start(QObject):
    """Opens the workspace and shows the window, or why that cannot be, and another try."""

    def __init__(self, app: QApplication, theme: Theme, look: Look, settings: Settings) -> None:
        super().__init__(app)
        self._theme, self._look, self._settings = theme, look, settings
        self._problem: ProblemWindow | None = None
        self._built: BuiltWindow | None = None
        self.services: Services | None = None

    def open(self, folder: Path) -> None:
        """Show the window over the workspace in ``folder``."""
        try:
            self.services = build_services(folder)
        except AppError as error:
            sys.stderr.write(f"error[{error.problem.code}]: {error.problem}\n")
            self._theme.apply(self._settings.scheme)
            self._show_problem(ProblemWindow(error.problem, str(folder), self._look))
            return
        self._built = build_window(self.services, self._theme, self._look, self._settings)
        self._built.window.show()
        self._show_problem(None)

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
    start = _Start(app, theme, look, settings)
    start.open(workspace_folder or settings.workspace or default_workspace_folder())
    code = app.exec()
    if start.services is not None:
        start.services.close()
    return code
