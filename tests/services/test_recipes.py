"""Recipes: ready ones, files, single fields, NNCF's configs, the command for a form."""

import json
import re
import shlex
from pathlib import Path

import msgspec
import pytest

from app.cli_commands import parse_columns
from app.cli_options import parse_arguments
from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.job import Job, JobState, Phase
from app.domain.nncf_config import nncf_from_recipe, recipe_from_nncf
from app.domain.recipe import JpqdRecipe, LayerRule, SparsityRecipe
from app.services.compression import as_command, plan_compression, variant_name
from app.services.recipes import assignments_between, load_recipe, ready_recipes, with_overrides
from app.services.text_datasets import starter_datasets
from app.store.workspace import Workspace
from tests.records import model_record

BERT_JPQD = {
    "compression": [
        {
            "algorithm": "movement_sparsity",
            "params": {
                "warmup_start_epoch": 1,
                "warmup_end_epoch": 2,
                "importance_regularization_factor": 0.05,
                "enable_structured_masking": True,
            },
            "sparse_structure_by_scopes": [
                {"mode": "block", "sparse_factors": [32, 32], "target_scopes": "{re}.*BertAttention.*"},
                {"mode": "per_dim", "axis": 0, "target_scopes": "{re}.*BertIntermediate.*"},
                {"mode": "per_dim", "axis": 1, "target_scopes": "{re}.*BertOutput.*"},
            ],
            "ignored_scopes": [
                "{re}.*NNCFEmbedding.*",
                "{re}.*LayerNorm.*",
                "{re}.*pooler.*",
                "{re}.*classifier.*",
            ],
        },
        {
            "algorithm": "quantization",
            "overflow_fix": "disable",
            "initializer": {"range": {"num_init_samples": 32, "type": "percentile"}},
        },
    ]
}


def code_of(caught: pytest.ExceptionInfo[AppError]) -> str:
    assert caught.value.problem.advice
    return caught.value.problem.code


def test_the_published_config_for_bert_becomes_rules_on_module_paths() -> None:
    recipe = recipe_from_nncf(BERT_JPQD)
    layer = "bert.encoder.layer.3"
    matching = {
        name: [rule.mode for rule in recipe.sparsity.rules if re.fullmatch(rule.target, f"{layer}.{name}")]
        for name in ("attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense")
    }

    assert matching == {
        "attention.self.query": ["block"],
        "attention.output.dense": ["block"],
        "intermediate.dense": ["per_dim"],
        "output.dense": ["per_dim"],
    }
    assert [rule.axis for rule in recipe.sparsity.rules[1:]] == [0, 1]
    assert recipe.sparsity.importance_regularization == 0.05
    assert recipe.sparsity.target is None
    assert recipe.training.epochs >= recipe.sparsity.warmup_end_epoch
    assert (recipe.quantization.enabled, recipe.quantization.calibration_samples) == (True, 32)


def test_nncfs_own_default_for_saturation_is_kept() -> None:
    config = json.loads(json.dumps(BERT_JPQD))
    del config["compression"][1]["overflow_fix"]

    assert recipe_from_nncf(config).quantization.overflow_fix == "enable"
    assert not recipe_from_nncf(config["compression"][0]).quantization.enabled


def test_a_scope_written_out_names_one_module() -> None:
    config = json.loads(json.dumps(BERT_JPQD["compression"][0]))
    config["sparse_structure_by_scopes"] = [
        {
            "mode": "fine",
            "target_scopes": "BertForSequenceClassification/BertModel[bert]/BertEncoder[encoder]/"
            "ModuleList[layer]/BertLayer[0]/BertIntermediate[intermediate]/NNCFLinear[dense]/linear_0",
        }
    ]
    (rule,) = recipe_from_nncf(config).sparsity.rules

    assert re.fullmatch(rule.target, "bert.encoder.layer.0.intermediate.dense")
    assert not re.fullmatch(rule.target, "bert.encoder.layer.1.intermediate.dense")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: s["params"].pop("warmup_end_epoch"), "warmup_end_epoch"),
        (lambda s: s["params"].update(speed=1), "speed"),
        (lambda s: s["params"].update(power="high"), r"params\.power"),
        (
            lambda s: s["sparse_structure_by_scopes"][0].update(mode="round"),
            r"sparse_structure_by_scopes\[0\]\.mode",
        ),
        (lambda s: s["sparse_structure_by_scopes"][0].update(target_scopes="{re}.*GptBlock.*"), "GptBlock"),
        (lambda s: s.update(algorithm="magnitude_sparsity"), "magnitude_sparsity"),
    ],
)
def test_an_nncf_config_that_cannot_be_followed_names_the_key(change: object, told: str) -> None:
    section = json.loads(json.dumps(BERT_JPQD["compression"][0]))
    change(section)  # type: ignore[operator]

    with pytest.raises(AppError, match=told) as caught:
        recipe_from_nncf([section])
    assert code_of(caught) == "nncf_config"


def test_a_recipe_said_in_nncfs_words_comes_back_the_same() -> None:
    recipe = recipe_from_nncf(BERT_JPQD)

    assert recipe_from_nncf(nncf_from_recipe(recipe)) == recipe
    with pytest.raises(AppError):
        nncf_from_recipe(
            JpqdRecipe(sparsity=SparsityRecipe(target=None, rules=(LayerRule(target="x", mode="structure"),)))
        )


def test_recipes_are_read_from_files_of_both_kinds(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_bytes(msgspec.json.encode(JpqdRecipe(name="mine")))
    theirs.write_text(json.dumps(BERT_JPQD))

    assert load_recipe(str(ours)).name == "mine"
    assert load_recipe(str(theirs)).name == "nncf"
    assert load_recipe("jpqd") == JpqdRecipe()


def test_a_wrong_recipe_is_told_with_the_path_of_the_field(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('{"method": "jpqd", "training": {"epochs": -1}}')
    with pytest.raises(AppError, match=r"\$\.training\.epochs") as invalid:
        load_recipe(str(path))
    path.write_text("{")
    with pytest.raises(AppError) as broken:
        load_recipe(str(path))
    with pytest.raises(AppError) as unknown:
        load_recipe("jpqd-slow")

    assert (code_of(invalid), code_of(broken), code_of(unknown)) == (
        "recipe_invalid",
        "recipe_invalid",
        "recipe_unknown",
    )


def test_single_fields_are_set_by_dotted_paths() -> None:
    recipe = with_overrides(
        JpqdRecipe(),
        [
            "training.epochs=2",
            "sparsity.target=null",
            "quantization.overflow_fix=enable",
            "name=x",
            "sparsity.ignored=[]",
        ],
    )

    assert (recipe.training.epochs, recipe.sparsity.target) == (2.0, None)
    assert (recipe.quantization.overflow_fix, recipe.name, recipe.sparsity.ignored) == ("enable", "x", ())


@pytest.mark.parametrize(
    ("assignment", "told"),
    [
        ("training.epochs=two", r"\$\.training\.epochs"),
        ("training.batch_size=1.5", r"\$\.training\.batch_size"),
        ("training.epoch=2", "epochs, batch_size"),
        ("train.epochs=2", "sparsity, quantization"),
        ("training", "KEY=VALUE"),
        ("training.epochs.x=1", "no field"),
    ],
)
def test_a_wrong_assignment_names_the_field(assignment: str, told: str) -> None:
    with pytest.raises(AppError, match=told) as caught:
        with_overrides(JpqdRecipe(), [assignment])
    assert code_of(caught) == "recipe_invalid"


def test_a_form_becomes_the_command_that_does_the_same() -> None:
    changed = with_overrides(
        JpqdRecipe(),
        ["training.epochs=2", 'sparsity.ignored=[".*pooler.*", "it\'s"]', "sparsity.target=null"],
    )
    data = DatasetRecord(
        id="d",
        name="mine",
        path="/my data/a.tsv",
        format="tsv",
        columns=ColumnMap(text="a b", label="c"),
        labels=(),
    )

    words = shlex.split(as_command("my model", "jpqd", changed, data, name="small"))

    assert words[:4] == ["whittle", "compress", "my model", "jpqd"]
    assert words[4:8] == ["--data", "/my data/a.tsv", "--columns", "text=a b,label=c"]
    assert words[-2:] == ["--name", "small"]
    sets = [words[at + 1] for at, word in enumerate(words) if word == "--set"]
    assert with_overrides(JpqdRecipe(), sets) == changed


def test_a_command_can_be_read_back_whatever_things_are_called() -> None:
    data = DatasetRecord(
        id="d",
        name="mine",
        path="/a.tsv",
        format="tsv",
        columns=ColumnMap(text="Text, cleaned", label="a=b", text_pair=" second"),
        labels=(),
    )
    line = as_command("m", "jpqd-fast", ready_recipes()["jpqd-fast"], data, name="-x", teacher="--odd")
    read = parse_arguments(shlex.split(line)[1:])
    assert (read.name, read.teacher) == ("-x", "--odd")
    assert parse_columns(read.columns) == data.columns


def test_a_command_tells_the_splits_of_the_starter_apart_and_that_nothing_is_to_be_measured() -> None:
    train, evaluation = starter_datasets()

    def words(train: DatasetRecord, evaluation: DatasetRecord | None) -> list[str]:
        recipe = ready_recipes()["jpqd-fast"]
        return shlex.split(as_command("m", "jpqd-fast", recipe, train, evaluation=evaluation))[4:]

    assert words(train, evaluation) == ["--data", "reviews"]
    assert words(train, None) == ["--data", "reviews", "--evaluation", "none"]
    assert words(evaluation, train) == ["--data", "reviews-evaluation", "--evaluation", "reviews-train"]
    assert words(evaluation, evaluation) == ["--data", "reviews-evaluation", "--evaluation", "reviews"]


def test_a_command_names_evaluation_data_and_teacher() -> None:
    mine = DatasetRecord(
        id="d-1",
        name="mine",
        path="/data/a.tsv",
        format="tsv",
        columns=ColumnMap(text="a", label="c"),
        labels=(),
    )
    alike = msgspec.structs.replace(mine, id="d-2", path="/data/dev.tsv")
    other = msgspec.structs.replace(alike, columns=ColumnMap(text="sentence", label="c"))
    _, starter = starter_datasets()

    def words(train: DatasetRecord, evaluation: DatasetRecord) -> list[str]:
        line = as_command(
            "m", "jpqd-fast", ready_recipes()["jpqd-fast"], train, evaluation=evaluation, teacher="t"
        )
        return shlex.split(line)[8:]

    assert words(mine, alike) == ["--evaluation", "/data/dev.tsv", "--teacher", "t"]
    assert words(mine, other) == ["--evaluation", "d-2", "--teacher", "t"]
    assert words(mine, starter) == ["--evaluation", "reviews", "--teacher", "t"]


def test_every_ready_recipe_is_valid_and_is_said_without_assignments() -> None:
    recipes = ready_recipes()

    for name, recipe in recipes.items():
        assert assignments_between(recipe, recipe) == []
        assert "--set" not in as_command("m", name, recipe)


def test_a_plan_is_whole_and_gives_the_variant_a_name_of_its_own(workspace: Workspace) -> None:
    model = model_record("sentiment")
    workspace.models.add(model)
    workspace.models.add(model_record("sentiment-fast"))
    data = DatasetRecord(id="d", name="d", path="/d", format="tsv", columns=ColumnMap("t", "l"), labels=())

    spec = plan_compression(workspace, model, JpqdRecipe(name="fast"), data)

    assert spec.recipe.name == "sentiment-fast-2" == variant_name(workspace, model, JpqdRecipe(name="fast"))
    assert Path(spec.model.folder) == workspace.model_folder(model.id)
    assert Path(spec.run_folder) == workspace.run_folder(spec.run_id)
    with pytest.raises(AppError) as caught:
        plan_compression(workspace, model_record(has_checkpoint=False), JpqdRecipe(), data)
    assert code_of(caught) == "no_checkpoint"


@pytest.mark.parametrize(
    ("phase", "name"),
    [
        (Phase.QUEUED, "sentiment-fast-2"),
        (Phase.RUNNING, "sentiment-fast-2"),
        (Phase.PAUSED, "sentiment-fast-2"),
        (Phase.CANCELLED, "sentiment-fast"),
    ],
)
def test_a_variant_that_is_being_made_has_its_name_already(
    workspace: Workspace, phase: Phase, name: str
) -> None:
    model = model_record("sentiment")
    data = DatasetRecord(id="d", name="d", path="/d", format="tsv", columns=ColumnMap("t", "l"), labels=())
    first = plan_compression(workspace, model, JpqdRecipe(name="fast"), data)
    workspace.runs.add(Job(run_id=first.run_id, title="", spec=first, state=JobState(phase=phase)))

    assert plan_compression(workspace, model, JpqdRecipe(name="fast"), data).recipe.name == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [("old", "name_taken"), ("coming", "name_taken"), ("x" * 300, "name_too_long"), (" ", "name_empty")],
)
def test_a_name_that_was_typed_for_a_variant_is_checked_as_in_renaming(
    workspace: Workspace, typed: str, code: str
) -> None:
    model = model_record("sentiment")
    workspace.models.add(model_record("old"))
    data = DatasetRecord(id="d", name="d", path="/d", format="tsv", columns=ColumnMap("t", "l"), labels=())
    first = plan_compression(workspace, model, JpqdRecipe(), data, name=" coming ")
    workspace.runs.add(Job(run_id=first.run_id, title="", spec=first))
    assert first.recipe.name == "coming"

    with pytest.raises(AppError) as caught:
        plan_compression(workspace, model, JpqdRecipe(), data, name=typed)

    assert code_of(caught) == code
