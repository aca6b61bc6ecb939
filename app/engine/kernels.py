"""Whittle's own kernels for fake quantization, compiled once on each machine and put in place of NNCF's.

Half of a quantization-aware training step went into NNCF's (docs/results.md has the figures).
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import torch

from app.domain.errors import AppError
from app.domain.places import kernel_folder
from app.engine.disk import full_disk_told

_SOURCE: Final = Path(__file__).with_name("fake_quantize.cpp")
_TORCH: Final = Path(torch.__file__).parent
_FLAGS: Final = (
    *("-std=c++20", "-shared", "-fPIC", "-fopenmp", "-O3"),
    *("-fno-math-errno", "-fno-trapping-math"),  # rounding in vectors
    "-ffp-contract=off",  # no fused multiply-add: results are NNCF's to the last bit
)
_FLAGS_OF: Final = {
    "AVX2": ("-mavx2",),
    "AVX512": ("-mavx512f", "-mavx512bw", "-mavx512vl", "-mavx512dq"),
}
"""Instruction sets by torch's name for what the processor can do."""


class Kernels:
    """What NNCF calls, in its own signatures."""

    @staticmethod
    def Quantize_forward(  # noqa: N802 - NNCF's name
        values: torch.Tensor, low: torch.Tensor, span: torch.Tensor, levels: int
    ) -> torch.Tensor:
        """Return ``values`` rounded to ``levels`` steps between ``low`` and ``low + span``.

        Args:
            values: Floats of any shape.
            low: Lower end, one element, or as many along one dimension of ``values``.
            span: Width of the range, shaped like ``low``, positive.
            levels: Number of steps, 256 for INT8.
        """
        return torch.ops.whittle.fake_quantize(values, low, span, levels)

    @staticmethod
    def Quantize_backward(  # noqa: N802 - NNCF's name
        gradient: torch.Tensor,
        values: torch.Tensor,
        low: torch.Tensor,
        span: torch.Tensor,
        levels: int,
        level_low: int,
        level_high: int,
        is_asymmetric: bool = False,  # noqa: ARG004, FBT001, FBT002 - NNCF's signature
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the gradients of ``values`` (straight through within the range), ``low`` and ``span``."""
        return torch.ops.whittle.fake_quantize_backward(
            gradient, values, low, span, levels, level_low, level_high
        )


class _Loader:
    """What NNCF asks for its extension when the first quantizer runs."""

    @staticmethod
    def name() -> str:
        return _SOURCE.stem

    @staticmethod
    def load() -> type[Kernels]:
        operations: Any = torch.ops
        operations.load_library(str(_built()))
        return Kernels


def install() -> None:
    """Make NNCF take these kernels on the CPU; they are compiled when the first quantizer runs."""
    namespace: Any = import_module("nncf.torch.quantization.extensions").QuantizedFunctionsCPU
    if not isinstance(namespace._loader, _Loader):  # noqa: SLF001 - there is no other way in
        # NNCF gives up after a minute; a slow machine may need longer to compile.
        os.environ["NNCF_EXTENSION_LOAD_TIMEOUT"] = "600"
        namespace._loader, namespace._loaded_namespace = _Loader(), None  # noqa: SLF001


def prepare(say: Callable[[str], None]) -> None:
    """Compile the kernels if they are not there yet, not in the middle of the first training step.

    Raises:
        AppError: ``no_compiler`` or ``kernels_not_built``.
    """
    if not _library().exists():
        say("Compiling the quantization kernels, once on this machine (about ten seconds).")
    install()
    _Loader.load()


def _built() -> Path:
    """Return the compiled library, which is there whole or not at all."""
    library = _library()
    if not library.exists():
        library.parent.mkdir(parents=True, exist_ok=True)
        with (
            full_disk_told(library.parent),
            tempfile.TemporaryDirectory(dir=library.parent, prefix=".building-") as folder,
        ):
            _compile(Path(folder) / library.name).replace(library)
    return library


def _library() -> Path:
    """Return where the kernels of this source, torch and processor are."""
    parts = (_SOURCE.read_text("utf-8"), torch.__version__, str(_TORCH), *_flags())
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return kernel_folder() / f"fake_quantize-{digest}.so"


def _flags() -> tuple[str, ...]:
    return (*_FLAGS, *_FLAGS_OF.get(torch.backends.cpu.get_cpu_capability(), ()))


def _compile(library: Path) -> Path:
    compiler = shutil.which(os.environ.get("CXX", "c++")) or shutil.which("g++")
    if compiler is None:
        raise AppError(
            "no_compiler",
            "Quantization-aware training needs a C++ compiler once, for its kernels.",
            "Install one (on Debian and Ubuntu: apt-get install g++) and resume.",
        )
    include, libraries = _TORCH / "include", _TORCH / "lib"
    searched = ("-isystem", include, "-isystem", include / "torch" / "csrc" / "api" / "include")
    linked = ("-L", libraries, "-ltorch_cpu", "-lc10")
    command = (compiler, *_flags(), *searched, _SOURCE, "-o", library, *linked)
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AppError(
            "kernels_not_built",
            f"{compiler} could not compile the quantization kernels.",
            "Install a current g++ and resume; the details have the compiler's own words.",
            done.stderr[-4000:],
        )
    return library
