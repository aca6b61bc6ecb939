"""Kill a compression of the starter at random moments: the worker, the window, or both.

``python -m tests.bench.kill_at_random [--trials 10] [--seed 1]`` prints one line a trial: when who
was killed, where the run was, where it went on, and whether it ended as an undisturbed run did.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

import msgspec

from app.domain.job import CompressSpec
from app.domain.recipe import JpqdRecipe, MeasureRecipe, TrainingRecipe
from app.services.compression import load_recipe, plan_compression
from app.services.text_datasets import starter_datasets
from app.store.workspace import Workspace
from tests.process.kills import HEADER, Trial, Victim, kill_and_resume, run_through
from tests.workers import ROOT

VICTIMS: tuple[Victim, ...] = ("worker", "window", "both")


def short_recipe() -> JpqdRecipe:
    """Return jpqd-fast, shortened to some twenty seconds on two idle cores."""
    fast = load_recipe("jpqd-fast")
    training = TrainingRecipe(
        epochs=2,
        batch_size=16,
        max_length=32,
        max_samples=192,
        held_out=48,
        evaluate_every=6,
        checkpoint_every=2,
    )
    quantization = msgspec.structs.replace(fast.quantization, calibration_samples=32)
    return msgspec.structs.replace(
        fast, training=training, quantization=quantization, measure=MeasureRecipe(length=32, seconds=0.3)
    )


def import_starter(folder: Path) -> None:
    """Import the starter by a command of its own."""
    command = [sys.executable, "-P", "-m", "app", "import", "starter", "--workspace", str(folder), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def plan(folder: Path, recipe: JpqdRecipe) -> CompressSpec:
    """Return the spec of another run of ``recipe`` on the starter."""
    workspace = Workspace.open(folder)
    train, _ = starter_datasets()
    spec = plan_compression(workspace, workspace.models.find("sentiment"), recipe, train)
    workspace.close()
    return spec


def trials(folder: Path, count: int, seed: int) -> list[Trial]:
    """Run ``count`` trials in a new workspace in ``folder``, printing each."""
    workspace, recipe = folder / "workspace", short_recipe()
    import_starter(workspace)
    undisturbed = plan(workspace, recipe)
    pace = run_through(workspace, undisturbed)
    _print(f"undisturbed: {pace.seconds:.1f} s; seed {seed}")
    _print(HEADER)
    chooser = random.Random(seed)
    done: list[Trial] = []
    for _, victim in zip(range(count), cycle(VICTIMS), strict=False):
        moment_s = chooser.uniform(0.5, 0.98 * pace.told_at_s[-1])
        trial = kill_and_resume(workspace, plan(workspace, recipe), undisturbed, pace, victim, moment_s)
        _print(trial.row())
        done.append(trial)
    return done


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Print the table; return 0 where nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = trials(Path(folder), options.trials, options.seed)
    good = sum(trial.same_masks and not trial.lost for trial in done)
    _print(f"{good} of {len(done)}: nothing lost and the same masks")
    return 0 if good == len(done) else 1


if __name__ == "__main__":
    sys.exit(main())
