"""JSON as people read and edit it: short lines, and on which line a value stands."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

_WIDTH: Final = 64
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def json_text(value: object, indent: int = 0, width: int = _WIDTH) -> str:
    """Return ``value`` as JSON in which a list stands on one line where it fits there."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value:
        return flat
    if isinstance(value, list) and indent and len(flat) + indent <= width:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        entries = [
            f"{json.dumps(name, ensure_ascii=False)}: {json_text(one, indent + 2, width)}"
            for name, one in cast("Mapping[str, object]", value).items()
        ]
    else:
        entries = [json_text(one, indent + 2, width) for one in cast("Sequence[object]", value)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    inside = ",\n".join(f"{pad}{entry}" for entry in entries)
    return f"{opening}\n{inside}\n{' ' * indent}{closing}"


def lines_of_paths(text: str) -> dict[str, int]:
    """Return the line, counted from 1, on which each value of a JSON text begins.

    Paths are written as msgspec writes them: ``$.training.epochs``, ``$.sparsity.rules[0].mode``. The
    text has to be valid JSON; of a key that stands twice, the last counts, as when it is read.
    """
    tokens = _tokens(text)
    found: dict[str, int] = {}
    first = next(tokens, None)
    if first is not None:
        _walk(first, "$", tokens, found)
    return found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, place = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        yield match.group(0), line


def _walk(
    token: tuple[str, int], path: str, tokens: Iterator[tuple[str, int]], found: dict[str, int]
) -> None:
    word, found[path] = token
    if word == "{":
        while (key := next(tokens, ("}", 0)))[0] != "}":
            if key[0] != ",":
                next(tokens, None)  # the colon
                inside = f"{path}.{json.loads(key[0])}"
                _walk(next(tokens, ("null", key[1])), inside, tokens, found)
                found[inside] = key[1]  # a value may stand beneath its key
    elif word == "[":
        place = 0
        while (entry := next(tokens, ("]", 0)))[0] != "]":
            if entry[0] != ",":
                _walk(entry, f"{path}[{place}]", tokens, found)
                place += 1


def nearest_line(lines: Mapping[str, int], path: str) -> int:
    """Return the line of a path, or of the innermost part of it that stands in the text."""
    while path not in lines:
        shorter = re.sub(r"(\.[^.\[\]]*|\[\d+\])$", "", path)
        if shorter == path:
            return 1
        path = shorter
    return lines[path]
