"""A comparison as one HTML file that needs nothing beside it: tables, and charts as inline SVG."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

import msgspec

from app.domain.errors import AppError
from app.domain.language import said

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 14px/1.5 Inter, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #1b1f24;
  background: #ffffff; max-width: 1080px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 32px 0 8px; }
p { margin: 4px 0 8px; } .dim { color: #5c6570; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid #e3e6ea; text-align: right; vertical-align: top; }
th { color: #5c6570; font-weight: 400; } th:first-child, td:first-child { text-align: left; }
table.words td, table.words th { text-align: left; }
td.best { font-weight: 600; } td.wrong { color: #b42318; }
td .against { color: #5c6570; font-weight: 400; font-size: 12px; margin-left: 8px; }
figure { margin: 12px 0; page-break-inside: avoid; } figcaption { color: #5c6570; }
figure svg { max-width: 100%; height: auto; border: 1px solid #e3e6ea; border-radius: 8px; }
tr { page-break-inside: avoid; }
@media print { body { margin: 0; max-width: none; } }
""".strip()
_PROLOGUE: Final = re.compile(r"^\s*(<\?xml.*?\?>)?\s*(<!DOCTYPE.*?>)?\s*", re.DOTALL)


class ReportCell(msgspec.Struct, frozen=True):
    """One cell of a table."""

    text: str
    against: str = ""
    is_best: bool = False
    is_wrong: bool = False


class ReportTable(msgspec.Struct, frozen=True):
    """A table under a heading."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    note: str = ""
    is_words: bool = False
    """Whether its columns are read from the left."""


class ReportPicture(msgspec.Struct, frozen=True):
    """A chart: an SVG document and what it shows."""

    title: str
    svg: str


class Report(msgspec.Struct, frozen=True):
    """Everything that the file says; texts are plain and escaped on the way."""

    language: str
    title: str
    lines: tuple[str, ...]
    pictures: tuple[ReportPicture, ...]
    tables: tuple[ReportTable, ...]


def report_html(report: Report) -> str:
    """Return the whole document."""
    head = (
        f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(report.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
    )
    parts = [f"<h1>{escape(report.title)}</h1>"]
    parts += [f'<p class="dim">{escape(line)}</p>' for line in report.lines]
    # The first table is the answer; the pictures explain it, and the long lists follow.
    parts += [_table(table) for table in report.tables[:1]]
    parts += [_picture(picture) for picture in report.pictures]
    parts += [_table(table) for table in report.tables[1:]]
    return head + "\n".join(parts) + "\n</body>\n</html>\n"


def save_report(path: Path, report: Report) -> None:
    """Write the document.

    Raises:
        AppError: report_not_saved.
    """
    try:
        path.write_text(report_html(report), "utf-8")
    except OSError as error:
        raise AppError(
            "report_not_saved",
            said("The report was not saved: %1.", error.strerror or error),
            said("Choose another folder, or free some space."),
            str(error),
        ) from error


def _picture(picture: ReportPicture) -> str:
    svg = _PROLOGUE.sub("", picture.svg).strip()
    return f"<figure>\n{svg}\n<figcaption>{escape(picture.title)}</figcaption>\n</figure>"


def _table(table: ReportTable) -> str:
    lines = [f"<h2>{escape(table.title)}</h2>"]
    if table.note:
        lines.append(f'<p class="dim">{escape(table.note)}</p>')
    if not table.rows:
        return "\n".join(lines)
    lines.append('<table class="words">' if table.is_words else "<table>")
    lines.append(f"<thead><tr>{''.join(f'<th>{escape(one)}</th>' for one in table.header)}</tr></thead>")
    lines.append("<tbody>")
    lines += [f"<tr>{_cells(row)}</tr>" for row in table.rows]
    lines.append("</tbody></table>")
    return "\n".join(lines)


def _cells(row: Sequence[ReportCell]) -> str:
    return "".join(_cell(one) for one in row)


def _cell(cell: ReportCell) -> str:
    marks = " ".join(name for name, on in (("best", cell.is_best), ("wrong", cell.is_wrong)) if on)
    opening = f'<td class="{marks}">' if marks else "<td>"
    star = "★ " if cell.is_best else ""
    against = f'<span class="against">{escape(cell.against)}</span>' if cell.against else ""
    return f"{opening}{star}{escape(cell.text)}{against}</td>"
