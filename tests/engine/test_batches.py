"""The batch plan of a run, and collation."""

import pytest
import torch

from app.engine.batches import PlanSampler, batch_plan, collate, length_order

LENGTHS = [5 + (7 * number) % 13 for number in range(50)]


def test_every_sentence_comes_once_an_epoch() -> None:
    plan = batch_plan(LENGTHS, 8, 2, seed=1)

    assert len(plan) == 14
    for epoch in (plan[:7], plan[7:]):
        assert sorted(index for batch in epoch for index in batch) == list(range(50))
        assert sorted(map(len, epoch)) == [2, *[8] * 6]
    assert plan[:7] != plan[7:]


def test_a_plan_depends_on_its_arguments_alone() -> None:
    torch.manual_seed(1)
    first = batch_plan(LENGTHS, 8, 3, seed=1)
    torch.manual_seed(2)

    assert batch_plan(LENGTHS, 8, 3, seed=1) == first
    assert batch_plan(LENGTHS, 8, 1, seed=1) == first[:7]
    assert batch_plan(LENGTHS, 8, 3, seed=2) != first


@pytest.mark.parametrize(("epochs", "steps"), [(0.01, 1), (0.5, 4), (1.5, 10)])
def test_a_broken_number_of_epochs_is_rounded_to_whole_steps(epochs: float, steps: int) -> None:
    assert len(batch_plan(LENGTHS, 8, epochs, seed=0)) == steps


def test_sentences_of_one_batch_are_of_like_length() -> None:
    plan = batch_plan(LENGTHS, 8, 1, seed=0)

    spans = [max(LENGTHS[i] for i in batch) - min(LENGTHS[i] for i in batch) for batch in plan]
    assert max(spans) <= 3
    assert [min(LENGTHS[i] for i in batch) for batch in plan] != sorted(
        min(LENGTHS[i] for i in batch) for batch in plan
    )


def test_a_sampler_goes_on_where_a_run_was_left() -> None:
    plan = [[0, 1], [2, 3], [4]]

    assert list(PlanSampler(plan, 1)) == [[2, 3], [4]]
    assert len(PlanSampler(plan, 1)) == 3  # the Trainer counts its epochs by it


def test_a_batch_is_padded_to_its_longest() -> None:
    batch = collate(
        [{"input_ids": [7, 8, 9], "attention_mask": [1, 1, 1]}, {"input_ids": [5], "attention_mask": [1]}]
    )

    assert batch["input_ids"].tolist() == [[7, 8, 9], [5, 0, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]


def test_the_longest_comes_first() -> None:
    assert length_order([3, 9, 1, 9]) == [1, 3, 0, 2]
