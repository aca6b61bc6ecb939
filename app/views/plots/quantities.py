"""What the values of a curve are: how they stand on the axis and in the reading."""

from collections.abc import Callable
from typing import Final

import msgspec

from app.domain.language import in_figures
from app.domain.wording import milliseconds_text

_MB_PER_GB: Final = 1000.0


class Quantity(msgspec.Struct, frozen=True):
    """A kind of value with its unit."""

    tick: Callable[[float, float], str]
    """Text of a value on the axis, given the distance between two ticks."""
    reading: Callable[[float], str]
    is_share: bool = False
    """The axis goes from 0 to 1, whatever the values are."""


def _decimals(spacing: float) -> int:
    """Return how many decimals tell two ticks apart."""
    places = 0
    while places < 6 and abs(spacing * 10**places - round(spacing * 10**places)) > 1e-6:
        places += 1
    return places


def _plain_tick(value: float, spacing: float) -> str:
    return in_figures(f"{value:.{_decimals(spacing)}f}")


def _share_tick(value: float, spacing: float) -> str:
    return in_figures(f"{100 * value:.{_decimals(100 * spacing)}f} %")


def _rate_tick(value: float, _spacing: float) -> str:
    return in_figures("0" if abs(value) < 1e-12 else f"{value:.1e}".replace("e-0", "e-"))


def _milliseconds_tick(value: float, spacing: float) -> str:
    return in_figures(f"{value:,.{_decimals(spacing)}f} ms")


def _memory_tick(value: float, spacing: float) -> str:
    if spacing < 100:
        return in_figures(f"{value:,.0f} MB")
    return in_figures(f"{value / _MB_PER_GB:.1f} GB")


PLAIN: Final = Quantity(_plain_tick, lambda value: in_figures(f"{value:.4g}"))
SHARE: Final = Quantity(_share_tick, lambda value: in_figures(f"{100 * value:.1f} %"), is_share=True)
RATE: Final = Quantity(_rate_tick, lambda value: in_figures(f"{value:.2e}"))
MILLISECONDS: Final = Quantity(_milliseconds_tick, milliseconds_text)
MEMORY: Final = Quantity(_memory_tick, lambda value: in_figures(f"{value:,.0f} MB"))
