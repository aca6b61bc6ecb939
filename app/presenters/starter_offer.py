"""The first step that a page offers while there is no model for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError, Problem
from app.services.model_library import STARTER_SOURCE, ModelLibrary
from app.views.widgets.notice import Notice, NoticeAction, NoticeState, Severity


class StarterOffer(QObject):
    """Says on a page's notice what the page is for, and offers the starter.

    Signals:
        models_wanted: Somebody would rather add a model.
        taken: The import of the starter is in the queue.
    """

    models_wanted = Signal()
    taken = Signal()

    def __init__(
        self,
        notice: Notice,
        title: str,
        library: ModelLibrary,
        show_problem: Callable[[Problem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notice = notice
        self._title = title
        self._library = library
        self._show_problem = show_problem
        self._is_shown = False
        notice.action_requested.connect(self._on_action)

    def show(self, *, is_empty: bool) -> None:
        """Offer it, or take it away again; other messages stay as long as nothing changes."""
        if is_empty != self._is_shown:
            self._is_shown = is_empty
            self._notice.show_state(self._state() if is_empty else None)

    def _state(self) -> NoticeState:
        return NoticeState(
            Severity.INFO,
            self._title,
            self.tr("Start with the sentiment model that comes with Whittle, or add one of your own."),
            (
                NoticeAction("models", self.tr("Add a model")),
                NoticeAction("starter", self.tr("Take the starter"), is_primary=True),
            ),
            can_close=False,
        )

    def _on_action(self, action: str) -> None:
        if action == "models":
            self.models_wanted.emit()
        elif action == "starter":
            try:
                self._library.import_model(STARTER_SOURCE)
            except AppError as error:
                self._show_problem(error.problem)
                return
            self.taken.emit()
