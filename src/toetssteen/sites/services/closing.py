"""Closing a site and opening it again, and telling companies about places of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.sites import permissions, policies
from toetssteen.sites.models import Closing, ClosingNotice, Mention
from toetssteen.sites.services.merging import locked_site
from toetssteen.supplychain.models import Site, SiteEvent


@dataclass(frozen=True)
class ClosingData:
    """A closing as the secretariat entered it; `tell` names the companies that hear of it."""

    closed_on: dt.date
    forced: bool
    source: str
    note: str = ""
    tell: Collection[int] = ()

    @property
    def event(self) -> str:
        """The state of the pack's list."""
        return "closed_forced" if self.forced else "closed_other"


@transaction.atomic
def close_site(*, actor: Actor, site_id: int, data: ClosingData, now: dt.datetime) -> Closing:
    """Record that a site has closed; coverage stays as it is until a company changes its chain.

    Only companies that named the site before now can be told, each by choice: who names it later hears nothing.
    """
    site = locked_site(actor, site_id)
    demand(permissions.can_close_site(actor, site))
    demand(policies.closable(site, data.closed_on, timezone.localdate(now)))
    if data.tell:
        verdict = policies.may_be_told(data.source)
        if not verdict:
            raise ValidationError({"tell": str(verdict)})
    site.closed_on = data.closed_on
    site.save(update_fields=["closed_on"])
    SiteEvent.objects.create(site=site, event=data.event, event_on=data.closed_on, note=data.note)
    closing = Closing.objects.create(
        site=site, closed_on=data.closed_on, forced=data.forced, source=data.source, note=data.note,
        made_by_id=actor.person_id, made_at=now,
    )  # fmt: skip
    named = Mention.objects.filter(site=site, organisation_id__in=list(data.tell)).order_by("pk")
    ClosingNotice.objects.bulk_create(ClosingNotice(closing=closing, mention=mention) for mention in named)
    audit.record(
        actor=actor, verb="sites.close_site", subject=site, at=now,
        closed_on=data.closed_on, forced=data.forced, source=data.source, told=sorted(data.tell),
    )  # fmt: skip
    return closing


@transaction.atomic
def reopen_site(*, actor: Actor, site_id: int, now: dt.datetime) -> Site:
    """Undo the closing of a site; companies that were told no longer see the message."""
    site = locked_site(actor, site_id)
    demand(permissions.can_close_site(actor, site))
    if site.closed_on is None:
        raise Refused(no(_("This site is open.")))
    was = site.closed_on
    site.closed_on = None
    site.save(update_fields=["closed_on"])
    Closing.objects.filter(site=site, undone_at__isnull=True).update(undone_by=actor.person_id, undone_at=now)
    SiteEvent.objects.create(site=site, event="reopened", event_on=timezone.localdate(now))
    audit.record(actor=actor, verb="sites.reopen_site", subject=site, at=now, was_closed_on=was)
    return site


@transaction.atomic
def mark_notice_seen(*, actor: Actor, notice_id: int, now: dt.datetime) -> ClosingNotice:
    """Somebody of the company read that a place has closed."""
    notice = permissions.own_notices(actor).select_for_update(of=("self",)).filter(pk=notice_id).first()
    if notice is None:
        raise Refused(no(_("This message does not exist.")))
    if notice.seen_at is None:
        notice.seen_at = now
        notice.save(update_fields=["seen_at"])
        audit.record(actor=actor, verb="sites.mark_notice_seen", subject=notice, at=now)
    return notice
