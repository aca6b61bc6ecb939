"""Models: what there is, what is left of each, and what was measured."""

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.model import is_address
from app.itemmodels.model_tree import ModelRow
from app.views.action_set import Actions
from app.views.look import Look
from app.views.pages.model_details import DetailsState, ModelDetails
from app.views.pages.model_trash import ModelTrash, TrashState
from app.views.widgets.card import Card, label
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.empty_card import centred, empty_card
from app.views.widgets.fitting_splitter import FittingSplitter
from app.views.widgets.model_tree_view import ModelTreeView
from app.views.widgets.notice import Notice
from app.views.widgets.reflow import show_only
from app.views.widgets.text_fields import LineField

_MENU = (
    "models.compress",
    "models.compare",
    "models.try",
    "models.benchmark",
    "",
    "models.rename",
    "models.export_ir",
    "models.export_checkpoint",
    "",
    "models.trash",
)
_EMPTY, _FULL, _TRASH = range(3)
_FEWEST_ROWS: Final = 2
_FIRST_ROWS: Final = 4
"""That are seen whole in any case."""
_MOST_ROWS: Final = 10


class ModelsState(msgspec.Struct, frozen=True):
    """What the page shows."""

    rows: tuple[ModelRow, ...] = ()
    selected: str | None = None
    details: DetailsState = DetailsState()
    """Of the selected model."""
    trash: TrashState | None = None
    """None: the models are shown, not the trash."""
    trashed: int = 0
    """How many models are in the trash."""


class ModelsPage(QWidget):
    """A tree of models over the details of the selected one.

    Signals:
        model_selected: Another model was selected; carries its id, empty for none.
        import_requested: A folder, hub id or URL is to be imported.
        import_many_requested: Paths that were dropped are to be imported; carries a list.
        starter_import_requested: The starter is to be imported, nothing more.
        starter_requested: The card of the empty page was pressed.
        rename_requested: A model is to be renamed; carries its id and the name that was typed.
        export_folder_chosen: Where an export is to go; carries its kind, the model's id and the folder.
        trash_requested: The trash is to be shown.
        notice_action_requested: A button of the notice was pressed; carries its id.
        notice_closed: The notice was closed.
    """

    model_selected = Signal(str)
    import_requested = Signal(str)
    import_many_requested = Signal(object)
    starter_requested = Signal()
    starter_import_requested = Signal()
    rename_requested = Signal(str, str)
    export_folder_chosen = Signal(str, str, str)
    trash_requested = Signal()
    notice_action_requested = Signal(str)
    notice_closed = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._state = ModelsState()
        self.search = self._make_search()
        self.headline, self.headline_stretch = self.search, 1
        self.notice = Notice(look)
        self.notice.action_requested.connect(self.notice_action_requested)
        self.notice.closed.connect(self.notice_closed)
        self.tree = ModelTreeView(look)
        self.tree.model_selected.connect(self._on_model_selected)
        self.tree.rename_requested.connect(self.rename_requested)
        self.tree.activated.connect(actions["models.compress"].trigger)
        self.tree.customContextMenuRequested.connect(self._on_menu_requested)
        self._nothing_found = label("", "dim")
        self._nothing_found.setObjectName("models.nothing_found")
        self._nothing_found.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.details = ModelDetails(look, actions)
        self.trash = ModelTrash(look)
        self._starter = QPushButton(self.tr("Set it up"))
        self._trash_link = QToolButton()
        self._trash_link.setObjectName("models.trash_link")
        self._trash_link.setProperty("role", "link")
        self._trash_link.clicked.connect(self.trash_requested)
        self._stack = QStackedWidget()
        for view in (self._empty_view(), self._full_view(), self.trash):
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(16)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        veil = DropVeil(self.tr("Drop to add"), self.tr("Hugging Face or OpenVINO folders, .xml files"), self)
        veil.dropped.connect(self.import_many_requested)
        actions["models.add_folder"].triggered.connect(self._on_add_folder)
        actions["models.add_starter"].triggered.connect(self.starter_import_requested)
        actions["models.add_file"].triggered.connect(self._on_add_file)
        actions["models.find"].triggered.connect(self._on_find)
        actions["models.rename"].triggered.connect(lambda: self.edit_name(self._state.selected or ""))
        actions["models.export_ir"].triggered.connect(lambda: self._on_export("openvino"))
        actions["models.export_checkpoint"].triggered.connect(lambda: self._on_export("huggingface"))
        actions["models.show_trash"].triggered.connect(self.trash_requested)

    def show_state(self, state: ModelsState) -> None:
        """Show models, selection and details, or the trash."""
        was_trash = self._state.trash is not None
        self._state = state
        if state.trash is not None:
            self.trash.show_state(state.trash)
        view = _FULL if state.rows else _EMPTY
        show_only(self._stack, view if state.trash is None else _TRASH)
        self.tree.show_models(state.rows, state.selected)
        row = next((row for row in state.rows if row.id == state.selected), None)
        self.details.show_state(row, state.details)
        self._trash_link.setVisible(state.trashed > 0)
        self._trash_link.setText(self.tr("Trash: %n model(s)", "", state.trashed))
        self._trash_link.setAccessibleName(self._trash_link.text())
        self._show_found()
        self._fit_tree()
        if (state.trash is not None) != was_trash and self.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where the work begins."""
        if self._state.trash is not None:
            self.trash.focus_first()
        else:
            (self.tree if self._state.rows else self._starter).setFocus()

    def edit_name(self, model_id: str, text: str | None = None) -> None:
        """Let the name of a model be edited in place."""
        self.tree.edit_name(model_id, text)

    def _make_search(self) -> QLineEdit:
        search = LineField()
        search.setObjectName("models.search")
        search.setPlaceholderText(self.tr("Search, or paste a hub id or URL"))
        search.setAccessibleName(self.tr("Search, or paste a hub id or URL and press Enter"))
        search.setToolTip(self.tr("Names, notes and tags; tag:x finds the tag x"))
        search.setMinimumWidth(150)
        search.setMaximumWidth(280)
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._on_search_changed)
        search.returnPressed.connect(self._on_search_entered)
        return search

    def _full_view(self) -> QWidget:
        tree_card = Card()
        tree_card.body.setContentsMargins(8, 4, 8, 6)
        tree_card.body.setSpacing(0)
        tree_card.body.addWidget(self.tree, 1)
        tree_card.body.addWidget(self._nothing_found, 1)
        self._tree_card = tree_card
        self._split = FittingSplitter(self._tree_height)
        self._split.setHandleWidth(10)
        self._split.addWidget(tree_card)
        self._split.addWidget(self.details)
        for signal in (self.tree.expanded, self.tree.collapsed, self._look.changed):
            signal.connect(self._fit_tree)
        return self._split

    def _fit_tree(self) -> None:
        """Show the first rows whole at least: the page scrolls before they are cut."""
        self._tree_card.setMinimumHeight(
            self.tree.height_of_rows(_FEWEST_ROWS, _FIRST_ROWS) + self._look.px(12)
        )
        self._split.fit()

    def _tree_height(self) -> int:
        """Return how high the card of the tree is with all of its rows, if they are neither few nor many."""
        return self.tree.height_of_rows(_FEWEST_ROWS, _MOST_ROWS) + self._look.px(12)

    def _empty_view(self) -> QWidget:
        card = empty_card("scissors", self._look)
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
        card.body.addWidget(label(self.tr("Set it up → Start → Try it"), "small-dim"))
        hint = label(
            self.tr("Or drop a Hugging Face or OpenVINO folder anywhere on this page."),
            "small-dim",
            wraps=True,
        )
        card.body.addWidget(hint)
        card.body.addWidget(self._trash_link, 0, Qt.AlignmentFlag.AlignLeft)
        return centred(card)

    def _on_model_selected(self, model_id: str) -> None:
        if model_id != (self._state.selected or ""):
            self.model_selected.emit(model_id)

    def _on_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(self.tree.viewport().mapToGlobal(point))

    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_search_changed(self, text: str) -> None:
        # What looks like an address finds nothing here; hiding every model would only confuse.
        self.tree.show_query("" if is_address(text) else text.strip())
        self._show_found()

    def _show_found(self) -> None:
        self._nothing_found.setVisible(self.tree.is_search_empty)
        self.tree.setVisible(not self.tree.is_search_empty)
        self._nothing_found.setText(
            self.tr("No model has “%1” in its name, notes or tags.").replace("%1", self.search.text().strip())
        )

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
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.import_many_requested.emit)
        dialog.open()

    def _on_export(self, kind: str) -> None:
        dialog = QFileDialog(self, self.tr("Export: choose the folder that is to hold the new one"))
        dialog.setObjectName("models.export_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        # Of the model that is selected now: an import may select another one before a folder is chosen.
        dialog.fileSelected.connect(partial(self.export_folder_chosen.emit, kind, self._state.selected or ""))
        dialog.open()
