"""NNCF's JSON for movement sparsity, as NNCF 2.x and Optimum Intel 1.x read it, to a recipe and back."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import msgspec

from app.domain.errors import AppError
from app.domain.recipe import JpqdRecipe, LayerRule, QuantizationRecipe, SparsityRecipe, TrainingRecipe

_CLASS_PATHS: Final = {
    "BertSelfAttention": r"attention\.self",
    "BertSelfOutput": r"attention\.output",
    "BertAttention": "attention",
    "BertIntermediate": "intermediate",
    "BertOutput": r"layer\.\d+\.output",
    "BertEncoder": "encoder",
    "BertPooler": "pooler",
    "BertEmbeddings": "embeddings",
    "NNCFEmbedding": "embeddings",
    "NNCFLinear": r"\w+",
}
"""NNCF's scopes name classes; ours name module paths. Longer names stand before their parts."""
_BRACKETED: Final = re.compile(r"\w+\\?\[(\w+)\\?\]")
_CLASS_NAME: Final = re.compile(r"\b(?:" + "|".join(_CLASS_PATHS) + r")\b")
_LEFT_OVER: Final = re.compile(r"\b(?:[A-Z][a-z]+){2,}\w*")
_SPARSITY_PARAMS: Final = {
    "warmup_start_epoch": "warmup_start_epoch",
    "warmup_end_epoch": "warmup_end_epoch",
    "importance_regularization_factor": "importance_regularization",
    "enable_structured_masking": "structured",
    "init_importance_threshold": "initial_threshold",
    "final_importance_threshold": "final_threshold",
    "power": "power",
}
"""NNCF's name of a parameter, and the recipe's."""
_NEUTRAL_PARAMS: Final = frozenset({"schedule", "steps_per_epoch"})
"""There is one schedule, and the steps are counted."""


def is_nncf(document: object) -> bool:
    """Whether a JSON document is an NNCF config and not a recipe."""
    if isinstance(document, list):
        return True
    return isinstance(document, dict) and not {"compression", "algorithm"}.isdisjoint(
        cast("dict[str, object]", document)
    )


def recipe_from_nncf(document: object) -> JpqdRecipe:
    """Return the recipe for an NNCF config: a whole one, its ``compression``, or one algorithm.

    Warm-up ends training where the recipe's default would end it sooner; epochs and learning rate
    are no part of an NNCF config.

    Raises:
        AppError: nncf_config, naming the key that cannot be followed.
    """
    sparsity: SparsityRecipe | None = None
    quantization = QuantizationRecipe(enabled=False)
    for section in _sections(document):
        match section.get("algorithm"):
            case "movement_sparsity":
                sparsity = _sparsity(section)
            case "quantization":
                quantization = _quantization(section)
            case other:
                raise _error(f"the algorithm “{other}” is not known")
    if sparsity is None:
        raise _error("it has no section with “algorithm”: “movement_sparsity”")
    epochs = max(TrainingRecipe().epochs, sparsity.warmup_end_epoch + 1.0)
    return JpqdRecipe(
        name="nncf", sparsity=sparsity, quantization=quantization, training=TrainingRecipe(epochs=epochs)
    )


def nncf_from_recipe(recipe: JpqdRecipe) -> dict[str, object]:
    """Return the NNCF config that says what ``recipe`` says of sparsity and quantization.

    Raises:
        AppError: nncf_config where NNCF has no words for it.
    """
    sparsity = recipe.sparsity
    if sparsity.target is not None:
        raise _error("NNCF knows no target share; empty the recipe's “target” first")
    params: dict[str, object] = {
        nncf: getattr(sparsity, ours)
        for nncf, ours in _SPARSITY_PARAMS.items()
        if getattr(sparsity, ours) is not None
    }
    sections: list[dict[str, object]] = [
        {
            "algorithm": "movement_sparsity",
            "params": params,
            "sparse_structure_by_scopes": [_structure(rule) for rule in sparsity.rules],
            "ignored_scopes": [f"{{re}}{pattern}" for pattern in sparsity.ignored],
        }
    ]
    if (quantization := recipe.quantization).enabled:
        sections.append(
            {
                "algorithm": "quantization",
                "overflow_fix": quantization.overflow_fix,
                "initializer": {
                    "range": {
                        "num_init_samples": quantization.calibration_samples,
                        "type": "percentile",
                        "params": {
                            "min_percentile": quantization.percentile_low,
                            "max_percentile": quantization.percentile_high,
                        },
                    }
                },
            }
        )
    return {"compression": sections}


def _sections(document: object) -> list[Mapping[str, Any]]:
    inner: object = document
    if isinstance(document, dict) and "compression" in document:
        inner = cast("dict[str, object]", document)["compression"]
    found = cast("list[object]", inner) if isinstance(inner, list) else [inner]
    if not all(isinstance(section, dict) for section in found):
        raise _error("“compression” has to be an object or a list of objects")
    return cast("list[Mapping[str, Any]]", found)


def _sparsity(section: Mapping[str, Any]) -> SparsityRecipe:
    params: Mapping[str, Any] = section.get("params", {})
    unknown = set(params) - set(_SPARSITY_PARAMS) - _NEUTRAL_PARAMS
    if unknown:
        raise _error(f"movement_sparsity.params has the unknown key “{min(unknown)}”")
    if params.get("schedule", "threshold_polynomial_decay") != "threshold_polynomial_decay":
        raise _error(f"the schedule “{params['schedule']}” is not known")
    values: dict[str, Any] = {
        "structured": True,  # NNCF's defaults, where ours are others
        "final_threshold": 0.0,
        **{ours: params[nncf] for nncf, ours in _SPARSITY_PARAMS.items() if nncf in params},
        "rules": [_rule(entry) for entry in section.get("sparse_structure_by_scopes", [])],
        "ignored": [_path_pattern(scope) for scope in _texts(section.get("ignored_scopes", []))],
        "target": None,
        "score_learning_rate": None,
    }
    for required in ("warmup_start_epoch", "warmup_end_epoch", "importance_regularization"):
        if required not in values:
            nncf = next(name for name, ours in _SPARSITY_PARAMS.items() if ours == required)
            raise _error(f"movement_sparsity.params lacks “{nncf}”")
    return _convert(values, SparsityRecipe, "movement_sparsity")


def _rule(entry: Mapping[str, Any]) -> dict[str, object]:
    """Return one rule; several scopes become alternatives of one pattern."""
    patterns = [_path_pattern(scope) for scope in _texts(entry.get("target_scopes", []))]
    if not patterns:
        raise _error("an entry of sparse_structure_by_scopes lacks “target_scopes”")
    rule: dict[str, object] = {
        "target": patterns[0] if len(patterns) == 1 else "|".join(f"(?:{each})" for each in patterns),
        "mode": entry.get("mode", "fine"),
    }
    if "sparse_factors" in entry:
        rule["block"] = entry["sparse_factors"]
    if "axis" in entry:
        rule["axis"] = entry["axis"]
    return rule


def _quantization(section: Mapping[str, Any]) -> QuantizationRecipe:
    for part in ("weights", "activations"):
        if section.get(part, {}).get("bits", 8) != 8:
            raise _error(f"quantization.{part}.bits has to be 8")
    ranges: Mapping[str, Any] = section.get("initializer", {}).get("range", {})
    percentiles: Mapping[str, Any] = ranges.get("params", {}) if isinstance(ranges, dict) else {}
    values: dict[str, object] = {"enabled": True, "overflow_fix": section.get("overflow_fix", "enable")}
    if "num_init_samples" in ranges:
        values["calibration_samples"] = ranges["num_init_samples"]
    if ranges.get("type") == "percentile" or percentiles:
        values["percentile_low"] = percentiles.get("min_percentile", 0.01)
        values["percentile_high"] = percentiles.get("max_percentile", 99.99)
    return _convert(values, QuantizationRecipe, "quantization")


def _path_pattern(scope: str) -> str:
    """Turn one of NNCF's scopes into a pattern on module paths."""
    is_pattern = scope.startswith("{re}")
    text = scope.removeprefix("{re}")
    text = _BRACKETED.sub(lambda found: found.group(1), text)
    text = _CLASS_NAME.sub(lambda found: _CLASS_PATHS[found.group(0)], text)
    text = text.replace("/", r"\.")
    if not is_pattern:
        text = ".*" + re.sub(r"^[A-Z]\w+\\\.", "", text)
        text = re.sub(r"\\\.(?:linear|embedding)_\d+$", "", text)
    elif (left := _LEFT_OVER.search(text)) and left.group(0) != "LayerNorm":
        raise _error(
            f"the scope “{scope}” names the class {left.group(0)}, which is not known here; "
            "name module paths instead"
        )
    return text


def _structure(rule: LayerRule) -> dict[str, object]:
    entry: dict[str, object] = {"mode": rule.mode, "target_scopes": f"{{re}}{rule.target}"}
    match rule.mode:
        case "structure":
            raise _error("NNCF cannot share scores by a whole structure; use block or per_dim")
        case "block":
            entry["sparse_factors"] = list(rule.block)
        case "per_dim":
            entry["axis"] = rule.axis
        case "fine":
            pass
    return entry


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in cast("Sequence[object]", value)] if isinstance(value, list) else []


def _convert(values: dict[str, object], kind: type[Any], where: str) -> Any:
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise _error(f"{where}: {error}") from error


def _error(what: str) -> AppError:
    return AppError(
        "nncf_config",
        f"This NNCF config cannot be followed: {what}.",
        "Correct it, or write it as a Whittle recipe.",
    )
