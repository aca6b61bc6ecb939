"""The language that texts and figures are said in: English, unless the window has chosen another.

What pages say is translated by Qt where it stands. This is for what is said below them, where there is
no Qt: preflight findings, the wording of jobs, errors that the window itself meets. A worker and the
command line speak English.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""By code, each in its own words."""


def _as_it_is(text: str) -> str:
    return text


class Language(msgspec.Struct, frozen=True):
    """How texts and figures are written."""

    code: str = "en"
    decimal: str = "."
    group: str = ","
    """Sets off the thousands."""
    translate: Callable[[str], str] = _as_it_is


ENGLISH: Final = Language()
_PLACE: Final = re.compile(r"%(\d)")


class _Spoken:
    now: Language = ENGLISH


def speak(language: Language) -> None:
    """Say everything from here on in ``language``; what was said before stays as it is."""
    _Spoken.now = language


def spoken() -> Language:
    """Return the language that is spoken now."""
    return _Spoken.now


def marked(text: str) -> str:
    """Return ``text`` itself; marks a literal of a table as one that `said` is to translate."""
    return text


def said(template: str, *values: object) -> str:
    """Return a text in the spoken language, with ``values`` for ``%1``, ``%2`` and so on.

    ``template`` is a literal, or a text that is `marked` where it stands.
    """
    text = _Spoken.now.translate(template) if template else ""

    def value(found: re.Match[str]) -> str:
        place = int(found[1])
        return str(values[place - 1]) if 0 < place <= len(values) else found[0]

    return _PLACE.sub(value, text) if values else text


def in_figures(figure: str) -> str:
    """Return an English figure, such as ``1,130.5``, as the spoken language writes it."""
    language = _Spoken.now
    if (language.decimal, language.group) == (ENGLISH.decimal, ENGLISH.group):
        return figure
    return figure.translate({ord(","): language.group, ord("."): language.decimal})
