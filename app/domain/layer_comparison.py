"""The layers of several models beside each other: what is left of each, what it costs, how far it is off."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from app.domain.model import ModelRecord

OUTSIDE: Final = -1
"""Stands for what belongs to no layer: embeddings, pooler, classifier."""


class LayerView(StrEnum):
    """What is shown of each layer."""

    PARAMETERS = "parameters"
    HEADS = "heads"
    NEURONS = "neurons"
    TIME = "time"
    ERROR = "error"


class LayerCost(msgspec.Struct, frozen=True):
    """What a comparison measured of one layer of one model."""

    model_id: str
    layer: int
    time_ms: float | None = None
    relative_error: float | None = None
    """‖its output − that of the reference‖ / ‖that of the reference‖."""


class LayerReason(msgspec.Struct, frozen=True):
    """Why something of a model's layers was not measured."""

    model_id: str
    figure: str
    """time_ms or relative_error"""
    reason: str


class LayerCell(msgspec.Struct, frozen=True):
    """One layer of one model, in one view."""

    value: float
    parts: tuple[float, ...]
    """What the value is made of: attention, feed-forward, other; or the value alone."""
    total: float | None = None
    """Of what it is a part, such as the heads of the original."""


class LayerRow(msgspec.Struct, frozen=True):
    """One layer of all models; None where it is not known."""

    layer: int
    cells: tuple[LayerCell | None, ...]


def layer_rows(
    records: Sequence[ModelRecord], view: LayerView, costs: Sequence[LayerCost]
) -> tuple[LayerRow, ...]:
    """Return one row a layer, down to the deepest model, then what is outside of the layers."""
    columns = [_column(record, view, costs) for record in records]
    layers = sorted({layer for column in columns for layer in column}, key=lambda one: (one == OUTSIDE, one))
    return tuple(LayerRow(layer, tuple(column.get(layer) for column in columns)) for layer in layers)


def _column(record: ModelRecord, view: LayerView, costs: Sequence[LayerCost]) -> Mapping[int, LayerCell]:
    structure = record.structure
    own = [cost for cost in costs if cost.model_id == record.id]
    match view:
        case LayerView.TIME:
            times = {cost.layer: cost.time_ms for cost in own}
            return {layer: LayerCell(ms, (ms,)) for layer, ms in times.items() if ms is not None}
        case LayerView.ERROR:
            errors = {cost.layer: cost.relative_error for cost in own}
            return {layer: LayerCell(one, (one,)) for layer, one in errors.items() if one is not None}
        case _ if structure is None:
            return {}
        case LayerView.PARAMETERS:
            cells = {
                place: _sum(one.attention_parameters, one.ffn_parameters, one.other_parameters)
                for place, one in enumerate(structure.layers)
            }
            return cells | {OUTSIDE: _sum(structure.embedding_parameters + structure.head_parameters)}
        case LayerView.HEADS:
            return {
                place: LayerCell(len(one.heads_kept), (len(one.heads_kept),), one.heads_total)
                for place, one in enumerate(structure.layers)
            }
        case LayerView.NEURONS:
            return {
                place: LayerCell(one.neuron_count, (one.neuron_count,), one.neurons_total)
                for place, one in enumerate(structure.layers)
            }


def _sum(*parts: float) -> LayerCell:
    return LayerCell(sum(parts), parts)
