"""A recipe as JSON text that people edit: its own words or NNCF's, and what is wrong on which line."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from app.domain.form import tree_of
from app.domain.json_text import json_text, lines_of_paths, nearest_line
from app.domain.nncf_config import NncfConfigError, is_nncf, recipe_from_nncf, widened_nncf, with_nncf
from app.domain.recipe import JpqdRecipe

TextKind = Literal["recipe", "nncf"]
"""In whose words a recipe is written."""

_WHERE: Final = re.compile(r" - at `(?P<path>[^`]*)`$")
_UNKNOWN: Final = re.compile(r"unknown field `(?P<name>[^`]*)`")


class TextMark(msgspec.Struct, frozen=True):
    """What is wrong with a line of the text."""

    line: int
    """Counted from 1."""
    path: str
    """Dotted, as the form has it; empty where the text is no JSON."""
    message: str


class TextReading(msgspec.Struct, frozen=True):
    """What a text says: plain data for the form, or the mark that says why it cannot be read."""

    tree: dict[str, Any] | None
    kind: TextKind
    mark: TextMark | None = None


def text_of(tree: Mapping[str, Any], kind: TextKind) -> tuple[str, tuple[str, ...]] | None:
    """Return a recipe's text and the words in it that NNCF does not know.

    None where it cannot be said: a recipe with a wrong value has no words of NNCF's.
    """
    if kind == "recipe":
        return json_text(dict(tree)), ()
    recipe = _sound(tree)
    if recipe is None:
        return None
    document, own = widened_nncf(recipe)
    return json_text(document), own


def read_text(text: str, present: Mapping[str, Any]) -> TextReading:
    """Return what a text says. An NNCF config is one wherever it stands.

    Args:
        text: What was typed or pasted.
        present: The recipe as it is now: what NNCF has no words for stays so.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        return TextReading(None, "recipe", TextMark(error.lineno, "", f"{error.msg}, column {error.colno}."))
    except RecursionError:
        return TextReading(None, "recipe", TextMark(1, "", "It is nested too deeply."))
    kind: TextKind = "nncf" if is_nncf(document) else "recipe"
    try:
        recipe = _converted(document, kind, present)
    except NncfConfigError as error:
        return TextReading(None, kind, _mark(text, error.path, f"{error.what}."))
    except msgspec.ValidationError as error:
        found = _WHERE.search(str(error))
        path = found["path"] if found else "$"
        if unknown := _UNKNOWN.search(str(error)):
            path = f"{path}.{unknown['name']}"
        message = _WHERE.sub("", str(error)).replace("`", "")
        return TextReading(None, kind, _mark(text, path, f"{message}."))
    return TextReading(tree_of(recipe), kind)


def _sound(tree: Mapping[str, Any]) -> JpqdRecipe | None:
    """Return the recipe where each value is one, whether they go together or not."""
    try:
        return msgspec.convert(dict(tree), JpqdRecipe)
    except msgspec.ValidationError:
        return None


def _converted(document: object, kind: TextKind, present: Mapping[str, Any]) -> JpqdRecipe:
    if kind == "recipe":
        return msgspec.convert(document, JpqdRecipe)
    base = _sound(present)
    return recipe_from_nncf(document) if base is None else with_nncf(base, document)


def marks_of(text: str, kind: TextKind, reasons: Mapping[str, str]) -> tuple[TextMark, ...]:
    """Return the marks for fields whose values are wrong or do not go together, by their lines."""
    if kind != "recipe" or not reasons:
        return ()
    lines = lines_of_paths(text)
    return tuple(
        sorted(
            (TextMark(nearest_line(lines, f"$.{path}"), path, reason) for path, reason in reasons.items()),
            key=lambda mark: mark.line,
        )
    )


def _mark(text: str, path: str, message: str) -> TextMark:
    return TextMark(nearest_line(lines_of_paths(text), path), path.removeprefix("$").lstrip("."), message)
