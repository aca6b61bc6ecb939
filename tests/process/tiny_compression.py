"""A real compression of a network so small that its workers spend their time on being started."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.job import CompressSpec, Job, Phase
from app.domain.recipe import JpqdRecipe, MeasureRecipe, QuantizationRecipe, SparsityRecipe, TrainingRecipe
from app.services.compression import plan_compression
from app.services.job_queue import JobQueue
from app.store.workspace import Workspace
from tests.engine.imported import hugging_face_folder, import_folder
from tests.engine.tiny import sentences, write_tsv

WAIT_MS = 300_000
"""Of a busy machine; on an idle one a worker takes some ten seconds."""
_MODEL_ID = "m-tiny"


def tiny_recipe() -> JpqdRecipe:
    """Return a run of 12 steps whose masks are resolved after the sixth."""
    return JpqdRecipe(
        sparsity=SparsityRecipe(warmup_start_epoch=0.5, warmup_end_epoch=1.5, target=0.5),
        quantization=QuantizationRecipe(start="after_warmup", calibration_samples=16),
        training=TrainingRecipe(
            epochs=3,
            batch_size=16,
            learning_rate=1e-3,
            held_out=16,
            evaluate_every=4,
            checkpoint_every=2,
            precision="f32",
        ),
        measure=MeasureRecipe(length=8, seconds=0.1),
    )


def add_tiny_bert(workspace: Workspace, folder: Path) -> None:
    """Import a tiny BERT, written into ``folder``."""
    import_folder(hugging_face_folder(folder / "tiny-bert"), workspace.folder, _MODEL_ID)
    workspace.models.adopt(_MODEL_ID)
    workspace.measurements.reindex()


def plan(workspace: Workspace, folder: Path) -> CompressSpec:
    """Return the spec of another compression of the tiny BERT, its data lying in ``folder``."""
    data = DatasetRecord(
        id="d-1",
        name="train",
        path=str(write_tsv(folder / "train.tsv", sentences(80, seed=1))),
        format="tsv",
        columns=ColumnMap(text="sentence", label="label"),
        labels=("negative", "positive"),
    )
    return plan_compression(workspace, workspace.models.find(_MODEL_ID), tiny_recipe(), data)


def wait_for(qtbot: QtBot, queue: JobQueue, run_id: str, wanted: Phase) -> Job:
    """Wait until the job is in a phase; a failure that is not wanted ends the waiting."""

    def reached() -> bool:
        job = queue.job(run_id)
        assert job is not None
        assert wanted is Phase.FAILED or job.state.phase is not Phase.FAILED, job.state.problem
        return job.state.phase is wanted

    qtbot.waitUntil(reached, timeout=WAIT_MS)
    job = queue.job(run_id)
    assert job is not None
    return job
