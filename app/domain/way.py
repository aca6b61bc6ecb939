"""The ways of making a model small that the engine really has, and which of them suits a model best."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from app.domain.language import marked

_LITTLE_DATA: Final = 2_000
_TOO_LONG_S: Final = 6 * 3600.0


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One card of the page Compress. A later method is one more entry of `WAYS`."""

    recipe: str
    """A ready recipe, by name."""
    title: str
    when: str
    """When to use it, one line."""
    needs: str
    effort: int
    """The smaller, the sooner it is done."""


WAYS: Final = (
    Way(
        recipe="jpqd-fast",
        title=marked("JPQD, quick"),
        when=marked("A first look: prunes, quantizes and distils in one short run."),
        needs=marked("Needs labelled sentences."),
        effort=1,
    ),
    Way(
        recipe="jpqd-best",
        title=marked("JPQD, thorough"),
        when=marked("The model to ship: removes more, trains on all the data."),
        needs=marked("Needs some thousand labelled sentences."),
        effort=2,
    ),
)


class Reason(StrEnum):
    """Why a way is recommended."""

    FIRST = "first"
    """Nothing was made from the model yet."""
    NEXT = "next"
    """The quicker way has run; this one goes further."""
    AGAIN = "again"
    """It has run before and nothing speaks against it."""
    LITTLE_DATA = "little_data"
    """There is too little data for more."""
    TOO_LONG = "too_long"
    """The thorough way would take many hours here."""


class Advice(msgspec.Struct, frozen=True):
    """The recommended recipe and why."""

    recipe: str
    reason: Reason


def recommend(
    finished: Sequence[str], sentences: Mapping[str, int], seconds: Mapping[str, float]
) -> Advice | None:
    """Return which of `WAYS` to take, None where there is none to choose.

    Args:
        finished: Recipes that have run on this model already.
        sentences: How many sentences each recipe would train on, where the data is known.
        seconds: The longest that each recipe may take, where earlier runs tell.
    """
    offered = sorted((way for way in WAYS), key=lambda way: way.effort)
    if not offered:
        return None
    quick, thorough = offered[0].recipe, offered[-1].recipe
    if sentences.get(thorough, _LITTLE_DATA) < _LITTLE_DATA:
        return Advice(quick, Reason.LITTLE_DATA)
    if seconds.get(thorough, 0.0) > _TOO_LONG_S:
        return Advice(quick, Reason.TOO_LONG)
    if thorough in finished:
        return Advice(thorough, Reason.AGAIN)
    if quick in finished:
        return Advice(thorough, Reason.NEXT)
    return Advice(quick, Reason.FIRST)
