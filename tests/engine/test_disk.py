"""What libraries say when the disk is full, and what is left of what they were writing."""

from pathlib import Path

import numpy as np
import openvino
import pytest
import torch
from openvino import opset13
from safetensors.torch import save_file

from app.domain.errors import AppError
from app.engine.disk import whole_folder
from app.engine.measuring import append_measurements, measurement
from tests.disks import fill, small_disk

BYTES = np.random.default_rng(1).random(2_000_000, np.float32)  # 8 MB


def save_by_torch(folder: Path) -> None:
    torch.save({"weight": torch.from_numpy(BYTES)}, folder / "network.pt")


def save_by_safetensors(folder: Path) -> None:
    save_file({"weight": torch.from_numpy(BYTES)}, folder / "model.safetensors")


def save_by_numpy(folder: Path) -> None:
    np.save(folder / "logits.npy", BYTES)


def save_by_openvino(folder: Path) -> None:
    given = opset13.parameter([BYTES.size], np.float32)
    network = openvino.Model([opset13.add(given, opset13.constant(BYTES))], [given])
    openvino.save_model(network, folder / "model.xml", compress_to_fp16=False)


def save_by_hand(folder: Path) -> None:
    (folder / "file").write_bytes(BYTES.tobytes())


@pytest.mark.parametrize(
    "save", [save_by_torch, save_by_safetensors, save_by_numpy, save_by_openvino, save_by_hand]
)
def test_a_full_disk_is_told_whichever_library_met_it(tmp_path: Path, save: object) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        with pytest.raises(AppError) as caught, whole_folder(disk / "checkpoint") as partial:
            save(partial)  # type: ignore[operator]

        assert caught.value.problem.code == "disk_full"
        assert list(disk.iterdir()) == []


def test_another_failure_stays_what_it_is_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "checkpoint") as partial:
        (partial / "file").write_text("half")
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_a_figure_that_has_no_room_leaves_no_half_line(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        append_measurements(disk, [measurement("m", "accuracy", 0.5, "1")])
        before = (disk / "measurements.jsonl").read_bytes()
        fill(disk / "filler")
        with pytest.raises(OSError, match="No space"):
            append_measurements(disk, [measurement("m", "accuracy", 0.5, "1")] * 100)
        assert (disk / "measurements.jsonl").read_bytes() == before
