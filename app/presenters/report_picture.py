"""The report of a comparison as one picture: the same tables and charts, on white."""

from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.domain.errors import AppError
from app.domain.language import said
from app.itemmodels.comparison_table import BEST_SIGN
from app.services.comparison_report import Report, ReportTable

_WIDTH: Final = 1080
_MARGIN: Final = 32
_SCALE: Final = 2
"""Pixels of the picture for one of the page: it is read from paper and slides."""
_MOST_ROWS: Final = 40
"""Of a table: a picture cannot be scrolled; the whole of it stands in the HTML report."""
_STYLE: Final = """
body { color: #1b1f24; } h1 { font-size: 22px; } h2 { font-size: 16px; }
p, th, .against { color: #5c6570; } th { font-weight: 400; } td.best { font-weight: 600; }
td.wrong { color: #b42318; } td, th { border-bottom: 1px solid #e3e6ea; }
"""


def save_picture(path: Path, report: Report) -> None:
    """Write the report as PNG.

    Raises:
        AppError: report_not_saved.
    """
    if not report_picture(report).save(str(path)):  # its name ends with .png
        raise AppError(
            "report_not_saved",
            said("The report was not saved: %1.", path),
            said("Choose another folder, or free some space."),
        )


def report_picture(report: Report) -> QImage:
    """Return the picture, as high as what there is to say; long tables are cut and say so."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont(QApplication.font())
    font.setPixelSize(14)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_STYLE)
    charts: list[str] = []
    for place, picture in enumerate(report.pictures):
        url = f"chart:{place}"
        chart = _chart(picture.svg)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(url), chart)
        size = f'width="{chart.width() // _SCALE}" height="{chart.height() // _SCALE}"'
        charts.append(f'<p><img src="{url}" {size}><br>{escape(picture.title)}</p>')
    lines = "".join(f"<p>{escape(line)}</p>" for line in report.lines)
    first, *others = [_table(table) for table in report.tables] or [""]
    parts = (f"<h1>{escape(report.title)}</h1>", lines, first, *charts, *others)
    document.setHtml(f"<body>{''.join(parts)}</body>")
    document.setTextWidth(_WIDTH - 2 * _MARGIN)
    height = round(document.size().height()) + 2 * _MARGIN
    image = QImage(_WIDTH * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(_SCALE, _SCALE)
    painter.translate(_MARGIN, _MARGIN)
    document.drawContents(painter)
    painter.end()
    return image


def _chart(svg: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = QSizeF(renderer.defaultSize()) * _SCALE
    widest = float((_WIDTH - 2 * _MARGIN) * _SCALE)
    if size.width() > widest:
        size *= widest / size.width()
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    return image


def _table(table: ReportTable) -> str:
    side = "left" if table.is_words else "right"

    def cells(tag: str, texts: list[tuple[str, str]]) -> str:
        return "".join(
            f'<{tag} align="{side if place else "left"}" class="{kind}">{text}</{tag}>'
            for place, (text, kind) in enumerate(texts)
        )

    rows = [f"<tr>{cells('th', [(escape(name), '') for name in table.header])}</tr>"]
    for row in table.rows[:_MOST_ROWS]:
        texts: list[tuple[str, str]] = []
        for cell in row:
            against = f' <span class="against">{escape(cell.against)}</span>' if cell.against else ""
            kind = "best" if cell.is_best else "wrong" if cell.is_wrong else ""
            star = f"{BEST_SIGN} " if cell.is_best else ""
            texts.append((star + escape(cell.text) + against, kind))
        rows.append(f"<tr>{cells('td', texts)}</tr>")
    left_out = len(table.rows) - _MOST_ROWS
    notes = [table.note] if table.note else []
    if left_out > 0:
        notes.append(said("%1 more rows stand in the HTML report.", left_out))
    note = f"<p>{escape(' '.join(notes))}</p>" if notes else ""
    body = (
        f'<table width="100%" cellspacing="0" cellpadding="6">{"".join(rows)}</table>' if table.rows else ""
    )
    return f"<h2>{escape(table.title)}</h2>{body}{note}"
