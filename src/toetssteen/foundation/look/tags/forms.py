"""Forms: summary of errors, fields, rows to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from toetssteen.foundation.look.forms import field_view, flaws_of
from toetssteen.foundation.look.ids import value_of

register = template.Library()


@register.inclusion_tag("foundation/components/errors.html")
def errors(*forms: Any) -> dict[str, Any]:
    """`{% errors form %}` or `{% errors form formset %}`: what is wrong, with links; it takes the focus.

    After a clash also what somebody else saved, beside what was entered.
    """
    return {"flaws": list(flaws_of(forms)), "clash": [row for form in forms for row in getattr(form, "clash", ())]}


@register.inclusion_tag("foundation/components/field.html")
def field(
    bound: Any, label: Any = "", hint: Any = "", width: str = "", mark: bool = False, hide_label: bool = False
) -> dict[str, Any]:
    """`{% field form.name %}`: label, hint, error and widget; `width` is "", "s" or "num"."""
    return {"f": field_view(bound, label=label, hint=hint, width=width, mark=mark, hide_label=hide_label)}


@register.inclusion_tag("foundation/components/form_fields.html")
def form_fields(form: Any) -> dict[str, Any]:
    """All fields of a form, hidden ones included; put `{% errors form %}` above it."""
    return {"hidden": list(form.hidden_fields()), "visible": [field_view(b) for b in form.visible_fields()]}


@register.inclusion_tag("foundation/components/choice_rows.html")
def choice_rows(
    name: str, options: Sequence[Any], selected: Any = None, legend: Any = "", multiple: bool = False
) -> dict[str, Any]:
    """Radio or checkbox rows; options have `value`, `label` and perhaps `points` (words), `text`, `tag`, `disabled`."""
    chosen = {str(v) for v in selected} if multiple and selected else {str(selected)}
    rows = [{"o": o, "checked": str(value_of(o, "value")) in chosen} for o in options]
    return {"name": name, "rows": rows, "legend": legend, "kind": "checkbox" if multiple else "radio"}
