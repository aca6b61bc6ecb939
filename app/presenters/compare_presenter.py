"""What the page Compare says and does."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.domain.comparison import (
    MOST,
    Setting,
    Trial,
    Variant,
    facts_of,
    rows_of,
    settings_of,
    trials_of,
)
from app.domain.disagreement import DifferingRow, PairFigures, differing_among, pair_figures
from app.domain.errors import AppError
from app.domain.layer_comparison import LayerView
from app.domain.model import ModelRecord
from app.domain.wording import bytes_text
from app.presenters.compare_report import CompareReport
from app.presenters.compare_wording import CompareWording, Seen, key_of
from app.presenters.measuring_presenter import MeasuringPresenter
from app.presenters.report_picture import save_picture
from app.services.background import Background, Latest
from app.services.comparison_report import save_report
from app.services.comparisons import Comparison, newest_comparison, read_comparison
from app.services.devices import DeviceList
from app.services.job_queue import JobQueue
from app.services.model_library import ModelLibrary
from app.services.text_datasets import DatasetLibrary
from app.store.workspace import Workspace
from app.views.action_set import Actions
from app.views.pages.compare_page import ComparePage, CompareState
from app.views.widgets.chooser import Choice
from app.views.widgets.notice import NoticeState, Severity

_REFRESH_MS: Final = 80


class ComparePresenter(QObject):
    """Holds which models stand beside each other and how they are looked at.

    Signals:
        models_wanted: The page Models is to be shown.
        compress_wanted: The page Compress is to be shown, with this model.
        job_wanted: The job with this run id is to be shown.
    """

    models_wanted = Signal()
    compress_wanted = Signal(str)
    job_wanted = Signal(str)

    def __init__(
        self,
        page: ComparePage,
        actions: Actions,
        workspace: Workspace,
        library: ModelLibrary,
        datasets: DatasetLibrary,
        queue: JobQueue,
        background: Background,
        devices: DeviceList,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._library = library
        self._datasets = datasets
        self._queue = queue
        self._background = background
        self._wording = CompareWording(page.figures.model.title_of, self)
        self._report = CompareReport(self._wording, page.figures.model.title_of, self)
        self._measuring = MeasuringPresenter(page.notice, workspace, datasets, queue, devices, self)
        self._latest = Latest()
        self._chosen: tuple[str, ...] = ()
        self._variants: tuple[Variant, ...] = ()
        self._names: dict[str, str] = {}
        """Of the models that the chosen ones were made from."""
        self._comparison: Comparison | None = None
        self._pairs: tuple[PairFigures | None, ...] = ()
        self._seen = Seen()
        self._limits: dict[str, float] = {}
        self._wanted_setting: Setting | None = None
        self._wanted_trial: Trial | None = None
        self._has_begun = False
        self._is_stale = True
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._read_again)
        library.changed.connect(self._on_library_changed)
        self._measuring.changed.connect(self._show)
        self._measuring.finished.connect(self._on_measured)
        self._measuring.job_wanted.connect(self.job_wanted)
        self._connect_page(page, actions)
        self._show()

    def _connect_page(self, page: ComparePage, actions: Actions) -> None:
        page.candidates_requested.connect(self._on_candidates_requested)
        page.added.connect(self._on_added)
        page.removed.connect(self._on_removed)
        page.reference_chosen.connect(self._on_reference_chosen)
        changes: dict[str, SignalInstance] = {
            "selected": page.model_selected,
            "metric": page.metric_selected,
            "differences_only": page.differences_toggled,
            "x": page.tradeoff.x_chosen,
            "y": page.tradeoff.y_chosen,
            "view": page.layers.view_chosen,
        }
        for name, signal in changes.items():
            signal.connect(partial(self._on_looked, name))
        page.setting_chosen.connect(self._on_setting_chosen)
        page.trial_chosen.connect(self._on_trial_chosen)
        page.tradeoff.limit_changed.connect(self._on_limit_changed)
        page.report_requested.connect(self._on_report_requested)
        page.models_requested.connect(self.models_wanted)
        page.compress_requested.connect(self._on_compress_requested)
        page.notice_action_requested.connect(self._measuring.act)
        page.panel.changed.connect(self._measuring.choose)
        page.panel.start_requested.connect(self._measuring.start)
        page.panel.dismissed.connect(self._measuring.close)
        actions["compare.measure"].triggered.connect(self._on_measure)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the models that are compared, the reference first."""
        return self._chosen

    def begin(self) -> None:
        """Get ready: the page is shown."""
        self._has_begun = True
        if not self._chosen:
            self._choose_first()
        if self._is_stale:
            self._read_again()
        self._page.focus_first()

    def compare_model(self, model_id: str) -> None:
        """Compare a model with what it was made from, and with what else was made of that."""
        models = self._library.models()
        model = next((one for one in models if one.id == model_id), None)
        if model is None:
            return
        known = {one.id for one in models}
        root = model.parent_id if model.parent_id in known else model.id
        children = [one.id for one in models if one.parent_id == root and one.id != model_id]
        # The newest of many siblings; the model itself is there in any case.
        family = dict.fromkeys([root or model_id, model_id, *reversed(children)])
        self._has_begun = True
        kept = set(list(family)[:MOST])
        self.choose([one for one in (root, *(each.id for each in models)) if one in kept])

    def choose(self, model_ids: Sequence[str | None]) -> None:
        """Compare these models; the first is the reference."""
        self._has_begun = True
        self._chosen = tuple(dict.fromkeys(one for one in model_ids if one))[:MOST]
        self._read_again()

    # Reading -------------------------------------------------------------------------

    def _choose_first(self) -> None:
        models = self._library.models()
        variants = [model for model in models if model.parent_id]
        if variants:
            self.compare_model(max(variants, key=lambda one: one.created_at).id)
        elif len(models) > 1:
            self.choose([model.id for model in models[-2:]])

    def _on_library_changed(self) -> None:
        self._is_stale = True
        if self._has_begun and self._page.isVisible() and not self._refresh.isActive():
            self._refresh.start()

    def _on_measured(self) -> None:
        # What was measured last is what one wants to see, whatever was looked at before.
        self._wanted_setting = self._wanted_trial = None
        self._on_library_changed()

    def _read_again(self) -> None:
        """Take models and figures from the index; read the comparison that fits them."""
        self._is_stale = False
        found = [(model_id, self._library.model(model_id)) for model_id in self._chosen]
        records = [record for _, record in found if record is not None]
        self._chosen = tuple(record.id for record in records)
        self._variants = tuple(
            Variant(record, tuple(self._library.measurements(record.id))) for record in records
        )
        parents = (self._library.model(record.parent_id) for record in records if record.parent_id)
        self._names = {parent.id: parent.name for parent in parents if parent is not None}
        self._measuring.take_models(records)
        job = newest_comparison(self._queue.jobs(), self._chosen) if len(records) > 1 else None
        has_it = job is not None and self._comparison is not None and self._comparison.run_id == job.run_id
        if not has_it:
            self._comparison = None
        is_reading = job is not None and not has_it
        answer = self._latest.only(self._on_comparison_read)
        if job is not None and not has_it:
            self._background.run(
                self, lambda: read_comparison(job), on_done=answer, on_failed=self._on_read_failed
            )
        self._settle(is_reading=is_reading)

    def _on_comparison_read(self, comparison: Comparison | None) -> None:
        self._comparison = comparison
        self._settle(is_reading=False)

    def _on_read_failed(self, error: Exception) -> None:
        self._settle(is_reading=False)
        raise error

    def _settle(self, *, is_reading: bool) -> None:
        """Work out figures and conditions anew."""
        self._pairs = self._pairs_of(self._comparison)
        settings = settings_of(self._variants)
        setting = self._wanted_setting if self._wanted_setting in settings else next(iter(settings), None)
        trials = trials_of(self._variants, setting)
        trial = self._wanted_trial if self._wanted_trial in trials else next(iter(trials), None)
        ids = {variant.id for variant in self._variants}
        self._seen = msgspec.structs.replace(
            self._seen,
            variants=self._variants,
            model_count=len(self._library.models()),
            settings=settings,
            setting=setting,
            trials=trials,
            trial=trial,
            datasets=self._dataset_names(),
            facts=facts_of(self._variants, self._names),
            comparison=self._comparison,
            differing=self._differing_of(self._comparison),
            is_reading=is_reading,
            selected=self._seen.selected if self._seen.selected in ids else "",
        )
        self._show()

    def _dataset_names(self) -> dict[str, str]:
        known = self._datasets.datasets()
        by_id = {one.id: one.name for one in known}
        names = {one.content_hash: one.name for one in known if one.content_hash}
        for variant in self._variants:
            for figure in variant.measurements:
                if figure.dataset_hash and figure.dataset_id in by_id:
                    names.setdefault(figure.dataset_hash, by_id[figure.dataset_id])
        return names

    def _differing_of(self, comparison: Comparison | None) -> tuple[DifferingRow, ...]:
        if comparison is None or comparison.n is None:
            return ()
        places = [comparison.model_ids.index(variant.id) for variant in self._variants]
        return differing_among(comparison.rows, places)

    def _pairs_of(self, comparison: Comparison | None) -> tuple[PairFigures | None, ...]:
        if comparison is None or not comparison.n or not comparison.has_all_rows:
            return ()
        places = [comparison.model_ids.index(variant.id) for variant in self._variants]
        return tuple(
            None if place == places[0] else pair_figures(comparison.rows, comparison.n, places[0], place)
            for place in places
        )

    def _fitting_pairs(self, trial: Trial | None) -> tuple[PairFigures | None, ...]:
        """Return the pairs where they were measured on what the accuracies stand for."""
        comparison = self._comparison
        if comparison is None or comparison.n is None or comparison.dataset_hash is None:
            return ()
        measured = Trial(comparison.dataset_hash, comparison.n, comparison.device, comparison.precision)
        return self._pairs if measured == trial else ()

    # Showing -------------------------------------------------------------------------

    def _show(self) -> None:
        seen = self._seen
        rows = (
            rows_of(seen.variants, seen.setting, seen.trial, self._fitting_pairs(seen.trial))
            if len(seen.variants) > 1
            else ()
        )
        metrics = {row.kind.metric: row for row in rows}
        y = seen.y if seen.y in metrics and any(metrics[seen.y].figures) else "accuracy"
        limit = self._limits.get(seen.x)
        if limit is None and rows:
            # As costly as the reference: what is better than it lies on this side.
            known = [figure.value for figure in metrics[seen.x].figures if figure is not None]
            limit = next(iter(known), None)
        self._seen = msgspec.structs.replace(
            seen, rows=rows, y=y, limit=limit, is_measuring=self._measuring.is_running
        )
        self._page.show_state(self._state())

    def _state(self) -> CompareState:
        state = self._wording.state(self._seen)
        return msgspec.structs.replace(state, panel=self._measuring.state())

    def _look(self, **changes: object) -> None:
        self._seen = msgspec.structs.replace(self._seen, **changes)
        self._show()

    def _on_looked(self, name: str, value: object) -> None:
        self._look(**{name: LayerView(str(value)) if name == "view" else value})

    def _on_added(self, model_id: str) -> None:
        self.choose([*self._chosen, model_id])

    def _on_removed(self, model_id: str) -> None:
        self.choose([one for one in self._chosen if one != model_id])

    def _on_reference_chosen(self, model_id: str) -> None:
        self.choose([model_id, *(one for one in self._chosen if one != model_id)])

    def _on_limit_changed(self, limit: float) -> None:
        self._limits[self._seen.x] = limit
        self._seen = msgspec.structs.replace(self._seen, limit=limit)
        self._page.show_tradeoff(self._state())

    def _on_setting_chosen(self, key: str) -> None:
        self._wanted_setting = next((one for one in self._seen.settings if key_of(one) == key), None)
        self._look(setting=self._wanted_setting)

    def _on_trial_chosen(self, key: str) -> None:
        self._wanted_trial = next((one for one in self._seen.trials if key_of(one) == key), None)
        self._look(trial=self._wanted_trial)

    # What the user asks for ----------------------------------------------------------

    def _on_candidates_requested(self) -> None:
        models = self._library.models()
        names = {model.id: model.name for model in models}
        self._page.offer(
            tuple(_candidate(model, names) for model in reversed(models) if model.id not in set(self._chosen))
        )

    def _on_compress_requested(self) -> None:
        models = self._library.models()
        if models:
            self.compress_wanted.emit(models[0].id)

    def _on_measure(self) -> None:
        self._measuring.open()
        self._page.panel.data.setFocus()

    def _on_report_requested(self, path: str) -> None:
        report = self._report.report(self._seen, self._page.report_pictures())
        save = save_picture if path.casefold().endswith(".png") else save_report
        try:
            save(Path(path), report)
        except AppError as error:
            problem = error.problem
            self._page.notice.show_state(NoticeState(Severity.ERROR, problem.summary, problem.advice))
            return
        title = self.tr("The report is saved.")
        self._page.notice.show_state(NoticeState(Severity.OK, title, path))


def _candidate(model: ModelRecord, names: dict[str, str]) -> Choice:
    made_from = names.get(model.parent_id or "", "")
    parts = (model.name, made_from and f"← {made_from}", model.precision, bytes_text(model.ir_bytes))
    return Choice(model.id, "  ·  ".join(part for part in parts if part), model.name)
