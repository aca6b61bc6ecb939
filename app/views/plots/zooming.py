"""A widget that shows a part of a picture: zoom, move and reset by wheel, mouse, fingers and keys."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QScrollArea, QWidget
from typing_extensions import override

from app.views.plots.viewing import WHOLE, Overlay, View

STEP: Final = 1.25
"""How much closer a notch of the wheel or a key brings the picture."""
_NOTCH: Final = 120
_PAN: Final = 0.2
_KEY_ZOOM: Final = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,
    Qt.Key.Key_Minus: 1 / STEP,
    Qt.Key.Key_Underscore: 1 / STEP,
}
_KEY_PAN: Final = {
    Qt.Key.Key_Left: (-_PAN, 0.0),
    Qt.Key.Key_Right: (_PAN, 0.0),
    Qt.Key.Key_Up: (0.0, -_PAN),
    Qt.Key.Key_Down: (0.0, _PAN),
}


class Zoomable(QWidget):
    """A widget with a part that is shown; dragging with Shift or the middle button moves it.

    A subclass that can be zoomed sets `zoom_axes`, paints the part that `view` names, and says by
    `plot_area` where its data are.
    """

    zoom_axes = ""
    """``x``, ``y`` or both; empty where zooming shows nothing that was not seen before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = WHOLE
        self._pressed_at: QPointF | None = None
        self._is_panning = False
        self._overlay = Overlay(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

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
        self._zoom(STEP ** (turned / _NOTCH), event.position())

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
        if modifiers == Qt.KeyboardModifier.ControlModifier and key in _KEY_PAN and not self.is_whole:
            self.show_view(self._part.moved(*_KEY_PAN[key]))  # where the arrows alone do something else
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
