"""Quantization-aware training by NNCF: calibration, embeddings at rest, weights on their grid."""

from importlib import import_module
from typing import Any

import torch
from torch import nn

from app.domain.recipe import QuantizationRecipe
from app.engine import hooks, kernels
from app.engine.graph import Inputs, TracedGraph, example_inputs
from app.engine.network import modules


def quantize(model: nn.Module, batches: list[Inputs], recipe: QuantizationRecipe) -> nn.Module:
    """Return a deep copy of ``model`` with trainable fake quantizers, calibrated on ``batches``.

    Weights symmetric per channel, activations asymmetric, the inputs of attention's products symmetric,
    embeddings included; ranges by percentile, as in NNCF's JPQD examples.
    """
    kernels.install()
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
