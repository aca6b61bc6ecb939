"""What is told before a compression starts."""

import shutil
from types import SimpleNamespace

import msgspec
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.device import Device
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe, QuantizationRecipe, SparsityRecipe, TrainingRecipe
from app.services.cpu import CpuFeatures, parse_cpuinfo
from app.services.preflight import Finding, preflight
from app.store.workspace import Workspace
from tests.factories import DEVICES
from tests.records import model_record
from tests.services.test_estimates import RECIPE, finished_run
from tests.services.test_estimates import data as same_data

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
    devices: tuple[Device, ...] = (),
    preferred: str = "CPU",
) -> dict[str, Finding]:
    found = preflight(
        workspace,
        model or model_record(),
        recipe or JpqdRecipe(),
        train or data(),
        data(600),
        cpu=cpu,
        devices=devices,
        preferred=preferred,
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


@pytest.mark.parametrize(
    ("labels", "is_told"),
    [
        (("Positive", "negative"), False),
        (("0", "1"), False),
        (("bad", "good"), True),
    ],
)
def test_classes_that_are_called_otherwise_are_pointed_out(
    workspace: Workspace, labels: tuple[str, ...], *, is_told: bool
) -> None:
    assert ("label_names" in findings(workspace, train=data(labels=labels))) is is_told


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


def test_what_other_devices_can_do_with_the_result_is_told(workspace: Workspace) -> None:
    arc = Device("GPU.0", "Arc", ("FP16", "INT8", "GPU_HW_MATMUL"))
    old = Device("GPU.1", "Old graphics", ("FP32", "FP16"))
    silent = Device("NPU")
    told = findings(workspace, devices=(*DEVICES[:1], arc, old, silent))
    assert told["device:GPU.0"].title == "GPU.0 · Arc"
    assert (told["device:GPU.0"].severity, told["device:GPU.1"].severity) == ("ok", "warning")
    assert "matrix units" in told["device:GPU.0"].text
    assert "No INT8" in told["device:GPU.1"].text
    assert "does not report" in told["device:NPU"].text
    assert "devices" not in told
    floats = JpqdRecipe(quantization=QuantizationRecipe(enabled=False))
    assert findings(workspace, floats, devices=(old,))["device:GPU.1"].severity == "ok"
    assert "devices" in findings(workspace, devices=DEVICES[:1])
    assert "devices" not in findings(workspace), "nobody knows yet"


@pytest.mark.parametrize(("preferred", "is_missing"), [("NPU", True), ("GPU.0", False), ("GPU", False)])
def test_a_chosen_device_that_is_not_found_is_named(
    workspace: Workspace, preferred: str, is_missing: bool
) -> None:
    told = findings(workspace, devices=DEVICES, preferred=preferred)
    assert ("device_missing" in told) == is_missing
    if is_missing:
        assert "CPU, GPU.0" in told["device_missing"].text


def test_a_missing_compiler_is_a_warning_where_int8_is_trained(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert findings(workspace)["no_compiler"].severity == "warning"
    assert "no_compiler" not in findings(
        workspace, JpqdRecipe(quantization=QuantizationRecipe(enabled=False))
    )


def test_a_licence_is_named_where_it_is_known(workspace: Workspace) -> None:
    assert findings(workspace, model=model_record(license="apache-2.0"))["licence"].text.startswith(
        "apache-2.0"
    )
    assert "licence" not in findings(workspace)


def test_where_no_run_has_finished_nothing_is_said_to_be_measured(workspace: Workspace) -> None:
    found = findings(workspace, model=model_record(checkpoint_bytes=10_000_000))

    assert "Not measured yet" in found["time"].text
    assert "Not measured yet" in found["memory"].text
    assert "10 MB stay, up to 70 MB while it runs, from the model's size" in found["disk"].text


def test_what_earlier_runs_took_is_said_with_how_many_they_were(workspace: Workspace) -> None:
    model = model_record(checkpoint_bytes=10_000_000)
    jobs = [finished_run(workspace, model), finished_run(workspace, model)]

    found = {one.code: one for one in preflight(workspace, model, RECIPE, same_data(), None, jobs, VNNI)}

    assert found["time"].text == "About 1.9 to 2.4 min, from 2 earlier runs here"
    assert found["memory"].text == "About 0.9 to 1.1 GB, from 2 earlier runs here"
    assert "from 2 earlier runs here; " in found["disk"].text


def test_memory_that_this_computer_does_not_have_is_a_warning(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_record(checkpoint_bytes=10_000_000)
    jobs = [finished_run(workspace, model)]
    monkeypatch.setattr("app.services.preflight.total_memory_mb", lambda: 500.0)

    found = {one.code: one for one in preflight(workspace, model, RECIPE, data(1_000), None, jobs, VNNI)}

    assert found["memory"].severity == "warning"
    assert "0.5 GB. Take a smaller batch." in found["memory"].text


def test_features_are_read_from_the_systems_list() -> None:
    text = "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx512_vnni amx_int8 avx512_bf16\n"
    new, old, other = parse_cpuinfo(text), parse_cpuinfo("flags : fpu\n"), parse_cpuinfo("Features : neon\n")

    assert (new.name, new.has_vnni, new.has_amx, new.has_bf16) == ("Some CPU", True, True, True)
    assert old.saturates
    assert not new.saturates
    assert other.has_vnni is None
