"""A model text filled with the own data: look at it, and take it along as a Word document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, show
from toetssteen.foundation.word import CONTENT_TYPE
from toetssteen.library import forms, model_texts, permissions, queries


@page(Audience.PARTIES)
def model_text(request: HttpRequest, actor: Actor, document: str) -> HttpResponse:
    """Choose what is filled in and see the text; nothing is kept, and nothing of it stands in the address."""
    today = clock.today()
    pack = queries.current_pack(today)
    try:
        found = pack.model_documents.document(document) if pack else None
    except LookupError:
        found = None
    if found is None or pack is None or not permissions.can_fill_model_text(actor, found):
        raise Http404
    stones = model_texts.stones_for(found, model_texts.stones_of(actor, today))
    form = forms.ModelTextForm(request.POST or None, document=found, pack=pack, stones=stones, year=today.year)
    company = actor.organisation_name if actor.company_id else ""
    context = {"document": found, "form": form, "company": company, "has_stones": bool(stones), "lists": form.lists()}
    if form.is_valid() or not form.is_bound:
        chosen = form.chosen(company)
        blocks = model_texts.filled(found, pack, chosen, today)
        if "download" in request.POST:
            name = "-".join(filter(None, (slugify(found.title.in_(chosen.language)), slugify(company))))
            return _as_file(model_texts.as_word(blocks, chosen, today), f"{name}-{chosen.language}.docx")
        context |= {"blocks": blocks, "chosen": chosen}
    return show(request, "library/model_text.html", context)


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
