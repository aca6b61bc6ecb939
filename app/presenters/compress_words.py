"""What the page Compress says about ways, recipes and their texts."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.domain.dataset import DatasetRecord
from app.domain.device import CPU, Device
from app.domain.form import tree_of
from app.domain.job import CompressSpec, Job, Phase
from app.domain.language import in_figures, said
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.domain.recipe_text import TextMark
from app.domain.way import WAYS, Advice, Reason, recommend
from app.domain.wording import count_text, split_text, whole_text
from app.presenters.recipe_desk import OWN, RecipeDesk
from app.services.compression import ready_recipes
from app.services.cpu import cpu_features
from app.services.estimates import Estimate, parameters_of, time_range_text, trained_sentences
from app.views.widgets.chooser import Choice
from app.views.widgets.json_editor import LineMark
from app.views.widgets.recipe_panel import JsonState
from app.views.widgets.way_cards import WayCard


def choice_of(data: DatasetRecord) -> Choice:
    """Return how data is offered: name, split and how many rows it has."""
    rows = "" if data.rows is None else said("%1 rows", whole_text(data.rows))
    parts = (data.name, split_text(data.split), rows)
    return Choice(data.id, " · ".join(part for part in parts if part), data.path)


def way_text(text: str) -> str:
    """Return a text of the table of ways in the language of the window."""
    return said(text)


def finished_recipes(model_id: str, jobs: Sequence[Job]) -> tuple[str, ...]:
    """Return the ready recipes that have run on a model, as they are."""
    done: list[JpqdRecipe] = [
        job.spec.recipe
        for job in jobs
        if isinstance(job.spec, CompressSpec)
        and job.spec.model.id == model_id
        and job.state.phase is Phase.FINISHED
    ]
    # A variant's own name is the one thing in which its recipe may differ.
    trees = [tree_of(recipe) | {"name": ""} for recipe in done]
    return tuple(name for name, recipe in ready_recipes().items() if tree_of(recipe) | {"name": ""} in trees)


class CompressWords(QObject):
    """Makes cards and notes from what is known."""

    def cards(
        self,
        desk: RecipeDesk,
        model: ModelRecord | None,
        rows: int | None,
        costs: Mapping[str, Estimate],
        jobs: Sequence[Job],
        device: Device,
    ) -> tuple[WayCard, ...]:
        """Return a card for each way and, where there is one, for the own recipe; ``device`` is the aim."""
        advice = self._advice(model, rows, costs, jobs)
        cards = [
            WayCard(
                id=way.recipe,
                title=way_text(way.title),
                when=f"{way_text(way.when)} {way_text(way.needs)}",
                facts=self._facts(ready_recipes()[way.recipe], rows, costs.get(way.recipe)),
                badge=self.tr("recommended") if advice and advice.recipe == way.recipe else "",
                reason=f"{self._reason(advice, model, rows, costs)} {self._device_reason(device)}".strip()
                if advice and advice.recipe == way.recipe
                else "",
            )
            for way in WAYS
            if way.recipe in ready_recipes()
        ]
        return (*cards, self._own_card(desk, rows, costs)) if desk.own is not None else tuple(cards)

    def _own_card(self, desk: RecipeDesk, rows: int | None, costs: Mapping[str, Estimate]) -> WayCard:
        own = desk.own
        title = self.tr("Your own")
        if own is None:
            return WayCard(id=OWN, title=title, when="")
        when = (
            self.tr("%1, changed by hand.").replace("%1", own.title)
            if own.base
            else self.tr("From the file %1.").replace("%1", own.title)
        )
        recipe = desk.recipe if desk.chosen == OWN else None
        facts = "" if recipe is None else self._facts(recipe, rows, costs.get(OWN))
        return WayCard(id=OWN, title=title, when=when, facts=facts)

    def _facts(self, recipe: JpqdRecipe, rows: int | None, cost: Estimate | None) -> str:
        target = recipe.sparsity.target
        parts = [
            self.tr("No fixed target")
            if target is None
            else self.tr("Removes %1").replace("%1", in_figures(f"{100 * target:g} %")),
            self.tr("INT8") if recipe.quantization.enabled else self.tr("not quantized"),
            self.tr("%1 epochs").replace("%1", in_figures(f"{recipe.training.epochs:g}")),
        ]
        if rows is not None:
            sentences = whole_text(trained_sentences(recipe, rows))
            parts.append(self.tr("%1 sentences").replace("%1", sentences))
        if cost is not None and cost.seconds is not None:
            time = self.tr("About %1 here").replace("%1", time_range_text(cost.seconds))
        else:
            time = self.tr("Time not measured here yet")
        return f"{' · '.join(parts)}\n{time}"  # on a line of its own: it is what people ask for first

    def _advice(
        self,
        model: ModelRecord | None,
        rows: int | None,
        costs: Mapping[str, Estimate],
        jobs: Sequence[Job],
    ) -> Advice | None:
        if model is None:
            return None
        sentences = {} if rows is None else _sentences(rows)
        seconds = {name: cost.seconds.high for name, cost in costs.items() if cost.seconds is not None}
        return recommend(finished_recipes(model.id, jobs), sentences, seconds)

    def _reason(
        self,
        advice: Advice,
        model: ModelRecord | None,
        rows: int | None,
        costs: Mapping[str, Estimate],
    ) -> str:
        size = count_text(None if model is None else parameters_of(model))
        sentences = "" if rows is None else whole_text(max(_sentences(rows).values()))
        match advice.reason:
            case Reason.FIRST:
                text = self.tr("Nothing was made from these %1 parameters yet: take a quick look first.")
                return text.replace("%1", size)
            case Reason.NEXT:
                return self.tr("The quick look is done; this one trains on all %2 sentences.").replace(
                    "%2", sentences
                )
            case Reason.AGAIN:
                return self.tr("It has made a variant of this model before.")
            case Reason.LITTLE_DATA:
                text = self.tr("With %2 sentences, longer training would only learn them by heart.")
                return text.replace("%2", sentences)
            case Reason.TOO_LONG:
                slow = max((cost.seconds.high for cost in costs.values() if cost.seconds), default=0.0)
                text = self.tr("The thorough one may take %3 h here.")
                return text.replace("%3", f"{slow / 3600:.0f}")

    def _device_reason(self, device: Device) -> str:
        """Return what INT8 is worth on a device; empty where that is not known."""
        cpu = cpu_features()
        if device.name == CPU and cpu.saturates:
            return self.tr("This CPU has neither VNNI nor AMX: INT8 gains less speed here.")
        if device.name == CPU:
            return (
                ""
                if cpu.has_vnni is None
                else self.tr("INT8 is fast on this CPU: %1.").replace("%1", cpu.summary)
            )
        if not device.capabilities:
            return ""
        if not device.has_int8:
            return self.tr("%1 computes no INT8: pruning alone makes it faster there.").replace(
                "%1", device.name
            )
        return self.tr("%1 computes INT8.").replace("%1", device.name)

    def json_state(self, desk: RecipeDesk) -> JsonState:
        """Return the recipe's text with its marks."""
        note = ""
        if desk.kind == "nncf" and desk.own_words:
            note = self.tr("Not NNCF's own: %1").replace("%1", ", ".join(desk.own_words))
        elif desk.kind == "nncf":
            note = self.tr("Sparsity and quantization; the rest stays as in the form.")
        return JsonState(desk.text, desk.kind, tuple(self._mark(mark) for mark in desk.marks), note)

    def _mark(self, mark: TextMark) -> LineMark:
        return LineMark(mark.line, f"{mark.path}: {mark.message}" if mark.path else mark.message)


def _sentences(rows: int) -> dict[str, int]:
    return {name: trained_sentences(recipe, rows) for name, recipe in ready_recipes().items()}
