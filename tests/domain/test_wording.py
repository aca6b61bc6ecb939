"""Figures as people read them."""

import pytest

from app.domain import wording


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.count_text(22_713_216), "22.7 M"),
        (wording.count_text(512), "512"),
        (wording.count_text(None), "—"),
        (wording.bytes_text(86_700_000), "86.7 MB"),
        (wording.bytes_text(None), "—"),
        (wording.percent_text(0.461), "46.1 %"),
        (wording.accuracy_text(0.908, 0.885, 0.931), "90.8 ± 2.3 %"),
        (wording.accuracy_text(0.908), "90.8 %"),
        (wording.milliseconds_text(2.614), "2.61 ms"),
        (wording.milliseconds_text(11.84), "11.8 ms"),
        (wording.milliseconds_text(412.3), "412 ms"),
        (wording.rate_text(301.4), "301 /s"),
        (wording.ratio_text(5.14), "5.1×"),
        (wording.duration_text(40), "40 s"),
        (wording.duration_text(72), "1 min 12 s"),
        (wording.duration_text(7500), "2 h 5 min"),
        (wording.shape_text((1, 32)), "1×32"),
        (wording.figure_text("ir_size", 16.9e6, "B"), "16.9 MB"),
        (wording.figure_text("linear_sparsity", 0.46, "1"), "46.0 %"),
        (wording.figure_text("parameters", 5_310_000, "1"), "5.3 M"),
    ],
)
def test_figures_carry_their_units(said: str, expected: str) -> None:
    assert said == expected
