"""How training data looks to a model: tokens of a few sentences, lengths of many, and the classes."""

import random
from collections import Counter
from pathlib import Path
from typing import Final

from app.domain.model import IR_FOLDER, TORCH_FOLDER
from app.domain.question import Tokenize, Tokenized, TokenizedText
from app.engine.datasets import Rows, read_rows
from app.engine.tokenizing import TOKENIZER_FILE, JsonTokenizer

_MOST_ROWS: Final = 500_000
"""Read to count the classes; a window waits for the answer."""
_CUT_SHOWN: Final = 12
_PLACES: Final = (0.5, 0.9, 1.0)
"""Where among the sentences by length the examples stand."""
_NEAR: Final = 10
_BATCH: Final = 1_000


def tokenized(question: Tokenize) -> Tokenized:
    """Answer the question; see `Tokenized`.

    Raises:
        AppError: As `read_rows` and `JsonTokenizer`.
    """
    tokenizer = _tokenizer_of(Path(question.model.folder))
    rows = read_rows(question.data, _MOST_ROWS)
    chosen = _sample(len(rows), question.sample)
    lengths = _lengths(tokenizer, rows, chosen)
    names = question.data.labels
    classes = Counter(rows.labels)
    most = min(question.max_length, tokenizer.max_length)
    return Tokenized(
        examples=tuple(
            _example(tokenizer, rows, place, names, most) for place in _typical(chosen, lengths, rows.labels)
        ),
        lengths=tuple(sorted(Counter(lengths).items())),
        counted=len(chosen),
        rows=len(rows),
        is_whole=len(rows) < _MOST_ROWS,
        labels=tuple(
            (_name(names, label), classes.get(label, 0)) for label in range(max(len(names), max(classes) + 1))
        ),
        limit=tokenizer.max_length,
    )


def _tokenizer_of(folder: Path) -> JsonTokenizer:
    torch, ir = folder / TORCH_FOLDER, folder / IR_FOLDER
    return JsonTokenizer(torch if (torch / TOKENIZER_FILE).is_file() else ir)


def _sample(count: int, wanted: int) -> list[int]:
    if count <= wanted:
        return list(range(count))
    return sorted(random.Random(0).sample(range(count), wanted))  # noqa: S311 - the same ones each time


def _lengths(tokenizer: JsonTokenizer, rows: Rows, chosen: list[int]) -> list[int]:
    lengths: list[int] = []
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        encoded = tokenizer(
            [rows.texts[place] for place in batch],
            None if rows.pairs is None else [rows.pairs[place] for place in batch],
            truncation=False,
            max_length=0,
            padding=False,
        )
        lengths += [len(ids) for ids in encoded["input_ids"]]
    return lengths


def _typical(chosen: list[int], lengths: list[int], labels: list[int]) -> list[int]:
    """Return the rows of the examples, each once."""
    by_length = [place for _, place in sorted(zip(lengths, chosen, strict=True))]
    found: list[int] = []
    for share in _PLACES:
        middle = int(share * (len(by_length) - 1))
        near = by_length[max(0, middle - _NEAR) : middle + 1][::-1]
        shown = [labels[place] for place in found]
        # A class that was not shown yet, where one is of nearly that length; the longest is the longest.
        fresh = [place for place in near if place not in found and labels[place] not in shown]
        found.append(fresh[0] if fresh and share < 1 else near[0])
    return list(dict.fromkeys(found))


def _example(
    tokenizer: JsonTokenizer, rows: Rows, place: int, names: tuple[str, ...], max_length: int
) -> TokenizedText:
    pair = None if rows.pairs is None else rows.pairs[place]
    whole = tokenizer.pieces(rows.texts[place], pair)
    kept = tokenizer.pieces(rows.texts[place], pair, max_length)
    inner = [token for token, is_special in zip(whole.tokens, whole.special, strict=True) if not is_special]
    kept_inner = sum(not is_special for is_special in kept.special)
    return TokenizedText(
        label=_name(names, rows.labels[place]),
        tokens=kept.tokens,
        special=kept.special,
        length=len(whole.tokens),
        cut=() if pair is not None else tuple(inner[kept_inner : kept_inner + _CUT_SHOWN]),
    )


def _name(names: tuple[str, ...], label: int) -> str:
    return names[label] if label < len(names) else str(label)
