"""A window over a workspace full of made-up things, for whoever goes over all of it: tests, the monkey."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import msgspec
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.domain.errors import Problem
from app.domain.event import Cancelled, Event, Failed, Interrupted, Paused, Timed
from app.domain.job import EVENTS_FILE, CompressSpec, ImportSpec, Job
from app.store.run_log import state_of
from app.store.workspace import Workspace
from app.views.plots.saving import Chart
from app.wire.framing import encode_event
from tests.factories import (
    START,
    make_compress_spec,
    make_measurements,
    make_model,
    make_run,
    make_structure,
    make_variant,
)
from tests.gui.conftest import Bench, services_over, shown_over
from tests.records import write_model

_NONE = Qt.KeyboardModifier.NoModifier
STARTER_ORIGIN = "starter:sentiment"
_LONG_NAME = "a-much-longer-name-than-fits-the-column-of-names-sparsity-060-epochs-12"
_BROKEN = Problem(
    "weights_broken",
    "The weights are truncated.",
    "Download them again.",
    "Traceback (most recent call last)…",
)


def furnish(workspace: Workspace) -> None:
    """Fill an open workspace: originals and variants with figures, runs in every phase that can last."""
    figures = make_measurements("m-1", p50_ms=8.91, accuracy=0.912, size=61.4e6)
    write_model(workspace, make_model(origin=STARTER_ORIGIN), figures)
    figures = make_measurements("m-2", p50_ms=2.12, accuracy=0.908, size=11.9e6)
    write_model(workspace, msgspec.structs.replace(make_variant(), run_id="r-1"), figures)
    write_model(workspace, make_variant("m-3", _LONG_NAME))
    write_model(
        workspace, make_model("m-4", "imported-ir", structure=None, has_checkpoint=False, origin="/ir")
    )
    workspace.reindex()
    whole, half = make_run(total_steps=300, finishes=True), make_run(total_steps=300, until=220)
    _add_run(workspace, _compression(workspace, "r-1"), "JPQD · sentiment", whole)
    _add_run(workspace, _compression(workspace, "r-2", "m-20"), "JPQD · paused", half, Paused(220))
    _add_run(
        workspace, _compression(workspace, "r-3", "m-21"), f"JPQD · {_LONG_NAME}", half, Interrupted(220)
    )
    _add_run(workspace, _compression(workspace, "r-4", "m-22"), "JPQD · cancelled", half[:400], Cancelled())
    broken = ImportSpec(
        run_id="r-5",
        run_folder=str(workspace.run_folder("r-5")),
        source="/nowhere/broken",
        model_id="m-23",
        model_folder=str(workspace.model_folder("m-23")),
        name="broken",
    )
    _add_run(workspace, broken, "Import · broken", half[:2], Failed(_BROKEN))


def crowd(workspace: Workspace, *, jobs: int, models: int) -> None:
    """Add ended runs and their variants to a furnished workspace until there are so many."""
    told = make_run(total_steps=300, finishes=True)
    for number in range(jobs - len(workspace.runs.all())):
        run_id, model_id = f"r-more-{number}", f"m-more-{number}"
        _add_run(workspace, _compression(workspace, run_id, model_id), f"JPQD · more {number}", told)
    for number in range(models - len(workspace.models.all())):
        variant = make_variant(f"m-more-{number}", f"more-{number}")
        structure = make_structure(pruned=True)
        record = msgspec.structs.replace(variant, structure=structure, run_id=f"r-more-{number}")
        figures = make_measurements(record.id, p50_ms=2.12, accuracy=0.908, size=11.9e6)
        write_model(workspace, record, figures)
    workspace.reindex()


def _compression(workspace: Workspace, run_id: str, model_id: str = "m-2") -> CompressSpec:
    spec = make_compress_spec(run_id)
    return msgspec.structs.replace(
        spec,
        run_folder=str(workspace.run_folder(run_id)),
        model=msgspec.structs.replace(spec.model, folder=str(workspace.model_folder("m-1"))),
        model_id=model_id,
        model_folder=str(workspace.model_folder(model_id)),
    )


def _add_run(
    workspace: Workspace,
    spec: CompressSpec | ImportSpec,
    title: str,
    told: list[Timed],
    outcome: Event | None = None,
) -> None:
    if outcome is not None:
        told = [*told, Timed(1, told[-1].at + 1, outcome)]
    workspace.runs.add(
        Job(run_id=spec.run_id, title=title, spec=spec, state=state_of(told), created_at=START)
    )
    lines = b"".join(encode_event(timed.event, timed.at) for timed in told)
    (workspace.run_folder(spec.run_id) / EVENTS_FILE).write_bytes(lines)


@contextmanager
def staged(app: QApplication, folder: Path, *, full: bool) -> Generator[Bench]:
    """Show the window over an empty or a full workspace; everything is closed and gone afterwards."""
    workspace = Workspace.open(folder)
    if full:
        furnish(workspace)
    with shown_over(services_over(workspace), app) as bench:
        yield bench


def activate_front(window: QWidget) -> None:
    """Make the window active again once nothing lies before it: window managers do, offscreen does not."""
    if QApplication.activeWindow() is None and QApplication.activePopupWidget() is None:
        window.activateWindow()
        QTest.qWait(1)


def ask_menu(focused: QWidget) -> None:
    """Press the menu key: platforms make this event of it, the offscreen one does not."""
    place = focused.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(focused, QContextMenuEvent(reason, place, focused.mapToGlobal(place)))


INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QAbstractSlider,
    QAbstractItemView,
    QTabBar,
    Chart,
)


def interactive_widgets(root: QWidget) -> Iterator[QWidget]:
    """Yield what a user can act on in a part of the window: shown, enabled, no part of another control."""
    for widget in root.findChildren(QWidget):
        if (
            isinstance(widget, INTERACTIVE)
            and widget.isVisible()
            and widget.isEnabled()
            and not isinstance(widget, QScrollBar | QHeaderView)
            and widget.focusProxy() is None  # what it holds is the control
            and not _is_part(widget)
        ):
            yield widget


def _is_part(widget: QWidget) -> bool:
    """Whether it is Qt's own part of a control, such as the cross in a line of text."""
    above = widget.parentWidget()
    return isinstance(above, QComboBox | QAbstractSpinBox | QLineEdit | QHeaderView) or (
        widget.objectName().startswith("qt_")
        or (above is not None and above.metaObject().className() == "QComboBoxPrivateContainer")
    )


def named(widget: QWidget) -> str:
    """Return how a failure names a widget."""
    return f"{type(widget).__name__}({widget.objectName() or widget.accessibleName() or '?'})"


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into view, where something above it scrolls."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QTest.qWait(1)


_MODIFIER_KEYS = {
    Qt.KeyboardModifier.ControlModifier: Qt.Key.Key_Control,
    Qt.KeyboardModifier.ShiftModifier: Qt.Key.Key_Shift,
    Qt.KeyboardModifier.AltModifier: Qt.Key.Key_Alt,
}


class WindowIsGoneError(Exception):
    """The window that an event was meant for has closed meanwhile."""


def handle_of(widget: QWidget) -> QWindow:
    """Return the window that the window system would send an event to; not to be kept.

    Raises:
        WindowIsGoneError: It closed. Python may then still know the dead one that lay in the same place
            of memory, or something else that did: what is passed on of that crashes Qt.
    """
    handle = cast("object", widget.window().windowHandle()) if isValid(widget) else None
    if not isinstance(handle, QWindow) or not isValid(handle):
        raise WindowIsGoneError
    return handle


def tap(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """Press a key and let it go, if what was in front is still there by then.

    ``QTest.keyClick`` lets go in the window that it began with, which the press may have closed; for
    Alt with a key it first presses Alt, at which a menu closes, then the key in the window that was; and
    ``keyRelease`` lets Shift go after a key that has closed the window. Qt crashes in each of these.
    """
    if modifiers & Qt.KeyboardModifier.AltModifier and widget is QApplication.activePopupWidget():
        QTest.keyPress(handle_of(widget), Qt.Key.Key_Alt)
        return
    QTest.keyPress(handle_of(widget), key, modifiers)
    held = [name for modifier, name in _MODIFIER_KEYS.items() if modifiers & modifier]
    with suppress(WindowIsGoneError):
        for one in (key, *held):
            QTest.keyRelease(handle_of(widget), one)


def click(widget: QWidget, button: Qt.MouseButton, point: QPoint) -> None:
    """Press a button of the mouse and let it go, if what was in front is still there by then."""
    QTest.mousePress(handle_of(widget), button, _NONE, point)
    with suppress(WindowIsGoneError):
        QTest.mouseRelease(handle_of(widget), button, _NONE, point)


@contextmanager
def dropping(page: QWidget, *paths: Path) -> Generator[None]:
    """Drag files over a page for the length of the block, and drop them behind it."""
    data, place = QMimeData(), page.rect().center()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(place, copy, data, left, none))
    yield
    QApplication.sendEvent(page, QDropEvent(QPointF(place), copy, data, left, none))


def press_shortcut(widget: QWidget, keys: str) -> None:
    """Press the keys of a shortcut, as ``Ctrl+K``."""
    sequence = QKeySequence(keys)
    for place in range(sequence.count()):
        one = sequence[place]
        tap(widget, one.key(), one.keyboardModifiers())


def wait_for(happened: Callable[[], bool], seconds: float) -> bool:
    """Let the event loop run until something happened; return whether it did."""
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        QTest.qWait(20)
    return happened()
