"""Contrast of every pair of colours that is painted, computed from the tokens as WCAG 2.2 defines it."""

import json
import re
from pathlib import Path
from string import Template

import pytest

ROOT = Path(__file__).parents[2]
THEME = ROOT / "resources" / "theme"
TEXT, MARK = 4.5, 3.0
SURFACES = ("bg", "panel", "panel2")

# What stands on what, and why. A mark is what carries meaning without being text: a curve, a bar, an icon.
TEXT_ON: dict[str, tuple[str, ...]] = {
    # Plain text; `line` is a pressed button, okbg… the notices, warmup and finetune the bands of a chart.
    "text": (*SURFACES, "hover", "accentbg", "line", "okbg", "warnbg", "badbg", "warmup", "finetune"),
    # Labels, notes, the status of a job (also of the selected one), names of bands.
    "dim": (*SURFACES, "hover", "accentbg", "warmup", "finetune"),
    # Paths of fields, placeholders, the suffix of a model's name, also in a selected and a hovered row.
    "faint": (*SURFACES, "hover", "accentbg"),
    # Links and pills; the current page in the rail.
    "accent": ("panel", "bg", "hover", "accentbg"),
    # How a job stands, a measured gain or loss, a reason at a field; also in a selected and a hovered row.
    "ok": (*SURFACES, "hover", "accentbg"),
    "warn": (*SURFACES, "hover", "accentbg"),
    "bad": (*SURFACES, "hover", "accentbg"),
    # Primary buttons and selected text.
    "accent_text": ("accent", "accent_hover"),
    # Visited links.
    "a2": ("panel", "bg"),
}
MARK_ON: dict[str, tuple[str, ...]] = {
    # Focus rings, curves, bars, progress (beside its track), kept heads.
    "accent": (*SURFACES, "hover", "accentbg", "warmup", "finetune", "track"),
    # Feed-forward parts: bars, and a curve that crosses both bands.
    "ffn": ("panel", "warmup", "finetune"),
    # Other parts: bars; the outline of a removed head.
    "other": ("panel",),
    # The scrubber, a curve that crosses both bands.
    "a2": ("panel", "warmup", "finetune"),
    # Icons of notices.
    "ok": ("okbg",),
    "warn": ("warnbg",),
    "bad": ("badbg",),
    # The box of a tick.
    "faint": ("panel",),
    # The ring of a focused primary button, against what lies around the button; the total of a loss.
    "text": ("panel", "warmup", "finetune"),
    # The label of a button is text; its icon is a mark.
    "dim": ("panel", "panel2"),
}
NO_CONTRAST = {
    "line": "separates, and nothing is lost without it",
    "border": "frames a field that its filling, its label and its text show as well",
    "track": "the part of a bar that is not filled",
    "gone": "a scroll bar's handle, and the groove of a slider that is off",
    "hover": "answers the mouse, which shows itself where it is",
    "accent_hover": "a ground alone",
    **dict.fromkeys(("bg", "panel", "panel2", "accentbg", "okbg", "warnbg", "badbg"), "a ground alone"),
    **dict.fromkeys(("warmup", "finetune"), "a band of a chart, which is named in it"),
}


def tokens(scheme: str) -> dict[str, str]:
    return json.loads((THEME / f"{scheme}.json").read_text("utf-8"))


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, “relative luminance”)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_ON, TEXT), (MARK_ON, MARK)], ids=["text", "marks"])
def test_every_pair_has_the_contrast_it_needs(
    scheme: str, pairs: dict[str, tuple[str, ...]], least: float
) -> None:
    table = tokens(scheme)
    weak = [
        f"{over} on {under}: {ratio:.2f}"
        for over, grounds in pairs.items()
        for under in grounds
        if (ratio := contrast(table[over], table[under])) < least
    ]
    assert weak == []


def test_every_colour_has_its_pairs_or_a_reason_to_have_none() -> None:
    names = set(tokens("light")) - {"scheme"}
    assert names == set(tokens("dark")) - {"scheme"}
    assert names == set(TEXT_ON) | set(MARK_ON) | set(NO_CONTRAST)


def test_the_style_sheet_writes_in_colours_for_text_alone() -> None:
    sheet = (THEME / "app.qss").read_text("utf-8")
    Template(sheet).substitute(tokens("light"))  # knows every token that the sheet names
    written: set[tuple[str, str]] = set()
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        if ":disabled" in selector:
            continue  # what cannot be used is exempt, and is to be seen as such
        ground = re.search(r"(?<![\w-])background: \$(\w+)", body)
        for colour in re.findall(r"(?<![\w-])(?:selection-)?color: \$(\w+)", body):
            written.add((colour, ground.group(1) if ground and "selection" not in body else ""))
    unknown = [
        f"{over} on {under or 'a surface'}"
        for over, under in sorted(written)
        if over not in TEXT_ON or (under and under not in TEXT_ON[over])
    ]
    assert unknown == []


def test_painted_widgets_write_in_colours_for_text_alone() -> None:
    pens = re.compile(r"set(?:Text)?Pen\(self\._look\.color\(\"(\w+)\"\)\)\s*\n[^\n]*drawText")
    strangers = [
        f"{path.name}: {colour}"
        for path in sorted((ROOT / "app" / "views").rglob("*.py"))
        for colour in pens.findall(path.read_text("utf-8"))
        if colour not in TEXT_ON
    ]
    assert strangers == []
