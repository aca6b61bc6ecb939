"""Bring a model into the workspace: check it, copy it, export its IR, and take its first figures."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.errors import AppError
from app.domain.job import ImportSpec
from app.domain.measurement import Measurement
from app.domain.model import IR_FOLDER, RECORD_FILE, TORCH_FOLDER, ModelRecord
from app.domain.structure import ModelStructure
from app.engine import importing
from app.engine.context import JobContext
from app.engine.disk import full_disk_told
from app.engine.export import ir_size_bytes
from app.engine.importing import Config, Source
from app.engine.measuring import (
    SpeedResult,
    latency_measurements,
    measure_speed,
    measurement,
    throughput_measurements,
)
from app.engine.openvino_runtime import stored_precision
from app.engine.publishing import Made, is_published, publish, tell_published
from app.engine.tasks import TEXT_CLASSIFICATION, require_task
from app.engine.tokenizing import TOKENIZER_FILE, JsonTokenizer, longest_input

_STAGES: Final = ("check", "copy", "export", "measure")
_FRACTIONS: Final = (0.0, 0.3, 0.4, 0.7)
"""Of the whole job, at each stage's beginning."""
_BATCH: Final = 1
_LENGTH: Final = 32
_SECONDS: Final = 1.0
"""Of measuring, for latency and again for throughput."""


@dataclass(frozen=True)
class _Parts:
    """What is known of the model once its files lie in the workspace."""

    family: str
    structure: ModelStructure | None
    checkpoint_bytes: int | None


def run(spec: ImportSpec, context: JobContext) -> dict[str, object]:
    """Import ``spec.source``; what was begun is removed however the job ends before its last step.

    Raises:
        AppError: See `app.engine.importing`; also ``unsupported_task`` and ``already_there``.
    """
    task = spec.task or TEXT_CLASSIFICATION
    require_task(task)
    final = Path(spec.model_folder)
    run_folder = Path(spec.run_folder)
    if is_published(final, run_folder):
        return tell_published(final, run_folder, context)
    if final.exists():
        raise AppError("already_there", f"{final} exists already.", "Import again: it gets a new id.")
    partial = final.with_name(f".{final.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    _stage(context, 0)
    source = importing.locate(spec.source, offline=spec.offline)
    config = importing.read_config(source.folder)
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        with full_disk_told(final.parent):
            bring = _bring_ir if source.is_ir else _bring_checkpoint
            parts = bring(source, config, context, partial)
            _stage(context, 3)
            record = _record(spec, task, source, config, parts, partial)
            latency, throughput = _measure(partial / IR_FOLDER, context)
            measurements = _measurements(record, spec.run_id, latency, throughput)
            (partial / RECORD_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1))
            context.check()
            made = Made(_result(record, latency, throughput), tuple(measurements))
            return publish(partial, final, run_folder, made, context)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _stage(context: JobContext, index: int) -> None:
    context.check()
    context.stage(_STAGES[index], index, len(_STAGES))
    context.progress(0, 1, fraction=_FRACTIONS[index])


def _bring_checkpoint(source: Source, config: Config, context: JobContext, partial: Path) -> _Parts:
    """Check a Hugging Face folder, copy it to ``torch/``, and export ``ir/``."""
    # Torch and transformers take seconds to import; what can be refused before, is.
    from app.engine.families import supported_families

    importing.require_supported(config, supported_families())
    importing.refuse_remote_code(config)
    files = importing.weight_files(source.folder)
    shapes = importing.tensor_shapes(files)
    ours = (source.folder / importing.RECORD_FILE).exists()
    if not ours:
        importing.require_tensors(shapes, _expected_shapes(source.folder), source.folder)
    importing.require_tokenizer(source.folder)
    _check_tokenizer(source.folder, config)
    numbers = sum(_product(shape) for shape in shapes.values())
    importing.require_space(partial.parent, sum(file.stat().st_size for file in files) + 4 * numbers)
    _stage(context, 1)
    torch_folder = partial / TORCH_FOLDER
    torch_folder.mkdir(parents=True)
    _copy(importing.checkpoint_contents(source.folder), torch_folder, context)
    _copy_weights(files, torch_folder, context)
    _stage(context, 2)
    return _export(torch_folder, partial / IR_FOLDER, context)


def _bring_ir(source: Source, config: Config, context: JobContext, partial: Path) -> _Parts:
    """Check an IR folder and copy it to ``ir/``; there is nothing to export."""
    importing.refuse_remote_code(config)
    files = importing.ir_contents(source.folder)
    importing.require_tokenizer(source.folder)
    _check_tokenizer(source.folder, config)
    importing.require_space(partial.parent, sum(file.stat().st_size for file in files))
    _stage(context, 1)
    ir = partial / IR_FOLDER
    ir.mkdir(parents=True)
    _copy(files, ir, context)
    if not (ir / TOKENIZER_FILE).exists():
        from app.engine.model_folder import load_tokenizer

        load_tokenizer(ir).save_pretrained(ir)
    return _Parts(config.model_type, None, None)


def _check_tokenizer(folder: Path, config: Config) -> None:
    if (folder / TOKENIZER_FILE).exists():
        vocabulary = JsonTokenizer(folder).vocabulary()
    else:
        from app.engine.model_folder import load_tokenizer

        vocabulary = load_tokenizer(folder).get_vocab()
    importing.require_fitting(vocabulary, config.vocab_size)


def _expected_shapes(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the tensors that the config asks for, without making them."""
    import torch

    transformers: Any = import_module("transformers")
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        with torch.device("meta"):
            model = transformers.AutoModelForSequenceClassification.from_config(config)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise AppError(
            "config_broken",
            f"The config in {folder} does not describe a network: {str(error).splitlines()[0]}",
            "Copy config.json again from where the model came from.",
            str(error),
        ) from error
    return {name: tuple(parameter.shape) for name, parameter in model.named_parameters()}


def _copy(files: list[Path], folder: Path, context: JobContext) -> None:
    for done, file in enumerate(files, start=1):
        context.check()
        shutil.copyfile(file, folder / file.name)
        context.progress(done, len(files))


def _copy_weights(files: list[Path], folder: Path, context: JobContext) -> None:
    if files[0].name != importing.PICKLE_FILE:
        _copy(files, folder, context)
        return
    safetensors: Any = import_module("safetensors.torch")
    # Kept as safetensors: nothing of ours ever loads a pickle again.
    tensors = {name: tensor.clone().contiguous() for name, tensor in importing.load_pickle(files[0]).items()}
    safetensors.save_file(tensors, folder / importing.WEIGHTS_FILE, metadata={"format": "pt"})


def _export(torch_folder: Path, ir: Path, context: JobContext) -> _Parts:
    from app.engine.export import export_ir
    from app.engine.families import family_of
    from app.engine.families.base import structure
    from app.engine.model_folder import load_model, load_tokenizer

    model, kept = load_model(torch_folder)
    for name, parameter in model.named_parameters():
        if not bool(parameter.isfinite().all()):
            raise importing.broken_weights(torch_folder, f"the tensor {name} has values that are not finite")
    context.check()
    tokenizer = load_tokenizer(torch_folder)
    if not (torch_folder / TOKENIZER_FILE).exists():
        tokenizer.save_pretrained(torch_folder)
    export_ir(model, tokenizer, ir)
    config: Any = model.config
    family = family_of(config)
    size = sum(file.stat().st_size for file in torch_folder.glob("*.safetensors"))
    return _Parts(family.model_type, structure(model, family, kept), size)


def _record(
    spec: ImportSpec, task: str, source: Source, config: Config, parts: _Parts, partial: Path
) -> ModelRecord:
    ir = partial / IR_FOLDER
    return ModelRecord(
        id=spec.model_id,
        name=spec.name or source.name,
        task=task,
        family=parts.family,
        origin=source.origin,
        run_id=spec.run_id,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        labels=config.labels,
        precision=stored_precision(ir),
        structure=parts.structure,
        checkpoint_bytes=parts.checkpoint_bytes,
        ir_bytes=ir_size_bytes(ir),
        license=importing.license_of(source.folder),
        has_checkpoint=parts.checkpoint_bytes is not None,
    )


def _measure(ir: Path, context: JobContext) -> tuple[SpeedResult, SpeedResult]:
    length = min(_LENGTH, longest_input(ir))
    latency, throughput = (
        measure_speed(
            ir, hint=hint, batch=_BATCH, length=length, seconds=_SECONDS, stop=context.check,
            progress=context.progress,
        )
        for hint in ("latency", "throughput")
    )  # fmt: skip
    return latency, throughput


def _measurements(
    record: ModelRecord, run_id: str, latency: SpeedResult, throughput: SpeedResult
) -> list[Measurement]:
    sizes: list[tuple[str, float | None, str, str]] = [
        ("ir_size", record.ir_bytes, "B", "ir"),
        ("checkpoint_size", record.checkpoint_bytes, "B", "torch"),
        ("parameters", record.structure.parameters if record.structure else None, "1", "torch"),
    ]
    return [
        *(
            measurement(record.id, metric, value, unit, subject=subject, run_id=run_id)
            for metric, value, unit, subject in sizes
            if value is not None
        ),
        *latency_measurements(record.id, run_id, latency),
        *throughput_measurements(record.id, run_id, throughput),
    ]


def _result(record: ModelRecord, latency: SpeedResult, throughput: SpeedResult) -> dict[str, object]:
    return {
        "model_id": record.id,
        "name": record.name,
        "size_bytes": record.ir_bytes,
        "checkpoint_bytes": record.checkpoint_bytes,
        "parameters": record.structure.parameters if record.structure else None,
        "latency_ms": {"p50": latency.p50_ms, "p95": latency.p95_ms},
        "throughput_per_s": throughput.throughput_per_s,
        "load_ms": latency.load_ms,
        "executed_precision": latency.executed_precision,
        "shape": [latency.batch, latency.length],
        "device": latency.device,
    }


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product
