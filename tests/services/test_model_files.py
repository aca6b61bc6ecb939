"""Copying models out of the workspace, deleting them for good, and telling models from other things."""

from pathlib import Path

import pytest

from app.domain.errors import AppError
from app.services.model_files import delete_folder, export_model, export_name, file_sizes, folder_bytes
from app.services.model_sources import Fault, source_of, sources_of
from tests.disks import fill, small_disk


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model's folder with an IR and a checkpoint."""
    for name, content in (("ir/openvino_model.xml", "<net/>"), ("torch/config.json", "{}")):
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True)
        path.write_text(content)
    (tmp_path / "model" / "ir" / "openvino_model.bin").write_bytes(b"1" * 400_000)
    return tmp_path / "model"


@pytest.mark.parametrize(
    ("kind", "file"), [("openvino", "openvino_model.xml"), ("huggingface", "config.json")]
)
def test_an_export_is_a_copy_of_the_folder(model: Path, tmp_path: Path, kind: str, file: str) -> None:
    target = export_model(model, kind, tmp_path / "out")
    assert (target / file).read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "out"]


def test_an_export_overwrites_nothing(model: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(AppError) as caught:
        export_model(model, "openvino", tmp_path / "out")
    assert caught.value.problem.code == "already_there"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


@pytest.mark.parametrize("letter", ["x", "ß", "模"])
def test_a_model_with_a_very_long_name_is_exported_under_its_beginning(
    model: Path, tmp_path: Path, letter: str
) -> None:
    name = export_name(letter * 300, "openvino")
    assert len(name.encode()) <= 200
    assert set(name.removesuffix("-openvino")) == {letter}
    assert export_model(model, "openvino", tmp_path / name).is_dir()


def test_a_folder_that_no_file_system_takes_is_told(model: Path, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        export_model(model, "openvino", tmp_path / ("x" * 260))
    assert caught.value.problem.code == "export_failed"
    assert caught.value.problem.advice


def test_an_export_of_what_there_is_not_is_refused(model: Path, tmp_path: Path) -> None:
    (model / "torch" / "config.json").unlink()
    (model / "torch").rmdir()
    with pytest.raises(AppError) as caught:
        export_model(model, "huggingface", tmp_path / "out")
    assert caught.value.problem.code == "nothing_to_export"


def test_an_export_to_a_full_disk_is_told_and_leaves_nothing(model: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        fill(disk / "filler")
        with (disk / "filler").open("r+b") as filler:
            filler.truncate(900_000)
        with pytest.raises(AppError) as caught:
            export_model(model, "openvino", disk / "out")
        assert caught.value.problem.code == "disk_full"
        assert [path.name for path in disk.iterdir()] == ["filler"]


def test_an_export_into_a_folder_that_is_not_there_is_told(model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError) as caught:
        export_model(model, "openvino", tmp_path / "file" / "out")
    assert caught.value.problem.code == "export_failed"


def test_an_exported_folder_has_a_name_that_every_system_takes() -> None:
    assert export_name("my/model: v1?", "openvino") == "my-model- v1--openvino"
    assert export_name("...", "huggingface") == "model-huggingface"


def test_sizes_are_those_of_all_files_and_deleting_takes_them_all(model: Path) -> None:
    assert folder_bytes(model) == 400_000 + len("<net/>") + len("{}")
    delete_folder(model)
    assert folder_bytes(model) == 0
    delete_folder(model)


def test_what_is_no_model_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "alone.xml").write_text("")
    (tmp_path / "empty").mkdir()
    faults = {
        name: source_of(str(tmp_path / name)).fault for name in ("notes.txt", "alone.xml", "empty", "gone")
    }
    assert faults == {
        "notes.txt": Fault.NOT_A_MODEL_FILE,
        "alone.xml": Fault.WEIGHTS_MISSING,
        "empty": Fault.NOT_A_MODEL_FOLDER,
        "gone": Fault.MISSING,
    }
    assert source_of("just words").fault is Fault.NO_ADDRESS


def test_a_file_of_a_model_stands_for_its_folder(model: Path) -> None:
    assert source_of(str(model / "ir" / "openvino_model.xml")).text == str(model / "ir")
    assert source_of(str(model / "torch" / "config.json")).text == str(model / "torch")
    assert source_of(str(model)).fault is None


def test_pasted_lines_are_addresses_each_once(model: Path) -> None:
    text = f"org/name\n\nhttps://huggingface.co/org/other \norg/name\nfile://{model}"
    assert [source.text for source in sources_of(text)] == [
        "org/name",
        "https://huggingface.co/org/other",
        str(model),
    ]
    assert all(source.fault is None for source in sources_of(text))


@pytest.mark.parametrize(
    "text", ["x" * 3_000, "~nobody-of-this-name/model", "a\0b"], ids=["long", "user", "NUL"]
)
def test_a_text_that_no_system_takes_for_a_path_is_no_address_and_no_error(text: str) -> None:
    assert source_of(text).fault is not None


def test_what_goes_while_it_is_measured_is_left_out(tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        (tmp_path / name).write_bytes(b"12345")
    sizes = file_sizes(tmp_path)
    assert next(sizes) == 5
    for path in tmp_path.iterdir():
        path.unlink()
    assert list(sizes) == []
