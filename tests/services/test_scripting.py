"""A compression as a Python script: what is written, and what is refused before anything runs."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.form import tree_of
from app.services.recipes import ready_recipes
from app.services.scripting import Data, as_python, compress
from app.services.text_datasets import starter_datasets
from app.store.workspace import Workspace
from tests.records import model_record

RECIPE = ready_recipes()["jpqd-best"]
MINE = DatasetRecord(
    id="d",
    name="mine",
    path="/my data/it's.tsv",
    format="tsv",
    columns=ColumnMap("a 'b'", "c", "d"),
    labels=(),
)


def call_in(script: str) -> tuple[dict[str, object], ast.Call]:
    """Return the recipe that a script has as a literal, and its call."""
    tree = ast.parse(script)
    (recipe,) = [node for node in tree.body if isinstance(node, ast.Assign)]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (call,) = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "compress"]
    return ast.literal_eval(recipe.value), call


def test_the_script_has_the_recipe_as_literal_values_and_compiles() -> None:
    script = as_python("sentiment", RECIPE, starter_datasets()[0], evaluation=starter_datasets()[1])
    recipe, call = call_in(script)

    assert recipe == tree_of(RECIPE)
    assert ast.literal_eval(call.args[0]) == "sentiment"
    assert {word.arg: ast.unparse(word.value) for word in call.keywords} == {
        "train": "'reviews'",
        "evaluation": "'reviews'",
    }
    assert "import compress\n" in script
    compile(script, "script.py", "exec")


def test_files_columns_teacher_name_and_workspace_are_named_whatever_is_in_them() -> None:
    script = as_python(
        'a "model"', RECIPE, MINE, evaluation=MINE, teacher="t", name="small\n", workspace="C:\\w"
    )
    _, call = call_in(script)
    words = {word.arg: word.value for word in call.keywords}

    assert ast.literal_eval(call.args[0]) == 'a "model"'
    for use in ("train", "evaluation"):
        data = words[use]
        assert isinstance(data, ast.Call)
        made = Data(
            *(ast.literal_eval(one) for one in data.args),
            **{word.arg or "": ast.literal_eval(word.value) for word in data.keywords},
        )
        assert made == Data("/my data/it's.tsv", "a 'b'", "c", "d")
    assert ast.literal_eval(words["workspace"]) == "C:\\w"
    assert ast.literal_eval(words["name"]) == "small\n"
    assert "import Data, compress\n" in script


@pytest.mark.parametrize(
    ("model", "recipe", "train", "code"),
    [
        ("sentiment", {"method": "jpqd", "training": {"epochs": -1}}, "reviews", "recipe_invalid"),
        ("nobody", {"method": "jpqd"}, "reviews", "model_unknown"),
        ("sentiment", {"method": "jpqd"}, Data("/gone.tsv", "a", "b"), "data_missing"),
        ("sentiment", {"method": "jpqd", "training": {"epochs": 0.5}}, "reviews", "recipe"),
    ],
)
def test_what_would_fail_is_refused_before_anything_runs(
    qapp: QCoreApplication,
    tmp_path: Path,
    model: str,
    recipe: dict[str, object],
    train: Data | str,
    code: str,
) -> None:
    workspace = Workspace.open(tmp_path / "w")
    workspace.models.add(model_record("sentiment"))
    workspace.close()

    with pytest.raises(AppError) as caught:
        compress(model, recipe, train, workspace=tmp_path / "w")

    assert caught.value.problem.code == code
    again = Workspace.open(tmp_path / "w")
    assert again.runs.all() == []
    again.close()
