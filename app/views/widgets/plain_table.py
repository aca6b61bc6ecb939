"""A quiet table of whole rows."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from app.views.look import Look


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


def share_rest(table: QTableView, columns: Sequence[int], least: int) -> None:
    """Let columns take what the others leave, but no less than can be read: the table scrolls sideways then.

    Args:
        table: Its other columns have a width already.
        columns: Share the rest.
        least: Pixels for each.
    """
    header = table.horizontalHeader()
    others = (column for column in range(header.count()) if column not in columns)
    rest = table.viewport().width() - sum(header.sectionSize(column) for column in others)
    is_wide = rest >= least * len(columns)
    for column in columns:
        if is_wide:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, least)


class FirstColumn(QObject):
    """Gives the first column of a table the rest of its width, see `share_rest`, at every size."""

    def __init__(self, table: QTableView, look: Look, least: int) -> None:
        """Follow ``table``; ``least`` are pixels at 100 %."""
        super().__init__(table)
        self._table, self._look, self._least = table, look, least
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.viewport().installEventFilter(self)
        look.changed.connect(self.fit)

    def fit(self) -> None:
        """Follow other widths of the columns beside."""
        if self._table.horizontalHeader().count():
            share_rest(self._table, (0,), self._look.px(self._least))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)
