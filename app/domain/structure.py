"""What a network is made of, layer by layer, and what of it was kept."""

from collections.abc import Iterable

import msgspec


class LayerStructure(msgspec.Struct, frozen=True):
    """One Transformer layer: its heads and feed-forward neurons, and who is left."""

    name: str
    """Module path of the layer, for example ``bert.encoder.layer.0``."""
    head_dim: int
    heads_total: int
    heads_kept: tuple[int, ...]
    """Ids of the kept heads, in the numbering of the original model."""
    neurons_total: int
    neurons_kept: bytes | tuple[int, ...]
    """The kept feed-forward neurons in the numbering of the original model, a bit each: neuron ``i`` is bit
    ``i % 8`` of byte ``i // 8``. Ids, as older records say it, are turned into bits: a workspace of
    500 half-pruned models of BERT's size take 347 MB as integers, 5 MB as bits."""
    attention_parameters: int
    """Parameters of the attention block as it is now, biases included."""
    ffn_parameters: int
    other_parameters: int = 0
    """LayerNorm and whatever else the layer has."""
    attention_parameters_before: int = 0
    ffn_parameters_before: int = 0

    def __post_init__(self) -> None:
        """Turn ids into bits.

        Raises:
            ValueError: There is no neuron of that number, or not a bit for each neuron.
        """
        if not isinstance(self.neurons_kept, bytes):
            kept = _bits(self.neurons_kept, self.neurons_total)
            msgspec.structs.force_setattr(self, "neurons_kept", kept)
        elif len(self.neurons_kept) != _bytes_for(self.neurons_total):
            raise ValueError(f"{len(self.neurons_kept)} bytes for {self.neurons_total} neurons")

    @property
    def neuron_count(self) -> int:
        """How many feed-forward neurons were kept."""
        return self._neurons.bit_count()

    @property
    def neuron_ids(self) -> tuple[int, ...]:
        """Ids of the kept feed-forward neurons, rising."""
        kept = self._neurons
        return tuple(neuron for neuron in range(self.neurons_total) if kept >> neuron & 1)

    @property
    def _neurons(self) -> int:
        return int.from_bytes(self.neurons_kept, "little")


class ModelStructure(msgspec.Struct, frozen=True):
    """The whole network: its layers, and the parameters outside of them."""

    layers: tuple[LayerStructure, ...]
    embedding_parameters: int = 0
    head_parameters: int = 0
    """Pooler and classifier."""

    @property
    def parameters(self) -> int:
        """Parameters of the whole network as it is now."""
        inside = sum(
            layer.attention_parameters + layer.ffn_parameters + layer.other_parameters
            for layer in self.layers
        )
        return inside + self.embedding_parameters + self.head_parameters

    @property
    def heads_kept(self) -> tuple[tuple[int, ...], ...]:
        """Kept head ids, one tuple a layer."""
        return tuple(layer.heads_kept for layer in self.layers)

    @property
    def is_pruned(self) -> bool:
        """Whether any head or neuron is gone."""
        return any(
            len(layer.heads_kept) < layer.heads_total or layer.neuron_count < layer.neurons_total
            for layer in self.layers
        )


class MatrixSparsity(msgspec.Struct, frozen=True):
    """One row of the sparsity table: a weight matrix and its zeros."""

    name: str
    layer: int
    """Index of the layer, or -1 outside the layers."""
    role: str
    """query, key, value, attention_output, ffn_in, ffn_out, embedding or other."""
    shape: tuple[int, ...]
    original_shape: tuple[int, ...]
    zeros: int
    """Exact zeros within the present shape."""
    precision: str
    """f32, f16, i8 or u8: how the weight is stored."""

    @property
    def parameters(self) -> int:
        """Elements of the present shape."""
        product = 1
        for size in self.shape:
            product *= size
        return product


def _bytes_for(neurons: int) -> int:
    return -(-neurons // 8)


def _bits(ids: Iterable[int], total: int) -> bytes:
    bits = bytearray(_bytes_for(total))
    for neuron in ids:
        if not 0 <= neuron < total:
            raise ValueError(f"no neuron {neuron} among {total}")
        bits[neuron >> 3] |= 1 << (neuron & 7)
    return bytes(bits)
