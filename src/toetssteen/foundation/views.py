"""Pages of the site itself: errors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """This address does not exist, at least not for you."""
    return render(request, "foundation/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "foundation/forbidden.html", status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request could not be understood."""
    return render(request, "foundation/forbidden.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something went wrong with us; normally the middleware shows the page with a reference."""
    return render(request, "foundation/error.html", {"reference": ""}, status=500)
