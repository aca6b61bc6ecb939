"""What scrolls is as high as its texts need."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.scroll import Scroll


def test_a_form_that_is_narrower_than_its_room_cuts_no_text(qtbot: QtBot) -> None:
    inside = QWidget()
    inside.setMaximumWidth(300)
    column = QVBoxLayout(inside)
    texts = [QLabel("A text that needs two lines in three hundred pixels, and one where there is more room.")]
    texts += [QLabel(f"line {number}") for number in range(9)]
    for text in texts:
        text.setWordWrap(True)
        column.addWidget(text)
    column.addStretch(1)
    scroll = Scroll(inside, sideways=False)
    qtbot.addWidget(scroll)
    scroll.resize(900, 200)
    scroll.show()
    assert inside.width() == 300
    for text in texts:
        assert text.height() >= text.heightForWidth(text.width())
