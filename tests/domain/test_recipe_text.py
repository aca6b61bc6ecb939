"""Recipes as text: what is read, what is refused, and on which line."""

import json

import pytest

from app.domain.form import tree_of, with_value
from app.domain.json_text import json_text, lines_of_paths, nearest_line
from app.domain.recipe import JpqdRecipe, LayerRule, SparsityRecipe
from app.domain.recipe_text import TextKind, marks_of, read_text, text_of

TREE = tree_of(JpqdRecipe(name="mine", sparsity=SparsityRecipe(target=0.55)))


def text(kind: TextKind = "recipe") -> str:
    found = text_of(TREE, kind)
    assert found is not None
    return found[0]


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


@pytest.mark.parametrize("kind", ["recipe", "nncf"])
def test_what_is_written_is_read_back_the_same(kind: TextKind) -> None:
    reading = read_text(text(kind), TREE)
    assert (reading.tree, reading.kind, reading.mark) == (TREE, kind, None)


def test_a_short_list_stands_on_one_line_and_the_rest_on_lines_of_their_own() -> None:
    assert '"block": [32, 32]' in json_text({"rules": [{"block": [32, 32]}], "long": ["x" * 40] * 3})
    assert json_text({"long": ["x" * 40] * 2}).count("\n") == 5
    assert (json_text([]), json_text({}), json_text(None)) == ("[]", "{}", "null")


def test_an_edit_of_one_value_reaches_the_recipe() -> None:
    edited = text().replace('"epochs": 3.0', '"epochs": 5')
    assert read_text(edited, TREE).tree == with_value(TREE, "training.epochs", 5.0)


def test_a_missing_part_means_its_defaults() -> None:
    assert read_text('{"method": "jpqd"}', TREE).tree == tree_of(JpqdRecipe())


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ('"epochs": 3.0', '"epochs": 5000', "training.epochs", "Expected float <= 1000"),
        ('"epochs": 3.0', '"epochs": "many"', "training.epochs", "Expected float, got str"),
        ('"temperature": 2.0', '"temprature": 2.0', "distillation.temprature", "unknown field temprature"),
        ('"mode": "structure"', '"mode": "round"', "sparsity.rules[0].mode", "Invalid enum value"),
        ('"method": "jpqd"', '"method": "magic"', "method", "Invalid value"),
    ],
)
def test_a_wrong_value_is_marked_on_its_line_with_its_path(old: str, new: str, path: str, says: str) -> None:
    assert old in text()
    wrong = text().replace(old, new)
    reading = read_text(wrong, TREE)
    assert reading.tree is None
    assert reading.mark is not None
    assert (reading.mark.path, reading.mark.line) == (path, line_with(wrong, new))
    assert says in reading.mark.message


def test_what_is_no_json_is_marked_where_it_breaks() -> None:
    broken = text().replace('"epochs": 3.0,', '"epochs": 3.0')
    mark = read_text(broken, TREE).mark
    assert mark is not None
    assert (mark.line, mark.path) == (line_with(broken, '"epochs"') + 1, "")
    assert "column" in mark.message
    for other in ("", "5", '"x"', "null", "[[", "[" * 100_000):
        assert read_text(other, TREE).mark is not None


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"power": 3.0', '"power": "high"', "compression[0].params.power"),
        ('"power": 3.0', '"speed": 3.0', "compression[0].params.speed"),
        ('"mode": "structure"', '"mode": "round"', "compression[0].sparse_structure_by_scopes[0].mode"),
        (
            '"num_init_samples": 256',
            '"num_init_samples": 1',
            "compression[1].initializer.range.num_init_samples",
        ),
        ('"algorithm": "quantization"', '"algorithm": "knn"', "compression[1].algorithm"),
        ('"params": {\n        "w', '"params": [], "x": {\n        "w', "compression[0].params"),
    ],
)
def test_a_wrong_nncf_config_is_marked_by_nncfs_own_path(old: str, new: str, path: str) -> None:
    assert old in text("nncf")
    wrong = text("nncf").replace(old, new)
    mark = read_text(wrong, TREE).mark
    assert mark is not None
    assert (mark.path, mark.line) == (path, line_with(wrong, new.splitlines()[0]))


def test_what_nncf_has_no_words_for_stays_as_it_was() -> None:
    present = with_value(with_value(TREE, "training.epochs", 7.0), "sparsity.importance", "fisher")
    found = text_of(present, "nncf")
    assert found is not None
    edited = found[0].replace('"target_share": 0.55', '"target_share": 0.3')
    assert read_text(edited, present).tree == with_value(present, "sparsity.target", 0.3)
    together = with_value(present, "training.epochs", 0.5)
    assert read_text(edited, together).tree == with_value(together, "sparsity.target", 0.3)
    without = json.loads(found[0])
    del without["compression"][1]
    tree = read_text(json.dumps(without), present).tree
    assert tree is not None
    assert (tree["quantization"]["enabled"], tree["training"]["epochs"]) == (False, 7.0)


def test_the_words_that_nncf_does_not_know_are_named() -> None:
    found = text_of(TREE, "nncf")
    assert found is not None
    assert found[1] == ('"target_share"', '"mode": "structure"')
    plain = JpqdRecipe(sparsity=SparsityRecipe(target=None, rules=(LayerRule(target="x"),)))
    found = text_of(tree_of(plain), "nncf")
    assert found is not None
    assert found[1] == ()


def test_a_recipe_with_a_wrong_value_has_a_text_with_marks_but_none_in_nncfs_words() -> None:
    wrong = with_value(TREE, "training.epochs", 0.0)
    found = text_of(wrong, "recipe")
    assert found is not None
    (mark,) = marks_of(found[0], "recipe", {"training.epochs": "No."})
    assert mark.line == line_with(found[0], '"epochs"')
    assert text_of(wrong, "nncf") is None


def test_lines_are_found_by_path_whatever_the_layout() -> None:
    odd = '{"a":\n [1,\n  {"b,}": "x\\"]"}\n ], "c" :2}'
    lines = lines_of_paths(odd)
    assert lines == {"$": 1, "$.a": 1, "$.a[0]": 2, "$.a[1]": 3, "$.a[1].b,}": 3, "$.c": 4}
    assert (nearest_line(lines, "$.a[1].missing"), nearest_line(lines, "$.x.y[3]")) == (3, 1)
