"""Datasets of the workspace: rows over ``datasets/<id>/dataset.json``."""

from pathlib import Path
from typing import Final

import msgspec

from app.domain.dataset import DatasetRecord
from app.domain.errors import AppError
from app.domain.language import said
from app.store.database import Database
from app.store.models import write_atomically

_RECORD_FILE: Final = "dataset.json"
_decoder = msgspec.json.Decoder(DatasetRecord)


class DatasetStore:
    """The index of datasets; the data itself stays where it is."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def add(self, record: DatasetRecord) -> None:
        """Add or replace a dataset."""
        folder = self._folder / record.id
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _RECORD_FILE, msgspec.json.encode(record))
        self._insert([record])

    def all(self) -> list[DatasetRecord]:
        """Return every dataset, oldest first."""
        rows = self._database.rows("SELECT record FROM dataset ORDER BY id")
        return [_decoder.decode(text) for (text,) in rows]

    def get(self, dataset_id: str) -> DatasetRecord | None:
        """Return the dataset with this id, or None."""
        rows = self._database.rows("SELECT record FROM dataset WHERE id = ?", (dataset_id,))
        return _decoder.decode(rows[0][0]) if rows else None

    def find(self, text: str, split: str | None = None) -> DatasetRecord:
        """Return the dataset with ``text`` as its id or its name.

        Args:
            text: Id or name.
            split: Narrows a name that several splits share; without it the newest one counts.

        Raises:
            AppError: dataset_unknown.
        """
        records = self.all()
        matching = [record for record in records if record.id == text]
        matching = matching or [
            record for record in records if record.name == text and split in {None, record.split}
        ]
        if not matching:
            known = ", ".join(sorted({record.name for record in records})) or "none yet"
            raise AppError(
                "dataset_unknown",
                said("There is no dataset and no file “%1” (datasets: %2).", text, known),
                said("Give the path of a TSV, CSV, JSONL or Parquet file, or “reviews” for the starter's."),
            )
        return matching[-1]

    def reindex(self) -> int:
        """Rebuild the rows from the folders; return how many there are."""
        found: list[DatasetRecord] = []
        for path in sorted(self._folder.glob(f"*/{_RECORD_FILE}")):
            try:
                found.append(_decoder.decode(path.read_bytes()))
            except (OSError, msgspec.DecodeError):
                continue
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM dataset")
        self._insert(found)
        return len(found)

    def _insert(self, records: list[DatasetRecord]) -> None:
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO dataset VALUES (?, ?, ?)",
                [(each.id, each.name, msgspec.json.encode(each).decode()) for each in records],
            )
