"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from toetssteen.core.access import Actor
from toetssteen.foundation.pages import Audience, page
from toetssteen.workspace.nav import menu_of


@page(Audience.SIGNED_IN)
def start(request: HttpRequest, actor: Actor) -> HttpResponse:
    """On to the first page of the role; somebody without a role lands on their account."""
    _entries, first = menu_of(actor)
    for name in (first, "account_page"):
        try:
            return redirect(reverse(name))
        except NoReverseMatch:
            continue
    return redirect("/")
