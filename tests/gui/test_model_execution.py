"""The tab Execution of the page Models, over the rehearsing worker, by mouse and by keyboard."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.domain.errors import Problem
from app.domain.question import Question, ReadExecution, Refused, Reply
from app.views.plots.share_bars import ShareBars
from app.views.widgets.notice import Notice
from app.views.widgets.tabs import Tabs
from tests.gui.conftest import Bench
from tests.gui.stage import staged
from tests.workers import is_gone

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000
Kind = TypeVar("Kind")


class Tab:
    """The full window with a variant selected, and what its worker was asked."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.qtbot, self.bench = qtbot, bench
        self.window = bench.built.window
        self.view = self.window.models.details.execution
        self.told: list[tuple[Question, Reply]] = []
        bench.services.session.answered.connect(lambda *both: self.told.append(both))
        bench.built.shell.models.select("m-2")

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, f"models.{name}")
        assert isinstance(found, kind), name
        return found

    @property
    def nodes(self) -> QTableView:
        return self.find(QTableView, "nodes")

    @property
    def answers(self) -> list[Reply]:
        return [reply for question, reply in self.told if isinstance(question, ReadExecution)]

    def open(self) -> None:
        self.find(Tabs, "tabs").choose("execution")

    def wait_for_rows(self) -> None:
        self.qtbot.waitUntil(self.nodes.isVisible, timeout=WAIT_MS)

    def choose(self, box: str, value: str) -> None:
        chooser = self.find(QComboBox, box)
        chooser.setCurrentIndex(chooser.findData(value))
        chooser.activated.emit(chooser.currentIndex())


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Tab]:
    with staged(qapp, tmp_path / "workspace", full=True) as bench:
        qtbot.waitExposed(bench.built.window)
        bench.built.window.activateWindow()
        yield Tab(qtbot, bench)


def test_a_model_runs_when_its_tab_is_shown_and_not_before(tab: Tab) -> None:
    tab.qtbot.wait(50)
    assert tab.bench.services.session.pid == 0
    tab.open()
    message = tab.find(QLabel, "execution_message")
    assert message.isVisible()
    assert message.text().startswith("Running it on CPU")
    assert not tab.window.actions_by_id["models.execute"].isEnabled()
    tab.wait_for_rows()
    assert tab.nodes.model().rowCount() == 9
    assert "asked for f32, taken f32" in tab.find(QLabel, "execution_conditions").text()
    assert "Some CPU" in tab.find(QLabel, "execution_conditions").text()
    assert (
        tab.find(ShareBars, "execution_bars")
        .accessibleDescription()
        .startswith("INT8: 90.0 % of the products, 60.0 % of the time")
    )

    tab.bench.built.shell.models.select("m-1")
    tab.bench.built.shell.models.select("m-2")
    assert tab.nodes.isVisible(), "what is known is shown at once"


def test_another_precision_is_asked_for_and_both_are_kept(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    tab.choose("execution_precision", "bf16")
    assert not tab.nodes.isVisible()
    tab.wait_for_rows()
    assert "asked for bf16" in tab.find(QLabel, "execution_conditions").text()
    tab.choose("execution_precision", "f32")
    assert tab.nodes.isVisible()
    assert len(tab.answers) == 2


def test_another_device_in_the_settings_is_asked_for_at_once(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    tab.bench.built.shell.settings.prefer("device", "GPU.0")
    assert tab.find(QComboBox, "execution_device").currentData() == "GPU.0"
    refused = tab.find(QLabel, "execution_message")
    tab.qtbot.waitUntil(lambda: refused.isVisible() and "GPU.0" in refused.text(), timeout=WAIT_MS)
    tab.qtbot.waitUntil(lambda: len(tab.answers) == 2, timeout=WAIT_MS)
    tab.bench.built.shell.settings.prefer("device", "CPU")
    assert tab.nodes.isVisible(), "what is known is shown at once"


def test_run_again_asks_once_more_and_shows_the_old_figures_until_then(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    again = next(
        one for one in tab.view.findChildren(QPushButton) if one.objectName() == "button.models.execute"
    )
    tab.qtbot.mouseClick(again, LEFT)
    assert tab.nodes.isVisible()
    assert not again.isEnabled()
    tab.qtbot.waitUntil(lambda: len(tab.answers) == 2 and again.isEnabled(), timeout=WAIT_MS)
    tab.qtbot.keyClick(tab.window, Qt.Key.Key_F5)
    tab.qtbot.waitUntil(lambda: len(tab.answers) == 3, timeout=WAIT_MS)


def test_a_device_that_cannot_run_it_is_said_and_another_one_chosen(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    tab.choose("execution_device", "GPU.0")
    notice = tab.view.findChild(Notice)
    assert isinstance(notice, Notice)
    tab.qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert notice.accessibleName() == "Nothing answers that here. Ask something else."
    assert not tab.nodes.isVisible()
    button = notice.findChild(QPushButton, "notice.again")
    assert isinstance(button, QPushButton)
    tab.qtbot.mouseClick(button, LEFT)
    tab.qtbot.waitUntil(lambda: len(tab.answers) == 3, timeout=WAIT_MS)
    assert notice.isVisible()
    tab.choose("execution_device", "CPU")
    assert tab.nodes.isVisible()
    assert not notice.isVisible()


def test_a_worker_that_died_is_started_again_for_the_next_run(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    pid = tab.bench.services.session.pid
    os.kill(pid, signal.SIGKILL)
    tab.qtbot.waitUntil(lambda: is_gone(pid), timeout=WAIT_MS)
    tab.qtbot.waitUntil(lambda: tab.bench.services.session.pid == 0, timeout=WAIT_MS)
    tab.window.actions_by_id["models.execute"].trigger()
    tab.qtbot.waitUntil(lambda: len(tab.answers) == 2, timeout=WAIT_MS)
    assert tab.bench.services.session.pid not in {0, pid}
    assert tab.nodes.isVisible()


def test_a_refusal_about_another_model_is_not_shown(tab: Tab) -> None:
    tab.open()
    tab.wait_for_rows()
    question = ReadExecution(tab.told[-1][0].model)
    tab.bench.services.session.answered.emit(question, Refused(Problem("x", "Late.", "Never mind.")))
    assert tab.nodes.isVisible()


def test_nodes_are_filtered_summed_copied_and_saved(tab: Tab, tmp_path: Path) -> None:
    tab.open()
    tab.wait_for_rows()
    tab.qtbot.keyClicks(tab.find(QLineEdit, "node_filter"), "layer.1")
    assert tab.nodes.model().rowCount() == 3
    group = tab.find(QComboBox, "node_group")
    group.setCurrentIndex(group.findData("int8"))
    assert tab.nodes.model().rowCount() == 1
    assert tab.find(QLabel, "node_sums").text() == "1 of 9 nodes · 0.300 ms of 1.500 ms"

    tab.nodes.setFocus()
    tab.qtbot.keyClick(tab.nodes, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, row = QGuiApplication.clipboard().text().splitlines()
    assert header.startswith("Node\tType")
    assert row.split("\t")[2:4] == ["int8", "brgemm_avx512_I8"]

    tab.window.actions_by_id["models.save_rows"].trigger()
    dialog = tab.window.findChild(QFileDialog, "models.save_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "nodes.csv"))
    dialog.fileSelected.emit(str(tmp_path / "no" / "folder.csv"))
    dialog.close()
    assert (tmp_path / "nodes.csv").read_text().splitlines()[1].startswith("bert.encoder.layer.1.attention")
    assert "It was not saved" in tab.window.notice.accessibleName()


def test_the_table_of_matrices_is_copied_by_the_same_keys(tab: Tab) -> None:
    assert not tab.window.actions_by_id["models.copy_rows"].isEnabled()
    tab.open()
    assert tab.window.actions_by_id["models.copy_rows"].isEnabled()
    tab.find(Tabs, "tabs").choose("sparsity")
    assert tab.window.actions_by_id["models.copy_rows"].isEnabled()
    tab.find(Tabs, "tabs").choose("notes")
    assert not tab.window.actions_by_id["models.copy_rows"].isEnabled()
