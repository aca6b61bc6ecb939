"""Errors that the user can act on; every other exception is a bug."""

import msgspec
from typing_extensions import override


class Problem(msgspec.Struct, frozen=True):
    """A failure in the user's terms, safe to store and to send between processes."""

    code: str
    """Stable identifier: views translate by it, tests assert on it."""
    summary: str
    """What happened, one sentence."""
    advice: str = ""
    """What to do next, one sentence."""
    detail: str = ""
    """Traceback or captured output, shown only on request."""

    @override
    def __str__(self) -> str:
        return f"{self.summary} {self.advice}".strip()


class AppError(Exception):
    """Raised where the input or the environment, not the program, is at fault."""

    def __init__(self, code: str, summary: str, advice: str = "", detail: str = "") -> None:
        super().__init__(f"{summary} {advice}".strip())
        self.problem = Problem(code, summary, advice, detail)
