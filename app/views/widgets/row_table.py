"""A table over sorted rows: a header that sorts, and what is shown copied or saved as CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from app.itemmodels.sorted_rows import SortedRows
from app.views.action_set import Actions
from app.views.look import Look
from app.views.plots.saving import csv_text, tabbed_text
from app.views.widgets.plain_table import make_plain, share_rest
from app.views.widgets.sort_header import SortHeader

_ROW_HEIGHT: Final = 26
_LEAST_NAME: Final = 150
_COPY, _SAVE = "models.copy_rows", "models.save_rows"


class RowTable(QTableView):
    """Shows `SortedRows`.

    Signals:
        save_failed: A file could not be written; carries what the system said.
    """

    save_failed = Signal(str)

    def __init__(
        self,
        name: str,
        title: str,
        rows: SortedRows[Any],
        widths: Sequence[int],
        look: Look,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        """Make the table.

        Args:
            name: Object name.
            title: What assistive technology calls it; a saved file too.
            rows: What is shown.
            widths: Of the columns in pixels at 100 %; 0: takes what is left.
            look: Colours of the header.
            actions: Has those that copy and save.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._rows = rows
        self._look = look
        self._stretched = [column for column, width in enumerate(widths) if not width]
        self._title = title
        self._actions = actions
        header = SortHeader(look)
        header.setObjectName(f"{name}_header")
        header.setAccessibleName(self.tr("Columns: %1").replace("%1", title))
        make_plain(self, name, title, rows, header)
        self.setSortingEnabled(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                header.resizeSection(column, width)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self._fit)
        actions[_COPY].triggered.connect(self._on_copy)
        actions[_SAVE].triggered.connect(self._on_save)

    def select(self, name: str) -> None:
        """Select the row of this name, if it is shown."""
        index = self._rows.index_of(name)
        if index.isValid() and index.row() != self.currentIndex().row():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)

    def copy_rows(self) -> None:
        """Put the rows that are shown on the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(tabbed_text(self._rows.as_table()))

    def save_csv(self, path: Path) -> None:
        """Write the rows that are shown.

        Raises:
            OSError: The file cannot be written.
        """
        path.write_text(csv_text(self._rows.as_table()), "utf-8")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        share_rest(self, self._stretched, self._look.px(_LEAST_NAME))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._actions[_COPY])
        menu.addAction(self._actions[_SAVE])
        menu.popup(event.globalPos())

    def _on_copy(self) -> None:
        if self.isVisible():
            self.copy_rows()

    def _on_save(self) -> None:
        if not self.isVisible():
            return
        dialog = QFileDialog(self, self.tr("Save table"))
        dialog.setObjectName("models.save_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._title.lower().replace(' ', '-')}.csv")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _save(self, chosen: str) -> None:
        try:
            self.save_csv(Path(chosen))
        except OSError as error:
            self.save_failed.emit(str(error))
