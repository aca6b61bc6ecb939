"""Recipes by name or from a file, and single fields of them set by hand."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from app.domain.errors import AppError
from app.domain.nncf_config import is_nncf, recipe_from_nncf
from app.domain.recipe import JpqdRecipe
from app.services.resources import resource

DEFAULTS: Final = "jpqd"
"""The name of the recipe with every default: any recipe can be said as this one and ``--set``."""


@cache
def ready_recipes() -> dict[str, JpqdRecipe]:
    """Return the recipes that come with the program, by name.

    Raises:
        AppError: resource_missing or recipe_invalid.
    """
    files = sorted(resource("recipes").glob("*.json"))
    return {path.stem: _decode(path.read_bytes(), path.name) for path in files}


def load_recipe(name_or_path: str) -> JpqdRecipe:
    """Return a ready recipe by its name, or one from a file: a Whittle recipe or an NNCF config.

    Raises:
        AppError: recipe_unknown, recipe_invalid (with the path of the wrong field) or nncf_config.
    """
    ready = ready_recipes()
    if name_or_path in ready:
        return ready[name_or_path]
    if name_or_path == DEFAULTS:
        return JpqdRecipe()
    path = Path(name_or_path).expanduser()
    if not path.is_file():
        raise AppError(
            "recipe_unknown",
            f"There is no recipe and no file “{name_or_path}”.",
            f"Ready recipes: {', '.join([*ready, DEFAULTS])}.",
        )
    return _decode(path.read_bytes(), path.name)


def with_overrides(recipe: JpqdRecipe, assignments: Sequence[str]) -> JpqdRecipe:
    """Return the recipe with fields set as ``training.epochs=2``.

    A value is JSON (``null`` empties a field); what is no JSON is taken as text.

    Raises:
        AppError: recipe_invalid, naming the field.
    """
    document = cast("dict[str, Any]", msgspec.to_builtins(recipe))
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        if not equals:
            raise AppError(
                "recipe_invalid",
                f"“{assignment}” sets nothing.",
                "Write it as KEY=VALUE, for example --set training.epochs=2.",
            )
        *parents, last = path.strip().split(".")
        part: Any = document
        for name in (*parents, last):
            if not isinstance(part, dict) or name not in part:
                raise AppError(
                    "recipe_invalid",
                    f"The recipe has no field “{path}”.",
                    f"Fields there: {', '.join(_names(document, parents))}.",
                )
            if name is not last:
                part = cast("dict[str, Any]", part)[name]
        part[last] = _value(text)
        document = cast("dict[str, Any]", msgspec.to_builtins(_convert(document, f"--set {assignment}")))
    return _convert(document, "--set")


def assignments_between(base: JpqdRecipe, recipe: JpqdRecipe) -> list[str]:
    """Return the ``KEY=VALUE``s that turn ``base`` into ``recipe``."""
    before = dict(_leaves(msgspec.to_builtins(base)))
    return [
        f"{path}={_text(value)}"
        for path, value in _leaves(msgspec.to_builtins(recipe))
        if path != "method" and before.get(path) != value
    ]


def _leaves(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield prefix, value
        return
    for name, inner in cast("dict[str, Any]", value).items():
        yield from _leaves(inner, f"{prefix}.{name}" if prefix else name)


def _text(value: object) -> str:
    return value if isinstance(value, str) and _value(value) == value else msgspec.json.encode(value).decode()


def _value(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _names(document: dict[str, Any], parents: Sequence[str]) -> list[str]:
    """Return the field names where a path went wrong: at the deepest part of it that exists."""
    part: Any = document
    for name in parents:
        inner: Any = part.get(name)
        if not isinstance(inner, dict):
            break
        part = cast("dict[str, Any]", inner)
    return [name for name in part if name != "method"]


def _decode(content: bytes, where: str) -> JpqdRecipe:
    try:
        document = msgspec.json.decode(content)
    except msgspec.DecodeError as error:
        raise AppError(
            "recipe_invalid",
            f"{where} is not JSON: {error}.",
            "Correct the file, or start from a ready recipe.",
        ) from error
    return recipe_from_nncf(document) if is_nncf(document) else _convert(document, where)


def _convert(document: object, where: str) -> JpqdRecipe:
    try:
        return msgspec.convert(document, JpqdRecipe)
    except msgspec.ValidationError as error:
        raise AppError(
            "recipe_invalid", f"{where}: {error}.", "Correct that field; the ranges stand in the form."
        ) from error
