"""Distillation: loss figures worked out by hand, and the teacher that is asked once."""

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from app.domain.recipe import DistillationRecipe
from app.engine.distillation import cached_logits, distillation_loss, hidden_loss, joint_loss
from app.engine.tokenizing import Features


def test_the_loss_is_the_divergence_from_the_teacher_times_the_squared_temperature() -> None:
    # At T = 2: teacher (3/4, 1/4) by logits (2·ln 3, 0), student (1/2, 1/2).
    teacher = torch.tensor([[2 * math.log(3), 0.0], [0.0, 0.0]])
    student = torch.zeros(2, 2)
    divergence = 0.75 * math.log(0.75 / 0.5) + 0.25 * math.log(0.25 / 0.5)

    loss = distillation_loss(student, teacher, 2.0)

    assert float(loss) == pytest.approx(4 * divergence / 2, rel=1e-6)  # mean over two sentences


def test_the_loss_has_a_direction() -> None:
    one, other = torch.tensor([[4.0, 0.0]]), torch.tensor([[0.0, 1.0]])

    assert float(distillation_loss(one, other, 1.0)) != pytest.approx(
        float(distillation_loss(other, one, 1.0))
    )
    assert float(distillation_loss(one, one, 1.0)) == 0.0


def test_hidden_states_are_compared_where_there_are_tokens() -> None:
    mask = torch.tensor([[1, 1, 0], [1, 0, 0]])
    teacher = [torch.zeros(2, 3, 2), torch.zeros(2, 3, 2)]
    near, far = torch.full((2, 3, 2), 1.0), torch.full((2, 3, 2), 3.0)
    near[0, 2] = far[1, 1] = 1000.0  # padding

    assert float(hidden_loss([near, far], teacher, mask)) == pytest.approx((1 + 9) / 2)


def test_the_parts_are_weighed_as_the_recipe_says() -> None:
    task, distilled, hidden, pressure = (torch.tensor(value) for value in (2.0, 3.0, 5.0, 7.0))

    without = joint_loss(task, distilled, hidden, pressure, DistillationRecipe(weight=0.9))
    with_hidden = joint_loss(
        task, distilled, hidden, pressure, DistillationRecipe(weight=0.9, hidden_weight=0.5)
    )

    assert float(without) == pytest.approx(0.1 * 2 + 0.9 * 3 + 7)
    assert float(with_hidden) == pytest.approx(0.1 * 2 + 0.9 * 3 + 7 + 0.5 * 5)


class Teacher(nn.Module):
    """Answers with the sum and the number of a sentence's ids."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> SimpleNamespace:
        self.asked += len(input_ids)
        return SimpleNamespace(logits=torch.stack([input_ids.sum(1), attention_mask.sum(1)], 1).float())


EXAMPLES: list[Features] = [
    {"input_ids": list(range(1, n + 1)), "attention_mask": [1] * n} for n in (3, 7, 1, 5, 2)
]


def test_the_teacher_is_asked_once_and_answers_in_the_order_of_the_sentences(tmp_path: Path) -> None:
    teacher, told = Teacher(), []
    file = tmp_path / "logits.npy"

    def ask() -> np.ndarray:
        return cached_logits(
            teacher, EXAMPLES, file, autocast=None, batch_size=2, on_progress=lambda *step: told.append(step)
        )

    first = ask()

    assert first.tolist() == [[6, 3], [28, 7], [1, 1], [15, 5], [3, 2]]
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert np.array_equal(ask(), first)
    assert teacher.asked == 5


def test_a_teacher_that_is_interrupted_leaves_nothing_half_written(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached_logits(
            Teacher(), EXAMPLES, tmp_path / "logits.npy", autocast=None, batch_size=2, on_progress=stop
        )

    assert list(tmp_path.iterdir()) == []
