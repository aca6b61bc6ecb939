"""What the palette offers, and what happens to what is chosen there."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from app.domain.language import said
from app.domain.preference import PREFERENCES, Preference, Value
from app.domain.wording import bytes_text
from app.itemmodels.palette_list import PaletteEntry
from app.presenters.job_wording import status_of
from app.services.assembly import Services
from app.services.settings import Settings
from app.views.actions import ACTIONS, PAGES, shortcut_text, translated
from app.views.main_window import MainWindow


class PalettePresenter(QObject):
    """Gathers the entries when the palette is opened.

    Signals:
        model_wanted: The model with this id is to be shown.
        job_wanted: The job with this run id is to be shown.
        preferred: Id of a preference and the value that was chosen.
    """

    model_wanted = Signal(str)
    job_wanted = Signal(str)
    preferred = Signal(str, object)

    def __init__(self, window: MainWindow, services: Services, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._settings = settings
        window.actions_by_id["app.palette"].triggered.connect(self.open)
        window.palette_chosen.connect(self._on_chosen)

    def open(self) -> None:
        """Show the palette over everything that there is now."""
        here, elsewhere = self._actions()
        entries = (*here, *self._pages(), *elsewhere, *self._preferences(), *self._models(), *self._jobs())
        self._window.palette_popup.open(entries, self._settings.used)

    def _pages(self) -> Iterator[PaletteEntry]:
        for spec in PAGES:
            yield PaletteEntry(
                id=f"page:{spec.id}",
                title=translated(spec.title),
                hint=translated(spec.help),
                keys=shortcut_text(spec.shortcut),
                icon=spec.icon,
            )

    def _actions(self) -> tuple[list[PaletteEntry], list[PaletteEntry]]:
        """Return the actions of the page that is shown, and all others."""
        here: list[PaletteEntry] = []
        elsewhere: list[PaletteEntry] = []
        pages = {spec.id: translated(spec.title) for spec in PAGES}
        for spec in ACTIONS:
            if spec.menu or spec.id == "app.palette":
                continue
            action = self._window.actions_by_id[spec.id]
            told = action.toolTip()
            usual = translated(spec.help)
            reason = self.tr("not possible now") if told.startswith(usual) or not told else told
            entry = PaletteEntry(
                id=f"action:{spec.id}",
                title=translated(spec.title),
                hint=" · ".join(part for part in (pages.get(spec.page, ""), usual) if part),
                keys=shortcut_text(spec.shortcut),
                icon=spec.icon,
                why_not="" if action.isEnabled() else reason,
            )
            (here if spec.page == self._window.current_page else elsewhere).append(entry)
        return here, elsewhere

    def _preferences(self) -> Iterator[PaletteEntry]:
        where = next(translated(spec.title) for spec in PAGES if spec.id == "settings")
        for one in PREFERENCES:
            now = self._settings.preference(one)
            for value, title in self._choices(one):
                yield PaletteEntry(
                    id=f"set:{one.id}:{value}",
                    title=said("%1: %2", said(one.title), title),
                    hint=where,
                    icon="sliders",
                    why_not=self.tr("is so already") if value == now else "",
                )

    def _choices(self, one: Preference) -> Iterator[tuple[Value, str]]:
        if one.options:
            for option in one.options:
                yield option.value, said(option.title)
        elif not one.is_switch:
            for name in self._services.devices.names(self._settings.device):
                yield name, name
        else:
            yield True, self.tr("on")
            yield False, self.tr("off")

    def _models(self) -> Iterator[PaletteEntry]:
        kind = self.tr("Model")
        for model in self._services.models.models():
            about = (kind, model.method, model.precision, bytes_text(model.ir_bytes))
            yield PaletteEntry(id=f"model:{model.id}", title=model.name, hint=" · ".join(about), icon="stack")

    def _jobs(self) -> Iterator[PaletteEntry]:
        kind = self.tr("Job")
        for job in reversed(self._services.queue.jobs()):
            yield PaletteEntry(
                id=f"job:{job.run_id}", title=job.title, hint=f"{kind} · {status_of(job)}", icon="activity"
            )

    def _on_chosen(self, entry_id: str) -> None:
        self._settings.note_used(entry_id)
        kind, _, rest = entry_id.partition(":")
        match kind:
            case "page":
                self._window.show_page(rest)
            case "action":
                page = next(spec.page for spec in ACTIONS if spec.id == rest)
                if page:
                    self._window.show_page(page)
                self._window.actions_by_id[rest].trigger()
            case "model":
                self.model_wanted.emit(rest)
            case "job":
                self.job_wanted.emit(rest)
            case _:
                self._prefer(*rest.split(":", 1))

    def _prefer(self, preference_id: str, text: str) -> None:
        one = next(one for one in PREFERENCES if one.id == preference_id)
        value = next(value for value, _ in self._choices(one) if str(value) == text)
        self.preferred.emit(preference_id, value)
