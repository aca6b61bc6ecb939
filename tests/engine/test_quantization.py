"""Quantization: the range of the weights, embeddings at rest, weights on their grid, and NNCF's lock."""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

import openvino
import pytest
import torch
from nncf.torch.extensions import get_build_directory_for_extension

from app.domain.recipe import QuantizationRecipe
from app.engine.export import MODEL_XML, export_ir
from app.engine.quantization import (
    EXTENSION_NAME,
    StillEmbeddings,
    prepare_extension,
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


@pytest.fixture
def build_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where torch would build NNCF's extension, were it not loaded already."""
    monkeypatch.setenv("TORCH_EXTENSIONS_DIR", str(tmp_path))
    return Path(get_build_directory_for_extension(EXTENSION_NAME))


def test_a_lock_left_by_a_killed_compilation_is_cleared(build_folder: Path) -> None:
    lock = build_folder / "lock"
    lock.touch()
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))

    prepare_extension(lambda _text: None)

    assert not lock.exists()


def test_a_lock_of_our_own_that_was_killed_is_cleared_at_once(build_folder: Path) -> None:
    lock, ours = build_folder / "lock", build_folder.parent / f"{EXTENSION_NAME}.whittle.lock"
    lock.touch()
    ours.write_bytes(b"held")  # its holder died
    started = time.monotonic()

    prepare_extension(lambda _text: None)

    assert not lock.exists()
    assert time.monotonic() - started < 30
    assert ours.read_bytes() == b""


def test_two_that_compile_at_once_wait_for_each_other(build_folder: Path) -> None:
    ours = build_folder.parent / f"{EXTENSION_NAME}.whittle.lock"
    done = threading.Event()

    def prepare() -> None:
        prepare_extension(lambda _text: None)
        done.set()

    with ours.open("a+b") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        waiting = threading.Thread(target=prepare)
        waiting.start()
        assert not done.wait(0.3)
    waiting.join(60)
    assert done.is_set()
