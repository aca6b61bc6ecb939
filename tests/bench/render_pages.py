"""Renders every page offscreen, in its states, both themes and two sizes, into the folder named first."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
from PySide6.QtCore import QDir, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.dataset import ColumnMap
from app.domain.errors import Problem
from app.domain.event import Timed
from app.domain.form import tree_of, with_value
from app.domain.job import JobState, Phase
from app.domain.json_text import json_text
from app.domain.model import ModelNote, TrashedModel
from app.domain.recipe import JpqdRecipe
from app.domain.series import RunSeries
from app.itemmodels.job_list import JobCard
from app.itemmodels.model_tree import ModelRow
from app.presenters.execution_wording import conditions_of, findings_of
from app.presenters.job_wording import details_of, notice_of, status_of, tiles_of
from app.services.cpu import CpuFeatures
from app.services.theme import Theme
from app.views.look import Look, text_font
from app.views.main_window import MainWindow, StatusState
from app.views.pages.compress_page import CompressState, FindingRow
from app.views.pages.jobs_page import JobsState
from app.views.pages.model_details import DetailsState
from app.views.pages.model_execution import ExecutionState
from app.views.pages.model_matrix import MatrixState
from app.views.pages.model_sparsity import MatricesState
from app.views.pages.model_trash import TrashState
from app.views.pages.models_page import ModelsState
from app.views.widgets.chooser import Choice
from app.views.widgets.column_mapping import MappingState
from app.views.widgets.notice import NoticeAction, NoticeState, Severity
from app.views.widgets.recipe_panel import JsonState
from app.views.widgets.training_charts import ComparisonState
from app.views.widgets.way_cards import WayCard
from tests.factories import (
    make_execution,
    make_job,
    make_measurements,
    make_model,
    make_run,
    make_variant,
    state_after,
)

SIZES = (QSize(1280, 800), QSize(1920, 1080))
THEME = Path(__file__).resolve().parents[2] / "resources" / "theme"


def model_rows(count: int = 0) -> tuple[ModelRow, ...]:
    figures = [make_measurements("m-1", p50_ms=8.91, accuracy=0.912, size=61.4e6)]
    figures.append(make_measurements("m-2", p50_ms=2.12, accuracy=0.908, size=11.9e6))
    rows = [
        ModelRow(make_model(), figures[0][3], figures[0][0]),
        ModelRow(make_variant(), figures[1][3], figures[1][0]),
        ModelRow(
            make_variant("m-3", "a-much-longer-name-than-fits-the-column-of-names-sparsity-060-epochs-12")
        ),
        ModelRow(
            make_model(
                "m-4",
                "imported-ir",
                structure=None,
                has_checkpoint=False,
                precision="INT8",
                ir_bytes=22_000_000,
            )
        ),
    ]
    rows += [ModelRow(make_model(f"m-x{n}", f"bert-run-{n:02}")) for n in range(count)]
    return tuple(rows)


def execution_state(*, is_timed: bool = True) -> ExecutionState:
    """Return a quantized network of which a part fell back, on an old processor."""
    execution = make_execution(layers=6)
    fallen = msgspec.structs.replace(
        execution.nodes[3], inputs=("f32", "f32"), kernel="gemm_mlas_f32", precision="f32"
    )
    nodes = (*execution.nodes[:3], fallen, *execution.nodes[4:])
    if not is_timed:
        nodes = tuple(msgspec.structs.replace(node, time_ms=None) for node in nodes)
    ran = msgspec.structs.replace(execution, nodes=nodes, requests=30 if is_timed else 0)
    cpu = CpuFeatures(name="old", has_vnni=False, has_amx=False)
    return ExecutionState(ran, findings_of(ran, cpu), conditions_of(ran))


def models_states() -> dict[str, Callable[[MainWindow], None]]:
    figures = tuple(make_measurements("m-2", p50_ms=2.12, accuracy=0.908, size=11.9e6))

    def show(window: MainWindow, state: ModelsState, notice: NoticeState | None = None) -> None:
        window.show_page("models")
        window.models.show_state(state)
        window.models.notice.show_state(notice)

    broken = NoticeState(
        Severity.ERROR,
        "The weights of this model are broken: tensor bert.encoder.layer.3.output.dense.weight is missing.",
        "Download the model again and import the new folder. Nothing was added to the workspace.",
        (NoticeAction("details", "Copy details"), NoticeAction("job", "Show job")),
    )
    busy = NoticeState(Severity.INFO, "Importing sentiment… 40 %", "", (NoticeAction("job", "Show job"),))
    trash = NoticeState(Severity.INFO, "“jpqd-fast” is in the trash.", "", (NoticeAction("undo", "Undo"),))
    selected = ModelsState(model_rows(), "m-2", DetailsState(measurements=figures))
    tagged = ModelNote("Ready for the demo. Measured again after the driver update.", ("demo", "int8"))
    rows = tuple(
        msgspec.structs.replace(row, note=tagged) if row.id == "m-2" else row for row in model_rows(200)
    )
    crowded = ModelsState(rows, "m-2", DetailsState(measurements=figures))
    unread = Problem(
        "weights_broken", "The weights cannot be read: invalid header.", "Import the model again."
    )
    trashed = (
        TrashedModel(make_variant("m-8", "jpqd-first-try"), "2026-11-22T18:00:00+00:00"),
        TrashedModel(make_model("m-9", "old-sentiment"), "2026-11-20T09:12:00+00:00"),
    )

    ran, untimed = execution_state(), execution_state(is_timed=False)

    def tab(window: MainWindow, name: str, details: DetailsState, *, searched: str = "") -> None:
        show(window, msgspec.structs.replace(crowded, details=details))
        window.models.details.tabs.choose(name)
        window.models.search.setText(searched)

    def back(window: MainWindow, state: ModelsState) -> None:
        window.models.search.clear()
        window.models.details.tabs.choose("overview")
        show(window, state)

    return {
        "empty": lambda window: back(window, ModelsState()),
        "crowded": lambda window: back(window, crowded),
        "nothing-found": lambda window: tab(window, "notes", crowded.details, searched="tag:nothing"),
        "tag-found": lambda window: tab(window, "notes", crowded.details, searched="tag:demo"),
        "execution": lambda window: tab(window, "execution", DetailsState(execution=ran)),
        "execution-loading": lambda window: tab(
            window, "execution", DetailsState(execution=ExecutionState(is_loading=True))
        ),
        "execution-error": lambda window: tab(
            window, "execution", DetailsState(execution=ExecutionState(problem=unread))
        ),
        "execution-not-timed": lambda window: tab(window, "execution", DetailsState(execution=untimed)),
        "sparsity-loading": lambda window: tab(
            window, "sparsity", DetailsState(matrices=MatricesState(is_loading=True))
        ),
        "sparsity-error": lambda window: tab(
            window, "sparsity", DetailsState(matrices=MatricesState(problem=unread))
        ),
        "matrix-error": lambda window: tab(
            window, "matrix", DetailsState(matrix=MatrixState(problem=unread))
        ),
        "trash": lambda window: back(
            window, ModelsState(trash=TrashState(trashed, {"m-8": 41_000_000, "m-9": 92_000_000}), trashed=2)
        ),
        "trash-empty": lambda window: back(window, ModelsState(trash=TrashState())),
        "busy": lambda window: back(window, ModelsState()) or show(window, ModelsState(trashed=2), busy),
        "error": lambda window: show(window, selected, broken),
        "full": lambda window: show(window, selected),
        "original": lambda window: show(window, ModelsState(model_rows(), "m-1"), trash),
        "ir": lambda window: show(window, ModelsState(model_rows(12), "m-4")),
    }


def compress_states() -> dict[str, Callable[[MainWindow], None]]:
    plain = tree_of(JpqdRecipe(name="jpqd-fast"))
    findings = (
        FindingRow(Severity.OK, "Text classification", "bert with 2 classes"),
        FindingRow(Severity.OK, "Data", "8,000 sentences to train on"),
        FindingRow(Severity.OK, "INT8", "This processor has VNNI"),
        FindingRow(
            Severity.OK, "Space on the disk", "About 640 MB for checkpoints and the result, 48,120 MB free"
        ),
        FindingRow(Severity.OK, "Time", "About 3 to 4 minutes, by earlier runs on this computer"),
    )
    warned = (
        FindingRow(Severity.ERROR, "No training data", "Choose a dataset or a file."),
        FindingRow(
            Severity.WARNING,
            "INT8 sums can overflow on this processor",
            "It has neither VNNI nor AMX. Set the saturation fix to “enable”, or run the result elsewhere.",
        ),
        *findings[3:],
    )
    ways = (
        WayCard(
            id="jpqd-fast",
            title="JPQD, quick",
            when="A first look: prunes, quantizes and distils in one short run. Needs labelled sentences.",
            facts="Removes 40 % · INT8 · 2 epochs · 4,000 sentences\nAbout 3.1 to 4.2 min here",
            badge="recommended",
            reason="Nothing was made from these 22.7 M parameters yet: see first what they bear.",
        ),
        WayCard(
            id="jpqd-best",
            title="JPQD, thorough",
            when="The model to ship: removes more, trains on all the data. Needs some thousand sentences.",
            facts="Removes 58 % · INT8 · 6 epochs · 7,500 sentences\nTime not measured here yet",
        ),
        WayCard(
            id="own",
            title="Your own",
            when="jpqd-fast, changed by hand.",
            facts="Removes 50 % · INT8 · 2 epochs · 4,000 sentences",
        ),
    )
    full = CompressState(
        models=(Choice("m-1", "sentiment"), Choice("m-2", "jpqd-fast")),
        model_id="m-1",
        ways=ways,
        way="own",
        datasets=(
            Choice("d-1", "reviews · train · 8,000 rows"),
            Choice("d-2", "reviews · evaluation · 600 rows"),
        ),
        train_id="d-1",
        evaluation_id="d-2",
        name="sentiment-jpqd-fast",
        values=with_value(plain, "sparsity.target", 0.5),
        recipe_values=plain,
        changed=1,
        json=JsonState(json_text(with_value(plain, "sparsity.target", 0.5))),
        findings=findings,
        command="whittle compress sentiment jpqd-fast --data reviews --set sparsity.target=0.5 --name half",
    )
    replace = msgspec.structs.replace
    wrong = replace(
        full,
        values=with_value(with_value(plain, "training.epochs", 0.8), "sparsity.ignored", ["("]),
        reasons={
            "sparsity.warmup_end_epoch": "Training ends earlier, after 0.8 epochs.",
            "sparsity.ignored": "“(” is no regular expression: missing ) at position 0.",
        },
        findings=warned,
        command="",
        train_id="",
        why_not="Two fields are wrong: see the marked ones.",
        mapping=MappingState(
            "/home/ada/data/hotel-reviews.csv",
            ("id", "review", "stars", "sentiment"),
            ColumnMap("review", "sentiment"),
            (("1", "The room was spotless and the breakfast generous.", "5", "positive"),),
            ("negative", "positive"),
        ),
    )
    empty = CompressState(
        ways=ways[:2],
        way="jpqd-fast",
        datasets=full.datasets,
        train_id="d-1",
        evaluation_id="d-2",
        values=plain,
        recipe_values=plain,
        why_not="There is no model yet: add one on the page Models.",
    )

    def show(window: MainWindow, state: CompressState) -> None:
        window.show_page("compress")
        window.compress.show_state(state)

    return {
        "empty": lambda window: show(window, empty),
        "full": lambda window: show(window, full),
        "error": lambda window: show(window, wrong),
    }


def job_states() -> dict[str, Callable[[MainWindow], None]]:
    running, finished = make_run(until=860), make_run(finishes=True)
    jobs = {
        "running": make_job("r-1", state=state_after(running)),
        "queued": make_job("r-2", "Benchmark · sentiment-jpqd"),
        "stopped": make_job(
            "r-3",
            "JPQD · a-model-with-quite-a-long-name",
            msgspec.structs.replace(state_after(running), phase=Phase.INTERRUPTED),
        ),
        "finished": make_job("r-4", state=state_after(finished)),
        "failed": make_job(
            "r-5",
            "Import · broken-folder",
            JobState(
                phase=Phase.FAILED,
                problem=Problem(
                    "weights_broken", "The weights are truncated.", "Download them again.", "Traceback…"
                ),
            ),
        ),
    }

    def show(window: MainWindow, selected: str, events: list[Timed], *, beneath: bool = False) -> None:
        window.show_page("jobs")
        series = RunSeries()
        series.add(events)
        job = next(job for job in jobs.values() if job.run_id == selected)
        window.jobs.show_state(
            JobsState(
                tuple(JobCard(job, status_of(job)) for job in jobs.values()),
                selected,
                "1 running · 1 queued",
                tiles_of(job, series),
                notice_of(job, series),
                has_training=bool(series.curves),
                details=details_of(job),
                earlier=187 if selected == "r-4" else 0,
                comparison=ComparisonState(
                    (Choice("r-9", "22 Nov, 18:31 · JPQD · sentiment"),), "r-9" if beneath else ""
                ),
            )
        )
        other = RunSeries()
        other.add(make_run(total_steps=900, until=900))
        name = "22 Nov, 18:31"
        window.jobs.show_series(
            series, is_live=selected == "r-1", other=other if beneath else None, other_name=name
        )

    def show_empty(window: MainWindow) -> None:
        window.show_page("jobs")
        window.jobs.show_state(JobsState())

    return {
        "empty": show_empty,
        "busy": lambda window: show(window, "r-1", running),
        "finished": lambda window: show(window, "r-4", finished),
        "compared": lambda window: show(window, "r-1", running, beneath=True),
        "interrupted": lambda window: show(window, "r-3", running),
        "error": lambda window: show(window, "r-5", running[:2]),
    }


def main(folder: Path, wanted: str = "") -> int:
    """Write one picture a page, state, theme and size whose name contains ``wanted``."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setFont(text_font())
    QDir.addSearchPath("theme", str(THEME))
    theme, look = Theme(app, THEME), Look()
    theme.changed.connect(look.show_tokens)
    status = StatusState(
        "CPU · AVX-512 VNNI · 2 cores",
        "412.0 MB in this workspace",
        "/home/ada/whittle",
        "JPQD · sentiment 72 %",
    )
    pages = {"models": models_states(), "compress": compress_states(), "jobs": job_states()}
    for scheme in ("light", "dark"):
        theme.apply(scheme)
        for size in SIZES:
            window = MainWindow(look)
            window.resize(size)
            window.show_status(status)
            window.show()
            for page, states in pages.items():
                for state, show in states.items():
                    name = f"{page}-{state}-{scheme}-{size.width()}.png"
                    if wanted in name:
                        show(window)
                        QTest.qWait(350)
                        window.grab().save(str(folder / name))
            window.close()
            window.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:3]))
