"""What this machine's processor can multiply natively."""

from functools import cache
from pathlib import Path
from typing import Final

import torch

_BF16_FLAGS: Final = frozenset({"avx512_bf16", "amx_bf16"})


@cache
def cpu_flags() -> frozenset[str]:
    """Return the flags that Linux lists for the first processor; empty elsewhere."""
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return frozenset()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("flags"):
            return frozenset(line.partition(":")[2].split())
    return frozenset()


def training_dtype(precision: str) -> torch.dtype | None:
    """Return the type to multiply in while training; None is float32, without autocast.

    Args:
        precision: auto, f32 or bf16. auto takes bf16 where the CPU multiplies it natively.
    """
    if precision == "bf16" or (precision == "auto" and cpu_flags() & _BF16_FLAGS):
        return torch.bfloat16
    return None
