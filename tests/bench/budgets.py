"""Every budget of the window that can be measured within minutes, in one table.

    python -m tests.bench.budgets

Any module of this folder with a function ``figures()`` takes part. The gap of the event loop under a real
compression takes a quiet machine and minutes of its own: ``python -m tests.bench.live_job WORKSPACE``.
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec

from tests.bench.figure import Figure, table_of

FOLDER = Path(__file__).parent


def figures_of(name: str) -> list[Figure]:
    """Measure one bench in a process of its own, so that none warms up another."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.budgets", name], stdout=subprocess.PIPE, text=True, check=True
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=list[Figure])


def benches() -> list[str]:
    """Return the benches that measure against a budget."""
    # By their text: some of the others load the frameworks.
    return [path.stem for path in sorted(FOLDER.glob("*.py")) if "\ndef figures()" in path.read_text("utf-8")]


def main() -> int:
    """Print the table; the exit code says whether every budget is met."""
    if len(sys.argv) > 1:
        measured = importlib.import_module(f"tests.bench.{sys.argv[1]}").figures()
        sys.stdout.write(msgspec.json.encode(measured).decode() + "\n")
        return 0
    found: list[Figure] = []
    for name in benches():
        sys.stderr.write(f"{name}…\n")
        found += figures_of(name)
    print(table_of(found))
    return 0 if all(figure.is_met for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
