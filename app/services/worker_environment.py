"""How a child process is started: its command line and what its environment says."""

import os
import site
import sys
from pathlib import Path
from typing import Final

import app

_QUIET: Final = {
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "PYTHONUNBUFFERED": "1",
    "PYTHONFAULTHANDLER": "1",
}


_UNLESS_SET: Final = {
    # Threads that spin while they wait take the second core from the window's event loop; threads that
    # sleep at once make a training step a third longer. So they spin for a fraction of a millisecond.
    "GOMP_SPINCOUNT": "20000",
}


def worker_command() -> list[str]:
    """Return the command that runs a job; the path of its spec is to be appended.

    ``-P`` keeps the working directory off the module path: a folder called ``app`` there would
    otherwise be run in place of this program.
    """
    return [sys.executable, "-P", "-m", "app", "worker"]


def worker_environment(*, offline: bool) -> dict[str, str]:
    """Return the environment of a worker: no telemetry, and no network unless allowed.

    Args:
        offline: Whether the Hugging Face hub is out of bounds. It is anyway where the
            environment of this process says so.
    """
    environment = {**_UNLESS_SET, **os.environ, **_QUIET}
    if offline or os.environ.get("HF_HUB_OFFLINE", "0") not in {"", "0"}:
        environment |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    home = Path(app.__file__).parents[1]
    if str(home) not in site.getsitepackages():  # a checkout that is not installed
        others = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = f"{home}{os.pathsep}{others}" if others else str(home)
    return environment
