"""Where the weight matrices of a Transformer layer stand, by family; it imports nothing heavy."""

from typing import Final

LAYER_PARTS: Final[dict[str, dict[str, str]]] = {
    "bert": {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "attention_output": "attention.output.dense",
        "ffn_in": "intermediate.dense",
        "ffn_out": "output.dense",
    },
}
"""By ``model_type``: the role of each matrix and its module's path inside the layer."""
