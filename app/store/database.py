"""The workspace's index: one SQLite file, one connection, one thread, short transactions."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.domain.errors import AppError
from app.domain.language import said

_BUSY_TIMEOUT_S: Final = 10.0
_MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE model (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL,
            record TEXT NOT NULL,
            trashed INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE TABLE measurement (
            id TEXT PRIMARY KEY,
            model_id TEXT NOT NULL,
            measured_at TEXT NOT NULL,
            record TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX measurement_of_model ON measurement (model_id, measured_at)",
        """CREATE TABLE dataset (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            record TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE job (
            run_id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            spec TEXT NOT NULL,
            needs TEXT NOT NULL,
            phase TEXT NOT NULL,
            state TEXT NOT NULL,
            created_at REAL NOT NULL,
            position REAL NOT NULL,
            heavy INTEGER NOT NULL,
            owner TEXT NOT NULL
        ) STRICT""",
    ),
    (
        "ALTER TABLE model ADD COLUMN trashed_at TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE model_note (
            model_id TEXT PRIMARY KEY,
            record TEXT NOT NULL
        ) STRICT""",
    ),
)
"""Append only: entry N brings a database from version N to version N + 1."""

SCHEMA_VERSION: Final = len(_MIGRATIONS)


class Database:
    """The connection. Every failure that the user can act on leaves it as an `AppError`."""

    def __init__(self, path: Path) -> None:
        """Open or create ``path`` and bring it to the present version.

        Raises:
            AppError: workspace_too_new, workspace_not_writable, workspace_broken or disk_full.
        """
        self._path = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
        except sqlite3.Error as error:
            raise _app_error(error, path) from error
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection, None, None]:
        """Commit on leaving the block, roll back if it raises."""
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite rolls back by itself where the disk is full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a SELECT."""
        with self._translated():
            return self._connection.execute(query, parameters).fetchall()

    def data_version(self) -> int:
        """Return a number that changes whenever another connection has committed."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Close the file; the index is then a single file without a journal beside it."""
        self._connection.close()

    def _prepare(self) -> None:
        with self._translated():
            self._connection.execute("PRAGMA foreign_keys = ON")
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise AppError(
                "workspace_too_new",
                said(
                    "The workspace %1 was made by a newer version of Whittle "
                    "(its index has version %2, this program reads up to %3).",
                    self._path.parent,
                    version,
                    SCHEMA_VERSION,
                ),
                said("Update Whittle, or choose another workspace."),
            )
        with self._translated():
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last commits, never the file; run folders hold the truth.
            self._connection.execute("PRAGMA synchronous = NORMAL")
        for target in range(version + 1, SCHEMA_VERSION + 1):
            self._migrate_to(target)

    def _migrate_to(self, target: int) -> None:
        with self.transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version >= target:  # another process was faster
                return
            for statement in _MIGRATIONS[target - 1]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {target}")

    @contextmanager
    def _translated(self) -> Generator[None, None, None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _app_error(error, self._path) from error


def _app_error(error: sqlite3.Error, path: Path) -> AppError:
    """Say in the user's terms why SQLite refused."""
    # The low byte is the primary code; a failure to connect may carry none.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return AppError(
            "disk_full",
            said("The disk with the workspace %1 is full.", path.parent),
            said("Free some space and try again; nothing that was stored is lost."),
            str(error),
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return not_writable(path.parent, str(error))
    if code == sqlite3.SQLITE_BUSY:
        return AppError(
            "workspace_busy",
            said("Another program has kept the workspace %1 locked for too long.", path.parent),
            said("Close other programs that have whittle.sqlite open, then try again."),
            str(error),
        )
    return AppError(
        "workspace_broken",
        said("The index of the workspace cannot be read: %1.", error),
        said("Move %1 away and open the workspace again: the index is rebuilt from the folders.", path),
        str(error),
    )


def not_writable(folder: Path, detail: str = "") -> AppError:
    """Return the error for a workspace folder that cannot be written to."""
    return AppError(
        "workspace_not_writable",
        said("The workspace %1 cannot be written to.", folder),
        said(
            "Choose a workspace in a folder that you may write to (--workspace DIR), "
            "or remount the file system for writing."
        ),
        detail,
    )
