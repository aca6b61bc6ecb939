"""Whether a model was really executed in INT8, by which kernels, and why it is not faster, in words."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from app.domain.execution import INT8, MIXED, ExecutedNode, Execution, Quantization
from app.domain.language import said
from app.domain.wording import percent_text, shape_text
from app.services.cpu import CpuFeatures
from app.views.widgets.check_list import FindingRow
from app.views.widgets.notice import Severity

_KINDS_NAMED: Final = 3
_REFERENCE: Final = "ref"
_NOTABLE: Final = 0.01
_MUCH: Final = 0.05
"""Shares of the time beneath these are not worth a line."""


def findings_of(
    execution: Execution, cpu: CpuFeatures | None, *, was_busy: bool = False
) -> tuple[FindingRow, ...]:
    """Return what is to be said of an execution, the answer first.

    Args:
        execution: What ran.
        cpu: Features of this processor, None where another device ran it.
        was_busy: Whether a job ran at the same time.
    """
    found = [_verdict(execution), *_in_part(execution), *_fallen_back(execution), *_weights_only(execution)]
    found += [*_asked(execution), *_time(execution), *_reference(execution)]
    if cpu is not None:
        found += _processor(execution, cpu)
    if execution.untraced:
        title = said("Products of the IR that no node names: %1", execution.untraced)
        found.append(FindingRow(Severity.INFO, title))
    if not execution.requests:
        title = said("Times were not measured")
        text = said("%1 does not count the time of single nodes.", execution.device)
        found.append(FindingRow(Severity.WARNING, title, text))
    elif was_busy:
        title = said("A job was running: the times are too long")
        found.append(FindingRow(Severity.WARNING, title, said("Run again once it has ended.")))
    # After the answer what somebody may have to do something about.
    return (found[0], *sorted(found[1:], key=lambda one: one.severity is not Severity.WARNING))


def conditions_of(execution: Execution) -> str:
    """Return under which conditions the figures hold."""
    device = execution.device
    if execution.device_name:
        device = f"{device} ({execution.device_name})"
    parts = [
        device,
        said("asked for %1, taken %2", execution.precision, execution.precision_taken or "—"),
        said("%1 tokens", shape_text(execution.shape)),
    ]
    if execution.requests:
        parts.append(said("times: median of %1 requests", execution.requests))
    parts.append(f"OpenVINO {execution.openvino}")
    return " · ".join(parts)


def _verdict(execution: Execution) -> FindingRow:
    products = execution.products
    whole = [node for node in products if node.executed_in == INT8]
    partly = [node for node in products if node.executed_in == MIXED]
    if not products:
        return FindingRow(Severity.INFO, said("Nothing in it multiplies matrices"))
    kernels = said("Kernels: %1", _kernels(whole or products))
    if not whole and not partly:
        if all(node.quantization is Quantization.NONE for node in products):
            text = said("Nothing in this IR is quantized. %1", kernels)
            return FindingRow(Severity.INFO, said("Not executed in INT8"), text)
        return FindingRow(Severity.WARNING, said("Not executed in INT8"), kernels)
    title = said("Executed in INT8: %1 of %2 nodes that multiply", len(whole), len(products))
    is_whole = len(whole) + len(partly) == len(products)
    return FindingRow(Severity.OK if is_whole else Severity.INFO, title, kernels)


def _in_part(execution: Execution) -> list[FindingRow]:
    nodes = [node for node in execution.products if node.executed_in == MIXED]
    if not nodes:
        return []
    title = said("%1 more in part: one product in INT8, one in %2", len(nodes), execution.float_precision)
    return [FindingRow(Severity.INFO, title, said("Kernels: %1", _kernels(nodes)))]


def _fallen_back(execution: Execution) -> list[FindingRow]:
    nodes = [node for node in execution.products if node.has_fallen_back]
    if not nodes:
        return []
    ran = ", ".join(sorted({node.executed_in for node in nodes}))
    title = said("Quantized, but run in %1: %2", ran, len(nodes))
    if execution.capabilities and "INT8" not in execution.capabilities:
        text = said("%1 does not name INT8 among its capabilities.", execution.device)
    else:
        text = said("The plugin does not say why. Kernels: %1", _kernels(nodes))
    return [FindingRow(Severity.WARNING, title, text)]


def _weights_only(execution: Execution) -> list[FindingRow]:
    nodes = [node for node in execution.products if node.quantization is Quantization.WEIGHTS]
    if not nodes:
        return []
    ran = ", ".join(sorted({node.executed_in for node in nodes}))
    title = said("Quantized in their weights alone: %1", len(nodes))
    text = said("They are unpacked and multiplied in %1, which saves memory rather than time.", ran)
    if execution.group_size:
        text = said(
            "Activations come in as %1. DYNAMIC_QUANTIZATION_GROUP_SIZE is %2: a kernel may quantize them "
            "itself, which it does not tell.",
            ran,
            execution.group_size,
        )
    return [FindingRow(Severity.INFO, title, text)]


def _asked(execution: Execution) -> list[FindingRow]:
    if execution.precision == execution.float_precision:
        return []
    title = said("Asked for %1, executed in %2", execution.precision, execution.float_precision)
    text = said("%1 names these capabilities: %2", execution.device, ", ".join(execution.capabilities))
    return [FindingRow(Severity.WARNING, title, text if execution.capabilities else "")]


def _time(execution: Execution) -> list[FindingRow]:
    kinds = execution.times_by_kind()
    share = sum(one for _, one in kinds)
    if share < _NOTABLE:
        return []
    named = ", ".join(f"{kind} {percent_text(one)}" for kind, one in kinds[:_KINDS_NAMED])
    title = said("%1 of the time goes to nodes that do not multiply", percent_text(share))
    return [FindingRow(Severity.INFO, title, said("Most of it: %1", named))]


def _reference(execution: Execution) -> list[FindingRow]:
    total = execution.time_ms
    nodes = [node for node in execution.nodes if node.kernel.startswith(_REFERENCE)]
    share = sum(node.time_ms or 0.0 for node in nodes) / total if total else 0.0
    if share < _MUCH:
        return []
    title = said("%1 of the time goes to reference kernels, which are not optimized", percent_text(share))
    return [FindingRow(Severity.INFO, title, _kernels(nodes))]


def _processor(execution: Execution, cpu: CpuFeatures) -> list[FindingRow]:
    found: list[FindingRow] = []
    is_quantized = any(node.quantization is not Quantization.NONE for node in execution.products)
    if is_quantized and cpu.has_vnni is not None:
        if cpu.has_amx:
            found.append(FindingRow(Severity.OK, said("This processor multiplies INT8 in AMX tiles")))
        elif cpu.has_vnni:
            title = said("This processor has VNNI for INT8, but no AMX")
            found.append(FindingRow(Severity.INFO, title))
        else:
            title = said("This processor has neither VNNI nor AMX")
            text = said("INT8 takes several instructions there, where VNNI takes one.")
            found.append(FindingRow(Severity.WARNING, title, text))
    has_bf16 = "BF16" in execution.capabilities
    runs_f32 = any(node.executed_in == "f32" for node in execution.products)
    if has_bf16 and runs_f32 and execution.precision == "f32":
        title = said("This processor has BF16: ask for bf16 to see what that saves")
        found.append(FindingRow(Severity.INFO, title))
    return found


def _kernels(nodes: Sequence[ExecutedNode]) -> str:
    counts = Counter(node.kernel for node in nodes).most_common()
    return ", ".join(f"{kernel} × {count}" for kernel, count in counts[:_KINDS_NAMED])
