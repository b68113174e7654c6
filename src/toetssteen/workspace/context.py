"""The navigation of the role that somebody acts in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Menu entries for the template; filled in per role."""
    return {"navigation": []}
