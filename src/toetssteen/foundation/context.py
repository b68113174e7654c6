"""What every template knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from toetssteen.core.access import NO_ONE
from toetssteen.foundation import clock


def site(request: HttpRequest) -> dict[str, Any]:
    """The actor, the demonstration strip and its day."""
    return {
        "actor": getattr(request, "actor", NO_ONE),
        "is_demo": settings.DEMO,
        "demo_today": clock.today() if settings.DEMO_TODAY else None,
    }
