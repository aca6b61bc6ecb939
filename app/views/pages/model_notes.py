"""What somebody wrote about a model: tags and notes, kept while they type."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.model import ModelNote
from app.itemmodels.model_tree import ModelRow
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.tag_line import TagLine
from app.views.widgets.text_fields import TextField

_TYPING_MS: Final = 600


class ModelNotes(QWidget):
    """Edits the `ModelNote` of a model in place.

    Signals:
        note_edited: Notes or tags were edited; carries the model's id and the `ModelNote`.
    """

    note_edited = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_id = ""
        self._note = ModelNote()
        self._tags = TagLine(look)
        self._tags.edited.connect(self._on_tags_edited)
        self._text = TextField()
        self._text.setObjectName("models.note")
        self._text.setAccessibleName(self.tr("Notes about the model"))
        self._text.setPlaceholderText(self.tr("What is this model for, what was tried, what to do next?"))
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(self._on_text_changed)
        self._text.installEventFilter(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.flush)
        card = Card()
        card.body.addWidget(label(self.tr("Tags"), "card-title"))
        card.body.addWidget(self._tags)
        card.body.addSpacing(4)
        card.body.addWidget(label(self.tr("Notes"), "card-title"))
        card.body.addWidget(self._text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_row(self, row: ModelRow | None) -> None:
        """Show a model's note; what is being typed about the same model stays."""
        model_id = "" if row is None else row.id
        note = ModelNote() if row is None else row.note
        is_other = model_id != self._model_id
        if is_other:
            self.flush()
        self._model_id, self._note = model_id, note
        self._tags.show_tags(note.tags)
        if self._text.toPlainText() != note.text and (is_other or not self._typing.isActive()):
            self._text.blockSignals(True)
            self._text.setPlainText(note.text)
            self._text.blockSignals(False)
        self.setEnabled(row is not None)

    def flush(self) -> None:
        """Tell of what was typed and not told yet."""
        self._typing.stop()
        self._tell(ModelNote(self._text.toPlainText(), self._note.tags))

    def _tell(self, note: ModelNote) -> None:
        if self._model_id and note != self._note:
            self._note = note
            self.note_edited.emit(self._model_id, note)

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_tags_edited(self, tags: tuple[str, ...]) -> None:
        self._typing.stop()
        self._tags.show_tags(tags)
        self._tell(ModelNote(self._text.toPlainText(), tags))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._text and event.type() == QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
