"""Copying and saving a chart as PNG, SVG or CSV from its context menu."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from typing_extensions import override

Table = Sequence[Sequence[object]]


def csv_text(table: Table) -> str:
    """Return a table as CSV; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


class Chart(QWidget):
    """A widget with a context menu that copies and saves what it shows.

    A subclass paints itself and says by `table` what the CSV holds.

    Signals:
        save_failed: A file could not be written; carries what the system said.
    """

    save_failed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)

    def table(self) -> Table:
        """Return what is shown, header first."""
        raise NotImplementedError

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.chart_menu().popup(event.globalPos())

    def chart_menu(self) -> QMenu:
        """Return the menu; it deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy picture"), self.copy_picture)
        menu.addAction(self.tr("Copy data"), self.copy_data)
        menu.addSeparator()
        choices: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
            (self.tr("Save as PNG…"), "png", self.save_png),
            (self.tr("Save as SVG…"), "svg", self.save_svg),
            (self.tr("Save data as CSV…"), "csv", self.save_csv),
        )
        for title, suffix, save in choices:
            menu.addAction(title, lambda suffix=suffix, save=save: self._ask(suffix, save))
        return menu

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    def copy_data(self) -> None:
        """Put the data on the clipboard, for a spreadsheet."""
        data = QMimeData()
        data.setText("\n".join("\t".join(map(str, row)) for row in self.table()))
        QGuiApplication.clipboard().setMimeData(data)

    def save_png(self, path: Path) -> None:
        """Write the picture.

        Raises:
            OSError: The file cannot be written.
        """
        picture = self.grab().toImage()
        if not picture.save(str(path)):
            raise OSError(f"cannot write {path}")

    def save_svg(self, path: Path) -> None:
        """Write the picture as vectors."""
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(QSize(self.size()))
        generator.setViewBox(QRect(QPoint(0, 0), self.size()))
        generator.setTitle(self._name)
        painter = QPainter(generator)
        self.render(painter, QPoint(0, 0))
        painter.end()

    def save_csv(self, path: Path) -> None:
        """Write the data.

        Raises:
            OSError: The file cannot be written.
        """
        path.write_text(csv_text(self.table()), "utf-8")

    def _save(self, save: Callable[[Path], None], chosen: str) -> None:
        try:
            save(Path(chosen))
        except OSError as error:
            self.save_failed.emit(str(error))

    def _ask(self, suffix: str, save: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, self.tr("Save chart"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self._name.lower().replace(' ', '-')}.{suffix}")
        dialog.fileSelected.connect(partial(self._save, save))
        dialog.open()
