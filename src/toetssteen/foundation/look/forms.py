"""Fields of a form as they stand on the page: label, hint, error, then the widget; named for screen readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext

from toetssteen.foundation.look.figures import EMPTY, day

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class NumberText(forms.TextInput):
    """A number typed as text, so that both comma and point are read."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


@dataclass(frozen=True)
class FieldView:
    """Everything the template of one field shows."""

    bound: BoundField
    label: Any
    hint: Any
    kind: str  # input, choices, check, file
    required: bool
    errors: list[str]
    widget: Any
    mark: bool
    input_id: str
    hint_id: str
    error_id: str
    bare_label: bool

    @property
    def bad(self) -> bool:
        return bool(self.errors)


def kind_of(widget: forms.Widget) -> str:
    """How a widget is laid out."""
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "input"


def _number(widget: forms.Widget, field: forms.Field) -> bool:
    return isinstance(widget, forms.NumberInput | NumberText) or isinstance(
        field, forms.IntegerField | forms.DecimalField
    )


def field_view(
    bound: BoundField, *, label: Any = "", hint: Any = "", width: str = "", mark: bool = False, hide_label: bool = False
) -> FieldView:
    """Work out ids, classes and descriptions of one field; the widget keeps its own attributes."""
    widget, input_id = bound.field.widget, bound.id_for_label or bound.auto_id or bound.html_name
    base = bound.auto_id or bound.html_name
    hint = "" if hint is False else hint or bound.help_text
    kind, errors = kind_of(widget), [_sentence(bound, e) for e in bound.errors]
    hint_id, error_id = f"{base}-hint", f"{base}-error"
    described = [i for i, there in ((hint_id, hint), (error_id, errors)) if there]
    attrs: dict[str, Any] = {"placeholder": False}  # the label stands above; nothing vanishes when one types
    if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
        attrs["rows"] = "4"
    if kind != "choices":
        if described:
            attrs["aria-describedby"] = " ".join(described)
        if errors:
            attrs["aria-invalid"] = "true"
    if kind == "input":
        classes = ["in", widget.attrs.get("class", "")]
        if width == "num" or (not width and _number(widget, bound.field)):
            classes.append("in--num")
        if width == "s":
            classes.append("in--s")
        attrs["class"] = " ".join(dict.fromkeys(" ".join(classes).split()))
    if isinstance(widget, forms.DateInput) and not isinstance(widget, DayInput) and widget.input_type == "text":
        widget = DayInput(attrs=widget.attrs)
    return FieldView(
        bound=bound,
        label=label or bound.label,
        hint=hint,
        kind=kind,
        required=bound.field.required,
        errors=errors,
        widget=bound.as_widget(widget=widget, attrs=attrs) if kind != "choices" else "",
        mark=mark,
        input_id=input_id,
        hint_id=hint_id,
        error_id=error_id,
        bare_label=hide_label,
    )


@dataclass(frozen=True)
class Flaw:
    """One line of the error summary; without a place it concerns the whole form."""

    sentence: str
    place: str


def _sentence(bound: BoundField, error: Any) -> str:
    """What to do, instead of only that something is required."""
    said = str(error)
    if said != str(forms.Field.default_error_messages["required"]):
        return said
    if isinstance(bound.field, forms.ChoiceField):
        return gettext("Choose an answer: %(field)s") % {"field": bound.label}
    return gettext("Fill in: %(field)s") % {"field": bound.label}


def _place(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CHOICES):
        subwidgets = list(bound.subwidgets)
        if subwidgets:
            return str(subwidgets[0].id_for_label)
    return str(bound.id_for_label or bound.auto_id)


def flaws_of(forms_: Iterable[Any]) -> Iterator[Flaw]:
    """What is wrong in these forms and formsets, in the order of the page."""
    for form in forms_:
        if form is None or form == "":
            continue
        if hasattr(form, "forms"):  # a formset
            if form.is_bound:
                yield from (Flaw(str(e), "") for e in form.non_form_errors())
            yield from flaws_of(form.forms)
        elif form.is_bound:
            yield from form_flaws(form)


def form_flaws(form: BaseForm) -> Iterator[Flaw]:
    """What is wrong in one form."""
    for error in form.non_field_errors():
        yield Flaw(str(error), "")
    for bound in form:
        place = "" if bound.is_hidden else _place(bound)
        for error in bound.errors:
            yield Flaw(_sentence(bound, error), place)


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved while one typed: what stands there now, and what was entered."""

    what: Any
    theirs: str
    mine: str


def differences_of(form: BaseForm) -> list[Difference]:
    """Where what was entered differs from what is stored, which `initial` tells; files and hidden fields apart."""
    found = []
    for bound in form:
        stored = form.get_initial_for_field(bound.field, bound.name)
        if (
            bound.is_hidden
            or isinstance(bound.field, forms.FileField)
            or not bound.field.has_changed(stored, bound.data)
        ):
            continue
        entered = getattr(form, "cleaned_data", {}).get(bound.name, bound.data)
        theirs, mine = _in_words(bound, stored), _in_words(bound, entered)
        if theirs != mine:
            found.append(Difference(bound.label, theirs, mine))
    return found


def _in_words(bound: BoundField, value: Any) -> str:
    """A value of this field as somebody reads it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_in_words(bound, one) for one in value) or EMPTY
    if value is None or value == "":
        return EMPTY
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(bound.field, forms.ChoiceField):
        choices: Any = bound.field.choices
        return _names(choices).get(str(value), str(value))
    return str(bound.field.prepare_value(value))


def _names(choices: Iterable[Any]) -> dict[str, str]:
    """The words of choices, those in groups included."""
    found: dict[str, str] = {}
    for key, label in choices:
        found.update(_names(label) if isinstance(label, list | tuple) else {str(key): str(label)})
    return found
