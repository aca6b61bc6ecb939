"""How far checkpoint and IR of a model are apart, in logits and in predictions.

    python -m tests.bench.agreement MODEL_FOLDER DATA.tsv [--limit N]

The IR runs as it is fake-quantized, in f32, and with the INT8 kernels it is made for. Batches of 1 and of 4
sentences, padded to the longest of the batch. Two controls say how much of a difference is rounding: torch
in float64 against torch in float32, and both sides with the activation quantizers at rest.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import openvino
import torch

from app.domain.dataset import ColumnMap, DatasetRecord
from app.engine.batches import collate
from app.engine.datasets import read_rows
from app.engine.export import MODEL_XML, export_ir
from app.engine.model_folder import load_model, load_tokenizer
from app.engine.quantization import quantizers
from app.engine.tasks.text_classification import tokenize

AS_IT_IS = {
    "INFERENCE_PRECISION_HINT": "f32",
    "LP_TRANSFORMS_MODE": "NO",
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0",
}
KERNELS = {"INFERENCE_PRECISION_HINT": "f32"}


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    arguments = parser.parse_args()
    columns = ColumnMap(text="sentence", label="label")
    data = DatasetRecord(
        id="data", name="data", path=str(arguments.data), format="tsv", columns=columns, labels=("0", "1")
    )
    rows = read_rows(data)
    tokenizer = load_tokenizer(arguments.model / "torch")
    features = tokenize(tokenizer, rows, 128)[: arguments.limit]
    model: Any = load_model(arguments.model / "torch")[0]
    core = openvino.Core()
    _controls(model, tokenizer, features, core)
    for batch_size in (1, 4):
        batches = [collate(features[i : i + batch_size]) for i in range(0, len(features), batch_size)]
        with torch.no_grad():
            expected = np.concatenate([model(**batch).logits.numpy() for batch in batches])
        for name, options in (("fake-quantized, f32", AS_IT_IS), ("INT8 kernels, f32", KERNELS)):
            compiled = core.compile_model(arguments.model / "ir" / MODEL_XML, "CPU", options)
            answers = [compiled({key: value.numpy() for key, value in batch.items()})[0] for batch in batches]
            found = np.concatenate([np.asarray(answer) for answer in answers])
            _print(f"batch {batch_size}, {name}", expected, found)


def _controls(model: Any, tokenizer: Any, features: list[Any], core: Any) -> None:
    """Print what rounding alone does, sentence by sentence."""

    def run() -> Any:
        with torch.no_grad():
            return np.concatenate([model(**collate([each])).logits.numpy() for each in features])

    single = run()
    model.double()
    _print("torch f64 against f32", single, run())
    model.float()
    resting = [q for name, q in quantizers(model) if not name.split("__")[-1].startswith("1.")]
    resting += [q for name, q in quantizers(model) if "post_hooks" in name]
    for quantizer in resting:
        quantizer.disable_quantization()
    with tempfile.TemporaryDirectory() as folder:
        export_ir(model, tokenizer, Path(folder) / "ir")
        compiled = core.compile_model(Path(folder) / "ir" / MODEL_XML, "CPU", AS_IT_IS)
        answers = [compiled({k: v.numpy() for k, v in collate([each]).items()})[0] for each in features]
    _print("activations not quantized", run(), np.concatenate([np.asarray(answer) for answer in answers]))
    for quantizer in resting:
        quantizer.enable_quantization()


def _print(name: str, expected: Any, found: Any) -> None:
    apart = np.abs(found - expected).max(axis=1)
    same = float((found.argmax(1) == expected.argmax(1)).mean())
    print(
        f"{name:30} n {len(apart)}: |Δ logit| median {np.median(apart):.2g}, "
        f"p99 {np.quantile(apart, 0.99):.2g}, max {apart.max():.2g}, within 1e-4 "
        f"{float((apart < 1e-4).mean()):.1%}; same prediction {same:.2%}"
    )


if __name__ == "__main__":
    main()
