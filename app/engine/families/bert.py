"""BERT (transformers' ``BertModel`` and what stands on it)."""

from typing import Any

import torch
from torch import nn
from typing_extensions import override

from app.engine.families.base import TransformerLayer
from app.engine.layer_parts import LAYER_PARTS


class BiasAlone(nn.Module):
    """Stands for a linear layer without inputs: only its bias is left."""

    def __init__(self, bias: torch.Tensor) -> None:
        super().__init__()
        self.bias = nn.Parameter(bias.detach().clone())

    @override
    def forward(self, hidden_states: torch.Tensor) -> torch.Tensor:
        """Return the bias at every position of ``hidden_states`` (batch, length, hidden)."""
        return self.bias.expand_as(hidden_states)


class _NoAttention(nn.Module):
    """Stands for a self-attention without heads: hands on its input for its shape."""

    @override
    def forward(self, hidden_states: torch.Tensor, *_: Any, **__: Any) -> tuple[torch.Tensor, None]:
        return hidden_states, None


class _Bert:
    model_type = "bert"

    def layers(self, model: nn.Module) -> list[TransformerLayer]:
        """Return the layers in the order of execution."""
        config: Any = model.config
        prefix = str(getattr(model, "base_model_prefix", ""))
        base = f"{prefix}." if prefix and hasattr(model, prefix) else ""
        head_dim = int(config.hidden_size) // int(config.num_attention_heads)
        return [
            self._layer(f"{base}encoder.layer.{index}", head_dim) for index in range(config.num_hidden_layers)
        ]

    def _layer(self, name: str, head_dim: int) -> TransformerLayer:
        return TransformerLayer(
            name=name,
            **{role: f"{name}.{path}" for role, path in LAYER_PARTS[self.model_type].items()},
            head_dim=head_dim,
            attention_branch=f"{name}.attention.self",
            ffn_branch=f"{name}.intermediate",
        )

    def empty_attention(self, model: nn.Module, layer: TransformerLayer) -> None:
        """Replace a layer's attention by its output bias; the residual and LayerNorm stay."""
        _replace(model, layer.attention_branch, _NoAttention())
        _keep_bias(model, layer.attention_output)

    def empty_ffn(self, model: nn.Module, layer: TransformerLayer) -> None:
        """Replace a layer's feed-forward network by its output bias; the residual and LayerNorm stay."""
        _replace(model, layer.ffn_branch, nn.Identity())
        _keep_bias(model, layer.ffn_out)

    def after_head_removal(self, model: nn.Module, layer: TransformerLayer, heads: int) -> None:
        """Note the number of heads; the forward pass infers it from the weights."""
        attention: Any = model.get_submodule(layer.attention_branch)
        attention.num_attention_heads = heads
        attention.all_head_size = heads * layer.head_dim


def _replace(model: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, child = name.rpartition(".")
    setattr(model.get_submodule(parent), child, module)


def _keep_bias(model: nn.Module, name: str) -> None:
    module: Any = model.get_submodule(name)
    _replace(model, name, BiasAlone(module.bias))


BERT = _Bert()
