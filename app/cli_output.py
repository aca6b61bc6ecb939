"""What commands print: one JSON document, or small aligned tables for people."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from app.domain.measurement import Measurement
from app.domain.model import ModelRecord
from app.domain.wording import NOT_MEASURED, accuracy_text, bytes_text, count_text, milliseconds_text
from app.services.model_library import ModelLibrary

Result = Mapping[str, object]

_INDENT: Final = "  "
_MOST_ITEMS, _FIRST_ITEMS = 16, 8
"""A longer list is told by its first items and how many there are; JSON has them all."""


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return aligned columns with a header line; columns in ``right`` are right-aligned."""
    lines = [headers, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    return "\n".join(
        _INDENT.join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def model_document(model: ModelRecord, library: ModelLibrary) -> dict[str, object]:
    """Return what ``models --json`` says of one model. What was not measured is null."""
    accuracy = library.latest(model.id, "accuracy", subject="ir") or library.latest(model.id, "accuracy")
    p50 = library.latest(model.id, "latency_p50")
    p95 = library.latest(model.id, "latency_p95")
    throughput = library.latest(model.id, "throughput")
    sparsity = library.latest(model.id, "linear_sparsity")
    structure = model.structure
    return {
        "id": model.id,
        "name": model.name,
        "task": model.task,
        "family": model.family,
        "method": model.method,
        "parent_id": model.parent_id,
        "origin": model.origin or None,
        "created_at": model.created_at or None,
        "labels": list(model.labels),
        "precision": model.precision,
        "parameters": structure.parameters if structure else None,
        "heads_kept": [list(heads) for heads in structure.heads_kept] if structure else None,
        "linear_sparsity": _value(sparsity),
        "size_bytes": model.ir_bytes,
        "checkpoint_size_bytes": model.checkpoint_bytes,
        "accuracy": _value(accuracy),
        "accuracy_ci95": [accuracy.low, accuracy.high] if accuracy and accuracy.low is not None else None,
        "latency_ms": {"p50": _value(p50), "p95": _value(p95)},
        "latency_shape": list(p50.shape) if p50 and p50.shape else None,
        "latency_device": p50.device if p50 else None,
        "throughput_per_s": _value(throughput),
    }


def models_text(documents: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of ``whittle models``; variants are indented beneath what they were made from."""
    if not documents:
        return "No models yet. Try: whittle import starter"
    rows: list[list[str]] = []

    def add(document: Mapping[str, Any], depth: int) -> None:
        low, high = document["accuracy_ci95"] or (None, None)
        rows.append(
            [
                _INDENT * depth + str(document["name"]),
                str(document["id"]),
                str(document["precision"]),
                count_text(document["parameters"]),
                bytes_text(document["size_bytes"]),
                accuracy_text(document["accuracy"], low, high),
                milliseconds_text(document["latency_ms"]["p50"]),
                milliseconds_text(document["latency_ms"]["p95"]),
                rate_text(document["throughput_per_s"]),
            ]
        )
        for child in documents:
            if child["parent_id"] == document["id"]:
                add(child, depth + 1)

    ids = {document["id"] for document in documents}
    for document in documents:
        if document["parent_id"] not in ids:
            add(document, 0)
    headers = ("Name", "Id", "Precision", "Parameters", "Size", "Accuracy", "p50", "p95", "Throughput")
    return table(headers, rows, right=frozenset(range(3, 9)))


def rate_text(per_s: float | None) -> str:
    """Return a throughput as ``67.2 /s``."""
    return NOT_MEASURED if per_s is None else f"{per_s:,.1f} /s"


def result_text(result: Result) -> str:
    """Return a result as aligned lines; lists of objects become tables beneath."""
    pairs: list[tuple[str, str]] = []
    tables: list[str] = []
    for name, value in result.items():
        if name.endswith("_ci95"):
            continue
        if _is_table(value):
            tables.append(f"\n{label(name)}\n{_rows_text(cast('Sequence[Result]', value))}")
        else:
            pairs.append((label(name), field_text(name, value, result)))
    width = max((len(name) for name, _ in pairs), default=0)
    return "\n".join([f"{name:<{width}}  {text}" for name, text in pairs] + tables)


def label(name: str) -> str:
    """Return a field's name for people: the unit is said beside the figure."""
    for ending in ("_bytes", "_ms", "_per_s", "_s"):
        name = name.removesuffix(ending)
    return name.replace("_", " ").capitalize().replace("Ffn", "FFN")


def field_text(name: str, value: object, beside: Result) -> str:
    """Return one field with its unit, which its name tells; ``beside`` has its interval."""
    match value:
        case None:
            return NOT_MEASURED
        case dict():
            inner = cast("dict[str, object]", value)
            suffix = "_ms" if name.endswith("_ms") else ""
            return "  ".join(
                f"{label(key).lower()} {field_text(key + suffix, each, inner)}"
                for key, each in inner.items()
                if not key.endswith("_ci95")
            )
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number_text(name, value, beside.get(f"{name}_ci95"))
        case list():
            items = cast("list[object]", value)
            if name.endswith("shape"):
                return "×".join(str(each) for each in items)
            if items and all(isinstance(each, list) for each in items):
                return ", ".join(str(len(cast("list[object]", each))) for each in items) + " (a layer)"
            shown = items if len(items) <= _MOST_ITEMS else items[:_FIRST_ITEMS]
            text = ", ".join(field_text("", each, {}) for each in shown) or "none"
            return text if shown is items else f"{text}, … ({len(items):,} in all)"
        case _:
            return str(value)


def _number_text(name: str, value: float, interval: object) -> str:
    if name.endswith("_bytes"):
        return bytes_text(value)
    if name.endswith("_ms"):
        return milliseconds_text(value)
    if name.endswith("_per_s"):
        return rate_text(value)
    if name.endswith("_s"):
        return f"{value:.1f} s"
    if name in {"accuracy", "agreement"} or name.endswith(("sparsity", "_accuracy", "_share")):
        low, high = cast("tuple[float, float]", interval) if interval else (None, None)
        return accuracy_text(value, low, high)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3f}" if abs(value) < 100 else f"{value:,.1f}"


def _is_table(value: object) -> bool:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    return bool(rows) and all(isinstance(each, dict) for each in rows)


def _rows_text(rows: Sequence[Result]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row if not name.endswith("_ci95")))
    cells = [[field_text(name, row.get(name), row) for name in names] for row in rows]
    numeric = frozenset(
        column
        for column, name in enumerate(names)
        if all(isinstance(row.get(name), int | float | None) for row in rows)
    )
    return table([label(name) for name in names], cells, right=numeric)


def _value(measurement: Measurement | None) -> float | None:
    return None if measurement is None else measurement.value
