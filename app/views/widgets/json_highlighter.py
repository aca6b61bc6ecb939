"""Colours the parts of a JSON text."""

import re
from typing import Final

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from typing_extensions import override

from app.views.look import Look

_PARTS: Final = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*"?)|(?P<number>-?\d[\d.eE+-]*)'
    r"|(?P<word>\b(?:true|false|null)\b)|(?P<sign>[{}\[\],:])"
)
_TOKENS: Final = {"key": "accent", "text": "ok", "number": "a2", "word": "warn", "sign": "dim"}


class JsonHighlighter(QSyntaxHighlighter):
    """Keys, texts, numbers and words, each in a colour of the theme."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self._formats: dict[str, QTextCharFormat] = {}
        look.changed.connect(self._take_colors)
        self._take_colors()

    def _take_colors(self) -> None:
        for part, token in _TOKENS.items():
            shape = QTextCharFormat()
            shape.setForeground(self._look.color(token))
            self._formats[part] = shape
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        for match in _PARTS.finditer(text):
            # Qt counts in UTF-16, and so does it in a line with emoji.
            start = _units(text[: match.start()])
            self.setFormat(start, _units(match.group(0)), self._formats[match.lastgroup or "sign"])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
