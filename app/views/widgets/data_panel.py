"""What the training data is like: three sentences as the model gets them, their lengths, the classes."""

from enum import StrEnum
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.views.look import Look
from app.views.plots.label_balance import LabelBalance
from app.views.plots.length_histogram import LengthHistogram
from app.views.widgets.card import Card, ElidedLabel, label
from app.views.widgets.notice import Notice, NoticeState, Severity
from app.views.widgets.token_flow import Token, TokenFlow

_TALLEST: Final = 360


class DataPhase(StrEnum):
    """What there is to be seen."""

    EMPTY = "empty"
    LOADING = "loading"
    READY = "ready"
    ERROR = "error"


class Example(msgspec.Struct, frozen=True):
    """A sentence as the model gets it."""

    title: str
    label: str
    tokens: tuple[Token, ...]


class DataState(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows."""

    phase: DataPhase = DataPhase.EMPTY
    message: str = ""
    """What is missing, under way, or went wrong."""
    advice: str = ""
    examples: tuple[Example, ...] = ()
    lengths: tuple[tuple[int, int], ...] = ()
    """Tokens and how many sentences have so many."""
    limit: int = 0
    cut_text: str = ""
    """How many sentences are cut, in words."""
    labels: tuple[tuple[str, int], ...] = ()
    labels_text: str = ""


class DataPanel(QWidget):
    """Shows a `DataState`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.notice = Notice(look)
        self.histogram = LengthHistogram(look)
        self.histogram.setObjectName("compress.lengths")
        self.balance = LabelBalance(look)
        self.balance.setObjectName("compress.balance")
        self._cut = label("", "small-dim", wraps=True)
        self._cut.setObjectName("compress.cut")
        self._classes = label("", "small-dim", wraps=True)
        self._examples_card = Card(self.tr("Three sentences as the model gets them"))
        self._rows: list[tuple[ElidedLabel, TokenFlow]] = []
        legend = label(
            self.tr("## goes on with a word · dashed: added by the tokenizer · struck: cut off"), "small-dim"
        )
        self._examples_card.head.addWidget(legend)
        for number in range(3):
            title, flow = ElidedLabel(), TokenFlow(look)
            title.setProperty("role", "dim")
            flow.setObjectName(f"compress.example{number + 1}")
            self._examples_card.body.addWidget(title)
            self._examples_card.body.addWidget(flow)
            self._rows.append((title, flow))
        lengths, classes = Card(self.tr("Length of the sentences")), Card(self.tr("Classes"))
        for card in (lengths, classes):
            card.setMaximumHeight(look.px(_TALLEST))
        lengths.body.addWidget(self.histogram, 1)
        lengths.body.addWidget(self._cut)
        classes.body.addWidget(self.balance)
        classes.body.addStretch(1)
        classes.body.addWidget(self._classes)
        charts = QHBoxLayout()
        charts.setSpacing(12)
        charts.addWidget(lengths, 3)
        charts.addWidget(classes, 2)
        self._ready = QWidget()
        ready = QVBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(12)
        ready.addLayout(charts, 1)
        policy = self._examples_card.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        self._examples_card.setSizePolicy(policy)
        ready.addWidget(self._examples_card)
        ready.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        layout.addWidget(self._ready, 1)
        layout.addStretch(0)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_state(DataState())

    def show_state(self, state: DataState) -> None:
        """Show the data, or why there is none to be seen."""
        is_ready = state.phase is DataPhase.READY
        severity = Severity.ERROR if state.phase is DataPhase.ERROR else Severity.INFO
        self.notice.show_state(
            None if is_ready else NoticeState(severity, state.message, state.advice, can_close=False)
        )
        self._ready.setVisible(is_ready)
        if not is_ready:
            return
        self.histogram.show_lengths(state.lengths, state.limit)
        self.balance.show_labels(state.labels)
        self._cut.setText(state.cut_text)
        self._classes.setText(state.labels_text)
        for place, (title, flow) in enumerate(self._rows):
            is_there = place < len(state.examples)
            for one in (title, flow):
                one.setVisible(is_there)
            if is_there:
                example = state.examples[place]
                title.setText(f"{example.title} · {example.label}")
                flow.show_tokens(example.tokens)
