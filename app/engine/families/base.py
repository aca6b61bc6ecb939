"""What a family has to know, and the record of what is left of a network's layers."""

from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from torch import nn

from app.domain.structure import LayerStructure, ModelStructure
from app.engine.network import linear, parameter_counts


@dataclass(frozen=True)
class TransformerLayer:
    """Module names of one layer's linear layers, and the two branches that may be emptied."""

    name: str
    query: str
    key: str
    value: str
    attention_output: str
    ffn_in: str
    ffn_out: str
    head_dim: int
    attention_branch: str
    """Module that computes the attention before ``attention_output``."""
    ffn_branch: str
    """Module that computes the inner activations before ``ffn_out``."""


class LayerKept(msgspec.Struct, frozen=True):
    """Heads and neurons of one layer that are left, in the original's numbering."""

    heads_total: int
    heads: tuple[int, ...]
    neurons_total: int
    neurons: tuple[int, ...]


Kept = tuple[LayerKept, ...]
"""One entry a layer."""


class Family(Protocol):
    """What is special to an architecture."""

    model_type: str

    def layers(self, model: nn.Module) -> list[TransformerLayer]:
        """Return the layers in the order of execution."""
        ...

    def empty_attention(self, model: nn.Module, layer: TransformerLayer) -> None:
        """Replace a layer's attention, which has no head left, by its output bias."""
        ...

    def empty_ffn(self, model: nn.Module, layer: TransformerLayer) -> None:
        """Replace a layer's feed-forward network, which has no neuron left, by its output bias."""
        ...

    def after_head_removal(self, model: nn.Module, layer: TransformerLayer, heads: int) -> None:
        """Adjust what the architecture keeps beside its weights when ``heads`` are left."""
        ...


def whole(model: nn.Module, family: Family) -> Kept:
    """Return the record of a network from which nothing was removed."""
    kept: list[LayerKept] = []
    for layer in family.layers(model):
        heads = linear(model, layer.query).out_features // layer.head_dim
        neurons = linear(model, layer.ffn_in).out_features
        kept.append(LayerKept(heads, tuple(range(heads)), neurons, tuple(range(neurons))))
    return tuple(kept)


def structure(model: nn.Module, family: Family, kept: Kept | None = None) -> ModelStructure:
    """Count the parameters of ``model`` layer by layer; quantizers do not count.

    Args:
        model: The network, whole or sliced.
        family: Its family.
        kept: What is left of it; None for a whole network.
    """
    config: Any = model.config
    hidden = int(config.hidden_size)
    sizes = parameter_counts(model)
    layers = family.layers(model)
    kept = kept or whole(model, family)
    rows: list[LayerStructure] = []
    inside = 0
    for layer, left in zip(layers, kept, strict=True):
        of_layer = {name: size for name, size in sizes.items() if name.startswith(f"{layer.name}.")}
        attention = _sum(of_layer, (layer.attention_branch, layer.attention_output))
        ffn = _sum(of_layer, (layer.ffn_branch, layer.ffn_out))
        total = sum(of_layer.values())
        inside += total
        width = left.heads_total * layer.head_dim
        rows.append(
            LayerStructure(
                name=layer.name,
                head_dim=layer.head_dim,
                heads_total=left.heads_total,
                heads_kept=left.heads,
                neurons_total=left.neurons_total,
                neurons_kept=left.neurons,
                attention_parameters=attention,
                ffn_parameters=ffn,
                other_parameters=total - attention - ffn,
                attention_parameters_before=4 * width * hidden + 3 * width + hidden,
                ffn_parameters_before=2 * left.neurons_total * hidden + left.neurons_total + hidden,
            )
        )
    embedding = sum(size for name, size in sizes.items() if "embeddings" in name)
    return ModelStructure(tuple(rows), embedding, sum(sizes.values()) - inside - embedding)


def _sum(sizes: dict[str, int], prefixes: tuple[str, ...]) -> int:
    return sum(
        size for name, size in sizes.items() if name.startswith(tuple(f"{prefix}." for prefix in prefixes))
    )
