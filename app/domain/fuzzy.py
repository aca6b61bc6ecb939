"""Finding an entry by a few of its letters."""

from typing import Final

import msgspec

_AT_START: Final = 100.0
_AT_WORD: Final = 80.0
_INSIDE: Final = 50.0
_SCATTERED: Final = 15.0
_PER_GAP: Final = 1.0
_PER_LETTER: Final = 0.05


class Match(msgspec.Struct, frozen=True):
    """How well a text matches, and which of its letters do."""

    score: float
    places: tuple[int, ...] = ()


def match(query: str, text: str, *, scattered: bool = True) -> Match | None:
    """Return how well ``text`` matches, None where it does not; an empty query matches everything.

    Each word of the query has to be there: best at the start, then at the start of a word, then
    anywhere, last and only if ``scattered`` as letters in this order with others between. Case does
    not matter.
    """
    if not query.strip():
        return Match(0.0)
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer: places would be off
        lowered = text
    score, places = -_PER_LETTER * len(text), set[int]()
    for word in query.lower().split():
        found = _whole(word, lowered) or (_scattered(word, lowered) if scattered else None)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Match(score, tuple(sorted(places)))


def _whole(word: str, text: str) -> Match | None:
    at = text.find(word)
    best: Match | None = None
    while at >= 0:
        begins = at == 0 or not text[at - 1].isalnum()
        worth = _AT_START if at == 0 else _AT_WORD if begins else _INSIDE
        if best is None or worth > best.score:
            best = Match(worth, tuple(range(at, at + len(word))))
        at = text.find(word, at + 1)
    return best


def _scattered(word: str, text: str) -> Match | None:
    places: list[int] = []
    at = -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        places.append(at)
    gaps = places[-1] - places[0] + 1 - len(word)
    if gaps > 3 * len(word):
        return None  # letters strewn over a whole line are no match that anybody meant
    return Match(_SCATTERED - _PER_GAP * gaps, tuple(places))
