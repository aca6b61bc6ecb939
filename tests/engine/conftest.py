"""Engine tests run in one process with libraries that the worker otherwise has to itself."""

import pytest
import torch

from app.engine.kernels import prepare

torch.set_num_threads(1)  # networks this small only lose time to a second thread


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> None:
    """Stand in for the window's leak check: libraries keep thread pools for the life of the worker."""


@pytest.fixture(scope="session")
def kernels() -> None:
    """The kernels of fake quantization are there; on a fresh machine they are compiled now."""
    prepare(lambda _text: None)
