"""Models: what there is, what is left of each, and what was measured."""

from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.measurement import Measurement
from app.domain.wording import count_text, whole_text
from app.itemmodels.measurement_table import MeasurementTable
from app.itemmodels.model_tree import ROW_ROLE, ModelRow, ModelTree
from app.views.actions import Actions
from app.views.look import Look
from app.views.plots.head_map import HeadMap, layers_of_structure
from app.views.plots.layer_bars import LayerBars, PartLegend, bars_of
from app.views.widgets.card import Card, label
from app.views.widgets.delegates import NameDelegate
from app.views.widgets.notice import Notice

_SETTING_COLUMN: Final = 6


class ModelsState(msgspec.Struct, frozen=True):
    """What the page shows."""

    rows: tuple[ModelRow, ...] = ()
    selected: str | None = None
    measurements: tuple[Measurement, ...] = ()
    """Of the selected model."""
    is_loading: bool = False


class ModelsPage(QWidget):
    """A tree of models over the details of the selected one.

    Signals:
        model_selected: Another model was selected; carries its id, empty for none.
        import_requested: A folder, hub id or URL is to be imported.
        starter_import_requested: The starter is to be imported, nothing more.
        starter_requested: The card of the empty page was pressed.
        notice_action_requested: A button of the notice was pressed; carries its id.
        notice_closed: The notice was closed.
    """

    model_selected = Signal(str)
    import_requested = Signal(str)
    starter_requested = Signal()
    starter_import_requested = Signal()
    notice_action_requested = Signal(str)
    notice_closed = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._state = ModelsState()
        self.setAcceptDrops(True)
        self.search = QLineEdit()
        self.search.setObjectName("models.search")
        self.search.setPlaceholderText(self.tr("Search, or paste a hub id or URL"))
        self.search.setAccessibleName(self.tr("Search, or paste a hub id or URL and press Enter"))
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(280)
        self.headline, self.headline_stretch = self.search, 1
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self.notice.closed.connect(self.notice_closed)
        self._tree_model = ModelTree(self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._tree_model)
        self._filter.setRecursiveFilteringEnabled(True)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._tree = self._make_tree(look)
        self._bars = LayerBars(look)
        self._bar_legend = PartLegend(look)
        self._heads = HeadMap(look)
        self._heads_card = Card(self.tr("Attention heads kept"))
        self._bars_card = Card(self.tr("Parameters per layer"))
        self._table_model = MeasurementTable(self)
        self._table = self._make_table()
        self._pictures = QWidget()
        self._details = QWidget()
        self._measured_card = Card(self.tr("Measurements"))
        self._starter = QPushButton(self.tr("Set it up"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_view())
        self._stack.addWidget(self._full_view())
        self._stack.addWidget(self._loading_view())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(16)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        actions["models.add_folder"].triggered.connect(self._on_add_folder)
        actions["models.add_starter"].triggered.connect(self.starter_import_requested)
        actions["models.add_file"].triggered.connect(self._on_add_file)

    def show_state(self, state: ModelsState) -> None:
        """Show models, selection and details."""
        self._state = state
        self._stack.setCurrentIndex(2 if state.is_loading else 1 if state.rows else 0)
        self._tree_model.show_models(state.rows)
        self._tree.expandAll()
        row = next((row for row in state.rows if row.id == state.selected), None)
        self._select(row)
        self._show_details(row)
        self._table_model.show_measurements(state.measurements)
        has_any = bool(state.measurements)
        notes = [] if has_any else [self.tr("Nothing was measured of this model yet.")]
        if row is not None and not row.record.has_checkpoint:
            notes.append(
                self.tr("It is an OpenVINO IR alone: its layers are not known, and it cannot be trained.")
            )
        self._measured_card.show_note(" ".join(notes))
        self._table.setVisible(has_any)
        height = QSizePolicy.Policy.Preferred if has_any else QSizePolicy.Policy.Maximum
        self._measured_card.setSizePolicy(QSizePolicy.Policy.Preferred, height)

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        target = self._tree if self._state.rows else self._starter
        target.setFocus()

    def _select(self, row: ModelRow | None) -> None:
        index = (
            QModelIndex() if row is None else self._filter.mapFromSource(self._tree_model.index_of(row.id))
        )
        if index.isValid() and index.siblingAtColumn(0) != self._tree.currentIndex().siblingAtColumn(0):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._tree.selectionModel().setCurrentIndex(index, flags)

    def _show_details(self, row: ModelRow | None) -> None:
        structure = None if row is None else row.record.structure
        self._pictures.setVisible(structure is not None)
        # Without pictures the list gets the room.
        height = QSizePolicy.Policy.Preferred if structure is not None else QSizePolicy.Policy.Maximum
        self._details.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        if row is None or structure is None:
            return
        bars = bars_of(structure)
        self._bars.show_bars(bars)
        self._bar_legend.show_before(has_before=structure.is_pruned)
        self._heads.show_layers(layers_of_structure(structure))
        kept = sum(len(layer.heads_kept) for layer in structure.layers)
        total = sum(layer.heads_total for layer in structure.layers)
        neurons = sum(len(layer.neurons_kept) for layer in structure.layers)
        neurons_total = sum(layer.neurons_total for layer in structure.layers)
        self._heads_card.show_note(
            self.tr("%1 of %2 heads, %3 of %4 neurons. Struck through: removed.")
            .replace("%1", str(kept))
            .replace("%2", str(total))
            .replace("%3", whole_text(neurons))
            .replace("%4", whole_text(neurons_total))
        )
        now = sum(sum(bar.now) for bar in bars)
        before = sum(sum(bar.before or bar.now) for bar in bars)
        outside = count_text(structure.embedding_parameters + structure.head_parameters)
        change = f"{count_text(before)} → {count_text(now)}" if before != now else count_text(now)
        self._bars_card.show_note(
            self.tr("%1 in the layers; %2 outside of them.").replace("%1", change).replace("%2", outside)
        )

    def _make_tree(self, look: Look) -> QTreeView:
        tree = QTreeView()
        tree.setObjectName("models.tree")
        tree.setAccessibleName(self.tr("Models"))
        tree.setModel(self._filter)
        tree.setItemDelegateForColumn(0, NameDelegate(look, tree))
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(False)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setIndentation(0)
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for column, width in enumerate((0, 104, 96, 92, 124, 172)):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._on_menu_requested)
        tree.activated.connect(self._actions["models.compress"].trigger)
        tree.selectionModel().currentChanged.connect(self._on_current_changed)
        return tree

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("models.measurements")
        table.setAccessibleName(self.tr("Measurements"))
        table.setModel(self._table_model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(26)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_SETTING_COLUMN, QHeaderView.ResizeMode.Stretch)
        return table

    def _full_view(self) -> QWidget:
        tree_card = Card()
        tree_card.body.setContentsMargins(8, 4, 8, 6)
        tree_card.body.addWidget(self._tree)
        self._bars_card.head.addWidget(self._bar_legend)
        self._bars_card.body.addWidget(self._bars, 1)
        self._heads_card.body.addWidget(self._heads, 1)
        self._measured_card.body.addWidget(self._table, 1)
        for card in (self._bars_card, self._heads_card):
            card.body.addStretch(0)
        self._measured_card.body.addStretch(0)
        pictures = QHBoxLayout(self._pictures)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(16)
        pictures.addWidget(self._bars_card, 11)
        pictures.addWidget(self._heads_card, 9)
        column = QVBoxLayout(self._details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._pictures, 4)
        column.addWidget(self._measured_card, 3)
        column.addStretch(0)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(16)
        splitter.addWidget(tree_card)
        splitter.addWidget(self._details)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([176, 500])
        return splitter

    def _empty_view(self) -> QWidget:
        card = Card()
        card.setMaximumWidth(560)
        card.body.setContentsMargins(32, 28, 32, 28)
        card.body.setSpacing(12)
        card.body.addWidget(
            label(self.tr("See it work: prune and quantize a sentiment model"), "headline", wraps=True)
        )
        card.body.addWidget(
            label(
                self.tr(
                    "A small BERT that tells good reviews from bad ones comes with Whittle. Make it several "
                    "times smaller and faster on this machine, watch its attention heads go, and keep the "
                    "figures. It takes a few minutes and no network."
                ),
                "dim",
                wraps=True,
            )
        )
        start = self._starter
        start.setObjectName("models.starter")
        start.setProperty("primary", True)
        start.clicked.connect(self.starter_requested)
        folder = QPushButton(self.tr("Add a model folder…"))
        folder.clicked.connect(self._actions["models.add_folder"].trigger)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(start)
        line.addWidget(folder)
        line.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(line)
        hint = label(
            self.tr("Or drop a Hugging Face or OpenVINO folder anywhere on this page."),
            "small-dim",
            wraps=True,
        )
        card.body.addWidget(hint)
        return _centred(card)

    def _loading_view(self) -> QWidget:
        return _centred(label(self.tr("Reading the workspace…"), "dim"))

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = current.siblingAtColumn(0).data(ROW_ROLE)
        model_id = row.id if isinstance(row, ModelRow) else ""
        if model_id != (self._state.selected or ""):
            self.model_selected.emit(model_id)

    def _on_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._actions["models.compress"], self._actions["models.trash"]])
        menu.popup(self._tree.viewport().mapToGlobal(point))

    def _on_search_changed(self, text: str) -> None:
        # What looks like an address finds nothing here; hiding every model would only confuse.
        self._filter.setFilterFixedString("" if is_address(text) else text.strip())
        self._tree.expandAll()

    def _on_search_entered(self) -> None:
        text = self.search.text().strip()
        if is_address(text):
            self.import_requested.emit(text)
            self.search.clear()

    def _on_add_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a model: choose a Hugging Face or OpenVINO folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.import_requested)
        dialog.open()

    def _on_add_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a model: choose an OpenVINO IR"), "", "OpenVINO IR (*.xml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        self.import_requested.emit(source_of(Path(path)))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.import_requested.emit(source_of(Path(url.toLocalFile())))
        event.acceptProposedAction()


def is_address(text: str) -> bool:
    """Return whether a text is a hub id, a URL or a path rather than a word to search for."""
    stripped = text.strip()
    return "/" in stripped and " " not in stripped


def source_of(path: Path) -> str:
    """Return the folder to import for a path: a file stands for the folder it lies in."""
    return str(path if path.is_dir() else path.parent)


def _centred(widget: QWidget) -> QWidget:
    frame = QWidget()
    layout = QVBoxLayout(frame)
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(widget, 10)
    line.addStretch(1)
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    layout.addStretch(2)
    layout.addLayout(line)
    layout.addStretch(3)
    return frame
