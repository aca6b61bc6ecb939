"""An OpenVINO device as the window shows it."""

import msgspec


class Device(msgspec.Struct, frozen=True):
    """One device and what it can do."""

    name: str
    """CPU, GPU, GPU.1, NPU"""
    full_name: str
    capabilities: tuple[str, ...]
    """OPTIMIZATION_CAPABILITIES: FP32, BF16, INT8, …"""
    has_vnni: bool | None = None
    has_amx: bool | None = None
