"""A BERT small enough to train in a test: 3 layers of 4 heads, with a tokenizer that knows our words."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

GOOD = ("good", "great", "lovely", "fine", "superb", "pleasant")
BAD = ("bad", "awful", "dull", "poor", "dreadful", "boring")
THINGS = ("film", "soup", "hotel", "train", "book", "phone", "song", "chair")
FILLERS = ("the", "was", "very", "a", "rather", "this", "and", "it", "quite", "so")
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *GOOD, *BAD, *THINGS, *FILLERS)


def tiny_bert(layers: int = 3, seed: int = 0, spread: float = 0.15) -> BertForSequenceClassification:
    """Return a randomly initialized network; ``spread`` is the standard deviation of its weights."""
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=64,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=64,
        num_labels=2,
        id2label={0: "negative", 1: "positive"},
        label2id={"negative": 0, "positive": 1},
        initializer_range=spread,
    )
    return BertForSequenceClassification._from_config(config, attn_implementation="sdpa").eval()


def tiny_tokenizer() -> BertTokenizerFast:
    """Return a WordPiece tokenizer over `VOCABULARY`."""
    words = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))  # noqa: S106
    words.normalizer = normalizers.BertNormalizer(lowercase=True)
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return BertTokenizerFast(tokenizer_object=words, model_max_length=64)


def sentences(count: int, seed: int = 0) -> list[tuple[str, int]]:
    """Return made-up reviews of 3 to 12 words with their labels, balanced."""
    import random

    pick = random.Random(seed)
    rows: list[tuple[str, int]] = []
    for number in range(count):
        label = number % 2
        words = [pick.choice(FILLERS) for _ in range(pick.randint(1, 9))]
        words.insert(pick.randint(0, len(words)), pick.choice(THINGS))
        words.insert(pick.randint(0, len(words)), pick.choice(GOOD if label else BAD))
        rows.append((" ".join(words), label))
    return rows


def write_tsv(path: Path, rows: list[tuple[str, int]]) -> Path:
    """Write rows with the header ``sentence<TAB>label``."""
    path.write_text("sentence\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows), "utf-8")
    return path


def batch(texts: list[str]) -> dict[str, torch.Tensor]:
    """Tokenize and pad ``texts``."""
    encoded: Any = tiny_tokenizer()(texts, padding=True, return_tensors="pt")
    return dict(encoded)
