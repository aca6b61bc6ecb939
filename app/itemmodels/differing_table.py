"""Inputs on which models differ: text, truth, and what each model answered."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QSortFilterProxyModel
from typing_extensions import override

from app.domain.disagreement import DifferingRow, GivenAnswer
from app.domain.language import in_figures
from app.itemmodels.column_table import Column, ColumnTable, Index

NUMBER_COLUMN, TEXT_COLUMN, TRUTH_COLUMN, FIRST_MODEL_COLUMN = range(4)
WRONG_SIGN: Final = "✗"


class Shown(StrEnum):
    """Which of the rows come through."""

    ALL = "all"
    REFERENCE_RIGHT = "right"
    REFERENCE_WRONG = "wrong"


class DifferingTable(ColumnTable[DifferingRow]):
    """One row an input; the first model is the reference."""

    def show_rows(self, models: Sequence[str], rows: tuple[DifferingRow, ...]) -> None:
        """Show these rows; ``models`` are the titles of the columns."""
        titles = tuple(column.title for column in self._columns[FIRST_MODEL_COLUMN:])
        if rows == self._shown and tuple(models) == titles:
            return
        self.beginResetModel()
        self._shown = rows
        self._columns = (
            Column(self.tr("Row"), lambda row: str(row.row)),
            Column(self.tr("Text"), _text, is_left=True),
            Column(self.tr("Truth"), lambda row: row.truth, is_left=True),
            *(self._answers_of(place, name) for place, name in enumerate(models)),
        )
        self.endResetModel()

    def _answers_of(self, place: int, name: str) -> Column[DifferingRow]:
        """Return the column of a model: what it answered, and a sign where that is wrong."""

        def text(row: DifferingRow) -> str:
            said = answer_text(row.answers[place])
            return said if row.is_right(place) else f"{WRONG_SIGN} {said}"

        def spoken(row: DifferingRow) -> str:
            verdict = self.tr("right") if row.is_right(place) else self.tr("wrong")
            return f"{name}: {answer_text(row.answers[place])}, {verdict}"

        return Column(
            name,
            text,
            spoken=spoken,
            is_marked=lambda row: not row.is_right(place),
            explanation=name,
            is_left=True,
        )

    def row(self, place: int) -> DifferingRow:
        """Return the row at ``place``."""
        return self._shown[place]

    def line(self, place: int) -> str:
        """Return a row as tab-separated text."""
        return "\t".join(column.text(self._shown[place]) for column in self._columns)

    def header_line(self) -> str:
        """Return the titles as tab-separated text."""
        return "\t".join(column.title for column in self._columns)


class DifferingFilter(QSortFilterProxyModel):
    """Lets through what is searched for, among the rows that the reference has right or wrong."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown.ALL
        self._text = ""

    def show_only(self, *, shown: Shown, text: str) -> None:
        """Choose which rows come through."""
        wanted = text.strip().casefold()
        if (shown, wanted) == (self._shown, self._text):
            return
        self.beginFilterChange()
        self._shown, self._text = shown, wanted
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, DifferingTable):
            return True
        row = model.row(source_row)
        if self._shown is not Shown.ALL and row.is_right(0) is (self._shown is Shown.REFERENCE_WRONG):
            return False
        if not self._text:
            return True
        return self._text in row.text.casefold() or self._text in (row.text_pair or "").casefold()


def _text(row: DifferingRow) -> str:
    return row.text if row.text_pair is None else f"{row.text} ¶ {row.text_pair}"


def answer_text(answer: GivenAnswer) -> str:
    """Return an answer with its probability as ``positive 0.64``."""
    return (
        answer.label if answer.probability is None else in_figures(f"{answer.label} {answer.probability:.2f}")
    )
