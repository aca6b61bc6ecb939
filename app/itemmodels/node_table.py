"""Every node that a device ran, with its precision, kernel and time."""

from PySide6.QtCore import QObject
from typing_extensions import override

from app.domain.execution import INT8, MIXED, OTHER, ExecutedNode, Execution, Quantization
from app.domain.language import in_figures
from app.domain.wording import NOT_MEASURED, percent_text, shape_text, whole_text
from app.itemmodels.column_table import Column
from app.itemmodels.sorted_rows import SortedRows, natural


def time_text(time_ms: float | None) -> str:
    """Return the time of a node to the microsecond: ``0.155 ms``."""
    return NOT_MEASURED if time_ms is None else in_figures(f"{time_ms:.3f} ms")


class NodeTable(SortedRows[ExecutedNode]):
    """One row a node; the precision of its products is its category."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total_ms: float | None = None
        self._float = "f32"
        self._columns = (
            Column(
                self.tr("Node"),
                text=_short_name,
                key=lambda node: natural(node.title),
                value=lambda node: node.title,
                tooltip=self._name_tooltip,
                explanation=self.tr("The module that it came from; what was fused into it in its tooltip"),
                is_left=True,
            ),
            Column(
                self.tr("Type"),
                text=lambda node: node.kind,
                is_left=True,
            ),
            Column(
                self.tr("Executed in"),
                text=lambda node: self.precision_text(node.executed_in),
                key=lambda node: node.executed_in,
                value=lambda node: node.executed_in,
                tooltip=self._precision_tooltip,
                explanation=self.tr("The precision of the activations that go in"),
                is_left=True,
            ),
            Column(
                self.tr("Kernel"),
                text=lambda node: node.kernel,
                explanation=self.tr("The plugin's primitive"),
                is_left=True,
            ),
            Column(
                self.tr("Output"),
                text=lambda node: shape_text(node.shape or None),
                key=lambda node: node.shape,
                value=lambda node: "×".join(str(size) for size in node.shape),
            ),
            Column(
                self.tr("Time"),
                text=lambda node: time_text(node.time_ms),
                key=lambda node: node.time_ms or 0.0,
                value=lambda node: node.time_ms,
                tooltip=self._time_tooltip,
                explanation=self.tr("In one request: the median of a few"),
            ),
        )

    @property
    def shown_ms(self) -> float | None:
        """Time of the nodes that are shown, None where none was measured."""
        times = [node.time_ms for node in self._shown if node.time_ms is not None]
        return sum(times) if times else None

    def show_execution(self, execution: Execution | None) -> None:
        """Show these nodes."""
        self._total_ms = None if execution is None else execution.time_ms
        self._float = "f32" if execution is None else execution.float_precision
        self.show_rows(() if execution is None else execution.nodes)

    def groups(self) -> list[str]:
        """Return the precisions of products that there are, and what stands for no product."""
        return list(dict.fromkeys(node.group for node in self._all))

    def precision_text(self, name: str) -> str:
        """Return how a precision, or that there is no product, is called."""
        match name:
            case _ if name == INT8:
                return "INT8"
            case _ if name == MIXED:
                return self.tr("INT8 and %1").replace("%1", self._float)
            case _ if name == OTHER:
                return self.tr("no product")
            case _:
                return name

    @override
    def _searched(self, row: ExecutedNode) -> str:
        return f"{row.title} {row.kind} {row.kernel}"

    @override
    def _category_of(self, row: ExecutedNode) -> str:
        return row.group

    def _name_tooltip(self, node: ExecutedNode) -> str:
        names = (node.title, node.name, *node.origins)
        return "\n".join(dict.fromkeys(name for name in names if name))

    def _precision_tooltip(self, node: ExecutedNode) -> str:
        lines = [
            self.tr("Takes %1").replace("%1", ", ".join(node.inputs) or NOT_MEASURED),
            self.tr("Called %1 by the plugin (runtimePrecision)").replace("%1", node.precision),
        ]
        if node.products:
            lines.append(
                self.tr("Multiply-accumulates: %1").replace(
                    "%1", whole_text(node.macs) if node.macs else NOT_MEASURED
                )
            )
        match node.quantization:
            case Quantization.NONE:
                pass
            case Quantization.WEIGHTS:
                lines.append(self.tr("Only its weights are quantized in the IR"))
            case Quantization.PARTLY:
                lines.append(self.tr("Quantized in part in the IR"))
            case Quantization.FULL:
                lines.append(self.tr("Weights and activations are quantized in the IR"))
        return "\n".join(lines)

    def _time_tooltip(self, node: ExecutedNode) -> str:
        if node.time_ms is None or not self._total_ms:
            return self.tr("Not measured")
        share = percent_text(node.time_ms / self._total_ms)
        return self.tr("%1 of the time of all nodes").replace("%1", share)


def _short_name(node: ExecutedNode) -> str:
    return node.title if node.layer < 0 else f"L{node.layer} · {node.place_in_layer}"
