"""The check of what the page Compress would start: findings and costs, worked out off the GUI thread."""

from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.dataset import DatasetRecord
from app.domain.errors import AppError
from app.domain.model import ModelRecord
from app.domain.recipe import JpqdRecipe
from app.presenters.recipe_desk import OWN
from app.services.assembly import Services
from app.services.background import Latest
from app.services.compression import Finding, preflight, ready_recipes
from app.services.estimates import Estimate, expected_costs

_CHECK_MS: Final = 120
_Checked = tuple[list[Finding], dict[str, Estimate]]


class Subject(msgspec.Struct, frozen=True):
    """What is to be checked."""

    model: ModelRecord | None
    recipe: JpqdRecipe | None
    train: DatasetRecord | None
    evaluation: DatasetRecord | None
    mean_tokens: float | None


class CompressCheck(QObject):
    """Keeps what the newest check has found.

    Signals:
        done: There are other findings.
        failed: Carries a `Problem`.
    """

    done = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, subject: Callable[[], Subject], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = services.workspace
        self._queue = services.queue
        self._background = services.background
        self._devices = services.devices
        self._subject = subject
        self._newest = Latest()
        self.findings: list[Finding] = []
        self.costs: dict[str, Estimate] = {}
        self.is_done = False
        """Whether the findings are of what is chosen now."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_CHECK_MS)
        self._soon.timeout.connect(self._run)
        self._devices.changed.connect(self.refine)

    def start(self) -> None:
        """Check soon; what was found is of something else."""
        self.is_done = False
        self._newest.forget()  # an answer that is on its way would pass for one to this
        self._soon.start()

    def refine(self) -> None:
        """Check again soon; what was found holds until then."""
        self._soon.start()

    def _run(self) -> None:
        subject = self._subject()
        model, recipe = subject.model, subject.recipe
        if model is None or recipe is None:
            # Of a recipe that is wrong nothing can be checked, and what others take stays known.
            self._on_checked(([], {} if model is None else self.costs))
            return
        workspace, jobs = self._workspace, tuple(self._queue.jobs())
        train, evaluation, tokens = subject.train, subject.evaluation, subject.mean_tokens
        devices, preferred = self._devices.found, self._devices.preferred
        recipes: dict[str, JpqdRecipe] = {**ready_recipes(), OWN: recipe}

        def check() -> _Checked:
            findings = preflight(
                workspace,
                model,
                recipe,
                train,
                evaluation,
                jobs,
                mean_tokens=tokens,
                devices=devices,
                preferred=preferred,
            )
            return findings, expected_costs(workspace, model, recipes, train, jobs, tokens)

        self._background.run(
            self, check, on_done=self._newest.only(self._on_checked), on_failed=self._on_failed
        )

    def _on_checked(self, checked: _Checked) -> None:
        self.findings, self.costs = checked
        self.is_done = True
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.failed.emit(error.problem)
