"""What the monkey presses, types and chooses from."""

from PySide6.QtCore import QSize, Qt

from app.services.theme import Scheme

THEMES: tuple[Scheme, ...] = ("light", "dark", "system")
SIZES = (QSize(1040, 640), QSize(1280, 800), QSize(1920, 1080), QSize(1111, 777))
KEYS = (
    *(Qt.Key.Key_Tab,) * 4,
    *(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right) * 2,
    *(Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape) * 2,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_F2,
    Qt.Key.Key_Menu,
)
LASTING = frozenset({"models.trash", "models.paste", "jobs.trash", "jobs.discard", "jobs.resume"})
"""Actions that change what there is to play with."""
MENU_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Escape)
TEXTS = (
    "0.5",
    "-1e999",
    "nan",
    "17",
    "sentiment",
    "jpqd",
    "prajjwal1/bert-tiny",
    "https://huggingface.co/google/mobilebert-uncased",
    "A lovely day\nNever again\nA lovely day",
    "(.*[",
    '{"target": ".*", "mode": "structure"}',
    "{",
    "ünïcödé 中文 עברית 🙂",
    "x" * 3_000,
    "%1 %2 &amp; <b>bold</b>",
    "   ",
)
