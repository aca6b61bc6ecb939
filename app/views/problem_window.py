"""What is shown instead of the window where the workspace cannot be opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.errors import Problem
from app.views.look import Look
from app.views.widgets.notice import Notice, NoticeAction, NoticeState, Severity


class ProblemWindow(QWidget):
    """A problem, and another workspace to choose.

    Signals:
        folder_chosen: Another workspace folder, or the same one again.
    """

    folder_chosen = Signal(str)

    def __init__(self, problem: Problem, folder: str, look: Look) -> None:
        super().__init__()
        self._folder = folder
        self.setProperty("role", "page")
        self.setWindowTitle("Whittle")
        self.resize(760, 240)
        self.notice = Notice(look)
        self.notice.show_state(
            NoticeState(
                Severity.ERROR,
                problem.summary,
                problem.advice,
                (
                    NoticeAction("again", self.tr("Try again")),
                    NoticeAction("choose", self.tr("Choose another folder…"), is_primary=True),
                ),
                can_close=False,
            )
        )
        self.notice.action_requested.connect(self._on_action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(1)
        layout.addWidget(self.notice)
        layout.addStretch(1)

    def _on_action(self, action: str) -> None:
        if action == "again":
            self.folder_chosen.emit(self._folder)
            return
        dialog = QFileDialog(self, self.tr("Choose a workspace folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.open()
