"""A PyTorch model, plain or fake-quantized, to an OpenVINO IR with its tokenizer."""

import logging
import shutil
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.engine.disk import whole_folder

if TYPE_CHECKING:
    from torch import nn

MODEL_XML: Final = "openvino_model.xml"
MODEL_BIN: Final = "openvino_model.bin"
TOKENIZER_XML: Final = "openvino_tokenizer.xml"
DETOKENIZER_XML: Final = "openvino_detokenizer.xml"

_TALKATIVE: Final = ("transformers", "optimum", "nncf", "torch.jit")


def export_ir(model: "nn.Module", tokenizer: Any, folder: Path, *, task: str = "text-classification") -> None:
    """Write the IR of ``model``, its config and its tokenizer into ``folder``, whole or not at all.

    Constants keep their type: float32 for a float32 model, INT8 for weights that are fake-quantized.
    Shapes stay dynamic, and layers may have widths other than the config says. The model's mode and
    config are as before afterwards. What ``folder`` held is replaced.

    Args:
        model: A `PreTrainedModel`, or what ``nncf.quantize`` made of one.
        tokenizer: A fast Hugging Face tokenizer.
        folder: Made here.
        task: By Optimum's name.

    Raises:
        AppError: ``disk_full``.
    """
    with whole_folder(folder) as partial:
        with quiet_libraries(), _unchanged(model):
            _export_network(model, task, partial)
            _export_tokenizer(tokenizer, longest_input(model, tokenizer), partial)
        _remove(folder)


def ir_size_bytes(folder: Path) -> int:
    """Return the size of the network's .xml and .bin together, tokenizer not counted."""
    return (folder / MODEL_XML).stat().st_size + (folder / MODEL_BIN).stat().st_size


def refuse_telemetry() -> None:
    """Make the OpenVINO libraries take their stand-in for telemetry; call before importing them."""
    # They try to import it and go on without; None in sys.modules is how Python spells "not there".
    sys.modules.setdefault("openvino_telemetry", None)  # pyright: ignore[reportArgumentType]


@contextmanager
def quiet_libraries() -> Generator[None]:
    """Keep the exporters' progress notes and tracer warnings, which nobody can act on, out of the log."""
    # Not logging.disable: the exporter itself switches that off in its middle.
    levels = {logging.getLogger(name): logging.getLogger(name).level for name in _TALKATIVE}
    for logger in levels:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


@contextmanager
def _unchanged(model: Any) -> Generator[None]:
    """Put back what the exporter sets on the model it is given."""
    training: bool = model.training
    settings: dict[str, Any] = model.config.__dict__
    before = dict(settings)
    try:
        yield
    finally:
        settings.clear()
        settings.update(before)
        model.train(training)


def _export_network(model: Any, task: str, folder: Path) -> None:
    refuse_telemetry()
    exporter: Any = import_module("optimum.exporters.openvino")
    model.eval()
    exporter.export_from_model(model, folder, task=task, preprocessors=[])


def _export_tokenizer(tokenizer: Any, longest: int, folder: Path) -> None:
    openvino: Any = import_module("openvino")
    converter: Any = import_module("openvino_tokenizers")
    tokenizer.save_pretrained(folder)
    # Without a limit of its own the converted tokenizer feeds the network more tokens than it has positions.
    networks = converter.convert_tokenizer(
        tokenizer, with_detokenizer=True, truncation=True, max_length=longest
    )
    for network, name in zip(networks, (TOKENIZER_XML, DETOKENIZER_XML), strict=True):
        openvino.save_model(network, folder / name)


def longest_input(model: Any, tokenizer: Any) -> int:
    """Return how many tokens the network takes at most."""
    return int(min(model.config.max_position_embeddings, tokenizer.model_max_length))


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
