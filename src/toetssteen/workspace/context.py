"""The navigation of the role that somebody acts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from toetssteen.core.access import NO_ONE, SECRETARIAT_ROLES, Role
from toetssteen.workspace.nav import menu_of


@dataclass(frozen=True)
class Link:
    """One entry of the menu as the template shows it."""

    label: Any
    url: str
    current: bool = False
    count: int | None = None


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Menu entries for the template; pages that do not exist are left out."""
    actor = getattr(request, "actor", NO_ONE)
    if not actor.is_signed_in:
        return {"navigation": []}
    if not actor.second_factor and actor.holds_any(SECRETARIAT_ROLES | {Role.OPERATOR}):
        return {"navigation": []}
    found: list[tuple[Any, str]] = []
    for entry in menu_of(actor)[0]:
        try:
            found.append((entry.label, reverse(entry.url_name)))
        except NoReverseMatch:
            continue
    # The page belongs to the entry whose address is the longest beginning of its own.
    here = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    return {"navigation": [Link(label, url, current=url == here) for label, url in found]}
