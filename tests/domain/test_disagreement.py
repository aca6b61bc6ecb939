"""Rows on which models differ, and what they add up to."""

import pytest

from app.domain.disagreement import DifferingRow, GivenAnswer, differing_among, pair_figures
from app.domain.layer_comparison import OUTSIDE, LayerCost, LayerView, layer_rows
from tests.factories import KEPT_HEADS, make_model, make_variant


def row(number: int, truth: str, *labels: str) -> DifferingRow:
    return DifferingRow(number, f"text {number}", truth, tuple(GivenAnswer(label, 0.6) for label in labels))


ROWS = (
    row(1, "a", "a", "b", "a"),
    row(2, "b", "a", "b", "b"),
    row(3, "a", "a", "a", "b"),
    row(4, "b", "a", "b", "a"),
)


def test_rows_on_which_only_others_differ_are_left_out() -> None:
    assert [one.row for one in differing_among(ROWS, [0, 1])] == [1, 2, 4]
    turned = differing_among(ROWS, [2, 0])
    assert [one.row for one in turned] == [2, 3]
    assert [answer.label for answer in turned[0].answers] == ["b", "a"]
    assert turned[0].is_right(0)


def test_agreement_and_difference_follow_for_any_reference() -> None:
    figures = pair_figures(ROWS, 100, 0, 1)
    assert figures.agreement == pytest.approx(0.97)
    assert figures.difference == pytest.approx(0.01)  # two gained, one lost
    assert figures.difference_low < figures.difference < figures.difference_high
    assert figures.agreement_low < 0.97 < figures.agreement_high
    back = pair_figures(ROWS, 100, 1, 0)
    assert back.difference == pytest.approx(-0.01)
    assert (back.difference_low, back.difference_high) == pytest.approx(
        (-figures.difference_high, -figures.difference_low)
    )


def test_layers_stand_in_one_row_and_what_is_outside_last() -> None:
    records = [make_model(), make_variant(), make_model("m-3", "ir", structure=None)]
    rows = layer_rows(records, LayerView.PARAMETERS, ())
    assert [one.layer for one in rows] == [0, 1, 2, 3, 4, 5, OUTSIDE]
    first = rows[0].cells
    assert first[0] is not None
    assert sum(first[0].parts) == first[0].value
    assert first[2] is None
    heads = layer_rows(records, LayerView.HEADS, ())
    kept = [one.cells[1] for one in heads]
    assert [cell.value for cell in kept if cell] == list(KEPT_HEADS)
    assert all(cell.total == 12 for cell in kept if cell)


def test_time_and_error_come_from_a_comparison_alone() -> None:
    records = [make_model(), make_variant()]
    costs = (LayerCost("m-1", 0, 0.8, 0.0), LayerCost("m-2", 0, 0.3, 0.12), LayerCost("m-2", OUTSIDE, 0.1))
    times = layer_rows(records, LayerView.TIME, costs)
    assert [one.layer for one in times] == [0, OUTSIDE]
    assert times[1].cells[0] is None
    errors = layer_rows(records, LayerView.ERROR, costs)
    assert [cell.value for cell in errors[0].cells if cell] == [0.0, 0.12]
    assert layer_rows(records, LayerView.TIME, ()) == ()
