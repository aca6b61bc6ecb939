"""The one door to NNCF's hooks on a network's operations; NNCF ships no types to check by."""

from importlib import import_module
from typing import Any, Final

import torch
from torch import nn

from app.engine import kernels

HOOKS_MODULE: Final = "__nncf_hooks"
"""Name of the submodule in which NNCF keeps what it hangs into a network."""

_function_hook: Any = import_module("nncf.torch.function_hook")
_executor_mode: Any = import_module("nncf.torch.function_hook.hook_executor_mode")
_nncf_torch: Any = import_module("nncf.torch")


def is_wrapped(network: nn.Module) -> bool:
    """Whether ``network`` can carry hooks."""
    wrapped: bool = _function_hook.is_wrapped(network)
    return wrapped


def wrap(network: nn.Module) -> None:
    """Make ``network`` carry hooks, in place; nothing happens where it does already."""
    if not is_wrapped(network):
        _function_hook.wrap_model(network)


def storage(network: nn.Module) -> Any:
    """Return NNCF's storage of the hooks of a wrapped ``network``."""
    return _function_hook.get_hook_storage(network)


def build_graph(network: nn.Module, inputs: dict[str, torch.Tensor]) -> Any:
    """Return the networkx graph of one forward pass of a wrapped ``network``, its hooks included."""
    return _function_hook.build_graph(network, **inputs)


def count_calls(network: nn.Module, inputs: dict[str, torch.Tensor]) -> dict[str, int]:
    """Return how often each operation (``path/function``) runs in a forward pass of a wrapped ``network``."""
    with _executor_mode.FunctionHookMode(network, storage(network)) as mode:
        mode.model.forward.orig_forward(**inputs)
    return dict(mode.op_calls)


def hook_behind(network: nn.Module, parameter_name: str, hook: nn.Module) -> Any:
    """Let ``hook`` stand behind a parameter of a wrapped ``network``; the handle's ``remove`` ends that."""
    return _function_hook.register_post_function_hook(network, parameter_name, 0, hook)


def hook_config(network: nn.Module) -> dict[str, Any] | None:
    """Return what `load_hooks` makes the hooks of ``network`` from, None for a plain network."""
    return _nncf_torch.get_config(network) if is_wrapped(network) else None


def load_hooks(network: nn.Module, config: dict[str, Any]) -> nn.Module:
    """Return ``network`` with the hooks that ``config`` describes; their values come with a state dict."""
    kernels.install()
    loaded: nn.Module = _nncf_torch.load_from_config(network, config)
    return loaded
