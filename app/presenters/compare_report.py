"""The report of a comparison: the same figures as the page, all of them, in words and tables."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QLocale, QObject

from app.domain.comparison import Row, Under
from app.domain.comparison_wording import against_text, figure_of_kind, filled
from app.domain.disagreement import DifferingRow
from app.domain.layer_comparison import LayerView, layer_rows
from app.domain.wording import NOT_MEASURED, whole_text
from app.itemmodels.differing_table import WRONG_SIGN, answer_text
from app.itemmodels.layer_table import OUTSIDE, layer_cell_text
from app.presenters.compare_wording import CompareWording, Seen
from app.services.comparison_report import Report, ReportCell, ReportPicture, ReportTable

_MOST_ROWS: Final = 2_000
"""Of differing inputs: more of them nobody reads on paper."""


class CompareReport(QObject):
    """Says a `Seen` as a `Report`. ``title_of`` gives the name of a metric or fact."""

    def __init__(self, wording: CompareWording, title_of: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self._title_of = title_of

    def report(self, seen: Seen, pictures: Sequence[tuple[str, str]]) -> Report:
        """Return the report; ``pictures`` are titles and SVG documents."""
        names = tuple(variant.record.name for variant in seen.variants)
        tables = [self._figures(seen, names), self._facts(seen, names)]
        tables += [
            self._layers(seen, names, LayerView.PARAMETERS, self.tr("Parameters per layer")),
            self._layers(seen, names, LayerView.HEADS, self.tr("Heads kept per layer")),
            self._layers(seen, names, LayerView.NEURONS, self.tr("Neurons kept per layer")),
            self._layers(seen, names, LayerView.TIME, self.tr("Time per layer")),
            self._layers(seen, names, LayerView.ERROR, self.tr("Error of each layer's output")),
        ]
        tables.append(self._differing(seen, names))
        return Report(
            language=QLocale().name().split("_")[0],
            title=filled(self.tr("Comparison: %1"), ", ".join(names)),
            lines=tuple(self._lines(seen)),
            pictures=tuple(ReportPicture(title, svg) for title, svg in pictures),
            tables=tuple(table for table in tables if table.rows or table.note),
        )

    def _lines(self, seen: Seen) -> list[str]:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
        lines = [
            filled(self.tr("Written by Whittle on %1 UTC. The reference is %2."), now, self._reference(seen))
        ]
        if seen.setting is not None:
            lines.append(filled(self.tr("Speed measured under: %1"), self._wording.setting(seen.setting)))
        if seen.trial is not None:
            lines.append(filled(self.tr("Accuracy measured on: %1"), self._wording.trial(seen.trial, seen)))
            lines.append(filled(self.tr("Dataset, sha256: %1"), seen.trial.dataset_hash))
        versions = sorted(
            {
                f"{name} {version}"
                for row in seen.rows
                for figure in row.figures
                if figure is not None and figure.source is not None
                for name, version in figure.source.versions.items()
            }
        )
        if versions:
            lines.append(filled(self.tr("Library versions behind the figures: %1"), ", ".join(versions)))
        return lines

    def _reference(self, seen: Seen) -> str:
        return seen.variants[0].record.name if seen.variants else ""

    def _figures(self, seen: Seen, names: tuple[str, ...]) -> ReportTable:
        return ReportTable(
            self.tr("Figures"),
            ("", *names),
            tuple(
                (ReportCell(self._row_title(row)), *_figure_cells(row))
                for row in seen.rows
                if any(row.figures)
            ),
            self.tr("★ is the best of its row; × and pp are against the reference; ± is the 95 % interval."),
        )

    def _row_title(self, row: Row) -> str:
        counts = {figure.n for figure in row.figures if figure is not None and figure.n is not None}
        title = self._title_of(row.kind.metric)
        if row.kind.in_points and len(counts) == 1:
            return f"{title} (n = {whole_text(counts.pop())})"
        return title

    def _facts(self, seen: Seen, names: tuple[str, ...]) -> ReportTable:
        rows = tuple(
            (
                ReportCell(self._title_of(fact.name)),
                *(ReportCell(text or NOT_MEASURED) for text in fact.texts),
            )
            for fact in seen.facts
            if any(fact.texts)
        )
        return ReportTable(self.tr("What they are"), ("", *names), rows)

    def _layers(self, seen: Seen, names: tuple[str, ...], view: LayerView, title: str) -> ReportTable:
        comparison = seen.comparison
        records = [variant.record for variant in seen.variants]
        costs = () if comparison is None else comparison.layers
        if view is LayerView.ERROR and comparison is not None and comparison.model_ids[0] != records[0].id:
            costs = ()
        rows = tuple(
            (
                ReportCell(self.tr("Outside") if row.layer == OUTSIDE else f"L{row.layer}"),
                *(ReportCell(layer_cell_text(view, cell)) for cell in row.cells),
            )
            for row in layer_rows(records, view, costs)
        )
        return ReportTable(title, (self.tr("Layer"), *names), rows)

    def _differing(self, seen: Seen, names: tuple[str, ...]) -> ReportTable:
        found = seen.differing
        comparison = seen.comparison
        note = ""
        if comparison is not None and comparison.n is not None:
            counts = whole_text(len(found)), whole_text(comparison.n)
            note = filled(
                self.tr("%1 of %2 inputs of %3; ✗ marks a wrong answer."), *counts, comparison.dataset or ""
            )
            if len(found) > _MOST_ROWS:
                note = filled(self.tr("%1 The first %2 of them:"), note, whole_text(_MOST_ROWS))
        header = (self.tr("Row"), self.tr("Text"), self.tr("Truth"), *names)
        rows = tuple(_differing_cells(row) for row in found[:_MOST_ROWS])
        return ReportTable(self.tr("Where they differ"), header, rows, note, is_words=True)


def _figure_cells(row: Row) -> list[ReportCell]:
    return [
        ReportCell(
            # The reference is not held against itself.
            "" if row.kind.under is Under.PAIR and place == 0 else figure_of_kind(row.kind, figure),
            against_text(row.kind, row.against(place, 0)),
            is_best=place in row.best,
        )
        for place, figure in enumerate(row.figures)
    ]


def _differing_cells(row: DifferingRow) -> tuple[ReportCell, ...]:
    text = row.text if row.text_pair is None else f"{row.text} ¶ {row.text_pair}"
    answers = [
        ReportCell(answer_text(answer))
        if row.is_right(place)
        else ReportCell(f"{WRONG_SIGN} {answer_text(answer)}", is_wrong=True)
        for place, answer in enumerate(row.answers)
    ]
    return (ReportCell(str(row.row)), ReportCell(text), ReportCell(row.truth), *answers)
