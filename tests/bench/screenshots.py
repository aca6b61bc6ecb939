"""Pictures of every page for the documentation: real data in the real window, and an empty workspace.

    python -m tests.bench.screenshots WORKSPACE [FOLDER]

WORKSPACE holds an original and a variant that was compressed from it, as the first minutes with Whittle
make them; a copy of it is shown. Each page is brought to a telling state by its function in `TELLING`; Try
asks the real worker. Light and dark, full and empty, at 1280 × 800, at 1920 × 1080 and at 200 %; and Jobs
while a compression really runs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from app.bootstrap import BuiltWindow, build_services, build_window, prepare_application
from app.domain.job import ENDED, CompareSpec, CompressSpec, Phase
from app.domain.model import ModelRecord
from app.presenters.try_presenter import SAMPLES
from app.services.assembly import Services
from app.services.settings import Settings
from app.services.theme import Scheme
from app.views.actions import PAGES
from tests.gui.stage import wait_for

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
USUAL, LARGE = QSize(1280, 800), QSize(1920, 1080)
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
FLAT, OTHERS = 160, 64
"""Colours of a picture's palette: the commonest ones, which fill areas and stay exact, such as the shades of
heads, and ones between the rest. A third of the bytes."""
LOADING_MS: Final = 600
ANSWER_S: Final = 120
MEASURING_S: Final = 600
RUN_S: Final = 400
LIVE_SNAPSHOTS: Final = 5
"""So many pictures of the heads, and the warm-up is well under way."""


class Shown(msgspec.Struct, frozen=True):
    """The window and what it stands on."""

    built: BuiltWindow
    services: Services

    @property
    def variant(self) -> ModelRecord:
        """The newest variant of a model."""
        return [model for model in self.services.models.models() if model.parent_id is not None][-1]


def tell_models(shown: Shown) -> None:
    shown.built.shell.models.select(shown.variant.id)


def tell_compress(shown: Shown) -> None:
    shown.built.shell.compress.choose_model(shown.variant.parent_id or "")
    if not wait_for(lambda: shown.built.window.compress.summary.text() == "Ready to start.", ANSWER_S):
        raise RuntimeError("the compression cannot start")


def tell_jobs(shown: Shown) -> None:
    finished = [
        job.run_id
        for job in shown.services.queue.jobs()
        if isinstance(job.spec, CompressSpec) and job.state.phase is Phase.FINISHED
    ]
    shown.built.shell.jobs.select(finished[-1])
    wait_for(lambda: bool(shown.built.shell.jobs.series.curves), ANSWER_S)


def measure(shown: Shown) -> None:
    """Measure the variant and its original under the same conditions, unless that was done before."""
    shown.built.window.show_page("compare")
    tell_compare(shown)
    queue = shown.services.queue
    if not any(isinstance(job.spec, CompareSpec) for job in queue.jobs()):
        asks = shown.built.window.actions_by_id["compare.measure"]
        if not wait_for(asks.isEnabled, ANSWER_S):
            raise RuntimeError("the models cannot be measured")
        asks.trigger()
        start = shown.built.window.compare.findChild(QPushButton, "compare.start")
        if not wait_for(lambda: start.isVisible() and start.isEnabled(), ANSWER_S):
            raise RuntimeError("the comparison cannot start")
        start.click()
        wait_for(lambda: queue.running is not None, ANSWER_S)
    wait_for(lambda: all(job.state.phase in ENDED for job in queue.jobs()), MEASURING_S)


def tell_compare(shown: Shown) -> None:
    shown.built.shell.compare.compare_model(shown.variant.id)


def tell_try(shown: Shown) -> None:
    shown.built.shell.attempts.choose_model(shown.variant.id)
    shown.built.window.attempts.set_text("\n".join(SAMPLES))
    table = shown.built.window.attempts.findChild(QTableView, "try.answers")

    def is_answered() -> bool:
        model = table.model()
        cells = [model.index(row, column).data() for row in range(model.rowCount()) for column in range(1, 3)]
        return len(cells) == 2 * len(SAMPLES) and all(cells)

    if not wait_for(is_answered, ANSWER_S):
        raise RuntimeError("the worker gave no answers")
    table.selectRow(3)


TELLING: Final[dict[str, Callable[[Shown], None]]] = {
    "models": tell_models,
    "compress": tell_compress,
    "jobs": tell_jobs,
    "compare": tell_compare,
    "try": tell_try,
}


@contextmanager
def opened(app: QApplication, workspace: Path) -> Iterator[Shown]:
    """Show the real window over a workspace."""
    services = build_services(workspace)
    theme, look = prepare_application(app)
    built = build_window(services, theme, look, Settings())
    built.window.resize(USUAL)
    built.window.show()
    try:
        yield Shown(built, services)
    finally:
        built.window.close()
        services.close()
        for each in (built.window, theme, look):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def photograph(shown: Shown, folder: Path, sizes: dict[str, QSize], state: str = "") -> None:
    """Bring every page to its state and write one picture a page, theme and size."""
    for spec in PAGES:
        shown.built.window.show_page(spec.id)
        if not state and spec.id in TELLING:
            TELLING[spec.id](shown)
        QTest.qWait(LOADING_MS)
        for scheme in SCHEMES:
            shown.built.theme.apply(scheme)
            for suffix, size in sizes.items():
                shown.built.window.resize(size)
                QTest.qWait(LOADING_MS)
                name = "-".join(part for part in (spec.id, state, scheme, suffix) if part)
                save(grab(shown), folder / f"{name}.png")
        shown.built.window.resize(USUAL)


def photograph_live(shown: Shown, folder: Path, sizes: dict[str, QSize]) -> None:
    """Start a compression and write pictures of Jobs once heads are being pruned; then take it away."""
    shown.built.window.show_page("compress")
    tell_compress(shown)
    shown.built.window.actions_by_id["compress.start"].trigger()
    queue, jobs = shown.services.queue, shown.built.shell.jobs
    if not wait_for(lambda: queue.running is not None and len(jobs.series.snapshots) > LIVE_SNAPSHOTS, RUN_S):
        raise RuntimeError("the compression did not get that far")
    for scheme in SCHEMES:
        shown.built.theme.apply(scheme)
        for suffix, size in sizes.items():
            shown.built.window.resize(size)
            QTest.qWait(LOADING_MS)
            name = "-".join(part for part in ("jobs", "live", scheme, suffix) if part)
            save(grab(shown), folder / f"{name}.png")
    run_id = jobs.selected or ""
    queue.cancel(run_id)
    wait_for(lambda: queue.running is None, ANSWER_S)
    queue.trash(run_id)
    shown.built.window.resize(USUAL)


def grab(shown: Shown) -> QImage:
    """Return the picture of the window, without the ring of whatever a keyboard would go on from."""
    focused = QApplication.focusWidget()
    if focused is None:
        return shown.built.window.grab().toImage()
    focused.clearFocus()
    picture = shown.built.window.grab().toImage()
    focused.setFocus()
    return picture


def save(picture: QImage, path: Path) -> None:
    """Write a picture with a palette of its own."""
    picture = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (picture.height(), picture.width(), 4)
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(size)[..., :3]
    in_palette(pixels).save(path, optimize=True)


def in_palette(pixels: npt.NDArray[np.uint8]) -> Image.Image:
    """Return a picture (rows, columns, 3) with a palette of its own, in which areas keep their colour."""
    flat = pixels.reshape(-1, 3)
    colours, places, counts = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    common = colours[np.argsort(counts)[::-1][:FLAT]]
    between = Image.fromarray(pixels).quantize(OTHERS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = np.concatenate([common, np.array(between, np.uint8).reshape(-1, 3)])
    distance = np.square(colours[:, None].astype(np.int32) - palette[None]).sum(axis=2)
    nearest = distance.argmin(axis=1).astype(np.uint8)
    made = Image.fromarray(nearest[places.reshape(-1)].reshape(pixels.shape[:2]), "P")
    made.putpalette(palette.tobytes())
    return made


def photograph_all(workspace: Path, folder: Path, *, is_double: bool) -> None:
    """Write the pictures of one scale of the screen; Qt takes another only at its start."""
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="whittle-pictures-") as scratch:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, scratch)
        os.environ["WHITTLE_WORKSPACE"] = str(workspace)  # the usual one: commands need not name it
        sizes = {"200": USUAL} if is_double else {"": USUAL, "1920": LARGE}
        with opened(app, workspace) as shown:
            measure(shown)  # first, so that all pages tell the same figures
            photograph(shown, folder, sizes)
            if not is_double:
                photograph_live(shown, folder, sizes)
        os.environ["WHITTLE_WORKSPACE"] = str(Path(scratch) / "empty")
        with opened(app, Path(scratch) / "empty") as shown:
            photograph(shown, folder, sizes, "empty")


def main() -> int:
    """Write all pictures and print how large they are together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--double", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.double:
        photograph_all(asked.workspace, asked.folder, is_double=True)
        return 0
    with tempfile.TemporaryDirectory(prefix="whittle-pictures-") as scratch:
        copy = Path(scratch) / "whittle"
        shutil.copytree(asked.workspace, copy, ignore=shutil.ignore_patterns(".queues"))
        photograph_all(copy, asked.folder, is_double=False)
        again = [sys.executable, "-m", "tests.bench.screenshots", "--double", str(copy), str(asked.folder)]
        subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)
    pictures = list(asked.folder.glob("*.png"))
    size_mb = sum(path.stat().st_size for path in pictures) / 1e6
    print(f"{len(pictures)} pictures, {size_mb:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
