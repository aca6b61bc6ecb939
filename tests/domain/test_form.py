"""Forms made from recipe types."""

import msgspec
import pytest

from app.domain.form import (
    BASIC_FIELDS,
    FieldKind,
    contradictions,
    form_groups,
    read_tree,
    tree_of,
    value_at,
    with_value,
)
from app.domain.recipe import JpqdRecipe, SparsityRecipe

FIELDS = {field.path: field for group in form_groups(JpqdRecipe) for field in group.fields}


def leaves(struct: msgspec.Struct, prefix: str) -> set[str]:
    return {f"{prefix}.{name}" for name in struct.__struct_fields__}


def test_every_field_of_the_recipe_is_in_the_form() -> None:
    recipe = JpqdRecipe()
    wanted = set().union(
        *(leaves(getattr(recipe, name), name) for name in recipe.__struct_fields__ if name != "name")
    )
    assert set(FIELDS) == wanted


def test_every_field_has_a_title_and_a_description() -> None:
    assert [path for path, field in FIELDS.items() if not field.title] == []
    assert [
        path for path, field in FIELDS.items() if not field.description and path != "sparsity.rules"
    ] == []


def test_basic_fields_exist() -> None:
    assert set(FIELDS) >= BASIC_FIELDS


def test_ranges_and_kinds_come_from_the_type() -> None:
    target = FIELDS["sparsity.target"]
    assert (target.kind, target.optional, target.range_text) == (
        FieldKind.NUMBER,
        True,
        "more than 0, less than 1",
    )
    assert FIELDS["training.batch_size"].range_text == "at least 1, at most 4096"
    assert FIELDS["quantization.enabled"].kind is FieldKind.SWITCH
    assert "first_layer_only" in FIELDS["quantization.overflow_fix"].choices
    assert FIELDS["sparsity.rules"].kind is FieldKind.TABLE
    assert FIELDS["sparsity.ignored"].kind is FieldKind.LINES


def test_the_defaults_make_a_sound_recipe() -> None:
    assert read_tree(tree_of(JpqdRecipe())) == (JpqdRecipe(), {})


def test_every_wrong_field_is_found_at_once() -> None:
    tree = with_value(with_value(tree_of(JpqdRecipe()), "sparsity.target", 1.5), "training.epochs", -1)
    recipe, reasons = read_tree(tree)
    assert recipe is None
    assert reasons == {
        "sparsity.target": "1.5 is out of range: more than 0, less than 1.",
        "training.epochs": "-1 is out of range: more than 0, at most 1000.",
    }


@pytest.mark.parametrize(
    ("sparsity", "path", "words"),
    [
        (
            {"warmup_start_epoch": 2.0, "warmup_end_epoch": 1.0},
            "sparsity.warmup_end_epoch",
            "after it starts",
        ),
        ({"warmup_end_epoch": 9.0}, "sparsity.warmup_end_epoch", "training ends after"),
        ({"ignored": ("(",)}, "sparsity.ignored", "no regular expression"),
    ],
)
def test_values_that_do_not_go_together_are_told_at_a_field(
    sparsity: dict[str, object], path: str, words: str
) -> None:
    recipe = JpqdRecipe(sparsity=SparsityRecipe(**sparsity))  # type: ignore[arg-type]
    assert words in contradictions(recipe)[path]


def test_setting_a_value_leaves_the_original_alone() -> None:
    tree = tree_of(JpqdRecipe())
    changed = with_value(tree, "sparsity.target", 0.7)
    assert (value_at(tree, "sparsity.target"), value_at(changed, "sparsity.target")) == (0.4, 0.7)
