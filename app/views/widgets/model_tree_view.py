"""The tree of models: sorted and searched, opened and closed, names edited in place."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTreeView, QWidget
from typing_extensions import override

from app.itemmodels.model_filter import ModelFilter
from app.itemmodels.model_tree import ROW_ROLE, ModelRow, ModelTree
from app.views.look import Look
from app.views.widgets.model_delegates import HeadsDelegate, NameDelegate
from app.views.widgets.sort_header import SortHeader

_HEADS: Final = 2
_WIDTHS: Final = (0, 136, 108, 100, 88, 84, 120, 172)
_LEAST_NAME: Final = 172
_FIRST_TO_GO: Final = (1, 3, 5, 2, 7, 4)
"""Columns in the order in which they fold away where there is no room for all: the names tell them then."""


class ModelTreeView(QTreeView):
    """Originals with their variants beneath; the arrow keys open and close an original.

    Signals:
        model_selected: Another model was selected; carries its id, empty for none.
        rename_requested: A name was typed; carries the model's id and the text.
    """

    model_selected = Signal(str)
    rename_requested = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = ModelTree(self)
        self._tree.rename_requested.connect(self.rename_requested)
        self._filter = ModelFilter(self)
        self._filter.setSourceModel(self._tree)
        self._look = look
        self._closed: set[str] = set()
        self._is_showing = False
        self.setObjectName("models.tree")
        self.setAccessibleName(self.tr("Models"))
        header = SortHeader(look)
        header.setObjectName("models.header")
        header.setAccessibleName(self.tr("Columns of the models"))
        self.setHeader(header)
        self.setModel(self._filter)
        self.setSortingEnabled(True)
        self.names = NameDelegate(look, self)
        self.setItemDelegateForColumn(0, self.names)
        self.setItemDelegateForColumn(_HEADS, HeadsDelegate(look, self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # The delegate paints carets of its own: those of the style know no theme and no scale.
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        for column, width in enumerate(_WIDTHS):
            mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                header.resizeSection(column, width)
        look.changed.connect(self._fold)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_LEAST_NAME), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        super().resizeEvent(event)

    @property
    def is_search_empty(self) -> bool:
        """Whether a search finds no model."""
        return self._filter.is_searching and not self._filter.rowCount()

    def show_models(self, rows: Sequence[ModelRow], selected: str | None) -> None:
        """Show these models; what was closed stays closed, what is new is open."""
        self._is_showing = True
        self._tree.show_models(rows)
        self._open_rows()
        index = QModelIndex() if selected is None else self._index_of(selected)
        if index.isValid() and index.siblingAtColumn(0) != self.currentIndex().siblingAtColumn(0):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
        self._is_showing = False

    def show_query(self, text: str) -> None:
        """Show the models that a search finds."""
        selected = self._id_of(self.currentIndex())
        self._is_showing = True
        self._filter.show_query(text)
        self._open_rows()
        self._is_showing = False
        # Now that no row is on its way out any more: who hears of it shows the models once more, and Qt
        # crashes where rows change while others are being removed.
        if self._id_of(self.currentIndex()) != selected:
            self._on_current_changed(self.currentIndex())

    def height_of_rows(self, fewest: int, most: int) -> int:
        """Return the height of the header and of all rows that are open, of ``fewest`` to ``most``."""
        rows, index = 0, self._filter.index(0, 0)
        while index.isValid() and rows < most:
            rows, index = rows + 1, self.indexBelow(index)
        row = self.sizeHintForRow(0) if rows else self.header().sizeHint().height()
        return self.header().sizeHint().height() + max(rows, fewest) * row + 2 * self.frameWidth()

    def edit_name(self, model_id: str, text: str | None = None) -> None:
        """Let the name of a model be edited, beginning with ``text`` where that is given."""
        index = self._index_of(model_id)
        if not index.isValid() or self.state() == QAbstractItemView.State.EditingState:
            return
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index)
        if text is not None and isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def _fold(self) -> None:
        """Show as many columns as leave room for the names."""
        px, header = self._look.px, self.header()
        room = self.width() - px(_LEAST_NAME)
        hidden: list[int] = []
        for column in _FIRST_TO_GO:
            if sum(px(width) for place, width in enumerate(_WIDTHS) if place not in hidden) <= room:
                break
            hidden.append(column)
        for column, width in enumerate(_WIDTHS):
            if width:
                header.setSectionHidden(column, column in hidden)
                if column not in hidden:
                    header.resizeSection(column, px(width))
        self._tree.show_folded(sorted(hidden))

    def _index_of(self, model_id: str) -> QModelIndex:
        return self._filter.mapFromSource(self._tree.index_of(model_id))

    def _open_rows(self) -> None:
        for place in range(self._filter.rowCount()):
            index = self._filter.index(place, 0)
            is_open = self._filter.is_searching or self._id_of(index) not in self._closed
            self.setExpanded(index, is_open)

    def _id_of(self, index: QModelIndex) -> str:
        row = index.siblingAtColumn(0).data(ROW_ROLE)
        return row.id if isinstance(row, ModelRow) else ""

    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._closed.discard(self._id_of(index))

    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._closed.add(self._id_of(index))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._is_showing:
            self.model_selected.emit(self._id_of(current))
