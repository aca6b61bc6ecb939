"""Quantization-aware training by NNCF: its C++ extension, calibration, and what speeds training up."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import nncf
import torch
from nncf.quantization.range_estimator import AggregatorType, RangeEstimatorParameters, StatisticsType
from nncf.quantization.range_estimator import StatisticsCollectorParameters as Collector
from nncf.torch.function_hook import get_hook_storage, is_wrapped
from torch import nn

from app.domain.errors import AppError
from app.domain.recipe import QuantizationRecipe
from app.engine.graph import Inputs

EXTENSION_NAME: Final = "quantized_functions_cpu"
_STALE_LOCK_S: Final = 90.0
"""A compilation takes half a minute; a lock that is older was left by a killed process."""


def prepare_extension(say: Callable[[str], None]) -> None:
    """Compile NNCF's C++ extension if it is not there yet, and load it.

    NNCF would compile it in the middle of the first training step, wait at most a minute, and then raise;
    a process killed while compiling leaves a lock that makes later ones wait. Without a compiler
    training still works, slowly, by NNCF's reference implementation.

    Raises:
        AppError: The extension is not there and cannot be compiled.
    """
    from nncf.torch.extensions import get_build_directory_for_extension

    folder = Path(get_build_directory_for_extension(EXTENSION_NAME))
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
        from nncf.torch.quantization.extensions import QuantizedFunctionsCPU

        QuantizedFunctionsCPU.get("Quantize_forward")


@contextmanager
def _locked(ours: Path, theirs: Path) -> Iterator[None]:
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
    parameters = nncf.AdvancedQuantizationParameters()
    parameters.smooth_quant_alphas.matmul = -1
    parameters.disable_bias_correction = True
    parameters.overflow_fix = nncf.OverflowFix(
        {"disable": "disable", "enable": "enable", "first_layer_only": "first_layer_only"}[
            recipe.overflow_fix
        ]
    )
    parameters.activations_range_estimator_params = RangeEstimatorParameters(
        min=Collector(
            statistics_type=StatisticsType.QUANTILE,
            aggregator_type=AggregatorType.MEAN,
            quantile_outlier_prob=recipe.percentile_low / 100,
        ),
        max=Collector(
            statistics_type=StatisticsType.QUANTILE,
            aggregator_type=AggregatorType.MEAN,
            quantile_outlier_prob=1 - recipe.percentile_high / 100,
        ),
    )
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
    if not is_wrapped(model):
        return []
    hooks = get_hook_storage(model).named_hooks()
    return [(name, hook) for name, hook in hooks if hasattr(hook, "enable_quantization")]


class StillEmbeddings:
    """Embedding tables that do not train, rounded once instead of at every step.

    Fake quantization of a 30,000-row table costs more than that of the rest of a small network, and
    rounding is idempotent: with the table already on its grid, the quantizer can rest until export.
    """

    def __init__(self, model: nn.Module) -> None:
        """Freeze the embedding tables of ``model`` and, if they are quantized, round them."""
        self._resting: list[Any] = []
        tables = {name: module for name, module in model.named_modules() if isinstance(module, nn.Embedding)}
        for table in tables.values():
            table.weight.requires_grad_(requires_grad=False)
        for name, quantizer in quantizers(model):
            for path, table in tables.items():
                if f"pre_hooks.{path.replace('.', '/')}/embedding/" in name and name.split("__")[
                    -1
                ].startswith("1."):
                    with torch.no_grad():
                        table.weight.copy_(quantizer(table.weight))
                    quantizer.disable_quantization()
                    self._resting.append(quantizer)

    def wake(self) -> None:
        """Let the quantizers act again: the exporter has to see them."""
        for quantizer in self._resting:
            quantizer.enable_quantization()
            quantizer.disable_gradients()
