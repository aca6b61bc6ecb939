"""What is written about a model: tags and notes, without any service."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.widgets.tag_line import TagLine

LEFT = Qt.MouseButton.LeftButton


def test_many_long_tags_stand_in_several_lines_and_ask_for_no_more_width(qtbot: QtBot, look: Look) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tags = TagLine(look)
    layout = QVBoxLayout(page)
    layout.addWidget(tags)
    layout.addStretch(1)
    names = [f"{number:02}{'m' * 22}" for number in range(12)]
    tags.show_tags(names)
    page.resize(700, 600)
    page.show()
    qtbot.waitExposed(page)
    assert page.minimumSizeHint().width() < 400
    qtbot.waitUntil(lambda: tags.height() == tags.minimumHeight())
    field = tags.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    placed = [*tags.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly), field]
    assert len(placed) == 13
    for one in placed:
        assert tags.rect().contains(one.geometry()), one.geometry()
        assert not any(one.geometry().intersects(other.geometry()) for other in placed if other is not one)
    with qtbot.waitSignal(tags.edited) as told:
        button = tags.findChild(QToolButton, f"models.tag.{names[5]}")
        assert isinstance(button, QToolButton)
        qtbot.mouseClick(button, LEFT)
    assert told.args == [tuple(name for name in names if name != names[5])]
    before = tags.height()
    tags.show_tags(names[:1])
    assert tags.minimumHeight() < before, "the lines go with the tags"
