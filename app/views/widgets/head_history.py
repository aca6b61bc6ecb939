"""The head map of a run with a scrubber over its steps, and its replay."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget
from typing_extensions import override

from app.domain.event import StructureSnapshot
from app.domain.wording import whole_text
from app.views.icons import icon
from app.views.look import Look
from app.views.plots.head_map import HeadMap, layers_of_snapshot
from app.views.widgets.calm import CalmComboBox, CalmSlider
from app.views.widgets.card import Card, label

_REPAINT_MS: Final = 100
_FRAME_MS: Final = 250
"""For one snapshot at speed 1, where there are few of them."""
_SHORTEST_MS, _LONGEST_MS = 3_000, 15_000
"""What a whole replay takes at speed 1."""
_SPEEDS: Final = (0.5, 1.0, 2.0, 4.0)


class HeadHistory(Card):
    """Follows the newest snapshot unless the scrubber was moved back or the run is replayed.

    Signals:
        step_shown: Another moment than the newest is shown; carries its step, or None for the newest.
    """

    step_shown = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("HeadHistory", "Heads, layer by layer"), parent)
        self._look = look
        self._snapshots: list[StructureSnapshot] = []
        self._follows = True
        self._is_live = False
        self._total_steps = 0
        self._painted = ("", "")
        self._map = HeadMap(look)
        self._play = self._make_play()
        self._slider = self._make_slider()
        self._speed = self._make_speed()
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
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self._play)
        controls.addWidget(self._slider, 1)
        controls.addWidget(self._speed)
        self.body.addLayout(controls)
        line = QHBoxLayout()
        line.addWidget(self._step, 1)
        line.addWidget(self._live)
        self.body.addLayout(line)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(_REPAINT_MS)
        self._repaint.timeout.connect(self._show_current)
        self._frames = QTimer(self)
        self._frames.setInterval(_REPAINT_MS)
        self._frames.timeout.connect(self._on_frame)
        self._clock = QElapsedTimer()
        self._replayed_ms = 0.0
        look.changed.connect(self._paint_icon)
        self._show_current()

    def _make_play(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("heads.play")
        made.setProperty("role", "quiet")
        made.setIconSize(QSize(18, 18))
        made.clicked.connect(self.toggle_replay)
        return made

    def _make_slider(self) -> CalmSlider:
        made = CalmSlider(Qt.Orientation.Horizontal)
        made.setObjectName("heads.scrubber")
        made.setAccessibleName(self.tr("Step that the map shows"))
        made.setToolTip(self.tr("Arrow keys go from snapshot to snapshot, Space replays"))
        made.valueChanged.connect(self._on_slider_moved)
        made.sliderPressed.connect(self.stop_replay)
        made.installEventFilter(self)
        return made

    def _make_speed(self) -> CalmComboBox:
        made = CalmComboBox()
        made.setObjectName("heads.speed")
        made.setProperty("role", "small")
        made.setAccessibleName(self.tr("Speed of the replay"))
        made.setMinimumContentsLength(0)
        made.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        for speed in _SPEEDS:
            made.addItem(f"{speed:g}×", speed)
        made.setCurrentIndex(_SPEEDS.index(1.0))
        made.currentIndexChanged.connect(self._on_speed_changed)
        return made

    @property
    def is_replaying(self) -> bool:
        """Whether the map goes through the run by itself."""
        return self._frames.isActive()

    def show_snapshots(
        self, snapshots: Sequence[StructureSnapshot], *, total_steps: int = 0, is_live: bool
    ) -> None:
        """Show the moments of a run; a run that is not live has no newest to follow."""
        if (self._is_live, self._total_steps) == (is_live, total_steps) and _are_same(
            self._snapshots, snapshots
        ):
            return
        self._snapshots = list(snapshots)
        self._is_live = is_live
        self._total_steps = total_steps
        if not self._repaint.isActive():
            self._repaint.start()

    def start_over(self) -> None:
        """Follow the newest moment again: another run is shown."""
        self.stop_replay()
        self._snapshots = []
        self._follow()

    def show_step(self, step: int) -> None:
        """Show the last moment that is not after ``step``."""
        steps = [snapshot.step for snapshot in self._snapshots]
        self._slider.setValue(max(bisect_right(steps, step) - 1, 0))

    # Replay --------------------------------------------------------------------------

    def toggle_replay(self) -> None:
        """Go through the run from where the scrubber stands, or from its start; or stop."""
        if self.is_replaying:
            self.stop_replay()
            return
        last = len(self._snapshots) - 1
        if last < 1:
            return
        if self._follows or self._slider.value() >= last:
            self._slider.setValue(0)
        self._replayed_ms = self._slider.value() / last * self._length_ms()
        self._clock.start()
        self._frames.start()
        self._paint_icon()

    def stop_replay(self) -> None:
        """Stop where it stands."""
        self._frames.stop()
        self._paint_icon()

    def _length_ms(self) -> float:
        return min(max(len(self._snapshots) * _FRAME_MS, _SHORTEST_MS), _LONGEST_MS)

    def _on_frame(self) -> None:
        self._replayed_ms += self._clock.restart() * float(self._speed.currentData())
        last = len(self._snapshots) - 1
        place = int(self._replayed_ms / self._length_ms() * last)
        self._slider.setValue(min(place, last))
        if place >= last:
            self.stop_replay()

    def _on_speed_changed(self) -> None:
        self._clock.restart()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.stop_replay()
        super().hideEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if watched is self._slider and is_space and event.type() == QEvent.Type.KeyPress:
            self.toggle_replay()
            return True
        return super().eventFilter(watched, event)

    # Showing -------------------------------------------------------------------------

    def _show_current(self) -> None:
        count = len(self._snapshots)
        self._slider.blockSignals(True)
        self._slider.setRange(0, max(count - 1, 0))
        self._slider.setPageStep(max(count // 10, 1))
        if self._follows:
            self._slider.setValue(max(count - 1, 0))
        self._slider.blockSignals(False)
        for control in (self._slider, self._play, self._speed):
            control.setEnabled(count > 1)
        self._live.setVisible(not self._follows)
        self._paint_icon()
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
        last = max(self._snapshots[-1].step, self._total_steps)
        if self._follows and self._is_live:
            text = self.tr("step %1 of %2 (now)")
        elif self._follows and snapshot.step < last:
            text = self.tr("final since step %1 of %2")
        else:
            text = self.tr("step %1 of %2")
        text = text.replace("%1", whole_text(snapshot.step)).replace("%2", whole_text(last))
        self._step.setText(text)
        self._slider.setAccessibleDescription(text)

    def _follow(self) -> None:
        self._follows = True
        self._show_current()
        self.step_shown.emit(None)

    def _on_slider_moved(self, place: int) -> None:
        self._follows = place >= len(self._snapshots) - 1
        self._show_current()
        shown = None if self._follows or not self._snapshots else self._snapshots[place].step
        self.step_shown.emit(shown)

    def _on_live_clicked(self) -> None:
        self.stop_replay()
        self._follow()
        self._slider.setFocus()

    def _paint_icon(self) -> None:
        said = self.tr("Stop the replay") if self.is_replaying else self.tr("Replay the run")
        if self._play.accessibleName() != said:
            self._play.setAccessibleName(said)
            self._play.setToolTip(said)
        name = "pause" if self.is_replaying else "play"
        color = self._look.color("text" if self._play.isEnabled() else "faint")
        if self._painted != (name, color.name()):
            self._painted = (name, color.name())
            self._play.setIcon(icon(name, color))


def _are_same(known: Sequence[StructureSnapshot], news: Sequence[StructureSnapshot]) -> bool:
    """Whether nothing was told since: snapshots only come at the end, or a resumed run cut some off."""
    return len(known) == len(news) and (not known or known[-1] is news[-1])
