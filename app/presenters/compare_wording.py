"""How the page Compare is said: from models, conditions and a comparison to what the page shows."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from PySide6.QtCore import QObject

from app.domain.comparison import (
    COSTS,
    KIND_OF,
    MOST,
    QUALITIES,
    Better,
    Fact,
    Figure,
    Point,
    Row,
    Setting,
    Trial,
    Variant,
    best_within,
    points_of,
)
from app.domain.comparison_wording import figure_of_kind, filled, plain_figure, setting_text
from app.domain.disagreement import DifferingRow
from app.domain.layer_comparison import LayerView, layer_rows
from app.domain.wording import moment_text, whole_text
from app.services.comparisons import Comparison
from app.views.pages.compare_page import CompareState
from app.views.plots.interval_bars import IntervalBarsState
from app.views.plots.tradeoff_chart import TradeoffState
from app.views.widgets.chooser import Choice
from app.views.widgets.differing_view import DifferingState
from app.views.widgets.layers_view import LayersState
from app.views.widgets.variant_chips import Chip


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared, and how it is looked at."""

    variants: tuple[Variant, ...] = ()
    """The first is the reference."""
    model_count: int = 0
    settings: tuple[Setting, ...] = ()
    setting: Setting | None = None
    trials: tuple[Trial, ...] = ()
    trial: Trial | None = None
    datasets: Mapping[str, str] = {}
    """Names of datasets by the hash of their content."""
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    comparison: Comparison | None = None
    differing: tuple[DifferingRow, ...] = ()
    """Inputs on which the chosen models differ, with the answers of these alone."""
    is_reading: bool = False
    """Whether a comparison is being read at the moment."""
    differences_only: bool = True
    selected: str = ""
    metric: str = "accuracy"
    x: str = "latency_p50"
    y: str = "accuracy"
    limit: float | None = None
    view: LayerView = LayerView.PARAMETERS
    is_measuring: bool = False


def key_of(condition: Setting | Trial | None) -> str:
    """Return a text that stands for a condition in a chooser."""
    return "" if condition is None else msgspec.json.encode(condition).decode()


class CompareWording(QObject):
    """Says what is seen. ``title_of`` gives the name of a metric."""

    def __init__(self, title_of: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._title_of = title_of

    def state(self, seen: Seen) -> CompareState:
        """Return what the page shows."""
        by_metric = {row.kind.metric: row for row in seen.rows}
        if not by_metric:
            return CompareState(
                chips=self._chips(seen),
                model_count=seen.model_count,
                can_add=seen.model_count > len(seen.variants),
            )
        tradeoff = self.tradeoff(seen, by_metric)
        return CompareState(
            chips=self._chips(seen),
            model_count=seen.model_count,
            can_add=len(seen.variants) < min(MOST, seen.model_count),
            can_measure=len(seen.variants) > 1 and not seen.is_measuring,
            summary=self._summary(seen),
            rows=seen.rows,
            facts=seen.facts,
            differences_only=seen.differences_only,
            settings=tuple(Choice(key_of(one), self.setting(one)) for one in seen.settings),
            setting=key_of(seen.setting),
            trials=tuple(Choice(key_of(one), self.trial(one, seen)) for one in seen.trials),
            trial=key_of(seen.trial),
            selected=seen.selected,
            metric=seen.metric,
            x_choices=tuple(Choice(one, self._title_of(one)) for one in COSTS),
            y_choices=tuple(
                Choice(one, self._title_of(one))
                for one in QUALITIES
                if any(by_metric[one].figures) or one == "accuracy"
            ),
            tradeoff=tradeoff,
            verdict=self._verdict(tradeoff),
            bars=self.bars(seen, by_metric[seen.metric if seen.metric in by_metric else "accuracy"]),
            differing=self._differing(seen),
            layers=self._layers(seen),
        )

    def setting(self, one: Setting) -> str:
        """Return what speed was measured under."""
        return setting_text(one.device, one.precision, one.shape, one.hint)

    def trial(self, one: Trial, seen: Seen) -> str:
        """Return what quality was measured on."""
        name = seen.datasets.get(one.dataset_hash) or one.dataset_hash[:8]
        values = (name, whole_text(one.n), one.device, one.precision)
        text = filled(self.tr("%1 (%2) · %3 %4"), *values)
        return text if one.subject == "ir" else f"{text} · {one.subject}"

    def tradeoff(self, seen: Seen, by_metric: Mapping[str, Row]) -> TradeoffState:
        """Return the points under the chosen axes."""
        x, y = by_metric[seen.x], by_metric[seen.y]
        points = points_of(seen.variants, x, y)
        if seen.y == "agreement" and seen.variants and x.figures[0] is not None:
            # The reference agrees with itself, whoever measures it.
            first = seen.variants[0]
            points = (Point(first.id, first.record.name, x.figures[0].value, 1.0), *points)
        return TradeoffState(
            points=points,
            x=KIND_OF[seen.x],
            y=KIND_OF[seen.y],
            x_title=self._title_of(seen.x),
            y_title=self._title_of(seen.y),
            limit=seen.limit if points else None,
            selected=seen.selected,
        )

    def bars(self, seen: Seen, row: Row) -> IntervalBarsState:
        """Return one metric as bars."""
        return IntervalBarsState(
            kind=row.kind,
            title=self._title_of(row.kind.metric),
            names=tuple(variant.record.name for variant in seen.variants),
            ids=tuple(variant.id for variant in seen.variants),
            figures=row.figures,
            best=row.best,
            selected=seen.selected,
        )

    def _chips(self, seen: Seen) -> tuple[Chip, ...]:
        return tuple(Chip(variant.id, variant.record.name) for variant in seen.variants)

    def _summary(self, seen: Seen) -> str:
        sources = [
            figure.source.measured_at
            for row in seen.rows
            for figure in row.figures
            if figure is not None and figure.source is not None
        ]
        counted = self.tr("%1 models").replace("%1", str(len(seen.variants)))
        if not sources:
            return self.tr("%1, nothing measured of them yet").replace("%1", counted)
        newest = moment_text(max(sources))
        return filled(self.tr("%1, newest figure of %2 UTC"), counted, newest)

    def _verdict(self, state: TradeoffState) -> str:
        if state.limit is None:
            return ""
        best = best_within(state.points, state.limit, state.x.better)
        limit = plain_figure(state.x, state.limit)
        if best is None:
            text = (
                self.tr("No model reaches %1.")
                if state.x.better is Better.HIGH
                else self.tr("No model keeps to %1.")
            )
            return text.replace("%1", limit)
        text = (
            self.tr("Best from %1: %2, %3 at %4")
            if state.x.better is Better.HIGH
            else self.tr("Best within %1: %2, %3 at %4")
        )
        quality = figure_of_kind(state.y, Figure(best.y, best.y_low, best.y_high))
        return filled(text, limit, best.name, quality, plain_figure(state.x, best.x))

    def _differing(self, seen: Seen) -> DifferingState:
        names = tuple(variant.record.name for variant in seen.variants)
        comparison = seen.comparison
        if seen.is_reading:
            return DifferingState(names, (), self.tr("Reading the last comparison…"))
        if comparison is None or comparison.n is None:
            note = self.tr(
                "Single answers are not known yet: “Measure these” asks all models about the same inputs "
                "and lists where they differ."
            )
            return DifferingState(names, (), note)
        rows = seen.differing
        text = (
            self.tr("%1 of %2 inputs of %3 · %4 · %5 UTC")
            if rows
            else self.tr("All models answer all %2 inputs of %3 alike · %4 · %5 UTC")
        )
        conditions = f"{comparison.device} {comparison.precision}"
        counts = whole_text(len(rows)), whole_text(comparison.n)
        note = filled(text, *counts, comparison.dataset or "", conditions, comparison.at)
        if not comparison.has_all_rows:
            kept, count = whole_text(len(comparison.rows)), whole_text(comparison.differing_count)
            note = filled(self.tr("%1 · an earlier version kept the first %2 of %3 alone"), note, kept, count)
        return DifferingState(names, rows, note)

    def _layers(self, seen: Seen) -> LayersState:
        records = [variant.record for variant in seen.variants]
        names = tuple(record.name for record in records)
        comparison = seen.comparison
        costs = () if comparison is None else comparison.layers
        is_other = comparison is not None and bool(records) and comparison.model_ids[0] != records[0].id
        if seen.view is LayerView.ERROR and is_other:
            costs = ()
        rows = layer_rows(records, seen.view, costs)
        return LayersState(names, rows, seen.view, self._layer_note(seen, is_other=is_other))

    def _layer_note(self, seen: Seen, *, is_other: bool) -> str:
        comparison = seen.comparison
        if seen.view not in {LayerView.TIME, LayerView.ERROR}:
            unknown = [one.record.name for one in seen.variants if one.record.structure is None]
            if not unknown:
                return ""
            return self.tr("Not known of an IR alone: %1").replace("%1", ", ".join(unknown))
        if comparison is None:
            return self.tr("Not measured: “Measure these” takes time and error of each layer.")
        figure = "time_ms" if seen.view is LayerView.TIME else "relative_error"
        if not comparison.layers and not comparison.reasons:
            return self.tr("An earlier version did not measure layers: “Measure these” does.")
        if figure == "relative_error" and is_other:
            return self.tr("Measured against another reference: make it the first again, or measure again.")
        setting = setting_text(comparison.device, comparison.precision, comparison.shape, comparison.at)
        text = (
            self.tr("Counted by the device while it runs, which takes time itself · %1 UTC")
            if figure == "time_ms"
            else self.tr("Distance of each layer's output from that of the reference, relative · %1 UTC")
        )
        return " ".join([text.replace("%1", setting), *self._reasons(seen, comparison, figure)])

    def _reasons(self, seen: Seen, comparison: Comparison, figure: str) -> Sequence[str]:
        names = {variant.id: variant.record.name for variant in seen.variants}
        return [
            filled(self.tr("%1 not measured: %2"), names[one.model_id], one.reason)
            for one in comparison.reasons
            if one.figure == figure and one.model_id in names
        ]
