"""Measured figures: rows over ``models/<id>/measurements.jsonl``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from app.domain.measurement import Measurement
from app.domain.model import MEASUREMENTS_FILE
from app.store.database import Database

_decoder = msgspec.json.Decoder(Measurement)


class MeasurementStore:
    """The index of figures. A worker writes the files; rows follow its events."""

    def __init__(self, database: Database, models_folder: Path, trash_folder: Path) -> None:
        self._database = database
        self._folders = (models_folder, trash_folder)

    def add(self, measurement: Measurement) -> None:
        """Add one figure; the same figure twice is one row."""
        self.add_many([measurement])

    def add_many(self, measurements: Iterable[Measurement]) -> None:
        """Add figures in one transaction."""
        rows = [
            (each.id, each.model_id, each.measured_at, msgspec.json.encode(each).decode())
            for each in measurements
        ]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO measurement VALUES (?, ?, ?, ?)", rows)

    def of_model(self, model_id: str) -> list[Measurement]:
        """Return a model's figures, oldest first."""
        rows = self._database.rows(
            "SELECT record FROM measurement WHERE model_id = ? ORDER BY measured_at, rowid",
            (model_id,),
        )
        return [_decoder.decode(text) for (text,) in rows]

    def all(self) -> list[Measurement]:
        """Return every figure, oldest first."""
        rows = self._database.rows("SELECT record FROM measurement ORDER BY measured_at, rowid")
        return [_decoder.decode(text) for (text,) in rows]

    def reindex(self) -> int:
        """Rebuild the rows from the files; return how many there are."""
        found = [each for folder in self._folders for each in _measurements_in(folder)]
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM measurement")
        self.add_many(found)
        return len(found)


def _measurements_in(folder: Path) -> Iterator[Measurement]:
    for path in sorted(folder.glob(f"[!.]*/{MEASUREMENTS_FILE}")):
        for line in path.read_bytes().splitlines():
            try:
                yield _decoder.decode(line)
            except msgspec.DecodeError:
                continue  # the half-written last line of a killed worker
