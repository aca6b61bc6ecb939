"""An OpenVINO device as the window shows it."""

from typing import Final

import msgspec

CPU: Final = "CPU"
_MATRIX_UNITS: Final = "GPU_HW_MATMUL"


class Device(msgspec.Struct, frozen=True):
    """One device and what it can do."""

    name: str
    """CPU, GPU, GPU.1, NPU"""
    full_name: str = ""
    """FULL_DEVICE_NAME, empty where the device does not tell."""
    capabilities: tuple[str, ...] = ()
    """OPTIMIZATION_CAPABILITIES: FP32, BF16, INT8, GPU_HW_MATMUL …; empty where the device does not tell."""

    @property
    def has_int8(self) -> bool:
        """Whether it computes INT8."""
        return "INT8" in self.capabilities

    @property
    def has_matrix_units(self) -> bool:
        """Whether a GPU has units for matrix products (XMX)."""
        return _MATRIX_UNITS in self.capabilities
