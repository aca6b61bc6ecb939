"""A list of models under a search field, to choose one of hundreds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPoint, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.widgets.card import label
from app.views.widgets.chooser import Choice

_SIZE: Final = QSize(420, 340)
_MARGIN: Final = 20


class ModelPopup(QFrame):
    """Comes up beneath a button; typing filters, Enter or a click chooses, Escape closes.

    Signals:
        chosen: A model was chosen; carries its id.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = parent
        self.hide()
        self.setObjectName("compare.popup")
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Add a model"))
        self.search = _Search()
        self.search.setObjectName("compare.search")
        self.search.setAccessibleName(self.tr("Search models"))
        self.search.setPlaceholderText(self.tr("Search models"))
        self.search.setClearButtonEnabled(True)
        self._model = QStandardItemModel(self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView()
        self._list.setObjectName("compare.candidates")
        self._list.setAccessibleName(self.tr("Models to add"))
        self._list.setModel(self._filter)
        self._list.setUniformItemSizes(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._returns_to: QWidget | None = None
        self._none = label(self.tr("No other model is called so."), "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._none)
        layout.addStretch(0)
        self.resize(_SIZE)
        self.search.textChanged.connect(self._on_text_changed)
        self.search.returnPressed.connect(self._choose_current)
        self.search.moved.connect(self._move)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            # Not focusChanged: it hands over the old widget too, which may be on its way out of memory.
            application.focusObjectChanged.connect(self._on_focus_object_changed)

    def open_under(self, widget: QWidget, choices: Sequence[Choice]) -> None:
        """Offer these models beneath ``widget``."""
        self._model.clear()
        for choice in choices:
            item = QStandardItem(choice.title)
            item.setData(choice.id, Qt.ItemDataRole.UserRole)
            item.setToolTip(choice.tooltip)
            self._model.appendRow(item)
        self.search.clear()
        self._on_text_changed("")
        parent = self._frame
        place = widget.mapTo(parent, QPoint(0, widget.height() + 4))
        self.resize(min(_SIZE.width(), parent.width()), min(_SIZE.height(), parent.height()))
        self.move(
            max(min(place.x(), parent.width() - self.width() - _MARGIN), 0),
            max(min(place.y(), parent.height() - self.height()), 0),
        )
        self._returns_to = widget
        self.show()
        self.raise_()
        self.search.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        """Go, and give the keyboard back to where it came from."""
        self.hide()
        if self._returns_to is not None:
            self._returns_to.setFocus()

    def _on_focus_object_changed(self, new: QObject | None) -> None:
        if self.isVisible() and isinstance(new, QWidget) and new is not self and not self.isAncestorOf(new):
            self.hide()

    def _on_text_changed(self, text: str) -> None:
        self._filter.setFilterFixedString(text.strip())
        has_any = self._filter.rowCount() > 0
        self._list.setVisible(has_any)
        self._none.setVisible(not has_any)
        if has_any:
            self._list.setCurrentIndex(self._filter.index(0, 0))

    def _move(self, by: int) -> None:
        row = min(max(self._list.currentIndex().row() + by, 0), self._filter.rowCount() - 1)
        self._list.setCurrentIndex(self._filter.index(row, 0))

    def _choose_current(self) -> None:
        self._choose(self._list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            chosen = str(index.data(Qt.ItemDataRole.UserRole))
            self._close()
            self.chosen.emit(chosen)


class _Search(QLineEdit):
    """Hands up and down on to the list beneath.

    Signals:
        moved: The row above (-1) or beneath (1) is wanted.
    """

    moved = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case _:
                super().keyPressEvent(event)
