"""What is remembered between two starts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.domain.preference import NOTIFY, OFFLINE, SIZE, THEME
from app.services.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def settings_of(file: Path) -> Settings:
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


def test_what_was_preferred_is_there_at_the_next_start(file: Path) -> None:
    before = settings_of(file)
    before.prefer(THEME, "dark")
    before.prefer(SIZE, "150")
    before.prefer(OFFLINE, value=True)
    before.prefer(NOTIFY, value=False)
    before._settings.sync()
    after = settings_of(file)
    assert (after.scheme, after.scale, after.offline, after.notify) == ("dark", 1.5, True, False)


def test_nonsense_in_the_file_is_as_if_nothing_had_been_chosen(file: Path) -> None:
    file.write_text("[window]\ntheme=purple\nsize=9000\noffline=perhaps\n")
    one = settings_of(file)
    assert (one.scheme, one.scale, one.offline) == ("system", 1.0, False)


def test_a_value_that_a_preference_does_not_take_is_refused(file: Path) -> None:
    with pytest.raises(ValueError, match="size takes no"):
        settings_of(file).prefer(SIZE, "12")


def test_workspaces_and_palette_remember_the_newest_first_and_each_once(file: Path) -> None:
    one = settings_of(file)
    for name in ("a", "b", "a"):
        one.note_workspace(Path("/w") / name)
    assert one.recent_workspaces == (Path("/w/a"), Path("/w/b"))
    for number in range(20):
        one.note_used(f"page:{number}")
    assert (one.used[0], len(one.used)) == ("page:19", 12)
    one._settings.sync()
    assert settings_of(file).used == one.used


def test_a_list_of_one_survives_the_file(file: Path) -> None:
    one = settings_of(file)
    one.note_workspace(Path("/w/only"))
    one._settings.sync()
    assert settings_of(file).recent_workspaces == (Path("/w/only"),)
