"""Which column of a data file holds what, asked for in place."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.dataset import ColumnMap
from app.views.widgets.calm import CalmComboBox
from app.views.widgets.card import ElidedLabel, label
from app.views.widgets.text_fields import LineField


class MappingState(msgspec.Struct, frozen=True):
    """A file whose columns are to be named."""

    path: str
    columns: tuple[str, ...]
    """Empty where they cannot be read here (Parquet); then the names are typed in."""
    guess: ColumnMap | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    """A few rows of it."""
    labels: tuple[str, ...] = ()
    """Class names of the model, by their id."""


class ColumnMapping(QFrame):
    """Asks for the text and the label column.

    Signals:
        confirmed: A `ColumnMap`.
        dismissed: The file is not to be used.
    """

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: MappingState | None = None
        self.setProperty("role", "inset")
        self._title = label("", "card-title")
        self._rows = ElidedLabel()
        self._rows.setProperty("role", "small-dim")
        self._labels = label("", "small-dim", wraps=True)
        self._text = self._chooser("text", self.tr("Text column"))
        self._pair = self._chooser("pair", self.tr("Second text"))
        self._label = self._chooser("label", self.tr("Label column"))
        use = QPushButton(self.tr("Use this data"))
        use.setObjectName("mapping.use")
        use.setProperty("primary", True)
        use.clicked.connect(self._on_use)
        self._use = use
        dismiss = QPushButton(self.tr("Dismiss"))
        dismiss.clicked.connect(self.dismissed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        titles = (self.tr("Text column"), self.tr("Second text (pairs)"), self.tr("Label column"))
        for column, (title, box) in enumerate(
            zip(titles, (self._text, self._pair, self._label), strict=True)
        ):
            grid.addWidget(label(title, "dim"), 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._labels, 1)
        line.addWidget(dismiss)
        line.addWidget(use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._rows)
        layout.addLayout(grid)
        layout.addLayout(line)
        self.setVisible(False)

    def show_state(self, state: MappingState | None) -> None:
        """Ask about a file, with the keyboard at the first question; None hides them."""
        self.setVisible(state is not None)
        if state is None or state == self._state:
            self._state = state
            return
        is_new = self._state is None or self._state.path != state.path
        self._state = state
        self._title.setText(self.tr("Columns of %1").replace("%1", state.path.rsplit("/", 1)[-1]))
        self._title.setToolTip(state.path)
        first = next(iter(state.rows), ())
        shown = " · ".join(f"{name}: {cell}" for name, cell in zip(state.columns, first, strict=False))
        self._rows.setText(shown or self.tr("The columns are read when the job runs: type their names."))
        self._labels.setText(
            self.tr("Labels are ids or one of: %1").replace("%1", ", ".join(state.labels))
            if state.labels
            else ""
        )
        guess = state.guess
        for box, chosen in (
            (self._text, guess.text if guess else ""),
            (self._label, guess.label if guess else ""),
        ):
            self._fill(box, state.columns, chosen)
        self._fill(self._pair, ("", *state.columns), (guess.text_pair if guess else None) or "")
        self._show_usable()
        if is_new:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chooser(self, name: str, title: str) -> CalmComboBox:
        box = CalmComboBox()
        box.setObjectName(f"mapping.{name}")
        box.setAccessibleName(title)
        box.setEditable(True)
        box.setLineEdit(LineField())
        box.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
        box.editTextChanged.connect(self._show_usable)
        return box

    def _fill(self, box: CalmComboBox, columns: tuple[str, ...], chosen: str) -> None:
        box.clear()
        box.addItems(list(columns))
        box.setCurrentIndex(box.findText(chosen))  # from where an arrow key goes on
        line = box.lineEdit()
        if isinstance(line, QLineEdit):
            line.setText(chosen)

    def _show_usable(self) -> None:
        self._use.setEnabled(bool(self._text.currentText() and self._label.currentText()))

    def _on_use(self) -> None:
        self.confirmed.emit(
            ColumnMap(self._text.currentText(), self._label.currentText(), self._pair.currentText() or None)
        )
