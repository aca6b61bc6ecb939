"""A form made from a recipe's type: basic fields at once, the rest on request, reasons at the field."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.form import BASIC_FIELDS, FieldKind, FormField, FormGroup, value_at
from app.domain.language import said
from app.views.icons import icon
from app.views.look import Look
from app.views.widgets.card import Card, label
from app.views.widgets.field_editors import FieldEditor, editor_for
from app.views.zoom import zoom

_TITLE_WIDTH: Final = 160
_HELP_WIDTH: Final = 120
_NARROW: Final = 560
"""Of a row; narrower, the help stands beneath title and control."""
_HELP_MOST: Final = 460
"""Longer lines lose the eye, far from their field."""


class FieldRow(QFrame):
    """Title, control, help, and the reason where the value is wrong.

    Signals:
        reset_requested: The value is to be the recipe's again.
    """

    reset_requested = Signal()

    def __init__(self, field: FormField, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("role", "field")
        self.editor: FieldEditor = editor_for(field)
        self._field = field
        title = label(said(field.title))
        names = QWidget()
        names.setFixedWidth(_TITLE_WIDTH)
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        # What `--set` calls it, and the one place that tells the weights of three parts apart.
        column.addWidget(label(field.path.replace(".", " · ").replace("_", " "), "path"))
        title.setBuddy(self.editor)
        help_text = " ".join(part for part in (said(field.description), self._range_text()) if part)
        self._help = label(help_text, "small-dim", wraps=True)
        self._help.setMinimumWidth(_HELP_WIDTH)
        self._help.setMaximumWidth(_HELP_MOST)
        for one in (title, self.editor):
            one.setToolTip(f"{field.path}\n{help_text}")
        self._reason = label("", "reason", wraps=True)
        self._reason.setVisible(False)
        self._reset = QToolButton()
        self._reset.setProperty("role", "quiet")
        self._reset.setFixedSize(28, 28)
        self._reset.setObjectName(f"reset.{field.path}")
        self._reset.setAccessibleName(
            self.tr("Reset %1 to the recipe's value").replace("%1", said(field.title))
        )
        self._reset.setToolTip(self.tr("Reset to the recipe's value"))
        self._reset.clicked.connect(self.reset_requested)
        # Keeps its place when hidden, so that nothing moves as a value is edited.
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        top = (
            Qt.AlignmentFlag.AlignTop
            if field.kind in {FieldKind.LINES, FieldKind.TABLE}
            else Qt.AlignmentFlag.AlignVCenter
        )
        grid.addWidget(names, 0, 0, top)
        grid.addWidget(self.editor, 0, 1, top)
        grid.addWidget(self._reset, 0, 2, top)
        grid.addWidget(self._help, 0, 3, top)
        grid.addWidget(self._reason, 2, 1, 1, 3)
        self._grid, self._top, self._is_narrow = grid, top, False
        grid.setColumnStretch(3, 1)
        look.changed.connect(self._paint_icon)
        look.changed.connect(self._fold)
        self._paint_icon()

    def show_state(self, value: Any, *, reason: str, is_changed: bool) -> None:
        """Show a value, why it is wrong (empty: it is not) and whether it differs from the recipe's."""
        self.editor.show_value(value)
        self._reset.setVisible(is_changed)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        if self.property("invalid") != bool(reason):
            self.setProperty("invalid", bool(reason))
            for widget in (self, *self.editor.findChildren(QWidget)):
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if not self._is_narrow:
            least.setWidth(least.width() - self._help.minimumWidth() - self._grid.horizontalSpacing())
        return least

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Put the help beneath title and control where it would be a narrow column beside it."""
        is_narrow = self.width() < self._look.px(_NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            if is_narrow:
                self._grid.addWidget(self._help, 1, 0, 1, 4)
            else:
                self._grid.addWidget(self._help, 0, 3, self._top)
            self.updateGeometry()

    def _range_text(self) -> str:
        ranged = self._field.range_text
        return f"{ranged[0].upper()}{ranged[1:]}." if ranged else ""

    def _paint_icon(self) -> None:
        self._reset.setIcon(icon("arrow-counter-clockwise", self._look.color("dim")))


class RecipeForm(QWidget):
    """Edits a recipe as plain data.

    Signals:
        field_edited: Dotted path and new value.
        reset_requested: Dotted path of a field that is to be the recipe's again.
    """

    field_edited = Signal(str, object)
    reset_requested = Signal(str)

    def __init__(self, groups: tuple[FormGroup, ...], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: dict[str, FieldRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        basic = _section("")
        basic.setAccessibleName(self.tr("Settings"))
        for group in groups:
            for field in group.fields:
                if field.path in BASIC_FIELDS:
                    basic.body.addWidget(self._row(field))
        self._toggle = QToolButton()
        self._toggle.setText(self.tr("All settings"))
        self._toggle.setProperty("role", "link")
        self._toggle.setObjectName("all_settings")
        self._toggle.setCheckable(True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.toggled.connect(self._on_toggled)
        line = QHBoxLayout()
        line.addWidget(self._toggle)
        line.addStretch(1)
        basic.body.addLayout(line)
        layout.addWidget(basic)
        self._groups = groups
        self._cards: list[Card] = []
        self._shown: tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, str]] | None = None
        self._column = layout
        look.changed.connect(self._paint_icon)
        self._paint_icon()

    def show_values(
        self, values: Mapping[str, Any], *, recipe: Mapping[str, Any], reasons: Mapping[str, str]
    ) -> None:
        """Show the values, mark what differs from the ``recipe`` and what is wrong, with its reason."""
        self._shown = (values, recipe, reasons)
        if any(path not in BASIC_FIELDS for path in reasons):
            self._toggle.setChecked(True)
        for path, row in self._rows.items():
            value = value_at(values, path)
            row.show_state(
                value,
                reason=reasons.get(path, ""),
                is_changed=bool(recipe) and value_at(recipe, path) != value,
            )

    def _row(self, field: FormField) -> FieldRow:
        row = FieldRow(field, self._look)
        row.editor.edited.connect(partial(self.field_edited.emit, field.path))
        row.reset_requested.connect(lambda path=field.path: self.reset_requested.emit(path))
        self._rows[field.path] = row
        return row

    def _card(self, group: FormGroup) -> Card:
        card = _section(said(group.title))
        card.show_note(said(group.description))
        for field in group.fields:
            if field.path not in BASIC_FIELDS:
                card.body.addWidget(self._row(field))
        return card

    def _make_cards(self) -> None:
        """Make the controls of all settings when they are asked for: three dozen take a while."""
        for group in self._groups:
            card = self._card(group)
            self._cards.append(card)
            self._column.addWidget(card)
            zoom(card, self._look.scale)
        if self._shown is not None:
            values, recipe, reasons = self._shown
            self.show_values(values, recipe=recipe, reasons=reasons)

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        if is_open and not self._cards:
            self._make_cards()
        for card in self._cards:
            card.setVisible(is_open)
        self._paint_icon()

    def _paint_icon(self) -> None:
        name = "caret-down" if self._toggle.isChecked() else "caret-right"
        self._toggle.setIcon(icon(name, self._look.color("accent")))


def _section(title: str) -> Card:
    """Return a part of the panel that all of the form stands in."""
    made = Card(title)
    made.setProperty("role", "section")
    return made
