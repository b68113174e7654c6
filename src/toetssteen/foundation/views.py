"""Pages of the site itself: errors, what it promises, and the gallery of components."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from toetssteen.core.access import Actor
from toetssteen.foundation.look import gallery as examples
from toetssteen.foundation.pages import Audience, page, show


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """This address does not exist, at least not for you."""
    return render(request, "foundation/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "foundation/forbidden.html", status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request could not be understood."""
    return render(request, "foundation/forbidden.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something went wrong with us; normally the middleware shows the page with a reference."""
    return render(request, "foundation/error.html", {"reference": ""}, status=500)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def accessibility(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How well people with a disability can use the site, and what to do when it fails them."""
    return show(request, "foundation/accessibility.html")


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def privacy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which data of people are kept, why and how long."""
    return show(request, "foundation/privacy.html")


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def what_is_public(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What everybody may read of a company and what stays between the company and the secretariat."""
    return show(request, "foundation/what_is_public.html")


@page(Audience.PUBLIC)
def gallery(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every component in all its states; in a demonstration only."""
    if not settings.DEMO:
        raise Http404
    return show(request, "foundation/gallery.html", examples.context(request))
