"""What the page Compress says and does."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.dataset import ColumnMap
from app.domain.errors import AppError, Problem
from app.domain.form import fields_by_path
from app.domain.job import ImportSpec, Job, Phase
from app.domain.language import said
from app.domain.model import ModelRecord
from app.presenters.compress_check import CompressCheck, Subject
from app.presenters.compress_copies import Chosen, command_for, script_for
from app.presenters.compress_data import CompressData, PendingFile
from app.presenters.compress_recipe import CompressRecipe
from app.presenters.compress_words import CompressWords, choice_of
from app.presenters.job_wording import percent_of
from app.presenters.recipe_desk import RecipeDraft
from app.presenters.starter_offer import StarterOffer
from app.services.assembly import Services
from app.services.compression import (
    Finding,
    free_name,
    model_at,
    plan_compression,
)
from app.services.model_library import STARTER_SOURCE
from app.views.action_set import Actions
from app.views.pages.compress_page import CompressPage, CompressState, FindingRow
from app.views.widgets.chooser import Choice
from app.views.widgets.notice import NoticeState, Severity
from app.views.widgets.recipe_panel import DATA


class CompressDraft(msgspec.Struct, frozen=True):
    """What was chosen and typed but not started: a window that is built anew goes on with it."""

    model_id: str
    awaits_starter: bool
    teacher_id: str
    name: str
    train_id: str
    evaluation_id: str
    pending: PendingFile | None
    recipe: RecipeDraft


class CompressPresenter(QObject):
    """Holds what was chosen, checks it off the GUI thread, and starts it.

    Signals:
        started: A job was queued; carries its run id.
        models_wanted: Somebody would rather add a model first.
    """

    started = Signal(str)
    models_wanted = Signal()

    def __init__(self, page: CompressPage, actions: Actions, services: Services) -> None:
        super().__init__(page)
        workspace, library, queue = services.workspace, services.models, services.queue
        datasets, background = services.datasets, services.background
        self._page = page
        self._workspace = workspace
        self._library = library
        self._datasets = datasets
        self._devices = services.devices
        self._queue = queue
        self._words = CompressWords(self)
        self._recipe = CompressRecipe(page, background, self)
        self._desk = self._recipe.desk
        self._data = CompressData(datasets, background, services.session, self)
        self._offer = StarterOffer(
            page.notice,
            self.tr("Add a model, and make it small and fast here."),
            library,
            self._show_problem,
            self,
        )
        self._models: list[ModelRecord] = []
        """Read when the library changes: of some hundred models that takes a while."""
        self._model_id = ""
        self._starts_when_checked = False
        self._teacher_id = ""
        self._name = ""
        self._awaits_starter = False
        self._check = CompressCheck(services, self._subject, self)
        self._check.done.connect(self._on_checked)
        self._check.failed.connect(self._show_problem)
        page.model_chosen.connect(self.choose_model)
        page.train_chosen.connect(partial(self._data.choose, "train"))
        page.evaluation_chosen.connect(partial(self._data.choose, "evaluation"))
        page.teacher_chosen.connect(self._on_teacher_chosen)
        page.name_edited.connect(self._on_name_edited)
        self._recipe.changed.connect(self._changed)
        self._recipe.noticed.connect(page.notice.show_state)
        page.data_file_chosen.connect(self._data.take_file)
        page.mapping.confirmed.connect(self._on_mapping_confirmed)
        page.mapping.dismissed.connect(self._data.dismiss)
        self._offer.models_wanted.connect(self.models_wanted)
        self._offer.taken.connect(self._on_starter_taken)
        page.recipe.tabs.currentChanged.connect(self._on_tab_changed)
        self._data.chosen.connect(self._on_data_chosen)
        self._data.changed.connect(self._on_data_changed)
        self._data.failed.connect(self._show_problem)
        actions["compress.start"].triggered.connect(self.start)
        actions["compress.copy"].triggered.connect(self._on_copy)
        actions["compress.copy_python"].triggered.connect(self._on_copy_python)
        library.changed.connect(self._on_library_changed)
        queue.job_changed.connect(self._on_job_changed)
        self._on_library_changed()

    def begin(self) -> None:
        """Look for devices: the page is shown, and the check tells what they can do."""
        self._devices.look()

    def choose_model(self, model_id: str) -> None:
        """Take another model; empty: the starter, as soon as its import has ended."""
        self._awaits_starter = not model_id
        if model_id:
            self._model_id = model_id
        if self._teacher() is None:  # a model is no other teacher to itself
            self._teacher_id = ""
        self._changed()

    def draft(self) -> CompressDraft:
        """Return what would be lost with the window."""
        return CompressDraft(
            self._model_id,
            self._awaits_starter,
            self._teacher_id,
            self._name,
            self._data.train_id,
            self._data.evaluation_id,
            self._data.pending,
            self._desk.draft(),
        )

    def take_draft(self, draft: CompressDraft) -> None:
        """Go on with what was chosen and typed in another window over the same workspace."""
        self._model_id, self._awaits_starter = draft.model_id, draft.awaits_starter
        self._teacher_id, self._name = draft.teacher_id, draft.name
        self._data.train_id, self._data.evaluation_id = draft.train_id, draft.evaluation_id
        self._data.pending = draft.pending
        self._desk.take_draft(draft.recipe)
        self._on_library_changed()

    def start(self) -> None:
        """Queue the compression; why it cannot be queued is shown."""
        if self._recipe.read_now():
            self._changed()
        chosen = self._chosen()
        if chosen is not None and not self._check.is_done:
            # What was typed a moment ago is not checked yet; a wish is not forgotten for that.
            self._starts_when_checked = True
        elif chosen is not None and not self._why_not():
            self._submit(chosen)

    def _submit(self, chosen: Chosen) -> None:
        try:
            spec = plan_compression(
                self._workspace,
                chosen.model,
                chosen.recipe,
                chosen.train,
                chosen.evaluation,
                chosen.teacher,
                chosen.name,
            )
            job = self._queue.submit(spec, f"JPQD · {chosen.model.name}")
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._name = ""
        self._page.notice.show_state(None)
        self.started.emit(job.run_id)
        self.show()

    def show(self) -> None:
        """Show what is chosen and what is to be said about it."""
        model, desk, train = self._model(), self._desk, self._data.train
        name = self._name
        if not name and model is not None and desk.tree:
            name = free_name(model, str(desk.tree["name"]), self._models, self._queue.jobs())
        rows, aim = None if train is None else train.rows, self._devices.aim
        self._data.look_at(
            None if model is None else model_at(self._workspace, model),
            None if desk.recipe is None else desk.recipe.training.max_length,
        )
        self._page.show_state(
            CompressState(
                models=tuple(Choice(one.id, one.name, one.origin) for one in self._trainable()),
                model_id=self._model_id,
                ways=self._words.cards(desk, model, rows, self._check.costs, self._queue.jobs(), aim),
                way=desk.chosen,
                datasets=tuple(choice_of(one) for one in self._datasets.datasets()),
                train_id=self._data.train_id,
                evaluation_id=self._data.evaluation_id,
                teachers=tuple(
                    Choice(one.id, one.name, one.origin)
                    for one in self._trainable()
                    if one.id != self._model_id
                ),
                teacher_id=self._teacher_id,
                name=name,
                values=desk.tree,
                recipe_values=desk.base_tree,
                reasons=desk.reasons,
                changed=len(desk.changed_fields),
                json=self._words.json_state(desk),
                data=self._data.state(),
                findings=tuple(_row_of(finding) for finding in self._check.findings),
                no_findings=self._why_no_findings(),
                command=self._command(),
                why_not=self._why_not(),
                is_checking=not self._check.is_done,
                mapping=self._data.mapping_state(() if model is None else model.labels),
            )
        )

    def _chosen(self) -> Chosen | None:
        """Return what would be started, None until everything is chosen."""
        model, recipe, train = self._model(), self._desk.recipe, self._data.train
        if model is None or recipe is None or train is None:
            return None
        return Chosen(
            model=model,
            recipe=recipe,
            base=self._desk.base,
            train=train,
            evaluation=self._data.evaluation,
            teacher=self._teacher(),
            name=self._name.strip(),
        )

    def _command(self) -> str:
        chosen = self._chosen()
        return "" if chosen is None else command_for(chosen, self._workspace, self._models)

    def _why_not(self) -> str:
        if self._awaits_starter:
            return (
                self.tr("The starter model is being imported… %1")
                .replace("%1", self._import_percent())
                .strip()
            )
        if self._model() is None:
            return self.tr("There is no model to compress yet: add one on the page Models.")
        if self._desk.mark is not None:
            return self.tr("The JSON cannot be read: line %1.").replace("%1", str(self._desk.mark.line))
        if why := self._wrong_fields():
            return why
        if self._data.train is None:
            return self.tr("Choose the training data.")
        errors = [finding for finding in self._check.findings if finding.severity == "error"]
        if errors:
            return f"{errors[0].title}. {errors[0].text}".strip()
        return ""

    def _why_no_findings(self) -> str:
        if self._model() is None:
            return self.tr("Choose a model first.")
        return self.tr("Correct the marked settings first.") if self._desk.reasons else self.tr("Checking…")

    def _wrong_fields(self) -> str:
        reasons = self._desk.reasons
        if len(reasons) > 1:
            return self.tr("%1 settings need another value: see the marked ones.").replace(
                "%1", str(len(reasons))
            )
        for path, reason in reasons.items():
            field = fields_by_path().get(path)
            return f"{path if field is None else said(field.title)}: {reason}"
        return ""

    def _import_percent(self) -> str:
        for job in self._queue.jobs():
            if isinstance(job.spec, ImportSpec) and job.spec.source == STARTER_SOURCE and job.state.fraction:
                return percent_of(job.state)
        return ""

    def _changed(self) -> None:
        self._starts_when_checked = False  # the wish was about something else
        if (told := self._page.notice.state) is not None and told.severity is Severity.OK:
            self._page.notice.show_state(None)  # what was copied is older now
        self._check.start()
        self.show()

    def _subject(self) -> Subject:
        recipe = self._desk.recipe
        tokens = None if recipe is None else self._data.mean_tokens(recipe.training.max_length)
        return Subject(self._model(), recipe, self._data.train, self._data.evaluation, tokens)

    def _on_checked(self) -> None:
        starts, self._starts_when_checked = self._starts_when_checked, False
        self.show()
        if starts:
            self.start()

    def _show_problem(self, problem: Problem) -> None:
        self._starts_when_checked = False
        self._page.notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice))

    # What there is to choose from --------------------------------------------------

    def _trainable(self) -> list[ModelRecord]:
        return [model for model in self._models if model.has_checkpoint]

    def _model(self) -> ModelRecord | None:
        return next((model for model in self._trainable() if model.id == self._model_id), None)

    def _teacher(self) -> ModelRecord | None:
        """Return another model to learn from; None: the model itself."""
        others = (model for model in self._trainable() if model.id != self._model_id)
        return next((model for model in others if model.id == self._teacher_id), None)

    def _on_library_changed(self) -> None:
        self._models = self._library.models()
        models = self._trainable()
        starter = next((one for one in self._models if one.origin == STARTER_SOURCE), None)
        if self._awaits_starter and starter is not None:
            self._awaits_starter = False
            self._model_id = starter.id
        if models and self._model_id not in {model.id for model in models}:
            self._model_id = models[0].id
        if self._teacher() is None:
            self._teacher_id = ""
        self._tell_emptiness()
        self._changed()

    def _tell_emptiness(self) -> None:
        self._offer.show(is_empty=not self._trainable() and not self._awaits_starter)

    def _on_starter_taken(self) -> None:
        self.choose_model("")
        self._tell_emptiness()

    def _on_job_changed(self, job: Job) -> None:
        spec = job.spec
        if self._awaits_starter and isinstance(spec, ImportSpec) and spec.source == STARTER_SOURCE:
            if job.state.phase in {Phase.FAILED, Phase.CANCELLED}:
                self._awaits_starter = False
                self._tell_emptiness()
            if job.state.problem is not None:
                self._show_problem(job.state.problem)
            self.show()

    # What the user asks for --------------------------------------------------------

    def _on_teacher_chosen(self, model_id: str) -> None:
        self._teacher_id = model_id
        self._changed()

    def _on_name_edited(self, name: str) -> None:
        self._name = name
        self.show()

    def _on_mapping_confirmed(self, columns: ColumnMap) -> None:
        model = self._model()
        self._data.confirm(columns, () if model is None else model.labels)

    def _on_tab_changed(self, tab: int) -> None:
        self._data.watch(is_watched=tab == DATA)

    def _on_data_chosen(self) -> None:
        self._page.notice.show_state(None)
        self._changed()

    def _on_data_changed(self) -> None:
        if self._page.mapping.isVisible() or self._data.mapping_state(()) is not None:
            self._page.notice.show_state(None)
        self._check.refine()  # the estimate of time learns from the tokens
        self.show()

    def _on_copy(self) -> None:
        self._copy(self._command(), self.tr("The command is on the clipboard."))

    def _on_copy_python(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            script = script_for(chosen, self._workspace, self._models)
            self._copy(script, self.tr("The script is on the clipboard."))

    def _copy(self, text: str, told: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._page.notice.show_state(NoticeState(Severity.OK, told))


def _row_of(finding: Finding) -> FindingRow:
    return FindingRow(Severity(finding.severity), finding.title, finding.text)
