"""``python -m app``: the window, a command, or (``worker SPEC``) one job in this process."""

import gc
import sys
from pathlib import Path


def main() -> int:
    """Start what the arguments ask for; return the exit code."""
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "worker":
        from app.engine.worker import main as run_worker

        return run_worker(Path(arguments[1]))
    from app.cli_options import parse_arguments

    options = parse_arguments(arguments)
    if options.command is not None:
        from app.cli import main as run_command

        return run_command(options)
    from app.services.display import missing_display

    if (missing := missing_display()) is not None:
        sys.stderr.write(f"{missing}\n")
        return 2
    # Until the window stands: nothing of what is made before it is garbage.
    gc.disable()
    from app.bootstrap import run_window

    return run_window(options.workspace)


if __name__ == "__main__":
    sys.exit(main())
