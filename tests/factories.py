"""Made-up records and runs for tests and for looking at pages. Nothing here was measured."""

import math
import random
from collections.abc import Iterator

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.device import Device
from app.domain.event import (
    Checkpointed,
    Event,
    Finished,
    Log,
    Measured,
    Metric,
    ModelMade,
    Progress,
    StageStarted,
    StructureSnapshot,
    Timed,
    TrainingPlan,
)
from app.domain.execution import ExecutedNode, Execution, Quantization
from app.domain.job import CompressSpec, Job, JobState, ModelAt, advance
from app.domain.measurement import Measurement
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.domain.structure import LayerStructure, ModelStructure

LAYERS, HEADS, HEAD_DIM, HIDDEN, NEURONS = 6, 12, 32, 384, 1536
KEPT_HEADS = (12, 10, 9, 8, 8, 7)
KEPT_NEURONS = (1420, 1180, 960, 720, 610, 388)
START = 1_790_000_000.0

DEVICES = (
    Device("CPU", "Test processor", ("FP32", "INT8", "EXPORT_IMPORT")),
    Device("GPU.0", "Test graphics", ("FP32", "FP16", "INT8", "GPU_HW_MATMUL")),
)


def make_layer(place: int, heads_kept: int, neurons_kept: int) -> LayerStructure:
    """Return a layer of MiniLM's shape with its first heads and neurons gone in a scattered order."""
    chooser = random.Random(place)
    heads = tuple(sorted(chooser.sample(range(HEADS), heads_kept)))
    attention = 4 * HIDDEN * heads_kept * HEAD_DIM + 3 * heads_kept * HEAD_DIM + HIDDEN
    return LayerStructure(
        name=f"bert.encoder.layer.{place}",
        head_dim=HEAD_DIM,
        heads_total=HEADS,
        heads_kept=heads,
        neurons_total=NEURONS,
        neurons_kept=tuple(range(neurons_kept)),
        attention_parameters=attention,
        ffn_parameters=2 * HIDDEN * neurons_kept + neurons_kept + HIDDEN,
        other_parameters=4 * HIDDEN,
        attention_parameters_before=4 * HIDDEN * HIDDEN + 4 * HIDDEN,
        ffn_parameters_before=2 * HIDDEN * NEURONS + NEURONS + HIDDEN,
    )


def make_structure(*, pruned: bool = False) -> ModelStructure:
    """Return MiniLM's structure, whole or pruned."""
    heads = KEPT_HEADS if pruned else (HEADS,) * LAYERS
    neurons = KEPT_NEURONS if pruned else (NEURONS,) * LAYERS
    layers = tuple(make_layer(place, heads[place], neurons[place]) for place in range(LAYERS))
    return ModelStructure(layers, embedding_parameters=4_500_000, head_parameters=148_610)


def make_model(model_id: str = "m-1", name: str = "sentiment", **changes: object) -> ModelRecord:
    """Return an original, or what ``changes`` make of it."""
    fields: dict[str, object] = {
        "id": model_id,
        "name": name,
        "task": "text-classification",
        "family": "bert",
        "origin": "starter:sentiment",
        "labels": ("negative", "positive"),
        "structure": make_structure(),
        "checkpoint_bytes": 31_000_000,
        "ir_bytes": 61_400_000,
        "created_at": "2026-11-22T18:00:00Z",
    }
    return ModelRecord(**(fields | changes))  # type: ignore[arg-type]


def make_variant(model_id: str = "m-2", name: str = "jpqd-fast", parent_id: str = "m-1") -> ModelRecord:
    """Return a pruned and quantized variant."""
    return make_model(
        model_id,
        name,
        method="jpqd",
        parent_id=parent_id,
        origin="",
        precision="INT8",
        structure=make_structure(pruned=True),
        ir_bytes=11_900_000,
    )


def make_measurements(model_id: str, *, p50_ms: float, accuracy: float, size: float) -> list[Measurement]:
    """Return the figures that a compression takes of one model."""
    common = {
        "model_id": model_id,
        "device": "CPU",
        "precision": "f32",
        "shape": (1, 32),
        "measured_at": "2026-11-22T18:31:40Z",
        "run_id": "r-1",
    }
    half = 1.96 * math.sqrt(accuracy * (1 - accuracy) / 600)
    return [
        Measurement(
            id=f"{model_id}-p50",
            metric="latency_p50",
            value=p50_ms,
            unit="ms",
            hint="latency",
            n=1800,
            **common,
        ),
        Measurement(
            id=f"{model_id}-p95",
            metric="latency_p95",
            value=p50_ms * 1.2,
            unit="ms",
            hint="latency",
            n=1800,
            **common,
        ),
        Measurement(
            id=f"{model_id}-tp",
            metric="throughput",
            value=1150 / p50_ms,
            unit="1/s",
            hint="throughput",
            streams=2,
            **common,
        ),
        Measurement(
            id=f"{model_id}-acc",
            metric="accuracy",
            value=accuracy,
            unit="1",
            low=accuracy - half,
            high=accuracy + half,
            n=600,
            **(common | {"shape": None}),
        ),
        Measurement(
            id=f"{model_id}-size",
            metric="ir_size",
            value=size,
            unit="B",
            **(common | {"shape": None, "device": None, "precision": None}),
        ),
    ]


def make_dataset(dataset_id: str = "d-1", name: str = "reviews", split: str = "train") -> DatasetRecord:
    """Return one of the starter's datasets."""
    return DatasetRecord(
        id=dataset_id,
        name=name,
        path=f"starter:reviews/{split}.tsv",
        format="tsv",
        columns=ColumnMap("sentence", "label"),
        labels=("negative", "positive"),
        split=split,
        rows=8000,
    )


def make_compress_spec(run_id: str = "r-1") -> CompressSpec:
    """Return the spec of a compression of the starter."""
    return CompressSpec(
        run_id=run_id,
        run_folder=f"/nowhere/runs/{run_id}",
        model=ModelAt("m-1", "/nowhere/models/m-1"),
        model_id="m-2",
        model_folder="/nowhere/models/m-2",
        recipe=JpqdRecipe(name="jpqd-fast"),
        train=make_dataset(),
        evaluation=make_dataset("d-2", split="eval"),
    )


def make_job(run_id: str = "r-1", title: str = "JPQD · sentiment", state: JobState | None = None) -> Job:
    """Return a queued compression, or one in another state."""
    return Job(
        run_id=run_id,
        title=title,
        spec=make_compress_spec(run_id),
        state=state or JobState(),
        created_at=START,
    )


def make_run(*, total_steps: int = 1200, until: int | None = None, finishes: bool = False) -> list[Timed]:
    """Return what a plausible run tells up to the step ``until``."""
    at = START
    timed: list[Timed] = []
    for event in _events(total_steps, total_steps if until is None else until, finishes=finishes):
        at += 0.05
        timed.append(Timed(1, at, event))
    return timed


def state_after(events: list[Timed]) -> JobState:
    """Return the state that events lead to."""
    state = JobState()
    for timed in events:
        state = advance(state, timed.event)
    return state


def _events(total: int, until: int, *, finishes: bool) -> Iterator[Event]:
    start, end = total // 8, total * 2 // 5
    noise = random.Random(7)
    yield StageStarted("prepare", 0, 5)
    yield Log("info", "tokenized 8,000 training sentences; teacher logits cached in 6.1 s")
    yield TrainingPlan(total, total / 3, start, end)
    yield StageStarted("prune", 1, 5)
    for step in range(1, until + 1):
        if step == end:
            yield Log("info", "masks resolved: 54 of 72 heads, 5,278 of 9,216 neurons kept; frozen")
            yield Log("warning", "layer 5 keeps 25 % of its neurons only")
            yield StageStarted("finetune", 2, 5)
        yield from _step(step, total, start, end, noise)
    if finishes:
        yield StageStarted("export", 3, 5)
        yield StageStarted("measure", 4, 5)
        for model_id, p50, accuracy, size in (("m-1", 8.9, 0.912, 61.4e6), ("m-2", 2.1, 0.908, 11.9e6)):
            for one in make_measurements(model_id, p50_ms=p50, accuracy=accuracy, size=size):
                yield Measured(one)
        yield ModelMade(make_variant())
        yield Finished({"size_bytes": 11_900_000})


def _step(step: int, total: int, start: int, end: int, noise: random.Random) -> Iterator[Event]:
    warm = min(max((step - start) / (end - start), 0.0), 1.0)
    sparsity = 0.62 * (1 - (1 - warm) ** 3) if step < end else 0.461
    task = (
        0.25
        + 0.5 * math.exp(-step / 90)
        + 0.25 * math.sin(math.pi * warm) * (step < end)
        + noise.gauss(0, 0.02)
    )
    distillation = 0.12 + 0.3 * math.sin(math.pi * min(warm, 0.95)) * (step < end) + noise.gauss(0, 0.015)
    yield Metric("sparsity/linear", step, sparsity)
    yield Metric("loss/task", step, task)
    yield Metric("loss/distillation", step, distillation)
    yield Metric("loss/regularization", step, 0.08 * warm * (step < end))
    yield Metric("loss/total", step, 0.1 * task + 0.9 * distillation + 0.08 * warm * (step < end))
    yield Metric("learning_rate", step, 5e-5 * min(1.0, 10 * step / total) * (1 - step / total))
    yield Metric(
        "memory_mb", step, 1400 + 500 * min(step / 40, 1.0) + noise.gauss(0, 4) - 300 * (step >= end)
    )
    yield Metric("step_ms", step, 182 + noise.gauss(0, 6) - 60 * (step >= end))
    if step % 50 == 0:
        accuracy = 0.91 - 0.2 * math.sin(math.pi * warm) * (step < end) + noise.gauss(0, 0.004)
        yield Metric("accuracy", step, accuracy)
        yield Metric("accuracy_low", step, accuracy - 0.025)
        yield Metric("accuracy_high", step, accuracy + 0.024)
        yield Log(
            "info",
            f"step {step} task {task:.3f} distillation {distillation:.3f} lr {5e-5 * (1 - step / total):.1e}",
        )
    if step % 10 == 0:
        yield make_snapshot(step, warm, resolved=step >= end)
    if step % 200 == 0:
        yield Checkpointed(step)
    yield Progress(step, total, 0.9 * step / total, (total - step) * 0.15 + 20)


def make_snapshot(step: int, share: float, *, resolved: bool = False) -> StructureSnapshot:
    """Return the heads when ``share`` (0 to 1) of the way to `KEPT_HEADS` is done."""
    chooser = random.Random(3)
    importance: list[tuple[float, ...]] = []
    alive: list[tuple[bool, ...]] = []
    for place, kept in enumerate(KEPT_HEADS):
        survivors = set(random.Random(place).sample(range(HEADS), kept))
        values = [chooser.random() for _ in range(HEADS)]
        lives = [head in survivors or values[head] * 0.9 > share for head in range(HEADS)]
        if resolved:
            lives = [head in survivors for head in range(HEADS)]
        importance.append(
            tuple(0.35 + 0.65 * value if life else 0.0 for value, life in zip(values, lives, strict=True))
        )
        alive.append(tuple(lives))
    neurons = tuple(round(NEURONS - share * (NEURONS - kept)) for kept in KEPT_NEURONS)
    return StructureSnapshot(step, tuple(importance), tuple(alive), neurons, (NEURONS,) * LAYERS, resolved)


def make_execution(*, layers: int = 3, precision: str = "f32", **changes: object) -> Execution:
    """Return how a quantized network ran: a product in INT8, attention in part, and a LayerNorm a layer."""
    nodes: list[ExecutedNode] = []
    for layer in range(layers):
        path = f"__module.bert.encoder.layer.{layer}"
        product = ExecutedNode(
            name=f"{path}.attention.self.query/aten::linear/MatMul",
            kind="FullyConnected",
            kernel="brgemm_avx512_I8",
            precision="u8",
            origins=(f"{path}.attention.self.query/aten::linear/Add",),
            inputs=("u8", "i8"),
            shape=(1, 128, 384),
            time_ms=0.3,
            products=1,
            macs=18_000_000,
            quantization=Quantization.FULL,
        )
        attention = ExecutedNode(
            name=f"{path}.attention.self/aten::transpose/Transpose",
            kind="Subgraph",
            kernel="jit_avx512_i8",
            precision="i8",
            inputs=("i8", "i8", "u8", precision),
            shape=(1, 12, 128, 32),
            time_ms=0.1,
            products=2,
            macs=2_000_000,
            quantization=Quantization.PARTLY,
        )
        norm = ExecutedNode(
            name=f"{path}.output.LayerNorm/aten::layer_norm/MVN",
            kind="MVN",
            kernel=f"jit_avx512_{precision}",
            precision=precision,
            inputs=(precision,),
            shape=(1, 128, 384),
            time_ms=0.1,
        )
        nodes += [product, attention, norm]
    fields: dict[str, object] = {
        "nodes": tuple(nodes),
        "device": "CPU",
        "device_name": "Some CPU",
        "capabilities": ("FP32", "BF16", "INT8"),
        "precision": precision,
        "precision_taken": precision,
        "float_precision": precision,
        "shape": (1, 128),
        "requests": 30,
        "openvino": "2026.4.1",
    }
    return Execution(**(fields | changes))  # type: ignore[arg-type]
