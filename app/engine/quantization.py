"""Quantization-aware training by NNCF: its C++ extension, calibration, and what speeds training up."""

import fcntl
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from app.domain.errors import AppError
from app.domain.recipe import QuantizationRecipe
from app.engine import hooks
from app.engine.graph import Inputs, TracedGraph, example_inputs
from app.engine.network import modules

EXTENSION_NAME: Final = "quantized_functions_cpu"
_STALE_LOCK_S: Final = 90.0
"""A compilation takes half a minute; a lock that is older was left by a killed process."""


def prepare_extension(say: Callable[[str], None]) -> None:
    """Compile NNCF's C++ extension if it is not there yet, and load it.

    NNCF would compile it in the middle of the first training step, wait at most a minute, and then raise;
    a process killed while compiling leaves a lock that makes later ones wait.

    Raises:
        AppError: ``no_compiler``: the extension is not there and nothing can compile it.
    """
    _build_apart()
    extensions: Any = import_module("nncf.torch.extensions")
    folder = Path(extensions.get_build_directory_for_extension(EXTENSION_NAME))
    built = any(folder.glob(f"{EXTENSION_NAME}*.so"))
    if not built and shutil.which(os.environ.get("CXX", "c++")) is None and shutil.which("g++") is None:
        raise AppError(
            "no_compiler",
            "NNCF needs a C++ compiler once, for the quantization kernels that training uses.",
            "Install one (on Debian and Ubuntu: apt-get install g++) and resume.",
        )
    with _locked(folder.parent / f"{EXTENSION_NAME}.whittle.lock", folder / "lock"):
        if not built:
            say("Compiling NNCF's quantization kernels, once on this machine (about half a minute).")
        os.environ["NNCF_EXTENSION_LOAD_TIMEOUT"] = "600"
        functions: Any = import_module("nncf.torch.quantization.extensions")
        functions.QuantizedFunctionsCPU.get("Quantize_forward")


def _build_apart() -> None:
    """Compile into a folder of this environment's own.

    In torch's default one, two environments of one user compile anew whenever the other had its turn.
    """
    environment = hashlib.sha256(sys.prefix.encode()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ.setdefault("TORCH_EXTENSIONS_DIR", str(cache / "whittle" / "kernels" / environment))


@contextmanager
def _locked(ours: Path, theirs: Path) -> Generator[None]:
    """Hold ``ours``, which the system frees when a process dies, and clear ``theirs``, which it does not.

    ``ours`` has content while it is held: found by the next holder, the one before it was killed.
    """
    with ours.open("a+b", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        if handle.read():
            theirs.unlink(missing_ok=True)
        _wait_for(theirs)
        handle.truncate(0)
        handle.write(b"held")
        try:
            yield
        finally:
            handle.truncate(0)


def _wait_for(lock: Path) -> None:
    """Wait until another program has freed its lock, or is long enough gone."""
    while lock.exists():
        if time.time() - lock.stat().st_mtime > _STALE_LOCK_S:
            lock.unlink(missing_ok=True)
            return
        time.sleep(0.5)


def quantize(model: nn.Module, batches: list[Inputs], recipe: QuantizationRecipe) -> nn.Module:
    """Return a deep copy of ``model`` with trainable fake quantizers, calibrated on ``batches``.

    Weights symmetric per channel, activations asymmetric, the inputs of attention's products symmetric,
    embeddings included; ranges by percentile, as in NNCF's JPQD examples.
    """
    _build_apart()
    nncf: Any = import_module("nncf")
    parameters = nncf.AdvancedQuantizationParameters()
    parameters.smooth_quant_alphas.matmul = -1
    parameters.disable_bias_correction = True
    parameters.overflow_fix = nncf.OverflowFix(recipe.overflow_fix)
    ranges: Any = import_module("nncf.quantization.range_estimator")
    low, high = (
        ranges.StatisticsCollectorParameters(
            statistics_type=ranges.StatisticsType.QUANTILE,
            aggregator_type=ranges.AggregatorType.MEAN,
            quantile_outlier_prob=outliers,
        )
        for outliers in (recipe.percentile_low / 100, 1 - recipe.percentile_high / 100)
    )
    parameters.activations_range_estimator_params = ranges.RangeEstimatorParameters(min=low, max=high)
    quantized: nn.Module = nncf.quantize(
        model.eval(),
        nncf.Dataset(batches),
        preset=nncf.QuantizationPreset.MIXED,
        model_type=nncf.ModelType.TRANSFORMER,
        subset_size=len(batches),
        advanced_parameters=parameters,
    )
    return quantized


def quantizers(model: nn.Module) -> list[tuple[str, Any]]:
    """Return the fake quantizers of ``model`` by hook name; none for a plain network."""
    if not hooks.is_wrapped(model):
        return []
    named: list[tuple[str, Any]] = hooks.storage(model).named_hooks()
    return [(name, hook) for name, hook in named if hasattr(hook, "enable_quantization")]


class StillEmbeddings:
    """Embedding tables that do not train, rounded once instead of at every step.

    Fake quantization of a 30,000-row table costs more than that of the rest of a small network, and
    rounding is idempotent: with the table already on its grid, the quantizer can rest until export.
    """

    def __init__(self, model: nn.Module) -> None:
        """Freeze the embedding tables of ``model`` and, if they are quantized, round them."""
        self._resting: list[Any] = []
        tables = {name: module for name, module in modules(model) if isinstance(module, nn.Embedding)}
        for table in tables.values():
            table.weight.requires_grad = False
        for name, quantizer in quantizers(model):
            table = next((tables[path] for path in tables if _serves_weight(name, path)), None)
            if table is not None:
                with torch.no_grad():
                    table.weight.copy_(quantizer(table.weight))
                quantizer.disable_quantization()
                self._resting.append(quantizer)

    def wake(self) -> None:
        """Let the quantizers act again: the exporter has to see them."""
        for quantizer in self._resting:
            quantizer.enable_quantization()
            quantizer.disable_gradients()


def _serves_weight(hook_name: str, module_path: str) -> bool:
    """Whether a hook quantizes the table of the embedding at ``module_path``: port 1 of its look-up."""
    operation, _, port = hook_name.rpartition("__")
    return f"pre_hooks.{module_path.replace('.', '/')}/embedding/" in operation and port.startswith("1.")


def settle_weights(model: nn.Module) -> None:
    """Move every quantized weight of ``model`` onto the grid that its quantizer rounds it to.

    The network computes the same as before. But a weight that lay on the edge between two steps would
    be rounded to different sides by torch and by OpenVINO, whose float division differs in the last
    bit; among ten million weights there are a hundred such.
    """
    named = quantizers(model)
    with torch.no_grad():
        for name, operation in TracedGraph(model, example_inputs()).linear_operations().items():
            weight = model.get_parameter(f"{name}.weight")
            key = f"pre_hooks.{operation}__1."
            for quantizer in (hook for hook_name, hook in named if hook_name.startswith(key)):
                weight.copy_(quantizer(weight))
