"""What this computer's processor can do, read without any framework."""

import os
from functools import cache
from pathlib import Path

import msgspec


class CpuFeatures(msgspec.Struct, frozen=True, kw_only=True):
    """What matters to INT8 and bf16. None where this system does not tell."""

    name: str
    has_vnni: bool | None = None
    has_amx: bool | None = None
    has_bf16: bool | None = None

    @property
    def saturates(self) -> bool:
        """Whether 16-bit sums can overflow in INT8: neither VNNI nor AMX."""
        return self.has_vnni is False and self.has_amx is False

    @property
    def summary(self) -> str:
        """What there is of it, for a status bar: ``AVX-512 VNNI · AMX · BF16``."""
        there = [
            name
            for name, has in (("VNNI", self.has_vnni), ("AMX", self.has_amx), ("BF16", self.has_bf16))
            if has
        ]
        return " · ".join(there) if there else self.name


@cache
def cpu_features() -> CpuFeatures:
    """Read ``/proc/cpuinfo``."""
    try:
        return parse_cpuinfo(Path("/proc/cpuinfo").read_text("utf-8", errors="replace"))
    except OSError:
        return CpuFeatures(name="CPU")


def parse_cpuinfo(text: str) -> CpuFeatures:
    """Return the features of the first processor that ``text`` lists."""
    fields: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    if "flags" not in fields:
        return CpuFeatures(name=fields.get("model name", "CPU"))
    flags = set(fields["flags"].split())
    return CpuFeatures(
        name=fields.get("model name", "CPU"),
        has_vnni=not flags.isdisjoint({"avx512_vnni", "avx_vnni"}),
        has_amx="amx_int8" in flags,
        has_bf16=not flags.isdisjoint({"avx512_bf16", "amx_bf16"}),
    )


def total_memory_mb() -> float | None:
    """Return how much memory this computer has, in units of 1024² bytes; None where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**2
    except (AttributeError, ValueError, OSError):
        return None
