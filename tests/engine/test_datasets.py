"""Reading labelled sentences: four formats, and a clear answer to every broken file."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.engine.datasets import content_hash, dataset_path, read_rows
from app.engine.resources import resource


def dataset(path: Path | str, format_name: str, *, pair: str | None = None) -> DatasetRecord:
    return DatasetRecord(
        id="d",
        name="d",
        path=str(path),
        format=format_name,
        columns=ColumnMap(text="sentence", label="label", text_pair=pair),
        labels=("negative", "positive"),
    )


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def problem_of(record: DatasetRecord) -> tuple[str, str]:
    with pytest.raises(AppError) as caught:
        read_rows(record)
    assert caught.value.problem.advice
    return caught.value.problem.code, caught.value.problem.summary


def test_all_formats_give_the_same_rows(tmp_path: Path) -> None:
    tsv = written(tmp_path, "a.tsv", 'sentence\tlabel\nsays "fine", he\t1\nbad\t0\n')
    csv = written(tmp_path, "a.csv", 'label,sentence\n1,"says ""fine"", he"\n0,bad\n')
    lines = '{"sentence": "says \\"fine\\", he", "label": 1}\n\n{"sentence": "bad", "label": "Negative"}\n'
    jsonl = written(tmp_path, "a.jsonl", lines)
    parquet = tmp_path / "a.parquet"
    pq.write_table(pa.table({"sentence": ['says "fine", he', "bad"], "label": [1.0, 0.0]}), parquet)
    for path, name in ((tsv, "tsv"), (csv, "csv"), (jsonl, "jsonl"), (parquet, "parquet")):
        rows = read_rows(dataset(path, name))
        assert rows.texts == ['says "fine", he', "bad"]
        assert rows.labels == [1, 0]
        assert rows.pairs is None


def test_a_quoted_csv_field_may_span_lines_and_a_byte_order_mark_is_no_part_of_the_header(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "a.csv", '\ufeffsentence,label\r\n"two\r\nlines",positive\r\n')
    assert read_rows(dataset(path, "csv")).texts == ["two\r\nlines"]


def test_second_sentences_are_read_where_a_column_is_mapped(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", "sentence\tother\tlabel\na\tb\t0\n")
    assert read_rows(dataset(path, "tsv", pair="other")).pairs == ["b"]


@pytest.mark.parametrize("cell", ["2", "-1", "maybe", "", "0.5", "nan", "inf"])
def test_a_label_that_is_none_of_the_models_is_named_with_its_row(tmp_path: Path, cell: str) -> None:
    path = written(tmp_path, "a.tsv", f"sentence\tlabel\nfine\t1\nwell\t{cell}\n")
    code, summary = problem_of(dataset(path, "tsv"))
    assert code == "label_out_of_range"
    assert "Row 2" in summary
    assert "0 to 1 or negative, positive" in summary


def test_a_label_called_by_a_number_wins_over_the_number(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", "sentence\tlabel\nfine\t1\n")
    record = DatasetRecord(
        id="d",
        name="d",
        path=str(path),
        format="tsv",
        columns=ColumnMap("sentence", "label"),
        labels=("1", "2"),
    )
    assert read_rows(record).labels == [0]


@pytest.mark.parametrize("cells", ["negative positive", "0 1"])
def test_a_model_with_the_same_classes_in_another_order_gets_its_own_ids(tmp_path: Path, cells: str) -> None:
    bad, good = cells.split()
    path = written(tmp_path, "a.tsv", f"sentence\tlabel\nawful\t{bad}\nlovely\t{good}\n")
    rows = read_rows(dataset(path, "tsv"))

    assert rows.labels_for(("Negative", "Positive")) == [0, 1]
    assert rows.first(2).labels_for(("positive", "negative")) == [1, 0]
    assert rows.labels_for(("LABEL_0", "LABEL_1")) == [0, 1], "names that tell nothing: the ids hold"


def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", "sentence\tscore\nfine\t1\n")
    code, summary = problem_of(dataset(path, "tsv"))
    assert code == "column_missing"
    assert "no column label; it has sentence, score" in summary


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.tsv", b"sentence\tlabel\nfine\t1\n\xff\xfe\t0\n", "line 3 is not UTF-8"),
        ("a.tsv", b"sentence\tlabel\na\tb\t1\n", "row 1 (line 2) has 3 columns, the header 2"),
        ("a.csv", b'sentence,label\n"open,1\n', "line 2"),
        ("a.jsonl", b'{"sentence": "a", "label": 1}\n{"sentence": \n', "line 2 is not a JSON object"),
        ("a.jsonl", b"[1]\n", "line 1 is not a JSON object"),
        ("a.parquet", b"PAR1 and nothing behind it", "not a readable Parquet file"),
    ],
)
def test_a_broken_file_is_answered_with_the_place(
    tmp_path: Path, name: str, content: bytes, part: str
) -> None:
    code, summary = problem_of(dataset(written(tmp_path, name, content), name.partition(".")[2]))
    assert code == "data_unreadable"
    assert part in summary


@pytest.mark.parametrize(
    ("name", "content"), [("a.tsv", ""), ("a.tsv", "sentence\tlabel\n"), ("a.jsonl", "\n")]
)
def test_a_file_without_rows_is_empty(tmp_path: Path, name: str, content: str) -> None:
    assert problem_of(dataset(written(tmp_path, name, content), name.partition(".")[2]))[0] == "data_empty"


def test_a_row_without_text_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", '{"sentence": "a", "label": 1}\n{"sentence": null, "label": 1}\n')
    code, summary = problem_of(dataset(path, "jsonl"))
    assert (code, summary.split()[:2]) == ("text_missing", ["Row", "2"])


def test_a_file_that_is_gone_and_a_format_that_is_none_are_told(tmp_path: Path) -> None:
    assert problem_of(dataset(tmp_path / "gone.tsv", "tsv"))[0] == "data_missing"
    assert problem_of(dataset(written(tmp_path, "a.xls", "x"), "xls"))[0] == "format_unknown"


def test_the_reviews_that_come_with_the_app_can_be_read() -> None:
    record = dataset("starter:reviews/eval.tsv", "tsv")
    assert len(read_rows(record)) >= 600
    assert len(content_hash(dataset_path(record))) == 64


@pytest.mark.parametrize(
    "name", ["starter:nothing.tsv", "starter:../../pyproject.toml", "starter:/etc/passwd"]
)
def test_a_resource_lies_within_the_resources(name: str) -> None:
    with pytest.raises(AppError, match="Nothing named"):
        resource(name)
