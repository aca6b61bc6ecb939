"""Figures of several models beside each other: which count as measured alike, and which are best."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final, TypeVar

import msgspec

from app.domain.disagreement import PairFigures
from app.domain.measurement import Measurement
from app.domain.model import ModelRecord

C = TypeVar("C")

FEWEST: Final = 2
MOST: Final = 8
"""Variants that stand beside each other."""


class Under(StrEnum):
    """What a figure depends on."""

    MODEL = "model"
    """Nothing but the model."""
    SPEED = "speed"
    """Device, precision and shape: a `Setting`."""
    DATA = "data"
    """A dataset: a `Trial`."""
    PAIR = "pair"
    """The answers of a comparison, against the reference."""


class Better(StrEnum):
    """Which way is up."""

    LOW = "low"
    HIGH = "high"
    NEITHER = ""


class Kind(msgspec.Struct, frozen=True):
    """A row of the table: a metric, and how its figures are read."""

    metric: str
    under: Under
    better: Better
    unit: str
    """As `Measurement.unit`."""
    in_points: bool = False
    """Compared by difference rather than by ratio."""


KINDS: Final = (
    Kind("accuracy", Under.DATA, Better.HIGH, "1", in_points=True),
    Kind("accuracy_difference", Under.PAIR, Better.NEITHER, "1", in_points=True),
    Kind("agreement", Under.PAIR, Better.NEITHER, "1", in_points=True),
    Kind("latency_p50", Under.SPEED, Better.LOW, "ms"),
    Kind("latency_p95", Under.SPEED, Better.LOW, "ms"),
    Kind("throughput", Under.SPEED, Better.HIGH, "1/s"),
    Kind("ir_size", Under.MODEL, Better.LOW, "B"),
    Kind("checkpoint_size", Under.MODEL, Better.LOW, "B"),
    Kind("parameters", Under.MODEL, Better.LOW, "1"),
    Kind("heads_kept", Under.MODEL, Better.NEITHER, "heads"),
    Kind("neurons_kept", Under.MODEL, Better.NEITHER, "neurons"),
    Kind("linear_sparsity", Under.MODEL, Better.NEITHER, "1", in_points=True),
    Kind("load_time", Under.SPEED, Better.LOW, "ms"),
    Kind("peak_memory", Under.SPEED, Better.LOW, "B"),
)
"""In the order of the table."""
KIND_OF: Final = {kind.metric: kind for kind in KINDS}

QUALITIES: Final = ("accuracy", "agreement")
"""What may stand on the upright axis of the trade-off."""
COSTS: Final = (
    "latency_p50",
    "latency_p95",
    "throughput",
    "ir_size",
    "parameters",
    "load_time",
    "peak_memory",
)
"""What may lie on the other one."""


class Variant(msgspec.Struct, frozen=True):
    """A model that is compared, with everything that was ever measured of it."""

    record: ModelRecord
    measurements: tuple[Measurement, ...] = ()
    """Oldest first."""

    @property
    def id(self) -> str:
        """The model's id."""
        return self.record.id


class Setting(msgspec.Struct, frozen=True):
    """What speed was measured under."""

    device: str
    precision: str
    shape: tuple[int, ...]
    hint: str
    """Of the latency, the load time and the memory; throughput is always taken under its own."""


class Trial(msgspec.Struct, frozen=True):
    """What quality was measured on."""

    dataset_hash: str
    n: int
    device: str
    precision: str
    subject: str = "ir"


class Figure(msgspec.Struct, frozen=True):
    """One value of the table, and the measurement behind it where there is one."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    total: int | None = None
    """Of what ``value`` is a part: all heads of the original."""
    source: Measurement | None = None


class Row(msgspec.Struct, frozen=True):
    """One metric of all variants; None where it was not measured under the chosen conditions."""

    kind: Kind
    figures: tuple[Figure | None, ...]

    @property
    def differs(self) -> bool:
        """Whether two variants have unlike values, or only some of them have one."""
        return len({None if one is None else one.value for one in self.figures}) > 1

    @property
    def best(self) -> frozenset[int]:
        """Places of the best values; none where nothing is better than anything else."""
        values = {place: one.value for place, one in enumerate(self.figures) if one is not None}
        if self.kind.better is Better.NEITHER or len(set(values.values())) < 2:
            return frozenset()
        wanted = (min if self.kind.better is Better.LOW else max)(values.values())
        return frozenset(place for place, value in values.items() if value == wanted)

    def against(self, place: int, reference: int) -> float | None:
        """Return the ratio to the reference's value, or the difference where the kind wants points."""
        own, base = self.figures[place], self.figures[reference]
        if place == reference or own is None or base is None or self.kind.under is Under.PAIR:
            return None
        if self.kind.in_points:
            return own.value - base.value
        return own.value / base.value if base.value else None


class Fact(msgspec.Struct, frozen=True):
    """A row of words, such as precision, method or licence."""

    name: str
    texts: tuple[str, ...]
    """Empty where it is not known."""

    @property
    def differs(self) -> bool:
        """Whether two variants have unlike words."""
        return len(set(self.texts)) > 1


def setting_of(one: Measurement) -> Setting | None:
    """Return what a figure of speed was measured under, None where it does not say."""
    if one.device is None or one.precision is None or one.shape is None or one.hint is None:
        return None
    return Setting(one.device, one.precision, one.shape, one.hint)


def trial_of(one: Measurement) -> Trial | None:
    """Return what a figure of quality was measured on, None where it does not say."""
    if one.dataset_hash is None or one.n is None or one.device is None or one.precision is None:
        return None
    return Trial(one.dataset_hash, one.n, one.device, one.precision, one.subject)


def settings_of(variants: Sequence[Variant]) -> tuple[Setting, ...]:
    """Return the settings under which latency was measured: those of the most variants first.

    Among equals one request after another comes before many at once, then the newest.
    """
    found = _conditions(variants, "latency_p50", setting_of)
    return tuple(sorted(found, key=lambda one: (found[one][0], one.hint == "latency", found[one][1])))[::-1]


def trials_of(variants: Sequence[Variant], setting: Setting | None) -> tuple[Trial, ...]:
    """Return what accuracy was measured on: by the most variants first, then as speed was, then newest."""
    found = _conditions(variants, "accuracy", trial_of)
    like = None if setting is None else (setting.device, setting.precision)
    return tuple(
        sorted(found, key=lambda one: (found[one][0], (one.device, one.precision) == like, found[one][1]))
    )[::-1]


def _conditions(
    variants: Sequence[Variant], metric: str, condition_of: Callable[[Measurement], C | None]
) -> dict[C, tuple[int, str]]:
    """Return the conditions of a metric, with how many variants have it and when it was taken last."""
    owners: dict[C, set[str]] = {}
    newest: dict[C, str] = {}
    for variant in variants:
        for one in variant.measurements:
            condition = condition_of(one) if one.metric == metric else None
            if condition is not None:
                owners.setdefault(condition, set()).add(variant.id)
                newest[condition] = max(newest.get(condition, ""), one.measured_at)
    return {condition: (len(who), newest[condition]) for condition, who in owners.items()}


def rows_of(
    variants: Sequence[Variant],
    setting: Setting | None,
    trial: Trial | None,
    pairs: Sequence[PairFigures | None] = (),
) -> tuple[Row, ...]:
    """Return the table of figures, all of a row under the same conditions.

    Args:
        variants: One a column.
        setting: None: nothing was measured of speed.
        trial: None: nothing was measured of quality.
        pairs: Each variant against the reference on the same inputs, None for the reference itself.
    """
    rows: list[Row] = []
    for kind in KINDS:
        match kind.under:
            case Under.MODEL:
                figures = [_of_model(variant, kind.metric) for variant in variants]
            case Under.SPEED:
                figures = [_of_speed(variant, kind.metric, setting) for variant in variants]
            case Under.DATA:
                figures = [_of_quality(variant, kind.metric, trial) for variant in variants]
            case Under.PAIR:
                figures = [_of_pair(pair, kind.metric) for pair in pairs] or [None] * len(variants)
        rows.append(Row(kind, tuple(figures)))
    return tuple(rows)


def _newest(measurements: Iterable[Measurement]) -> Figure | None:
    one = max(measurements, key=lambda each: each.measured_at, default=None)
    return None if one is None else Figure(one.value, one.low, one.high, one.n, source=one)


def _of_speed(variant: Variant, metric: str, setting: Setting | None) -> Figure | None:
    if setting is None:
        return None
    wanted = msgspec.structs.replace(setting, hint="throughput") if metric == "throughput" else setting
    return _newest(one for one in variant.measurements if one.metric == metric and setting_of(one) == wanted)


def _of_quality(variant: Variant, metric: str, trial: Trial | None) -> Figure | None:
    if trial is None:
        return None
    return _newest(one for one in variant.measurements if one.metric == metric and trial_of(one) == trial)


def _of_pair(pair: PairFigures | None, metric: str) -> Figure | None:
    if pair is None:
        return None
    if metric == "agreement":
        return Figure(pair.agreement, pair.agreement_low, pair.agreement_high, pair.n)
    return Figure(pair.difference, pair.difference_low, pair.difference_high, pair.n)


def _of_model(variant: Variant, metric: str) -> Figure | None:
    record, structure = variant.record, variant.record.structure
    match metric:
        case "ir_size":
            return None if record.ir_bytes is None else Figure(record.ir_bytes)
        case "checkpoint_size":
            return None if record.checkpoint_bytes is None else Figure(record.checkpoint_bytes)
        case "parameters":
            return None if structure is None else Figure(structure.parameters)
        case "heads_kept" if structure is not None:
            layers = structure.layers
            kept, total = (sum(len(one.heads_kept) for one in layers), sum(one.heads_total for one in layers))
            return Figure(kept, total=total)
        case "neurons_kept" if structure is not None:
            layers = structure.layers
            kept = sum(one.neuron_count for one in layers)
            return Figure(kept, total=sum(one.neurons_total for one in layers))
        case "linear_sparsity":
            return _newest(one for one in variant.measurements if one.metric == metric)
        case _:
            return None


def facts_of(variants: Sequence[Variant], names: dict[str, str]) -> tuple[Fact, ...]:
    """Return the rows of words.

    Args:
        variants: One a column.
        names: Names of models by id, for what each was made from.
    """
    records = [variant.record for variant in variants]
    return (
        Fact("precision", tuple(one.precision for one in records)),
        Fact("method", tuple(one.method for one in records)),
        Fact("parent", tuple(names.get(one.parent_id or "", one.origin) for one in records)),
        Fact("task", tuple(one.task for one in records)),
        Fact("family", tuple(one.family for one in records)),
        Fact("labels", tuple(", ".join(one.labels) for one in records)),
        Fact("license", tuple(one.license or "" for one in records)),
    )


class Point(msgspec.Struct, frozen=True):
    """A variant between a cost and a quality."""

    id: str
    name: str
    x: float
    y: float
    y_low: float | None = None
    y_high: float | None = None


def points_of(variants: Sequence[Variant], x: Row, y: Row) -> tuple[Point, ...]:
    """Return the variants of which both figures are there."""
    return tuple(
        Point(variant.id, variant.record.name, cost.value, quality.value, quality.low, quality.high)
        for variant, cost, quality in zip(variants, x.figures, y.figures, strict=True)
        if cost is not None and quality is not None
    )


def pareto_front(points: Sequence[Point], better: Better) -> tuple[Point, ...]:
    """Return the points that no other one beats in both, from the best cost to the best quality.

    Args:
        points: Quality upright: more is better.
        better: Which way cost is better.
    """
    sign = -1 if better is Better.HIGH else 1
    front: list[Point] = []
    for point in sorted(points, key=lambda one: (sign * one.x, -one.y)):
        if not front or point.y > front[-1].y:
            front.append(point)
    return tuple(front)


def best_within(points: Sequence[Point], limit: float, better: Better) -> Point | None:
    """Return the point of the highest quality that keeps the limit of cost, None where none does."""
    sign = -1 if better is Better.HIGH else 1
    within = [point for point in points if sign * point.x <= sign * limit]
    return max(within, key=lambda one: (one.y, -sign * one.x), default=None)
