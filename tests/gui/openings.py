"""What a page shows only when it is asked for: panels, lists, questions; each is opened and closed again."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from app.views.main_window import MainWindow
from tests.gui.conftest import Bench
from tests.gui.stage import activate_front, wait_for

_PATIENCE_S = 5
Opening = Callable[[Bench, Path], AbstractContextManager[QWidget | None]]
"""Opens something, given a folder for files; hands over where the keyboard is then, None: not offered."""


def openings_of(page: str) -> Iterator[tuple[str, Opening]]:
    """Yield what can be opened on a page, by name."""
    yield from _OPENINGS.get(page, {}).items()


def press(window: MainWindow, name: str) -> bool:
    """Press a button by its name; return whether there is one to be pressed."""
    for button in window.findChildren(QAbstractButton, name):
        if button.isVisible() and button.isEnabled():
            button.click()
            QTest.qWait(200)
            return True
    return False


def trigger(window: MainWindow, action_id: str) -> bool:
    """Do an action; return whether it can be done."""
    action = window.actions_by_id[action_id]
    could = action.isEnabled()
    if could:
        action.trigger()
        QTest.qWait(200)
    return could


@contextmanager
def _all_settings(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    window = bench.built.window
    yield window if press(window, "all_settings") else None
    press(window, "all_settings")


@contextmanager
def _columns(bench: Bench, folder: Path) -> Generator[QWidget | None]:
    window, file = bench.built.window, folder / "reviews.csv"
    file.write_text("said,stars\nA lovely day,1\nNever again,0\n")
    mapping = window.compress.mapping
    window.compress.data_file_chosen.emit("train", str(file))
    assert wait_for(mapping.isVisible, _PATIENCE_S)
    QTest.qWait(200)
    yield window
    mapping.dismissed.emit()
    assert wait_for(lambda: not mapping.isVisible(), _PATIENCE_S)


@contextmanager
def _panel(action_id: str, bench: Bench) -> Generator[QWidget | None]:
    window = bench.built.window
    assert trigger(window, action_id)
    assert window.panel.isVisible()
    yield window
    assert press(window, "panel.close")
    assert not window.panel.isVisible()


@contextmanager
def _palette(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    window = bench.built.window
    assert trigger(window, "app.palette")
    yield window.palette_popup
    window.palette_popup.dismiss()


@contextmanager
def _trash(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    window, library = bench.built.window, bench.services.models
    gone = [model.id for model in library.models() if model.id == "m-4"]
    for model_id in gone:
        library.trash(model_id)
    QTest.qWait(200)
    assert trigger(window, "models.show_trash")
    yield window
    for model_id in gone:
        library.restore(model_id)
    assert press(window, "models.trash_back")


@contextmanager
def _measure(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    window = bench.built.window
    is_open = trigger(window, "compare.measure") and window.compare.panel.isVisible()
    yield window if is_open else None
    press(window, "compare.not_now")


@contextmanager
def _candidates(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    popup = bench.built.window.compare.popup
    yield popup if trigger(bench.built.window, "compare.add") and popup.isVisible() else None
    if popup.isVisible():
        popup._close()


@contextmanager
def _discarding(bench: Bench, _folder: Path) -> Generator[QWidget | None]:
    window, paused = bench.built.window, "r-2"
    if any(job.run_id == paused for job in bench.services.queue.jobs()):
        bench.built.shell.show_job(paused)
        QTest.qWait(200)
        assert trigger(window, "jobs.discard")
    box = window.findChild(QMessageBox, "question")
    yield box if isinstance(box, QMessageBox) else None
    if isinstance(box, QMessageBox):
        box.reject()
        assert wait_for(lambda: window.findChild(QMessageBox, "question") is None, _PATIENCE_S)
        activate_front(window)


_OPENINGS: dict[str, dict[str, Opening]] = {
    "models": {"the trash": _trash},
    "compress": {"all settings": _all_settings, "the columns of a file": _columns},
    "compare": {"what is to be measured": _measure, "the models to add": _candidates},
    "jobs": {"the question before checkpoints go": _discarding},
    "settings": {
        "help": lambda bench, _folder: _panel("app.help", bench),
        "about": lambda bench, _folder: _panel("app.about", bench),
        "the palette": _palette,
    },
}
