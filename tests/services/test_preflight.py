"""What is told before a compression starts."""

import shutil
from types import SimpleNamespace

import msgspec
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.event import Finished, Progress, StageStarted, TrainingPlan
from app.domain.job import EVENTS_FILE, Job, JobState, Phase
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe, QuantizationRecipe, SparsityRecipe, TrainingRecipe
from app.services.compression import plan_compression
from app.services.cpu import CpuFeatures, parse_cpuinfo
from app.services.preflight import Finding, learned_estimate, preflight, training_steps
from app.store.workspace import Workspace
from app.wire.framing import encode_event
from tests.records import model_record

VNNI = CpuFeatures(name="new", has_vnni=True, has_amx=False, has_bf16=False)
OLD = CpuFeatures(name="old", has_vnni=False, has_amx=False, has_bf16=False)


def data(rows: int | None = 8_000, labels: tuple[str, ...] = ("negative", "positive")) -> DatasetRecord:
    return DatasetRecord(
        id="d",
        name="reviews",
        path="/d.tsv",
        format="tsv",
        columns=ColumnMap("t", "l"),
        labels=labels,
        rows=rows,
    )


def findings(
    workspace: Workspace,
    recipe: JpqdRecipe | None = None,
    train: DatasetRecord | None = None,
    *,
    model: ModelRecord | None = None,
    cpu: CpuFeatures = VNNI,
) -> dict[str, Finding]:
    found = preflight(
        workspace, model or model_record(), recipe or JpqdRecipe(), train or data(), data(600), cpu=cpu
    )
    return {finding.code: finding for finding in found}


def test_a_sound_choice_has_no_error(workspace: Workspace) -> None:
    assert {finding.severity for finding in findings(workspace).values()} == {"ok"}


@pytest.mark.parametrize(
    ("recipe", "train", "model", "code"),
    [
        (None, None, model_record(has_checkpoint=False), "no_checkpoint"),
        (None, None, model_record(task="question-answering"), "unsupported_task"),
        (None, data(labels=("a", "b", "c")), None, "labels"),
        (JpqdRecipe(training=TrainingRecipe(batch_size=4_096, max_samples=1_000)), None, None, "held_out"),
        (
            JpqdRecipe(sparsity=SparsityRecipe(warmup_start_epoch=2, warmup_end_epoch=1)),
            None,
            None,
            "recipe:sparsity.warmup_end_epoch",
        ),
    ],
)
def test_what_would_fail_is_an_error_and_stands_first(
    workspace: Workspace,
    recipe: JpqdRecipe | None,
    train: DatasetRecord | None,
    model: ModelRecord | None,
    code: str,
) -> None:
    found = findings(workspace, recipe, train, model=model)

    assert found[code].severity == "error"
    assert next(iter(found.values())).severity == "error"


def test_no_data_is_an_error(workspace: Workspace) -> None:
    found = preflight(workspace, model_record(), JpqdRecipe(), None)

    assert ("no_data", "error") in {(finding.code, finding.severity) for finding in found}


def test_a_full_disk_is_told_before_the_start(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=100, used=99, free=1))

    assert (
        findings(workspace, model=model_record(checkpoint_bytes=10_000_000))["disk_full"].severity == "error"
    )


@pytest.mark.parametrize(
    ("cpu", "fix", "severity"),
    [
        (OLD, "disable", "warning"),
        (OLD, "enable", "ok"),
        (VNNI, "enable", "warning"),
        (VNNI, "disable", "ok"),
    ],
)
def test_the_saturation_fix_is_advised_by_the_processor(
    workspace: Workspace, cpu: CpuFeatures, fix: str, severity: str
) -> None:
    recipe = JpqdRecipe(quantization=msgspec.convert({"overflow_fix": fix}, QuantizationRecipe))

    assert findings(workspace, recipe, cpu=cpu)["overflow_fix"].severity == severity


def test_a_missing_compiler_is_a_warning_where_int8_is_trained(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert findings(workspace)["no_compiler"].severity == "warning"
    assert "no_compiler" not in findings(
        workspace, JpqdRecipe(quantization=QuantizationRecipe(enabled=False))
    )


def test_the_time_is_not_guessed_but_learned_from_runs(workspace: Workspace) -> None:
    model = model_record()
    workspace.models.add(model)
    recipe = JpqdRecipe(training=TrainingRecipe(epochs=2, batch_size=10, held_out=0))
    assert "Not measured yet" in findings(workspace, recipe, model=model)["time"].text

    spec = plan_compression(workspace, model, recipe, data(1_000))
    job = Job(run_id=spec.run_id, title="", spec=spec, state=JobState(phase=Phase.FINISHED))
    workspace.runs.add(job)
    moments = [
        (0.0, StageStarted("prepare", 0, 4)),
        (10.0, StageStarted("prune", 1, 4)),
        (10.0, TrainingPlan(200, 100.0, 20, 100)),
        (60.0, Progress(100, 200)),
        (60.0, StageStarted("finetune", 2, 4)),
        (110.0, StageStarted("export", 3, 4)),
        (130.0, Finished()),
    ]
    log = b"".join(encode_event(event, 1_000.0 + at) for at, event in moments)
    (workspace.run_folder(spec.run_id) / EVENTS_FILE).write_bytes(log)

    low, high = learned_estimate(workspace, model, recipe, data(2_000), [job]) or (0.0, 0.0)

    assert training_steps(recipe, 2_000) == 400
    assert (low + high) / 2 * 60 == pytest.approx(400 * 0.5 + 30)


def test_features_are_read_from_the_systems_list() -> None:
    text = "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx512_vnni amx_int8 avx512_bf16\n"
    new, old, other = parse_cpuinfo(text), parse_cpuinfo("flags : fpu\n"), parse_cpuinfo("Features : neon\n")

    assert (new.name, new.has_vnni, new.has_amx, new.has_bf16) == ("Some CPU", True, True, True)
    assert old.saturates
    assert not new.saturates
    assert other.has_vnni is None
