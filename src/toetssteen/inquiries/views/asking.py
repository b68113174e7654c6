"""Pages on which a company chooses whom to ask, prepares the question and sends it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant.queries import current_year, pack_by_id, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import day
from toetssteen.foundation.pages import demand, done, page, refusals_on, show
from toetssteen.inquiries import forms, letters, mails, permissions, policies, presentation, queries, services
from toetssteen.inquiries.choices import InquiryKind

PER_PAGE = 25


def ground() -> tuple[Any, Any]:
    """The year that is reported and its pack; a covenant without a questionnaire has none of these pages."""
    try:
        year = current_year(clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    pack = pack_of(year)
    if pack.questionnaire is None:
        raise Http404
    return year, pack


def inquiry_or_404(actor: Actor, pk: int) -> Any:
    """One question of the own company."""
    found = queries.inquiry(actor, pk)
    if found is None:
        raise Http404
    return found


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def inquiry_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody whom the company asked, how far it is, and whom to ask next."""
    _year, pack = ground()
    company, get = actor.company_id or 0, request.GET.get
    wanted = queries.Filters(search=get("q", "").strip(), state=get("state", ""), kind=get("kind", ""))
    found = queries.inquiry_list(actor, now=clock.now(), filters=wanted)
    context = {
        "found": found,
        "page": Paginator(found.rows, PER_PAGE).get_page(get("page")),
        "rows": [
            (row, presentation.state_tag(row.state)) for row in Paginator(found.rows, PER_PAGE).get_page(get("page"))
        ],
        "filters": wanted,
        "filtered": wanted != queries.Filters(),
        "states": presentation.states(),
        "kinds": InquiryKind.choices,
        "next": _named(queries.next_to_ask(actor, company, pack, on=clock.today()), pack),
        "may_ask": permissions.can_ask(actor, company),
    }
    return show(request, "inquiries/inquiry_list.html", context)


def _named(found: list[queries.Candidate], pack: Any) -> list[dict[str, Any]]:
    levels = {level.id: presentation.in_language(level.text) for level in pack.coverage_levels}
    rows = []
    for one in found:
        unknown = [level for level in levels if any(level in chain.unknown for chain in one.chains)]
        rows.append({"who": one, "unknown": presentation.many_levels([levels[level] for level in unknown])})
    return rows


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def inquiry_ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody in the chain who can be asked about something that is not known."""
    _year, pack = ground()
    company = actor.company_id or 0
    demand(permissions.can_ask(actor, company))
    found = queries.candidates(actor, company, pack, on=clock.today())
    return show(request, "inquiries/inquiry_ask.html", {"rows": _named(found, pack)})


@page(Audience.MEMBER)
def inquiry_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Prepare a question to somebody in the chain."""
    year, pack = ground()
    company = actor.company_id or 0
    demand(permissions.can_ask(actor, company))
    form = forms.InquiryForm(
        request.POST or None,
        pack=pack,
        chains=queries.chosen_chains(actor, company, pack, on=clock.today()),
        initial=_proposed(request, actor, pack),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.prepare_inquiry(
                actor=actor, organisation_id=company, data=form.data_entered(), year=year, now=clock.now()
            )
            return done(request, "inquiry_send", pk=made.pk)
    return show(request, "inquiries/inquiry_edit.html", {"form": form})


def _proposed(request: HttpRequest, actor: Actor, pack: Any) -> dict[str, Any]:
    """What the page fills in: the link that was chosen, or the chain from which one came."""
    initial: dict[str, Any] = {"language": "nl" if get_language() == "nl" else "en", "kind": InquiryKind.QUESTIONNAIRE}
    who, chain = request.GET.get("who", ""), request.GET.get("chain", "")
    if not who and not chain:
        return initial
    for one in queries.candidates(actor, actor.company_id or 0, pack, on=clock.today()):
        ids = [chosen.id for chosen in one.chains]
        if one.key == who or (not who and chain.isdigit() and int(chain) in ids):
            return initial | {
                "supplier_name": one.name,
                "asked_kind": one.asked_kind,
                "kind": InquiryKind.LETTER if one.is_letter else InquiryKind.QUESTIONNAIRE,
                "chains": [int(chain)] if not who else ids,
            }
    return initial | ({"chains": [int(chain)]} if chain.isdigit() else {})


@page(Audience.MEMBER)
def inquiry_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change a draft."""
    found = inquiry_or_404(actor, pk)
    demand(permissions.can_edit_inquiry(actor, found))
    pack = pack_by_id(found.pack_id)
    names = ("supplier_name", "asked_kind", "kind", "contact_name", "email", "language", "word", "row_version")
    initial = {name: getattr(found, name) for name in names}
    form = forms.InquiryForm(
        request.POST or None,
        pack=pack,
        chains=queries.chosen_chains(actor, found.organisation_id, pack, on=clock.today()),
        initial=initial | {"chains": [asked.chain_id for asked in found.chains.all()]},
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data.get("row_version")
        with refusals_on(form):
            services.edit_inquiry(
                actor=actor,
                inquiry_id=pk,
                row_version=-1 if seen is None else seen,
                data=form.data_entered(),
                now=clock.now(),
            )
            return done(request, "inquiry_send", pk=pk)
    return show(request, "inquiries/inquiry_edit.html", {"form": form, "inquiry": found})


@page(Audience.MEMBER)
def inquiry_send(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Read the mail once more and send it."""
    found = inquiry_or_404(actor, pk)
    demand(permissions.can_edit_inquiry(actor, found))
    year, _pack = ground()
    if request.method == "POST":
        services.send_inquiry(actor=actor, inquiry_id=pk, year=year, now=clock.now())
        messages.success(request, _("Your question was sent to %(name)s.") % {"name": found.supplier_name})
        return done(request, "inquiry_detail", pk=pk)
    questionnaire = pack_by_id(found.pack_id).questionnaire
    assert questionnaire is not None  # who made this question had one
    found.expires_at = policies.expires(clock.now(), questionnaire)
    subject, text = mails.question_mail(found, _("(here comes the link)"), questionnaire)
    context = {
        "inquiry": found,
        "subject": subject,
        "text": text,
        "can_send": permissions.can_send_inquiry(actor, found),
        "is_letter": found.kind == InquiryKind.LETTER,
        "reminders": questionnaire.remind_after_days,
    }
    return show(request, "inquiries/inquiry_send.html", context)


@page(Audience.MEMBER)
def inquiry_by_hand(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Note on which day the company sent the letter itself."""
    found = inquiry_or_404(actor, pk)
    demand(permissions.can_edit_inquiry(actor, found))
    year, _pack = ground()
    form = forms.ByHandForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.send_inquiry(
                actor=actor, inquiry_id=pk, year=year, now=clock.now(), by_hand_on=form.cleaned_data["on"]
            )
            return done(request, "inquiry_detail", pk=pk)
    context = {
        "heading": _("Did you send it yourself?"),
        "lead": found.supplier_name,
        "what_happens": [
            _("No mail is sent from here, and there is no link."),
            _("In your chain the levels that you do not know become “asked” from that day."),
            _("You record the answer or the refusal here yourself."),
        ],
        "action_label": _("Note as sent"),
        "back_url": reverse("inquiry_send", args=[pk]),
        "form": form,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def inquiry_resend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Send the question once more with a new link."""
    found = inquiry_or_404(actor, pk)
    verdict = permissions.can_resend_inquiry(actor, found)
    if request.method == "POST":
        services.resend_inquiry(actor=actor, inquiry_id=pk, now=clock.now())
        messages.success(request, _("A new link was sent to %(name)s.") % {"name": found.supplier_name})
        return done(request, "inquiry_detail", pk=pk)
    context = {
        "heading": _("Send once more?"),
        "lead": found.supplier_name,
        "what_happens": [
            _("The mail goes again to %(email)s, with a new link.") % {"email": found.email or "–"},
            _("The old link stops working. What was filled in already stays."),
        ],
        "action_label": _("Send again"),
        "back_url": reverse("inquiry_detail", args=[pk]),
        "verdict": verdict,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def inquiry_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Withdraw a question that waits."""
    found = inquiry_or_404(actor, pk)
    verdict = permissions.can_withdraw_inquiry(actor, found)
    if request.method == "POST":
        services.withdraw_inquiry(actor=actor, inquiry_id=pk, now=clock.now())
        messages.success(request, _("Your question was withdrawn."))
        return done(request, "inquiry_detail", pk=pk)
    context = {
        "heading": _("Withdraw this question?"),
        "lead": found.supplier_name,
        "what_happens": [
            _("The link stops working at once. What was filled in and not sent is removed."),
            _("That you asked stays in your chain: it happened."),
        ],
        "cannot_undo": True,
        "action_label": _("Withdraw"),
        "back_url": reverse("inquiry_detail", args=[pk]),
        "verdict": verdict,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def inquiry_discard(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = inquiry_or_404(actor, pk)
    verdict = permissions.can_edit_inquiry(actor, found)
    if request.method == "POST":
        services.discard_inquiry(actor=actor, inquiry_id=pk, now=clock.now())
        messages.success(request, _("The draft was removed."))
        return done(request, "inquiry_list")
    context = {
        "heading": _("Remove this draft?"),
        "lead": found.supplier_name,
        "what_happens": [_("Nothing was sent, and nothing changes in your chain.")],
        "cannot_undo": True,
        "action_label": _("Remove this draft"),
        "back_url": reverse("inquiry_detail", args=[pk]),
        "verdict": verdict,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def inquiry_letter(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The letter as a Word document."""
    found = inquiry_or_404(actor, pk)
    questionnaire = pack_by_id(found.pack_id).questionnaire
    if found.kind != InquiryKind.LETTER or questionnaire is None:
        raise Http404
    content = letters.letter_document(found, questionnaire, clock.today())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    response = HttpResponse(content, content_type=kind)
    name = f"{slugify(found.supplier_name) or 'brief'}-{day(clock.today()).replace(' ', '-')}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
