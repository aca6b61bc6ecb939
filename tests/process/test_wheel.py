"""What is installed is what is in the checkout, the resources included."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.workers import ROOT


@pytest.mark.slow
def test_a_wheel_carries_the_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "uv", "build", "--wheel", "--quiet", "--out-dir", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())

    for resource in ("recipes/jpqd-fast.json", "theme/light.json", "starter/reviews/eval.tsv"):
        assert f"app/_resources/{resource}" in names
