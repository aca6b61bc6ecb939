"""Labels that shorten themselves."""

from pytestqt.qtbot import QtBot

from app.views.main_window import MainWindow, StatusState
from app.views.widgets.card import ElidedLabel


def test_a_shortened_text_is_its_tooltip_unless_it_was_given_one(qtbot: QtBot) -> None:
    shown = ElidedLabel("a name that is much too long for the little room that there is")
    qtbot.addWidget(shown)
    tips: list[str] = []
    for told, width in (("", 100), ("/data/a", 100), ("/data/a", 900), ("", 100), ("", 900)):
        shown.setToolTip(told)
        shown.resize(width, 20)
        assert not shown.grab().isNull()
        tips.append(shown.toolTip())
    assert tips == [shown.text(), "/data/a", "/data/a", shown.text(), ""]


def test_the_status_bar_tells_the_folder_of_the_workspace_at_the_mouse(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_status(StatusState(workspace="reviews", workspace_folder="/data/whittle/reviews"))
    assert not window.grab().isNull()
    assert window._workspace.toolTip() == "/data/whittle/reviews"
