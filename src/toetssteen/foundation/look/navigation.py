"""Addresses that may not exist in an installation, and the menu of visitors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext

from toetssteen.foundation.addresses import reverse


@dataclass(frozen=True)
class Entry:
    """One entry of a menu."""

    label: str
    url: str
    current: bool = False
    count: int = 0


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or nothing if this installation has no such page."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def public_navigation(request: HttpRequest) -> tuple[Entry, ...]:
    """What visitors can read without signing in."""
    wanted = (
        ("register", gettext("Register")),
        ("quarry_areas", gettext("Quarry areas")),
        ("framework", gettext("Assessment framework")),
        ("figures", gettext("Figures")),
    )
    entries = []
    for name, label in wanted:
        url = address(name)
        if url:
            entries.append(Entry(label, url, request.path == url or (len(url) > 1 and request.path.startswith(url))))
    return tuple(entries)
