"""Peak memory of an IR, measured in a process of its own: ``python -m app.engine.footprint SPEC``.

In one process the second network takes what the first gave back, and seems to need nothing.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec

from app.engine.measuring import random_inputs
from app.engine.openvino_runtime import CompiledIr

_STATUS: Final = Path("/proc/self/status")
_REQUESTS: Final = 3
_LONGEST_S: Final = 120


class _Spec(msgspec.Struct, frozen=True):
    folder: str
    device: str
    precision: str
    batch: int
    length: int


def peak_memory_bytes(folder: Path, *, device: str, precision: str, batch: int, length: int) -> int | None:
    """Return by how much loading and running the IR raises the highest resident memory of a process.

    What the libraries take before the network is read is not counted. None where the system does not
    tell, or the process did not come to its end.
    """
    if not _STATUS.exists():
        return None
    spec = msgspec.json.encode(_Spec(str(folder), device, precision, batch, length)).decode()
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "app.engine.footprint", spec],
            capture_output=True,
            check=True,
            timeout=_LONGEST_S,
            stdin=subprocess.DEVNULL,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    try:
        return msgspec.json.decode(done.stdout, type=int)
    except msgspec.DecodeError:
        return None


def _resident(field: str) -> int:
    """Return VmRSS (now) or VmHWM (the highest so far) in bytes."""
    line = next(line for line in _STATUS.read_text("ascii", "replace").splitlines() if line.startswith(field))
    return 1024 * int(line.split()[1])


def main(text: str) -> int:
    """Measure as ``text`` says and print the bytes."""
    from app.engine.openvino_runtime import available_devices

    spec = msgspec.json.decode(text, type=_Spec)
    available_devices()  # loads the plugins, which every network needs
    before = _resident("VmHWM")
    folder = Path(spec.folder)
    ir = CompiledIr(folder, spec.device, spec.precision, shape=(spec.batch, spec.length))
    inputs = random_inputs(ir, spec.batch, spec.length, folder)
    for _ in range(_REQUESTS):
        ir.request.infer(inputs)
    sys.stdout.write(f"{max(0, _resident('VmHWM') - before)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
