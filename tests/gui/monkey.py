"""Clicks, types, turns, drags and resizes at random, on all pages, while rehearsed jobs run.

    python -m tests.gui.monkey --seconds 3600 --seed 1

For a third of the time the window is built anew now and then, for another language or workspace; after that
it stays and grows old. What fails it: an exception anywhere, a message of Qt at warning or above, a file
written outside of its own folder, an old window that something still holds, a hang; in the second half,
widgets or windows that stay behind and memory that grows by more than 5 %: what is in use, and in runs of
half an hour and more what the system has given as well.
Every fault comes with the seed and the last actions. Same seed, same choices; when jobs get how far is
the machine's doing, so a fault may need more than one run to come again.
"""

import argparse
import gc
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QPointF,
    QSettings,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from app.bootstrap import BuiltWindow, Program, Services, prepare_application
from app.domain.job import ENDED
from app.domain.preference import LANGUAGE
from app.domain.way import WAYS
from app.services.settings import Settings
from app.services.theme import Theme
from app.store.workspace import Workspace
from app.views.actions import ACTIONS, PAGES
from app.views.main_window import MainWindow
from tests.gui.conftest import services_over
from tests.gui.repertoire import KEYS, LASTING, MENU_ENDS, SIZES, TEXTS, THEMES
from tests.gui.stage import (
    WindowIsGoneError,
    activate_front,
    ask_menu,
    click,
    crowd,
    dropping,
    furnish,
    handle_of,
    interactive_widgets,
    named,
    press_shortcut,
    scroll_to,
    tap,
    wait_for,
)
from tests.gui.watch import Count, Watch, judge

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
MOST_MODELS = 24
MOST_JOBS = 60
"""A workspace with more of either would be larger by right."""
MOST_QUEUED = 5
STAYS_FROM = 1 / 3
"""The part of a run after which the window is not built anew any more."""
SCALES = (1.25, 1.5, 2.0)
LANGUAGES = ("de", "en")
"""Home speaks the last one."""
WORKSPACES = ("workspace", "another")
"""Home is the first one."""


class Monkey:
    """Does something to whatever window is in front."""

    def __init__(self, program: Program, watch: Watch, chooser: random.Random, folder: Path) -> None:
        self._program = program
        self._settings = Settings()
        self._watch = watch
        self._random = chooser
        self._folder = folder
        self.window_stays = False
        """Whether nothing is done any more for which the window is built anew."""
        self._acts: list[tuple[int, Callable[[], None]]] = [
            (30, self._click),
            (8, self._click_anywhere),
            (5, self._right_click),
            (3, self._double_click),
            (22, self._press_key),
            (8, self._shortcut),
            (7, self._paste),
            (4, self._type),
            (8, self._turn_wheel),
            (4, self._drag),
            (5, self._go_to_page),
            (1, self._resize),
            (1, self._switch_theme),
            (1, self._drop_folder),
            (1, self._rebuild),
            (3, self._wait),
        ]

        # Qt runs an event loop of its own for some menus, and the click that opened one returns no sooner.
        self._acts_since = float("inf")
        self._ends_menus = QTimer()
        self._ends_menus.setInterval(150)
        self._ends_menus.timeout.connect(self._end_menu)
        self._ends_menus.start()

    # A language and a workspace have a window of their own.

    @property
    def _built(self) -> BuiltWindow:
        assert self._program.built is not None
        return self._program.built

    @property
    def _window(self) -> MainWindow:
        return self._built.window

    @property
    def _theme(self) -> Theme:
        return self._built.theme

    @property
    def _services(self) -> Services:
        assert self._program.services is not None
        return self._program.services

    def _end_menu(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is None or time.monotonic() - self._acts_since < 0.25:
            return
        keys = (*(Qt.Key.Key_Down,) * self._random.randint(0, 3), self._random.choice(MENU_ENDS))
        self._watch.note(f"{' '.join(key.name for key in keys)} in {named(popup)}")
        for key in keys:
            try:
                tap(popup, key)
            except WindowIsGoneError:  # the key before closed it
                break

    def act(self) -> None:
        """Do one thing."""
        self._acts_since = time.monotonic()
        weights = [weight for weight, _ in self._acts]
        (act,) = self._random.choices([act for _, act in self._acts], weights)
        dialog = self._dialog()
        if dialog is None:
            activate_front(self._window)
        try:
            if isinstance(dialog, QFileDialog) or (dialog is not None and self._random.random() < 0.2):
                self._watch.note(f"Escape in {named(dialog)}")
                tap(dialog, Qt.Key.Key_Escape)
            else:
                act()
        except WindowIsGoneError:
            self._watch.note("the window went before that")
            gc.collect()
        if not self._window.isVisible():
            self._watch.note("show the window again")
            self._window.show()
        self._acts_since = float("inf")
        QTest.qWait(self._random.choice((0, 0, 1, 5, 20)))

    def warm_up(self) -> None:
        """Go everywhere once, so that what is made at its first use is there before memory is counted."""
        self._watch.note("warm up")
        for scale in (*SCALES, 1.0):
            self._theme.apply("light", scale)
            for spec in PAGES:
                self._window.show_page(spec.id)
                QTest.qWait(10)
        for language in LANGUAGES:
            self._speak(language)
        for theme in THEMES:
            self._theme.apply(theme)
            for spec in PAGES:
                self._window.show_page(spec.id)
                for size in SIZES:
                    self._window.resize(size)
                    QTest.qWait(10)
                self._open_all()
                for action in ACTIONS:
                    if action.page == spec.id and action.id not in LASTING:
                        self._window.actions_by_id[action.id].trigger()
                        self._escape()
        self.come_home()

    def _open_all(self) -> None:
        """Go through tabs and lists and fold out what can be: it is made when it is first asked for."""
        self._toggle_all()
        for box in [box for box in self._window.findChildren(QComboBox) if box.isVisible() and box.count()]:
            box.showPopup()
            QTest.qWait(10)
            box.hidePopup()
        for bar in [bar for bar in self._window.findChildren(QTabBar) if bar.isVisible()]:
            for place in range(bar.count()):
                bar.setCurrentIndex(place)
                QTest.qWait(10)
                self._toggle_all()

    def _toggle_all(self) -> None:
        for button in self._window.findChildren(QToolButton):
            if button.isCheckable() and button.isVisible() and button.group() is None:
                for _ in range(2):
                    button.toggle()
                    QTest.qWait(10)

    def _escape(self) -> None:
        for _ in range(6):
            dialog = self._dialog()
            if dialog is None:
                return
            tap(dialog, Qt.Key.Key_Escape)
            QTest.qWait(20)

    def come_home(self) -> None:
        """Bring about a known state: one page, size, theme, language; no job, no menu, no dialog.

        What is made at its first use is made: a window is as large as it gets, whatever was used of it.
        """
        self._watch.note("home")
        self._escape()
        self._speak(LANGUAGES[-1])
        self._work_in(self._folder / WORKSPACES[0])
        self._cancel_all()
        self._keep_few()
        self._theme.apply("light", 1.0)
        self._window.resize(QSize(1280, 800))
        QGuiApplication.clipboard().clear()  # of pictures, too
        self._choose_first()
        for spec in reversed(PAGES):
            self._window.show_page(spec.id)
            QTest.qWait(150)
            self._open_all()
        QTest.qWait(300)

    def _choose_first(self) -> None:
        """Show the same on each page, and nothing that was typed."""
        shell, window = self._built.shell, self._window
        models, jobs = self._services.models.models()[:2], self._services.queue.jobs()[:1]
        window.attempts.set_text("")
        window.compress.way_chosen.emit(WAYS[0].recipe)
        shell.compare.choose([model.id for model in models])
        for model in models[:1]:
            shell.models.select(model.id)
            shell.compress.choose_model(model.id)
            shell.attempts.choose_model(model.id)
        for job in jobs:
            shell.jobs.choose(job.run_id)

    def _cancel_all(self) -> None:
        queue = self._services.queue
        for job in queue.jobs():
            if job.state.can_cancel and not job.state.can_resume:
                queue.cancel(job.run_id)
        wait_for(lambda: queue.running is None, 10)

    def keep_busy(self) -> None:
        """See that a job runs, and that the queue does not grow for ever."""
        queue = self._services.queue
        queued = [job for job in queue.jobs() if str(job.state.phase) == "queued"]
        for job in queued[MOST_QUEUED:]:
            queue.cancel(job.run_id)
        if queue.running is None and not queued:
            self._window.show_page("compress")
            start = self._window.actions_by_id["compress.start"]
            if wait_for(start.isEnabled, 0.3):
                self._watch.note("start a job")
                start.trigger()
            else:
                # What was typed into the recipe makes no sense, or the chosen model takes none.
                self._watch.note("choose a way and a model anew")
                self._window.compress.way_chosen.emit(self._random.choice(WAYS).recipe)
                models = [model for model in self._services.models.models() if model.structure is not None]
                if models:
                    self._window.compress.model_chosen.emit(self._random.choice(models).id)
        self._keep_few()

    def _keep_few(self) -> None:
        library, queue = self._services.models, self._services.queue
        models = library.models()
        for model in models[MOST_MODELS // 2 :] if len(models) > MOST_MODELS else ():
            library.trash(model.id)
        for gone in library.trashed()[MOST_MODELS:]:
            shutil.rmtree(library.trash_folder(gone.record.id))
            library.forget(gone.record.id)
        ended = [job for job in queue.jobs() if job.state.phase in ENDED]
        for job in ended[: -MOST_JOBS // 2] if len(ended) > MOST_JOBS else ():
            queue.trash(job.run_id)

    def phases(self) -> Counter[str]:
        """Count the jobs of the workspace by what became of them."""
        return Counter(str(job.state.phase) for job in self._services.queue.jobs())

    # Where ---------------------------------------------------------------------------

    def _dialog(self) -> QWidget | None:
        """Return what lies in front of the window: a menu, a list, a dialog."""
        first = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if first is not None:
            return first
        others = [
            each
            for each in QApplication.topLevelWidgets()
            if each.isVisible()
            and each is not self._window
            and each.windowType() not in {Qt.WindowType.ToolTip, Qt.WindowType.Desktop}
        ]
        return others[0] if others else None

    def _front(self) -> QWidget:
        return self._dialog() or self._window

    def _target(self) -> QWidget:
        front = self._front()
        widgets = list(interactive_widgets(front))
        return self._random.choice(widgets) if widgets else front

    def _point(self, widget: QWidget) -> QPoint:
        """Return a random point of a widget that is not covered, in the coordinates of its window."""
        if widget.visibleRegion().isEmpty():
            scroll_to(widget)  # the event loop runs meanwhile
            if not isValid(widget):
                raise WindowIsGoneError
        place = widget.visibleRegion().boundingRect()
        if place.isEmpty():
            return widget.window().rect().center()
        inside = QPoint(
            self._random.randint(place.left(), max(place.right(), place.left())),
            self._random.randint(place.top(), max(place.bottom(), place.top())),
        )
        return widget.mapTo(widget.window(), inside)

    # What ----------------------------------------------------------------------------

    def _click(self) -> None:
        target = self._target()
        point = self._point(target)
        self._watch.note(f"click {named(target)} {_text(point)}")
        click(target, LEFT, point)

    def _click_anywhere(self) -> None:
        front = self._front()
        point = self._point(front)
        self._watch.note(f"click {named(front)} {_text(point)}")
        click(front, LEFT, point)

    def _right_click(self) -> None:
        target = self._target()
        point = self._point(target)
        self._watch.note(f"right click {named(target)} {_text(point)}")
        click(target, RIGHT, point)

    def _double_click(self) -> None:
        target = self._target()
        point = self._point(target)
        self._watch.note(f"double click {named(target)} {_text(point)}")
        click(target, LEFT, point)
        QTest.mouseDClick(handle_of(target), LEFT, NONE, point)

    def _press_key(self) -> None:
        front, key = self._front(), self._random.choice(KEYS)
        modifiers = self._random.choice((NONE,) * 6 + (CONTROL, Qt.KeyboardModifier.ShiftModifier))
        self._watch.note(f"{modifiers.name} {key.name} in {_focus()}")
        focused = QApplication.focusWidget()
        if key is Qt.Key.Key_Menu and focused is not None:
            ask_menu(focused)
        else:
            tap(front, key, modifiers)

    def _shortcut(self) -> None:
        keys = self._random.choice([spec.shortcut for spec in (*ACTIONS, *PAGES) if spec.shortcut])
        self._watch.note(f"shortcut {keys}")
        press_shortcut(self._front(), keys)

    def _paste(self) -> None:
        text = self._random.choice(TEXTS)
        self._watch.note(f"paste {text[:20]!r} into {_focus()}")
        QGuiApplication.clipboard().setText(text)
        if self._random.random() < 0.5:
            tap(self._front(), Qt.Key.Key_A, CONTROL)
        tap(self._front(), Qt.Key.Key_V, CONTROL)
        if self._random.random() < 0.5:
            tap(self._front(), Qt.Key.Key_Return)

    def _type(self) -> None:
        letters = self._random.choices("abc 0123.-e/", k=self._random.randint(1, 6))
        self._watch.note(f"type {''.join(letters)!r} into {_focus()}")
        for letter in letters:
            tap(self._front(), Qt.Key(ord(letter.upper())))

    def _turn_wheel(self) -> None:
        target = self._target()
        if isinstance(target, QAbstractScrollArea):
            target = target.viewport()
        local = QPointF(target.rect().center())
        delta = QPoint(0, self._random.choice((-120, 120, -1200, 1200)))
        modifiers = self._random.choice((NONE, NONE, NONE, CONTROL))
        self._watch.note(f"wheel {delta.y()} {modifiers.name} over {named(target)}")
        event = QWheelEvent(
            local,
            QPointF(target.mapToGlobal(local)),
            QPoint(),
            delta,
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)

    def _drag(self) -> None:
        target = self._target()
        start, end = (
            self._point(target),
            self._point(target if self._random.random() < 0.6 else target.window()),
        )
        self._watch.note(f"drag {named(target)} {_text(start)} to {_text(end)}")
        # A drag of Qt's own runs an event loop until the button goes up: this lets it go up.
        QTimer.singleShot(200, lambda: self._let_go(target, end))
        QTest.mousePress(handle_of(target), LEFT, NONE, start)
        for step in range(1, 5):
            QTest.mouseMove(handle_of(target), start + (end - start) * (step / 4))
        wait_for(lambda: not QGuiApplication.mouseButtons() & LEFT, 3)

    def _let_go(self, target: QWidget, point: QPoint) -> None:
        try:
            handle = handle_of(target)
        except WindowIsGoneError:
            handle = handle_of(self._window)
        QTest.mouseRelease(handle, LEFT, NONE, point)

    def _go_to_page(self) -> None:
        spec = self._random.choice(PAGES)
        self._watch.note(f"page {spec.id}")
        press_shortcut(self._front(), spec.shortcut)

    def _resize(self) -> None:
        size = self._random.choice(SIZES)
        self._watch.note(f"resize {size.width()} x {size.height()}")
        self._window.resize(size)

    def _switch_theme(self) -> None:
        theme = self._random.choice(THEMES)
        self._watch.note(f"theme {theme}")
        self._theme.apply(theme)

    def _drop_folder(self) -> None:
        self._watch.note("drop a folder")
        for page in (each for each in self._window.findChildren(QWidget) if each.acceptDrops()):
            if page.isVisible() and page.metaObject().className().endswith("Page"):
                with dropping(page, self._folder / "dropped"):
                    pass

    def _rebuild(self) -> None:
        if self.window_stays:
            return
        if self._random.random() < 0.5:
            language = self._random.choice(LANGUAGES)
            self._watch.note(f"language {language}")
            self._speak(language)
        else:
            name = self._random.choice(WORKSPACES)
            self._watch.note(f"workspace {name}")  # while a job runs, this is a question
            self._window.settings.workspace_chosen.emit(str(self._folder / name))

    def _speak(self, language: str) -> None:
        if self._settings.preference(LANGUAGE) != language:
            self._wait_for_rebuilt(lambda: self._window.settings.preferred.emit(LANGUAGE.id, language))

    def _work_in(self, folder: Path) -> None:
        if self._services.workspace.folder != folder:
            self._cancel_all()
            self._wait_for_rebuilt(lambda: self._window.settings.workspace_chosen.emit(str(folder)))

    def _wait_for_rebuilt(self, act: Callable[[], None]) -> None:
        rebuilt = QSignalSpy(self._program.rebuilt)
        act()
        if not wait_for(lambda: rebuilt.count() > 0, 10):
            self._watch.fault("the window is not built anew", str(self._watch.recent[-1]))

    def _wait(self) -> None:
        self._watch.note("wait")
        QTest.qWait(self._random.choice((50, 200, 800)))


def _focus() -> str:
    focused = QApplication.focusWidget()
    return "nothing" if focused is None else named(focused)


def _text(point: QPoint) -> str:
    return f"{point.x()},{point.y()}"


@contextmanager
def _played(app: QApplication, folder: Path) -> Generator[Program]:
    """Open the program over the first workspace; everything is closed and gone afterwards."""
    theme, look = prepare_application(app)
    settings = Settings()
    for name in WORKSPACES:
        settings.note_workspace(folder / name)
    program = Program(app, theme, look, settings, lambda folder: services_over(Workspace.open(folder)))
    program.open(folder / WORKSPACES[0])
    try:
        yield program
    finally:
        program.close()
        for each in (program, theme, look):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def run(seconds: float, seed: int, folder: Path) -> Watch:
    """Play for this long in ``folder``; return what was heard."""
    for name in ("home", "dropped", "tmp"):
        (folder / name).mkdir()
    tempfile.tempdir = str(folder / "tmp")
    os.environ["HOME"] = str(folder / "home")
    os.environ["WHITTLE_WORKSPACE"] = str(folder / WORKSPACES[0])
    for scope in QSettings.Scope:
        QSettings.setPath(QSettings.Format.NativeFormat, scope, str(folder / "settings"))
    app = QApplication.instance() or QApplication(["whittle"])
    assert isinstance(app, QApplication)
    watch = Watch(seed, folder)
    counts: list[Count] = []
    for name in WORKSPACES:
        workspace = Workspace.open(folder / name)
        furnish(workspace)
        if name == WORKSPACES[0]:
            # From the start as full as it may get: lists and tables are as large by right.
            crowd(workspace, jobs=MOST_JOBS, models=MOST_MODELS)
        workspace.close()
    windows: WeakSet[MainWindow] = WeakSet()
    with watch.listening(), _played(app, folder) as program:

        def remember() -> None:
            assert program.built is not None
            windows.add(program.built.window)

        remember()
        program.rebuilt.connect(remember)
        monkey = Monkey(program, watch, random.Random(seed), folder)
        monkey.warm_up()
        started = time.monotonic()
        every_s = max(seconds / 12, 5.0)
        next_home, next_look = every_s, 0.0
        while (at_s := time.monotonic() - started) < seconds:
            if at_s >= next_look:
                monkey.keep_busy()
                next_look = at_s + 3
            if at_s >= next_home:
                monkey.window_stays = at_s >= STAYS_FROM * seconds
                monkey.come_home()
                counts.append(Count(at_s, windows))
                sys.stdout.write(f"{counts[-1]}  {watch.done} actions\n")
                sys.stdout.flush()
                next_home = at_s + every_s
            monkey.act()
        monkey.come_home()
        counts.append(Count(time.monotonic() - started, windows))
        sys.stdout.write(f"{counts[-1]}  {watch.done} actions\n")
        jobs = monkey.phases()
        judge(counts, watch)
    report = {
        "seed": seed,
        "seconds": round(counts[-1].at_s),
        "actions": watch.done,
        "actions_per_s": round(watch.done / counts[-1].at_s, 1),
        "jobs": dict(jobs),
        "used_mb": [round(count.used_mb, 1) for count in counts],
        "rss_mb": [round(count.rss_mb, 1) for count in counts],
        "widgets": [count.widgets.total() for count in counts],
        "windows": [count.windows.total() for count in counts],
        "faults": dict(watch.times),
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return watch


def main() -> int:
    """Play; the exit code says whether nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = float(os.environ.get("WHITTLE_MONKEY_SECONDS", "60"))
    parser.add_argument("--seconds", type=float, default=default, help="how long; %(default)s")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="whittle-monkey-") as folder:
        sys.stdout.write(f"in {folder}; what was done stands in actions.txt there after a crash\n")
        watch = run(asked.seconds, asked.seed, Path(folder))
    return 1 if watch.faults else 0


if __name__ == "__main__":
    sys.exit(main())
