"""Which versions of what run here, and under which licences: from package metadata, importing nothing."""

from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import qVersion

import app

_PACKAGES: Final = (
    "PySide6",
    "pyqtgraph",
    "QtAwesome",
    "openvino",
    "nncf",
    "optimum",
    "optimum-intel",
    "transformers",
    "torch",
    "datasets",
    "numpy",
    "msgspec",
)
_LONGEST: Final = 60


class Component(msgspec.Struct, frozen=True):
    """A part of the program that others made."""

    name: str
    version: str
    licence: str


def own_version() -> str:
    """Return the version of this program; empty in a checkout that is not installed."""
    try:
        return metadata("whittle")["Version"]
    except PackageNotFoundError:
        return ""


def components() -> tuple[Component, ...]:
    """Return what this program stands on and is installed here."""
    found: list[Component] = [Component("Qt", qVersion(), "LGPL-3.0-only")]
    for name in _PACKAGES:
        try:
            data = metadata(name)
        except PackageNotFoundError:
            continue
        expression = data.get_all("License-Expression") or []
        plain = [text.strip().partition("\n")[0][:_LONGEST] for text in data.get_all("License") or []]
        told = [*expression, _classified(data.get_all("Classifier") or []), *plain]
        found.append(Component(name, data["Version"], next(filter(None, told), "")))
    return tuple(found)


def _classified(classifiers: list[str]) -> str:
    """Return the licence of a trove classifier: ``License :: OSI Approved :: MIT License``."""
    names = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License :: ")]
    return ", ".join(name for name in names if name != "OSI Approved")


def notice_text() -> str:
    """Return what came with the program about the works it derives from."""
    try:
        shipped = distribution("whittle").read_text("licenses/NOTICE")
    except PackageNotFoundError:
        shipped = None
    if shipped is not None:
        return shipped
    beside = Path(app.__file__).parents[1] / "NOTICE"
    return beside.read_text("utf-8") if beside.exists() else ""
