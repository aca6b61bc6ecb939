"""What can be chosen about the program, as data: settings, their form and the palette come from one table."""

from enum import StrEnum
from typing import Final

import msgspec

from app.domain.device import CPU
from app.domain.language import LANGUAGES, marked

Value = bool | str
SYSTEM: Final = "system"
"""As the desktop has it."""


class Group(StrEnum):
    """What belongs together on the page."""

    LOOK = "look"
    WORK = "work"


class Option(msgspec.Struct, frozen=True):
    """One of the values that a preference takes, and what it is called."""

    value: str
    title: str


class Preference(msgspec.Struct, frozen=True, kw_only=True):
    """One preference: a switch, a choice of its options, or of what is found on this machine."""

    id: str
    group: Group
    title: str
    help: str
    default: Value
    options: tuple[Option, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether ``value`` is one that this preference takes."""
        if self.options:
            return value in {option.value for option in self.options}
        return isinstance(value, bool) if self.is_switch else isinstance(value, str) and bool(value)

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return isinstance(self.default, bool)


SIZES_PERCENT: Final = (75, 90, 100, 110, 125, 150, 175, 200)
"""Presentation sizes, as Ctrl+plus and Ctrl+minus step through them."""

THEME: Final = Preference(
    id="theme",
    group=Group.LOOK,
    title=marked("Theme"),
    help=marked("Light, dark, or as the desktop has it."),
    default=SYSTEM,
    options=(
        Option(SYSTEM, marked("Same as the system")),
        Option("light", marked("Light")),
        Option("dark", marked("Dark")),
    ),
)
SIZE: Final = Preference(
    id="size",
    group=Group.LOOK,
    title=marked("Presentation size"),
    help=marked("Scales text and everything around it. From 150 % on it is readable at two metres."),
    default="100",
    options=tuple(Option(str(percent), f"{percent} %") for percent in SIZES_PERCENT),
)
LANGUAGE: Final = Preference(
    id="language",
    group=Group.LOOK,
    title=marked("Language"),
    help=marked("Logs and what the engine reports stay English."),
    default=SYSTEM,
    options=(
        Option(SYSTEM, marked("Same as the system")),
        *(Option(code, name) for code, name in LANGUAGES.items()),
    ),
)
OFFLINE: Final = Preference(
    id="offline",
    group=Group.WORK,
    title=marked("Work offline"),
    help=marked("Nothing is fetched from the Hugging Face hub; what was downloaded before can be imported."),
    default=False,
)
DEVICE: Final = Preference(
    id="device",
    group=Group.WORK,
    title=marked("Device"),
    help=marked("Preselected in Try, Compare, Benchmark and Execution; Compress gives its advice for it."),
    default=CPU,
)
"""Its options are the devices that OpenVINO finds."""
NOTIFY: Final = Preference(
    id="notify",
    group=Group.WORK,
    title=marked("Notify when a job ends"),
    help=marked("Shows a desktop notification while the window is in the background."),
    default=True,
)
PREFERENCES: Final = (THEME, SIZE, LANGUAGE, DEVICE, OFFLINE, NOTIFY)


def size_of(value: object) -> float:
    """Return the scale of a presentation size, 1 for 100 %."""
    return int(str(value)) / 100 if SIZE.accepts(value) else 1.0


def stepped_size(value: object, steps: int) -> str:
    """Return the presentation size so many steps larger or smaller, the last one at the end."""
    now = SIZES_PERCENT.index(round(100 * size_of(value)))
    return str(SIZES_PERCENT[min(max(now + steps, 0), len(SIZES_PERCENT) - 1)])
