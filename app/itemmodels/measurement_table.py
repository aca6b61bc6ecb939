"""Every figure that was measured of a model, with the conditions it holds under."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject

from app.domain.language import marked, said
from app.domain.measurement import Measurement
from app.domain.wording import figure_text, half_width, moment_text, shape_text, whole_text
from app.itemmodels.column_table import Column, ColumnTable

_NAMES: Final = {
    "accuracy": marked("Accuracy"),
    "latency_p50": marked("Latency p50"),
    "latency_p95": marked("Latency p95"),
    "throughput": marked("Throughput"),
    "ir_size": marked("IR size"),
    "checkpoint_size": marked("Checkpoint size"),
    "load_time": marked("Load time"),
    "linear_sparsity": marked("Linear sparsity"),
    "parameters": marked("Parameters"),
    "agreement": marked("Agreement"),
    "peak_memory": marked("Peak memory"),
}


class MeasurementTable(ColumnTable[Measurement]):
    """One row a measurement, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = (
            Column(self.tr("Figure"), _name, is_left=True),
            Column(self.tr("Value"), lambda one: figure_text(one.metric, one.value, one.unit)),
            Column(self.tr("95 % interval"), _interval),
            Column(self.tr("Device"), _device, is_left=True),
            Column(self.tr("Precision"), lambda one: one.precision or ""),
            Column(self.tr("Shape"), lambda one: "" if one.shape is None else shape_text(one.shape)),
            Column(self.tr("Setting"), _setting, is_left=True),
            Column(self.tr("Samples"), lambda one: "" if one.n is None else whole_text(one.n)),
            Column(self.tr("Measured (UTC)"), lambda one: moment_text(one.measured_at)),
        )

    def show_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show these figures, the newest first."""
        self._show(sorted(measurements, key=lambda one: one.measured_at, reverse=True))


def _name(one: Measurement) -> str:
    return said(_NAMES.get(one.metric, one.metric.replace("_", " ").capitalize()))


def _interval(one: Measurement) -> str:
    if half_width(one.low, one.high) is None or one.low is None or one.high is None:
        return ""
    low, high = (figure_text(one.metric, bound, one.unit) for bound in (one.low, one.high))
    return said("%1 to %2", low.removesuffix(" %"), high)


def _device(one: Measurement) -> str:
    return (one.device or "") if one.subject == "ir" else f"{one.device or ''} ({one.subject})".strip()


def _setting(one: Measurement) -> str:
    streams = said("%1 streams", one.streams) if one.streams else ""
    return ", ".join(part for part in (one.hint or "", streams) if part)
