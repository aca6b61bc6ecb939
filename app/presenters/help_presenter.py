"""What the panel at the right says: help for the page, the shortcuts, about the program."""

from html import escape
from typing import Literal

from PySide6.QtCore import QObject

from app.domain.errors import AppError
from app.domain.language import ENGLISH, spoken
from app.services.resources import resource
from app.services.versions import components, notice_text, own_version
from app.views.actions import ACTIONS, PAGES, ActionSpec, shortcut_text, translated
from app.views.main_window import MainWindow
from app.views.widgets.side_panel import PanelState

Topic = Literal["help", "shortcuts", "about"]


class HelpPresenter(QObject):
    """Help follows the page that is shown; the same key closes what it opened."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._topic: Topic | None = None
        actions = window.actions_by_id
        actions["app.help"].triggered.connect(lambda: self.toggle("help"))
        actions["app.shortcuts"].triggered.connect(lambda: self.toggle("shortcuts"))
        actions["app.about"].triggered.connect(lambda: self.toggle("about"))
        window.page_shown.connect(self._on_page_shown)
        window.panel.closed.connect(self._on_closed)

    def toggle(self, topic: Topic) -> None:
        """Open the panel on a topic, or close it where it is open on it."""
        if self._topic == topic:
            self._on_closed()
            return
        self._topic = topic
        self._show()
        self._window.panel.focus_first()

    def _on_closed(self) -> None:
        self._topic = None
        self._show()
        self._window.focus_page()

    def _on_page_shown(self) -> None:
        if self._topic == "help":
            self._show()

    def _show(self) -> None:
        match self._topic:
            case None:
                state = None
            case "help":
                page = next(spec for spec in PAGES if spec.id == self._window.current_page)
                state = PanelState(
                    self.tr("Help: %1").replace("%1", translated(page.title)), self._help_html(page.id)
                )
            case "shortcuts":
                state = PanelState(self.tr("Keyboard shortcuts"), self._shortcuts_html())
            case "about":
                state = PanelState(self.tr("About Whittle"), self._about_html())
        self._window.panel.show_state(state)

    def _help_html(self, page_id: str) -> str:
        body = _markdown_body(help_text(page_id))
        rows = _rows([spec for spec in ACTIONS if spec.page == page_id])
        keys = f"<h3>{escape(self.tr('Shortcuts of this page'))}</h3>{rows}" if rows else ""
        return body + keys

    def _shortcuts_html(self) -> str:
        parts = [f"<h3>{escape(self.tr('Everywhere'))}</h3>"]
        parts.append(_rows([*PAGES, *(spec for spec in ACTIONS if not spec.page)]))
        for page in PAGES:
            rows = _rows([spec for spec in ACTIONS if spec.page == page.id])
            if rows:
                parts.append(f"<h3>{escape(translated(page.title))}</h3>{rows}")
        return "".join(parts)

    def _about_html(self) -> str:
        what = self.tr(
            "Makes Transformers small and fast for OpenVINO, and shows what was cut away. "
            "Everything runs on this computer; nothing is sent anywhere."
        )
        licence = self.tr("Licensed under the Apache License, Version 2.0.")
        rows = "".join(
            f"<tr><td>{escape(one.name)}</td><td>{escape(one.version)}</td>"
            f"<td class='dim'>{escape(one.licence)}</td></tr>"
            for one in components()
        )
        notice = escape(notice_text()).replace("\n", "<br>")
        return (
            f"<h2>Whittle {escape(own_version())}</h2><p>{escape(what)}</p><p>{escape(licence)}</p>"
            f"<h3>{escape(self.tr('It stands on'))}</h3><table>{rows}</table>"
            f"<h3>NOTICE</h3><p class='dim'>{notice}</p>"
        )


def help_text(page_id: str) -> str:
    """Return the help of a page in the spoken language, in English where it is missing there."""
    try:
        return resource(f"help/{spoken().code}/{page_id}.md").read_text("utf-8")
    except AppError:
        return resource(f"help/{ENGLISH.code}/{page_id}.md").read_text("utf-8")


def _markdown_body(text: str) -> str:
    """Return Markdown as HTML without the colours and sizes that Qt would write into it."""
    parts: list[str] = []
    in_list = ""
    for block in text.strip().split("\n"):
        line = block.strip()
        kind = (
            "ol"
            if line[:2] in {f"{number}." for number in range(1, 10)}
            else "ul"
            if line[:2] == "- "
            else ""
        )
        if in_list and kind != in_list:
            parts.append(f"</{in_list}>")
        if kind and kind != in_list:
            parts.append(f"<{kind}>")
        in_list = kind
        if kind:
            parts.append(f"<li>{_inline(line[2:].strip())}</li>")
        elif line.startswith("## "):
            parts.append(f"<h3>{_inline(line[3:])}</h3>")
        elif line:
            parts.append(f"<p>{_inline(line)}</p>")
    if in_list:
        parts.append(f"</{in_list}>")
    return "".join(parts)


def _inline(text: str) -> str:
    """Return a line with ``**bold**`` and ```code``` as HTML."""
    pieces: list[str] = []
    for place, part in enumerate(escape(text).split("**")):
        codes = [f"<code>{one}</code>" if at % 2 else one for at, one in enumerate(part.split("`"))]
        pieces.append(f"<b>{''.join(codes)}</b>" if place % 2 else "".join(codes))
    return "".join(pieces)


def _rows(specs: list[ActionSpec]) -> str:
    """Return a table of keys and what they do; empty where none has keys."""
    rows = [
        f"<tr><td class='keys'>{escape(shortcut_text(spec.shortcut)).replace(' ', '&nbsp;')}</td>"
        f"<td>{escape(translated(spec.title))}"
        f"<br><span class='dim'>{escape(translated(spec.help))}</span></td></tr>"
        for spec in specs
        if spec.shortcut
    ]
    return f"<table>{''.join(rows)}</table>" if rows else ""
