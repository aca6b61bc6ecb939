"""Build train.tsv from the grammar and the hand-made sentences beside this file."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).resolve().parent
HEADER = "sentence\tlabel"
SEED = 20260
TOTAL = 9600
SHORTEST, LONGEST = 3, 40
MAX_SKEW = 0.02
PLAIN_SHARE = 0.38
HOLE = re.compile(r"\{(\w+)\}")
SIDES = ("bad", "good")

Row = tuple[str, int]


class Aspect(TypedDict):
    """A part of a topic: s = singular, p = plural, m = mass noun."""

    noun: str
    number: str
    good: list[str]
    bad: list[str]


class Topic(TypedDict):
    """A thing that people review."""

    head: str
    heads: str
    kind: str
    pair: bool
    aspects: list[Aspect]
    good: list[str]
    bad: list[str]


class Grammar(TypedDict):
    """The word tables and the patterns of grammar.json."""

    adjectives: dict[str, list[str]]
    intensifiers: list[str]
    openers: list[str]
    closers_good: list[str]
    closers_bad: list[str]
    intros: dict[str, list[str]]
    verdicts_good: dict[str, list[str]]
    verdicts_bad: dict[str, list[str]]
    negations: list[str]
    plain: list[str]
    shared: list[str]
    good: list[str]
    bad: list[str]
    topics: list[Topic]


def article(words: str) -> str:
    """Put a or an before the words."""
    vowel = words[0] in "aeiou" and not words.startswith(("use", "uni"))
    return ("an " if vowel else "a ") + words


def capital(text: str) -> str:
    """Make the first letter a capital."""
    return text[:1].upper() + text[1:]


def key(sentence: str) -> str:
    """Reduce a sentence to what counts when sentences are compared."""
    return " ".join(re.findall(r"\w+", sentence.casefold()))


def word_count(sentence: str) -> int:
    """Count the words of a sentence."""
    return len(sentence.split())


class Writer:
    """Fills the holes of one pattern for one topic and one label."""

    def __init__(self, grammar: Grammar, rng: random.Random, label: int) -> None:
        self.grammar = grammar
        self.rng = rng
        self.side = SIDES[label]
        self.other = SIDES[1 - label]
        self.topic = rng.choice(grammar["topics"])
        self.past = rng.random() < 0.6
        self.aspects = list(self.topic["aspects"])
        rng.shuffle(self.aspects)
        self.aspect: Aspect = self.aspects[-1]
        self.mild: list[str] = []
        self.used: set[str] = set()
        self.holes: dict[str, Callable[[], str]] = {
            "C": self.clause,
            "O": lambda: self.clause(opposite=True),
            "T": self.twofold,
            "N": lambda: self.fill(rng.choice(grammar["negations"])),
            "E": lambda: self.fresh(self.events()),
            "V": lambda: self.fill(self.fresh(self.verdicts())),
            "I": lambda: self.fill(self.fresh(grammar["intros"][self.kind()])),
            "F": lambda: self.noun_phrase(self.side, ""),
            "NP": lambda: self.noun_phrase(self.side, "a"),
            "ONP": lambda: self.noun_phrase(self.other, "a"),
            "DNP": lambda: self.noun_phrase(self.side, "the"),
            "ODNP": lambda: self.noun_phrase(self.other, "the"),
            "asp": self.name_aspect,
            "be": lambda: self.be(self.past, self.plural()),
            "aspis": lambda: self.be(False, self.peek_plural()),
            "aspwas": lambda: self.be(True, self.peek_plural()),
            "aspit": lambda: "they" if self.plural() else "it",
            "aspthem": lambda: "them" if self.plural() else "it",
            "how": self.how,
            "nothing": self.nothing,
            "adj": lambda: self.current()[self.side][0],
            "adj2": lambda: self.current()[self.side][1],
            "oadj": lambda: self.mild[0],
            "oadj2": lambda: self.mild[1],
            "was": lambda: "was" if self.past else "is",
            "head": lambda: self.topic["head"],
            "head1": self.one,
            "one": lambda: "this pair" if self.topic["pair"] else "this one",
            "heads": lambda: self.topic["heads"],
            "this": self.this,
            "it": lambda: "they" if self.topic["pair"] else "it",
            "them": lambda: "them" if self.topic["pair"] else "it",
            "is": lambda: self.be(False, self.topic["pair"]),
            "does": lambda: "do" if self.topic["pair"] else "does",
            "has": lambda: "have" if self.topic["pair"] else "has",
            "a_adj": lambda: self.a_head(rng.choice(grammar["adjectives"][self.side])),
            "a_better": lambda: self.a_head("better"),
            "a_worse": lambda: self.a_head("worse"),
        }

    def fill(self, pattern: str) -> str:
        """Fill the holes of a pattern from left to right."""
        return HOLE.sub(lambda hole: self.holes[hole.group(1)](), pattern)

    def kind(self) -> str:
        """Name the kind of the topic."""
        return self.topic["kind"]

    def fresh(self, choices: list[str]) -> str:
        """Pick a text that this sentence does not hold yet."""
        text = self.rng.choice([c for c in choices if c not in self.used])
        self.used.add(text)
        return text

    def events(self) -> list[str]:
        """List what can happen with the topic on the side of the label."""
        return self.topic["good"] if self.side == "good" else self.topic["bad"]

    def verdicts(self) -> list[str]:
        """List the judgements for the kind of the topic."""
        good = self.side == "good"
        table = self.grammar["verdicts_good" if good else "verdicts_bad"]
        return table["any"] + table[self.kind()]

    def next_aspect(self) -> Aspect:
        """Take the next aspect; the first two adjectives of a list are mild."""
        taken = self.aspects.pop(0)
        opposites = taken["good"] if self.other == "good" else taken["bad"]
        self.mild = self.reorder(opposites[:2])
        self.aspect = {
            "noun": taken["noun"],
            "number": taken["number"],
            "good": self.reorder(taken["good"]),
            "bad": self.reorder(taken["bad"]),
        }
        self.used.update((self.aspect["good"][0], self.aspect["bad"][0]))
        return self.aspect

    def reorder(self, adjectives: list[str]) -> list[str]:
        """Shuffle adjectives, those this sentence has used already last."""
        mixed = self.rng.sample(adjectives, len(adjectives))
        return sorted(mixed, key=self.used.__contains__)

    def current(self) -> dict[str, list[str]]:
        """Give the adjectives of the aspect last taken by name."""
        return {"good": self.aspect["good"], "bad": self.aspect["bad"]}

    def name_aspect(self) -> str:
        """Name a new aspect with its article."""
        return "the " + self.next_aspect()["noun"]

    def plural(self) -> bool:
        """Tell whether the aspect last taken is plural."""
        return self.aspect["number"] == "p"

    def peek_plural(self) -> bool:
        """Tell the number of the aspect at hand, or of the coming one at the start."""
        unused = len(self.aspects) == len(self.topic["aspects"])
        return (self.aspects[0] if unused else self.aspect)["number"] == "p"

    def be(self, past: bool, plural: bool) -> str:
        """Pick the form of to be."""
        if past:
            return "were" if plural else "was"
        return "are" if plural else "is"

    def clause(self, opposite: bool = False) -> str:
        """Say one thing about a new aspect."""
        aspect = self.next_aspect()
        word = self.current()[self.other if opposite else self.side][0]
        if not opposite and self.rng.random() < 0.2:
            word = f"{self.intensifier()} {word}"
        return f"the {aspect['noun']} {self.be(self.past, self.plural())} {word}"

    def intensifier(self) -> str:
        """Pick a word that strengthens an adjective."""
        return self.fresh(self.grammar["intensifiers"])

    def twofold(self) -> str:
        """Say two things about a new aspect."""
        aspect = self.next_aspect()
        one, two = self.current()[self.side][:2]
        verb = self.be(self.past, self.plural())
        return f"the {aspect['noun']} {verb} {one} and {two}"

    def how(self) -> str:
        """Say how a new aspect is, adjective first."""
        aspect = self.next_aspect()
        verb = self.be(self.past, self.plural())
        return f"how {self.current()[self.side][0]} the {aspect['noun']} {verb}"

    def nothing(self) -> str:
        """Deny a new aspect an adjective of the other side."""
        aspect = self.next_aspect()
        return f"nothing {self.mild[0]} about the {aspect['noun']}"

    def noun_phrase(self, side: str, determiner: str) -> str:
        """Put an adjective before a new aspect."""
        aspect = self.next_aspect()
        words = f"{self.current()[side][0]} {aspect['noun']}"
        if determiner == "the":
            return "the " + words
        return article(words) if determiner and aspect["number"] == "s" else words

    def one(self) -> str:
        """Name one piece of the topic."""
        head = self.topic["head"]
        return f"pair of {head}" if self.topic["pair"] else head

    def a_head(self, adjective: str) -> str:
        """Name one piece of the topic with an adjective and an article."""
        return article(f"{adjective} {self.one()}")

    def this(self) -> str:
        """Point at the topic."""
        return ("these " if self.topic["pair"] else "this ") + self.topic["head"]


class Finisher:
    """Turns a filled pattern into a sentence as people write it."""

    def __init__(self, grammar: Grammar, rng: random.Random, label: int) -> None:
        self.rng = rng
        self.openers = grammar["openers"]
        self.closers = grammar["closers_good"] if label else grammar["closers_bad"]

    def finish(self, text: str, opener: bool) -> str:
        """Add capitals, the last mark and now and then a few words around."""
        roll = self.rng.random
        if opener and roll() < 0.2:
            text = f"{self.rng.choice(self.openers)}, {text}"
        if text[-1] not in ".!?":
            text += "!" if roll() < 0.06 else "."
        text = re.sub(r"(?<=[.!?] )[a-z]", lambda m: m.group().upper(), capital(text))
        if roll() < 0.08:
            text += " " + self.rng.choice(self.closers)
        return self.careless(text) if roll() < 0.12 else text

    def careless(self, text: str) -> str:
        """Write everything in small letters, at times without the last point."""
        text = text.lower()
        return text.removesuffix(".") if self.rng.random() < 0.5 else text


def compose(grammar: Grammar, rng: random.Random, label: int) -> str:
    """Write one sentence with the given label."""
    plain = rng.random() < PLAIN_SHARE
    special = grammar["good"] if label else grammar["bad"]
    patterns = grammar["plain"] if plain else grammar["shared"] + special
    pattern = rng.choice(patterns)
    opener = plain and pattern[:3] in ("{C}", "{T}", "{N}", "{O}")
    text = Writer(grammar, rng, label).fill(pattern)
    return Finisher(grammar, rng, label).finish(text, opener)


def fill_up(grammar: Grammar, rng: random.Random, rows: list[Row], taken: set[str]) -> list[Row]:
    """Add sentences to both labels until there are TOTAL of them."""
    full = list(rows)
    for label in (0, 1):
        missing = TOTAL // 2 - sum(1 for _, known in rows if known == label)
        while missing > 0:
            sentence = compose(grammar, rng, label)
            fits = SHORTEST <= word_count(sentence) <= LONGEST
            if fits and key(sentence) not in taken:
                taken.add(key(sentence))
                full.append((sentence, label))
                missing -= 1
    return full


def read_rows(path: Path) -> list[Row]:
    """Read a file of sentences and labels."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[0] != HEADER:
        raise SystemExit(f"{path.name}: the header is missing")
    pairs = [line.split("\t") for line in lines[1:]]
    return [(sentence, int(label)) for sentence, label in pairs]


def check(rows: list[Row], held_out: set[str]) -> None:
    """Stop if the training set breaks one of its promises."""
    keys = [key(sentence) for sentence, _ in rows]
    if len(set(keys)) != len(keys):
        raise SystemExit("a sentence occurs twice")
    if held_out.intersection(keys):
        raise SystemExit("a sentence of eval.tsv is in the training set")
    share = sum(label for _, label in rows) / len(rows)
    if abs(share - 0.5) > MAX_SKEW:
        raise SystemExit(f"the labels are not balanced: {share:.3f}")


def main() -> int:
    """Write train.tsv."""
    rng = random.Random(SEED)
    grammar: Grammar = json.loads((HERE / "grammar.json").read_text(encoding="utf-8"))
    held_out = {key(sentence) for sentence, _ in read_rows(HERE / "eval.tsv")}
    by_hand = read_rows(HERE / "handmade.tsv")
    taken = held_out | {key(sentence) for sentence, _ in by_hand}
    rows = fill_up(grammar, rng, by_hand, taken)
    check(rows, held_out)
    rng.shuffle(rows)
    lines = [HEADER, *(f"{sentence}\t{label}" for sentence, label in rows)]
    text = "\n".join(lines) + "\n"
    (HERE / "train.tsv").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(rows)} sentences, {sum(label for _, label in rows)} positive")
    return 0


if __name__ == "__main__":
    sys.exit(main())
