"""What every template knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from toetssteen.core.access import NO_ONE
from toetssteen.foundation import clock
from toetssteen.foundation.look.navigation import public_navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """The actor, the organisations to choose from, the menu of visitors, the demonstration strip and its day."""
    appointments = getattr(request, "appointments", [])
    organisations = {a.organisation_id: a.organisation for a in appointments}
    return {
        "actor": getattr(request, "actor", NO_ONE),
        "organisations": list(organisations.values()),
        "public_navigation": SimpleLazyObject(lambda: public_navigation(request)),
        "covenant_name": settings.COVENANT_NAME,
        "is_demo": settings.DEMO,
        "demo_today": clock.today() if settings.DEMO_TODAY else None,
        "languages": settings.LANGUAGES,
    }
