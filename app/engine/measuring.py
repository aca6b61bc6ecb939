"""Speed, size and memory of an IR, and measurements as the model's folder keeps them."""

import errno
import os
import statistics
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt
import psutil

from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE
from app.engine.openvino_runtime import CompiledIr, Features, go_on, keep_quiet

_WARMUP_SHARE: Final = 0.1
_WARMUP_REQUESTS: Final = 3
_DEFAULT_VOCABULARY: Final = 1000
_FIRST_PLAIN_ID: Final = 1
"""Id 0 is padding in most vocabularies."""
_LIBRARIES: Final = ("openvino", "openvino-tokenizers", "optimum-intel", "nncf", "torch", "transformers")


@dataclass(frozen=True)
class SpeedResult:
    """What `measure_speed` found. Latency is of requests one after another, throughput of parallel ones."""

    p50_ms: float
    p95_ms: float
    throughput_per_s: float
    """Sentences a second: requests a second times batch."""
    load_ms: float
    """Read, compile and make ready."""
    memory_bytes: int
    """Growth of the process's resident memory from before loading to after the last request."""
    n: int
    """Requests behind the latency."""
    n_throughput: int
    """Requests behind the throughput."""
    device: str
    executed_precision: str
    hint: str
    streams: int | None
    batch: int
    length: int


@dataclass(frozen=True)
class SpeedRatio:
    """Throughput of two IRs measured in turn."""

    ratio: float
    """Median of b over median of a: above 1, b is faster."""
    low: float
    """Smallest of the rounds' own ratios."""
    high: float
    """Largest of the rounds' own ratios."""
    a_per_s: float
    b_per_s: float
    rounds: int


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that figures depend on, without importing them."""
    return {name: metadata.version(name) for name in _LIBRARIES}


def measure_speed(
    folder: Path,
    *,
    device: str = "CPU",
    precision: str = "f32",
    hint: str = "latency",
    batch: int = 1,
    length: int = 128,
    seconds: float = 10.0,
    streams: int | None = None,
    stop: Callable[[], None] = go_on,
    progress: Callable[[int, int], None] = keep_quiet,
) -> SpeedResult:
    """Measure an IR at a fixed shape of random tokens: half the time latency, half throughput.

    Args:
        folder: Holds the IR.
        device: OpenVINO device.
        precision: f32, bf16 or f16.
        hint: latency or throughput.
        batch: Sentences per request.
        length: Tokens a sentence, all of them attended to.
        seconds: In all, without loading.
        streams: None leaves it to the hint.
        stop: Called between requests; what it raises ends the measuring.
        progress: Called with milliseconds measured and in all.

    Raises:
        AppError: As `CompiledIr`.
    """
    process = psutil.Process()
    before = process.memory_info().rss
    ir = CompiledIr(folder, device, precision, hint, streams, shape=(batch, length))
    inputs = random_inputs(ir, batch, length, folder)
    clock = _Clock(seconds, stop, progress)
    clock.run(seconds * _WARMUP_SHARE, lambda: ir.request.infer(inputs), at_least=_WARMUP_REQUESTS)
    latencies_ms = clock.run(seconds * (1 - _WARMUP_SHARE) / 2, lambda: ir.request.infer(inputs))
    requests, elapsed_s = _throughput(ir, inputs, seconds * (1 - _WARMUP_SHARE) / 2, clock)
    return SpeedResult(
        p50_ms=float(np.percentile(latencies_ms, 50)),
        p95_ms=float(np.percentile(latencies_ms, 95)),
        throughput_per_s=requests * batch / elapsed_s,
        load_ms=ir.load_ms,
        memory_bytes=max(0, process.memory_info().rss - before),
        n=len(latencies_ms),
        n_throughput=requests,
        device=device,
        executed_precision=ir.executed_precision(),
        hint=hint,
        streams=ir.streams,
        batch=batch,
        length=length,
    )


def speed_ratio(
    folder_a: Path,
    folder_b: Path,
    *,
    device: str = "CPU",
    precision: str = "f32",
    batch: int = 1,
    length: int = 128,
    seconds: float = 10.0,
    rounds: int = 5,
    stop: Callable[[], None] = go_on,
    progress: Callable[[int, int], None] = keep_quiet,
) -> SpeedRatio:
    """Measure the throughput of two IRs in alternating rounds, so that a noisy machine hits both alike.

    Args:
        folder_a: Holds the first IR, usually the original's.
        folder_b: Holds the second.
        device: OpenVINO device.
        precision: f32, bf16 or f16.
        batch: Sentences per request.
        length: Tokens a sentence.
        seconds: In all, for both together.
        rounds: Of both; every second one begins with the other.
        stop: Called between requests.
        progress: Called with milliseconds measured and in all.

    Raises:
        AppError: As `CompiledIr`.
    """
    clock = _Clock(seconds, stop, progress)
    runs = [
        (ir, random_inputs(ir, batch, length, folder))
        for folder in (folder_a, folder_b)
        for ir in (CompiledIr(folder, device, precision, "throughput", shape=(batch, length)),)
    ]
    for ir, inputs in runs:
        for _ in range(_WARMUP_REQUESTS):
            ir.request.infer(inputs)
    rates: list[list[float]] = [[], []]
    for round_index in range(rounds):
        for which in (0, 1) if round_index % 2 == 0 else (1, 0):
            requests, elapsed_s = _throughput(*runs[which], seconds / (2 * rounds), clock)
            rates[which].append(requests * batch / elapsed_s)
    ratios = [b / a for a, b in zip(*rates, strict=True)]
    a_per_s, b_per_s = statistics.median(rates[0]), statistics.median(rates[1])
    return SpeedRatio(b_per_s / a_per_s, min(ratios), max(ratios), a_per_s, b_per_s, rounds)


def logits_of(
    folder: Path,
    sentences: list[Features],
    *,
    device: str = "CPU",
    precision: str = "f32",
    stop: Callable[[], None] = go_on,
    progress: Callable[[int, int], None] = keep_quiet,
) -> npt.NDArray[np.float32]:
    """Return the logits of an IR, (sentences, classes), for features that ``tokenize`` made."""
    return CompiledIr(folder, device, precision).run(sentences, stop=stop, progress=progress)


def random_inputs(ir: CompiledIr, batch: int, length: int, folder: Path) -> dict[str, npt.NDArray[np.int64]]:
    """Return valid token ids, (batch, length), under a mask of ones, the same in every call."""
    ids = np.random.default_rng(0).integers(
        _FIRST_PLAIN_ID, _vocabulary_size(folder), size=(batch, length), dtype=np.int64
    )
    values = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    return {name: values.get(name, np.zeros_like(ids)) for name in ir.input_names}


def _vocabulary_size(folder: Path) -> int:
    config = folder / "config.json"
    if not config.is_file():
        return _DEFAULT_VOCABULARY
    size = msgspec.json.decode(config.read_bytes(), type=dict[str, object]).get("vocab_size")
    return size if isinstance(size, int) and size > _FIRST_PLAIN_ID else _DEFAULT_VOCABULARY


class _Clock:
    """Counts the time of several measurements against one total."""

    def __init__(
        self, seconds: float, stop: Callable[[], None], progress: Callable[[int, int], None]
    ) -> None:
        self._total_ms = int(seconds * 1000)
        self._spent_s = 0.0
        self._stop = stop
        self._progress = progress

    def tick(self, elapsed_s: float) -> None:
        """Let the caller stop, and tell how far the measuring is."""
        self._stop()
        self._progress(min(int((self._spent_s + elapsed_s) * 1000), self._total_ms), self._total_ms)

    def spend(self, elapsed_s: float) -> None:
        """Add a finished measurement."""
        self._spent_s += elapsed_s

    def run(self, seconds: float, request: Callable[[], object], at_least: int = 1) -> list[float]:
        """Repeat ``request`` for ``seconds``; return the milliseconds of each."""
        took_ms: list[float] = []
        started = time.perf_counter()
        elapsed_s = 0.0
        while elapsed_s < seconds or len(took_ms) < at_least:
            self.tick(elapsed_s)
            before = time.perf_counter()
            request()
            after = time.perf_counter()
            took_ms.append((after - before) * 1000)
            elapsed_s = after - started
        self.spend(elapsed_s)
        return took_ms


def _throughput(
    ir: CompiledIr, inputs: dict[str, npt.NDArray[np.int64]], seconds: float, clock: _Clock
) -> tuple[int, float]:
    """Keep the device busy for ``seconds``; return requests and the seconds they took."""
    openvino: Any = import_module("openvino")
    queue = openvino.AsyncInferQueue(ir.compiled)
    started = time.perf_counter()
    requests = 0
    elapsed_s = 0.0
    while elapsed_s < seconds or requests == 0:
        clock.tick(elapsed_s)
        queue.start_async(inputs)
        requests += 1
        elapsed_s = time.perf_counter() - started
    queue.wait_all()
    elapsed_s = time.perf_counter() - started
    clock.spend(elapsed_s)
    return requests, elapsed_s


def measurement(model_id: str, metric: str, value: float, unit: str, **conditions: Any) -> Measurement:
    """Return a `Measurement` taken now, with a new id and the versions of the libraries."""
    return Measurement(
        id=uuid.uuid4().hex,
        model_id=model_id,
        metric=metric,
        value=value,
        unit=unit,
        versions=library_versions(),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        **conditions,
    )


def latency_measurements(model_id: str, run_id: str | None, speed: SpeedResult) -> list[Measurement]:
    """Return p50, p95 and load time as measurements."""
    conditions = _conditions(run_id, speed)
    return [
        measurement(model_id, "latency_p50", speed.p50_ms, "ms", n=speed.n, **conditions),
        measurement(model_id, "latency_p95", speed.p95_ms, "ms", n=speed.n, **conditions),
        measurement(model_id, "load_time", speed.load_ms, "ms", n=1, **conditions),
    ]


def throughput_measurements(model_id: str, run_id: str | None, speed: SpeedResult) -> list[Measurement]:
    """Return the throughput as a measurement."""
    conditions = _conditions(run_id, speed)
    n = speed.n_throughput
    return [measurement(model_id, "throughput", speed.throughput_per_s, "1/s", n=n, **conditions)]


def speed_measurements(model_id: str, run_id: str | None, speed: SpeedResult) -> list[Measurement]:
    """Return all that ``speed`` says as measurements."""
    return [
        *latency_measurements(model_id, run_id, speed),
        *throughput_measurements(model_id, run_id, speed),
    ]


def _conditions(run_id: str | None, speed: SpeedResult) -> dict[str, Any]:
    return {
        "device": speed.device,
        "precision": speed.executed_precision,
        "shape": (speed.batch, speed.length),
        "hint": speed.hint,
        "streams": speed.streams,
        "run_id": run_id,
    }


def append_measurements(model_folder: Path, measurements: Iterable[Measurement]) -> None:
    """Add lines to the model folder's ``measurements.jsonl``; whole lines, also with several writers."""
    lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in measurements)
    target = os.open(model_folder / MEASUREMENTS_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        # One write: appends of one call do not mix with those of another process.
        written = os.write(target, lines)
        if written < len(lines):  # how a disk refuses that fills up in the middle
            os.ftruncate(target, os.fstat(target).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(model_folder / MEASUREMENTS_FILE))
    finally:
        os.close(target)
