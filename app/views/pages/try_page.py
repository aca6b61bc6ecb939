"""Try: texts in, and what up to four models make of them, beside each other."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from math import ceil
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.itemmodels.answer_table import AnswerRow, AnswerTable, DifferenceFilter
from app.views.action_set import Actions
from app.views.icons import icon
from app.views.look import Look
from app.views.plots.confidence_bars import Confidence, ConfidenceBars
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.notice import Notice
from app.views.widgets.plain_table import FirstColumn
from app.views.widgets.reflow import Columns
from app.views.widgets.text_fields import TextField
from app.views.widgets.whole_rows import WholeRows

MOST_MODELS: Final = 4
_LINES: Final = 4
"""Of the text field; more scroll."""
_AROUND_LINES: Final = 14
_ROW: Final = 28
_LEAST_CARD: Final = 230
_LEAST_TEXT: Final = 200


class ModelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One of the models beside each other, and its answer to the selected text."""

    model_id: str
    device: str
    precision: str
    verdict: str = ""
    """The likeliest class; empty: no answer yet."""
    bars: tuple[Confidence, ...] = ()
    timing: str = ""
    """Or that an answer is on its way."""
    problem: str = ""


class TryState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    models: tuple[Choice, ...] = ()
    devices: tuple[Choice, ...] = ()
    precisions: tuple[Choice, ...] = ()
    beside: tuple[ModelAnswer, ...] = ()
    rows: tuple[AnswerRow, ...] = ()
    agreement: str = ""
    summary: str = ""
    can_run: bool = False


class TryPage(QWidget):
    """Texts above, a card for each model beneath, all texts and answers in a table.

    Signals:
        text_edited: What stands in the text field.
        samples_requested: Texts to try are wanted.
        file_chosen: A file of texts is to be tried; carries its path.
        model_chosen: Place and model id.
        device_chosen: Place and device.
        precision_chosen: Place and precision.
        removed: The place of a model that is to go.
        row_selected: The number of a text.
    """

    text_edited = Signal(str)
    samples_requested = Signal()
    file_chosen = Signal(str)
    model_chosen = Signal(int, str)
    device_chosen = Signal(int, str)
    precision_chosen = Signal(int, str)
    removed = Signal(int)
    row_selected = Signal(int)

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self.summary = ElidedLabel()
        self.summary.setProperty("role", "dim")
        self.headline, self.headline_stretch = self.summary, 1
        self.notice = Notice(look)
        self._text = TextField()
        self._text.setObjectName("try.text")
        self._text.setAccessibleName(self.tr("Texts, one a line"))
        self._text.setPlaceholderText(self.tr("Type a sentence, or paste several, one a line"))
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(lambda: self.text_edited.emit(self._text.toPlainText()))
        self._cards = [_AnswerCard(look, place) for place in range(MOST_MODELS)]
        for place, card in enumerate(self._cards):
            card.model.activated.connect(partial(self._tell, place, "model"))
            card.device.activated.connect(partial(self._tell, place, "device"))
            card.precision.activated.connect(partial(self._tell, place, "precision"))
            card.remove.clicked.connect(partial(self._on_remove, place))
        self._table_model = AnswerTable(self)
        self._filter = DifferenceFilter(self)
        self._filter.setSourceModel(self._table_model)
        self._table = self._make_table()
        self._text_column = FirstColumn(self._table, look, _LEAST_TEXT)
        self._answers = Card(self.tr("All texts"))
        self._agreement = label("", "dim")
        self._differences = QCheckBox(self.tr("Differences only"))
        self._differences.setObjectName("try.differences")
        self._differences.toggled.connect(self._on_differences_toggled)
        self._are_rows_changing = False
        self._can_differ = False
        self._answers.body.setContentsMargins(16, 12, 16, 8)
        self._answers.head.addWidget(self._agreement)
        self._answers.head.addWidget(self._differences)
        self._answers.body.addWidget(WholeRows(self._table), 1)
        self._answers.body.addStretch(0)  # takes the room while there is no table
        self._columns = Columns(self._cards, look, least=_LEAST_CARD, spacing=16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        layout.addWidget(self._text_card())
        layout.addWidget(self._columns)
        layout.addWidget(self._answers, 1)
        veil = DropVeil(self.tr("Drop to try"), self.tr("A file of texts, one a line"), self)
        veil.dropped.connect(self._on_dropped)
        look.changed.connect(self._paint)
        self._paint()

    def _on_dropped(self, paths: list[str]) -> None:
        self.file_chosen.emit(paths[0])

    def _on_open(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file of texts, one a line"))
        dialog.setObjectName("try.open_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    def show_state(self, state: TryState) -> None:
        """Show models, answers and all texts."""
        self._columns.setVisible(bool(state.beside))
        for place, card in enumerate(self._cards):
            shown = place < len(state.beside)
            card.setVisible(shown)
            if shown:
                card.show_answer(state, state.beside[place], can_go=len(state.beside) > 1)
        names = {choice.id: choice.title for choice in state.models}
        titles = [names.get(one.model_id, "") for one in state.beside]
        self._can_differ = len(state.beside) > 1 and len(state.rows) > 1
        with self._changing_rows():
            self._table_model.show_rows(titles, state.rows)
            self._filter_rows()
        self._size_columns()
        self._table.setVisible(bool(state.rows))
        self._differences.setVisible(self._can_differ)
        if self._filter.rowCount() and not self._table.currentIndex().isValid():
            self._table.selectRow(0)  # the cards are about a text: let it be seen which
        self._answers.show_note("" if state.rows else self.tr("Texts and their answers appear here."))
        self._agreement.setText(state.agreement)
        self.summary.setText(state.summary)
        self._actions["try.run"].setEnabled(state.can_run)
        self._actions["try.add"].setEnabled(len(state.beside) < MOST_MODELS and bool(state.models))

    @property
    def text(self) -> str:
        """What stands in the text field."""
        return self._text.toPlainText()

    def set_text(self, text: str) -> None:
        """Put ``text`` into the text field, as if it had been typed."""
        self._text.setPlainText(text)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        self._text.setFocus()

    def _text_card(self) -> QWidget:
        card = Card(self.tr("Text"))
        samples = QPushButton(self.tr("Samples"))
        samples.setObjectName("try.samples")
        samples.setProperty("role", "small")
        samples.setToolTip(self.tr("Fill in review sentences, plain ones and tricky ones"))
        samples.clicked.connect(self.samples_requested)
        opens = QPushButton(self.tr("Open…"))
        opens.setObjectName("try.open")
        opens.setProperty("role", "small")
        opens.setToolTip(self.tr("Try the texts of a file, one a line"))
        opens.clicked.connect(self._on_open)
        clear = QPushButton(self.tr("Clear"))
        clear.setObjectName("try.clear")
        clear.setProperty("role", "small")
        clear.clicked.connect(self._text.clear)
        card.head.addWidget(opens)
        card.head.addWidget(samples)
        card.head.addWidget(clear)
        card.body.addWidget(self._text)
        return card

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("try.answers")
        table.setAccessibleName(self.tr("All texts and their answers"))
        table.setModel(self._filter)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setHighlightSections(False)
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        return table

    def _size_columns(self) -> None:
        header = self._table.horizontalHeader()
        for column in range(1, self._table_model.columnCount()):
            if header.sectionResizeMode(column) is not QHeaderView.ResizeMode.Fixed:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            is_last = column == self._table_model.columnCount() - 1 and column > 1
            header.resizeSection(column, self._look.px(104 if is_last else 160))
        self._text_column.fit()

    def _tell(self, place: int, what: str, _index: int) -> None:
        card = self._cards[place]
        match what:
            case "model":
                self.model_chosen.emit(place, card.model.currentData())
            case "device":
                self.device_chosen.emit(place, card.device.currentData())
            case _:
                self.precision_chosen.emit(place, card.precision.currentData())

    def _filter_rows(self) -> None:
        """Hide what is equal only while the box is shown: without it there would be no way back."""
        self._filter.show_only_differences(only=self._can_differ and self._differences.isChecked())

    def _on_remove(self, place: int, *_checked: bool) -> None:
        self.removed.emit(place)

    def _on_differences_toggled(self) -> None:
        with self._changing_rows():
            self._filter_rows()

    @contextmanager
    def _changing_rows(self) -> Generator[None]:
        """Tell which row is selected once no row is on its way out any more.

        Who hears of it shows all rows once more, and Qt crashes where rows change while others are being
        removed.
        """
        before = self._selected_row()
        self._are_rows_changing = True
        yield
        self._are_rows_changing = False
        if self._selected_row() != before:
            self._on_row_changed()

    def _selected_row(self) -> int:
        return self._filter.mapToSource(self._table.currentIndex()).row()

    def _on_row_changed(self) -> None:
        if not self._are_rows_changing and (row := self._selected_row()) >= 0:
            self.row_selected.emit(row)

    def _paint(self) -> None:
        # Whole lines in every size: half of a line at the lower edge looks broken.
        self._text.ensurePolished()
        lines = _LINES * ceil(QFontMetricsF(self._text.font()).lineSpacing())
        self._text.setFixedHeight(lines + self._look.px(_AROUND_LINES))
        self._table_model.show_mark(self._look.color("warn"))
        self._table.viewport().update()


class _AnswerCard(Card):
    """A model with its device and precision, its verdict, the bars and the times."""

    def __init__(self, look: Look, place: int) -> None:
        super().__init__()
        self._look = look
        number = place + 1
        self.setAccessibleName(self.tr("Model %1").replace("%1", str(number)))
        self.model = chooser(f"try.model{number}", self.tr("Model %1").replace("%1", str(number)))
        self.device = chooser(f"try.device{number}", self.tr("Device"))
        self.precision = chooser(f"try.precision{number}", self.tr("Precision"))
        self.remove = QToolButton()
        self.remove.setObjectName(f"try.remove{number}")
        self.remove.setProperty("role", "quiet")
        self.remove.setAccessibleName(self.tr("Remove this model"))
        self.remove.setToolTip(self.tr("Remove this model"))
        self._verdict = ElidedLabel()
        self._verdict.setProperty("role", "figure")
        self._verdict.setMinimumHeight(30)
        self._bars = ConfidenceBars(look)
        self._timing = ElidedLabel()
        self._timing.setProperty("role", "small-dim")
        self._problem = label("", "reason", wraps=True)
        choices = QGridLayout()
        choices.setSpacing(8)
        choices.addWidget(self.model, 0, 0, 1, 2)
        choices.addWidget(self.remove, 0, 2)
        choices.addWidget(self.device, 1, 0)
        choices.addWidget(self.precision, 1, 1, 1, 2)
        choices.setColumnStretch(0, 1)
        choices.setColumnStretch(1, 1)
        self.body.addLayout(choices)
        for widget in (self._verdict, self._bars, self._problem, self._timing):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        look.changed.connect(self._paint_icon)
        self._paint_icon()

    def show_answer(self, state: TryState, answer: ModelAnswer, *, can_go: bool) -> None:
        """Show one of the models beside each other."""
        fill_chooser(self.model, state.models, answer.model_id, self.tr("No model yet"))
        fill_chooser(self.device, state.devices, answer.device, answer.device)
        fill_chooser(self.precision, state.precisions, answer.precision, "")
        self.remove.setVisible(can_go)
        self._verdict.setText(answer.verdict or "–")
        self._bars.show_bars(answer.bars)
        self._bars.setVisible(not answer.problem)
        self._timing.setText(answer.timing)
        self._problem.setText(answer.problem)
        self._problem.setVisible(bool(answer.problem))

    def _paint_icon(self) -> None:
        self.remove.setIcon(icon("x", self._look.color("dim")))
