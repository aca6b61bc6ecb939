"""What is said below Qt."""

import pytest

from app.domain import wording
from app.domain.language import Language, in_figures, said, speak
from app.domain.preference import LANGUAGE, PREFERENCES, SIZE, size_of, stepped_size

GERMAN = Language("de", ",", ".", {"failed: %1": "fehlgeschlagen: %1", "%2 of %1": "%2 von %1"}.get)  # type: ignore[arg-type]


def test_values_take_their_places_and_are_never_replaced_again() -> None:
    assert said("%1 of %2, %1", "%2", 7) == "%2 of 7, %2"
    assert said("50 % of %1", "all") == "50 % of all"


def test_a_template_is_translated_before_its_values_are_filled_in() -> None:
    speak(GERMAN)
    assert said("failed: %1", "failed: %1") == "fehlgeschlagen: failed: %1"
    assert said("%2 of %1", 4, 3) == "3 von 4"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (lambda: in_figures("1,130.5"), "1.130,5"),
        (lambda: wording.whole_text(9216), "9.216"),
        (lambda: wording.bytes_text(86_700_000), "86,7 MB"),
        (lambda: wording.accuracy_text(0.908, 0.885, 0.931), "90,8 ± 2,3 %"),
        (lambda: wording.moment_text("2026-11-23T01:14:05Z"), "23.11.2026 01:14"),
    ],
)
def test_figures_are_written_as_the_language_has_it(figure: object, expected: str) -> None:
    speak(GERMAN)
    assert figure() == expected  # type: ignore[operator]


def test_a_moment_is_iso_8601_in_english() -> None:
    assert wording.moment_text("2026-11-23T01:14:05Z") == "2026-11-23 01:14"


def test_every_default_is_a_value_that_its_preference_takes() -> None:
    assert [one.id for one in PREFERENCES if not one.accepts(one.default)] == []
    assert not SIZE.accepts("1000")
    assert not LANGUAGE.accepts(None)


def test_sizes_step_to_their_ends_and_stop_there() -> None:
    assert stepped_size("100", 1) == "110"
    assert (stepped_size("200", 1), stepped_size("75", -1)) == ("200", "75")
    assert (size_of("150"), size_of("broken")) == (1.5, 1.0)
