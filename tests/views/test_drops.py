"""Files that are dragged over a page are for the page, whatever field they pass over."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.itemmodels.model_tree import ModelRow
from app.views.main_window import MainWindow
from app.views.pages.models_page import ModelsState
from app.views.widgets.column_mapping import MappingState
from app.views.widgets.drop_veil import DropVeil
from app.views.widgets.text_fields import TextField
from tests.factories import make_model
from tests.views.test_pages import COMPRESS

LEFT = Qt.MouseButton.LeftButton
COPY, NONE = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier


def drag_over(widget: QWidget, data: QMimeData) -> bool:
    """Return whether anything under the mouse takes these data, asked as Qt asks."""
    event = QDragEnterEvent(QPoint(4, 4), COPY, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def an_address(url: QUrl) -> QMimeData:
    """Return what a file manager and a browser hand over: the address, and the same as a text."""
    data = QMimeData()
    data.setUrls([url])
    data.setText(url.toString())
    return data


@pytest.mark.parametrize("name", ["models", "compress"])
def test_a_file_dragged_over_a_field_is_for_the_page(window: MainWindow, tmp_path: Path, name: str) -> None:
    window.show_page(name)
    window.models.show_state(ModelsState((ModelRow(make_model()),), "m-1"))
    window.compress.show_state(COMPRESS)
    window.compress.mapping.show_state(MappingState("data.csv", ("text", "label")))
    page = window.models if name == "models" else window.compress
    (veil,) = page.findChildren(DropVeil)
    fields = [
        *page.findChildren(QLineEdit),
        *(text.viewport() for text in page.findChildren(QPlainTextEdit)),
    ]
    assert len(fields) > 3, "there are fields to pass over"
    dragged = QUrl.fromLocalFile(str(tmp_path / "train.csv"))
    for field in fields:
        assert drag_over(field, an_address(dragged))
        assert veil.isVisible(), field.objectName() or field.parentWidget().objectName()
        leave(field)
        assert not veil.isVisible()


def test_a_text_can_still_be_dropped_into_a_field(window: MainWindow) -> None:
    window.show_page("models")
    window.models.show_state(ModelsState((ModelRow(make_model()),), "m-1"))
    (veil,) = window.models.findChildren(DropVeil)
    text = QMimeData()
    text.setText("keep this one")
    page_on_the_web = an_address(QUrl("https://huggingface.co/org/model"))
    for field in (window.models.search, *(one.viewport() for one in window.models.findChildren(TextField))):
        for data in (text, page_on_the_web):
            assert drag_over(field, data)
            assert not veil.isVisible()
            leave(field)
