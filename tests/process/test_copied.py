"""What Compress copies really runs: the command in a shell, the script in Python."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import build_services, build_window, prepare_application
from app.domain.dataset import ColumnMap
from app.domain.job import CompressSpec, Phase
from app.domain.recipe import JpqdRecipe
from app.services.settings import Settings
from app.store.workspace import Workspace
from tests.engine.tiny import sentences, write_tsv
from tests.process.tiny_compression import WAIT_MS, add_tiny_bert, tiny_recipe

pytestmark = pytest.mark.timeout(600)


def copied_from_the_window(qtbot: QtBot, qapp: QApplication, folder: Path) -> tuple[str, str]:
    """Fill in the page as a person would; return the copied command and the copied script."""
    recipe = folder / "tiny recipe.json"
    recipe.write_bytes(msgspec.json.encode(tiny_recipe()))
    data = write_tsv(folder / "my train.tsv", sentences(80, seed=1))
    theme, look = prepare_application(qapp)
    services = build_services(folder / "work space", adopt=False)
    built = build_window(services, theme, look, Settings())
    window, page = built.window, built.window.compress
    window.show()
    window.show_page("compress")
    page.recipe_file_chosen.emit(str(recipe))
    page.data_file_chosen.emit("train", str(data))
    qtbot.waitUntil(page.mapping.isVisible, timeout=WAIT_MS)
    page.mapping.confirmed.emit(ColumnMap("sentence", "label"))
    page.field_edited.emit("distillation.temperature", 3.5)
    start = window.actions_by_id["compress.start"]
    command = page.findChild(QPlainTextEdit, "compress.command")
    assert isinstance(command, QPlainTextEdit)
    qtbot.waitUntil(lambda: start.isEnabled() and "my train.tsv" in command.toPlainText(), timeout=WAIT_MS)
    found: list[str] = []
    for action in ("compress.copy", "compress.copy_python"):
        window.actions_by_id[action].trigger()
        found.append(QGuiApplication.clipboard().text())
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.take_off()
    services.close()
    for each in (theme, look):
        each.deleteLater()
    return found[0], found[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace in which there is a tiny BERT."""
    made = tmp_path_factory.mktemp("copied")
    workspace = Workspace.open(made / "work space")
    add_tiny_bert(workspace, made)
    workspace.close()
    return made


def test_the_copied_command_and_the_copied_script_each_make_the_variant(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    command, script = copied_from_the_window(qtbot, qapp, folder)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "script.py").write_text(script, "utf-8")
    environment = dict(os.environ)
    environment.pop("PYTHONPATH", None)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"

    for line in (["sh", "-c", command], [sys.executable, "script.py"]):
        done = subprocess.run(
            line, cwd=elsewhere, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.split()[1] == "tiny-bert-jpqd-2"

    after = Workspace.open(folder / "work space")
    specs = [job.spec for job in after.runs.all() if job.state.phase is Phase.FINISHED]
    variants = [model for model in after.models.all() if model.parent_id]
    after.close()
    wanted = msgspec.convert(
        msgspec.to_builtins(tiny_recipe()) | {"distillation": {"temperature": 3.5}}, JpqdRecipe
    )
    first, second = (spec for spec in specs if isinstance(spec, CompressSpec))
    assert [variant.name for variant in variants] == [first.recipe.name, second.recipe.name]
    for spec in (first, second):
        assert msgspec.structs.replace(spec.recipe, name=wanted.name) == wanted
        assert (spec.train.path, spec.train.rows) == (str(folder / "my train.tsv"), 80)
        assert spec.evaluation is not None
        assert spec.evaluation.split == "evaluation"
        assert spec.model == first.model
    assert first.train.content_hash == second.train.content_hash
