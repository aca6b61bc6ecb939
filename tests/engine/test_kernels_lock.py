"""Locks of the compilation of NNCF's kernels, which a killed process leaves behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from app.engine.quantization import _locked
from tests.workers import ROOT

_HOLD = """
import sys, time
from pathlib import Path
from app.engine.quantization import _locked
ours, theirs = map(Path, sys.argv[1:])
with _locked(ours, theirs):
    theirs.touch()
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_compilation_does_not_hold_the_next_one_up(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(ours), str(theirs)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    assert theirs.exists()

    began = time.monotonic()
    with _locked(ours, theirs):
        assert not theirs.exists()
    assert time.monotonic() - began < 5
    assert ours.read_bytes() == b""


def test_a_lock_that_was_given_back_in_good_order_is_not_taken_for_a_dead_ones(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    with _locked(ours, theirs):
        pass
    theirs.touch()
    os.utime(theirs, (0, 0))  # another program's, long gone

    with _locked(ours, theirs):
        assert not theirs.exists()
