"""Merging two sites and splitting mentions off, with all that is needed to undo it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.sites import permissions, policies
from toetssteen.sites.choices import Answer, AskedOf, ChangeKind, How, QuestionState
from toetssteen.sites.models import Mention, Question, SiteChange
from toetssteen.sites.recognition import numbers, searching
from toetssteen.sites.recognition.moving import Record, drop_search, make_sites, move, move_loose_links, settle
from toetssteen.supplychain.models import Site

STILL_ASKED = (QuestionState.OPEN, QuestionState.WAITING)


def locked_site(actor: Actor, site_id: int) -> Site:
    """The site, locked; for whom may not see it, it does not exist."""
    found = permissions.visible_sites(actor).select_for_update(of=("self",)).filter(pk=site_id).first()
    if found is None:
        raise Refused(no(_("This site does not exist.")))
    return found


@transaction.atomic
def merge_sites(*, actor: Actor, kept_id: int, gone_id: int, now: dt.datetime) -> SiteChange:
    """Two sites turn out to be one: everything that pointed at the one points at the other."""
    numbers.lock()
    kept, gone = locked_site(actor, kept_id), locked_site(actor, gone_id)
    demand(permissions.can_merge_sites(actor, kept))
    demand(policies.mergeable(kept, gone))
    record = Record()
    move(Mention.objects.filter(site=gone).order_by("pk"), kept.pk, How.SECRETARIAT, actor, now, record)
    move_loose_links(gone, kept, record)
    answered = Question.objects.filter(
        asked_of=AskedOf.SECRETARIAT, state__in=STILL_ASKED, mention__site=kept, site__in=[kept, gone]
    )
    settle(answered, QuestionState.ANSWERED, Answer.SAME, record, answered_by_id=actor.person_id, answered_at=now)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    drop_search(gone.pk)
    searching.refresh([kept.pk])
    change = SiteChange.objects.create(
        kind=ChangeKind.MERGE, kept=kept, gone=gone, moved=record.plain(), made_by_id=actor.person_id, made_at=now
    )
    for site, role in ((kept, "kept"), (gone, "gone")):
        audit.record(
            actor=actor, verb="sites.merge_sites", subject=site, at=now,
            role=role, kept=kept.code, gone=gone.code, mentions=len(record.mentions),
        )  # fmt: skip
    return change


@transaction.atomic
def split_mentions(*, actor: Actor, site_id: int, mention_ids: Collection[int], now: dt.datetime) -> SiteChange:
    """Some mentions turn out to be another place: they get a new site, and are never put back by recognition."""
    numbers.lock()
    site = locked_site(actor, site_id)
    demand(permissions.can_merge_sites(actor, site))
    mentions = list(Mention.objects.filter(site=site, pk__in=list(mention_ids)).order_by("pk"))
    if not mentions:
        raise ValidationError(_("Choose at least one mention."))
    record = Record()
    made = make_sites([mentions])[0]
    record.made.append(made.pk)
    if not made.country:
        made.country = site.country
        made.save(update_fields=["country"])
    move(mentions, made.pk, How.SECRETARIAT, actor, now, record)
    for mention in mentions:
        _remember_apart(actor, mention, site, now, record)
    change = SiteChange.objects.create(
        kind=ChangeKind.SPLIT, kept=site, gone=made, moved=record.plain(), made_by_id=actor.person_id, made_at=now
    )
    for one, role in ((site, "from"), (made, "to")):
        audit.record(
            actor=actor, verb="sites.split_mentions", subject=one, at=now,
            role=role, kept=site.code, made=made.code, mentions=len(mentions),
        )  # fmt: skip
    return change


def _remember_apart(actor: Actor, mention: Mention, site: Site, now: dt.datetime, record: Record) -> None:
    """The mention is not that site: recognition does not ask or tie it again."""
    question, _made = Question.objects.get_or_create(
        mention=mention, site=site,
        defaults={
            "asked_of": AskedOf.SECRETARIAT, "state": QuestionState.DROPPED, "asked_at": now,
            "reasons": [["split", []]],
        },
    )  # fmt: skip
    settle(
        [question], QuestionState.ANSWERED, Answer.DIFFERENT, record, answered_by_id=actor.person_id, answered_at=now
    )
