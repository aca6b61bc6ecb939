"""Everything is to be seen: no page scrolls at the sizes it is made for, no text of a control is cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.services.translation import Translation
from app.views.actions import PAGES
from app.views.widgets.card import ElidedLabel
from tests.gui.conftest import Bench
from tests.gui.stage import named, staged

SIZES = (QSize(1280, 800), QSize(1920, 1080))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The window over a full workspace, shown for all tests here."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with staged(app, tmp_path_factory.mktemp("stage") / "workspace", full=True) as bench:
        yield bench


@pytest.mark.parametrize("size", SIZES, ids=["1280", "1920"])
@pytest.mark.parametrize("page", [spec.id for spec in PAGES])
def test_a_page_fits_and_cuts_no_text(full: Bench, qtbot: QtBot, page: str, size: QSize) -> None:
    window = full.built.window
    window.resize(size)
    window.show_page(page)
    qtbot.wait(400)

    assert window.size() == size
    shown = window._pages[page]
    assert [named(area) for area in areas_above(shown) if area.verticalScrollBar().maximum() > 0] == []
    assert [named(area) for area in areas_above(shown) if area.horizontalScrollBar().maximum() > 0] == []
    assert [f"{named(widget)} “{text_of(widget)}”" for widget in texts(shown) if is_cut(widget)] == []


@pytest.fixture
def sized(full: Bench, request: pytest.FixtureRequest) -> Iterator[float]:
    """The window in a presentation size, at its usual size afterwards."""
    built = full.built
    built.theme.apply("light", request.param)
    yield request.param
    built.theme.apply("light", 1.0)


@pytest.mark.parametrize("sized", [1.0, 1.5, 2.0], indirect=True, ids=["100", "150", "200"])
@pytest.mark.parametrize("page", [spec.id for spec in PAGES])
def test_a_page_scrolls_down_alone_in_every_presentation_size(
    full: Bench, qtbot: QtBot, page: str, sized: float
) -> None:
    window = full.built.window
    window.resize(SIZES[0])
    window.show_page(page)
    qtbot.wait(400)

    assert window.size() == SIZES[0]
    shown = window._pages[page]
    header = window._headers.currentWidget()
    assert [f"{named(widget)} “{text_of(widget)}”" for widget in texts(header) if is_cut(widget)] == []
    assert [named(one) for one in texts(header) if not header.rect().contains(place_in(header, one))] == []
    areas = [*areas_above(shown), *(area for area in shown.findChildren(QScrollArea) if area.isVisible())]

    # What is read in the background may come, and be laid out, later than that.
    def nothing_scrolls_sideways() -> None:
        too_wide = [area for area in areas if area.horizontalScrollBar().maximum() > 0]
        assert [f"{named(area)} {area.horizontalScrollBar().maximum()}" for area in too_wide] == []

    qtbot.waitUntil(nothing_scrolls_sideways, timeout=5_000)
    assert [f"{named(widget)} “{text_of(widget)}”" for widget in texts(shown) if is_cut(widget)] == []


def test_in_german_nothing_is_cut_either(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    owner = QObject()
    translation = Translation(owner)
    translation.choose("de")
    try:
        with staged(qapp, tmp_path / "workspace", full=True) as bench:
            window = bench.built.window
            window.resize(SIZES[0])
            for spec in PAGES:
                window.show_page(spec.id)
                qtbot.wait(400)
                shown, header = window._pages[spec.id], window._headers.currentWidget()
                bars = [area for area in areas_above(shown) if area.horizontalScrollBar().maximum() > 0]
                bars += [area for area in areas_above(shown) if area.verticalScrollBar().maximum() > 0]
                assert [named(area) for area in bars] == [], spec.id
                cut = [text_of(one) for part in (shown, header) for one in texts(part) if is_cut(one)]
                assert cut == [], spec.id
    finally:
        translation.choose("en")
        owner.deleteLater()


@pytest.mark.parametrize("sized", [2.0], indirect=True, ids=["200"])
def test_back_from_presentation_size_everything_stands_beside_each_other_again(
    full: Bench, qtbot: QtBot, sized: float
) -> None:
    window = full.built.window
    window.resize(SIZES[0])
    window.show_page("jobs")
    qtbot.wait(400)
    queue, log = window.jobs._queue, window.jobs._log
    assert place_in(window, queue).bottom() < place_in(window, log).top()

    full.built.theme.apply("light", 1.0)
    qtbot.wait(400)

    assert place_in(window, queue).right() < place_in(window, log).left()
    assert areas_above(window.jobs)[0].verticalScrollBar().maximum() == 0


def place_in(above: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())


def areas_above(page: QWidget) -> list[QScrollArea]:
    """Return what a page as a whole would scroll in."""
    found: list[QScrollArea] = []
    above = page.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.append(above)
        above = above.parentWidget()
    return found


def texts(page: QWidget) -> Iterator[QLabel | QPushButton]:
    """Yield the labels and buttons that are to be seen whole; some shorten themselves and say so."""
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, QLabel | QPushButton) or not widget.isVisible():
            continue
        if text_of(widget) and not isinstance(widget, ElidedLabel) and not widget.visibleRegion().isEmpty():
            yield widget


def text_of(widget: QLabel | QPushButton) -> str:
    return widget.text()


def is_cut(widget: QLabel | QPushButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height() - 1


@pytest.mark.parametrize(
    ("available", "takes_all"),
    [
        (QSize(1280, 800), True),
        (QSize(1366, 728), True),
        (QSize(1920, 1040), False),
        (QSize(800, 600), False),
    ],
)
def test_a_window_whose_frame_would_go_beyond_the_screen_takes_all_of_it(
    full: Bench, available: QSize, takes_all: bool
) -> None:
    full.built.window.fit(available)
    assert full.built.window.isMaximized() == takes_all
    full.built.window.showNormal()
