"""What assistive technology is told of widgets that this program paints itself."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from app.views.plots.saving import Chart


@cache
def install_roles() -> None:
    """Give charts the role of a chart; without it they are panels that nothing is known of."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    return QAccessibleWidget(thing, QAccessible.Role.Chart) if isinstance(thing, Chart) else None
