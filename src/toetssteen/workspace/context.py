"""The navigation of the role that somebody acts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch

from toetssteen.core.access import NO_ONE, SECRETARIAT_ROLES, Role
from toetssteen.foundation.addresses import reverse
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
        return {"navigation": ()}
    if not actor.second_factor and actor.holds_any(SECRETARIAT_ROLES | {Role.OPERATOR}):
        return {"navigation": ()}
    found: list[tuple[Any, str]] = []
    beginnings: dict[str, str] = {}
    for entry in menu_of(actor)[0]:
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        found.append((entry.label, url))
        beginnings |= dict.fromkeys((url, *entry.also), url)
    # The page belongs to the entry with the longest beginning of its address.
    longest = max((start for start in beginnings if request.path.startswith(start)), key=len, default="")
    here = beginnings.get(longest, "")
    return {"navigation": tuple(Link(str(label), url, current=url == here) for label, url in found)}
