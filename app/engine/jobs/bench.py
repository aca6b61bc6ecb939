"""Measure latency, throughput, load time and memory of a model's IR."""

from pathlib import Path

from app.domain.job import BenchSpec
from app.domain.model import IR_FOLDER
from app.engine.context import JobContext
from app.engine.export import ir_size_bytes
from app.engine.measuring import append_measurements, measure_speed, measurement, speed_measurements
from app.engine.openvino_runtime import require_ir


def run(spec: BenchSpec, context: JobContext) -> dict[str, object]:
    """Run the benchmark that ``spec`` describes.

    Raises:
        AppError: As `measure_speed`.
    """
    folder = Path(spec.model.folder)
    ir = require_ir(folder / IR_FOLDER)
    context.stage("measure", 0, 1)
    speed = measure_speed(
        ir,
        device=spec.device,
        precision=spec.precision,
        hint=spec.hint,
        batch=spec.batch,
        length=spec.length,
        seconds=spec.seconds,
        streams=spec.streams,
        stop=context.check,
        progress=lambda done, total: context.progress(done, total, fraction=done / max(total, 1)),
    )
    if speed.executed_precision != spec.precision:
        context.log(
            f"{spec.device} has no {spec.precision}: the model ran in {speed.executed_precision}.", "warning"
        )
    size_bytes = ir_size_bytes(ir)
    measurements = [
        measurement(spec.model.id, "ir_size", size_bytes, "B", run_id=spec.run_id),
        *speed_measurements(spec.model.id, spec.run_id, speed),
    ]
    append_measurements(folder, measurements)
    for entry in measurements:
        context.measured(entry)
    return {
        "model_id": spec.model.id,
        "size_bytes": size_bytes,
        "latency_ms": {"p50": speed.p50_ms, "p95": speed.p95_ms},
        "throughput_per_s": speed.throughput_per_s,
        "load_ms": speed.load_ms,
        "memory_bytes": speed.memory_bytes,
        "executed_precision": speed.executed_precision,
        "shape": [speed.batch, speed.length],
        "hint": speed.hint,
        "streams": speed.streams,
        "device": speed.device,
        "n": speed.n,
    }
