"""Tokenizers read from ``tokenizer.json`` alone, without transformers and its ten seconds of import."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.errors import AppError

Features = dict[str, list[int]]
"""``input_ids``, ``attention_mask`` and, if the model has it, ``token_type_ids`` of a sentence, unpadded."""

TOKENIZER_FILE: Final = "tokenizer.json"
_UNLIMITED: Final = 512


@dataclass(frozen=True)
class Pieces:
    """The tokens of a sentence, and which of them the tokenizer adds."""

    tokens: tuple[str, ...]
    special: tuple[bool, ...]


class JsonTokenizer:
    """A fast tokenizer, called as a Hugging Face one is.

    Raises:
        AppError: ``tokenizer_missing`` or ``tokenizer_broken``.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / TOKENIZER_FILE
        if not path.is_file():
            raise AppError(
                "tokenizer_missing",
                f"There is no {TOKENIZER_FILE} in {folder}.",
                "Put the tokenizer's files beside the model and import it again.",
            )
        library: Any = import_module("tokenizers")
        try:
            self._tokenizer = library.Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise AppError(
                "tokenizer_broken",
                f"{path} is not a readable tokenizer.",
                "Copy the file again from where the model came from.",
                str(error),
            ) from error
        self._tokenizer.no_padding()
        self.max_length = longest_input(folder)
        """Most tokens that the model takes."""

    def __call__(
        self,
        text: list[str],
        text_pair: list[str] | None = None,
        *,
        truncation: bool,
        max_length: int,
        padding: bool,
    ) -> Mapping[str, list[list[int]]]:
        """Return ids, type ids and mask, one list a sentence; padding is left to who runs them."""
        if padding:
            raise ValueError("not padded here")
        if truncation:
            self._tokenizer.enable_truncation(max_length)
        else:
            self._tokenizer.no_truncation()
        batch = text if text_pair is None else list(zip(text, text_pair, strict=True))
        encodings = self._tokenizer.encode_batch(batch)
        return {
            "input_ids": [encoding.ids for encoding in encodings],
            "token_type_ids": [encoding.type_ids for encoding in encodings],
            "attention_mask": [encoding.attention_mask for encoding in encodings],
        }

    def pieces(self, text: str, pair: str | None = None, max_length: int | None = None) -> Pieces:
        """Return the tokens of a sentence or a pair, cut at ``max_length`` or not at all."""
        if max_length is None:
            self._tokenizer.no_truncation()
        else:
            self._tokenizer.enable_truncation(max_length)
        encoding = self._tokenizer.encode(text, pair)
        return Pieces(tuple(encoding.tokens), tuple(bool(mask) for mask in encoding.special_tokens_mask))

    def vocabulary(self) -> dict[str, int]:
        """Return the ids by token, added tokens included."""
        return dict(self._tokenizer.get_vocab(with_added_tokens=True))


def longest_input(folder: Path) -> int:
    """Return how many tokens the model in ``folder`` takes: the smaller of what its two configs allow."""
    limits = [
        value
        for file, key in (
            ("config.json", "max_position_embeddings"),
            ("tokenizer_config.json", "model_max_length"),
        )
        if isinstance(value := _json_object(folder / file).get(key), int)
    ]
    return min(limits, default=_UNLIMITED)


def _json_object(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, object])
    except msgspec.DecodeError as error:
        raise AppError(
            "config_broken", f"{path} is not valid JSON ({error}).", "Copy the file again from its source."
        ) from error
