"""What a chart says of the place that is pointed at."""

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_GAP: Final = 12


class Reading(QLabel):
    """Lies over a chart, beside the place and within the chart; hidden until it is shown somewhere."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(chart)
        self._chart = chart
        self.setProperty("role", "reading")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str) -> None:
        """Take on a text, and the size that it needs."""
        self.setText(text)
        self.adjustSize()

    def show_table(self, lines: Sequence[Sequence[str]]) -> None:
        """Say cells in columns, figures at the right."""
        rows = (
            "".join(
                f'<td align="{"right" if place else "left"}" style="padding-left:{_GAP * bool(place)}px">'
                f"{escape(cell)}</td>"
                for place, cell in enumerate(line)
            )
            for line in lines
        )
        self.say(f'<table cellspacing="0">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>')

    def show_beside(self, x: float, top: float) -> None:
        """Show it to the right of a place, or to the left where there is no room."""
        has_room = x + _GAP + self.width() <= self._chart.width()
        self.show_at(x + _GAP if has_room else x - _GAP - self.width(), top)

    def show_at(self, left: float, top: float) -> None:
        """Show it with this corner, or as near to it as the chart lets."""
        room = self._chart.size() - self.size()
        self.move(round(max(min(left, room.width()), 0)), round(max(min(top, room.height()), 0)))
        self.show()
        self.raise_()
