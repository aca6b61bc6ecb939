"""Whether it ran in INT8, by which kernels, and why it is not faster, in words."""

import msgspec

from app.domain.execution import ExecutedNode, Execution, Quantization
from app.presenters.execution_wording import conditions_of, findings_of
from app.services.cpu import CpuFeatures
from app.views.widgets.notice import Severity
from tests.factories import make_execution

VNNI = CpuFeatures(name="one", has_vnni=True, has_amx=False, has_bf16=True)
OLD = CpuFeatures(name="old", has_vnni=False, has_amx=False, has_bf16=False)


def changed(execution: Execution, **changes: object) -> Execution:
    """Return an execution whose nodes with products are other ones."""
    nodes = [msgspec.structs.replace(node, **changes) if node.products else node for node in execution.nodes]
    return msgspec.structs.replace(execution, nodes=tuple(nodes))


def said(execution: Execution, cpu: CpuFeatures | None = None, *, was_busy: bool = False) -> str:
    found = findings_of(execution, cpu, was_busy=was_busy)
    return "\n".join(f"{one.title}. {one.text}" for one in found)


def test_an_execution_in_int8_says_so_first_with_its_kernels() -> None:
    first, second, third, *_ = findings_of(make_execution(), VNNI)
    assert (first.severity, first.title) == (Severity.OK, "Executed in INT8: 3 of 6 nodes that multiply")
    assert first.text == "Kernels: brgemm_avx512_I8 × 3"
    assert second.title == "3 more in part: one product in INT8, one in f32"
    assert third.title == "20.0 % of the time goes to nodes that do not multiply"


def test_what_the_processor_has_and_lacks_is_told_of_quantized_networks() -> None:
    assert "This processor has VNNI for INT8, but no AMX" in said(make_execution(), VNNI)
    assert "neither VNNI nor AMX" in said(make_execution(), OLD)
    assert "VNNI" not in said(make_execution(), None)


def test_a_float_network_is_told_that_nothing_in_it_is_quantized() -> None:
    plain = changed(
        make_execution(), quantization=Quantization.NONE, inputs=("f32", "f32"), kernel="gemm_mlas_f32"
    )
    first = findings_of(plain, VNNI)[0]
    assert (first.severity, first.title) == (Severity.INFO, "Not executed in INT8")
    assert first.text == "Nothing in this IR is quantized. Kernels: gemm_mlas_f32 × 6"
    assert "VNNI" not in said(plain, VNNI)
    assert "ask for bf16" in said(plain, VNNI)


def test_what_is_quantized_and_ran_in_float_is_told_with_what_the_device_lacks() -> None:
    fallen = changed(make_execution(), inputs=("f32", "f32"), kernel="gemm_mlas_f32")
    assert findings_of(fallen, None)[0].severity is Severity.WARNING
    assert "Quantized, but run in f32: 6" in said(fallen)
    assert "The plugin does not say why" in said(fallen)
    without = msgspec.structs.replace(fallen, capabilities=("FP32",))
    assert "CPU does not name INT8 among its capabilities" in said(without)


def test_weights_alone_are_told_apart_from_an_execution_in_int8() -> None:
    weights = changed(
        make_execution(),
        quantization=Quantization.WEIGHTS,
        inputs=("f32", "u8"),
        kernel="brgemm_avx512_f32",
    )
    assert "Quantized in their weights alone: 6" in said(weights)
    assert "unpacked and multiplied in f32" in said(weights)
    grouped = said(msgspec.structs.replace(weights, group_size=32))
    assert "DYNAMIC_QUANTIZATION_GROUP_SIZE is 32" in grouped


def test_a_precision_that_was_not_taken_is_told() -> None:
    asked = make_execution(precision="f32")
    asked = msgspec.structs.replace(asked, precision="f16", precision_taken="f16")
    assert "Asked for f16, executed in f32" in said(asked)
    assert "asked for f16, taken f16" in conditions_of(asked)


def test_reference_kernels_are_named_where_they_take_long() -> None:
    slow = ExecutedNode("slow", "Gather", "ref_any_f32", "f32", inputs=("f32",), time_ms=1.5)
    execution = make_execution()
    with_slow = msgspec.structs.replace(execution, nodes=(*execution.nodes, slow))
    assert "50.0 % of the time goes to reference kernels" in said(with_slow)
    assert "reference" not in said(execution)


def test_what_was_not_measured_or_not_found_is_told() -> None:
    execution = make_execution(requests=0, untraced=2)
    nodes = tuple(msgspec.structs.replace(node, time_ms=None) for node in execution.nodes)
    untimed = msgspec.structs.replace(execution, nodes=nodes)
    assert "Times were not measured" in said(untimed)
    assert "Products of the IR that no node names: 2" in said(untimed)
    assert "median" not in conditions_of(untimed)
    assert "A job was running" in said(make_execution(), was_busy=True)
    assert "A job was running" not in said(make_execution())
