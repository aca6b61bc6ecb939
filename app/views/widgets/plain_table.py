"""A quiet table of whole rows."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


def plain_table(
    name: str, title: str, model: QAbstractItemModel, header: QHeaderView | None = None
) -> QTableView:
    """Return a table that `make_plain` made plain; arguments as there."""
    table = QTableView()
    make_plain(table, name, title, model, header)
    return table


def make_plain(
    table: QTableView, name: str, title: str, model: QAbstractItemModel, header: QHeaderView | None = None
) -> None:
    """Take grid and row numbers off, select whole rows, and let Tab go on.

    Args:
        table: Is changed.
        name: Its object name.
        title: Its accessible name.
        model: What it shows.
        header: In place of the usual one.
    """
    table.setObjectName(name)
    table.setAccessibleName(title)
    if header is not None:
        table.setHorizontalHeader(header)
    table.setModel(model)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
