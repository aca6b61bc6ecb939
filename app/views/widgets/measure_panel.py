"""What a comparison is to be measured on, before it is started."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.views.action_set import take_what_is_typed
from app.views.look import Look
from app.views.widgets.card import Card, field, label
from app.views.widgets.chooser import Choice, chooser, fill_chooser
from app.views.widgets.field_editors import IntegerBox
from app.views.widgets.flow import Flow

NO_DATA = "none"
"""Stands for: no dataset, so nothing is said about answers."""


class MeasureState(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen and what is."""

    title: str = ""
    datasets: tuple[Choice, ...] = ()
    dataset: str = ""
    devices: tuple[Choice, ...] = ()
    device: str = "CPU"
    precisions: tuple[Choice, ...] = ()
    precision: str = "f32"
    length: int = 32
    seconds: int = 5
    estimate: str = ""


class MeasurePanel(Card):
    """Choosers in one line, and Start.

    Signals:
        changed: Something was chosen; carries dataset, device, precision, length, seconds.
        start_requested: Measure now.
        dismissed: Not now.
    """

    changed = Signal(str, str, str, int, int)
    start_requested = Signal()
    dismissed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("compare.panel")
        self._heading = label("", "card-title")
        self.data = chooser("compare.data", self.tr("Data"))
        self.device = chooser("compare.device", self.tr("Device"))
        self.precision = chooser("compare.precision", self.tr("Precision"))
        self.length = IntegerBox()
        self.length.setObjectName("compare.length")
        self.length.setAccessibleName(self.tr("Tokens per text, for the speed"))
        self.length.setRange(1, 512)
        self.seconds = IntegerBox()
        self.seconds.setObjectName("compare.seconds")
        self.seconds.setAccessibleName(self.tr("Seconds per figure of speed"))
        self.seconds.setRange(1, 120)
        self.seconds.setSuffix(" s")
        self._estimate = label("", "dim", wraps=True)
        self.start = QPushButton(self.tr("Start"))
        self.start.setObjectName("compare.start")
        self.start.setProperty("primary", True)
        # Of the panel, not of the button: that would take a moment to be seen to be pressed.
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.activated.connect(take_what_is_typed)
        keys.activated.connect(self.start_requested)
        self.cancel = QPushButton(self.tr("Not now"))
        self.cancel.setObjectName("compare.not_now")
        self.start.clicked.connect(self.start_requested)
        self.cancel.clicked.connect(self.dismissed)
        for box in (self.data, self.device, self.precision):
            box.activated.connect(self._tell)
        for spin in (self.length, self.seconds):
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._tell)
        fields = Flow(look, spacing=12)
        titles = (
            self.tr("Data, for the answers"),
            self.tr("Device"),
            self.tr("Precision"),
            self.tr("Tokens"),
            self.tr("Per figure"),
        )
        widgets = (self.data, self.device, self.precision, self.length, self.seconds)
        for title, widget in zip(titles, widgets, strict=True):
            fields.add(field(title, widget, "small-dim"), grows=widget is self.data)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._estimate, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.start)
        self.body.addWidget(self._heading)
        self.body.addWidget(fields)
        self.body.addLayout(line)

    def show_state(self, state: MeasureState) -> None:
        """Show what is chosen."""
        self._heading.setText(state.title)
        self.setAccessibleName(state.title)
        fill_chooser(self.data, state.datasets, state.dataset, "")
        fill_chooser(self.device, state.devices, state.device, state.device)
        fill_chooser(self.precision, state.precisions, state.precision, "")
        for spin, value in ((self.length, state.length), (self.seconds, state.seconds)):
            spin.blockSignals(True)
            spin.setValue(value)
            spin.blockSignals(False)
        self._estimate.setText(state.estimate)

    def _tell(self, *_: object) -> None:
        self.changed.emit(
            self.data.currentData() or "",
            self.device.currentData() or "",
            self.precision.currentData() or "",
            self.length.value(),
            self.seconds.value(),
        )
