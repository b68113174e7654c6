"""What is due: a list, a calendar file, a private address for one's calendar, and the weekly mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from toetssteen.accounts import queries as accounts
from toetssteen.accounts import services as account_services
from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, done, page, show
from toetssteen.workspace import calendar_queries, calendars, due, mails, services
from toetssteen.workspace.mails import OFF


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def due_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that is due for the company, and how it comes into one's own calendar."""
    return _list(request, actor)


def _list(request: HttpRequest, actor: Actor, address: str = "") -> HttpResponse:
    rows = due.due_of(actor.company_id or 0, clock.today())
    context = {
        "groups": due.groups_of(rows, clock.today()),
        "count": len(rows),
        "late": sum(row.on < clock.today() for row in rows),
        "key": calendar_queries.own_key(actor),
        "address": address,
        "wants_digest": accounts.own_account(actor).wants_digest,
    }
    response = show(request, "workspace/due_list.html", context)
    if address:
        response["Cache-Control"] = "no-store"
    return response


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def due_calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same as a file for one's calendar."""
    return _file(due.due_of(actor.company_id or 0, clock.today()), download=True)


def _file(rows: list[due.Due], *, download: bool) -> HttpResponse:
    response = HttpResponse(calendars.calendar_of(rows, clock.now()), content_type=calendars.CONTENT_TYPE)
    kind = "attachment" if download else "inline"
    response["Content-Disposition"] = f'{kind}; filename="toetssteen.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@page(Audience.MEMBER, methods=("POST",))
def calendar_key_make(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make a private address; it is shown this once."""
    token = services.make_calendar_key(actor=actor, now=clock.now())
    return _list(request, actor, mails.site_address(calendar_queries.feed_path(token)))


@page(Audience.MEMBER, methods=("POST",))
def calendar_key_end(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Let the private address stop working."""
    services.end_calendar_key(actor=actor, now=clock.now())
    messages.success(request, _("The address does not work any more."))
    return done(request, "due_list")


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def calendar_feed(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """What is due for the person whose address this is; any other address does not exist."""
    person = calendar_queries.person_of_feed(token)
    if person is None:
        raise Http404
    with override(calendar_queries.language_of(person)):
        return _file(calendar_queries.due_of_person(person, clock.today()), download=False)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def digest_preview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The weekly mail as it would be sent today; looking sends nothing."""
    person = accounts.own_account(actor)
    context = {"mail": mails.digest_of(person, clock.today()), "person": person}
    return show(request, "workspace/digest_preview.html", context)


@csrf_exempt
@page(Audience.PUBLIC)
def digest_off(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Switch the weekly mail off by the signed link in it: with the button of this page, or of a mail programme."""
    try:
        person_id: Any = signing.loads(token, salt=OFF)
    except signing.BadSignature as error:
        raise Http404 from error
    if request.method == "POST":
        account_services.stop_digest(actor=Actor(person_id=person_id), now=clock.now())
    return show(request, "workspace/digest_off.html", {"is_off": request.method == "POST"})
