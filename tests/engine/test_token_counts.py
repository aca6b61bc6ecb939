"""What the page Compress is told of training data: tokens, lengths, classes."""

from pathlib import Path

import msgspec
import pytest

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError
from app.domain.job import ModelAt
from app.domain.question import Question, Tokenize, slot_of
from app.engine.jobs import token_counts
from app.engine.jobs.token_counts import tokenized
from tests.engine.tiny import sentences, tiny_tokenizer, write_tsv


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelAt:
    folder = tmp_path_factory.mktemp("model")
    tiny_tokenizer().save_pretrained(folder / "torch")
    return ModelAt("m", str(folder))


def data(path: Path, *, pair: str | None = None) -> DatasetRecord:
    return DatasetRecord(
        id="d",
        name="d",
        path=str(path),
        format="tsv",
        columns=ColumnMap("sentence", "label", pair),
        labels=("negative", "positive"),
    )


def ask(model: ModelAt, path: Path, rows: list[tuple[str, int]], max_length: int = 64) -> Tokenize:
    return Tokenize(model, data(write_tsv(path / "d.tsv", rows)), max_length)


def test_lengths_count_the_special_tokens_and_are_those_before_cutting(
    model: ModelAt, tmp_path: Path
) -> None:
    rows = [("good film", 1), ("the soup was bad", 0), ("a dull book", 0)]
    answer = tokenized(ask(model, tmp_path, rows, max_length=8))

    assert answer.lengths == ((4, 1), (5, 1), (6, 1))
    assert answer.labels == (("negative", 2), ("positive", 1))
    assert (answer.counted, answer.rows, answer.is_whole, answer.limit) == (3, 3, True, 64)


def test_examples_are_what_the_model_gets_and_what_it_loses(model: ModelAt, tmp_path: Path) -> None:
    long = " ".join(["very"] * 20 + ["good", "film"])
    answer = tokenized(ask(model, tmp_path, [("good film", 1), (long, 0)], max_length=8))

    short, cut = answer.examples
    assert short.tokens == ("[CLS]", "good", "film", "[SEP]")
    assert short.special == (True, False, False, True)
    assert (short.label, short.length, short.cut) == ("positive", 4, ())
    assert cut.tokens == ("[CLS]", *["very"] * 6, "[SEP]")
    assert (cut.length, len(cut.cut), set(cut.cut)) == (24, 12, {"very"})


def test_examples_are_of_middling_length_long_and_the_longest(model: ModelAt, tmp_path: Path) -> None:
    rows = [(" ".join(["good"] * count), 1) for count in range(1, 42)]
    assert [one.length for one in tokenized(ask(model, tmp_path, rows)).examples] == [23, 39, 43]


def test_of_many_rows_a_sample_is_counted_and_all_are_sorted_into_classes(
    model: ModelAt, tmp_path: Path
) -> None:
    question = msgspec.structs.replace(ask(model, tmp_path, sentences(300)), sample=50)
    answer = tokenized(question)

    assert (answer.counted, sum(count for _, count in answer.lengths), answer.rows) == (50, 50, 300)
    assert answer.labels == (("negative", 150), ("positive", 150))
    assert tokenized(question) == answer


def test_a_file_too_large_to_wait_for_is_read_in_part_and_says_so(
    model: ModelAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_counts, "_MOST_ROWS", 100)
    answer = tokenized(ask(model, tmp_path, sentences(300)))
    assert (answer.rows, answer.is_whole) == (100, False)


def test_pairs_are_tokenized_together(model: ModelAt, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("sentence\tother\tlabel\ngood film\tbad soup\t1\n")
    (example,) = tokenized(Tokenize(model, data(path, pair="other"), 5)).examples
    assert example.length == 7
    assert len(example.tokens) == 5
    assert example.cut == ()


def test_data_that_cannot_be_read_and_a_model_without_tokenizer_are_refused(
    model: ModelAt, tmp_path: Path
) -> None:
    for question, code in (
        (Tokenize(model, data(tmp_path / "gone.tsv"), 64), "data_missing"),
        (
            ask(ModelAt("m", str(tmp_path / "gone")), tmp_path, [("good", 1)]),
            "tokenizer_missing",
        ),
    ):
        with pytest.raises(AppError) as caught:
            tokenized(question)
        assert caught.value.problem.code == code


def test_only_the_newest_question_about_data_matters(model: ModelAt, tmp_path: Path) -> None:
    first, second = (Tokenize(model, data(tmp_path / name), 64) for name in "ab")
    assert slot_of(first) == slot_of(second) == "tokenize"
    assert msgspec.json.decode(msgspec.json.encode(first), type=Question) == first
