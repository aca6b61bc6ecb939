"""Finding an entry by a few of its letters."""

import pytest

from app.domain.fuzzy import match


def score(query: str, text: str) -> float:
    found = match(query, text)
    assert found is not None, (query, text)
    return found.score


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("co", "Compress", "Add a comment"),
        ("mod", "Add model", "Remodel"),
        ("pause", "Pause", "Pause everything that runs"),
        ("trash", "Move to trash", "Try a hash"),
    ],
)
def test_starts_and_words_count_more_than_letters_inside(query: str, better: str, worse: str) -> None:
    assert score(query, better) > score(query, worse)


def test_every_word_has_to_be_there_in_any_order() -> None:
    assert match("dark theme", "Theme: Dark") is not None
    assert match("dark blue", "Theme: Dark") is None


def test_letters_in_order_are_enough_but_not_strewn_over_a_line() -> None:
    assert match("shcut", "Keyboard shortcuts") is not None
    assert match("abc", "a long line in which b stands far away, and c even farther") is None


def test_the_places_are_those_of_the_letters_that_were_asked_for() -> None:
    found = match("add", "Model: add")
    assert found is not None
    assert "".join("Model: add"[place] for place in found.places) == "add"


def test_nothing_asked_for_matches_everything_alike() -> None:
    assert score("", "short") == score(" ", "something much longer")


def test_a_letter_whose_small_form_is_longer_does_no_harm() -> None:
    found = match("stanbul", "İstanbul")
    assert found is not None
    assert max(found.places) < len("İstanbul")
