"""Lists of work, years, steps and facts; rows are dictionaries or objects with the named attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext

from toetssteen.foundation.look import figures
from toetssteen.foundation.look.ids import value_of

register = template.Library()


@register.inclusion_tag("foundation/components/meters.html")
def meters(rows: Sequence[Any]) -> dict[str, Any]:
    """Coverage against demand: rows with `label`, `share` (part of whole), `need` (percent), `met`, `mark`, `note`."""
    return {"rows": rows}


@register.inclusion_tag("foundation/components/steps.html")
def steps(rows: Sequence[Any]) -> dict[str, Any]:
    """Points per step: rows with `label`, `points`, `of`, `url`; the length of a bar is what the step is worth."""
    longest = max((figures.as_decimal(value_of(r, "of"), 2) or 0 for r in rows), default=1)
    return {"rows": rows, "longest": longest}


@register.inclusion_tag("foundation/components/years.html")
def years(rows: Sequence[Any], label: Any = "") -> dict[str, Any]:
    """One stone per year: rows with `label`, and `colour` or `text`, perhaps `current`, `future`, `mark`, `url`."""
    return {"rows": rows, "label": label or gettext("Colour per year")}


@register.inclusion_tag("foundation/components/todo.html")
def todo(rows: Sequence[Any]) -> dict[str, Any]:
    """What is missing: rows with `title`, `url`, `reason`, `points`, `effort`, `tag`, `tag_kind`, `tag_icon`."""
    return {"rows": rows}


@register.inclusion_tag("foundation/components/stepper.html")
def stepper(rows: Sequence[Any], summary: Any = "") -> dict[str, Any]:
    """Steps with sub-steps: rows with `label`, `url`, `note`, `state` (done, now, ""), `subs` (label, url, current)."""
    return {"rows": rows, "summary": summary}


@register.inclusion_tag("foundation/components/line.html")
def line(labels: Sequence[Any], current: int) -> dict[str, Any]:
    """A short wizard: labels in order and the number of the current one, from 1."""
    rows = [{"label": s, "done": n < current, "now": n == current} for n, s in enumerate(labels, 1)]
    return {"rows": rows}


@register.inclusion_tag("foundation/components/dl.html")
def dl(rows: Sequence[Any], plain: bool = False) -> dict[str, Any]:
    """Facts: rows of (label, value)."""
    return {"rows": rows, "plain": plain}


@register.inclusion_tag("foundation/components/feed.html")
def feed(rows: Sequence[Any]) -> dict[str, Any]:
    """Messages: rows with `title`, `url`, `meta`, perhaps `new`."""
    return {"rows": rows}


@register.inclusion_tag("foundation/components/queue.html")
def queue(rows: Sequence[Any], label: Any) -> dict[str, Any]:
    """A list of work beside the work: rows with `title`, `url`, `note`, `current`."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("foundation/components/crumbs.html")
def crumbs(*parts: Any) -> dict[str, Any]:
    """`{% crumbs label url label url … last %}`: where the reader is."""
    pairs = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
    return {"pairs": pairs, "last": parts[-1]}
