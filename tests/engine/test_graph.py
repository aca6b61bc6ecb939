"""The graph of a quantized network answers as that of a plain one."""

from typing import Any

import pytest
import torch

from app.domain.recipe import QuantizationRecipe
from app.engine import hooks
from app.engine.graph import TracedGraph, example_inputs, operation_calls
from app.engine.quantization import quantize
from tests.engine.tiny import batch, sentences, tiny_bert

TEXTS = [text for text, _ in sentences(8, seed=3)]


@pytest.fixture(scope="module")
def networks() -> tuple[Any, Any]:
    """A network of two layers, plain and quantized."""
    plain = tiny_bert(layers=2)
    return plain, quantize(plain, [batch(TEXTS)], QuantizationRecipe())


def test_quantizers_hide_neither_attentions_nor_feed_forwards(networks: tuple[Any, Any]) -> None:
    plain, quantized = (TracedGraph(network, example_inputs()) for network in networks)

    assert [found.query for found in plain.attentions()] == [
        f"bert.encoder.layer.{index}.attention.self.query" for index in range(2)
    ]
    assert {found.head_dim for found in plain.attentions()} == {16}
    assert quantized.attentions() == plain.attentions()
    assert quantized.feed_forwards() == plain.feed_forwards()
    assert {("bert.encoder.layer.1.intermediate.dense", "bert.encoder.layer.1.output.dense")} <= {
        (found.inner, found.outer) for found in plain.feed_forwards()
    }


def test_operations_are_named_as_the_hooks_are(networks: tuple[Any, Any]) -> None:
    operations = TracedGraph(networks[1], example_inputs()).linear_operations()

    assert operations["bert.encoder.layer.1.attention.self.query"].endswith("query/linear/1")
    served = set(hooks.storage(networks[1]).pre_hooks)
    assert {f"{operation}__1" for operation in operations.values()} <= served


def test_calls_are_counted_through_the_whole_network(networks: tuple[Any, Any]) -> None:
    calls = operation_calls(networks[1], example_inputs())

    assert calls["bert/encoder/attention/self/query/linear"] == 2
    assert calls["bert/pooler/dense/linear"] == 1


def test_tracing_changes_neither_mode_nor_answers() -> None:
    network = tiny_bert(layers=1).train()
    inputs = batch(TEXTS)
    with torch.no_grad():
        before = network.eval()(**inputs).logits
        network.train()

        TracedGraph(network, example_inputs())

        assert network.training
        assert torch.equal(network.eval()(**inputs).logits, before)
