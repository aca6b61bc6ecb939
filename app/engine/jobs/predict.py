"""One prediction: the label of a sentence, with the probability of each."""

import statistics
import time
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.domain.job import TrySpec
from app.domain.model import IR_FOLDER
from app.engine.context import JobContext
from app.engine.importing import read_config
from app.engine.openvino_runtime import CompiledIr, require_ir
from app.engine.tasks.text_classification import softmax, tokenize
from app.engine.tokenizing import JsonTokenizer

_REPEATS: Final = 5


def run(spec: TrySpec, context: JobContext) -> dict[str, object]:
    """Classify ``spec.text``; the latency is the median of a few requests, tokenizing included.

    Raises:
        AppError: ``text_missing``, or as `CompiledIr` and `JsonTokenizer`.
    """
    if not spec.text.strip():
        raise AppError("text_missing", "There is no text to classify.", "Give a sentence.")
    ir = require_ir(Path(spec.model.folder) / IR_FOLDER)
    context.stage("predict", 0, 1)
    tokenizer = JsonTokenizer(ir)
    compiled = CompiledIr(ir, spec.device, spec.precision)
    logits = compiled.run(tokenize(tokenizer, [spec.text], tokenizer.max_length))
    took_ms: list[float] = []
    for _ in range(_REPEATS):
        context.check()
        started = time.perf_counter()
        compiled.run(tokenize(tokenizer, [spec.text], tokenizer.max_length))
        took_ms.append((time.perf_counter() - started) * 1000)
    shares = softmax(logits)[0]
    names = label_names(ir, len(shares))
    return {
        "model_id": spec.model.id,
        "label": names[int(shares.argmax())],
        "probability": float(shares.max()),
        "probabilities": {name: float(share) for name, share in zip(names, shares, strict=True)},
        "latency_ms": statistics.median(took_ms),
        "load_ms": compiled.load_ms,
        "device": spec.device,
        "executed_precision": compiled.executed_precision(),
    }


def label_names(ir: Path, classes: int) -> tuple[str, ...]:
    """Return the label names of the config beside the IR, or numbers where they do not fit."""
    labels = read_config(ir).labels
    return labels if len(labels) == classes else tuple(str(index) for index in range(classes))
