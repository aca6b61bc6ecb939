"""Starts tests/process/stand_in.py in place of the worker."""

import sys
from pathlib import Path

from app.services.job_process import JobProcess

ROOT = Path(__file__).parents[1]
STAND_IN = (sys.executable, "-P", str(ROOT / "tests" / "process" / "stand_in.py"))


def stand_in_process(spec_path: Path, environment: dict[str, str], *, grace_ms: int = 1_000) -> JobProcess:
    """Return an unstarted worker that pretends."""
    return JobProcess(
        spec_path,
        command=STAND_IN,
        environment={**environment, "PYTHONPATH": str(ROOT)},
        grace_ms=grace_ms,
    )


def is_gone(pid: int) -> bool:
    """Whether a process has ended, a zombie included."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in {"Z", "X"}
    except FileNotFoundError:
        return True
