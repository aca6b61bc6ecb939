"""Measuring, evaluating, trying, comparing and inspecting an imported model."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.disagreement import DIFFERING_FILE, DifferingRow, pair_figures
from app.domain.errors import AppError
from app.domain.event import Cancel, Progress
from app.domain.job import BenchSpec, CompareSpec, EvaluateSpec, InspectSpec, ModelAt, TrySpec
from app.domain.measurement import Measurement
from app.engine.context import JobCancelled
from app.engine.jobs import bench, compare, evaluate, inspect, predict
from app.engine.measuring import append_measurements, measure_speed, measurement, speed_ratio
from app.engine.openvino_runtime import CompiledIr
from app.engine.tokenizing import JsonTokenizer
from tests.engine.imported import Told, hugging_face_folder, import_folder
from tests.engine.tiny import sentences, tiny_bert, tiny_tokenizer, write_tsv


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured")
    for seed in (0, 1):
        import_folder(hugging_face_folder(folder / f"source{seed}", seed), folder, f"m{seed}")
    write_tsv(folder / "data.tsv", sentences(30))
    return folder


@pytest.fixture
def models(workspace: Path) -> tuple[ModelAt, ModelAt]:
    return ModelAt("m0", str(workspace / "models" / "m0")), ModelAt("m1", str(workspace / "models" / "m1"))


@pytest.fixture
def data(workspace: Path) -> DatasetRecord:
    return DatasetRecord(
        id="d",
        name="data",
        path=str(workspace / "data.tsv"),
        format="tsv",
        columns=ColumnMap("sentence", "label"),
        labels=("negative", "positive"),
    )


def common(workspace: Path) -> dict[str, str]:
    return {"run_id": "r1", "run_folder": str(workspace / "runs" / "r1")}


def test_a_benchmark_states_its_conditions(workspace: Path, models: tuple[ModelAt, ModelAt]) -> None:
    told = Told()
    spec = BenchSpec(**common(workspace), model=models[0], length=16, batch=2, seconds=0.3, streams=1)
    result = bench.run(spec, told.context())
    assert result["shape"] == [2, 16]
    assert (result["executed_precision"], result["streams"], result["hint"]) == ("f32", 1, "latency")
    latency = result["latency_ms"]
    assert isinstance(latency, dict)
    assert 0 < latency["p50"] <= latency["p95"]
    assert {"latency_p50", "latency_p95", "throughput", "load_time", "ir_size"} == set(told.metrics)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"device": "GPU.7"}, "device_missing"),
        ({"precision": "i4"}, "precision_unsupported"),
        ({"length": 65}, "shape_unsupported"),
    ],
)
def test_conditions_that_cannot_be_met_are_told(
    workspace: Path, models: tuple[ModelAt, ModelAt], changes: dict[str, object], code: str
) -> None:
    spec = msgspec.structs.replace(BenchSpec(**common(workspace), model=models[0], length=8), **changes)
    with pytest.raises(AppError) as caught:
        bench.run(spec, Told().context())
    assert caught.value.problem.code == code


def test_a_broken_ir_is_told(tmp_path: Path) -> None:
    (tmp_path / "openvino_model.xml").write_text("<net")
    with pytest.raises(AppError) as caught:
        CompiledIr(tmp_path)
    assert caught.value.problem.code == "ir_broken"


def test_measuring_can_be_cancelled_between_requests(workspace: Path) -> None:
    context = Told().context()
    context.obey(Cancel())
    with pytest.raises(JobCancelled):
        measure_speed(workspace / "models" / "m0" / "ir", seconds=60, length=8, stop=context.check)


def test_two_irs_are_measured_in_turn(workspace: Path) -> None:
    ir = workspace / "models" / "m0" / "ir"
    ratio = speed_ratio(ir, ir, length=8, seconds=0.4, rounds=4)
    assert ratio.low <= ratio.ratio * 1.0001
    assert ratio.high >= ratio.ratio * 0.9999
    assert ratio.ratio == pytest.approx(ratio.b_per_s / ratio.a_per_s)


def test_the_order_of_sentences_is_kept_and_padding_changes_nothing(workspace: Path) -> None:
    ir = workspace / "models" / "m0" / "ir"
    texts = [text for text, _ in sentences(40, seed=9)]
    tokenizer = JsonTokenizer(ir)
    encoded = tokenizer(texts, truncation=True, max_length=64, padding=False)
    features = [dict(zip(encoded, values, strict=True)) for values in zip(*encoded.values(), strict=True)]
    compiled = CompiledIr(ir)
    together = compiled.run(features)
    for index in (0, 7, 39):
        assert together[index] == pytest.approx(compiled.run([features[index]])[0], abs=1e-5)


def test_an_evaluation_gives_the_share_with_its_interval(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord
) -> None:
    told = Told()
    spec = EvaluateSpec(**common(workspace), model=models[0], data=data, limit=20)
    result = evaluate.run(spec, told.context())
    low, high = msgspec.convert(result["accuracy_ci95"], tuple[float, float])
    assert low <= msgspec.convert(result["accuracy"], float) <= high
    assert (result["n"], told.metrics) == (20, ["accuracy"])
    lines = (workspace / "models" / "m0" / "measurements.jsonl").read_bytes().splitlines()
    kept = msgspec.json.decode(lines[-1], type=Measurement)
    assert (kept.metric, kept.dataset_hash, kept.n) == ("accuracy", result["dataset_hash"], 20)


def test_data_with_more_classes_than_the_model_is_refused(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord, tmp_path: Path
) -> None:
    path = write_tsv(tmp_path / "three.tsv", [("a good film", 0), ("so so", 2)])
    three = msgspec.structs.replace(data, path=str(path), labels=("bad", "good", "so so"))
    with pytest.raises(AppError) as caught:
        evaluate.run(EvaluateSpec(**common(workspace), model=models[0], data=three), Told().context())
    assert caught.value.problem.code == "label_out_of_range"


def test_one_sentence_gets_a_label_and_probabilities(
    workspace: Path, models: tuple[ModelAt, ModelAt]
) -> None:
    result = predict.run(TrySpec(**common(workspace), model=models[0], text="a good film"), Told().context())
    shares = msgspec.convert(result["probabilities"], dict[str, float])
    assert sum(shares.values()) == pytest.approx(1)
    assert result["label"] == max(shares, key=lambda name: shares[name])
    with pytest.raises(AppError, match="no text"):
        predict.run(TrySpec(**common(workspace), model=models[0], text="  "), Told().context())


def test_a_sentence_longer_than_the_model_takes_is_cut(
    workspace: Path, models: tuple[ModelAt, ModelAt]
) -> None:
    spec = TrySpec(**common(workspace), model=models[0], text="good " * 500)
    assert predict.run(spec, Told().context())["label"] in {"negative", "positive"}


def test_a_comparison_pairs_the_answers_and_shows_where_they_differ(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord
) -> None:
    spec = CompareSpec(**common(workspace), models=models, data=data, length=8, seconds=0.2)
    result = compare.run(spec, Told().context())
    pairs = msgspec.convert(result["pairs"], list[dict[str, object]])
    differing = msgspec.convert(result["differing"], list[dict[str, object]])
    agreement = msgspec.convert(pairs[0]["agreement"], float)
    assert len(differing) == result["differing_count"] == round(30 * (1 - agreement))
    first, second = msgspec.convert(result["models"], list[dict[str, object]])
    difference = msgspec.convert(second["accuracy"], float) - msgspec.convert(first["accuracy"], float)
    assert pairs[0]["accuracy_difference"] == pytest.approx(difference)
    low, high = msgspec.convert(pairs[0]["agreement_ci95"], tuple[float, float])
    assert low <= agreement <= high


def test_models_whose_classes_are_ordered_otherwise_are_not_compared(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord
) -> None:
    turned = workspace / "turned"
    shutil.copytree(models[0].folder, turned)
    config = json.loads((turned / "ir" / "config.json").read_text())
    config["id2label"] = {"0": "positive", "1": "negative"}
    (turned / "ir" / "config.json").write_text(json.dumps(config))
    others = (models[0], ModelAt("turned", str(turned)))
    with pytest.raises(AppError, match="ordered otherwise"):
        compare.run(CompareSpec(**common(workspace), models=others, data=data, length=8), Told().context())
    right, wrong = (
        evaluate.run(EvaluateSpec(**common(workspace), model=model, data=data), Told().context())["accuracy"]
        for model in others
    )
    assert right == pytest.approx(1 - msgspec.convert(wrong, float))


def test_a_comparison_writes_every_differing_row_and_more_of_it_follows_from_them(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "_MAX_DIFFERING", 1)
    spec = CompareSpec(**common(workspace), models=models, data=data, length=8, seconds=0.1)
    result = compare.run(spec, Told().context())
    lines = (Path(spec.run_folder) / DIFFERING_FILE).read_bytes().splitlines()
    rows = [msgspec.json.decode(line, type=DifferingRow) for line in lines]
    assert len(rows) == result["differing_count"] > 1
    assert len(msgspec.convert(result["differing"], list[object])) == 1
    assert all(0.5 <= (answer.probability or 0) <= 1 for row in rows for answer in row.answers)
    pair = msgspec.convert(result["pairs"], list[dict[str, object]])[0]
    figures = pair_figures(rows, 30, 0, 1)
    assert figures.agreement == pytest.approx(pair["agreement"])
    assert figures.difference == pytest.approx(pair["accuracy_difference"])
    assert [figures.difference_low, figures.difference_high] == pytest.approx(
        pair["accuracy_difference_ci95"]
    )
    back = pair_figures(rows, 30, 1, 0)
    assert back.difference == pytest.approx(-figures.difference)


def test_a_comparison_times_each_layer_and_tells_how_far_its_output_is_off(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord
) -> None:
    told = Told()
    spec = CompareSpec(**common(workspace), models=models, data=data, length=8, seconds=0.1)
    result = compare.run(spec, told.context())
    layers = msgspec.convert(result["layers"], list[dict[str, object]])
    of_second = [layer for layer in layers if layer["model_id"] == "m1"]
    assert [layer["layer"] for layer in of_second] == [-1, 0, 1]
    assert of_second[1]["name"] == "bert.encoder.layer.0"
    assert all(msgspec.convert(layer["time_ms"], float) > 0 for layer in of_second)
    of_first = [layer["relative_error"] for layer in layers if layer["model_id"] == "m0"]
    assert of_first == [None, 0.0, 0.0]
    assert all(msgspec.convert(layer["relative_error"], float) > 0.01 for layer in of_second[1:])
    assert result["layers_not_measured"] == []
    memory = [figure.get("peak_memory_bytes") for figure in msgspec.convert(result["models"], list[dict])]
    assert all(memory)
    assert told.metrics.count("peak_memory") == 2
    fractions = [event.fraction for event in told.events if isinstance(event, Progress)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_layers_that_cannot_be_matched_are_told_with_the_reason(
    workspace: Path, models: tuple[ModelAt, ModelAt], data: DatasetRecord, tmp_path: Path
) -> None:
    deeper = tmp_path / "deeper"
    tiny_bert(layers=3).save_pretrained(deeper)
    tiny_tokenizer().save_pretrained(deeper)
    folder = import_folder(deeper, tmp_path, "m3")
    three = (models[0], ModelAt("m3", str(folder)))
    spec = CompareSpec(**common(workspace), models=three, data=data, length=8, seconds=0.1)
    result = compare.run(spec, Told().context())
    reasons = msgspec.convert(result["layers_not_measured"], list[dict[str, str]])
    assert [(one["model_id"], one["figure"]) for one in reasons] == [("m3", "relative_error")]
    assert reasons[0]["reason"] == "It has 3 layers, the reference 2."
    timed = [one for one in msgspec.convert(result["layers"], list[dict]) if one["model_id"] == "m3"]
    assert [one["layer"] for one in timed] == [-1, 0, 1, 2]


def test_what_was_not_measured_is_none(workspace: Path, models: tuple[ModelAt, ModelAt]) -> None:
    spec = CompareSpec(**common(workspace), models=models, length=8, seconds=0.1)
    result = compare.run(spec, Told().context())
    assert result["n"] is None
    assert msgspec.convert(result["models"], list[dict[str, object]])[0]["accuracy"] is None
    with pytest.raises(AppError, match="at least two"):
        compare.run(msgspec.structs.replace(spec, models=models[:1]), Told().context())


def test_an_inspection_lists_layers_with_their_kernels(
    workspace: Path, models: tuple[ModelAt, ModelAt]
) -> None:
    result = inspect.run(InspectSpec(**common(workspace), model=models[0]), Told().context())
    layers = msgspec.convert(result["layers"], list[dict[str, object]])
    assert result["heads_kept"] == [[0, 1, 2, 3]] * 2
    assert result["linear_sparsity"] == pytest.approx(0, abs=1e-4)
    assert all(layer["kernel"] and layer["precision"] == "f32" for layer in layers)
    rows = msgspec.convert(result["matrices"], list[dict[str, object]])
    roles = [row["role"] for row in rows if row["layer"] == 0]
    assert roles == ["query", "key", "value", "attention_output", "ffn_in", "ffn_out"]
    assert sum(row["role"] == "embedding" for row in rows) == 3


def test_measurements_are_added_line_by_line(tmp_path: Path) -> None:
    for value in (1.0, 2.0):
        append_measurements(tmp_path, [measurement("m", "accuracy", value, "1")] * 2)
    lines = (tmp_path / "measurements.jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Measurement).value for line in lines] == [1.0, 1.0, 2.0, 2.0]


def test_a_benchmark_an_evaluation_and_a_prediction_need_no_torch() -> None:
    modules = "bench, evaluate, predict, compare"
    check = "import sys; sys.exit(bool({'torch', 'transformers', 'nncf', 'optimum'} & set(sys.modules)))"
    code = f"from app.engine.jobs import {modules}; from app.engine.measuring import *; {check}"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ.copy()).returncode == 0
