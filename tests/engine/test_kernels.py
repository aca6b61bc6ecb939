"""The kernels of fake quantization: results the same as NNCF's, and what happens when they are compiled."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from app.domain.errors import AppError
from app.engine import kernels
from app.engine.kernels import Kernels
from tests.workers import ROOT

pytestmark = [pytest.mark.usefixtures("kernels"), pytest.mark.timeout(300)]

LEVELS = {"levels": 256, "level_low": -128, "level_high": 127}
# Weights by row, activations as a whole, heads along a middle dimension, sizes that fill no vector.
SHAPES = [
    ((384, 100), (384, 1)),
    ((7, 9000), (7, 1)),
    ((8, 33, 40), (1, 1, 1)),
    ((8, 33, 40), (1,)),
    ((2, 12, 19, 16), (1, 12, 1, 1)),
    ((5,), (1,)),
]
shapes = pytest.mark.parametrize(("shape", "ranges"), SHAPES)


def case(shape: tuple[int, ...], ranges: tuple[int, ...], dtype: torch.dtype = torch.float32) -> Any:
    """Return values, some outside their range, gradients, and the ranges' low ends and widths."""
    torch.manual_seed(3)
    values, gradient = torch.randn(shape, dtype=dtype) * 2, torch.randn(shape, dtype=dtype)
    low, span = -torch.rand(ranges, dtype=dtype) - 0.5, torch.rand(ranges, dtype=dtype) + 2
    return values, gradient, low, span


def rounded_by_tensors(values: torch.Tensor, low: torch.Tensor, span: torch.Tensor) -> torch.Tensor:
    """Round by one tensor operation after the other, as NNCF's own C++ does."""
    scale = torch.div(torch.tensor(255, dtype=span.dtype), span)  # 255 / span would multiply by 1 / span
    clamped = torch.maximum(torch.minimum(values, low + span), low)
    return ((clamped - low) * scale - (-low * scale).round()).round() / scale


def summed_like(values: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    """Sum ``values`` to the shape of ``like``."""
    return values.sum().reshape(like.shape) if like.numel() == 1 else values.sum_to_size(like.shape)


@shapes
def test_values_are_rounded_as_nncf_rounds_them_to_the_last_bit(
    shape: tuple[int, ...], ranges: tuple[int, ...]
) -> None:
    values, _, low, span = case(shape, ranges)

    rounded = Kernels.Quantize_forward(values, low, span, 256)

    assert torch.equal(rounded, rounded_by_tensors(values, low, span))
    assert len(rounded.unique()) > 3
    assert not torch.equal(rounded, values)


@shapes
def test_gradients_are_those_of_nncf(shape: tuple[int, ...], ranges: tuple[int, ...]) -> None:
    values, gradient, low, span = case(shape, ranges, torch.float64)

    to_values, to_low, to_span = Kernels.Quantize_backward(gradient, values, low, span, **LEVELS)

    high, rounded = low + span, rounded_by_tensors(values, low, span)
    inside = (values >= low) & (values <= high)
    assert not bool(inside.all())
    assert torch.equal(to_values, gradient * inside)
    slopes = torch.where(values > high, 1.0, torch.where(values < low, -128 / 127, (rounded - values) / span))
    assert torch.allclose(to_span, summed_like(gradient * slopes, span), rtol=1e-9, atol=1e-9)
    assert torch.allclose(to_low, summed_like(gradient * ~inside, low), rtol=1e-9, atol=1e-9)


@shapes
def test_sums_in_float32_are_near_those_in_float64(shape: tuple[int, ...], ranges: tuple[int, ...]) -> None:
    values, gradient, low, span = case(shape, ranges)
    precise = [each.double() for each in (gradient, values, low, span)]

    found = Kernels.Quantize_backward(gradient, values, low, span, **LEVELS)

    expected = Kernels.Quantize_backward(*precise, **LEVELS)
    scale = float(gradient.abs().sum() / low.numel())
    for ours, theirs in zip(found[1:], expected[1:], strict=True):
        assert float((ours - theirs).abs().max()) < 1e-4 * scale


def test_sums_do_not_depend_on_the_number_of_threads() -> None:
    values, gradient, low, span = case((64, 40, 96), (1,))
    threads = torch.get_num_threads()
    found = []
    try:
        for count in (1, 2, 3):
            torch.set_num_threads(count)
            found.append(Kernels.Quantize_backward(gradient, values, low, span, **LEVELS))
    finally:
        torch.set_num_threads(threads)

    for other in found[1:]:
        assert all(torch.equal(ours, first) for ours, first in zip(other, found[0], strict=True))


def test_bf16_is_rounded_in_float32_and_only_then_shortened() -> None:
    values, gradient, low, span = case((8, 33, 40), (1,), torch.bfloat16)

    rounded = Kernels.Quantize_forward(values, low, span, 256)
    to_values, to_low, _ = Kernels.Quantize_backward(gradient, values, low, span, **LEVELS)

    precise = Kernels.Quantize_forward(values.float(), low.float(), span.float(), 256)
    assert torch.equal(rounded, precise.bfloat16())
    assert to_values.dtype == to_low.dtype == torch.bfloat16


def test_a_strided_input_and_an_empty_one_are_taken() -> None:
    values, _, low, span = case((12, 40), (1,))

    turned = Kernels.Quantize_forward(values.T, low, span, 256)

    assert torch.equal(turned, Kernels.Quantize_forward(values, low, span, 256).T)
    assert Kernels.Quantize_forward(values[:0], low, span, 256).shape == (0, 40)


def test_what_is_no_number_stays_none() -> None:
    values, _, low, span = case((40,), (1,))
    values[7] = torch.nan

    assert Kernels.Quantize_forward(values, low, span, 256).isnan().nonzero().tolist() == [[7]]


def test_ranges_along_two_dimensions_are_refused() -> None:
    values, _, low, span = case((4, 5), (4, 5))

    with pytest.raises(RuntimeError, match="along one dimension"):
        Kernels.Quantize_forward(values, low, span, 256)


_PREPARE = """
from app.domain.errors import AppError
from app.engine import kernels
try:
    kernels.prepare(print)
except AppError as error:
    print(error.problem.code, error.problem.detail[:200])
else:
    import torch
    print(torch.ops.whittle.fake_quantize, "loaded")
"""


def preparing(cache: Path, **environment: str) -> subprocess.Popen[str]:
    """Start a process that prepares the kernels with a cache of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", _PREPARE],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_that_compile_at_once_both_get_the_kernels_and_leave_one_file(tmp_path: Path) -> None:
    both = [preparing(tmp_path), preparing(tmp_path)]

    said = [process.communicate(timeout=240)[0] for process in both]

    assert all("loaded" in text for text in said)
    assert len(list((tmp_path / "whittle" / "kernels").iterdir())) == 1


def test_a_machine_without_a_compiler_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []

    with pytest.raises(AppError) as caught:
        kernels.prepare(said.append)

    assert caught.value.problem.code == "no_compiler"
    assert "g++" in caught.value.problem.advice
    assert list((tmp_path / "whittle" / "kernels").iterdir()) == []


def test_what_a_failing_compiler_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = tmp_path / "broken-c++"
    compiler.write_text("#!/bin/sh\necho 'no such standard: c++20' >&2\nexit 1\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CXX", str(compiler))

    with pytest.raises(AppError) as caught:
        kernels.prepare(lambda _text: None)

    assert caught.value.problem.code == "kernels_not_built"
    assert "no such standard" in caught.value.problem.detail
    assert list((tmp_path / "whittle" / "kernels").iterdir()) == []
