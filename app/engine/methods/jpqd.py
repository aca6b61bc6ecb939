"""JPQD: movement sparsity, quantization-aware training and distillation in one fine-tuning run.

The course of one run: in the warm-up structures are scored and masked while the network learns from
its teacher; then heads and neurons are resolved and sliced away for good; then what is left trains on.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from typing_extensions import override

from app.domain.event import StructureSnapshot
from app.domain.recipe import JpqdRecipe
from app.engine.batches import collate, length_order
from app.engine.context import JobContext
from app.engine.distillation import distillation_loss, hidden_loss, joint_loss
from app.engine.families import family_of
from app.engine.families.base import Family, Kept, LayerKept
from app.engine.graph import TracedGraph, example_inputs
from app.engine.methods.movement.algorithm import MovementSparsity
from app.engine.methods.movement.groups import Group, find_groups
from app.engine.methods.movement.layers import rules_by_layer, sparse_layers
from app.engine.methods.movement.schedule import Warmup
from app.engine.network import evaluating
from app.engine.tasks.text_classification import accuracy
from app.engine.tokenizing import Features
from app.engine.training import LossParts

_SNAPSHOT_EVERY_STEPS = 10


@dataclass(frozen=True)
class HeldOut:
    """Sentences kept aside for the accuracy curve."""

    features: Sequence[Features]
    labels: Sequence[int]


@dataclass(frozen=True)
class Lesson:
    """What both phases of a run learn from, and whom they tell."""

    teacher: nn.Module | None
    """Needed live only where hidden states are distilled."""
    recipe: JpqdRecipe
    held_out: HeldOut
    context: JobContext
    autocast: torch.dtype | None
    """Type to multiply in; None is float32."""


class Distilled(ABC):
    """The part of a course that both phases share: the joint loss and the held-out accuracy."""

    def __init__(self, model: nn.Module, lesson: Lesson) -> None:
        self.model = model
        self.context = lesson.context
        self._teacher = lesson.teacher
        self._recipe = lesson.recipe.distillation
        self._held_out = lesson.held_out
        self._autocast = lesson.autocast

    def _forward(self, model: nn.Module, inputs: dict[str, torch.Tensor], *, hidden: bool) -> Any:
        with torch.autocast("cpu", self._autocast, enabled=self._autocast is not None):
            return model(**inputs, output_hidden_states=hidden)

    def loss(self, model: nn.Module, batch: dict[str, torch.Tensor]) -> LossParts:
        """Return the joint loss of a batch with ``labels`` and ``teacher_logits``."""
        inputs = {name: value for name, value in batch.items() if name not in {"labels", "teacher_logits"}}
        with_hidden = self._recipe.hidden_weight > 0 and self._teacher is not None
        output = self._forward(model, inputs, hidden=with_hidden)
        task = functional.cross_entropy(output.logits.float(), batch["labels"])
        distilled = distillation_loss(output.logits, batch["teacher_logits"], self._recipe.temperature)
        parts = {"task": task, "distillation": distilled}
        hidden = torch.zeros(())
        if with_hidden and self._teacher is not None:
            with torch.no_grad():
                taught = self._forward(self._teacher, inputs, hidden=True)
            hidden = hidden_loss(output.hidden_states[1:], taught.hidden_states[1:], inputs["attention_mask"])
            parts["hidden"] = hidden
        regularization = self.regularization()
        parts["regularization"] = regularization
        return LossParts(joint_loss(task, distilled, hidden, regularization, self._recipe), parts)

    def regularization(self) -> torch.Tensor:
        """Return the pressure on the scores, a scalar."""
        return torch.zeros(())

    @abstractmethod
    def before_update(self) -> None:
        """Look at the gradients before the optimizer uses them."""

    @abstractmethod
    def before_step(self, step: int) -> None:
        """Prepare the forward pass of ``step``."""

    @abstractmethod
    def report(self, step: int) -> None:
        """Tell what the phase has to tell beyond every training."""

    def predictions(self, features: Sequence[Features], batch_size: int = 32) -> list[int]:
        """Return the class of each sentence, in eval mode and without touching the random state."""
        found = [0] * len(features)
        order = length_order([len(example["input_ids"]) for example in features])
        with torch.no_grad(), evaluating(self.model):
            for start in range(0, len(order), batch_size):
                chosen = order[start : start + batch_size]
                logits = self._forward(
                    self.model, collate([features[i] for i in chosen]), hidden=False
                ).logits
                for index, label in zip(chosen, logits.argmax(-1).tolist(), strict=True):
                    found[index] = label
        return found

    def evaluate(self, step: int) -> float | None:
        """Tell and return the held-out accuracy with its interval; None where nothing is held out."""
        if not self._held_out.labels:
            return None
        value, low, high = accuracy(self.predictions(self._held_out.features), self._held_out.labels)
        for name, figure in (("accuracy", value), ("accuracy_low", low), ("accuracy_high", high)):
            self.context.metric(name, step, figure)
        return value


class PruningCourse(Distilled):
    """The warm-up: scores learn, the threshold rises, masks close."""

    def __init__(
        self, model: nn.Module, lesson: Lesson, movement: MovementSparsity, layer_groups: "LayerGroups"
    ) -> None:
        super().__init__(model, lesson)
        self.movement = movement
        self._layer_groups = layer_groups

    @override
    def before_step(self, step: int) -> None:
        """Set thresholds and masks."""
        self.movement.before_step(step)

    @override
    def regularization(self) -> torch.Tensor:
        """Return the pressure on the scores, a scalar."""
        return self.movement.regularization()

    @override
    def before_update(self) -> None:
        """Take the scores' gradients where they are a measurement and not a direction."""
        self.movement.learn_importance()

    @override
    def report(self, step: int) -> None:
        """Tell sparsities and, now and then, the state of heads and neurons."""
        statistics = self.movement.statistics()
        self.context.metric("sparsity/linear", step, statistics.linear_layer_sparsity)
        self.context.metric("sparsity/model", step, statistics.model_sparsity)
        self.context.metric("threshold", step, statistics.importance_threshold)
        if step % _SNAPSHOT_EVERY_STEPS == 0:
            self.context.emit(self._layer_groups.snapshot(step, self.movement))

    def state_dict(self) -> dict[str, Any]:
        """Return the scores' state."""
        return self.movement.state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over the scores' state."""
        self.movement.load_state_dict(state)


class FineTuningCourse(Distilled):
    """What is left trains on; unstructured zeros, if any, stay zero."""

    def __init__(
        self, model: nn.Module, lesson: Lesson, zeros: dict[str, torch.Tensor], sparsity: tuple[float, float]
    ) -> None:
        """``zeros`` maps parameter names to bool tensors, True where the value has to stay zero."""
        super().__init__(model, lesson)
        self.best: tuple[float, dict[str, torch.Tensor]] | None = None
        self._zeros = zeros
        self._sparsity = sparsity

    @override
    def before_step(self, step: int) -> None:
        """Put the zeros back that the last update moved."""
        self.restore_zeros()

    @override
    def before_update(self) -> None:
        """Nothing to look at: no scores learn any more."""

    def restore_zeros(self) -> None:
        """Set to zero what has to stay zero."""
        with torch.no_grad():
            for name, zero in self._zeros.items():
                self.model.get_parameter(name).masked_fill_(zero, 0.0)

    @override
    def report(self, step: int) -> None:
        """Go on with the curves of the warm-up."""
        linear, model = self._sparsity
        self.context.metric("sparsity/linear", step, linear)
        self.context.metric("sparsity/model", step, model)

    @override
    def evaluate(self, step: int) -> float | None:
        """Measure as ever, and remember the best weights."""
        value = super().evaluate(step)
        if value is not None and (self.best is None or value >= self.best[0]):
            self.best = (
                value,
                {name: tensor.detach().clone() for name, tensor in self.model.state_dict().items()},
            )
        return value

    def state_dict(self) -> dict[str, Any]:
        """Return the best weights so far: stopping early keeps them."""
        return {} if self.best is None else {"value": self.best[0], "weights": self.best[1]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        if state:
            self.best = (state["value"], state["weights"])


class LayerGroups:
    """Which group of structures belongs to which layer of the family."""

    def __init__(self, model: nn.Module, family: Family, groups: Sequence[Group], present: Kept) -> None:
        self._layers = family.layers(model)
        self._heads = {group.first: index for index, group in enumerate(groups) if group.kind == "heads"}
        self._neurons = {group.first: index for index, group in enumerate(groups) if group.kind == "neurons"}
        self._present = present

    def kept(self, resolved: Sequence[Sequence[int]]) -> Kept:
        """Return what is left of each layer, in the original's numbering."""
        rows: list[LayerKept] = []
        for layer, had in zip(self._layers, self._present, strict=True):
            heads, neurons = self._heads.get(layer.query), self._neurons.get(layer.ffn_in)
            rows.append(
                LayerKept(
                    had.heads_total,
                    had.heads if heads is None else tuple(had.heads[i] for i in resolved[heads]),
                    had.neurons_total,
                    had.neurons if neurons is None else tuple(had.neurons[i] for i in resolved[neurons]),
                )
            )
        return tuple(rows)

    def snapshot(self, step: int, movement: MovementSparsity) -> StructureSnapshot:
        """Return the state of heads and neurons for the live map."""
        alive, importance = movement.alive(), movement.importance()
        shades = _ranks([importance[index] for index in self._heads.values()])
        shade_of = dict(zip(self._heads.values(), shades, strict=True))
        heads: list[tuple[float, ...]] = []
        lives: list[tuple[bool, ...]] = []
        neurons: list[int] = []
        for layer, had in zip(self._layers, self._present, strict=True):
            shade, life = [0.0] * had.heads_total, [False] * had.heads_total
            index = self._heads.get(layer.query)
            for place, head in enumerate(had.heads):
                life[head] = index is None or bool(alive[index][place])
                shade[head] = 1.0 if index is None else float(shade_of[index][place])
            index = self._neurons.get(layer.ffn_in)
            neurons.append(len(had.neurons) if index is None else int(alive[index].sum()))
            heads.append(tuple(shade))
            lives.append(tuple(life))
        return StructureSnapshot(
            step,
            tuple(heads),
            tuple(lives),
            tuple(neurons),
            tuple(had.neurons_total for had in self._present),
        )


def _ranks(importance: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Return for each value, row by row, the share of all others that it is above: 0 the least, 1 the most.

    A few heads matter a hundred times as much as most; shaded by value, the others would all look alike.
    """
    if not importance:
        return []
    values = torch.cat(list(importance))
    ranks = torch.searchsorted(values.sort().values, values) / max(1, len(values) - 1)
    ends = accumulate(each.numel() for each in importance)
    return [ranks[end - each.numel() : end] for end, each in zip(ends, importance, strict=True)]


def resolved_snapshot(step: int, kept: Kept, like: StructureSnapshot) -> StructureSnapshot:
    """Return the final map: what is not in ``kept`` is gone for good."""
    alive = tuple(tuple(head in layer.heads for head in range(layer.heads_total)) for layer in kept)
    shades = tuple(
        tuple(shade if lives else 0.0 for shade, lives in zip(row, life, strict=True))
        for row, life in zip(like.heads, alive, strict=True)
    )
    counts = tuple(len(layer.neurons) for layer in kept)
    return StructureSnapshot(step, shades, alive, counts, like.neurons_total, resolved=True)


def movement_for(
    model: nn.Module, graph: TracedGraph, recipe: JpqdRecipe, warmup: Warmup, context: JobContext
) -> MovementSparsity:
    """Give ``model``, wrapped by NNCF, its scores and masks as ``recipe`` says.

    Raises:
        AppError: The recipe's rules do not fit the network.
    """
    rules = rules_by_layer(model, recipe.sparsity)
    found = find_groups(model, graph, set(rules), lambda text: context.log(text, "warning"))
    # Pooler and classifier look like a feed-forward network as well; nothing would slice them.
    sliceable = {
        name for layer in family_of(model.config).layers(model) for name in (layer.query, layer.ffn_in)
    }
    groups = [group for group in found if group.first in sliceable]
    layers = sparse_layers(model, rules, groups)
    return MovementSparsity(
        model, layers, groups if recipe.sparsity.structured else [], recipe.sparsity, warmup
    )


def traced(model: nn.Module) -> TracedGraph:
    """Trace ``model`` on a small batch."""
    return TracedGraph(model, example_inputs())
