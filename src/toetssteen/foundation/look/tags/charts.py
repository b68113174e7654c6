"""Charts with their table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context

from toetssteen.foundation.look import charts
from toetssteen.foundation.look.ids import own_id

register = template.Library()


@register.inclusion_tag("foundation/components/bar_chart.html", takes_context=True)
def bar_chart(context: Context, title: Any, rows: Sequence[Any], **options: Any) -> dict[str, Any]:
    """Horizontal bars with their table: rows of (label, value) or (label, value, earlier value).

    Options: `note` (unit, denominator, period), `unit` ("%" or ""), `head` (first column), `series`, `before` (names).
    A value of None is shown as suppressed: "< threshold", or the word in `hidden` where that would not be true.
    """
    drawn, height = charts.bars(list(rows), options.get("unit", ""))
    return {**_chart(context, title, options), "bars": drawn, "height": height, "both": any(len(r) > 2 for r in rows)}


@register.inclusion_tag("foundation/components/column_chart.html", takes_context=True)
def column_chart(context: Context, title: Any, rows: Sequence[Any], **options: Any) -> dict[str, Any]:
    """Upright columns with their table: rows of (label, value), for a distribution or a row of years."""
    drawn, lines, width = charts.columns(list(rows), options.get("unit", ""))
    return {**_chart(context, title, options), "columns": drawn, "lines": lines, "width": width}


def _chart(context: Context, title: Any, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "note": options.get("note", ""),
        "head": options.get("head", ""),
        "series": options.get("series", ""),
        "before": options.get("before", ""),
        "threshold": options.get("threshold", 5),
        "hidden": options.get("hidden", ""),
        "id": own_id(context, "chart"),
    }
