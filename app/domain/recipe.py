"""Recipes: how a model is to be made small. The window makes its forms from these types.

Titles and descriptions are what the form shows; ranges are enforced when a recipe is read.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta


def _field(title: str, description: str, **limits: Any) -> Meta:
    return Meta(title=title, description=description, **limits)


_Share = Annotated[float, Meta(gt=0, lt=1)]
_Rate = Annotated[float, Meta(gt=0, le=1)]
_Count = Annotated[int, Meta(ge=1)]

Mode = Literal["structure", "block", "per_dim", "fine"]


class LayerRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the weights of the linear layers that match are scored."""

    target: Annotated[
        str,
        _field("Layers", "Regular expression on the module path; it has to match some linear layer."),
    ]
    mode: Annotated[
        Mode,
        _field(
            "Score sharing",
            "structure: one score a head or neuron over all its matrices; block: one a tile; "
            "per_dim: one a row (axis 0) or column (axis 1); fine: one a weight.",
        ),
    ] = "block"
    block: Annotated[
        tuple[int, int], _field("Block", "Rows and columns of a tile; both have to divide the weight.")
    ] = (32, 32)
    axis: Annotated[Literal[0, 1], _field("Axis", "0: a score for each row; 1: for each column.")] = 0


class SparsityRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Movement sparsity (Sanh 2020; Lagunas 2021)."""

    rules: tuple[LayerRule, ...] = (LayerRule(target=".*", mode="structure"),)
    ignored: Annotated[
        tuple[str, ...],
        _field("Left out", "Regular expressions of layers that are not pruned."),
    ] = (".*pooler.*", ".*classifier.*")
    warmup_start_epoch: Annotated[
        float, _field("Warm-up starts", "Epoch at which the threshold begins to rise.", ge=0)
    ] = 0.2
    warmup_end_epoch: Annotated[
        float,
        _field("Warm-up ends", "Epoch at which the masks are resolved and the network is sliced.", gt=0),
    ] = 1.0
    target: Annotated[
        _Share | None,
        _field(
            "Target sparsity",
            "Share of the prunable weights to remove. Set, the threshold is found each step so that "
            "the target is met exactly; empty, threshold and regularization decide.",
        ),
    ] = 0.4
    importance_regularization: Annotated[
        float, _field("Regularization λ", "Weight of the pressure on the scores.", ge=0)
    ] = 0.0
    final_threshold: Annotated[
        float, _field("Final threshold", "Importance below which a weight is masked.")
    ] = 0.0
    initial_threshold: Annotated[
        float | None,
        _field("Initial threshold", "Empty: the 0.1 % quantile of all scores at the first warm-up step."),
    ] = None
    power: Annotated[float, _field("Schedule power", "Exponent of the polynomial schedule.", gt=0)] = 3.0
    score_learning_rate: Annotated[
        _Rate | None,
        _field("Score learning rate", "Empty: the learning rate of the weights."),
    ] = 0.01
    importance: Annotated[
        Literal["movement", "fisher"],
        _field(
            "Importance",
            "movement: learned scores (Sanh 2020); fisher: mean squared gradient of each structure's mask "
            "per parameter (Kwon 2022), which needs no warm start.",
        ),
    ] = "movement"
    importance_decay: Annotated[
        float, _field("Importance memory", "Decay of the Fisher average, per step.", ge=0, lt=1)
    ] = 0.98
    structured: Annotated[
        bool,
        _field(
            "Remove structures", "Resolve whole heads and neurons at the end of warm-up and slice them away."
        ),
    ] = True


class QuantizationRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quantization-aware training by NNCF."""

    enabled: Annotated[bool, _field("INT8", "Quantize weights and activations to 8 bits.")] = True
    start: Annotated[
        Literal["beginning", "after_warmup"],
        _field("Starts", "Fake quantization from the first step, or once the network is sliced."),
    ] = "beginning"
    overflow_fix: Annotated[
        Literal["disable", "enable", "first_layer_only"],
        _field(
            "Saturation fix",
            "Use half the weight range, for CPUs without VNNI or AMX, where 16-bit sums can overflow.",
        ),
    ] = "disable"
    calibration_samples: Annotated[
        int, _field("Calibration samples", "Sentences that set the activation ranges.", ge=8, le=10_000)
    ] = 256
    percentile_low: Annotated[
        float, _field("Range low", "Lower percentile of an activation's range.", ge=0, lt=50)
    ] = 0.01
    percentile_high: Annotated[
        float, _field("Range high", "Upper percentile of an activation's range.", gt=50, le=100)
    ] = 99.99


class DistillationRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Learning from the original's outputs (Hinton 2015; CoFi 2022 for the hidden states)."""

    weight: Annotated[
        float,
        _field(
            "Distillation weight",
            "Share of the distillation loss; the task's loss gets the rest.",
            ge=0,
            le=1,
        ),
    ] = 0.9
    temperature: Annotated[float, _field("Temperature", "Softens both distributions.", gt=0)] = 2.0
    hidden_weight: Annotated[
        float,
        _field("Hidden states", "Weight of the mean squared distance to the teacher's layer outputs.", ge=0),
    ] = 0.0


class TrainingRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fine-tuning on the transformers Trainer."""

    epochs: Annotated[float, _field("Epochs", "Passes over the training data.", gt=0, le=1000)] = 3.0
    batch_size: Annotated[int, _field("Batch size", "Sentences a step.", ge=1, le=4096)] = 32
    learning_rate: Annotated[
        float,
        _field("Learning rate", "Peak, reached after the warm-up share, then linear to zero.", gt=0, le=1),
    ] = 5e-5
    learning_rate_warmup: Annotated[
        float, _field("Learning-rate warm-up", "Share of the steps.", ge=0, lt=1)
    ] = 0.06
    weight_decay: Annotated[float, _field("Weight decay", "Of the weights, not of scores.", ge=0)] = 0.0
    max_length: Annotated[int, _field("Longest input", "Tokens; longer ones are cut.", ge=8, le=512)] = 128
    max_samples: Annotated[
        _Count | None, _field("Training sentences", "Empty: all. Otherwise that many, drawn by the seed.")
    ] = None
    held_out: Annotated[
        int,
        _field("Held out", "Training sentences kept aside for the accuracy curve while training.", ge=0),
    ] = 512
    evaluate_every: Annotated[
        int, _field("Evaluate every", "Steps between two points of the accuracy curve.", ge=1)
    ] = 50
    checkpoint_every: Annotated[
        int, _field("Checkpoint every", "Steps between two checkpoints; also at every stage's end.", ge=1)
    ] = 200
    train_embeddings: Annotated[
        bool, _field("Train embeddings", "Off: the embedding tables stay, which saves time and memory.")
    ] = False
    precision: Annotated[
        Literal["auto", "f32", "bf16"],
        _field("Arithmetic", "auto: bf16 where the CPU multiplies it natively, else f32."),
    ] = "auto"
    seed: Annotated[int, _field("Seed", "Of shuffling, dropout and sampling.", ge=0)] = 42


class MeasureRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is measured on the result."""

    batch: Annotated[int, _field("Batch", "Sentences per request.", ge=1)] = 1
    length: Annotated[int, _field("Length", "Tokens a sentence.", ge=1, le=512)] = 32
    seconds: Annotated[
        float, _field("Seconds", "Of measuring latency and, again, throughput; for each model.", gt=0, le=600)
    ] = 5.0


class JpqdRecipe(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="jpqd", tag_field="method"
):
    """Joint pruning, quantization and distillation in one fine-tuning run."""

    name: Annotated[str, _field("Name", "What the variant is called.")] = "jpqd"
    sparsity: SparsityRecipe = SparsityRecipe()
    quantization: QuantizationRecipe = QuantizationRecipe()
    distillation: DistillationRecipe = DistillationRecipe()
    training: TrainingRecipe = TrainingRecipe()
    measure: MeasureRecipe = MeasureRecipe()


Recipe = JpqdRecipe
"""A union as soon as there is a second method."""
