"""Figures as people read them: value, unit, interval. A figure that was not measured is a dash."""

from collections.abc import Sequence
from typing import Final

from app.domain.language import in_figures, marked, said, spoken

NOT_MEASURED: Final = "—"
_THOUSAND: Final = 1000.0
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_SPLITS: Final = {"train": marked("train"), "evaluation": marked("evaluation"), "test": marked("test")}


def count_text(count: int | None) -> str:
    """Return a count of parameters as ``22.7 M``, ``96.4 k`` or ``512``."""
    if count is None:
        return NOT_MEASURED
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= limit:
            return in_figures(f"{count / limit:.1f} {unit}")
    return str(count)


def whole_text(count: int) -> str:
    """Return a count with its thousands set off: ``1,130``."""
    return in_figures(f"{count:,}")


def bytes_text(size_bytes: float | None) -> str:
    """Return a size in decimal units, as ``86.7 MB``."""
    if size_bytes is None:
        return NOT_MEASURED
    for limit, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size_bytes >= limit:
            return in_figures(f"{size_bytes / limit:.1f} {unit}")
    return f"{size_bytes:.0f} B"


def percent_text(share: float | None) -> str:
    """Return a share of 0 to 1 as ``46.1 %``."""
    return NOT_MEASURED if share is None else in_figures(f"{100 * share:.1f} %")


def half_width(low: float | None, high: float | None) -> float | None:
    """Return half the width of an interval, None where there is none."""
    return None if low is None or high is None else (high - low) / 2


def accuracy_text(share: float | None, low: float | None = None, high: float | None = None) -> str:
    """Return an accuracy with half the width of its 95 % interval: ``90.8 ± 2.3 %``."""
    half = half_width(low, high)
    if share is None or half is None:
        return percent_text(share)
    return in_figures(f"{100 * share:.1f} ± {100 * half:.1f} %")


def milliseconds_text(milliseconds: float | None) -> str:
    """Return a latency with three significant figures, as ``2.61 ms`` or ``412 ms``."""
    if milliseconds is None:
        return NOT_MEASURED
    digits = 0 if milliseconds >= 100 else 1 if milliseconds >= 10 else 2
    return in_figures(f"{milliseconds:.{digits}f} ms")


def rate_text(per_second: float | None) -> str:
    """Return a throughput as ``301 /s``."""
    if per_second is None:
        return NOT_MEASURED
    return in_figures(f"{per_second:,.0f} /s" if per_second >= 100 else f"{per_second:.1f} /s")


def ratio_text(ratio: float | None) -> str:
    """Return how many times as much, as ``5.1×``."""
    return NOT_MEASURED if ratio is None else in_figures(f"{ratio:.1f}×")


def duration_text(seconds: float) -> str:
    """Return a time span in at most two units: ``40 s``, ``1 min 12 s``, ``2 h 5 min``."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return f"{whole} s"
    if whole < _HOUR_S:
        return f"{whole // _MINUTE_S} min {whole % _MINUTE_S} s"
    return f"{whole // _HOUR_S} h {whole % _HOUR_S // _MINUTE_S} min"


def moment_text(moment: str) -> str:
    """Return a moment to the minute: ``2026-11-23 01:14``, as ISO 8601 and English have it."""
    if not moment:
        return NOT_MEASURED
    date, _, time = moment[:16].partition("T")
    if spoken().code == "de" and date.count("-") == 2:
        date = ".".join(reversed(date.split("-")))
    return f"{date} {time}"


def shape_text(shape: Sequence[int] | None) -> str:
    """Return batch and length as ``1×32``."""
    return NOT_MEASURED if shape is None else "×".join(str(size) for size in shape)


def split_text(split: str) -> str:
    """Return a part of a dataset by name; one that has no usual name is called as it is."""
    return said(_SPLITS.get(split, split))


def figure_text(metric: str, value: float, unit: str) -> str:
    """Return the value of a measurement in the unit that suits its metric."""
    match unit:
        case "B":
            return bytes_text(value)
        case "ms":
            return milliseconds_text(value)
        case "1/s":
            return rate_text(value)
        case "1" if metric == "parameters":
            return count_text(round(value))
        case "1":
            return percent_text(value)
        case _:
            return in_figures(f"{value:g} {unit}".strip())
