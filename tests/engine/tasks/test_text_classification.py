"""Accuracy, its intervals, and features."""

import numpy as np
import pytest

from app.domain.disagreement import wilson_interval
from app.domain.errors import AppError
from app.engine.tasks import require_task
from app.engine.tasks.text_classification import (
    accuracy,
    paired_difference,
    softmax,
    tokenize,
)
from tests.engine.tiny import tiny_tokenizer


def test_the_wilson_interval_is_that_of_the_literature() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_accuracy_counts_what_is_right() -> None:
    value, low, high = accuracy([0, 1, 1, 0], [0, 1, 0, 0])
    assert value == 0.75
    assert low < value < high
    with pytest.raises(ValueError, match="0 predictions"):
        accuracy([], [])


def test_a_paired_difference_is_of_the_second_against_the_first() -> None:
    first = [True] * 90 + [False] * 10
    second = [True] * 80 + [False] * 10 + [True] * 2 + [False] * 8
    value, low, high = paired_difference(first, second)
    assert value == pytest.approx(-0.08)
    # b=2, c=10, N=102: -8/102 ± 1.96·√(13 − 64/102)/102
    assert (low, high) == pytest.approx((-0.14601, -0.01085), abs=5e-5)
    assert paired_difference(second, first)[0] == pytest.approx(0.08)


def test_models_that_agree_everywhere_still_have_an_interval() -> None:
    value, low, high = paired_difference([True] * 50, [True] * 50)
    assert value == 0
    assert low < 0 < high


def test_softmax_stands_large_logits() -> None:
    assert softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3)]])) == pytest.approx(
        np.array([[0.5, 0.5], [0.25, 0.75]])
    )


def test_features_are_cut_and_not_padded() -> None:
    features = tokenize(tiny_tokenizer(), ["good film", "the very very very very dull film"], 5)
    assert [len(entry["input_ids"]) for entry in features] == [4, 5]
    assert set(features[0]) >= {"input_ids", "attention_mask"}
    assert tokenize(tiny_tokenizer(), [], 5) == []


def test_an_unknown_task_is_told_with_the_known_ones() -> None:
    with pytest.raises(AppError, match="text-classification"):
        require_task("translation")
