"""Quantization: the range of the weights, embeddings at rest, weights on their grid."""

from pathlib import Path
from typing import Any

import openvino
import pytest
import torch

from app.domain.recipe import QuantizationRecipe
from app.engine.export import MODEL_XML, export_ir
from app.engine.quantization import (
    StillEmbeddings,
    quantize,
    quantizers,
    settle_weights,
)
from tests.engine.tiny import batch, sentences, tiny_bert, tiny_tokenizer

pytestmark = [pytest.mark.usefixtures("kernels"), pytest.mark.timeout(600)]
TEXTS = [text for text, _ in sentences(8, seed=3)]


def quantized(**recipe: Any) -> Any:
    """Return a quantized network of one layer."""
    return quantize(tiny_bert(layers=1), [batch(TEXTS)], QuantizationRecipe(**recipe))


def logits(model: Any) -> torch.Tensor:
    """Return the answers to `TEXTS`."""
    with torch.no_grad():
        return model(**batch(TEXTS)).logits


@pytest.mark.parametrize(("fix", "largest"), [("disable", 127), ("enable", 64)])
def test_the_saturation_fix_halves_the_range_of_int8_weights(tmp_path: Path, fix: str, largest: int) -> None:
    export_ir(quantized(overflow_fix=fix), tiny_tokenizer(), tmp_path / "ir")

    network = openvino.Core().read_model(tmp_path / "ir" / MODEL_XML)
    linear = [
        node.get_data()
        for node in network.get_ops()
        if node.get_type_name() == "Constant" and node.get_element_type() == openvino.Type.i8
    ]
    inner = [weights for weights in linear if weights.shape == (96, 64)]
    assert inner
    assert {int(abs(weights.astype(int)).max()) for weights in inner} == {largest}


def test_embeddings_rounded_once_are_the_same_function() -> None:
    model = quantized()
    before = logits(model)

    still = StillEmbeddings(model)

    resting = [hook for name, hook in quantizers(model) if not hook.is_enabled_quantization()]
    assert len(resting) == 3  # words, positions, token types
    assert torch.equal(logits(model), before)
    still.wake()
    assert all(hook.is_enabled_quantization() for _, hook in quantizers(model))
    assert torch.equal(logits(model), before)
    tables = [parameter for name, parameter in model.named_parameters() if "_embeddings.weight" in name]
    assert len(tables) == 3
    assert not any(table.requires_grad for table in tables)
    assert not any(parameter.requires_grad for hook in resting for parameter in hook.parameters())


def test_embeddings_of_a_plain_network_only_stop_learning() -> None:
    model = tiny_bert(layers=1)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}

    StillEmbeddings(model)

    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())
    assert not model.get_parameter("bert.embeddings.word_embeddings.weight").requires_grad
    assert model.get_parameter("classifier.weight").requires_grad


def test_settled_weights_are_the_same_function_and_stay_where_they_are() -> None:
    model = quantized()
    before, name = logits(model), "bert.encoder.layer.0.intermediate.dense.weight"
    original = model.get_parameter(name).detach().clone()

    settle_weights(model)

    settled = model.get_parameter(name).detach().clone()
    assert not torch.equal(settled, original)
    assert torch.allclose(logits(model), before, atol=1e-5)
    settle_weights(model)
    assert torch.equal(model.get_parameter(name).detach(), settled)


def test_a_plain_network_has_no_quantizers() -> None:
    assert quantizers(tiny_bert(layers=1)) == []
