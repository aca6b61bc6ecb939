"""Which process looks after a job: a lock file for each queue, held as long as the process lives."""

import fcntl
import os
import uuid
from pathlib import Path
from typing import IO


class Owner:
    """One queue of one process. The system lets go of the lock when the process dies."""

    def __init__(self, folder: Path) -> None:
        """Create and lock a file of our own in ``folder``."""
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self.token = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._handle: IO[bytes] | None = (folder / self.token).open("ab")
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def is_alive(self, token: str) -> bool:
        """Whether the process behind ``token`` lives, this one included."""
        if token == self.token:
            return self._handle is not None
        path = self._folder / token
        if not token or not path.exists():
            return False
        if is_locked(path):
            return True
        path.unlink(missing_ok=True)
        return False

    def close(self) -> None:
        """Let go: whatever this queue still had may be taken over."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
            (self._folder / self.token).unlink(missing_ok=True)


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock of this file."""
    try:
        with path.open("ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
