"""What the page Try says and does."""

import math
import statistics
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError, Problem
from app.domain.language import in_figures
from app.domain.model import ModelRecord
from app.domain.question import Classified, Classify, Question, Refused, Reply
from app.domain.wording import percent_text, whole_text
from app.itemmodels.answer_table import AnswerRow
from app.presenters.starter_offer import StarterOffer
from app.services.compression import model_at
from app.services.data_files import read_text
from app.services.devices import DeviceList
from app.services.engine_session import EngineSession
from app.services.model_library import ModelLibrary
from app.store.workspace import Workspace
from app.views.action_set import Actions
from app.views.pages.try_page import MOST_MODELS, ModelAnswer, TryPage, TryState
from app.views.plots.confidence_bars import Confidence
from app.views.widgets.chooser import Choice
from app.views.widgets.notice import NoticeState, Severity

_TYPING_MS: Final = 300
_LIVE_TEXTS: Final = 20
"""Texts that are answered while somebody types; more of them wait for Run."""
_MOST_TEXTS: Final = 1_000
_TIMES_KEPT: Final = 500
PRECISIONS: Final = ("f32", "bf16", "f16")
SAMPLES: Final = (
    "A quiet triumph, funny and sad in the right places.",
    "The battery dies before lunch and support never answers.",
    "Not bad at all, once you get used to it.",
    "I wanted to love this book, and I could not.",
    "The view is superb; the food is an insult.",
    "Oh great, another update that deletes my notes.",
    "It could hardly have been better.",
    "He plays the piano the way others move furniture.",
)


class _Beside(msgspec.Struct):
    """One of the models beside each other, with its newest answer."""

    model_id: str
    device: str
    precision: str = "f32"
    texts: tuple[str, ...] = ()
    """What `answer` answers."""
    answer: Classified | Refused | None = None
    times_ms: list[float] = msgspec.field(default_factory=list[float])
    waits: bool = False
    """Whether an answer is on its way."""


class TryDraft(msgspec.Struct, frozen=True):
    """What was chosen and typed: a window that is built anew goes on with it."""

    text: str
    selected: int
    """The text that the cards are about."""
    beside: tuple[tuple[str, str, str], ...]
    """Model id, device and precision of each card."""


class TryPresenter(QObject):
    """Asks the resident worker while somebody types, and shows what each model says.

    Signals:
        models_wanted: Somebody would rather add a model first.
    """

    models_wanted = Signal()

    def __init__(
        self,
        page: TryPage,
        actions: Actions,
        workspace: Workspace,
        library: ModelLibrary,
        session: EngineSession,
        devices: DeviceList,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._workspace = workspace
        self._library = library
        self._session = session
        self._devices = devices
        self._offer = StarterOffer(
            page.notice,
            self.tr("Add a model, and try it here beside others."),
            library,
            self._show_problem,
            self,
        )
        self._beside: list[_Beside] = []
        self._texts: tuple[str, ...] = ()
        self._selected = 0
        self._has_begun = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.run)
        page.text_edited.connect(self._on_text_edited)
        page.file_chosen.connect(self._on_file_chosen)
        page.samples_requested.connect(lambda: page.set_text("\n".join(SAMPLES)))
        page.model_chosen.connect(self._on_model_chosen)
        page.device_chosen.connect(self._on_device_chosen)
        page.precision_chosen.connect(self._on_precision_chosen)
        page.removed.connect(self._on_removed)
        page.row_selected.connect(self._on_row_selected)
        self._offer.models_wanted.connect(self.models_wanted)
        self._offer.taken.connect(self.models_wanted)  # the import is told there
        actions["try.add"].triggered.connect(self._on_add)
        actions["try.run"].triggered.connect(self.run)
        session.answered.connect(self._on_answered)
        devices.changed.connect(self.show)
        session.restarted.connect(self._on_restarted)
        library.changed.connect(self._on_library_changed)
        self._offer.show(is_empty=not library.models())
        self.show()

    def begin(self) -> None:
        """Get the worker ready: the page is shown, and somebody is about to type."""
        if not self._has_begun:
            self._has_begun = True
            self._devices.look()
        self._fill_up()
        self.run()

    def choose_model(self, model_id: str) -> None:
        """Show this model beside what it was made from."""
        model = self._model(model_id)
        if model is None:
            return
        chosen = (
            [model_id] if self._model(model.parent_id or "") is None else [model.parent_id or "", model_id]
        )
        self._beside = [_Beside(one, self._devices.preferred) for one in chosen]
        self.run()

    def draft(self) -> TryDraft:
        """Return what would be lost with the window."""
        beside = tuple((one.model_id, one.device, one.precision) for one in self._beside)
        return TryDraft(self._page.text, self._selected, beside)

    def take_draft(self, draft: TryDraft) -> None:
        """Go on with what was chosen and typed in another window over the same workspace."""
        self._beside = [_Beside(*one) for one in draft.beside]
        self._page.set_text(draft.text)
        self._selected = draft.selected
        self.show()

    def run(self) -> None:
        """Ask every model about every text."""
        self._typing.stop()
        for place in range(len(self._beside)):
            self._ask(place)
        self.show()

    def show(self) -> None:
        """Show models, answers and texts as they stand."""
        models = tuple(Choice(one.id, one.name, one.origin) for one in self._library.models())
        used = (one.device for one in self._beside)
        self._page.show_state(
            TryState(
                models=models,
                devices=tuple(Choice(one, one) for one in self._devices.names(*used)),
                precisions=tuple(Choice(one, one) for one in PRECISIONS),
                beside=tuple(self._answer_of(one) for one in self._beside),
                rows=self._rows(),
                agreement=self._agreement(),
                summary=self._summary(),
                can_run=bool(self._beside and self._texts),
            )
        )

    def _ask(self, place: int) -> None:
        one = self._beside[place]
        model = self._model(one.model_id)
        if model is None or not self._texts or not self._has_begun:
            return
        one.waits = True
        self._session.ask(
            Classify(place, model_at(self._workspace, model), self._texts, one.device, one.precision)
        )

    # What is shown -------------------------------------------------------------------

    def _answer_of(self, one: _Beside) -> ModelAnswer:
        shown = ModelAnswer(model_id=one.model_id, device=one.device, precision=one.precision)
        match one.answer:
            case Refused(problem=problem):
                return msgspec.structs.replace(shown, problem=str(problem))
            case Classified() if (place := self._place_in(one)) is not None:
                shares = one.answer.probabilities[place]
                return msgspec.structs.replace(
                    shown,
                    verdict=one.answer.labels[shares.index(max(shares))],
                    bars=tuple(map(Confidence, one.answer.labels, shares)),
                    timing=self._timing(one, one.answer, place),
                )
            case _ if one.waits:
                return msgspec.structs.replace(shown, timing=self.tr("Asking…"))
            case _:
                return shown

    def _place_in(self, one: _Beside) -> int | None:
        """Return where the selected text stands in what was answered, None where it was not asked yet."""
        text = self._selected_text()
        return one.texts.index(text) if text in one.texts else None

    def _selected_text(self) -> str:
        return self._texts[min(self._selected, len(self._texts) - 1)] if self._texts else ""

    def _timing(self, one: _Beside, answer: Classified, place: int) -> str:
        ordered = sorted(one.times_ms)
        middle, high = statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1]
        model = self._model(one.model_id)
        ran = answer.executed_precision
        if model is not None and model.precision == "INT8":
            ran = f"INT8, {ran}"  # what is not in INT8 kernels
        return (
            self.tr("now %1 ms · p50 %2 ms · p95 %3 ms · %5 /s · ran in %4")
            .replace("%1", in_figures(f"{answer.latency_ms[place]:.1f}"))
            .replace("%2", in_figures(f"{middle:.1f}"))
            .replace("%3", in_figures(f"{high:.1f}"))
            .replace("%4", ran)
            .replace("%5", whole_text(round(1000 / max(middle, 1e-3))))
        )

    def _rows(self) -> tuple[AnswerRow, ...]:
        found = [_labels_of(one) for one in self._beside]
        rows: list[AnswerRow] = []
        for text in self._texts:
            answers = [answers.get(text) for answers in found]
            labels = {answer[0] for answer in answers if answer is not None}
            said = tuple("" if one is None else f"{one[0]}  {percent_text(one[1])}" for one in answers)
            rows.append(AnswerRow(text, said, len(labels) > 1))
        return tuple(rows)

    def _agreement(self) -> str:
        rows = self._rows()
        if len(self._beside) < 2 or not rows or any(not answer for row in rows for answer in row.answers):
            return ""
        alike = sum(not row.differs for row in rows)
        return self.tr("agree on %1 of %2").replace("%1", str(alike)).replace("%2", str(len(rows)))

    def _summary(self) -> str:
        if not self._library.models():
            return self.tr("There is no model to try yet: add one on the page Models.")
        if len(self._texts) > _LIVE_TEXTS:
            text = self.tr("%1 texts: press Run when they are ready.")
            return text.replace("%1", str(len(self._texts)))
        # Of several texts the cards answer one.
        return f"“{self._selected_text()}”" if len(self._texts) > 1 else ""

    # What the user asks for ----------------------------------------------------------

    def _on_text_edited(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines()]
        # Each text once: a second time would only be the same answer.
        self._texts = tuple(dict.fromkeys(line for line in lines if line))[:_MOST_TEXTS]
        self._selected = 0
        if len(self._texts) <= _LIVE_TEXTS:
            self._typing.start()
        self.show()

    def _on_file_chosen(self, path: str) -> None:
        try:
            self._page.set_text(read_text(Path(path)))
        except AppError as error:
            self._show_problem(error.problem)
        else:
            self._page.notice.show_state(None)

    def _on_model_chosen(self, place: int, model_id: str) -> None:
        self._change(place, model_id=model_id)

    def _on_device_chosen(self, place: int, device: str) -> None:
        self._change(place, device=device)

    def _on_precision_chosen(self, place: int, precision: str) -> None:
        self._change(place, precision=precision)

    def _change(self, place: int, *, model_id: str = "", device: str = "", precision: str = "") -> None:
        if place >= len(self._beside):
            return  # chosen from a list whose card has gone meanwhile
        now = self._beside[place]
        self._beside[place] = _Beside(
            model_id or now.model_id, device or now.device, precision or now.precision
        )
        self._ask(place)
        self.show()

    def _on_removed(self, place: int) -> None:
        del self._beside[place]
        self.run()  # what is still on its way belongs to other places now

    def _on_add(self) -> None:
        models = self._library.models()
        there = {one.model_id for one in self._beside}
        if models and len(self._beside) < MOST_MODELS:
            new = next((model for model in models if model.id not in there), models[0])
            self._beside.append(_Beside(new.id, self._devices.preferred))
            self._ask(len(self._beside) - 1)
            self.show()

    def _on_row_selected(self, row: int) -> None:
        self._selected = row
        self.show()

    # What happens --------------------------------------------------------------------

    def _on_answered(self, question: Question, reply: Reply) -> None:
        if isinstance(question, Classify) and isinstance(reply, Classified | Refused):
            self._take_answer(question, reply)
            self.show()

    def _take_answer(self, question: Classify, reply: Classified | Refused) -> None:
        if question.place >= len(self._beside):
            return
        one = self._beside[question.place]
        asked = (question.model.id, question.device, question.precision)
        if asked != (one.model_id, one.device, one.precision):
            return  # another model stands there by now
        one.texts, one.answer, one.waits = question.texts, reply, question.texts != self._texts
        if isinstance(reply, Classified):
            one.times_ms = [*one.times_ms, *reply.latency_ms][-_TIMES_KEPT:]

    def _on_restarted(self) -> None:
        title = self.tr("The worker that answers here had ended and was started again.")
        self._page.notice.show_state(NoticeState(Severity.INFO, title))

    def _on_library_changed(self) -> None:
        there = {model.id for model in self._library.models()}
        self._beside = [one for one in self._beside if one.model_id in there]
        if self._has_begun:
            self._fill_up()
        self._offer.show(is_empty=not self._library.models())
        self.show()

    def _show_problem(self, problem: Problem) -> None:
        self._page.notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice))

    def _fill_up(self) -> None:
        """Begin with the newest variant beside its original."""
        models = self._library.models()
        if self._beside or not models:
            return
        variants = [model for model in models if model.parent_id]
        newest = max(variants or models, key=lambda model: model.created_at)
        self.choose_model(newest.id)

    def _model(self, model_id: str) -> ModelRecord | None:
        return next((model for model in self._library.models() if model.id == model_id), None)


def _labels_of(one: _Beside) -> dict[str, tuple[str, float]]:
    """Return label and probability by text."""
    if not isinstance(one.answer, Classified):
        return {}
    labels = one.answer.labels
    return {
        text: (labels[shares.index(max(shares))], max(shares))
        for text, shares in zip(one.texts, one.answer.probabilities, strict=True)
    }
