"""The style sheet in another size."""

from app.services.theme import scaled_sheet


def test_lengths_grow_and_lines_stay_lines() -> None:
    sheet = "a { padding: 0 13px; border: 1px solid #fff; border-radius: 6px; margin: -5px 0; }"
    assert scaled_sheet(sheet, 2.0) == (
        "a { padding: 0 26px; border: 1px solid #fff; border-radius: 12px; margin: -10px 0; }"
    )


def test_a_thicker_line_takes_its_pixels_from_what_is_inside_at_every_size() -> None:
    for scale in (0.75, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0):
        plain = scaled_sheet("min-height: 30px; border: 1px", scale)
        focused = scaled_sheet("min-height: 30px-2px; border: 2px", scale)
        inner, line = (int(part.split(":")[1].strip(" px")) for part in plain.split(";"))
        inner_focused, line_focused = (int(part.split(":")[1].strip(" px")) for part in focused.split(";"))
        assert inner + 2 * line == inner_focused + 2 * line_focused


def test_names_of_files_are_no_lengths() -> None:
    assert scaled_sheet("image: url(theme:caret-16px.svg)", 2.0) == "image: url(theme:caret-16px.svg)"
