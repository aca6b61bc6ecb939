"""Distillation: the losses that tie a student to its teacher, and the teacher's cached logits."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from app.domain.recipe import DistillationRecipe
from app.engine.batches import collate, length_order
from app.engine.tokenizing import Features


def distillation_loss(student: torch.Tensor, teacher: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return KL(teacher ‖ student) at ``temperature``, batch mean, times its square (Hinton 2015).

    Args:
        student: Logits (batch, classes).
        teacher: Logits (batch, classes).
        temperature: Softens both.
    """
    log_student = functional.log_softmax(student.float() / temperature, -1)
    log_teacher = functional.log_softmax(teacher.float() / temperature, -1)
    return (
        functional.kl_div(log_student, log_teacher, reduction="batchmean", log_target=True) * temperature**2
    )


def hidden_loss(
    student: Sequence[torch.Tensor], teacher: Sequence[torch.Tensor], attention_mask: torch.Tensor
) -> torch.Tensor:
    """Return the mean squared distance of layer outputs, over real tokens and the layers, a scalar.

    Args:
        student: One tensor (batch, length, hidden) a layer.
        teacher: The same.
        attention_mask: (batch, length), 1 at real tokens.
    """
    mask = attention_mask.bool()
    distances = [
        functional.mse_loss(ours[mask].float(), theirs[mask].float())
        for ours, theirs in zip(student, teacher, strict=True)
    ]
    return torch.stack(distances).mean()


def joint_loss(
    task: torch.Tensor,
    distilled: torch.Tensor,
    hidden: torch.Tensor,
    regularization: torch.Tensor,
    recipe: DistillationRecipe,
) -> torch.Tensor:
    """Return (1−w)·task + w·KD + v·hidden + regularization."""
    total = (1 - recipe.weight) * task + recipe.weight * distilled + regularization
    return total + recipe.hidden_weight * hidden if recipe.hidden_weight else total


def cached_logits(
    teacher: nn.Module,
    examples: Sequence[Features],
    file: Path,
    *,
    autocast: torch.dtype | None,
    on_progress: Callable[[int, int], None],
    batch_size: int = 64,
) -> npt.NDArray[np.float32]:
    """Return the teacher's logits (examples, classes), computed once and kept in ``file``.

    ``on_progress`` is called after each batch and may raise to stop; nothing half-written stays.
    """
    if file.exists():
        return np.load(file)
    if not examples:
        raise ValueError("no sentences to ask the teacher about")
    order = length_order([len(example["input_ids"]) for example in examples])
    answers: list[npt.NDArray[np.float32]] = []
    teacher.eval()
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        inputs = collate([examples[index] for index in chosen])
        with torch.no_grad(), torch.autocast("cpu", autocast, enabled=autocast is not None):
            answers.append(teacher(**inputs).logits.float().numpy())
        on_progress(min(start + batch_size, len(order)), len(order))
    in_that_order = np.concatenate(answers)
    logits = np.empty_like(in_that_order)
    logits[order] = in_that_order
    partial = file.with_suffix(".partial.npy")
    np.save(partial, logits)
    partial.replace(file)
    return logits
