"""The recipe as a form and as text, without a window."""

from pathlib import Path

from app.domain.form import tree_of, value_at, with_value
from app.domain.recipe import JpqdRecipe
from app.presenters.recipe_desk import OWN, RecipeDesk
from app.services.recipes import ready_recipes

FAST, BEST = (tree_of(ready_recipes()[name]) for name in ("jpqd-fast", "jpqd-best"))


def desk() -> RecipeDesk:
    return RecipeDesk(ready_recipes(), "jpqd-fast")


def type_over(one: RecipeDesk, old: str, new: str) -> bool:
    assert old in one.text
    one.type_text(one.text.replace(old, new))
    return one.read()


def test_it_begins_with_a_ready_recipe_as_text_and_as_values() -> None:
    one = desk()
    assert (one.chosen, one.base, one.tree, one.changed_fields) == ("jpqd-fast", "jpqd-fast", FAST, ())
    assert one.recipe == ready_recipes()["jpqd-fast"]
    assert '"target": 0.4' in one.text


def test_an_edit_makes_it_the_users_own_and_undoing_it_makes_it_the_ready_one_again() -> None:
    one = desk()
    one.edit("sparsity.target", 0.6)
    assert (one.chosen, one.base, one.changed_fields) == (OWN, "jpqd-fast", ("sparsity.target",))
    assert '"target": 0.6' in one.text
    one.edit("sparsity.target", 0.4)
    assert (one.chosen, one.own) == ("jpqd-fast", None)


def test_the_own_recipe_is_kept_while_another_is_looked_at() -> None:
    one = desk()
    one.edit("sparsity.target", 0.6)
    one.take("jpqd-best")
    assert one.tree == BEST
    one.take(OWN)
    assert value_at(one.tree, "sparsity.target") == 0.6
    one.reset("sparsity.target")
    assert one.chosen == "jpqd-fast"


def test_text_that_cannot_be_read_leaves_the_values_and_is_kept_itself() -> None:
    one = desk()
    assert not type_over(one, '"epochs": 2.0', '"epochs": oops')
    assert one.tree == FAST
    assert "oops" in one.text
    assert [mark.line for mark in one.marks] == [one.text[: one.text.index("oops")].count("\n") + 1]
    assert type_over(one, "oops", "3")
    assert (value_at(one.tree, "training.epochs"), one.marks) == (3.0, ())


def test_values_that_do_not_go_together_are_marked_in_the_text_too() -> None:
    one = desk()
    one.edit("training.epochs", 0.5)
    assert one.recipe is None
    (mark,) = one.marks
    assert mark.path == "sparsity.warmup_end_epoch"
    assert "warmup_end_epoch" in one.text.splitlines()[mark.line - 1]


def test_what_is_marked_stays_marked_while_the_text_is_being_typed() -> None:
    one = desk()
    one.edit("training.epochs", -1)
    (before,) = one.marks
    one.type_text(one.text.replace("{", "{1ae", 1))  # and a check that ends meanwhile shows the page anew
    assert one.marks == (before,)
    assert not one.read()
    assert one.marks == (one.mark,)


def test_the_words_are_changed_only_where_they_suffice() -> None:
    one = desk()
    assert one.write_as("nncf")
    assert "movement_sparsity" in one.text
    assert one.own_words
    one.edit("sparsity.target", 1.5)
    before = one.text
    assert one.kind == "nncf"
    assert "movement_sparsity" in before  # as it was: there are no words for a wrong value
    assert one.write_as("recipe")
    assert '"target": 1.5' in one.text
    assert not one.write_as("nncf")
    assert one.kind == "recipe"


def test_a_recipe_from_a_file_has_itself_to_be_reset_to() -> None:
    one = desk()
    one.load(Path("/somewhere/mine.json"), JpqdRecipe(name="mine"))
    assert (one.chosen, one.base) == (OWN, "")
    assert one.own is not None
    assert one.own.title == "mine.json"
    one.edit("sparsity.target", 0.7)
    assert one.own.title == "mine.json"
    one.reset()
    assert one.tree == with_value(tree_of(JpqdRecipe(name="mine")), "sparsity.target", 0.4)
    assert one.chosen == OWN


def test_another_desk_goes_on_with_what_was_being_worked_on_readable_or_not() -> None:
    one = desk()
    one.edit("sparsity.target", 0.55)
    one.type_text("{ half a recipe")
    other = desk()
    other.take_draft(one.draft())
    assert (other.chosen, other.tree, other.changed_fields) == (OWN, one.tree, ("sparsity.target",))
    assert other.text == "{ half a recipe"
    assert other.mark is not None
    assert other.reasons == {}


def test_another_desk_takes_over_the_own_recipe_that_a_ready_one_stands_in_front_of() -> None:
    one = desk()
    one.edit("sparsity.target", 0.55)
    one.take("jpqd-best")
    other = desk()
    other.take_draft(one.draft())
    assert (other.chosen, other.tree) == ("jpqd-best", BEST)
    other.take(OWN)
    assert value_at(other.tree, "sparsity.target") == 0.55
