"""The figures of a comparison as people read them."""

import re

from app.domain.comparison import Figure, Kind, Under
from app.domain.language import in_figures
from app.domain.wording import (
    NOT_MEASURED,
    accuracy_text,
    figure_text,
    half_width,
    shape_text,
    whole_text,
)

_MINUS = "−"
_PLACE = re.compile(r"%(\d)")


def filled(text: str, *values: str) -> str:
    """Return a translated text with %1, %2 … replaced at once: a value may hold such a sign itself."""
    return _PLACE.sub(lambda found: values[int(found[1]) - 1], text)


def signed_text(number: float, digits: int = 1) -> str:
    """Return a number with its sign, ``+2.5`` or ``−0.3``; nothing is ``±0.0``."""
    text = f"{abs(number):.{digits}f}"
    if not float(text):
        return in_figures(f"±{text}")
    return in_figures(f"{_MINUS if number < 0 else '+'}{text}")


def figure_of_kind(kind: Kind, figure: Figure | None) -> str:
    """Return a figure with its unit and, where it has one, its interval: ``90.8 ± 2.3 %``."""
    if figure is None:
        return NOT_MEASURED
    match kind.metric:
        case "accuracy" | "agreement":
            return accuracy_text(figure.value, figure.low, figure.high)
        case "accuracy_difference":
            half = half_width(figure.low, figure.high)
            around = "" if half is None else in_figures(f" ± {100 * half:.1f}")
            return f"{signed_text(100 * figure.value)}{around} pp"
        case "heads_kept" | "neurons_kept":
            kept, total = round(figure.value), figure.total
            return whole_text(kept) if total is None else f"{whole_text(kept)} / {whole_text(total)}"
        case _:
            return figure_text(kind.metric, figure.value, kind.unit)


def plain_figure(kind: Kind, value: float) -> str:
    """Return a value without interval, for an axis or a limit."""
    return figure_of_kind(kind, Figure(value))


def against_text(kind: Kind, difference: float | None) -> str:
    """Return a ratio as ``0.27×``, a difference in percentage points as ``+2.5 pp``; empty for none."""
    if difference is None:
        return ""
    if kind.in_points:
        return f"{signed_text(100 * difference)} pp"
    if kind.under is Under.PAIR:
        return ""
    return in_figures(f"{difference:.2f}×" if difference < 9.95 else f"{difference:.0f}×")


def setting_text(device: str, precision: str, shape: tuple[int, ...], hint: str) -> str:
    """Return what speed was measured under, as ``CPU · f32 · 1×32 · latency``."""
    return " · ".join((device, precision, shape_text(shape), hint))


def axis_text(kind: Kind, value: float, top: float) -> str:
    """Return the value of a tick, short and in the unit of the highest one: ``20 MB``, ``91 %``."""
    match kind.unit:
        case "B":
            steps = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
        case "1" if kind.metric == "parameters":
            steps = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
        case "1":
            return in_figures(f"{100 * value:.4g} %")
        case "1/s":
            return in_figures(f"{value:.6g} /s")
        case _:
            return in_figures(f"{value:.6g} {kind.unit}")
    scale, unit = next(((scale, unit) for scale, unit in steps if top >= scale), (1.0, ""))
    return in_figures(f"{value / scale:.4g} {unit}".strip())


def scale_of(kind: Kind, top: float) -> tuple[float, str]:
    """Return by what a value is divided for people to type it, and the unit it then has."""
    match kind.unit:
        case "B":
            return (1e6, "MB") if top < 1e10 else (1e9, "GB")
        case "1" if kind.metric == "parameters":
            return 1e6, "M"
        case "1":
            return 0.01, "%"
        case "1/s":
            return 1.0, "/s"
        case _:
            return 1.0, kind.unit
