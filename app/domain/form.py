"""What a form for a recipe needs to know, read from the recipe's own type."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

import msgspec
from msgspec import inspect

from app.domain.language import in_figures, marked, said
from app.domain.recipe import JpqdRecipe


class FieldKind(StrEnum):
    """Which control a field gets."""

    SWITCH = "switch"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    LINES = "lines"
    """One text a line."""
    TABLE = "table"
    """One JSON object a line."""


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a recipe: where it stands, what it says, which values it takes."""

    path: str
    """Dotted, as ``--set`` takes it: ``sparsity.target``."""
    title: str
    description: str = ""
    kind: FieldKind
    optional: bool = False
    """True where the field may be left empty (None)."""
    minimum: float | None = None
    maximum: float | None = None
    excludes_minimum: bool = False
    excludes_maximum: bool = False
    choices: tuple[str, ...] = ()

    @property
    def range_text(self) -> str:
        """The valid range in words, empty where every value goes."""
        parts: list[str] = []
        if self.minimum is not None:
            least = marked("more than %1") if self.excludes_minimum else marked("at least %1")
            parts.append(said(least, in_figures(f"{self.minimum:g}")))
        if self.maximum is not None:
            most = marked("less than %1") if self.excludes_maximum else marked("at most %1")
            parts.append(said(most, in_figures(f"{self.maximum:g}")))
        return ", ".join(parts)


class FormGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that belong together, as one nested part of the recipe."""

    name: str
    title: str
    description: str
    fields: tuple[FormField, ...]


BASIC_FIELDS: Final = frozenset(
    {
        "sparsity.target",
        "quantization.enabled",
        "distillation.weight",
        "training.epochs",
        "training.batch_size",
        "training.learning_rate",
        "training.max_samples",
        "training.max_length",
    }
)
"""Shown at once; everything else stands under "All settings"."""


@cache
def form_groups(recipe_type: type[msgspec.Struct]) -> tuple[FormGroup, ...]:
    """Return one group for each nested part of ``recipe_type``, in the order of its fields."""
    info = inspect.type_info(recipe_type)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{recipe_type} is no Struct")
    return tuple(
        FormGroup(
            name=field.name,
            title=field.name.capitalize(),
            description=(field.type.cls.__doc__ or "").strip(),
            fields=tuple(_form_field(inner, field.name) for inner in field.type.fields),
        )
        for field in info.fields
        if isinstance(field.type, inspect.StructType)
    )


def form_texts() -> list[str]:
    """Return every text of the forms that is to be translated."""
    texts: list[str] = []
    for group in form_groups(JpqdRecipe):
        texts += [group.title, group.description]
        for field in group.fields:
            texts += [field.title, field.description, *(one.replace("_", " ") for one in field.choices)]
    return [text for text in dict.fromkeys(texts) if text]


@cache
def fields_by_path() -> dict[str, FormField]:
    """Return every field of the recipe by its dotted path, in the order of the form."""
    return {field.path: field for group in form_groups(JpqdRecipe) for field in group.fields}


def _form_field(field: inspect.Field, prefix: str) -> FormField:
    title, description = field.name.replace("_", " ").capitalize(), ""
    kind_of: inspect.Type = field.type
    if isinstance(kind_of, inspect.Metadata):
        schema = cast("dict[str, Any]", kind_of.extra_json_schema or {})  # pyright: ignore[reportUnknownMemberType] - a bare dict in its stub
        title = str(schema.get("title", title))
        description = str(schema.get("description", ""))
        kind_of = kind_of.type
    optional = False
    if isinstance(kind_of, inspect.UnionType):
        optional = any(isinstance(one, inspect.NoneType) for one in kind_of.types)
        kind_of = next(one for one in kind_of.types if not isinstance(one, inspect.NoneType))
    plain = FormField(
        path=f"{prefix}.{field.name}",
        title=title,
        description=description,
        kind=FieldKind.TEXT,
        optional=optional,
    )
    return _typed(plain, kind_of)


def _typed(field: FormField, kind_of: inspect.Type) -> FormField:
    replace = msgspec.structs.replace
    match kind_of:
        case inspect.BoolType():
            return replace(field, kind=FieldKind.SWITCH)
        case inspect.IntType() | inspect.FloatType():
            return replace(
                field,
                kind=FieldKind.INTEGER if isinstance(kind_of, inspect.IntType) else FieldKind.NUMBER,
                minimum=kind_of.ge if kind_of.gt is None else kind_of.gt,
                maximum=kind_of.le if kind_of.lt is None else kind_of.lt,
                excludes_minimum=kind_of.gt is not None,
                excludes_maximum=kind_of.lt is not None,
            )
        case inspect.LiteralType(values=values):
            return replace(field, kind=FieldKind.CHOICE, choices=tuple(str(value) for value in values))
        case inspect.VarTupleType(item_type=inspect.StructType()):
            return replace(field, kind=FieldKind.TABLE)
        case inspect.VarTupleType():
            return replace(field, kind=FieldKind.LINES)
        case inspect.StrType():
            return field
        case _:
            raise TypeError(f"no control for {field.path}: {kind_of}")


def value_at(tree: Mapping[str, Any], path: str) -> object:
    """Return the value at a dotted path."""
    value: Any = tree
    for key in path.split("."):
        value = value[key]
    return cast(object, value)


def with_value(tree: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy of ``tree`` with another value at a dotted path."""
    key, _, rest = path.partition(".")
    return dict(tree) | {key: with_value(tree[key], rest, value) if rest else value}


def tree_of(recipe: JpqdRecipe) -> dict[str, Any]:
    """Return a recipe as plain data, as the form edits it and as it is read from JSON."""
    # By way of JSON, so that a list compares equal to what somebody typed.
    return msgspec.json.decode(msgspec.json.encode(recipe), type=dict[str, Any])


_WHERE: Final = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")


def read_tree(tree: Mapping[str, Any]) -> tuple[JpqdRecipe | None, dict[str, str]]:
    """Return the recipe that ``tree`` describes, and the reason for each field that is wrong.

    The recipe is None where there is any reason.
    """
    reasons: dict[str, str] = {}
    clean: dict[str, Any] = dict(tree)
    plain = tree_of(JpqdRecipe())
    for path, field in fields_by_path().items():
        # One field at a time on a sound recipe, so that every wrong field is found, not the first alone.
        value = value_at(clean, path)
        try:
            msgspec.convert(with_value(plain, path, value), JpqdRecipe)
        except msgspec.ValidationError as error:
            reasons[path] = _reason(str(error), field, value)
    if reasons:
        return None, reasons
    recipe = msgspec.convert(clean, JpqdRecipe)
    reasons = contradictions(recipe)
    return (None if reasons else recipe), reasons


def _reason(message: str, field: FormField, value: object) -> str:
    """Return a validation message without its path, as a sentence; of a number, with its range."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and field.range_text and re.search(r" [<>]=? ", message):
        return said("%1 is out of range: %2.", in_figures(f"{value:g}"), field.range_text)
    return _WHERE.sub("", message).replace("`", "") + "."


def contradictions(recipe: JpqdRecipe) -> dict[str, str]:
    """Return the fields whose values do not go together, each with the reason."""
    reasons: dict[str, str] = {}
    sparsity, training = recipe.sparsity, recipe.training
    if sparsity.warmup_end_epoch <= sparsity.warmup_start_epoch:
        reasons["sparsity.warmup_end_epoch"] = said("Warm-up has to end after it starts.")
    elif sparsity.warmup_end_epoch >= training.epochs:
        reasons["sparsity.warmup_end_epoch"] = said(
            "Fine-tuning needs time after it, and training ends after %1 epochs.",
            in_figures(f"{training.epochs:g}"),
        )
    if sparsity.importance == "fisher" and sparsity.importance_regularization > 0:
        reasons["sparsity.importance_regularization"] = said(
            "Fisher importance is measured; pressure has no place in it."
        )
    for path, patterns in (
        ("sparsity.ignored", sparsity.ignored),
        ("sparsity.rules", tuple(rule.target for rule in sparsity.rules)),
    ):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                reasons[path] = said("“%1” is no regular expression: %2.", pattern, error)
    return reasons
