"""What is built while the window is large already looks the same as what was there before."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtWidgets import QLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import NEUTRAL, Look
from app.views.widgets.way_cards import WayButton, WayCard, WayCards
from app.views.zoom import zoom

CARDS = (WayCard(id="a", title="JPQD, quick", when="A first look."), WayCard(id="b", title="INT8", when=""))


@pytest.fixture
def large(qtbot: QtBot) -> Iterator[tuple[Look, QWidget]]:
    """A look, and a page that follows it as the window does; they went to 200 % already."""
    look, page = Look(), QWidget()
    qtbot.addWidget(page)
    look.rescaled.connect(lambda ratio: zoom(page, ratio))
    scale_to(look, 2.0)
    yield look, page
    look.deleteLater()


def scale_to(look: Look, scale: float) -> None:
    look.show_tokens(msgspec.structs.asdict(NEUTRAL), scale)


def lengths_of(button: WayButton) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for layout in button.findChildren(QLayout):
        margins = layout.contentsMargins()
        found.append(
            (margins.left(), margins.top(), margins.right(), margins.bottom(), max(layout.spacing(), 0))
        )
    return [*found, (button._title.minimumHeight(),)]


def test_a_card_of_a_way_that_came_at_200_percent_has_its_own_margins_at_100(
    large: tuple[Look, QWidget], qtbot: QtBot
) -> None:
    look, page = large
    cards = WayCards(look, page)
    cards.show_cards(CARDS, "a")
    usual = WayCards(Look(), None)
    qtbot.addWidget(usual)
    usual.show_cards(CARDS, "a")
    ((normal, _), (came_large, _)) = (each.findChildren(WayButton) for each in (usual, cards))
    at_100 = lengths_of(normal)
    assert (14, 10, 14, 10, 4) in at_100
    assert lengths_of(came_large) == [tuple(2 * length for length in each) for each in at_100]
    scale_to(look, 1.0)
    assert lengths_of(came_large) == at_100
