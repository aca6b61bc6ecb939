"""A checkpoint folder of ours: an ordinary Hugging Face folder plus what slicing and NNCF changed.

Plain ``from_pretrained`` cannot load a sliced network: its config knows one number of heads and
neurons for all layers. ``whittle.json`` says what is left and how it is quantized.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import torch
from safetensors import SafetensorError
from torch import nn

from app.domain.errors import AppError
from app.engine import hooks
from app.engine.families import family_of
from app.engine.families.base import Kept, whole
from app.engine.families.slicing import slice_model

_transformers: Any = import_module("transformers")  # its loaders are hinted in part only
_safetensors: Any = import_module("safetensors.torch")

RECORD: Final = "whittle.json"
WEIGHTS: Final = "model.safetensors"

_NOTE = """---
library_name: whittle
tags: [openvino, jpqd]
---
This network was pruned, quantized or both by Whittle: layers have their own numbers of heads and
neurons, listed in `whittle.json`. `AutoModel.from_pretrained` cannot load it;
`app.engine.model_folder.load_model` can, and the OpenVINO IR beside it runs anywhere.
"""


class FolderRecord(msgspec.Struct, frozen=True):
    """What ``whittle.json`` says."""

    family: str
    kept: Kept
    quantization: dict[str, Any] | None = None
    """NNCF's own config, from `nncf.torch.get_config`."""
    version: Literal[1] = 1


def read_record(folder: Path) -> FolderRecord | None:
    """Return the record of a folder of ours, None for an ordinary Hugging Face folder.

    Raises:
        AppError: There is a record, and it is broken.
    """
    path = folder / RECORD
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=FolderRecord)
    except msgspec.DecodeError as error:
        raise AppError(
            "record_broken", f"{path} cannot be read: {error}.", "Make the variant again or restore the file."
        ) from error


def save_model(model: nn.Module, tokenizer: Any, folder: Path, kept: Kept) -> None:
    """Write ``model`` with its record, config and tokenizer into ``folder``, which has to exist."""
    config: Any = model.config
    record = FolderRecord(config.model_type, kept, hooks.hook_config(model))
    tensors = {name: tensor.detach().clone().contiguous() for name, tensor in model.state_dict().items()}
    _safetensors.save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / RECORD).write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1))
    config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text(_NOTE, "utf-8")


def load_model(folder: Path) -> tuple[nn.Module, Kept]:
    """Load an ordinary or one of our own folders as float32, in eval mode, with what is left of it.

    Raises:
        AppError: The folder is broken or of an unsupported architecture.
    """
    record = read_record(folder)
    try:
        if record is None:
            model: Any = _transformers.AutoModelForSequenceClassification.from_pretrained(
                folder, dtype=torch.float32, attn_implementation="sdpa", local_files_only=True
            )
            return model.eval(), whole(model, family_of(model.config))
        config = load_config(folder)
        config.dtype = torch.float32
        model = _transformers.AutoModelForSequenceClassification.from_config(
            config, attn_implementation="sdpa"
        )
        slice_model(model, family_of(config), record.kept)
        if record.quantization is not None:
            model = hooks.load_hooks(model, record.quantization)
        model.load_state_dict(_safetensors.load_file(folder / WEIGHTS))
    except (OSError, SafetensorError, ValueError, RuntimeError, json.JSONDecodeError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise AppError(
            "checkpoint_broken",
            f"The checkpoint in {folder} cannot be loaded: {reason}",
            "Import the model again, or make the variant again.",
            str(error),
        ) from error
    return model.float().eval(), record.kept


def load_config(folder: Path) -> Any:
    """Load the transformers config of a checkpoint folder."""
    return _transformers.AutoConfig.from_pretrained(folder, local_files_only=True)


def load_tokenizer(folder: Path) -> Any:
    """Load the tokenizer of a checkpoint folder."""
    return _transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
