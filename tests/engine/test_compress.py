"""The compression job on a tiny BERT: exact agreement, resuming, and what it leaves behind."""

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import openvino
import pytest
import torch

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.event import (
    Checkpointed,
    Event,
    Metric,
    ModelMade,
    Pause,
    Resumed,
    StopEarly,
    StructureSnapshot,
)
from app.domain.job import CompressSpec, ModelAt
from app.domain.recipe import (
    DistillationRecipe,
    JpqdRecipe,
    LayerRule,
    MeasureRecipe,
    QuantizationRecipe,
    SparsityRecipe,
    TrainingRecipe,
)
from app.engine.context import JobContext, JobSuspended
from app.engine.export import MODEL_XML, export_ir
from app.engine.families import family_of
from app.engine.families.base import Kept, LayerKept
from app.engine.families.slicing import slice_model
from app.engine.graph import example_inputs
from app.engine.jobs import compress
from app.engine.jobs.compress import CompressJob, run
from app.engine.model_folder import load_model, load_tokenizer, save_model
from app.engine.network import linear
from app.engine.quantization import quantize, quantizers
from tests.engine.tiny import batch, sentences, tiny_bert, tiny_tokenizer, write_tsv

pytestmark = [
    pytest.mark.usefixtures("kernels"),
    pytest.mark.timeout(600),  # the first of them waits for the kernels
]
TEXTS = [text for text, _ in sentences(12, seed=5)]


def recipe(**changes: Any) -> JpqdRecipe:
    """Return a run of 12 steps with its warm-up from step 2 to step 6."""
    parts: dict[str, Any] = {
        "sparsity": SparsityRecipe(warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=0.5),
        "quantization": QuantizationRecipe(calibration_samples=16),
        "distillation": DistillationRecipe(hidden_weight=0.5),
        "training": TrainingRecipe(
            epochs=3,
            batch_size=16,
            learning_rate=1e-3,
            held_out=16,
            evaluate_every=4,
            checkpoint_every=2,
            precision="f32",
        ),
        "measure": MeasureRecipe(length=8, seconds=0.2),
    }
    return JpqdRecipe(name="tiny-jpqd", **(parts | changes))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder as an import leaves it."""
    folder = tmp_path_factory.mktemp("original")
    model = tiny_bert()
    (folder / "torch").mkdir()
    model.save_pretrained(folder / "torch")
    tiny_tokenizer().save_pretrained(folder / "torch")
    export_ir(model, tiny_tokenizer(), folder / "ir")
    return folder


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The checkpoints that runs hand over to the export, which is left out: it takes longer than they do."""
    found: list[Path] = []

    def note(_spec: Any, _context: Any, folder: Path, groups: list[Any], _stage: Any) -> dict[str, object]:
        found.append(folder)
        return {"groups": groups}

    monkeypatch.setattr(compress, "export_and_measure", note)
    return found


def spec(original: Path, folder: Path, what: JpqdRecipe) -> CompressSpec:
    """Return a spec whose run folder and data lie in ``folder``."""
    (folder / "run").mkdir(parents=True, exist_ok=True)
    (folder / "models").mkdir(exist_ok=True)
    columns = ColumnMap(text="sentence", label="label")

    def data(name: str, count: int, seed: int) -> DatasetRecord:
        path = folder / f"{name}.tsv"
        if not path.exists():
            write_tsv(path, sentences(count, seed))
        return DatasetRecord(
            id=name, name=name, path=str(path), format="tsv", columns=columns, labels=("negative", "positive")
        )

    return CompressSpec(
        run_id="r-test",
        run_folder=str(folder / "run"),
        model=ModelAt("original", str(original)),
        model_id="variant",
        model_folder=str(folder / "models" / "variant"),
        recipe=what,
        train=data("train", 80, 1),
        evaluation=data("eval", 24, 2),
    )


class Told:
    """Collects events, and may act on them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.context = JobContext(self.events.append)

    def act(self, when: Any, command: Any) -> None:
        """Obey ``command`` as soon as an event satisfies ``when``."""

        def emit(event: Event) -> None:
            self.events.append(event)
            if when(event):
                self.context.obey(command)

        self.context.emit = emit

    def of(self, kind: type[Any]) -> list[Any]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def ir_logits(folder: Path, inputs: dict[str, torch.Tensor]) -> np.ndarray:
    """Run the IR in f32 with its fake quantizers left as they are."""
    core = openvino.Core()
    # Neither INT8 kernels nor the plugin's own dynamic quantization of what enters an INT8 weight.
    options = {
        "INFERENCE_PRECISION_HINT": "f32",
        "LP_TRANSFORMS_MODE": "NO",
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0",
    }
    compiled = core.compile_model(folder / MODEL_XML, "CPU", options)
    return np.asarray(compiled({name: value.numpy() for name, value in inputs.items()})[0])


def kept_for(heads: list[tuple[int, ...]], neurons: list[tuple[int, ...]]) -> tuple[LayerKept, ...]:
    """Return a record for the tiny network."""
    return tuple(LayerKept(4, h, 96, n) for h, n in zip(heads, neurons, strict=True))


PRUNINGS = {
    "some": kept_for(
        [(0, 2), (1,), (0, 1, 2, 3)], [tuple(range(0, 96, 2)), tuple(range(10)), tuple(range(96))]
    ),
    "no attention in the first layer and no feed-forward in the middle": kept_for(
        [(), (1, 3), (0,)], [tuple(range(30)), (), tuple(range(5))]
    ),
    "an empty layer": kept_for([(2,), (), (3,)], [tuple(range(7)), (), tuple(range(8))]),
}


@pytest.fixture(scope="module")
def networks(kernels: None) -> dict[str, Any]:
    """A plain and a quantized network.

    Float sums differ in their last bit between torch and OpenVINO; where such a sum lies on the edge
    between two quantization levels it falls to different sides. Weights of a pretrained network's size
    keep that below 1e-4.
    """
    plain = tiny_bert(spread=0.03)
    calibration = [batch(TEXTS[i : i + 4]) for i in range(0, 12, 4)]
    return {"plain": plain, "quantized": quantize(plain, calibration, QuantizationRecipe())}


@pytest.mark.parametrize(
    ("kind", "pruning"),
    [
        *(("quantized", pruning) for pruning in PRUNINGS),
        *(("plain", pruning) for pruning in list(PRUNINGS)[1:]),
    ],
)
def test_masked_sliced_reloaded_and_exported_networks_agree(
    tmp_path: Path, networks: dict[str, Any], kind: str, pruning: str
) -> None:
    kept = PRUNINGS[pruning]
    model = copy.deepcopy(networks[kind])
    family = family_of(model.config)
    with torch.no_grad():
        for layer, left in zip(family.layers(model), kept, strict=True):
            for head in set(range(4)) - set(left.heads):
                linear(model, layer.attention_output).weight[:, 16 * head : 16 * head + 16] = 0.0
            gone = sorted(set(range(96)) - set(left.neurons))
            linear(model, layer.ffn_out).weight[:, gone] = 0.0
    inputs = [batch(TEXTS[:1]), batch(TEXTS[3:7]), batch(TEXTS), example_inputs(4, 5)]
    with torch.no_grad():
        before = [model(**each).logits for each in inputs]

    slice_model(model, family, kept)

    with torch.no_grad():
        sliced = [model(**each).logits for each in inputs]
    (tmp_path / "torch").mkdir()
    save_model(model, tiny_tokenizer(), tmp_path / "torch", kept)
    again, kept_again = load_model(tmp_path / "torch")
    export_ir(again, load_tokenizer(tmp_path / "torch"), tmp_path / "ir")
    assert kept_again == kept
    for each, expected, after in zip(inputs, before, sliced, strict=True):
        assert torch.allclose(expected, after, atol=1e-6)
        with torch.no_grad():
            assert torch.equal(again(**each).logits, after)
        assert np.abs(ir_logits(tmp_path / "ir", each) - after.numpy()).max() < 1e-4


class Finished:
    """A run that nobody disturbed."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.told = Told()
        self.spec = spec(original, folder, recipe())
        self.result = run(self.spec, self.told.context)
        self.variant = Path(self.spec.model_folder)
        self.trained = folder / "run" / "finetuned"


@pytest.fixture(scope="module")
def finished(kernels: None, original: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A finished run, export and measuring included."""
    return Finished(original, tmp_path_factory.mktemp("finished"))


def test_a_run_ends_in_a_smaller_int8_model_with_its_record(finished: Finished) -> None:
    told, result = finished.told, finished.result

    record = told.of(ModelMade)[0].record
    assert record.precision == "INT8"
    assert record.structure.is_pruned
    assert record.structure.parameters < sum(p.numel() for p in tiny_bert().parameters())
    assert result["size_ratio"] > 1
    assert result["variant"]["executed_precision"] == "f32"
    assert 0 <= result["agreement"] <= 1
    assert len(result["accuracy_difference_ci95"]) == 2
    sparsity = [event.value for event in told.of(Metric) if event.name == "sparsity/linear"]
    assert sparsity[0] < sparsity[-1]
    assert sparsity[-1] == pytest.approx(0.5, abs=0.06)
    assert told.of(StructureSnapshot)[-1].resolved
    last = told.of(StructureSnapshot)[-1]
    shades = [
        shade
        for row, lives in zip(last.heads, last.heads_alive, strict=True)
        for shade, alive in zip(row, lives, strict=True)
        if alive
    ]
    assert max(shades) == 1  # ranks: told apart, however unequal the heads are
    assert len(set(shades)) > len(shades) // 2
    assert not told.of(Resumed)
    assert not list(finished.variant.parent.glob(".*"))


def test_the_exported_network_is_the_trained_one_with_int8_weights(finished: Finished) -> None:
    model, kept = load_model(finished.variant / "torch")
    record = finished.told.of(ModelMade)[0].record
    assert tuple(layer.heads for layer in kept) == record.structure.heads_kept
    inputs = batch([text for text, _ in sentences(60, seed=7)])
    with torch.no_grad():
        expected = model(**inputs).logits.numpy()
    found = ir_logits(finished.variant / "ir", inputs)
    # Large weights: single roundings on the edge between two levels may fall to the other side.
    assert np.median(np.abs(found - expected)) < 1e-4
    assert (found.argmax(-1) == expected.argmax(-1)).mean() >= 0.98
    constants = {
        str(node.get_element_type().to_string())
        for node in openvino.Core().read_model(finished.variant / "ir" / MODEL_XML).get_ops()
        if node.get_type_name() == "Constant" and node.get_output_shape(0) == openvino.Shape([64, 64])
    }
    assert "i8" in constants


def assert_same_network(one: Path, other: Path) -> None:
    """Compare two checkpoint folders bit by bit."""
    (first, kept), (second, kept_again) = load_model(one), load_model(other)
    assert kept == kept_again
    tensors = second.state_dict()
    for name, tensor in first.state_dict().items():
        assert torch.equal(tensor, tensors[name]), name


def paused_at(job: CompressSpec, steps: tuple[int, ...]) -> Iterator[Told]:
    """Run ``job``, pausing it at each of ``steps`` in turn, and to its end; yield what each part told."""
    for step in steps:
        told = Told()
        told.act(lambda event, step=step: isinstance(event, Metric) and event.step == step, Pause())
        with pytest.raises(JobSuspended):
            run(job, told.context)
        yield told
    told = Told()
    run(job, told.context)
    yield told


def fisher() -> JpqdRecipe:
    """Return `recipe` with the other importance."""
    sparsity = recipe().sparsity
    return recipe(sparsity=msgspec.structs.replace(sparsity, importance="fisher"))


def test_a_paused_run_ends_exactly_as_one_that_was_not(
    finished: Finished, original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    """Paused in the warm-up, and again while fine-tuning."""
    parts = list(paused_at(spec(original, tmp_path, recipe()), (4, 10)))

    assert [[event.step for event in part.of(Resumed)] for part in parts] == [[], [4], [10]]
    assert_same_network(finished.trained, trained[0])


def test_a_run_by_fisher_importance_resumes_exactly_too(
    original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    """Paused in the warm-up, at its very end, and while fine-tuning."""
    run(spec(original, tmp_path / "whole", fisher()), Told().context)

    parts = list(paused_at(spec(original, tmp_path / "broken", fisher()), (4, 6, 10)))

    assert [[event.step for event in part.of(Checkpointed)][-1] for part in parts[:3]] == [4, 6, 10]
    assert_same_network(*trained)
    resolved = [event for part in parts for event in part.of(StructureSnapshot) if event.resolved]
    assert [event.step for event in resolved] == [6]


def test_a_result_can_be_pruned_again(finished: Finished, tmp_path: Path, trained: list[Path]) -> None:
    before = load_model(finished.trained)
    again = spec(finished.variant, tmp_path, recipe(sparsity=SparsityRecipe(
        warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=0.4)))  # fmt: skip

    run(again, Told().context)

    after = load_model(trained[0])
    assert heads(after[1]) < heads(before[1])
    assert all(set(new.neurons) <= set(old.neurons) for new, old in zip(after[1], before[1], strict=True))
    assert sum(len(layer.neurons) for layer in after[1]) < sum(len(layer.neurons) for layer in before[1])
    assert [layer.neurons_total for layer in after[1]] == [96, 96, 96]
    left = {name for name, _ in quantizers(after[0])}
    assert left <= {name for name, _ in quantizers(before[0])}
    with torch.no_grad():
        assert torch.isfinite(after[0](**batch(TEXTS)).logits).all()


def heads(kept: Kept) -> set[tuple[int, int]]:
    """Return layer and number of each head that is left."""
    return {(index, head) for index, layer in enumerate(kept) for head in layer.heads}


@pytest.mark.parametrize("trains", [True, False])
def test_embeddings_train_only_if_the_recipe_says_so(
    original: Path, tmp_path: Path, trained: list[Path], trains: bool
) -> None:
    training = msgspec.structs.replace(recipe().training, train_embeddings=trains)
    unquantized = QuantizationRecipe(enabled=False)

    run(spec(original, tmp_path, recipe(training=training, quantization=unquantized)), Told().context)

    name = "bert.embeddings.word_embeddings.weight"
    moved = load_model(trained[0])[0].get_parameter(name) - load_model(original / "torch")[0].get_parameter(
        name
    )
    assert bool(moved.any()) is trains


def test_quantized_embeddings_can_train(original: Path, tmp_path: Path, trained: list[Path]) -> None:
    training = msgspec.structs.replace(recipe().training, train_embeddings=True)

    run(spec(original, tmp_path, recipe(training=training)), Told().context)

    model, _ = load_model(trained[0])
    table = model.get_parameter("bert.embeddings.word_embeddings.weight")
    rounding = next(hook for name, hook in quantizers(model) if "word_embeddings" in name)
    assert rounding.is_enabled_quantization()
    source = load_model(original / "torch")[0].get_parameter("bert.embeddings.word_embeddings.weight")
    assert not torch.equal(table, source)


def test_quantization_may_start_after_the_warm_up(
    original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    late = QuantizationRecipe(calibration_samples=16, start="after_warmup")

    run(spec(original, tmp_path, recipe(quantization=late)), Told().context)

    model, kept = load_model(trained[0])
    assert any(len(layer.heads) < 4 or len(layer.neurons) < 96 for layer in kept)
    assert quantizers(model)


def test_stopping_early_keeps_what_there_is_and_goes_on_to_the_export(
    original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    told = Told()
    told.act(
        lambda event: isinstance(event, Metric) and event.name == "accuracy" and event.step >= 8, StopEarly()
    )

    run(
        spec(original, tmp_path, recipe(quantization=QuantizationRecipe(enabled=False))),
        told.context,
    )

    assert trained == [tmp_path / "run" / "finetuned"]
    assert max(event.step for event in told.of(Metric) if event.name == "loss/total") < 12


def test_stopping_early_is_still_known_after_a_kill(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: list[Path]
) -> None:
    """Killed between the end of the warm-up, where the user stopped it, and the end of fine-tuning."""
    job = spec(original, tmp_path, recipe(quantization=QuantizationRecipe(enabled=False)))
    told = Told()
    told.act(lambda event: isinstance(event, Metric) and event.step == 4, StopEarly())
    with monkeypatch.context() as patched:
        patched.setattr(CompressJob, "_finetune", killed)
        with pytest.raises(Killed):
            run(job, told.context)
    again = Told()

    run(job, again.context)

    assert trained == [tmp_path / "run" / "finetuned"]
    assert not [event for event in again.of(Metric) if event.name == "loss/total"]


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(*_: object) -> None:
    """End here."""
    raise Killed


def test_a_run_whose_data_changed_is_not_resumed(original: Path, tmp_path: Path) -> None:
    job = spec(original, tmp_path, recipe())
    told = Told()
    told.context.obey(Pause())
    with pytest.raises(JobSuspended):
        run(job, told.context)
    write_tsv(Path(job.train.path), sentences(90, seed=9))

    with pytest.raises(AppError, match="data changed") as caught:
        run(job, Told().context)

    assert caught.value.problem.code == "run_changed"


def reordered(original: Path, folder: Path) -> Path:
    """Return the same network with its classes called the other way round."""
    shutil.copytree(original, folder)
    for path in folder.rglob("config.json"):
        config = json.loads(path.read_text())
        config |= {
            "id2label": {"0": "positive", "1": "negative"},
            "label2id": {"positive": 0, "negative": 1},
        }
        path.write_text(json.dumps(config))
    return folder


def test_data_of_another_model_is_learned_by_the_names_of_its_classes(original: Path, tmp_path: Path) -> None:
    learned: list[list[int]] = []
    for folder in (original, reordered(original, tmp_path / "turned")):
        job = CompressJob(spec(folder, tmp_path / f"{folder.name}-run", recipe()), Told().context)
        job._prepare()
        learned.append([example.label for example in job.examples])
    assert set(learned[0]) == {0, 1}
    assert learned[1] == [1 - label for label in learned[0]]


def test_a_teacher_whose_classes_are_ordered_otherwise_is_refused(original: Path, tmp_path: Path) -> None:
    turned = reordered(original, tmp_path / "turned")
    job = msgspec.structs.replace(spec(original, tmp_path, recipe()), teacher=ModelAt("turned", str(turned)))

    with pytest.raises(AppError, match="ordered otherwise") as caught:
        run(job, Told().context)

    assert caught.value.problem.code == "classes_reordered"


def test_a_teacher_of_another_shape_is_refused(original: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    tiny_bert(layers=2).save_pretrained(small / "torch")
    job = msgspec.structs.replace(spec(original, tmp_path, recipe()), teacher=ModelAt("small", str(small)))

    with pytest.raises(AppError, match="The teacher has 2 layers, the model 3") as caught:
        run(job, Told().context)

    assert caught.value.problem.code == "teacher_does_not_fit"


def test_a_label_that_the_model_does_not_know_is_refused(original: Path, tmp_path: Path) -> None:
    job = spec(original, tmp_path, recipe())
    rows = [*sentences(40), ("a superb film", 2)]
    labels = ("negative", "positive", "neutral")
    path = str(write_tsv(tmp_path / "three.tsv", rows))
    job = msgspec.structs.replace(job, train=msgspec.structs.replace(job.train, path=path, labels=labels))

    with pytest.raises(AppError) as caught:
        run(job, Told().context)

    assert caught.value.problem.code == "label_out_of_range"


def test_the_classic_settings_prune_by_regularization_and_adaptive_threshold(
    original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    rules = (
        LayerRule(target=r".*(query|key|value|attention\.output\.dense)", mode="block", block=(16, 16)),
        LayerRule(target=r".*intermediate\.dense", mode="per_dim", axis=0),
        LayerRule(target=r".*layer\.\d+\.output\.dense", mode="per_dim", axis=1),
    )
    sparsity = SparsityRecipe(
        rules=rules, warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=None, importance_regularization=1.0,
        final_threshold=0.01, score_learning_rate=0.01,
    )  # fmt: skip
    told = Told()

    result = run(
        spec(original, tmp_path, recipe(sparsity=sparsity, quantization=QuantizationRecipe(enabled=False))),
        told.context,
    )

    assert result["groups"]
    assert any(event.value > 0 for event in told.of(Metric) if event.name == "loss/regularization")


def test_unstructured_zeros_survive_fine_tuning(original: Path, tmp_path: Path, trained: list[Path]) -> None:
    sparsity = SparsityRecipe(
        rules=(LayerRule(target=r".*intermediate\.dense", mode="fine"),),
        ignored=(".*attention.*", ".*output.*", ".*pooler.*", "classifier"),
        warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=0.5, structured=False,
    )  # fmt: skip

    run(
        spec(original, tmp_path, recipe(sparsity=sparsity, quantization=QuantizationRecipe(enabled=False))),
        Told().context,
    )

    model, _ = load_model(trained[0])
    weight = model.get_parameter("bert.encoder.layer.1.intermediate.dense.weight")
    assert float((weight == 0).float().mean()) == pytest.approx(0.5, abs=0.05)


def test_a_pruned_pooler_keeps_its_zeros_and_is_not_told_as_removed(
    original: Path, tmp_path: Path, trained: list[Path]
) -> None:
    sparsity = SparsityRecipe(
        rules=(LayerRule(target="bert.pooler.dense|classifier", mode="fine"),),
        ignored=(".*encoder.*",), warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=0.5,
    )  # fmt: skip

    result = run(
        spec(original, tmp_path, recipe(sparsity=sparsity, quantization=QuantizationRecipe(enabled=False))),
        Told().context,
    )

    weight = load_model(trained[0])[0].get_parameter("bert.pooler.dense.weight")
    assert float((weight == 0).float().mean()) == pytest.approx(0.5, abs=0.05)
    assert result["groups"] == []


@pytest.mark.parametrize(
    ("training", "code"),
    [(TrainingRecipe(epochs=1, batch_size=16, held_out=8), "warmup_too_long")],
)
def test_a_recipe_whose_warmup_does_not_fit_is_refused(
    original: Path, tmp_path: Path, training: TrainingRecipe, code: str
) -> None:
    with pytest.raises(AppError) as caught:
        run(spec(original, tmp_path, recipe(training=training)), Told().context)

    assert caught.value.problem.code == code


def test_a_truncated_checkpoint_is_named_as_broken(original: Path, tmp_path: Path) -> None:
    shutil.copytree(original / "torch", tmp_path / "torch")
    weights = tmp_path / "torch" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])

    with pytest.raises(AppError) as caught:
        load_model(tmp_path / "torch")

    assert caught.value.problem.code == "checkpoint_broken"


def test_the_recipe_survives_json(tmp_path: Path) -> None:
    assert msgspec.json.decode(msgspec.json.encode(recipe()), type=JpqdRecipe) == recipe()
