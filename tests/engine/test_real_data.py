"""The real MiniLM and real SST-2 sentences, where the shared data lie beside the checkout."""

from pathlib import Path
from typing import Any

import numpy as np
import openvino
import pytest
import torch

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.recipe import QuantizationRecipe
from app.engine.batches import collate, length_order
from app.engine.datasets import read_rows
from app.engine.export import MODEL_XML, export_ir
from app.engine.families import family_of
from app.engine.families.base import Kept, LayerKept, linear
from app.engine.families.slicing import slice_model
from app.engine.model_folder import load_model, load_tokenizer
from app.engine.quantization import quantize, settle_weights
from app.engine.resources import resource
from app.engine.tasks.text_classification import tokenize

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MINILM = DATA / "minilm_sst2"
LONGEST = 128

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def dev() -> tuple[list[str], list[int]]:
    """The 872 sentences and labels of SST-2's dev set."""
    columns = ColumnMap(text="sentence", label="label")
    path = str(DATA / "sst2" / "dev.tsv")
    labels = ("negative", "positive")
    rows = read_rows(
        DatasetRecord(id="dev", name="dev", path=path, format="tsv", columns=columns, labels=labels)
    )
    return rows.texts, rows.labels


def pruned_by_hand(model: Any) -> Kept:
    """Silence some heads and neurons of every layer, all heads of one and all neurons of another."""
    kept: list[LayerKept] = []
    with torch.no_grad():
        for index, layer in enumerate(family_of(model.config).layers(model)):
            heads = () if index == 4 else tuple(range(index, 12, 2))
            neurons = () if index == 5 else tuple(range(0, 1536, index + 2))
            for head in set(range(12)) - set(heads):
                linear(model, layer.attention_output).weight[:, 32 * head : 32 * head + 32] = 0.0
            gone = sorted(set(range(1536)) - set(neurons))
            linear(model, layer.ffn_out).weight[:, gone] = 0.0
            kept.append(LayerKept(12, heads, 1536, neurons))
    return tuple(kept)


def logits(model: Any, batches: list[dict[str, torch.Tensor]]) -> np.ndarray:
    """Return torch's logits, (sentences, 2)."""
    with torch.no_grad():
        return np.concatenate([model(**batch).logits.numpy() for batch in batches])


def ir_logits(folder: Path, batches: list[dict[str, torch.Tensor]]) -> np.ndarray:
    """Return the IR's logits at f32, (sentences, 2)."""
    compiled = openvino.Core().compile_model(folder / MODEL_XML, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.concatenate(
        [np.asarray(compiled({name: value.numpy() for name, value in batch.items()})[0]) for batch in batches]
    )


@pytest.mark.parametrize("batch_size", [1, 4])
def test_a_pruned_minilm_agrees_with_its_slices_and_its_ir_on_real_sentences(
    tmp_path: Path, dev: tuple[list[str], list[int]], batch_size: int
) -> None:
    model, present = load_model(MINILM)
    kept = pruned_by_hand(model)
    features = tokenize(load_tokenizer(MINILM), dev[0][:80], LONGEST)
    batches = [collate(features[i : i + batch_size]) for i in range(0, len(features), batch_size)]
    before = logits(model, batches)

    slice_model(model, family_of(model.config), kept, present)
    export_ir(model, load_tokenizer(MINILM), tmp_path / "ir")

    assert len({batch["input_ids"].shape[1] for batch in batches}) > 5
    assert np.abs(logits(model, batches) - before).max() < 1e-4
    assert np.abs(ir_logits(tmp_path / "ir", batches) - before).max() < 1e-4


def test_int8_kernels_predict_what_the_quantized_network_predicts(
    tmp_path: Path, dev: tuple[list[str], list[int]]
) -> None:
    model, _ = load_model(MINILM)
    features = tokenize(load_tokenizer(MINILM), dev[0][:400], LONGEST)
    model = quantize(model, [collate(features[i : i + 8]) for i in range(0, 64, 8)], QuantizationRecipe())
    settle_weights(model)
    export_ir(model, load_tokenizer(MINILM), tmp_path / "ir")
    batches = [collate([each]) for each in features]

    ours, theirs = logits(model, batches), ir_logits(tmp_path / "ir", batches)

    assert float((ours.argmax(1) == theirs.argmax(1)).mean()) >= 0.99


def test_the_starter_lost_at_most_half_a_point_by_its_smaller_vocabulary(
    dev: tuple[list[str], list[int]],
) -> None:
    texts, labels = dev
    right: list[int] = []
    for folder in (MINILM, resource("starter/sentiment")):
        model, _ = load_model(folder)
        features = tokenize(load_tokenizer(folder), texts, LONGEST)
        order = length_order([len(each["input_ids"]) for each in features])
        batches = [collate([features[k] for k in order[i : i + 32]]) for i in range(0, len(order), 32)]
        found = logits(model, batches).argmax(1)
        right.append(sum(int(label == labels[k]) for label, k in zip(found, order, strict=True)))

    assert right[0] - right[1] <= 0.005 * len(labels)
