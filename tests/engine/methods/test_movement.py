"""Movement sparsity against the numbers and rules it is defined by."""

import math

import pytest
import torch
from nncf.torch.function_hook import wrap_model
from torch import nn
from transformers import BertConfig, BertForSequenceClassification

from app.domain.errors import AppError
from app.domain.recipe import LayerRule, SparsityRecipe
from app.engine.graph import TracedGraph, example_inputs
from app.engine.methods.movement.algorithm import MovementSparsity
from app.engine.methods.movement.groups import Group, Member, find_groups
from app.engine.methods.movement.layers import SparseLayer, rules_by_layer, sparse_layers
from app.engine.methods.movement.schedule import Warmup, adaptive_initial_threshold
from app.engine.methods.movement.scores import (
    Layout,
    MaskedTensor,
    bias_layout,
    block_layout,
    fine_layout,
    mask_of,
    per_dim_layout,
    quantile_of_expanded,
    regularization_bracket,
    structure_layout,
)
from tests.engine.tiny import tiny_bert

ATTENTION = r".*(query|key|value|attention\.output\.dense)"
FFN_IN, FFN_OUT = r".*intermediate\.dense", r".*layer\.\d+\.output\.dense"
CLASSIC = (
    LayerRule(target=ATTENTION, mode="block", block=(16, 16)),
    LayerRule(target=FFN_IN, mode="per_dim", axis=0),
    LayerRule(target=FFN_OUT, mode="per_dim", axis=1),
)


def masked(shape: tuple[int, ...], layout: Layout, scores: list[list[float]] | list[float]) -> MaskedTensor:
    values = nn.Parameter(torch.tensor(scores, dtype=torch.float32).reshape(layout.score_shape))
    return MaskedTensor(nn.Parameter(torch.randn(shape)), layout, values)


def movement(model: nn.Module, recipe: SparsityRecipe, warmup: Warmup | None = None) -> MovementSparsity:
    wrap_model(model)
    graph = TracedGraph(model, example_inputs())
    rules = rules_by_layer(model, recipe)
    groups = find_groups(model, graph, set(rules), lambda _text: None)
    warmup = warmup or Warmup(0, 10, 1.0)
    return MovementSparsity(model, sparse_layers(model, rules, groups), groups, recipe, warmup)


def test_the_regularization_of_fine_scores_is_the_published_number() -> None:
    layout = fine_layout((2, 2))
    weight = masked((2, 2), layout, [[0.0, 1.0], [1.0, -1.0]])
    bias = masked((2,), bias_layout(layout, 2), [-2.0, 2.0])

    assert regularization_bracket(weight, bias).item() == pytest.approx(1.0578, abs=1e-4)


def test_the_regularization_of_a_block_is_the_published_number() -> None:
    layout = block_layout((2, 2), (2, 2))
    weight = masked((2, 2), layout, [[1.0]])
    bias = masked((2,), bias_layout(layout, 2), [-2.0])

    assert regularization_bracket(weight, bias).item() == pytest.approx(3.1626, abs=1e-4)


def test_bert_base_starts_near_13_6_with_the_sst2_settings() -> None:
    config = BertConfig(vocab_size=40, num_hidden_layers=1, max_position_embeddings=16)
    model = BertForSequenceClassification(config)
    rules = (
        LayerRule(target=ATTENTION, mode="block", block=(32, 32)),
        LayerRule(target=FFN_IN, mode="per_dim", axis=0),
        LayerRule(target=FFN_OUT, mode="per_dim", axis=1),
    )
    recipe = SparsityRecipe(rules=rules, importance_regularization=0.05, target=None, power=3)
    algorithm = movement(model, recipe, Warmup(0, 10, 1.0))
    algorithm.before_step(10)

    assert algorithm.regularization().item() == pytest.approx(13.6, abs=0.01)


def test_the_schedule_follows_the_published_course() -> None:
    warmup = Warmup(start_step=4, steps_per_epoch=4, epochs=2.0, power=2.0)

    assert [warmup.threshold(step, -1.0, 0.0) for step in range(4)] == [-math.inf] * 4
    thresholds = [round(warmup.threshold(step, -1.0, 0.0), 4) for step in range(4, 13)]
    assert thresholds == [-1, -0.7656, -0.5625, -0.3906, -0.25, -0.1406, -0.0625, -0.0156, 0]
    factors = [round(warmup.factor(step, 0.1), 4) for step in range(4, 13)]
    assert factors == [0, 0.0234, 0.0438, 0.0609, 0.075, 0.0859, 0.0938, 0.0984, 0.1]
    assert warmup.end_step == 12
    assert warmup.threshold(99, -1.0, 0.0) == 0.0


@pytest.mark.parametrize("repeat", [1, 4, 7])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_the_quantile_without_expanding_is_that_of_the_expanded_scores(repeat: int, share: float) -> None:
    scores = torch.randn(53, generator=torch.Generator().manual_seed(repeat))

    expected = torch.quantile(scores.repeat_interleave(repeat), share)

    assert quantile_of_expanded(scores, repeat, share) == pytest.approx(float(expected), abs=1e-6)


@pytest.mark.parametrize("threshold", [-3.0, 0.0, 1.5, 2.2, 50.0])
@pytest.mark.parametrize("count", [3, 60, 400])
def test_a_mask_is_the_score_above_the_lower_of_threshold_and_quantile(threshold: float, count: int) -> None:
    scores = torch.randn(count, generator=torch.Generator().manual_seed(count))
    expanded = scores.repeat_interleave(6)

    expected = expanded > min(threshold, float(torch.quantile(expanded, 0.98)))

    assert torch.equal(mask_of(scores, threshold, 6).repeat_interleave(6), expected)


def test_about_two_per_cent_survive_any_threshold_but_equal_scores_do_not() -> None:
    assert int(mask_of(torch.arange(1000.0), math.inf, 1).sum()) == 20
    assert int(mask_of(torch.zeros(1000), 0.0, 1).sum()) == 0


@pytest.mark.parametrize(
    "layout",
    [
        fine_layout((4, 6)),
        block_layout((4, 6), (2, 3)),
        per_dim_layout((4, 6), 0),
        per_dim_layout((4, 6), 1),
        structure_layout((4, 6), 0, 2),
        structure_layout((4, 6), 1, 3),
    ],
)
def test_a_score_gets_the_sum_of_gradient_times_weight_over_its_part(layout: Layout) -> None:
    torch.manual_seed(1)
    tensor = masked((4, 6), layout, torch.randn(layout.score_shape).tolist())
    tensor.update_mask(0.0)
    upstream = torch.randn(4, 6)

    (tensor.gated() * upstream).sum().backward()

    owner = layout.spread(torch.arange(math.prod(layout.score_shape)).float(), torch.Size((4, 6)))
    product = upstream * tensor.parameter.detach()
    expected = torch.stack([product[owner == index].sum() for index in range(math.prod(layout.score_shape))])
    assert tensor.scores.grad is not None
    assert torch.allclose(tensor.scores.grad.flatten(), expected, atol=1e-5)
    assert tensor.parameter.grad is not None
    assert torch.equal(tensor.parameter.grad != 0, tensor.alive())


def test_a_masked_weight_keeps_its_value() -> None:
    tensor = masked((2, 2), fine_layout((2, 2)), [[1.0, -1.0], [1.0, -1.0]])
    before = tensor.parameter.detach().clone()

    tensor.update_mask(0.0)

    assert torch.equal(tensor.gated().detach(), before * torch.tensor([[1.0, 0.0], [1.0, 0.0]]))
    assert torch.equal(tensor.parameter.detach(), before)
    assert tensor.zeros() == 2


def test_a_block_that_does_not_divide_is_refused_with_both_sizes() -> None:
    with pytest.raises(AppError, match="40×32 does not divide a weight of 64×96") as caught:
        block_layout((64, 96), (40, 32))
    assert caught.value.problem.code == "block_does_not_divide"


def test_the_adaptive_threshold_is_the_kth_smallest_of_all_expanded_scores() -> None:
    torch.manual_seed(2)
    pairs = [(torch.randn(30), 100), (torch.randn(5, 4), 7), (torch.randn(11), 1)]
    expanded = torch.cat([scores.flatten().repeat_interleave(repeat) for scores, repeat in pairs])
    k = int(0.001 * expanded.numel()) + 1

    assert adaptive_initial_threshold(pairs) == pytest.approx(float(expanded.kthvalue(k).values))


def test_unlisted_layers_get_fine_scores() -> None:
    rules = rules_by_layer(tiny_bert(), SparsityRecipe(rules=(LayerRule(target=FFN_IN, mode="per_dim"),)))

    assert rules["bert.encoder.layer.0.intermediate.dense"].mode == "per_dim"
    assert rules["bert.encoder.layer.0.attention.self.query"].mode == "fine"
    assert "classifier" not in rules


@pytest.mark.parametrize(
    ("rules", "ignored", "code"),
    [
        ((LayerRule(target=".*query"), LayerRule(target=".*self.*")), (), "layer_matches_two_rules"),
        ((LayerRule(target=".*quarry"),), (), "rule_matches_nothing"),
        ((), (".*",), "nothing_to_prune"),
        ((LayerRule(target="(query"),), (), "bad_pattern"),
    ],
)
def test_a_recipe_that_does_not_fit_the_network_is_refused(
    rules: tuple[LayerRule, ...], ignored: tuple[str, ...], code: str
) -> None:
    with pytest.raises(AppError) as caught:
        rules_by_layer(tiny_bert(), SparsityRecipe(rules=rules, ignored=ignored))

    assert caught.value.problem.code == code


def test_groups_are_found_from_the_graph() -> None:
    model = tiny_bert(layers=2)
    names = {name for name, module in model.named_modules() if isinstance(module, nn.Linear)}

    groups = find_groups(
        model, TracedGraph(model, example_inputs()), names - {"classifier"}, lambda _text: None
    )

    heads = [group for group in groups if group.kind == "heads"]
    neurons = [group for group in groups if group.kind == "neurons"]
    assert [(group.count, group.size) for group in heads] == [(4, 16), (4, 16)]
    assert [group.count for group in neurons] == [96, 96]
    layer = "bert.encoder.layer.1"
    assert {
        (member.name.removeprefix(f"{layer}.attention."), member.axis) for member in heads[1].members
    } == {
        ("self.query", 0),
        ("self.key", 0),
        ("self.value", 0),
        ("output.dense", 1),
    }


def test_a_group_with_a_member_that_is_not_pruned_is_left_out_with_a_warning() -> None:
    model = tiny_bert(layers=1)
    warnings: list[str] = []
    pruned = set(rules_by_layer(model, SparsityRecipe(ignored=(".*pooler.*", "classifier", ".*key"))))

    groups = find_groups(model, TracedGraph(model, example_inputs()), pruned, warnings.append)

    assert [group.kind for group in groups] == ["neurons"]
    assert len(warnings) == 1
    assert "key" in warnings[0]


def resolve_hand_made(masks: dict[str, torch.Tensor], bias_alive: bool) -> list[int]:
    """Resolve one attention of two heads of size 2 whose weight masks are given."""
    names = ("query", "key", "value", "output")
    model = nn.Module()
    layers: list[SparseLayer] = []
    for name in names:
        linear = nn.Linear(4, 4)
        model.add_module(name, linear)
        layout = fine_layout((4, 4))
        weight = MaskedTensor(linear.weight, layout, nn.Parameter(torch.zeros(4, 4)), masks[name])
        of_bias = torch.zeros(4, dtype=torch.bool)
        of_bias[3] = bias_alive and name == "value"
        bias = MaskedTensor(linear.bias, bias_layout(layout, 4), nn.Parameter(torch.zeros(4)), of_bias)
        layers.append(SparseLayer(name, linear, weight, bias))
    members = tuple(Member(name, 1 if name == "output" else 0) for name in names)
    wrap_model(model)
    group = Group("heads", members, count=2, size=2)
    algorithm = MovementSparsity(model, layers, [group], SparsityRecipe(), Warmup(0, 1, 1.0))
    return algorithm.resolve()[0]


def test_a_head_dies_only_if_it_is_dead_in_all_four_matrices() -> None:
    dead = torch.zeros(4, 4, dtype=torch.bool)
    row, column = dead.clone(), dead.clone()
    row[0, 3] = True
    column[2, 1] = True

    assert resolve_hand_made({"query": row, "key": dead, "value": dead, "output": dead}, False) == [0]
    assert resolve_hand_made({"query": dead, "key": dead, "value": dead, "output": column}, False) == [0]
    assert resolve_hand_made({"query": dead, "key": dead, "value": dead, "output": dead}, True) == [1]
    assert resolve_hand_made({"query": dead, "key": dead, "value": dead, "output": dead}, False) == []


def test_survivors_become_dense_again_and_everything_is_frozen() -> None:
    model = tiny_bert(layers=1)
    algorithm = movement(model, SparsityRecipe(rules=CLASSIC, target=None, final_threshold=0.0))
    before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    with torch.no_grad():
        for tensor in algorithm.tensors:
            tensor.scores.copy_(torch.randn_like(tensor.scores))
    algorithm.before_step(10)
    masked_share = algorithm.statistics().linear_layer_sparsity

    kept = algorithm.resolve()

    rewound = algorithm.statistics().linear_layer_sparsity
    assert 0.3 < masked_share < 0.7
    assert rewound < masked_share
    assert all(not scores.requires_grad for scores in algorithm.scores())
    assert algorithm.regularization().item() == 0.0
    algorithm.bake()
    query = model.get_parameter("bert.encoder.layer.0.attention.self.query.weight").detach()
    for head in range(4):
        rows = slice(16 * head, 16 * head + 16)
        original = before["bert.encoder.layer.0.attention.self.query.weight"][rows]
        assert torch.equal(query[rows], original if head in kept[0] else torch.zeros_like(original))


def test_frozen_scores_do_not_move_by_momentum() -> None:
    model = tiny_bert(layers=1)
    algorithm = movement(model, SparsityRecipe(target=None), Warmup(5, 10, 1.0))
    optimizer = torch.optim.AdamW(algorithm.scores(), lr=0.1)
    for _ in range(3):
        algorithm.before_step(0)
        model(**example_inputs(), labels=torch.tensor([0, 1])).loss.backward()
        optimizer.step()
    assert any(bool(scores.any()) for scores in algorithm.scores())

    algorithm.freeze()
    frozen = [scores.detach().clone() for scores in algorithm.scores()]
    optimizer.step()

    assert all(torch.equal(a, b) for a, b in zip(frozen, algorithm.scores(), strict=True))
    optimizer.load_state_dict(optimizer.state_dict())


def test_a_target_is_met_to_within_one_structure() -> None:
    model = tiny_bert(layers=2)
    algorithm = movement(model, SparsityRecipe(target=0.4))
    with torch.no_grad():
        for scores in algorithm.scores():
            scores.copy_(torch.randn_like(scores))

    algorithm.before_step(10)

    head = 4 * 64 * 16 + 3 * 16
    total = sum(layer.elements for layer in algorithm.layers)
    assert algorithm.statistics().linear_layer_sparsity == pytest.approx(0.4, abs=1.5 * head / total + 0.01)


def test_fisher_importance_ranks_a_structure_that_matters_above_one_that_does_not() -> None:
    model = tiny_bert(layers=1)
    with torch.no_grad():
        model.get_parameter("bert.encoder.layer.0.output.dense.weight")[:, 7] = 0.0
    algorithm = movement(model, SparsityRecipe(importance="fisher", target=0.3))
    for step in range(3):
        algorithm.before_step(step)
        model(**example_inputs(), labels=torch.tensor([0, 1])).loss.backward()
        algorithm.learn_importance()

    neurons = next(
        values
        for group, values in zip(algorithm.groups, algorithm.importance(), strict=True)
        if group.kind == "neurons"
    )
    assert int(neurons.argmin()) == 7
    assert float(neurons.max()) > 0
