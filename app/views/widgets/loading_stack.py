"""What the worker reads: that it is being read, then the thing itself, or why it could not be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import Problem
from app.views.look import Look
from app.views.widgets.card import label
from app.views.widgets.notice import Notice, NoticeAction, NoticeState, Severity


class LoadingStack(QStackedWidget):
    """Shows a widget, or a message in its place.

    Signals:
        retry_requested: It is to be read once more.
    """

    retry_requested = Signal()

    def __init__(self, look: Look, name: str, content: QWidget) -> None:
        """Show ``content`` where there is some; ``name`` is the message's object name."""
        super().__init__()
        self._message = label("", "dim", wraps=True)
        self._message.setObjectName(name)
        self._problem = Notice(look)
        self._problem.action_requested.connect(self.retry_requested)
        beneath = QWidget()
        layout = QVBoxLayout(beneath)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._message)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        self.addWidget(beneath)
        self.addWidget(content)

    def show_state(self, message: str, problem: Problem | None, *, is_there: bool) -> None:
        """Show the content where it is there, else the problem, else the message."""
        self.setCurrentIndex(1 if is_there else 0)
        self._message.setText(message)
        self._message.setVisible(problem is None)
        self._problem.show_state(None if problem is None else self._notice_of(problem))

    def _notice_of(self, problem: Problem) -> NoticeState:
        again = (NoticeAction("again", self.tr("Try again")),)
        return NoticeState(Severity.ERROR, problem.summary, problem.advice, again, can_close=False)
