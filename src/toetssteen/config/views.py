"""The address that tells a load balancer whether the site can work."""

from __future__ import annotations

from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation.pages import page


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def health(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`ok` if the database answers; nothing else is told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("not ok", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
