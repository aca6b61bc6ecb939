"""Every figure that was measured of a model, with the conditions it holds under."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from app.domain.language import marked, said
from app.domain.measurement import Measurement
from app.domain.wording import figure_text, half_width, moment_text, shape_text, whole_text
from app.itemmodels.flat_table import FlatTable, Index

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


class MeasurementTable(FlatTable):
    """One row a measurement, the newest first."""

    left_columns = frozenset({0, 3, 6})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = (
            self.tr("Figure"),
            self.tr("Value"),
            self.tr("95 % interval"),
            self.tr("Device"),
            self.tr("Precision"),
            self.tr("Shape"),
            self.tr("Setting"),
            self.tr("Samples"),
            self.tr("Measured (UTC)"),
        )
        self._rows: list[tuple[str, ...]] = []

    def show_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show these figures, the newest first."""
        ordered = sorted(measurements, key=lambda one: one.measured_at, reverse=True)
        rows = [_texts(one) for one in ordered]
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    @override
    def shown_rows(self) -> Sequence[object]:
        return self._rows

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._rows[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case _:
                return None


def _texts(one: Measurement) -> tuple[str, ...]:
    interval = ""
    if half_width(one.low, one.high) is not None and one.low is not None and one.high is not None:
        low, high = (figure_text(one.metric, bound, one.unit) for bound in (one.low, one.high))
        interval = said("%1 to %2", low.removesuffix(" %"), high)
    streams = said("%1 streams", one.streams) if one.streams else ""
    return (
        said(_NAMES.get(one.metric, one.metric.replace("_", " ").capitalize())),
        figure_text(one.metric, one.value, one.unit),
        interval,
        (one.device or "") if one.subject == "ir" else f"{one.device or ''} ({one.subject})".strip(),
        one.precision or "",
        "" if one.shape is None else shape_text(one.shape),
        ", ".join(part for part in (one.hint or "", streams) if part),
        "" if one.n is None else whole_text(one.n),
        moment_text(one.measured_at),
    )
