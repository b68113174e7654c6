"""Names of elements that occur once in a page, and values of rows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from django.template.context import Context

_numbers = itertools.count(1)


def own_id(context: Context, prefix: str) -> str:
    """An id that occurs once in the page."""
    request = context.get("request")
    if request is None:
        return f"{prefix}-{next(_numbers)}"
    request._component_ids = getattr(request, "_component_ids", 0) + 1
    part = "p" if request.headers.get("HX-Request") else ""
    return f"{prefix}-{part}{request._component_ids}"


def value_of(row: Any, name: str, otherwise: Any = None) -> Any:
    """A value of a row, whether that is a dictionary or an object."""
    if isinstance(row, Mapping):
        return row.get(name, otherwise)
    return getattr(row, name, otherwise)
