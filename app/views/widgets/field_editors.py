"""Controls for the fields of a recipe, one class a kind of field."""

import math
from typing import Any, Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from app.domain.form import FieldKind, FormField
from app.domain.language import in_figures, said, spoken
from app.views.widgets.calm import CalmComboBox, CalmDecimalBox
from app.views.widgets.text_fields import LineField, TextField

_LARGEST: Final = 1_000_000_000
_DECIMALS: Final = 10
_WIDTH: Final = 160
_VALIDATOR: Final = QValidator.State


class IntegerBox(QSpinBox):
    """A whole number; the wheel counts only with the focus.

    What is typed may lie outside of the range: the field says so, rather than to change it in silence.
    The arrows stay inside.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _calm(self)
        self.setGroupSeparatorShown(True)
        self.setRange(-_LARGEST, _LARGEST)
        self.steps_from, self.steps_to = -_LARGEST, _LARGEST

    @override
    def stepBy(self, steps: int) -> None:
        wanted = self.value() + steps * self.singleStep()
        self.setValue(min(max(wanted, self.steps_from), self.steps_to))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberBox(CalmDecimalBox):
    """A number of any size, written as short as it can be: ``5e-05``, ``0.4``, ``3``.

    What is typed may lie outside of the range, as in an `IntegerBox`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _calm(self)
        self.setDecimals(_DECIMALS)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.setRange(-_LARGEST, _LARGEST)
        self.steps_from, self.steps_to = float(-_LARGEST), float(_LARGEST)

    @override
    def stepBy(self, steps: int) -> None:
        before = self.value()
        super().stepBy(steps)
        inside = min(max(self.value(), self.steps_from), self.steps_to)
        # An end that does not belong to the range is not stepped onto.
        self.setValue(before if inside in self.outside else inside)

    outside: frozenset[float] = frozenset()
    """Ends of the range that are no values of it."""

    @override
    def textFromValue(self, val: float) -> str:
        return in_figures(f"{val:g}")

    @override
    def valueFromText(self, text: str) -> float:
        return float(_plain(text))

    @override
    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:
        try:
            value = float(_plain(input))
        except ValueError:
            is_begun = all(character in "0123456789.eE+-" for character in _plain(input))
            state = _VALIDATOR.Intermediate if is_begun else _VALIDATOR.Invalid
            return state, input, pos
        inside = math.isfinite(value) and self.minimum() <= value <= self.maximum()
        return (_VALIDATOR.Acceptable if inside else _VALIDATOR.Intermediate), input, pos


def _plain(text: str) -> str:
    """Return a number as Python reads it; a point is taken in every language."""
    return text.replace(spoken().decimal, ".")


def _calm(box: QAbstractSpinBox) -> None:
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(0, 0, 6, 0)
    box.lineEdit().setAcceptDrops(False)  # a file is for the page, and a number is typed


class FieldEditor(QWidget):
    """Shows the value of one field and tells when it was edited.

    Signals:
        edited: A new value, as plain data: bool, int, float, str, list or None.
    """

    edited = Signal(object)

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._shows = False
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.setFixedWidth(_WIDTH)

    def show_value(self, value: Any) -> None:
        """Show a value without telling it as an edit."""
        self._shows = True
        self._show(value)
        self._shows = False

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _tell(self, value: object) -> None:
        if not self._shows:
            self.edited.emit(value)

    def _adopt(self, control: QWidget) -> None:
        control.setAccessibleName(said(self.field.title))
        control.setAccessibleDescription(f"{said(self.field.description)} {self.field.range_text}".strip())
        control.setObjectName(f"field.{self.field.path}")
        self._layout.addWidget(control)
        self.setFocusProxy(control)


class SwitchEditor(FieldEditor):
    """On or off."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = QCheckBox()
        self._adopt(self._box)
        self._layout.addStretch(1)
        self._box.toggled.connect(self._tell)

    @override
    def _show(self, value: Any) -> None:
        self._box.setChecked(value)


class NumericEditor(FieldEditor):
    """A whole number or any number, within its range; a tick before it where it may be empty."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        low = -_LARGEST if field.minimum is None else field.minimum
        high = _LARGEST if field.maximum is None else field.maximum
        self._box: IntegerBox | NumberBox
        if field.kind is FieldKind.INTEGER:
            self._box = IntegerBox()
            self._box.steps_from, self._box.steps_to = int(low), int(high)
        else:
            self._box = NumberBox()
            self._box.steps_from, self._box.steps_to = low, high
            ends = ((low, field.excludes_minimum), (high, field.excludes_maximum))
            self._box.outside = frozenset(end for end, is_out in ends if is_out)
        self._suggestion: float = _suggestion(field, low, high)
        self._tick: QCheckBox | None = None
        if field.optional:
            self._tick = QCheckBox()
            self._tick.setAccessibleName(self.tr("Set %1").replace("%1", said(field.title)))
            self._tick.setObjectName(f"tick.{field.path}")
            self._layout.addWidget(self._tick)
            self._tick.toggled.connect(self._on_ticked)
        self._adopt(self._box)
        if self._tick is not None:
            self.setFocusProxy(self._tick)  # Tab would pass over what stands before the proxy
        self._layout.setStretch(self._layout.count() - 1, 1)
        self._box.valueChanged.connect(self._tell)

    @override
    def _show(self, value: Any) -> None:
        if self._tick is not None:
            self._tick.setChecked(value is not None)
        self._box.setEnabled(value is not None)
        # An empty field reads as a dash; its number waits beneath for the tick.
        self._box.setSpecialValueText("–" if value is None else "")
        if value is None:
            self._set(self._box.minimum())
        else:
            self._set(value)
            self._suggestion = value

    def _set(self, value: float) -> None:
        if isinstance(self._box, IntegerBox):
            self._box.setValue(int(value))
        else:
            self._box.setValue(value)

    def _on_ticked(self, ticked: bool) -> None:  # noqa: FBT001 - a slot
        self._box.setEnabled(ticked)
        if self._shows:
            return
        self._tell(self._suggestion if ticked else None)


def _suggestion(field: FormField, low: float, high: float) -> float:
    """Return a value to begin with where the recipe has none."""
    if field.kind is FieldKind.INTEGER:
        return int(min(max(low, 1000), high))
    return (low + high) / 2 if field.minimum is not None and field.maximum is not None else max(low, 0.0)


class ChoiceEditor(FieldEditor):
    """One of a few words."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = CalmComboBox()
        for choice in field.choices:
            self._box.addItem(said(choice.replace("_", " ")), choice)
        self._adopt(self._box)
        self._box.currentIndexChanged.connect(self._on_chosen)

    @override
    def _show(self, value: Any) -> None:
        self._box.setCurrentIndex(self._box.findData(str(value)))

    def _on_chosen(self, place: int) -> None:
        self._tell(self._box.itemData(place))


class TextEditor(FieldEditor):
    """One line of text."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._line = LineField()
        self._adopt(self._line)
        self._line.textEdited.connect(self._tell)

    @override
    def _show(self, value: Any) -> None:
        if self._line.text() != value:
            self._line.setText(value or "")


class LinesEditor(FieldEditor):
    """Several texts or, for a table, JSON objects, one a line."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._text = TextField()
        self._text.setProperty("role", "code")
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFixedHeight(66)
        self.setMaximumWidth(16_777_215)
        self.setMinimumWidth(2 * _WIDTH)
        self._adopt(self._text)
        self._text.textChanged.connect(self._on_text_changed)

    @override
    def _show(self, value: Any) -> None:
        if value != self._value():
            lines = (
                value
                if self.field.kind is FieldKind.LINES
                else [msgspec.json.encode(one).decode() for one in value]
            )
            self._text.setPlainText("\n".join(lines))

    def _value(self) -> list[object]:
        lines = [line for line in self._text.toPlainText().splitlines() if line.strip()]
        if self.field.kind is FieldKind.LINES:
            return list(lines)
        return [_json_or_text(line) for line in lines]

    def _on_text_changed(self) -> None:
        self._tell(self._value())


def _json_or_text(line: str) -> object:
    """Return a line's JSON; text that is none stays text, which the recipe's type then refuses."""
    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError:
        return line


def editor_for(field: FormField) -> FieldEditor:
    """Return the control for a field."""
    match field.kind:
        case FieldKind.SWITCH:
            return SwitchEditor(field)
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return NumericEditor(field)
        case FieldKind.CHOICE:
            return ChoiceEditor(field)
        case FieldKind.TEXT:
            return TextEditor(field)
        case FieldKind.LINES | FieldKind.TABLE:
            return LinesEditor(field)
