"""A measured figure with everything that is needed to believe it."""

import msgspec


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. Whatever shows a number about a model shows one of these."""

    id: str
    model_id: str
    metric: str
    """accuracy, latency_p50, latency_p95, throughput, ir_size, checkpoint_size, load_time,
    linear_sparsity, parameters, agreement …"""
    value: float
    unit: str
    """1 (a ratio), ms, 1/s, B, …"""
    low: float | None = None
    """Lower bound of the 95 % interval, where one was computed."""
    high: float | None = None
    n: int | None = None
    """Samples behind the figure."""
    dataset_id: str | None = None
    dataset_hash: str | None = None
    device: str | None = None
    """OpenVINO device, or ``torch-cpu``."""
    precision: str | None = None
    """INFERENCE_PRECISION_HINT that was set and executed: f32, bf16 or f16."""
    shape: tuple[int, ...] | None = None
    """Batch and length."""
    hint: str | None = None
    """latency or throughput."""
    streams: int | None = None
    subject: str = "ir"
    """What was measured: ``ir`` or ``torch``."""
    versions: dict[str, str] = {}
    measured_at: str = ""
    """UTC, ISO 8601."""
    run_id: str | None = None
