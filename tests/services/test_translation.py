"""The window in another language: nothing is missing, nothing is stale."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtWidgets import QApplication

from app.domain.form import form_texts
from app.domain.language import LANGUAGES, said, spoken
from app.presenters.help_presenter import help_text
from app.services.translation import Translation
from app.views.actions import PAGES, shortcut_text, translated

ROOT = Path(__file__).parents[2]
_TAGS = re.compile(r"%(?:\d|n)")


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """The script that brings the translations up to date."""
    spec = importlib.util.spec_from_file_location("i18n_update", ROOT / "resources" / "i18n" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Translation]:
    owner = QObject()
    one = Translation(owner)
    one.choose("de")
    yield one
    one.choose("en")
    owner.deleteLater()


def test_every_text_of_the_window_stands_in_the_files_and_the_compiled_ones_are_current(
    update: ModuleType,
) -> None:
    assert update.stale() == [], "run: python resources/i18n/update.py"


def test_every_text_is_translated(update: ModuleType) -> None:
    assert update.unfinished() == {}
    assert update.unfinished(update.PLURALS) == {}


def test_translations_keep_their_places_for_values(update: ModuleType) -> None:
    tree = update._parsed(update.LANGUAGE)
    wrong = []
    for _, message in update._messages(tree):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        wrong += [form for form in forms if sorted(_TAGS.findall(form)) != sorted(_TAGS.findall(source))]
    assert wrong == []


def test_german_is_spoken_by_qt_by_tables_and_below_qt(german: Translation) -> None:
    assert translated("Models") == "Modelle"
    assert QCoreApplication.translate("TryPage", "Differences only") == "Nur Unterschiede"
    told = said("%1 is out of range: %2.", 9, said("at most %1", 8))
    assert told == "9 liegt außerhalb des Bereichs: höchstens 8."
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert shortcut_text("Ctrl+Del") == "Strg+Entf"
    assert QLocale().toString(1234) == "1.234"
    assert spoken().code == "de"


def test_back_in_english_nothing_german_is_left(german: Translation) -> None:
    german.choose("en")
    assert (translated("Models"), said("Theme"), shortcut_text("Ctrl+Del")) == ("Models", "Theme", "Ctrl+Del")
    assert QLocale().toString(1234) == "1,234"


def test_every_field_of_a_recipe_speaks_german(german: Translation) -> None:
    same = {"INT8", "Sparsity", "Training", "Seed", "Batch", "Weight decay", "auto", "bf16", "f32"}
    same |= {"Temperature", "Hidden states"}
    assert [text for text in form_texts() if said(text) == text and text not in same] == []


def test_every_page_has_help_in_every_language() -> None:
    wanted = {f"{spec.id}.md" for spec in PAGES}
    for code in LANGUAGES:
        folder = ROOT / "resources" / "help" / code
        assert {path.name for path in folder.iterdir()} == wanted, code


def test_help_is_read_in_the_spoken_language(german: Translation) -> None:
    assert "Arbeitsbereich" in help_text("models")
