"""The stored versions of what the parties agreed on, and what changed between them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from toetssteen.core.access import Actor
from toetssteen.covenant import queries
from toetssteen.foundation.pages import Audience, page, show


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def pack_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All stored versions with the years that run on each."""
    return show(request, "covenant/pack_list.html", {"packs": queries.pack_rows(actor)})


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def pack_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One stored version: what it holds and what is a placeholder."""
    row = queries.pack_row(actor, pk)
    if row is None:
        raise Http404
    return show(request, "covenant/pack_detail.html", {"pack": row, "content": queries.pack_summary(row.id)})


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def pack_compare(request: HttpRequest, actor: Actor, old: int, new: int) -> HttpResponse:
    """What changed between two stored versions."""
    before, after = queries.pack_row(actor, old), queries.pack_row(actor, new)
    differences = queries.pack_differences(actor, old, new)
    if before is None or after is None or differences is None:
        raise Http404
    context = {"before": before, "after": after, "files": queries.by_file(differences), "count": len(differences)}
    return show(request, "covenant/pack_compare.html", context)
