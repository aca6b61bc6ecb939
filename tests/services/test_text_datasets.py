"""Looking at data files and keeping them as datasets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.dataset import ColumnMap
from app.domain.errors import AppError
from app.services.data_files import inspect_file, read_cells
from app.services.text_datasets import DatasetLibrary, describe_file, starter_datasets
from app.store.workspace import Workspace

LABELS = ("negative", "positive")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.tsv", 'sentence\tlabel\nfine "day\t1\nbad\t0\n', "tsv"),
        ("a.csv", 'Text,Sentiment\n"fine, really",1\nbad,0\n', "csv"),
        ("a.jsonl", '{"review": "fine", "class": 1}\n\n{"review": "bad", "class": 0}\n', "jsonl"),
        ("a.txt", "\ufefftext\tlabel\nfine\t1\nbad\t0\n", "tsv"),
    ],
)
def test_a_file_tells_its_format_columns_rows_and_labels(
    tmp_path: Path, name: str, text: str, kind: str
) -> None:
    preview = inspect_file(written(tmp_path, name, text))

    assert (preview.format, preview.rows) == (kind, 2)
    assert preview.guessed == ColumnMap(text=preview.columns[0], label=preview.columns[1])
    assert preview.label_values == ("0", "1")
    assert preview.rows_preview[1] == ("bad", "0")


@pytest.mark.parametrize(
    "read",
    [
        inspect_file,
        lambda path: list(read_cells(path, "tsv")),
        lambda path: describe_file(path, ColumnMap("text", "label")),
    ],
    ids=["inspect", "cells", "describe"],
)
def test_a_file_that_the_system_does_not_let_be_read_is_told_with_what_to_do(
    read: Callable[[Path], object],
) -> None:
    with pytest.raises(AppError) as caught:
        read(Path("/proc/self/mem"))  # EIO, as from a disk that goes

    assert caught.value.problem.code == "data_unreadable"
    assert "cannot be read" in caught.value.problem.summary
    assert caught.value.problem.advice


def test_a_parquet_file_is_known_by_its_magic_and_left_to_the_worker(tmp_path: Path) -> None:
    preview = inspect_file(written(tmp_path, "a.bin", b"PAR1\0\0\0\0PAR1"))

    assert (preview.format, preview.columns, preview.rows) == ("parquet", (), None)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.tsv", "", "data_empty"),
        ("a.tsv", "sentence\tlabel\n", "data_empty"),
        ("a.tsv", "sentence\tlabel\nfine\n", "data_unreadable"),
        ("a.csv", 'text,label\n"fine,1\n', "data_unreadable"),
        ("a.jsonl", '{"text": "fine", "label": 1}\n[1]\n', "data_unreadable"),
        ("a.tsv", b"sentence\tlabel\nf\xe4ne\t1\n", "data_unreadable"),
        ("a.dat", b"\0\1\2\3", "data_unreadable"),
        ("a.tsv", "sentence\tstars\nfine\t1\n", "column_missing"),
        ("a.tsv", "sentence\tlabel\nfine\t2\n", "label_out_of_range"),
        ("a.tsv", "sentence\tlabel\nfine\tnice\n", "label_out_of_range"),
        ("a.tsv", "sentence\tlabel\nfine\t-1\n", "label_out_of_range"),
        ("a.tsv", "sentence\tlabel\n \t1\n", "text_missing"),
    ],
)
def test_a_bad_file_is_refused_with_the_next_step(
    tmp_path: Path, name: str, text: str | bytes, code: str
) -> None:
    with pytest.raises(AppError) as caught:
        describe_file(written(tmp_path, name, text), labels=LABELS)

    assert caught.value.problem.code == code
    assert caught.value.problem.advice


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        inspect_file(tmp_path / "none.tsv")
    assert caught.value.problem.code == "data_missing"


def test_a_missing_column_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", "one\ttwo\nfine\t1\n")

    with pytest.raises(AppError, match="one, two"):
        describe_file(path, ColumnMap(text="one", label="label"), LABELS)


@pytest.mark.parametrize("label", ["1", "positive", "Positive", "1.0"])
def test_labels_may_be_ids_or_names(tmp_path: Path, label: str) -> None:
    record = describe_file(written(tmp_path, "dev.tsv", f"sentence\tlabel\nfine\t{label}\n"), labels=LABELS)

    assert (record.labels, record.rows, record.split) == (LABELS, 1, "dev")
    assert record.content_hash is not None


def test_without_a_model_the_classes_are_those_of_the_file(tmp_path: Path) -> None:
    ids = describe_file(written(tmp_path, "a.tsv", "text\tlabel\nfine\t2\nbad\t0\n"))
    names = describe_file(written(tmp_path, "b.tsv", "text\tlabel\nfine\tgood\nbad\tbad\n"))

    assert (ids.labels, names.labels) == (("0", "1", "2"), ("bad", "good"))


def test_the_same_file_added_twice_is_one_dataset(workspace: Workspace, tmp_path: Path) -> None:
    library = DatasetLibrary(workspace)
    path = written(tmp_path, "a.tsv", "text\tlabel\nfine\t1\n")

    assert library.add(path, labels=LABELS) == library.add(path, labels=LABELS)
    assert len(workspace.datasets.all()) == 1


def test_a_folder_gives_what_to_train_and_what_to_evaluate_on(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "sst2"
    folder.mkdir()
    for name in ("train.tsv", "dev.tsv"):
        written(folder, name, "sentence\tlabel\nfine\t1\n")

    train, evaluation = DatasetLibrary(workspace).pair(str(folder), labels=LABELS)

    assert evaluation is not None
    assert (train.name, train.split, evaluation.split) == ("sst2", "train", "dev")


def test_the_starters_reviews_are_found_under_both_names(workspace: Workspace) -> None:
    library = DatasetLibrary(workspace)
    by_split = {record.split: record for record in starter_datasets()}

    for name in ("reviews", "starter"):
        assert library.pair(name) == (by_split["train"], by_split["evaluation"])
        assert library.find(name) == by_split["evaluation"]
        assert library.find(name, split="train") == by_split["train"]
    assert (by_split["train"].rows or 0) >= 8_000
    assert (by_split["evaluation"].rows or 0) >= 600


def test_a_dataset_that_is_not_there_is_told_and_so_is_a_file(workspace: Workspace) -> None:
    library = DatasetLibrary(workspace)
    for text, code in (("imdb", "dataset_unknown"), ("imdb.tsv", "data_missing")):
        with pytest.raises(AppError) as caught:
            library.find(text)
        assert caught.value.problem.code == code
