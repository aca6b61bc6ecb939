"""Every action of the window as data: buttons, menus, tooltips and shortcuts come from this table."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence


class ActionSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One action. ``page`` is where its button stands, empty for actions of the whole window."""

    id: str
    title: str
    icon: str
    page: str = ""
    shortcut: str = ""
    help: str = ""
    is_primary: bool = False
    in_header: bool = True
    menu: tuple[str, ...] = ()
    """Ids of actions that the button offers instead of acting itself."""
    also: tuple[str, ...] = ()
    """Other keys that do the same."""
    at_bottom: bool = False
    """Of a page: whether its button stands at the lower end of the rail."""


_CONTEXT: Final = "actions"


def _spec(
    action_id: str,
    title: str,
    icon_name: str,
    page: str = "",
    shortcut: str = "",
    help_text: str = "",
    *,
    is_primary: bool = False,
    in_header: bool = True,
    menu: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    at_bottom: bool = False,
) -> ActionSpec:
    return ActionSpec(
        id=action_id,
        title=title,
        icon=icon_name,
        page=page,
        shortcut=shortcut,
        help=help_text,
        is_primary=is_primary,
        in_header=in_header,
        menu=menu,
        also=also,
        at_bottom=at_bottom,
    )


PAGES: Final = (
    _spec("models", "Models", "stack", shortcut="Ctrl+1", help_text="Models of this workspace"),
    _spec("compress", "Compress", "arrows-in", shortcut="Ctrl+2", help_text="Make a model small and fast"),
    _spec("jobs", "Jobs", "activity", shortcut="Ctrl+3", help_text="Running, waiting and finished jobs"),
    _spec("compare", "Compare", "columns", shortcut="Ctrl+4", help_text="Models beside each other"),
    _spec("try", "Try", "chat-text", shortcut="Ctrl+5", help_text="Models side by side on your own texts"),
    _spec(
        "settings",
        "Settings",
        "gear-six",
        shortcut="Ctrl+,",
        also=("Ctrl+8",),
        help_text="Look, language, workspace, network, cache",
        at_bottom=True,
    ),
)

ACTIONS: Final = (
    _spec(
        "app.palette",
        "Search everything…",
        "magnifying-glass",
        "",
        "Ctrl+K",
        "Actions, pages, models and jobs",
    ),
    _spec("app.help", "Help", "question", "", "F1", "What this page is for"),
    _spec("app.shortcuts", "Keyboard shortcuts", "keyboard", "", "Ctrl+/", "All of them, page by page"),
    _spec("app.about", "About Whittle", "info", "", "", "Versions and licences"),
    _spec("app.larger", "Larger", "plus", "", "Ctrl++", "Text and everything around it", also=("Ctrl+=",)),
    _spec("app.smaller", "Smaller", "minus", "", "Ctrl+-", "Text and everything around it"),
    _spec("app.usual_size", "Usual size", "text-aa", "", "Ctrl+0", "As at a desk: 100 %"),
    _spec(
        "models.add",
        "Add…",
        "plus",
        "models",
        help_text="Add a model from a folder or a file",
        menu=("models.add_folder", "models.add_file", "models.paste", "models.add_starter"),
    ),
    _spec(
        "models.add_folder",
        "Model folder…",
        "folder-open",
        "models",
        "Ctrl+O",
        "Hugging Face or OpenVINO",
        in_header=False,
    ),
    _spec(
        "models.add_file",
        "OpenVINO IR (.xml)…",
        "file",
        "models",
        "Ctrl+Shift+O",
        "One IR file",
        in_header=False,
    ),
    _spec(
        "models.add_starter",
        "Starter: sentiment",
        "sparkle",
        "models",
        help_text="It comes with Whittle",
        in_header=False,
    ),
    _spec(
        "models.compress",
        "Compress",
        "arrows-in-simple",
        "models",
        "Ctrl+Return",
        "Compress the selected model",
        is_primary=True,
    ),
    _spec(
        "models.try",
        "Try",
        "chat-text",
        "models",
        "Ctrl+T",
        "Try the selected model beside what it was made from",
    ),
    _spec(
        "models.compare",
        "Compare",
        "columns",
        "models",
        "Ctrl+D",
        "Compare the selected model with what it was made from and its siblings",
    ),
    _spec(
        "models.more",
        "More…",
        "dots-three",
        "models",
        help_text="Measure, rename, export, trash",
        menu=(
            "models.benchmark",
            "models.rename",
            "models.export_ir",
            "models.export_checkpoint",
            "models.trash",
            "models.undo",
            "models.show_trash",
        ),
    ),
    _spec("models.benchmark", "Benchmark", "timer", "models", "Ctrl+M", "Measure the model", in_header=False),
    _spec("models.find", "Search models", "magnifying-glass", "models", "Ctrl+F", in_header=False),
    _spec(
        "models.paste",
        "Paste an address",
        "clipboard-text",
        "models",
        "Ctrl+V",
        "Add the models whose folders, hub ids or URLs are on the clipboard",
        in_header=False,
    ),
    _spec(
        "models.rename",
        "Rename",
        "pencil-simple",
        "models",
        "F2",
        "Give the selected model another name",
        in_header=False,
    ),
    _spec(
        "models.export_ir",
        "Export OpenVINO IR…",
        "export",
        "models",
        "Ctrl+Shift+E",
        "Copy the selected model's IR and tokenizer to a folder",
        in_header=False,
    ),
    _spec(
        "models.export_checkpoint",
        "Export Hugging Face folder…",
        "export",
        "models",
        help_text="Copy the selected model's checkpoint and tokenizer to a folder",
        in_header=False,
    ),
    _spec(
        "models.trash",
        "Move to trash",
        "trash",
        "models",
        "Del",
        "Move the selected model to the trash",
        in_header=False,
    ),
    _spec(
        "models.undo",
        "Undo move to trash",
        "arrow-counter-clockwise",
        "models",
        "Ctrl+Z",
        "Bring back what was moved to the trash last",
        in_header=False,
    ),
    _spec(
        "models.show_trash",
        "Show trash",
        "trash-simple",
        "models",
        "Ctrl+Shift+D",
        "What is in the trash: restore or delete for good",
        in_header=False,
    ),
    _spec(
        "models.execute",
        "Run again",
        "arrow-clockwise",
        "models",
        "F5",
        "Read once more which kernels run, and how long they take",
        in_header=False,
    ),
    _spec(
        "models.copy_rows",
        "Copy rows",
        "copy",
        "models",
        "Ctrl+Shift+C",
        "Copy the rows of the table that is shown",
        in_header=False,
    ),
    _spec(
        "models.save_rows",
        "Save rows as CSV…",
        "floppy-disk",
        "models",
        "Ctrl+Shift+S",
        "Save the rows of the table that is shown",
        in_header=False,
    ),
    _spec(
        "compress.copy",
        "Copy as command",
        "terminal-window",
        "compress",
        "Ctrl+Shift+C",
        "Copy the command line",
    ),
    _spec(
        "compress.copy_python",
        "Copy as Python",
        "code",
        "compress",
        "Ctrl+Shift+Y",
        "Copy a script that does the same",
    ),
    _spec(
        "compress.import",
        "Import…",
        "folder-open",
        "compress",
        "Ctrl+O",
        "Take a recipe from a file, Whittle's or NNCF's",
        in_header=False,
    ),
    _spec(
        "compress.export",
        "Export…",
        "floppy-disk",
        "compress",
        "Ctrl+S",
        "Write the recipe to a file",
        in_header=False,
    ),
    _spec(
        "compress.start",
        "Start",
        "play",
        "compress",
        "Ctrl+Return",
        "Put this into the queue",
        is_primary=True,
    ),
    _spec(
        "compare.add", "Add…", "plus", "compare", "Ctrl+N", "One more model, eight at most", in_header=False
    ),
    _spec(
        "compare.copy",
        "Copy rows",
        "copy",
        "compare",
        "Ctrl+Shift+C",
        "Copy the selected inputs, or all that are listed",
        in_header=False,
    ),
    _spec("compare.report", "Report…", "file-text", "compare", "Ctrl+S", "Save all of this as one HTML file"),
    _spec(
        "compare.measure",
        "Measure these",
        "timer",
        "compare",
        "Ctrl+Return",
        "Measure these models under the same conditions, and compare their answers",
        is_primary=True,
    ),
    _spec(
        "settings.open_workspace",
        "Open another workspace…",
        "folder-open",
        "settings",
        "Ctrl+O",
        "Choose its folder, or an empty one",
        in_header=False,
    ),
    _spec("try.add", "Add another model", "plus", "try", "Ctrl+N", "Beside the others, four at most"),
    _spec("try.run", "Run", "play", "try", "Ctrl+Return", "Ask all models again", is_primary=True),
    _spec("jobs.pause", "Pause", "pause", "jobs", "Ctrl+P", "Write a checkpoint and stop; can be resumed"),
    _spec(
        "jobs.stop_early",
        "Stop early",
        "skip-forward",
        "jobs",
        "Ctrl+E",
        "End training now and keep what is best",
    ),
    _spec("jobs.cancel", "Cancel", "x", "jobs", "Ctrl+Shift+Backspace", "End the job and keep nothing"),
    _spec(
        "jobs.resume", "Resume", "play", "jobs", "Ctrl+R", "Go on from the last checkpoint", in_header=False
    ),
    _spec("jobs.discard", "Discard…", "trash", "jobs", "", "Delete the checkpoints", in_header=False),
    _spec("jobs.up", "Move up", "arrow-up", "jobs", "Alt+Up", "Run it earlier", in_header=False),
    _spec("jobs.down", "Move down", "arrow-down", "jobs", "Alt+Down", "Run it later", in_header=False),
    _spec(
        "jobs.show_model",
        "Show model",
        "stack",
        "jobs",
        "Ctrl+M",
        "Show the model that was made",
        in_header=False,
    ),
    _spec(
        "jobs.replay",
        "Replay",
        "clock-counter-clockwise",
        "jobs",
        "Ctrl+Shift+R",
        "Go through the head map of the run, or stop",
        in_header=False,
    ),
    _spec(
        "jobs.folder",
        "Open run folder",
        "folder-open",
        "jobs",
        "Ctrl+Shift+F",
        help_text="Spec, events and log of the run as files",
        in_header=False,
    ),
    _spec(
        "jobs.trash",
        "Move to trash",
        "trash",
        "jobs",
        "Del",
        "Take an ended job off the list; its model stays",
        in_header=False,
    ),
)


def translated(text: str) -> str:
    """Return a text of the tables above in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, text)


def shortcut_text(keys: str) -> str:
    """Return keys as this system and language write them, empty for none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
