"""What the page Compress says and does."""

from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError, Problem
from app.domain.form import form_groups, read_tree, tree_of, value_at, with_value
from app.domain.job import ImportSpec, Job, Phase
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.domain.wording import whole_text
from app.presenters.job_wording import percent_of
from app.services.background import Background, Latest
from app.services.compression import (
    Finding,
    as_command,
    plan_compression,
    preflight,
    ready_recipes,
    variant_name,
)
from app.services.job_queue import JobQueue
from app.services.model_library import STARTER_SOURCE, ModelLibrary
from app.services.text_datasets import DatasetLibrary, FilePreview, describe_file, inspect_file
from app.store.workspace import Workspace
from app.views.actions import Actions
from app.views.pages.compress_page import CompressPage, CompressState, FindingRow
from app.views.widgets.chooser import Choice
from app.views.widgets.column_mapping import MappingState
from app.views.widgets.notice import NoticeState, Severity

_CHECK_MS: Final = 120
_FIRST_RECIPE: Final = "jpqd-fast"
Use = Literal["train", "evaluation"]
_TITLES: Final = {field.path: field.title for group in form_groups(JpqdRecipe) for field in group.fields}
_SPLIT: Final[dict[Use, str]] = {"train": "train", "evaluation": "evaluation"}


class CompressPresenter(QObject):
    """Holds what was chosen, checks it off the GUI thread, and starts it.

    Signals:
        started: A job was queued; carries its run id.
    """

    started = Signal(str)

    def __init__(
        self,
        page: CompressPage,
        actions: Actions,
        workspace: Workspace,
        library: ModelLibrary,
        datasets: DatasetLibrary,
        queue: JobQueue,
        background: Background,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._workspace = workspace
        self._library = library
        self._datasets = datasets
        self._queue = queue
        self._background = background
        self._newest_check = Latest()
        self._newest_file = Latest()
        self._model_id = ""
        self._recipe = ""
        self._tree: dict[str, Any] = {}
        self._recipe_tree: dict[str, Any] = {}
        self._train_id = ""
        self._evaluation_id = ""
        self._teacher_id = ""
        self._name = ""
        self._awaits_starter = False
        self._findings: list[Finding] = []
        self._is_checked = False
        self._mapping: tuple[Use, FilePreview] | None = None
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_MS)
        self._check.timeout.connect(self._run_check)
        page.model_chosen.connect(self.choose_model)
        page.recipe_chosen.connect(self._on_recipe_chosen)
        page.train_chosen.connect(partial(self._choose_data, "train"))
        page.evaluation_chosen.connect(partial(self._choose_data, "evaluation"))
        page.teacher_chosen.connect(self._on_teacher_chosen)
        page.name_edited.connect(self._on_name_edited)
        page.field_edited.connect(self._on_field_edited)
        page.reset_requested.connect(self._on_reset_requested)
        page.data_file_chosen.connect(self._on_file_chosen)
        page.mapping.confirmed.connect(self._on_mapping_confirmed)
        page.mapping.dismissed.connect(self._on_mapping_dismissed)
        actions["compress.start"].triggered.connect(self.start)
        actions["compress.copy"].triggered.connect(self._on_copy)
        library.changed.connect(self._on_library_changed)
        queue.job_changed.connect(self._on_job_changed)
        self._choose_first_data()
        self._take_recipe(
            _FIRST_RECIPE if _FIRST_RECIPE in ready_recipes() else next(iter(ready_recipes()), "")
        )
        self._on_library_changed()

    def choose_model(self, model_id: str) -> None:
        """Take another model; empty: the starter, as soon as its import has ended."""
        self._awaits_starter = not model_id
        if model_id:
            self._model_id = model_id
        if self._teacher() is None:  # a model is no other teacher to itself
            self._teacher_id = ""
        self._changed()

    def start(self) -> None:
        """Queue the compression; why it cannot be queued is shown."""
        model, (recipe, _), train = self._model(), read_tree(self._tree), self._dataset(self._train_id)
        if model is None or recipe is None or train is None or self._why_not():
            return
        try:
            spec = plan_compression(
                self._workspace,
                model,
                recipe,
                train,
                self._dataset(self._evaluation_id),
                self._teacher(),
                self._name.strip(),
            )
            job = self._queue.submit(spec, f"JPQD · {model.name}")
        except AppError as error:
            self._show_problem(error.problem)
            return
        self._name = ""
        self._page.notice.show_state(None)
        self.started.emit(job.run_id)
        self.show()

    def show(self) -> None:
        """Show what is chosen and what is to be said about it."""
        model = self._model()
        recipe, reasons = read_tree(self._tree) if self._tree else (None, {})
        name = self._name
        if not name and model is not None and recipe is not None:
            name = variant_name(self._workspace, model, recipe)
        self._page.show_state(
            CompressState(
                models=tuple(Choice(one.id, one.name, one.origin) for one in self._trainable()),
                model_id=self._model_id,
                recipes=tuple(Choice(one, one) for one in ready_recipes()),
                recipe=self._recipe,
                datasets=tuple(_choice_of(one) for one in self._datasets.datasets()),
                train_id=self._train_id,
                evaluation_id=self._evaluation_id,
                teachers=tuple(
                    Choice(one.id, one.name, one.origin)
                    for one in self._trainable()
                    if one.id != self._model_id
                ),
                teacher_id=self._teacher_id,
                name=name,
                values=self._tree,
                recipe_values=self._recipe_tree,
                reasons=reasons,
                findings=tuple(_row_of(finding) for finding in self._findings),
                command=self._command(),
                why_not=self._why_not(),
                mapping=self._mapping_state(),
            )
        )

    def _command(self) -> str:
        """Return what does the same on the command line; empty until everything is chosen."""
        model, (recipe, _) = self._model(), read_tree(self._tree) if self._tree else (None, {})
        train, teacher = self._dataset(self._train_id), self._teacher()
        if model is None or recipe is None or train is None:
            return ""
        return as_command(
            model.name,
            self._recipe,
            recipe,
            train,
            evaluation=self._dataset(self._evaluation_id),
            name=self._name,
            teacher=None if teacher is None else teacher.name,
        )

    def _why_not(self) -> str:
        if self._awaits_starter:
            return (
                self.tr("The starter model is being imported… %1")
                .replace("%1", self._import_percent())
                .strip()
            )
        if self._model() is None:
            return self.tr("There is no model to compress yet: add one on the page Models.")
        reasons = read_tree(self._tree)[1] if self._tree else {"": ""}
        if reasons:
            path, reason = next(iter(reasons.items()))
            if len(reasons) == 1:
                return f"{_TITLES.get(path, path)}: {reason}"
            return self.tr("%1 settings need another value: see the marked ones.").replace(
                "%1", str(len(reasons))
            )
        if self._dataset(self._train_id) is None:
            return self.tr("Choose the training data.")
        errors = [finding for finding in self._findings if finding.severity == "error"]
        if errors:
            return f"{errors[0].title}. {errors[0].text}".strip()
        return "" if self._is_checked else self.tr("Checking…")

    def _import_percent(self) -> str:
        for job in self._queue.jobs():
            if isinstance(job.spec, ImportSpec) and job.spec.source == STARTER_SOURCE and job.state.fraction:
                return percent_of(job.state)
        return ""

    def _changed(self) -> None:
        self._is_checked = False
        self._check.start()
        self.show()

    def _run_check(self) -> None:
        model, (recipe, _) = self._model(), read_tree(self._tree) if self._tree else (None, {})
        if model is None or recipe is None:
            self._on_checked([])
            return
        workspace, jobs = self._workspace, tuple(self._queue.jobs())
        train, evaluation = self._dataset(self._train_id), self._dataset(self._evaluation_id)
        self._background.run(
            self,
            lambda: preflight(workspace, model, recipe, train, evaluation, jobs),
            on_done=self._newest_check.only(self._on_checked),
            on_failed=self._on_work_failed,
        )

    def _on_checked(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._is_checked = True
        self.show()

    def _on_work_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._show_problem(error.problem)

    def _show_problem(self, problem: Problem) -> None:
        self._page.notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice))

    # What there is to choose from --------------------------------------------------

    def _trainable(self) -> list[ModelRecord]:
        return [model for model in self._library.models() if model.has_checkpoint]

    def _model(self) -> ModelRecord | None:
        return next((model for model in self._trainable() if model.id == self._model_id), None)

    def _teacher(self) -> ModelRecord | None:
        """Return another model to learn from; None: the model itself."""
        others = (model for model in self._trainable() if model.id != self._model_id)
        return next((model for model in others if model.id == self._teacher_id), None)

    def _dataset(self, dataset_id: str) -> DatasetRecord | None:
        return next((one for one in self._datasets.datasets() if one.id == dataset_id), None)

    def _choose_first_data(self) -> None:
        for one in self._datasets.datasets():
            if one.split == "train" and not self._train_id:
                self._train_id = one.id
            elif one.split != "train" and not self._evaluation_id:
                self._evaluation_id = one.id

    def _on_library_changed(self) -> None:
        models = self._trainable()
        starter = self._library.starter_model()
        if self._awaits_starter and starter is not None:
            self._awaits_starter = False
            self._model_id = starter.id
        if models and self._model_id not in {model.id for model in models}:
            self._model_id = models[0].id
        if self._teacher() is None:
            self._teacher_id = ""
        self._changed()

    def _on_job_changed(self, job: Job) -> None:
        spec = job.spec
        if self._awaits_starter and isinstance(spec, ImportSpec) and spec.source == STARTER_SOURCE:
            if job.state.phase in {Phase.FAILED, Phase.CANCELLED}:
                self._awaits_starter = False
            if job.state.problem is not None:
                self._show_problem(job.state.problem)
            self.show()

    # What the user asks for --------------------------------------------------------

    def _take_recipe(self, name: str) -> None:
        recipe = ready_recipes().get(name, JpqdRecipe())
        self._recipe = name
        self._recipe_tree = tree_of(recipe)
        self._tree = self._recipe_tree

    def _on_recipe_chosen(self, name: str) -> None:
        self._take_recipe(name)
        self._changed()

    def _choose_data(self, use: Use, dataset_id: str) -> None:
        if use == "train":
            self._train_id = dataset_id
        else:
            self._evaluation_id = dataset_id
        self._changed()

    def _on_teacher_chosen(self, model_id: str) -> None:
        self._teacher_id = model_id
        self._changed()

    def _on_name_edited(self, name: str) -> None:
        self._name = name
        self.show()

    def _on_field_edited(self, path: str, value: object) -> None:
        self._tree = with_value(self._tree, path, value)
        self._changed()

    def _on_reset_requested(self, path: str) -> None:
        self._on_field_edited(path, value_at(self._recipe_tree, path))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._command())

    # Files -------------------------------------------------------------------------

    def _on_file_chosen(self, use: Use, path: str) -> None:
        self._background.run(
            self,
            lambda: inspect_file(Path(path)),
            on_done=self._newest_file.only(lambda preview: self._on_inspected(use, preview)),
            on_failed=self._on_work_failed,
        )

    def _on_inspected(self, use: Use, preview: FilePreview) -> None:
        self._mapping = (use, preview)
        self._page.notice.show_state(None)
        self.show()

    def _on_mapping_dismissed(self) -> None:
        self._mapping = None
        self.show()

    def _on_mapping_confirmed(self, columns: ColumnMap) -> None:
        if self._mapping is None:
            return
        use, preview = self._mapping
        model = self._model()
        labels = model.labels if model is not None else ()
        self._background.run(
            self,
            lambda: describe_file(Path(preview.path), columns, labels, _SPLIT[use]),
            on_done=self._newest_file.only(lambda record: self._on_described(use, record)),
            on_failed=self._on_work_failed,
        )

    def _on_described(self, use: Use, record: DatasetRecord) -> None:
        kept = self._datasets.keep(record)
        self._mapping = None
        self._page.notice.show_state(None)
        self._choose_data(use, kept.id)

    def _mapping_state(self) -> MappingState | None:
        if self._mapping is None:
            return None
        _, preview = self._mapping
        model = self._model()
        return MappingState(
            preview.path,
            preview.columns,
            preview.guessed,
            preview.rows_preview[:3],
            model.labels if model is not None else (),
        )


def _choice_of(one: DatasetRecord) -> Choice:
    rows = "" if one.rows is None else f" · {whole_text(one.rows)} rows"
    return Choice(one.id, f"{one.name} · {one.split}{rows}", one.path)


def _row_of(finding: Finding) -> FindingRow:
    return FindingRow(Severity(finding.severity), finding.title, finding.text)
