"""Text classification: sentences to token ids, logits to probabilities, and accuracy with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.domain.dataset import class_ids
from app.domain.disagreement import paired_interval, wilson_interval
from app.domain.errors import AppError
from app.engine.datasets import Rows
from app.engine.importing import CONFIG_FILE, read_config
from app.engine.openvino_runtime import CompiledIr, go_on, keep_quiet
from app.engine.tokenizing import Features, JsonTokenizer


class Tokenizer(Protocol):
    """What `tokenize` needs; every Hugging Face tokenizer has it."""

    def __call__(
        self,
        text: list[str],
        text_pair: list[str] | None = None,
        *,
        truncation: bool,
        max_length: int,
        padding: bool,
    ) -> Mapping[str, list[list[int]]]:
        """Return one list of ids a sentence for each of the model's inputs."""
        ...


def tokenize(
    tokenizer: Tokenizer,
    rows: Rows | Sequence[str],
    max_length: int,
    pairs: Sequence[str] | None = None,
) -> list[Features]:
    """Return the features of each sentence, cut at ``max_length`` tokens and not padded."""
    if isinstance(rows, Rows):
        texts, second = rows.texts, rows.pairs
    else:
        texts, second = list(rows), None if pairs is None else list(pairs)
    if not texts:
        return []
    encoded = tokenizer(texts, second, truncation=True, max_length=max_length, padding=False)
    names = list(encoded)
    return [
        {name: list(values) for name, values in zip(names, features, strict=True)}
        for features in zip(*(encoded[name] for name in names), strict=True)
    ]


@dataclass(frozen=True)
class Evaluation:
    """A network's answers to labelled rows, in their order."""

    logits: npt.NDArray[np.float32]
    """(rows, classes)"""
    labels: tuple[int, ...]

    @property
    def predictions(self) -> list[int]:
        """The most likely class of each row."""
        return [int(index) for index in self.logits.argmax(axis=-1)]

    @property
    def correct(self) -> list[bool]:
        """Whether each row was answered rightly."""
        return [p == y for p, y in zip(self.predictions, self.labels, strict=True)]

    @property
    def accuracy(self) -> tuple[float, float, float]:
        """The accuracy and its 95 % interval."""
        return accuracy(self.predictions, self.labels)


def evaluate_ir(
    folder: Path,
    rows: Rows,
    *,
    device: str = "CPU",
    precision: str = "f32",
    stop: Callable[[], None] = go_on,
    progress: Callable[[int, int], None] = keep_quiet,
) -> Evaluation:
    """Run the IR in ``folder`` on every row, cut at the length that the model takes.

    Raises:
        AppError: ``label_out_of_range`` where a row's class is none of the network's, or as
            `CompiledIr` and `JsonTokenizer`.
    """
    tokenizer = JsonTokenizer(folder)
    features = tokenize(tokenizer, rows, tokenizer.max_length)
    logits = CompiledIr(folder, device, precision).run(features, stop=stop, progress=progress)
    labels = rows.labels_for(class_names(folder))
    require_known_labels(labels, logits.shape[1])
    return Evaluation(logits, tuple(labels))


def require_known_labels(labels: Sequence[int], classes: int) -> None:
    """Refuse labels that a network of ``classes`` classes cannot answer.

    Raises:
        AppError: ``label_out_of_range``.
    """
    for number, label in enumerate(labels, start=1):
        if label >= classes:
            raise AppError(
                "label_out_of_range",
                f"Row {number} has the label {label}; the model knows the classes 0 to {classes - 1}.",
                "Choose data with the labels that the model was trained on.",
            )


def class_names(folder: Path) -> tuple[str, ...]:
    """Return what the classes of a checkpoint or an IR are called; an IR alone need not say it."""
    return read_config(folder).labels if (folder / CONFIG_FILE).is_file() else ()


def require_same_order(classes: Sequence[str], others: Sequence[str]) -> None:
    """Refuse to set two networks' outputs against each other where their classes are ordered otherwise.

    Raises:
        AppError: ``classes_reordered``.
    """
    ids = class_ids(classes, others)
    if ids is not None and ids != tuple(range(len(ids))):
        raise AppError(
            "classes_reordered",
            f"The classes are ordered otherwise: {', '.join(classes)} and {', '.join(others)}.",
            "Take models whose classes are in the same order, as a model and its variants have them.",
        )


def softmax(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Return probabilities along the last axis."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return powers / powers.sum(axis=-1, keepdims=True)


def accuracy(predictions: Sequence[int], labels: Sequence[int]) -> tuple[float, float, float]:
    """Return the share of right predictions with its 95 % interval (`wilson_interval`).

    Raises:
        ValueError: The sequences are empty or differ in length.
    """
    if not labels or len(predictions) != len(labels):
        raise ValueError(f"{len(predictions)} predictions for {len(labels)} labels")
    right = sum(int(p == y) for p, y in zip(predictions, labels, strict=True))
    low, high = wilson_interval(right, len(labels))
    return right / len(labels), low, high


def paired_difference(correct_a: Sequence[bool], correct_b: Sequence[bool]) -> tuple[float, float, float]:
    """Return the accuracy of b minus that of a on the same rows, with its 95 % interval.

    See `paired_interval`.

    Raises:
        ValueError: The sequences are empty or differ in length.
    """
    n = len(correct_a)
    if n == 0 or len(correct_b) != n:
        raise ValueError(f"{n} answers against {len(correct_b)}")
    gained = sum(int(b and not a) for a, b in zip(correct_a, correct_b, strict=True))
    lost = sum(int(a and not b) for a, b in zip(correct_a, correct_b, strict=True))
    return paired_interval(gained, lost, n)
