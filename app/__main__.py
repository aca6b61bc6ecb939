"""``python -m app``: the window, a command, or (``worker SPEC``) one job in this process."""

import sys
from pathlib import Path


def main() -> int:
    """Start what the arguments ask for; return the exit code."""
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "worker":
        from app.engine.worker import main as run_worker

        return run_worker(Path(arguments[1]))
    from app.cli import main as run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
