"""What OpenVINO really runs of tiny IRs: quantized in full, in their weights alone, and not at all."""

import os
from pathlib import Path

import msgspec
import numpy as np
import openvino
import pytest
from openvino import opset13 as ops

from app.domain.errors import AppError
from app.domain.execution import INT8, MIXED, OTHER, ExecutedNode, Execution, Quantization
from app.domain.job import InspectSpec, ModelAt
from app.engine.execution import read_execution
from app.engine.jobs import inspect
from tests.engine.imported import Told, hugging_face_folder, import_folder

WIDTH, LAYERS, SHAPE = 64, 3, (2, 16)
FLOAT_MACS = SHAPE[0] * SHAPE[1] * WIDTH * WIDTH


def write_ir(folder: Path, quantized: Quantization) -> Path:
    """Write embeddings and three linear layers, named as the exporter does."""
    random = np.random.default_rng(0)
    ids = ops.parameter([-1, -1], np.int64, name="input_ids")
    table = ops.constant(random.normal(size=(1000, WIDTH)).astype(np.float32))
    now = ops.gather(table, ids, ops.constant(np.int64(0)))
    for layer in range(LAYERS):
        if quantized is Quantization.NONE:
            weight = ops.constant(random.normal(size=(WIDTH, WIDTH)).astype(np.float32))
        else:
            whole = ops.constant(random.integers(-127, 127, size=(WIDTH, WIDTH), dtype=np.int8))
            weight = ops.multiply(
                ops.convert(whole, np.float32), ops.constant(np.full((WIDTH, 1), 0.01, "f4"))
            )
        if quantized is Quantization.FULL:
            low, high = ops.constant(np.float32(-1)), ops.constant(np.float32(1))
            now = ops.fake_quantize(now, low, high, low, high, 256)
        now = ops.matmul(now, weight, transpose_a=False, transpose_b=True)
        now.set_friendly_name(f"__module.net.layer.{layer}.dense/aten::linear/MatMul")
        now = ops.relu(now)
    folder.mkdir(parents=True)
    openvino.save_model(
        openvino.Model([now], [ids], "net"), folder / "openvino_model.xml", compress_to_fp16=False
    )
    return folder


def executed(tmp_path: Path, quantized: Quantization, precision: str = "f32") -> Execution:
    return read_execution(write_ir(tmp_path / "ir", quantized), precision=precision, shape=SHAPE)


def test_a_float_network_runs_in_floating_point_and_is_timed(tmp_path: Path) -> None:
    told = executed(tmp_path, Quantization.NONE)
    assert [node.executed_in for node in told.products] == ["f32"] * LAYERS
    assert [node.macs for node in told.products] == [FLOAT_MACS] * LAYERS
    assert [node.place_in_layer for node in told.products] == ["dense"] * LAYERS
    assert [node.layer for node in told.products] == list(range(LAYERS))
    assert [node.shape for node in told.products] == [(*SHAPE, WIDTH)] * LAYERS
    assert all(node.kernel.endswith("f32") for node in told.products)
    assert told.untraced == 0
    assert told.requests >= 3
    assert told.time_ms is not None
    assert told.time_ms > 0
    assert [one.group for one in told.product_shares()] == ["f32"]
    assert sum(one.share for one in told.time_shares()) == pytest.approx(1)
    assert told.time_shares()[-1].group == OTHER


def test_a_quantized_network_runs_in_int8_where_the_device_can(tmp_path: Path) -> None:
    told = executed(tmp_path, Quantization.FULL)
    assert {node.quantization for node in told.products} == {Quantization.FULL}
    assert "INT8" in told.capabilities
    assert [node.executed_in for node in told.products] == [INT8] * LAYERS
    assert not any(node.has_fallen_back for node in told.nodes)
    assert [(one.group, one.share) for one in told.product_shares()] == [(INT8, 1.0)]


def test_weights_stored_in_int8_are_not_taken_for_an_execution_in_int8(tmp_path: Path) -> None:
    told = executed(tmp_path, Quantization.WEIGHTS)
    assert {node.precision for node in told.products} == {"i8"}, "the plugin's runtime precision says i8"
    assert {node.quantization for node in told.products} == {Quantization.WEIGHTS}
    assert {node.executed_in for node in told.products} == {"f32"}
    assert not any(node.has_fallen_back for node in told.nodes)


def test_attention_is_told_with_both_of_its_products(tmp_path: Path) -> None:
    folder = import_folder(hugging_face_folder(tmp_path / "hf"), tmp_path / "workspace")
    told = read_execution(folder / "ir", shape=(1, 8))
    attention = [node for node in told.products if node.products == 2]
    assert [node.layer for node in attention] == [0, 1]
    # Four heads of 16, eight tokens: query × key and scores × value.
    assert {node.macs for node in attention} == {2 * 4 * 8 * 8 * 16}
    assert {node.executed_in for node in attention} == {"f32"}, "its mask of u8 is no product in INT8"
    assert told.untraced == 0

    spec = InspectSpec(
        run_id="r1", run_folder=str(tmp_path / "run"), model=ModelAt("m1", str(folder)), precision="f32"
    )
    document = inspect.run(spec, Told().context())
    nodes = msgspec.convert(document["nodes"], list[dict[str, object]])
    assert [node["name"] for node in nodes if node["macs"]] == [node.title for node in told.products]
    assert document["products_in"] == {"f32": 1.0}
    assert msgspec.convert(document["time_in"], dict[str, float])[OTHER] > 0


def test_a_missing_or_broken_ir_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError) as missing:
        read_execution(tmp_path)
    assert missing.value.problem.code == "ir_missing"
    folder = write_ir(tmp_path / "ir", Quantization.NONE)
    os.truncate(folder / "openvino_model.xml", 200)
    with pytest.raises(AppError) as broken:
        read_execution(folder)
    assert broken.value.problem.code == "ir_broken"


def test_a_run_stops_between_requests(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_execution(write_ir(tmp_path / "ir", Quantization.NONE), shape=SHAPE, stop=stop)


def test_mixed_is_said_of_quantized_attention_alone() -> None:
    node = ExecutedNode(
        name="n",
        kind="Subgraph",
        kernel="jit_avx512_i8",
        precision="i8",
        inputs=("i8", "i8", "u8", "f32"),
        products=2,
        macs=8,
        quantization=Quantization.PARTLY,
    )
    assert node.executed_in == MIXED
    assert msgspec.structs.replace(node, quantization=Quantization.FULL).executed_in == INT8
    assert msgspec.structs.replace(node, inputs=("f32", "f32", "u8", "f32")).has_fallen_back
    assert msgspec.structs.replace(node, products=0).executed_in == "i8"
