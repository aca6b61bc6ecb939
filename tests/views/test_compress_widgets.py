"""Editor, chips and charts of the page Compress."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.look import Look
from app.views.plots.label_balance import LabelBalance
from app.views.plots.length_histogram import LengthHistogram, nice_step
from app.views.widgets.json_editor import JsonEditor, LineMark
from app.views.widgets.token_flow import Token, TokenFlow

TEXT = '{\n  "a": 1,\n  "b": [true, null],\n  "c": "x"\n}'


@pytest.fixture
def editor(qtbot: QtBot) -> JsonEditor:
    made = JsonEditor(Look())
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.show_text(TEXT)
    return made


def test_showing_a_text_tells_no_edit_and_typing_does(editor: JsonEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.edited, wait=50):
        editor.show_text(TEXT.replace("1", "12"))
        editor.show_text(TEXT)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    with qtbot.waitSignal(editor.edited) as told:
        qtbot.keyClicks(editor, " ")
    assert told.args == [f"{TEXT} "]


@pytest.mark.parametrize(
    "new", [TEXT.replace("1", "1000"), TEXT.replace('  "a": 1,\n', ""), "", "{}", TEXT * 3]
)
def test_only_what_differs_is_replaced_and_can_be_undone(editor: JsonEditor, new: str) -> None:
    editor.show_text(new)
    assert editor.toPlainText() == new
    editor.undo()
    assert editor.toPlainText() == TEXT


def test_the_cursor_stays_where_it_was_in_the_text(editor: JsonEditor) -> None:
    cursor = editor.document().find('"c"')
    editor.setTextCursor(cursor)
    editor.show_text(TEXT.replace("1", "12345"))
    assert editor.textCursor().selectedText() == '"c"'


def test_characters_of_two_halves_are_replaced_whole(editor: JsonEditor) -> None:
    for text in ('{"a": "😀"}', '{"a": "😁"}', '{"a": "😁😀"}', '{"a": "😀"}'):
        editor.show_text(text)
        assert editor.toPlainText() == text


def test_wrong_lines_are_marked_and_said(editor: JsonEditor) -> None:
    editor.show_marks((LineMark(3, "b: no"),))
    selections = editor.extraSelections()
    assert [one.cursor.blockNumber() for one in selections] == [2]
    assert editor.accessibleDescription() == "b: no"
    picture = editor.grab().toImage()
    editor.show_marks(())
    assert editor.extraSelections() == []
    assert editor.grab().toImage() != picture


def test_a_new_line_keeps_the_indent(editor: JsonEditor, qtbot: QtBot) -> None:
    editor.setTextCursor(editor.document().find('"a": 1,'))
    editor.moveCursor(QTextCursor.MoveOperation.EndOfLine)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "x")
    assert editor.toPlainText().splitlines()[2] == "  x"


def test_tab_leaves_the_editor(qtbot: QtBot) -> None:
    both, editor = QWidget(), JsonEditor(Look())
    editor.show_text(TEXT)
    qtbot.addWidget(both)
    column = QVBoxLayout(both)
    column.addWidget(editor)
    column.addWidget(QLineEdit())
    both.show()
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == TEXT
    assert isinstance(both.focusWidget(), QLineEdit)


def test_room_is_made_for_the_numbers_of_many_lines(editor: JsonEditor) -> None:
    narrow = editor.gutter_width()
    editor.show_text("\n".join(["1"] * 1_000))
    assert editor.gutter_width() > narrow
    editor.go_to_line(700)
    assert editor.textCursor().blockNumber() == 699


def test_a_dropped_file_is_not_written_into_the_recipe(editor: JsonEditor, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.json"))])
    assert not editor.canInsertFromMimeData(mime)
    mime = QMimeData()
    mime.setText("{}")
    assert editor.canInsertFromMimeData(mime)


def test_tokens_wrap_and_pieces_of_a_word_stand_close(qtbot: QtBot) -> None:
    flow = TokenFlow(Look())
    qtbot.addWidget(flow)
    flow.show_tokens((Token("[CLS]", is_special=True), Token("love"), Token("##ly"), Token("day")))
    first, second, piece, other = flow._places(1_000)
    assert piece.left() - second.right() < second.left() - first.right()
    assert other.left() - piece.right() == second.left() - first.right()
    assert flow.heightForWidth(90) > flow.heightForWidth(1_000)
    long = TokenFlow(Look())
    qtbot.addWidget(long)
    long.show_tokens((Token("x" * 500),))
    assert long._places(100)[0].right() <= 100


def test_bars_hold_all_lengths_and_what_is_cut_is_told(qtbot: QtBot) -> None:
    chart = LengthHistogram(Look())
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    lengths = [(length, 3) for length in range(4, 300)]
    chart.show_lengths(lengths, 64)
    assert sum(count for _, _, count in chart._bars) == 3 * len(lengths)
    assert len(chart._bars) <= 40
    assert chart.accessibleDescription() == "888 sentences, the longest of 299 tokens, 705 cut at 64 tokens"
    assert [row[2] for row in chart.table()[1:]].count(True) == 235
    assert chart.reading_at(0) == ""
    chart.grab()


def test_a_limit_far_beyond_the_longest_does_not_squeeze_the_bars(qtbot: QtBot) -> None:
    chart = LengthHistogram(Look())
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    chart.show_lengths([(5, 10), (12, 4)], 512)
    assert chart._end == 13
    near = chart.grab().toImage()
    chart.show_lengths([(5, 10), (12, 4)], 16)
    assert chart._end == 17
    assert chart.grab().toImage() != near


def test_of_many_classes_the_most_frequent_are_drawn_and_all_are_saved(qtbot: QtBot) -> None:
    chart = LabelBalance(Look())
    qtbot.addWidget(chart)
    chart.show_labels([(f"class {number}", number) for number in range(30)])
    assert [count for _, count in chart._shown()] == list(range(29, 21, -1))
    assert len(chart.table()) == 31
    chart.show_labels([("a", 0), ("b", 0)])
    chart.grab()


def test_hovering_over_a_class_tells_its_exact_share(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, _widget: told.append(text))
    chart = LabelBalance(look)
    qtbot.addWidget(chart)
    chart.show_labels([("negative", 1), ("positive", 7999)])
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, QPoint(20, 5), QPoint(20, 5)))
    assert told == ["negative: 1 of 8,000 sentences, 0.013 %"]


@pytest.mark.parametrize(("step", "nice"), [(0, 1), (1.2, 2), (3, 5), (7, 10), (120, 200), (500, 500)])
def test_ticks_stand_at_round_counts(step: float, nice: float) -> None:
    assert nice_step(step) == nice
