"""A model of the workspace: an original or a variant made from one."""

import msgspec

from app.domain.structure import ModelStructure


class ModelRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What ``model.json`` in a model's folder says. Measurements are kept beside it."""

    id: str
    name: str
    task: str
    """text-classification"""
    family: str
    """bert"""
    method: str = "original"
    """original, or the tag of the recipe that made it (jpqd)."""
    origin: str = ""
    """Where an original came from: a hub id, a folder, ``starter:sentiment``."""
    parent_id: str | None = None
    run_id: str | None = None
    created_at: str = ""
    labels: tuple[str, ...] = ()
    precision: str = "FP32"
    """Of the IR: FP32, FP16, INT8."""
    structure: ModelStructure | None = None
    """None for a bare IR, whose structure is not known."""
    checkpoint_bytes: int | None = None
    ir_bytes: int | None = None
    """Size of the IR's .xml and .bin together."""
    license: str | None = None
    has_checkpoint: bool = True
    """False for an imported IR: it can be measured and tried, not trained."""


TORCH_FOLDER = "torch"
IR_FOLDER = "ir"
RECORD_FILE = "model.json"
MEASUREMENTS_FILE = "measurements.jsonl"
