"""The recipe that is being worked on: a ready one or the user's own, as a form and as text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.form import fields_by_path, read_tree, tree_of, value_at, with_value
from app.domain.recipe import JpqdRecipe
from app.domain.recipe_text import TextKind, TextMark, marks_of, read_text, text_of

OWN: Final = "own"


class Own(msgspec.Struct, frozen=True):
    """A recipe that is no ready one: changed by hand, or from a file."""

    base: str
    """The ready recipe that it was made from, empty where it came from a file."""
    title: str
    base_tree: dict[str, Any]
    tree: dict[str, Any]


class RecipeDraft(msgspec.Struct, frozen=True):
    """What a desk takes over from another one."""

    chosen: str
    own: Own | None
    kind: TextKind
    text: str
    """As it was typed, readable or not."""


class RecipeDesk:
    """Keeps form and text saying the same; what cannot be read changes nothing but the text."""

    def __init__(self, ready: Mapping[str, JpqdRecipe], first: str) -> None:
        self._ready = {name: tree_of(recipe) for name, recipe in ready.items()}
        self.own: Own | None = None
        self.chosen = ""
        """A ready recipe, or `OWN`."""
        self.tree: dict[str, Any] = {}
        self.base_tree: dict[str, Any] = {}
        self.kind: TextKind = "recipe"
        self.text = ""
        self.own_words: tuple[str, ...] = ()
        """What in the text NNCF would not know."""
        self.mark: TextMark | None = None
        """Why the text cannot be read as it stands."""
        self._read_text = ""
        """The newest text that could be read: while somebody types, the lines are still those of it."""
        self._read: tuple[dict[str, Any], tuple[JpqdRecipe | None, dict[str, str]]] | None = None
        self.take(first if first in self._ready else next(iter(self._ready), ""))

    def draft(self) -> RecipeDraft:
        """Return what is being worked on."""
        return RecipeDraft(self.chosen, self.own, self.kind, self.text)

    def take_draft(self, draft: RecipeDraft) -> None:
        """Go on with what was being worked on elsewhere."""
        self.own, self.kind = draft.own, draft.kind
        self.take(draft.chosen)
        if draft.text != self.text:
            self.type_text(draft.text)
            self.read()

    @property
    def base(self) -> str:
        """The ready recipe that the present one differs least from, empty where there is none."""
        if self.chosen != OWN:
            return self.chosen
        return "" if self.own is None else self.own.base

    @property
    def recipe(self) -> JpqdRecipe | None:
        """The recipe, None while some value is wrong."""
        return self._reading()[0]

    @property
    def reasons(self) -> dict[str, str]:
        """What is wrong with which field."""
        return self._reading()[1]

    @property
    def marks(self) -> tuple[TextMark, ...]:
        """What is wrong with which line of the text."""
        return (self.mark,) if self.mark is not None else marks_of(self._read_text, self.kind, self.reasons)

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """Dotted paths of the fields that differ from where the recipe began."""
        if not self.tree:
            return ()
        return tuple(
            path for path in fields_by_path() if value_at(self.tree, path) != value_at(self.base_tree, path)
        )

    def take(self, name: str) -> None:
        """Take a ready recipe, or go back to the own one."""
        if name == OWN and self.own is not None:
            self.chosen, self.tree, self.base_tree = OWN, self.own.tree, self.own.base_tree
        else:
            tree = self._ready.get(name, {})
            self.chosen, self.tree, self.base_tree = name, tree, tree
        self._write()

    def edit(self, path: str, value: object) -> None:
        """Set one field, as the form does."""
        self._change(with_value(self.tree, path, value))
        self._write()

    def reset(self, path: str = "") -> None:
        """Set one field, or all of them, to where the recipe began."""
        self._change(
            with_value(self.tree, path, value_at(self.base_tree, path)) if path else dict(self.base_tree)
        )
        self._write()

    def load(self, path: Path, recipe: JpqdRecipe) -> None:
        """Take a recipe from a file."""
        tree = tree_of(recipe)
        self.own = Own("", path.name, tree, tree)
        self.take(OWN)

    def type_text(self, text: str) -> None:
        """Note what is being typed; `read` follows when typing pauses."""
        self.text = text

    def read(self) -> bool:
        """Let the form follow the text; return whether it could be read."""
        reading = read_text(self.text, self.tree)
        self.mark = reading.mark
        if reading.tree is None:
            return False
        self.kind = reading.kind
        if reading.tree != self.tree:
            self._change(reading.tree)
        found = text_of(self.tree, self.kind)
        self.own_words = found[1] if found else ()
        self._read_text = self.text
        return True

    def write_as(self, kind: TextKind) -> bool:
        """Write the text in these words; return whether they suffice."""
        before, self.kind = self.kind, kind
        if not self._write():
            self.kind = before
            return False
        return True

    def _reading(self) -> tuple[JpqdRecipe | None, dict[str, str]]:
        if self._read is None or self._read[0] is not self.tree:
            self._read = (self.tree, read_tree(self.tree) if self.tree else (None, {}))
        return self._read[1]

    def _change(self, tree: dict[str, Any]) -> None:
        """Take over changed values: of a ready recipe they make an own one, and back where none differs."""
        base = self.base
        self.tree = tree
        if base and tree == self._ready[base]:
            self.chosen, self.own = base, None
            return
        title = self.own.title if self.chosen == OWN and self.own is not None else base
        self.own = Own(base, title, self.base_tree, tree)
        self.chosen = OWN

    def _write(self) -> bool:
        found = text_of(self.tree, self.kind) if self.tree else ("", ())
        if found is None:
            return False
        self.text, self.own_words = found
        self._read_text = self.text
        self.mark = None
        return True
