"""Importing: what arrives, and a clear answer with nothing left behind to everything that cannot."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from app.domain.errors import AppError
from app.domain.event import Cancel, Event, StageStarted
from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE, RECORD_FILE, ModelRecord
from app.engine import importing
from app.engine.context import JobCancelled, JobContext
from app.engine.jobs.import_model import run
from app.engine.openvino_runtime import CompiledIr
from app.engine.tasks.text_classification import tokenize
from app.engine.tokenizing import JsonTokenizer
from tests.engine.imported import Told, hugging_face_folder, import_folder, import_spec
from tests.engine.tiny import sentences, tiny_bert, tiny_tokenizer


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hugging_face_folder(tmp_path_factory.mktemp("source") / "tiny-bert")


@pytest.fixture
def source(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "tiny-bert"))


@pytest.fixture(scope="module")
def model_folder(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return import_folder(pristine, tmp_path_factory.mktemp("workspace"))


def refusal(spec_source: Path | str, tmp_path: Path, **changes: object) -> str:
    workspace = tmp_path / "workspace"
    with pytest.raises(AppError) as caught:
        run(import_spec(spec_source, workspace, **changes), Told().context())
    assert caught.value.problem.advice
    models = workspace / "models"
    assert not models.exists() or not list(models.iterdir())
    return caught.value.problem.code


def test_an_import_copies_exports_measures_and_records(model_folder: Path) -> None:
    record = msgspec.json.decode((model_folder / RECORD_FILE).read_bytes(), type=ModelRecord)
    assert (record.family, record.precision, record.labels) == ("bert", "FP32", ("negative", "positive"))
    assert record.structure is not None
    assert record.structure.parameters == sum(p.numel() for p in tiny_bert(layers=2).parameters())
    lines = (model_folder / MEASUREMENTS_FILE).read_bytes().splitlines()
    figures = {m.metric: m for m in (msgspec.json.decode(line, type=Measurement) for line in lines)}
    assert figures["ir_size"].value == record.ir_bytes
    assert figures["latency_p50"].precision == "f32"
    assert figures["throughput"].shape == (1, 32)
    assert not list(model_folder.parent.glob(".*"))


def test_the_ir_answers_as_the_network_does(model_folder: Path) -> None:
    texts = [text for text, _ in sentences(9, seed=3)]
    features = tokenize(JsonTokenizer(model_folder / "ir"), texts, 64)
    logits = CompiledIr(model_folder / "ir").run(features)
    expected = tiny_bert(layers=2)(**tiny_tokenizer()(texts, padding=True, return_tensors="pt")).logits
    assert np.abs(logits - expected.detach().numpy()).max() < 1e-4


def test_a_pickle_in_fp16_becomes_safetensors_and_a_float32_ir(source: Path, tmp_path: Path) -> None:
    halves = {name: tensor.half() for name, tensor in load_file(source / "model.safetensors").items()}
    torch.save(halves, source / "pytorch_model.bin")
    (source / "model.safetensors").unlink()
    folder = import_folder(source, tmp_path / "workspace")
    assert msgspec.json.decode((folder / RECORD_FILE).read_bytes(), type=ModelRecord).precision == "FP32"
    assert (folder / "torch" / "model.safetensors").exists()
    assert not (folder / "torch" / "pytorch_model.bin").exists()


def test_an_ir_folder_comes_without_a_checkpoint(model_folder: Path, tmp_path: Path) -> None:
    told = Told()
    run(import_spec(model_folder / "ir", tmp_path / "workspace", "m2", name="bare"), told.context())
    record = told.made[0].record
    assert (record.has_checkpoint, record.structure, record.name) == (False, None, "bare")
    assert {"latency_p50", "throughput", "ir_size"} <= set(told.metrics)


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def change_config(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text())
        (folder / "config.json").write_text(json.dumps(config | changes))

    return change


def truncate_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])


def garble_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"\x00\xff" * 5000)


def lose_tensor(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    del tensors["bert.encoder.layer.1.output.dense.weight"]
    save_file(tensors, folder / "model.safetensors")


def poison_weights(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    tensors["classifier.weight"][0, 0] = float("nan")
    save_file(tensors, folder / "model.safetensors")


def point_to_lfs(folder: Path) -> None:
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (folder / "model.safetensors").write_text(text)


class Hostile:
    """What a pickle may carry."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return Path.touch, (Path("/nowhere/it-ran"),)  # pyright: ignore[reportReturnType]


def hostile_pickle(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    torch.save({"classifier.weight": Hostile()}, folder / "pytorch_model.bin")


def other_tokenizer(folder: Path) -> None:
    content = json.loads((folder / "tokenizer.json").read_text())
    content["model"]["vocab"] |= {f"word{index}": 100 + index for index in range(50)}
    (folder / "tokenizer.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (remove("config.json"), "not_a_model"),
        (lambda folder: (folder / "config.json").write_text("{"), "config_broken"),
        (
            change_config(model_type="t5", architectures=["T5ForConditionalGeneration"]),
            "unsupported_architecture",
        ),
        (change_config(architectures=["BertForMaskedLM"]), "unsupported_architecture"),
        (change_config(auto_map={"AutoModel": "mine.Model"}), "remote_code_refused"),
        (change_config(hidden_size=65), "config_broken"),
        (change_config(hidden_size=128), "weights_broken"),
        (remove("model.safetensors"), "weights_missing"),
        (truncate_weights, "weights_broken"),
        (garble_weights, "weights_broken"),
        (lose_tensor, "weights_broken"),
        (poison_weights, "weights_broken"),
        (point_to_lfs, "weights_broken"),
        (hostile_pickle, "weights_broken"),
        (remove("tokenizer.json"), "tokenizer_missing"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "tokenizer_broken"),
        (other_tokenizer, "tokenizer_mismatch"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(
    source: Path, tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(source)
    assert refusal(source, tmp_path) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/no/such/folder", "source_missing"),
        ("org/model", "offline"),
        ("https://huggingface.co/org/model/tree/main", "offline"),
        ("starter:nothing", "resource_missing"),
    ],
)
def test_a_source_that_is_not_there_is_told(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(text, tmp_path) == code


def test_a_task_that_is_not_supported_is_told(source: Path, tmp_path: Path) -> None:
    assert refusal(source, tmp_path, task="translation") == "unsupported_task"


def test_the_first_wrong_tensor_is_named(source: Path) -> None:
    shapes = importing.tensor_shapes(importing.weight_files(source))
    expected = shapes | {"classifier.weight": (3, 64)}
    with pytest.raises(
        AppError, match=r"classifier.weight has the shape \[2, 64\], the config asks for \[3, 64\]"
    ):
        importing.require_tensors(shapes, expected, source)


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="MB left") as caught:
        importing.require_space(tmp_path, 10**18)
    assert caught.value.problem.code == "disk_full"


@pytest.mark.parametrize("stage", ["check", "copy", "export", "measure"])
def test_cancelling_in_any_stage_leaves_nothing(source: Path, tmp_path: Path, stage: str) -> None:
    contexts: list[JobContext] = []

    def cancel_at_stage(event: Event) -> None:
        if isinstance(event, StageStarted) and event.name == stage:
            contexts[0].obey(Cancel())

    contexts.append(JobContext(cancel_at_stage))
    with pytest.raises(JobCancelled):
        run(import_spec(source, tmp_path / "workspace"), contexts[0])
    assert not list((tmp_path / "workspace").rglob("*.*"))


def test_the_licence_of_the_model_card_is_kept(source: Path) -> None:
    (source / "README.md").write_text("---\nlanguage: en\nlicense: apache-2.0\n---\n# Card\n")
    assert importing.license_of(source) == "apache-2.0"
