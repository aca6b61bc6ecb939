"""The head map of a run with a scrubber over its steps."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QWidget

from app.domain.event import StructureSnapshot
from app.domain.wording import whole_text
from app.views.look import Look
from app.views.plots.head_map import HeadMap, layers_of_snapshot
from app.views.widgets.card import Card, label

_REPAINT_MS: Final = 100


class HeadHistory(Card):
    """Follows the newest snapshot unless the scrubber was moved back.

    Signals:
        step_shown: Another moment is shown; carries its step.
    """

    step_shown = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Heads, layer by layer", parent)
        self._snapshots: list[StructureSnapshot] = []
        self._follows = True
        self._map = HeadMap(look)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("heads.scrubber")
        self._slider.setAccessibleName(self.tr("Step that the map shows"))
        self._slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._step = label("", "small-dim")
        self._live = QPushButton(self.tr("Newest"))
        self._live.setObjectName("heads.newest")
        self._live.setProperty("role", "small")
        self._live.setToolTip(self.tr("Follow the run again"))
        self._live.clicked.connect(self._on_live_clicked)
        policy = self._live.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._live.setSizePolicy(policy)
        self.body.addWidget(self._map, 1)
        self.body.addWidget(self._slider)
        line = QHBoxLayout()
        line.addWidget(self._step, 1)
        line.addWidget(self._live)
        self.body.addLayout(line)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(_REPAINT_MS)
        self._repaint.timeout.connect(self._show_current)
        self._show_current()

    def show_snapshots(self, snapshots: Sequence[StructureSnapshot], *, is_live: bool) -> None:
        """Show the moments of a run; a run that is not live has no newest to follow."""
        self._snapshots = list(snapshots)
        self._is_live = is_live
        if not self._repaint.isActive():
            self._repaint.start()

    def start_over(self) -> None:
        """Follow the newest moment again: another run is shown."""
        self._follows = True
        self._snapshots = []
        self._show_current()

    _is_live = False

    def _show_current(self) -> None:
        count = len(self._snapshots)
        self._slider.blockSignals(True)
        self._slider.setRange(0, max(count - 1, 0))
        self._slider.setPageStep(max(count // 20, 1))
        if self._follows:
            self._slider.setValue(max(count - 1, 0))
        self._slider.blockSignals(False)
        self._slider.setEnabled(count > 1)
        self._live.setVisible(not self._follows)
        if not count:
            self._map.show_layers(())
            self.show_note(self.tr("Shade: importance. Struck through: removed."))
            self._step.setText(self.tr("No snapshot of the heads yet."))
            return
        snapshot = self._snapshots[min(self._slider.value(), count - 1)]
        self._map.show_layers(layers_of_snapshot(snapshot))
        kept = sum(map(sum, snapshot.heads_alive))
        total = sum(map(len, snapshot.heads_alive))
        self.show_note(
            self.tr("%1 of %2 kept. Shade: importance. Struck through: removed.")
            .replace("%1", str(kept))
            .replace("%2", str(total))
        )
        text = self.tr("step %1 of %2").replace("%1", whole_text(snapshot.step))
        newest = self._snapshots[-1].step
        suffix = self.tr(" (now)") if self._follows and self._is_live else ""
        self._step.setText(text.replace("%2", whole_text(newest)) + suffix)

    def show_step(self, step: int) -> None:
        """Show the last moment that is not after ``step``."""
        steps = [snapshot.step for snapshot in self._snapshots]
        self._slider.setValue(max(bisect_right(steps, step) - 1, 0))

    def _on_slider_moved(self, place: int) -> None:
        self._follows = place >= len(self._snapshots) - 1
        self._show_current()
        if self._snapshots:
            self.step_shown.emit(self._snapshots[min(place, len(self._snapshots) - 1)].step)

    def _on_live_clicked(self) -> None:
        self._follows = True
        self._show_current()
        self._slider.setFocus()
