"""What every chart does besides zooming: copy and save as PNG, SVG or CSV, by menu and keyboard."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from typing_extensions import override

from app.views.look import sized
from app.views.plots.zooming import STEP, Zoomable

Table = Sequence[Sequence[object]]
_PIXELS_PER_POINT: Final = 2
"""At least so many pixels a point has a saved picture: it is printed and shown on large screens."""
_MARGIN: Final = 12


def csv_text(table: Table) -> str:
    """Return a table as CSV; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def tabbed_text(table: Table) -> str:
    """Return a table as a spreadsheet takes it from the clipboard; None is an empty cell."""
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in table)


class Chart(Zoomable):
    """A widget that can be zoomed, copied and saved.

    A subclass paints itself and says by `table` what the CSV holds.

    Signals:
        save_failed: A file could not be written; carries what the system said.
    """

    save_failed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._legend: QWidget | None = None
        self._menu: QMenu | None = None
        self.setAccessibleName(name)

    def table(self) -> Table:
        """Return what is shown, header first."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and modifiers == Qt.KeyboardModifier.ShiftModifier
        ):
            self._open_menu(self.mapToGlobal(self.rect().center()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_data()
        else:
            super().keyPressEvent(event)

    # The menu ------------------------------------------------------------------------

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def _open_menu(self, where: QPoint) -> None:
        # Some systems send both the key and the wish for a menu.
        if self._menu is None:
            self._menu = self.chart_menu()
            self._menu.aboutToHide.connect(self._on_menu_hidden)
            self._menu.popup(where)

    def _on_menu_hidden(self) -> None:
        self._menu = None

    def chart_menu(self) -> QMenu:
        """Return the menu; it deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.can_zoom:
            menu.addAction(self.tr("Zoom in") + "\t+", lambda: self.zoom_by(STEP))
            menu.addAction(self.tr("Zoom out") + "\t-", lambda: self.zoom_by(1 / STEP))
            reset = menu.addAction(self.tr("Show everything") + "\t0", self.reset)
            reset.setEnabled(not self.is_whole)
            menu.addSeparator()
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

    # Copying and saving --------------------------------------------------------------

    def set_legend(self, legend: QWidget | None) -> None:
        """Put this widget, which stands beside the chart, into saved pictures as well; None: no more."""
        self._legend = legend

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_data(self) -> None:
        """Put the data on the clipboard, for a spreadsheet."""
        data = QMimeData()
        data.setText(tabbed_text(self.table()))
        QGuiApplication.clipboard().setMimeData(data)

    def picture(self) -> QImage:
        """Return the chart with its name and legend, at twice the pixels of the screen or more."""
        ratio = max(float(_PIXELS_PER_POINT), self.devicePixelRatioF())
        image = QImage(self._picture_size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        self._paint_picture(painter)
        painter.end()
        return image

    def save_png(self, path: Path) -> None:
        """Write the picture.

        Raises:
            OSError: The file cannot be written.
        """
        if not self.picture().save(str(path)):
            raise OSError(f"cannot write {path}")

    def save_svg(self, path: Path) -> None:
        """Write the picture as vectors.

        Raises:
            OSError: The file cannot be written.
        """
        path.touch()  # the generator itself only warns where it cannot write
        size = self._picture_size()
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(size)
        generator.setViewBox(QRect(QPoint(0, 0), size))
        generator.setTitle(self._name)
        painter = QPainter(generator)
        self._paint_picture(painter)
        painter.end()

    def save_csv(self, path: Path) -> None:
        """Write the data.

        Raises:
            OSError: The file cannot be written.
        """
        path.write_text(csv_text(self.table()), "utf-8")

    def paint_chart(self, painter: QPainter, at: QPoint) -> None:
        """Paint the chart itself into a picture; what belongs to the screen alone is left out."""
        is_overlaid = not self._overlay.isHidden()
        self._overlay.hide()
        self.render(painter, at, renderFlags=QWidget.RenderFlag.DrawChildren)
        self._overlay.setVisible(is_overlaid)

    def chart_size(self) -> QSize:
        """Return the room that `paint_chart` takes."""
        return self.size()

    def _legend_height(self) -> int:
        return 0 if self._legend is None else self._legend.sizeHint().height() + _MARGIN // 2

    def _head_height(self) -> int:
        return self.fontMetrics().height() + self._legend_height() + _MARGIN

    def _picture_size(self) -> QSize:
        return self.chart_size() + QSize(2 * _MARGIN, 2 * _MARGIN + self._head_height())

    def _paint_picture(self, painter: QPainter) -> None:
        size = self._picture_size()
        painter.fillRect(QRect(QPoint(0, 0), size), self.palette().color(QPalette.ColorRole.Base))
        painter.setFont(sized(self.font(), self.font().pixelSize(), bold=True))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        title = QRect(_MARGIN, _MARGIN, self.width(), self.fontMetrics().height())
        painter.drawText(title, int(Qt.AlignmentFlag.AlignVCenter), self.picture_title())
        if self._legend is not None:
            at = QPoint(_MARGIN, title.bottom() + _MARGIN // 2)
            self._legend.render(painter, at, renderFlags=QWidget.RenderFlag.DrawChildren)
        self.paint_chart(painter, QPoint(_MARGIN, _MARGIN + self._head_height()))

    def picture_title(self) -> str:
        """Return what stands over a saved picture."""
        return self._name

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
