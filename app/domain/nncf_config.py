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
_TARGET: Final = "target_share"
"""A word of our own: NNCF has no target, and takes a config with it for wrong."""
_REQUIRED: Final = ("warmup_start_epoch", "warmup_end_epoch", "importance_regularization")
_WHERE: Final = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_PLACES: Final = {
    **{ours: f"params.{nncf}" for nncf, ours in _SPARSITY_PARAMS.items()},
    "target": f"params.{_TARGET}",
    "rules": "sparse_structure_by_scopes",
    "block": "sparse_factors",
    "ignored": "ignored_scopes",
    "calibration_samples": "initializer.range.num_init_samples",
    "percentile_low": "initializer.range.params.min_percentile",
    "percentile_high": "initializer.range.params.max_percentile",
}
"""Where NNCF keeps what the recipe calls so."""


class NncfConfigError(AppError):
    """A config that cannot be followed, and the path of what is wrong in it."""

    def __init__(self, what: str, path: str, where: str = "") -> None:
        said = f"{where}: {what}" if where else what
        super().__init__(
            "nncf_config",
            f"This NNCF config cannot be followed: {said}.",
            "Correct it, or write it as a Whittle recipe.",
        )
        self.what = what
        self.path = path
        """As msgspec writes it: ``$.compression[0].params.power``."""


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
        NncfConfigError: nncf_config, naming the key that cannot be followed.
    """
    sparsity, quantization = _parts(document)
    epochs = max(TrainingRecipe().epochs, sparsity.warmup_end_epoch + 1.0)
    return JpqdRecipe(
        name="nncf",
        sparsity=sparsity,
        quantization=msgspec.structs.replace(QuantizationRecipe(), **quantization),
        training=TrainingRecipe(epochs=epochs),
    )


def with_nncf(recipe: JpqdRecipe, document: object) -> JpqdRecipe:
    """Return ``recipe`` with what an NNCF config says; what NNCF has no words for stays as it is.

    Raises:
        NncfConfigError: As `recipe_from_nncf`.
    """
    sparsity, quantization = _parts(document)
    said = (*_SPARSITY_PARAMS.values(), "target", "rules", "ignored")
    replace = msgspec.structs.replace
    return replace(
        recipe,
        sparsity=replace(recipe.sparsity, **{name: getattr(sparsity, name) for name in said}),
        quantization=replace(recipe.quantization, **quantization),
    )


def nncf_from_recipe(recipe: JpqdRecipe) -> dict[str, object]:
    """Return the NNCF config that says what ``recipe`` says of sparsity and quantization.

    Raises:
        AppError: nncf_config where NNCF has no words for it.
    """
    if recipe.sparsity.target is not None:
        raise NncfConfigError("NNCF knows no target share; empty the recipe's “target” first", "$")
    if any(rule.mode == "structure" for rule in recipe.sparsity.rules):
        raise NncfConfigError("NNCF cannot share scores by a whole structure; use block or per_dim", "$")
    return widened_nncf(recipe)[0]


def widened_nncf(recipe: JpqdRecipe) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return ``recipe`` in NNCF's words and, where it has none, in ours; and which ones are ours.

    `recipe_from_nncf` reads all of them, NNCF itself only a config without such words.
    """
    sparsity = recipe.sparsity
    params: dict[str, object] = {
        nncf: getattr(sparsity, ours)
        for nncf, ours in _SPARSITY_PARAMS.items()
        if getattr(sparsity, ours) is not None
    }
    own: list[str] = []
    if sparsity.target is not None:
        params[_TARGET] = sparsity.target
        own.append(f'"{_TARGET}"')
    if any(rule.mode == "structure" for rule in sparsity.rules):
        own.append('"mode": "structure"')
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
    return {"compression": sections}, tuple(own)


def _parts(document: object) -> tuple[SparsityRecipe, dict[str, Any]]:
    """Return the sparsity that a config says, and what it says of quantization by our names."""
    sparsity: SparsityRecipe | None = None
    quantization: dict[str, Any] = {"enabled": False}
    for path, section in _sections(document):
        match section.get("algorithm"):
            case "movement_sparsity":
                sparsity = _sparsity(section, path)
            case "quantization":
                quantization = _quantization(section, path)
            case other:
                raise NncfConfigError(f"the algorithm “{other}” is not known", f"{path}.algorithm")
    if sparsity is None:
        raise NncfConfigError("it has no section with “algorithm”: “movement_sparsity”", "$")
    return sparsity, quantization


def _sections(document: object) -> list[tuple[str, Mapping[str, Any]]]:
    inner, path = document, "$"
    if isinstance(document, dict) and "compression" in document:
        inner, path = cast("dict[str, object]", document)["compression"], "$.compression"
    if not isinstance(inner, list):
        return [(path, _mapping(inner, path, "“compression” has to be an object or a list of objects"))]
    return [
        (f"{path}[{place}]", _mapping(each, f"{path}[{place}]", "a section has to be an object"))
        for place, each in enumerate(cast("list[object]", inner))
    ]


def _mapping(value: object, path: str, otherwise: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NncfConfigError(otherwise, path)
    return cast("Mapping[str, Any]", value)


def _part(section: Mapping[str, Any], name: str, path: str) -> Mapping[str, Any]:
    """Return an object within ``section``, an empty one where it is not said."""
    return _mapping(section.get(name, {}), f"{path}.{name}", f"“{name}” has to be an object")


def _sparsity(section: Mapping[str, Any], path: str) -> SparsityRecipe:
    params = _part(section, "params", path)
    inside = f"{path}.params"
    unknown = set(params) - set(_SPARSITY_PARAMS) - _NEUTRAL_PARAMS - {_TARGET}
    if unknown:
        name = min(unknown)
        raise NncfConfigError(f"movement_sparsity.params has the unknown key “{name}”", f"{inside}.{name}")
    if params.get("schedule", "threshold_polynomial_decay") != "threshold_polynomial_decay":
        raise NncfConfigError(f"the schedule “{params['schedule']}” is not known", f"{inside}.schedule")
    entries = section.get("sparse_structure_by_scopes", [])
    if not isinstance(entries, list):
        raise NncfConfigError(
            "“sparse_structure_by_scopes” has to be a list", f"{path}.sparse_structure_by_scopes"
        )
    values: dict[str, Any] = {
        "structured": True,  # NNCF's defaults, where ours are others
        "final_threshold": 0.0,
        **{ours: params[nncf] for nncf, ours in _SPARSITY_PARAMS.items() if nncf in params},
        "rules": [
            _rule(entry, f"{path}.sparse_structure_by_scopes[{place}]")
            for place, entry in enumerate(cast("list[object]", entries))
        ],
        "ignored": [
            _path_pattern(scope, f"{path}.ignored_scopes")
            for scope in _texts(section.get("ignored_scopes", []))
        ],
        "target": params.get(_TARGET),
        "score_learning_rate": None,
    }
    for required in _REQUIRED:
        if required not in values:
            nncf = next(name for name, ours in _SPARSITY_PARAMS.items() if ours == required)
            raise NncfConfigError(f"movement_sparsity.params lacks “{nncf}”", inside)
    return _convert(values, SparsityRecipe, path)


def _rule(entry: object, path: str) -> dict[str, object]:
    """Return one rule; several scopes become alternatives of one pattern."""
    said = _mapping(entry, path, "an entry of sparse_structure_by_scopes has to be an object")
    scopes = f"{path}.target_scopes"
    patterns = [_path_pattern(scope, scopes) for scope in _texts(said.get("target_scopes", []))]
    if not patterns:
        raise NncfConfigError("an entry of sparse_structure_by_scopes lacks “target_scopes”", path)
    rule: dict[str, object] = {
        "target": patterns[0] if len(patterns) == 1 else "|".join(f"(?:{each})" for each in patterns),
        "mode": said.get("mode", "fine"),
    }
    if "sparse_factors" in said:
        rule["block"] = said["sparse_factors"]
    if "axis" in said:
        rule["axis"] = said["axis"]
    return rule


def _quantization(section: Mapping[str, Any], path: str) -> dict[str, Any]:
    for part in ("weights", "activations"):
        if _part(section, part, path).get("bits", 8) != 8:
            raise NncfConfigError(f"quantization.{part}.bits has to be 8", f"{path}.{part}.bits")
    initializer = f"{path}.initializer"
    ranges = _part(_part(section, "initializer", path), "range", initializer)
    percentiles = _part(ranges, "params", f"{initializer}.range")
    values: dict[str, Any] = {"enabled": True, "overflow_fix": section.get("overflow_fix", "enable")}
    if "num_init_samples" in ranges:
        values["calibration_samples"] = ranges["num_init_samples"]
    if ranges.get("type") == "percentile" or percentiles:
        values["percentile_low"] = percentiles.get("min_percentile", 0.01)
        values["percentile_high"] = percentiles.get("max_percentile", 99.99)
    read: QuantizationRecipe = _convert(values, QuantizationRecipe, path)
    return {name: getattr(read, name) for name in values}


def _path_pattern(scope: str, path: str) -> str:
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
        raise NncfConfigError(
            f"the scope “{scope}” names the class {left.group(0)}, which is not known here; "
            "name module paths instead",
            path,
        )
    return text


def _structure(rule: LayerRule) -> dict[str, object]:
    entry: dict[str, object] = {"mode": rule.mode, "target_scopes": f"{{re}}{rule.target}"}
    match rule.mode:
        case "block":
            entry["sparse_factors"] = list(rule.block)
        case "per_dim":
            entry["axis"] = rule.axis
        case "fine" | "structure":
            pass
    return entry


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in cast("Sequence[object]", value)] if isinstance(value, list) else []


def _convert(values: dict[str, Any], kind: type[Any], path: str) -> Any:
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        where = _WHERE.search(str(error))
        place = _place_of(where["path"] if where else "")
        what = _WHERE.sub("", str(error)).replace("`", "")
        raise NncfConfigError(what, f"{path}.{place}", place) from error


def _place_of(ours: str) -> str:
    """Return where NNCF keeps what the recipe has at ``rules[0].block``."""
    names = re.split(r"(?=[.\[])", ours)
    return "".join(
        f"{name[:1] if name[:1] == '.' else ''}{_PLACES.get(name.lstrip('.'), name.lstrip('.'))}"
        for name in names
    )
