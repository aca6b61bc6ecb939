"""Which way of making a model small is recommended, and why."""

from app.domain.way import WAYS, Advice, Reason, recommend
from app.services.recipes import ready_recipes

MANY = {"jpqd-fast": 4_000, "jpqd-best": 8_600}


def test_every_ready_recipe_has_a_card_and_every_card_a_recipe() -> None:
    assert {way.recipe for way in WAYS} == set(ready_recipes())
    assert len({way.effort for way in WAYS}) == len(WAYS)
    assert all(way.title and way.when.endswith(".") and way.needs.endswith(".") for way in WAYS)


def test_a_new_model_begins_with_the_quick_way() -> None:
    assert recommend((), MANY, {}) == Advice("jpqd-fast", Reason.FIRST)
    assert recommend((), {}, {}) == Advice("jpqd-fast", Reason.FIRST)


def test_once_that_has_run_the_thorough_way_follows() -> None:
    assert recommend(("jpqd-fast",), MANY, {"jpqd-best": 900.0}) == Advice("jpqd-best", Reason.NEXT)
    assert recommend(("jpqd-best",), MANY, {}) == Advice("jpqd-best", Reason.AGAIN)


def test_little_data_or_a_slow_computer_speak_for_the_quick_way() -> None:
    little = {"jpqd-fast": 400, "jpqd-best": 400}
    assert recommend(("jpqd-fast",), little, {}) == Advice("jpqd-fast", Reason.LITTLE_DATA)
    assert recommend(("jpqd-fast",), MANY, {"jpqd-best": 40_000.0}) == Advice("jpqd-fast", Reason.TOO_LONG)
