"""What is asked and said about a chain that does not fit: the secretariat asks, the company looks and answers."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations.models import Appointment
from toetssteen.supplychain import permissions
from toetssteen.supplychain.doubts import Doubt, doubts_in, sorted_doubts
from toetssteen.supplychain.models import Chain, ChainDoubt
from toetssteen.supplychain.permissions import EDITORS

NOT_ASKED = ("area", "closed")  # the list of areas is not theirs, and closings are told in their own words


def own_doubts(actor: Actor, pack: Pack, today: dt.date) -> list[Doubt]:
    """What does not fit in the open chains of the own company; nothing of the registry or of others."""
    if actor.company_id is None:
        return []
    own = permissions.visible_chains(actor).filter(organisation_id=actor.company_id, closed_on__isnull=True)
    return sorted_doubts(doubts_in(own, pack, today, sites=False))


def doubt_of(actor: Actor, chain_id: int, kind: str, key: str, pack: Pack, today: dt.date) -> Doubt | None:
    """One doubt about a chain that the actor may see; None once the chain says something else."""
    chain = permissions.visible_chains(actor).filter(pk=chain_id, closed_on__isnull=True)
    if kind in NOT_ASKED:
        return None
    return next((d for d in doubts_in(chain, pack, today, sites=False) if (d.kind, d.key) == (kind, key)), None)


@transaction.atomic
def ask_about_chain(
    *, actor: Actor, chain_id: int, kind: str, key: str, question: str, pack: Pack, now: dt.datetime
) -> ChainDoubt:
    """The secretariat asks the company whether something in its chain is right; its people get a mail."""
    chain, row = _row(actor, chain_id, kind, key, pack, now)
    demand(permissions.can_ask_about_chain(actor, chain))
    row.asked_by_id, row.asked_at, row.question = actor.person_id, now, question
    row.checked_by, row.checked_at, row.remark = None, None, ""
    row.save()
    audit.record(actor=actor, verb="supplychain.ask_about_chain", subject=chain, at=now, kind=kind)
    _send_asked(chain)
    return row


@transaction.atomic
def keep_doubt(
    *, actor: Actor, chain_id: int, kind: str, key: str, remark: str, pack: Pack, now: dt.datetime
) -> ChainDoubt:
    """The company looked at something that does not fit and says that it is right as it stands."""
    chain, row = _row(actor, chain_id, kind, key, pack, now)
    demand(permissions.can_keep_doubt(actor, chain))
    row.checked_by_id, row.checked_at, row.remark = actor.person_id, now, remark
    row.save()
    audit.record(actor=actor, verb="supplychain.keep_doubt", subject=chain, at=now, kind=kind)
    return row


@transaction.atomic
def undo_keep(*, actor: Actor, chain_id: int, kind: str, key: str, now: dt.datetime) -> None:
    """The company takes back that something is right as it stands."""
    row = permissions.visible_doubts(actor).filter(chain_id=chain_id, kind=kind, key=key).first()
    if row is None:
        raise Refused(no(_("The chain says something else by now. Load the page again.")))
    demand(permissions.can_keep_doubt(actor, row.chain))
    row.checked_by, row.checked_at, row.remark = None, None, ""
    row.save()
    audit.record(actor=actor, verb="supplychain.undo_keep", subject=row.chain, at=now, kind=kind)


def _row(actor: Actor, chain_id: int, kind: str, key: str, pack: Pack, now: dt.datetime) -> tuple[Chain, ChainDoubt]:
    chain = permissions.visible_chains(actor).select_for_update(of=("self",)).filter(pk=chain_id).first()
    if chain is None or doubt_of(actor, chain_id, kind, key, pack, timezone.localdate(now)) is None:
        raise Refused(no(_("The chain says something else by now. Load the page again.")))
    row = ChainDoubt.objects.select_for_update(of=("self",)).filter(chain=chain, kind=kind, key=key).first()
    return chain, row or ChainDoubt(chain=chain, kind=kind, key=key)


def _send_asked(chain: Chain) -> None:
    """Tell the people who keep the chains, in their own language and without the content."""
    people = Person.objects.filter(
        pk__in=Appointment.objects.filter(
            organisation_id=chain.organisation_id, ended_at__isnull=True, role__in=[role.value for role in EDITORS]
        ).values("person")
    ).order_by("pk")
    for person in people:
        with translation.override(person.language or settings.LANGUAGE_CODE):
            link = settings.SITE_URL.rstrip("/") + reverse("chain_doubts")
            context = {"name": person.name, "link": link}
            subject = " ".join(render_to_string("supplychain/mail/asked_subject.txt", context).split())
            text = render_to_string("supplychain/mail/asked.txt", context).strip() + "\n"
        _later(subject, text, person.email)


def _later(subject: str, text: str, to: str) -> None:
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to]))


def next_steps(*, actor: Actor) -> list[dict[str, str]]:
    """What the secretariat asks about the own chains, for the pages of the chain and the home."""
    if actor.company_id is None:
        return []
    asked = permissions.visible_doubts(actor).filter(asked_at__isnull=False, checked_at__isnull=True)
    chains = permissions.visible_chains(actor).filter(pk__in=asked.order_by().values("chain"), closed_on__isnull=True)
    newest = asked.aggregate(newest=Max("asked_at"))["newest"]
    if newest is None:
        return []
    on = timezone.localdate(newest)  # what was stale then is stale now, unless somebody checked it since
    found = doubts_in(chains, pack_of(current_year(on)), on, sites=False)
    open_ones = sum(doubt.asked_at is not None and doubt.checked_at is None for doubt in found)
    if not open_ones:
        return []
    title = ngettext(
        "The secretariat asks about %(n)s thing in your chain",
        "The secretariat asks about %(n)s things in your chain",
        open_ones,
    )
    reason = gettext("Mend it, or say that it is right as it stands.")
    return [{"title": title % {"n": open_ones}, "reason": reason, "url": reverse("chain_doubts")}]
