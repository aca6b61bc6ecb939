"""Where a model comes from, and whether what lies there is a model that can be used."""

import json
import re
import shutil
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from app.domain.errors import AppError
from app.engine.export import MODEL_BIN, MODEL_XML
from app.engine.resources import STARTER, resource
from app.engine.tokenizing import TOKENIZER_FILE

CONFIG_FILE: Final = "config.json"
WEIGHTS_FILE: Final = "model.safetensors"
INDEX_FILE: Final = "model.safetensors.index.json"
PICKLE_FILE: Final = "pytorch_model.bin"
RECORD_FILE: Final = "whittle.json"
"""Marks a checkpoint that was sliced or quantized here."""

_TOKENIZER_FILES: Final = (
    TOKENIZER_FILE, "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "added_tokens.json",
)  # fmt: skip
_PAPERS: Final = ("README.md", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE")
_HUB_URL: Final = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<id>[\w.-]+(?:/[\w.-]+)?)(?:/.*)?$"
)
_HUB_ID: Final = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
_MAX_JSON_BYTES: Final = 50_000_000
_MAX_UNUSED_IDS: Final = 1024
"""Embedding tables are padded to round sizes; more than this is another tokenizer's table."""


@dataclass(frozen=True)
class Source:
    """A folder with a model, and what to call where it came from."""

    folder: Path
    origin: str
    name: str

    @property
    def is_ir(self) -> bool:
        """Whether there is an IR and no checkpoint."""
        has_weights = any((self.folder / name).exists() for name in (WEIGHTS_FILE, INDEX_FILE, PICKLE_FILE))
        return not has_weights and (self.folder / MODEL_XML).is_file()


class Config(msgspec.Struct, frozen=True):
    """What is read of a model's ``config.json`` before anything else is touched."""

    model_type: str = ""
    architectures: list[str] | None = None
    auto_map: dict[str, object] | None = None
    vocab_size: int | None = None
    id2label: dict[str, str] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Label names in the order of their class ids."""
        names = self.id2label or {}
        return tuple(names[key] for key in sorted(names, key=int))


def locate(text: str, *, offline: bool) -> Source:
    """Return the folder that ``text`` names: a folder, ``starter:…``, a hub id or its URL.

    Raises:
        AppError: ``source_missing``, ``offline``, ``download_failed`` or ``resource_missing``.
    """
    if text.startswith(STARTER):
        return Source(resource(text), text, text.removeprefix(STARTER))
    url = _HUB_URL.fullmatch(text.strip())
    folder = Path(text).expanduser()
    if url is None and folder.is_dir():
        inner = folder / "torch"
        chosen = inner if not (folder / CONFIG_FILE).exists() and (inner / CONFIG_FILE).exists() else folder
        return Source(chosen.resolve(), str(folder.resolve()), folder.resolve().name)
    if url is None and folder.is_file():
        raise AppError("source_missing", f"{folder} is a file.", "Give the folder that the model lies in.")
    if url is None and _HUB_ID.fullmatch(text) is None:
        raise AppError(
            "source_missing", f"There is no folder {folder}.", "Check the path, or give a hub id as org/name."
        )
    hub_id = text if url is None else url["id"]
    if offline:
        raise AppError(
            "offline",
            f"{hub_id} is no folder here, and fetching it from huggingface.co needs the network.",
            "Download the model elsewhere and import its folder, or allow network access for this import.",
        )
    return Source(_download(hub_id), hub_id, hub_id.rpartition("/")[2])


def read_config(folder: Path) -> Config:
    """Read ``config.json``.

    Raises:
        AppError: ``not_a_model`` or ``config_broken``.
    """
    path = folder / CONFIG_FILE
    if not path.is_file():
        raise AppError(
            "not_a_model",
            f"{folder} has no {CONFIG_FILE}, so it is not a model's folder.",
            "Choose the folder that holds config.json, the weights and the tokenizer.",
        )
    if path.stat().st_size > _MAX_JSON_BYTES:
        raise _broken_config(path, "it is far too large")
    try:
        config = msgspec.json.decode(path.read_bytes(), type=Config)
    except msgspec.DecodeError as error:
        raise _broken_config(path, str(error)) from error
    if not all(key.isdecimal() for key in config.id2label or {}):
        raise _broken_config(path, "id2label has keys that are not numbers")
    return config


def _broken_config(path: Path, what: str) -> AppError:
    return AppError(
        "config_broken", f"{path} cannot be read: {what}.", "Copy the file again from where it came from."
    )


def require_supported(config: Config, families: Iterable[str]) -> None:
    """Refuse what cannot be pruned, before any weight is read.

    Raises:
        AppError: ``unsupported_architecture``.
    """
    names = config.architectures or []
    known = config.model_type in set(families)
    if known and (not names or any(name.endswith("ForSequenceClassification") for name in names)):
        return
    found = names[0] if names else config.model_type or "without a name"
    supported = ", ".join(f"{family.upper()} for text classification" for family in families)
    raise AppError(
        "unsupported_architecture",
        f"The architecture {found} (model type “{config.model_type or 'unknown'}”) is not supported.",
        f"Supported: {supported}. Import a model of that kind.",
    )


def refuse_remote_code(config: Config) -> None:
    """Refuse a model that brings code of its own: none of it is ever run here.

    Raises:
        AppError: ``remote_code_refused``.
    """
    if config.auto_map:
        raise AppError(
            "remote_code_refused",
            "The model brings Python code of its own, which Whittle does not run.",
            "Choose a version of it that Transformers loads without code of its own.",
        )


def weight_files(folder: Path) -> list[Path]:
    """Return the files of the checkpoint.

    Raises:
        AppError: ``weights_missing`` or ``weights_broken``.
    """
    for name in (WEIGHTS_FILE, PICKLE_FILE):
        # A whole file wins over shards, as transformers has it.
        if (folder / name).is_file() and (name == WEIGHTS_FILE or not (folder / INDEX_FILE).exists()):
            return [folder / name]
    index = folder / INDEX_FILE
    if not index.is_file():
        raise AppError(
            "weights_missing",
            f"{folder} has no weights ({WEIGHTS_FILE} or {PICKLE_FILE}).",
            "Copy the weights into the folder; with Git LFS, run git lfs pull.",
        )
    try:
        places: dict[str, str] = json.loads(index.read_bytes())["weight_map"]
        names = sorted(set(places.values()))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise broken_weights(index, "it lists no weights") from error
    for name in names:
        if Path(name).name != name or not (folder / name).is_file():
            raise AppError(
                "weights_missing", f"{folder} lacks {name}, a part of the weights.", "Copy the missing file."
            )
    return [folder / name for name in names]


def tensor_shapes(files: list[Path]) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor, read from the files' headers and checked against their sizes.

    Raises:
        AppError: ``weights_broken``; for a pickle, where it holds anything but tensors.
    """
    shapes: dict[str, tuple[int, ...]] = {}
    for file in files:
        if file.name == PICKLE_FILE:
            shapes |= {name: tuple(tensor.shape) for name, tensor in load_pickle(file).items()}
            continue
        safetensors: Any = import_module("safetensors")
        _refuse_pointer(file)
        try:
            with safetensors.safe_open(file, framework="numpy") as opened:
                shapes |= {name: tuple(opened.get_slice(name).get_shape()) for name in opened.keys()}  # noqa: SIM118
        except (safetensors.SafetensorError, OSError, struct.error) as error:
            raise broken_weights(file, "it is cut short or not a safetensors file", str(error)) from error
    return {_modern_name(name): shape for name, shape in shapes.items()}


def load_pickle(file: Path) -> dict[str, Any]:
    """Load a pickled checkpoint that holds tensors alone; code in it is not run.

    Raises:
        AppError: ``weights_broken``.
    """
    torch: Any = import_module("torch")
    try:
        loaded: object = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:  # unpickling raises whatever the file makes it raise
        raise broken_weights(
            file, "it is damaged, or a pickle that holds more than tensors", str(error)
        ) from error
    if not isinstance(loaded, dict):
        raise broken_weights(file, "it holds no table of tensors")
    table = cast("dict[Any, Any]", loaded)
    if not all(isinstance(entry, torch.Tensor) for entry in table.values()):
        raise broken_weights(file, "it holds more than tensors")
    return {str(name): tensor for name, tensor in table.items()}


def require_tensors(
    there: dict[str, tuple[int, ...]], expected: dict[str, tuple[int, ...]], folder: Path
) -> None:
    """Compare a checkpoint's tensors with what its config asks for.

    Raises:
        AppError: ``weights_broken``, naming the first tensor that is missing or has another shape.
    """
    for name, shape in expected.items():
        found = there.get(name)
        if found is None:
            raise broken_weights(folder, f"the tensor {name} is missing")
        if found != shape:
            raise broken_weights(
                folder, f"the tensor {name} has the shape {list(found)}, the config asks for {list(shape)}"
            )


def require_tokenizer(folder: Path) -> None:
    """Check that there is something to make a tokenizer from.

    Raises:
        AppError: ``tokenizer_missing``.
    """
    if not any((folder / name).is_file() for name in (TOKENIZER_FILE, "vocab.txt")):
        raise AppError(
            "tokenizer_missing",
            f"{folder} has no tokenizer ({TOKENIZER_FILE} or vocab.txt).",
            "Copy the tokenizer's files beside the weights.",
        )


def require_fitting(vocabulary: dict[str, int], vocab_size: int | None) -> None:
    """Check that a tokenizer's ids are those of the model's embedding table.

    Raises:
        AppError: ``tokenizer_mismatch``.
    """
    if vocab_size is None:
        return
    highest = max(vocabulary.values(), default=-1)
    unused = vocab_size - 1 - highest
    if highest >= vocab_size:
        what = f"The tokenizer has ids up to {highest}, the model's embedding table ends at {vocab_size - 1}."
    elif unused > _MAX_UNUSED_IDS or 2 * (highest + 1) < vocab_size:
        what = f"The tokenizer has {highest + 1} ids, the model's embedding table {vocab_size}."
    else:
        return
    raise AppError(
        "tokenizer_mismatch", what, "Copy the tokenizer that the model was trained with into its folder."
    )


def checkpoint_contents(folder: Path) -> list[Path]:
    """Return the files of a checkpoint folder that are taken over, weights left out."""
    names = (CONFIG_FILE, RECORD_FILE, INDEX_FILE, *_TOKENIZER_FILES, *_PAPERS)
    return [folder / name for name in names if (folder / name).is_file()]


def ir_contents(folder: Path) -> list[Path]:
    """Return the files of an IR folder that are taken over.

    Raises:
        AppError: ``weights_missing``.
    """
    if not (folder / MODEL_BIN).is_file():
        raise AppError(
            "weights_missing",
            f"{folder} has {MODEL_XML} but not {MODEL_BIN}.",
            "Copy the .bin beside the .xml.",
        )
    parts = sorted(path for path in folder.glob("openvino_*") if path.suffix in {".xml", ".bin"})
    names = (CONFIG_FILE, *_TOKENIZER_FILES, *_PAPERS)
    return [*parts, *(folder / name for name in names if (folder / name).is_file())]


def require_space(folder: Path, needed_bytes: int) -> None:
    """Check that a folder's disk has room.

    Raises:
        AppError: ``disk_full``.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise AppError(
            "disk_full",
            f"The import needs {needed_bytes / 1e6:.0f} MB; the disk has {free / 1e6:.0f} MB left.",
            "Free some space or choose a workspace on another disk, then import again.",
        )


def license_of(folder: Path) -> str | None:
    """Return the licence that the model card's front matter states."""
    card = folder / "README.md"
    if not card.is_file():
        return None
    head = card.read_text("utf-8", errors="replace")[:20_000]
    front = re.match(r"---\n(.*?)\n---", head, re.DOTALL)
    stated = re.search(r"^license:\s*(\S+)\s*$", front[1], re.MULTILINE) if front else None
    return stated[1] if stated else None


def broken_weights(file: Path, what: str, detail: str = "") -> AppError:
    """Return the error for weights that cannot be used."""
    return AppError(
        "weights_broken",
        f"The weights in {file} cannot be used: {what}.",
        "Copy them again from where they came from.",
        detail,
    )


def _refuse_pointer(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(20).startswith(b"version https://git"):
            raise broken_weights(file, "it is a Git LFS pointer; run git lfs pull")


def _modern_name(name: str) -> str:
    """Return a tensor's name as transformers has it now; old BERT checkpoints say gamma and beta."""
    for old, new in ((".gamma", ".weight"), (".beta", ".bias")):
        if name.endswith(old):
            return name.removesuffix(old) + new
    return name


def _download(hub_id: str) -> Path:
    hub: Any = import_module("huggingface_hub")
    wanted = [CONFIG_FILE, "*.safetensors", INDEX_FILE, PICKLE_FILE, *_TOKENIZER_FILES, *_PAPERS]
    try:
        return Path(hub.snapshot_download(hub_id, allow_patterns=wanted))
    except (OSError, ValueError, hub.errors.HfHubHTTPError) as error:
        raise AppError(
            "download_failed",
            f"{hub_id} could not be fetched from huggingface.co.",
            "Check the id and the network, or download the model elsewhere and import its folder.",
            str(error),
        ) from error
