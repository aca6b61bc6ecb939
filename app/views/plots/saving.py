"""What every chart does: zoom and reset, copy and save as PNG, SVG or CSV, by mouse, menu and keyboard."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPalette,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGestureEvent,
    QMenu,
    QPinchGesture,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from app.views.look import sized
from app.views.plots.viewing import WHOLE, Overlay, View

Table = Sequence[Sequence[object]]
_PIXELS_PER_POINT: Final = 2
"""At least so many pixels a point has a saved picture: it is printed and shown on large screens."""
_MARGIN: Final = 12
_NOTCH: Final = 120
_STEP: Final = 1.25
"""How much closer a notch of the wheel or a key brings the picture."""
_PAN: Final = 0.2
_KEY_ZOOM: Final = {
    Qt.Key.Key_Plus: _STEP,
    Qt.Key.Key_Equal: _STEP,
    Qt.Key.Key_Minus: 1 / _STEP,
    Qt.Key.Key_Underscore: 1 / _STEP,
}
_KEY_PAN: Final = {
    Qt.Key.Key_Left: (-_PAN, 0.0),
    Qt.Key.Key_Right: (_PAN, 0.0),
    Qt.Key.Key_Up: (0.0, -_PAN),
    Qt.Key.Key_Down: (0.0, _PAN),
}


def csv_text(table: Table) -> str:
    """Return a table as CSV; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


class Chart(QWidget):
    """A widget that can be zoomed, copied and saved.

    A subclass paints itself and says by `table` what the CSV holds. One that can be zoomed sets
    `zoom_axes`, paints the part that `view` names, and says by `plot_area` where its data are.

    Signals:
        save_failed: A file could not be written; carries what the system said.
    """

    save_failed = Signal(str)
    zoom_axes = ""
    """``x``, ``y`` or both; empty where zooming shows nothing that was not seen before."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._part = WHOLE
        self._pressed_at: QPointF | None = None
        self._is_panning = False
        self._legend: QWidget | None = None
        self._menu: QMenu | None = None
        self._overlay = Overlay(self)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def table(self) -> Table:
        """Return what is shown, header first."""
        raise NotImplementedError

    # Zooming -------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """The part that is shown."""
        return self._part

    @property
    def can_zoom(self) -> bool:
        """Whether the menu offers to zoom."""
        return bool(self.zoom_axes)

    @property
    def is_whole(self) -> bool:
        """Whether everything is shown."""
        return self._part.is_whole

    def zoom_by(self, factor: float) -> None:
        """Bring nearer what is chosen, or the middle; a factor under 1 takes it further away."""
        self._zoom(factor, self.zoom_centre())

    def show_view(self, view: View) -> None:
        """Show a part, or with `WHOLE` everything."""
        if self.zoom_axes and view != self._part:
            self._part = view
            self.view_changed()

    def reset(self) -> None:
        """Show everything again."""
        self.show_view(WHOLE)

    def view_changed(self) -> None:
        """Paint the part that is to be shown now."""
        self.update()

    def plot_area(self) -> QRectF:
        """Return where the data are painted, in pixels of the widget."""
        return QRectF(self.rect())

    def zoom_centre(self) -> QPointF | None:
        """Return the point that keys bring nearer, in pixels of the widget; None: the middle."""
        return None

    def _share(self, point: QPointF) -> QPointF:
        area = self.plot_area()
        across = (point.x() - area.left()) / max(area.width(), 1.0)
        down = (point.y() - area.top()) / max(area.height(), 1.0)
        return QPointF(min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0))

    def _zoom(self, factor: float, point: QPointF | None = None) -> None:
        at = None if point is None else self._share(point)
        self.show_view(self._part.zoomed(factor, at, axes=self.zoom_axes))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if not self.zoom_axes or not turned or self._is_scrolled_over(event):
            event.ignore()
            return
        self._zoom(_STEP ** (turned / _NOTCH), event.position())

    def _is_scrolled_over(self, event: QWheelEvent) -> bool:
        """Whether the wheel rather scrolls the page that the chart stands on."""
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and parent.verticalScrollBar().maximum() > 0:
                return True
            parent = parent.parentWidget()
        return False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        if self.zoom_axes and event.button() in buttons:
            self._pressed_at = event.position()
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._is_panning = shifted or event.button() is Qt.MouseButton.MiddleButton
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        if self._is_panning:
            area, step = self.plot_area(), self._pressed_at - event.position()
            self._pressed_at = event.position()
            self.show_view(self._part.moved(step.x() / area.width(), step.y() / area.height()))
        else:
            self._overlay.show_box(self._box_to(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed_at = self._pressed_at
        if pressed_at is None:
            super().mouseReleaseEvent(event)
            return
        box = self._box_to(event.position())
        self._pressed_at = None
        self._overlay.show_box(QRectF())
        far = (event.position() - pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._is_panning and not box.isEmpty():
            corners = QRectF(self._share(box.topLeft()), self._share(box.bottomRight()))
            self.show_view(self._part.part(corners))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.zoom_axes:
            self._pressed_at = None
            self.reset()
        else:
            super().mouseDoubleClickEvent(event)

    def _box_to(self, point: QPointF) -> QRectF:
        area = self.plot_area()
        box = QRectF(self._pressed_at or point, point).normalized().intersected(area)
        if "x" not in self.zoom_axes:
            box.setLeft(area.left())
            box.setRight(area.right())
        if "y" not in self.zoom_axes:
            box.setTop(area.top())
            box.setBottom(area.bottom())
        return box

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if self.zoom_axes and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if self.zoom_axes and isinstance(pinch, QPinchGesture):
                self._zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        asks_menu = key is Qt.Key.Key_Menu or (
            key is Qt.Key.Key_F10 and modifiers == Qt.KeyboardModifier.ShiftModifier
        )
        if asks_menu:
            self._open_menu(self.mapToGlobal(self.rect().center()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_data()
        elif modifiers & ~Qt.KeyboardModifier.ShiftModifier or not self.zoom_axes:
            super().keyPressEvent(event)
        elif key in _KEY_ZOOM:
            self.zoom_by(_KEY_ZOOM[key])
        elif key in {Qt.Key.Key_0, Qt.Key.Key_Home}:
            self.reset()
        elif key in _KEY_PAN and not self._part.is_whole:
            self.show_view(self._part.moved(*_KEY_PAN[key]))
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
            menu.addAction(self.tr("Zoom in") + "\t+", lambda: self.zoom_by(_STEP))
            menu.addAction(self.tr("Zoom out") + "\t-", lambda: self.zoom_by(1 / _STEP))
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

    def set_legend(self, legend: QWidget) -> None:
        """Put this widget, which stands beside the chart, into saved pictures as well."""
        self._legend = legend

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_data(self) -> None:
        """Put the data on the clipboard, for a spreadsheet."""
        data = QMimeData()
        data.setText("\n".join("\t".join(map(str, row)) for row in self.table()))
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

    def _legend_height(self) -> int:
        return 0 if self._legend is None else self._legend.sizeHint().height() + _MARGIN // 2

    def _head_height(self) -> int:
        return self.fontMetrics().height() + self._legend_height() + _MARGIN

    def _picture_size(self) -> QSize:
        return self.size() + QSize(2 * _MARGIN, 2 * _MARGIN + self._head_height())

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
