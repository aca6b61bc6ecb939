"""What is asked of any torch network: its modules by name and type, its size, and eval mode for a while."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from torch import nn

from app.engine.hooks import HOOKS_MODULE


def modules(network: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """Yield the name and module of everything inside ``network``, itself included."""
    untyped: Any = network  # torch gives this method no types
    yield from untyped.named_modules()


def linear_names(network: nn.Module) -> list[str]:
    """Return the names of the linear layers."""
    return [name for name, module in modules(network) if isinstance(module, nn.Linear)]


def linear(network: nn.Module, name: str) -> nn.Linear:
    """Return the linear layer at ``name``.

    Raises:
        TypeError: Something else is there.
    """
    module = network.get_submodule(name)
    if not isinstance(module, nn.Linear):
        raise TypeError(f"{name} is {type(module).__name__}, not a linear layer")
    return module


def bias_of(network: nn.Module, name: str) -> nn.Parameter | None:
    """Return the bias of the linear layer at ``name``, None where it has none."""
    bias: nn.Parameter | None = getattr(linear(network, name), "bias", None)
    return bias


def is_quantizers(parameter_name: str) -> bool:
    """Whether the parameter of this name belongs to a quantizer and not to the network itself."""
    return f"{HOOKS_MODULE}." in parameter_name


def parameter_counts(network: nn.Module) -> dict[str, int]:
    """Return the number of elements of each parameter; quantizers do not count."""
    return {name: p.numel() for name, p in network.named_parameters() if not is_quantizers(name)}


@contextmanager
def evaluating(network: nn.Module) -> Generator[None]:
    """Put ``network`` into eval mode for a while."""
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)
