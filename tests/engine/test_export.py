"""Export: widths other than the config's, and a model that is as before afterwards."""

from pathlib import Path

import numpy as np
import openvino
import pytest
import torch

from app.engine.export import DETOKENIZER_XML, TOKENIZER_XML, export_ir, ir_size_bytes
from app.engine.openvino_runtime import CompiledIr, stored_precision
from app.engine.tasks.text_classification import tokenize
from tests.engine.tiny import batch, sentences, tiny_bert, tiny_tokenizer

TEXTS = [text for text, _ in sentences(6, seed=2)]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, torch.nn.Module, dict[str, object]]:
    """A network in training mode whose second layer lost a third of its neurons by hand."""
    model = tiny_bert(layers=2)
    layer = model.bert.encoder.layer[1]
    inner, outer = layer.intermediate.dense, layer.output.dense
    kept = torch.arange(0, 96, 3)
    inner.weight, inner.bias = torch.nn.Parameter(inner.weight[kept]), torch.nn.Parameter(inner.bias[kept])
    outer.weight = torch.nn.Parameter(outer.weight[:, kept].contiguous())
    inner.out_features = outer.in_features = len(kept)
    model.train()
    before = dict(model.config.__dict__)
    folder = tmp_path_factory.mktemp("export") / "ir"
    folder.mkdir()
    (folder / "stale.txt").write_text("of an earlier try")
    export_ir(model, tiny_tokenizer(), folder)
    return folder, model, before


def test_a_network_with_a_sliced_layer_answers_alike_in_both(
    exported: tuple[Path, torch.nn.Module, dict[str, object]],
) -> None:
    folder, model, _ = exported
    logits = CompiledIr(folder).run(tokenize(tiny_tokenizer(), TEXTS, 64))
    expected = model.eval()(**batch(TEXTS)).logits
    model.train()
    assert np.abs(logits - expected.detach().numpy()).max() < 1e-4


def test_the_model_is_as_before_and_nothing_half_written_is_left(
    exported: tuple[Path, torch.nn.Module, dict[str, object]],
) -> None:
    folder, model, before = exported
    assert model.training
    assert model.config.__dict__ == before
    assert [path.name for path in folder.parent.iterdir()] == ["ir"]
    assert not (folder / "stale.txt").exists()


def test_constants_are_float32_and_shapes_dynamic(
    exported: tuple[Path, torch.nn.Module, dict[str, object]],
) -> None:
    folder, model, _ = exported
    assert stored_precision(folder) == "FP32"
    assert ir_size_bytes(folder) > 4 * sum(parameter.numel() for parameter in model.parameters())
    network = openvino.Core().read_model(folder / "openvino_model.xml")
    assert all(port.partial_shape.is_dynamic for port in network.inputs)


def test_the_openvino_tokenizer_cuts_as_the_original_does_and_stops_at_the_models_length(
    exported: tuple[Path, torch.nn.Module, dict[str, object]],
) -> None:
    folder, _, _ = exported
    __import__("openvino_tokenizers")
    tokenizer = openvino.Core().compile_model(folder / TOKENIZER_XML, "CPU")
    for text in TEXTS:
        assert list(tokenizer([text])["input_ids"][0]) == tiny_tokenizer()(text)["input_ids"]
    assert tokenizer(["good " * 200])["input_ids"].shape == (1, 64)
    assert (folder / DETOKENIZER_XML).exists()


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "ir"
    folder.mkdir()
    (folder / "kept.txt").write_text("before")
    model = tiny_bert(layers=1)
    model.bert.encoder.layer[0].output.dense = torch.nn.Linear(7, 64)
    with pytest.raises(RuntimeError):
        export_ir(model, tiny_tokenizer(), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["ir", "kept.txt"]
