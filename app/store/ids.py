"""Ids of runs, models and datasets: readable and sortable by time."""

import threading
import time
from typing import Final

_TICKS_PER_SECOND: Final = 65_536
_lock = threading.Lock()
_last_tick = 0


def new_id(prefix: str) -> str:
    """Return for example ``r-20261122-193312-4f2a``: UTC, then the fraction of the second.

    Ids made by one process never repeat and sort in the order in which they were made.
    """
    global _last_tick  # noqa: PLW0603 - the one piece of state that makes ids unique
    with _lock:
        _last_tick = tick = max(int(time.time() * _TICKS_PER_SECOND), _last_tick + 1)
    seconds, fraction = divmod(tick, _TICKS_PER_SECOND)
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime(seconds))
    return f"{prefix}-{moment}-{fraction:04x}"
