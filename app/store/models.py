"""Models of the workspace: rows over ``models/<id>/model.json``, and the trash."""

import os
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.domain.errors import AppError
from app.domain.language import said
from app.domain.model import (
    MAX_NAME_LENGTH,
    NOTE_FILE,
    RECORD_FILE,
    ModelNote,
    ModelRecord,
    TrashedModel,
    normal_tag,
    numbered,
)
from app.store.database import Database

_decoder = msgspec.json.Decoder(ModelRecord)
_note_decoder = msgspec.json.Decoder(ModelNote)


class ModelStore:
    """The index of models. The folders are the truth; a row mirrors a ``model.json``."""

    def __init__(self, database: Database, models_folder: Path, trash_folder: Path) -> None:
        self._database = database
        self._folder = models_folder
        self._trash = trash_folder
        self._known: dict[str, tuple[str, ModelRecord]] = {}
        """Records by id with the text that they were read from: 500 of them take 200 ms to read anew."""
        self._listed: list[ModelRecord] = []
        self._listed_at: tuple[int, int] | None = None
        self._writes = 0

    def all(self) -> list[ModelRecord]:
        """Return every model that is not in the trash, oldest first."""
        stamp = (self._database.data_version(), self._writes)
        if stamp != self._listed_at:
            rows = self._database.rows(
                "SELECT id, record FROM model WHERE trashed = 0 ORDER BY created_at, id"
            )
            self._known = {model_id: (text, self._record(model_id, text)) for model_id, text in rows}
            self._listed = [record for _, record in self._known.values()]
            self._listed_at = stamp
        return list(self._listed)

    def trashed(self) -> list[TrashedModel]:
        """Return what is in the trash, the newest there first."""
        rows = self._database.rows(
            "SELECT id, record, trashed_at FROM model WHERE trashed = 1 ORDER BY trashed_at DESC, id DESC"
        )
        return [TrashedModel(self._record(model_id, text), at) for model_id, text, at in rows]

    def get(self, model_id: str) -> ModelRecord | None:
        """Return the model with this id, or None where there is none outside the trash."""
        rows = self._database.rows("SELECT record FROM model WHERE id = ? AND trashed = 0", (model_id,))
        return _decoder.decode(rows[0][0]) if rows else None

    def find(self, text: str) -> ModelRecord:
        """Return the model with ``text`` as its id or its name.

        Raises:
            AppError: model_unknown where there is none, model_ambiguous where there are several.
        """
        models = self.all()
        exact = [model for model in models if model.id == text]
        named = exact or [model for model in models if model.name == text]
        if not named:
            known = ", ".join(model.name for model in models) or "none yet"
            raise AppError(
                "model_unknown",
                said("There is no model “%1” in this workspace (there are: %2).", text, known),
                said("Name one of them, or import it: whittle import SOURCE."),
            )
        if len(named) > 1:
            ids = ", ".join(model.id for model in named)
            raise AppError(
                "model_ambiguous",
                said("%1 models are called “%2”.", len(named), text),
                said("Use an id: %1.", ids),
            )
        return named[0]

    def add(self, record: ModelRecord) -> None:
        """Add or replace the row of a model; its folder has to be complete."""
        self._writes += 1
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO model (id, name, created_at, record) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, record = excluded.record",
                (record.id, record.name, record.created_at, _text(record)),
            )

    def rename(self, model_id: str, name: str) -> ModelRecord:
        """Give a model another name, in its folder and in the index.

        Raises:
            AppError: name_empty, name_too_long, name_taken or model_unknown.
        """
        record = self._require(model_id)
        if " ".join(name.split()) == record.name:
            return record
        return self._renamed(record, self.checked_name(name, model_id))

    def checked_name(self, name: str, model_id: str = "", coming: Collection[str] = ()) -> str:
        """Return a name as a model may be given it, blanks in a row being one.

        Args:
            name: As it was typed.
            model_id: Whose name it is to be; empty: a new model's.
            coming: Names of models that are being made.

        Raises:
            AppError: name_empty, name_too_long or name_taken.
        """
        name = " ".join(name.split())
        advice = said("Choose a name that tells them apart.")
        if not name:
            raise AppError("name_empty", said("A model needs a name."), said("Type at least one character."))
        if len(name) > MAX_NAME_LENGTH:
            raise AppError(
                "name_too_long",
                said("The name has %1 characters; %2 are allowed.", len(name), MAX_NAME_LENGTH),
                said("Shorten it; there is room for more in the notes."),
            )
        if any(model.name == name and model.id != model_id for model in self.all()):
            raise AppError("name_taken", said("Another model is called “%1” already.", name), advice)
        if name in coming:
            raise AppError("name_taken", said("A job makes a model called “%1” already.", name), advice)
        return name

    def trash(self, model_id: str) -> ModelRecord:
        """Move the model's folder to the trash; `restore` brings it back.

        Raises:
            AppError: model_unknown.
        """
        record = self._require(model_id)
        self._trash.mkdir(exist_ok=True)
        source = self._folder / model_id
        if source.exists():
            source.rename(self._trash / model_id)
        self._mark(model_id, trashed_at=now_text())
        return record

    def restore(self, model_id: str) -> ModelRecord:
        """Bring a model back from the trash; with a number where another one has got its name meanwhile.

        Raises:
            AppError: model_unknown where it is not there.
        """
        source = self._trash / model_id
        if not source.is_dir():
            raise AppError(
                "model_unknown",
                said("The trash has no model %1.", model_id),
                said("Look into the workspace's trash folder."),
            )
        source.rename(self._folder / model_id)
        self._mark(model_id, trashed_at=None)
        taken = {model.name for model in self.all() if model.id != model_id}
        record = self._require(model_id)
        return self._renamed(record, numbered(record.name, taken) if record.name in taken else record.name)

    def trash_folder(self, model_id: str) -> Path:
        """Where a model lies in the trash; whoever deletes it for good deletes this, then calls `forget`."""
        return self._trash / model_id

    def forget(self, model_id: str) -> None:
        """Remove the rows of a model whose folder is gone from the trash.

        Raises:
            AppError: model_in_use where the folder is still there, or the model is not in the trash.
        """
        if self.trash_folder(model_id).exists() or (self._folder / model_id).exists():
            raise AppError(
                "model_in_use",
                said("The model %1 was not deleted.", model_id),
                said("Move it to the trash again, and delete it from there."),
            )
        with self._database.transaction() as connection:
            for query in (
                "DELETE FROM model WHERE id = ? AND trashed = 1",
                "DELETE FROM measurement WHERE model_id = ?",
                "DELETE FROM model_note WHERE model_id = ?",
            ):
                connection.execute(query, (model_id,))

    def notes(self) -> dict[str, ModelNote]:
        """Return what was written about models, by their ids."""
        rows = self._database.rows("SELECT model_id, record FROM model_note")
        return {model_id: _note_decoder.decode(text) for model_id, text in rows}

    def set_note(self, model_id: str, note: ModelNote) -> ModelNote:
        """Keep what was written about a model, in its folder and in the index; tags become normal ones.

        Raises:
            AppError: model_unknown, workspace_not_writable or disk_full.
        """
        self._require(model_id)
        tags = dict.fromkeys(tag for tag in map(normal_tag, note.tags) if tag)
        note = ModelNote(note.text, tuple(tags))
        write_atomically(self._folder / model_id / NOTE_FILE, msgspec.json.encode(note))
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO model_note VALUES (?, ?)",
                (model_id, msgspec.json.encode(note).decode()),
            )
        return note

    def reindex(self) -> int:
        """Rebuild the rows from ``models/*/model.json`` and the trash; return how many there are."""
        found = [(record, 0) for record in _records_in(self._folder)]
        found += [(record, 1) for record in _records_in(self._trash)]
        self._writes += 1
        folders = [(self._trash if trashed else self._folder) / record.id for record, trashed in found]
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM model")
            connection.executemany(
                "INSERT OR REPLACE INTO model (id, name, created_at, record, trashed, trashed_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        record.id,
                        record.name,
                        record.created_at,
                        _text(record),
                        trashed,
                        _moved_at(folder) if trashed else "",
                    )
                    for (record, trashed), folder in zip(found, folders, strict=True)
                ],
            )
            connection.execute("DELETE FROM model_note")
            connection.executemany(
                "INSERT OR REPLACE INTO model_note VALUES (?, ?)",
                [
                    (folder.name, msgspec.json.encode(note).decode())
                    for folder in folders
                    if (note := _note_in(folder)) is not None
                ],
            )
        return len(found)

    def adopt(self, model_id: str) -> None:
        """Add a model whose folder is complete but which the index does not know, if there is one.

        A worker that was killed right after it had made the model could not tell of it.
        """
        if self.get(model_id) is None and (record := _record_in(self._folder / model_id)) is not None:
            self.add(record)

    def exists_on_disk(self, model_id: str) -> bool:
        """Whether the model's folder is complete under its final name."""
        return (self._folder / model_id / RECORD_FILE).is_file()

    def remove_partial(self, model_id: str) -> None:
        """Delete what a killed worker left of a model that it was making."""
        shutil.rmtree(self._folder / f".{model_id}.partial", ignore_errors=True)

    def _require(self, model_id: str) -> ModelRecord:
        record = self.get(model_id)
        if record is None:
            raise AppError(
                "model_unknown",
                said("There is no model %1 in this workspace.", model_id),
                said("It may have been moved to the trash by another window."),
            )
        return record

    def _record(self, model_id: str, text: str) -> ModelRecord:
        """Return the record of a row, the one that was read before where the text is the same."""
        known = self._known.get(model_id)
        return known[1] if known is not None and known[0] == text else _decoder.decode(text)

    def _renamed(self, record: ModelRecord, name: str) -> ModelRecord:
        if name == record.name:
            return record
        renamed = msgspec.structs.replace(record, name=name)
        write_atomically(self._folder / record.id / RECORD_FILE, msgspec.json.encode(renamed))
        self.add(renamed)
        return renamed

    def _mark(self, model_id: str, *, trashed_at: str | None) -> None:
        self._writes += 1
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE model SET trashed = ?, trashed_at = ? WHERE id = ?",
                (int(trashed_at is not None), trashed_at or "", model_id),
            )


def _records_in(folder: Path) -> list[ModelRecord]:
    """Read the records of complete model folders; one that cannot be read is left out."""
    found = (_record_in(path.parent) for path in sorted(folder.glob(f"[!.]*/{RECORD_FILE}")))
    return [record for record in found if record is not None]


def _record_in(folder: Path) -> ModelRecord | None:
    try:
        return _decoder.decode((folder / RECORD_FILE).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def _note_in(folder: Path) -> ModelNote | None:
    try:
        return _note_decoder.decode((folder / NOTE_FILE).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def _moved_at(folder: Path) -> str:
    """Return when a folder was renamed last, which is when it came into the trash."""
    return datetime.fromtimestamp(folder.stat().st_ctime, UTC).isoformat(timespec="seconds")


def now_text() -> str:
    """Return the present time as records have it, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _text(record: ModelRecord) -> str:
    return msgspec.json.encode(record).decode()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old content or the new, never a part."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(path)
