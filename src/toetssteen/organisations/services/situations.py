"""The purchase situation of a company: derived from its chains, or set by the secretariat with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations import hooks
from toetssteen.organisations.choices import SituationOrigin
from toetssteen.organisations.models import Organisation, SituationPeriod
from toetssteen.organisations.permissions import can_override_situation
from toetssteen.organisations.services.guard import keeping_used_years


@transaction.atomic
def record_derived_situation(
    *, actor: Actor | None = None, organisation_id: int, situation: str, since_on: dt.date, now: dt.datetime
) -> SituationPeriod | None:
    """Note the purchase situation that follows from the chains; nothing happens if it is the one already noted."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    rows = SituationPeriod.objects.filter(organisation=organisation).exclude(origin=SituationOrigin.OVERRIDE)
    last = rows.order_by("-since_on", "-pk").first()
    if not situation or (last is not None and last.situation == situation):
        return None
    since = max(since_on, last.since_on) if last else since_on
    with keeping_used_years([organisation.pk]):
        period = SituationPeriod.objects.create(
            organisation=organisation,
            since_on=since,
            situation=situation,
            origin=SituationOrigin.DERIVED,
            recorded_at=now,
        )
    audit.record(
        actor=actor,
        verb="organisations.situation_derived",
        subject=organisation,
        at=now,
        situation=situation,
        since=since,
    )
    return period


@transaction.atomic
def declare_situation(
    *, actor: Actor, organisation_id: int, situation: str, since_on: dt.date, now: dt.datetime
) -> SituationPeriod:
    """Note the purchase situation that a company stated when it joined."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_override_situation(actor, organisation))
    _demand_known(situation)
    with keeping_used_years([organisation.pk]):
        period = SituationPeriod.objects.create(
            organisation=organisation, since_on=since_on, situation=situation, origin=SituationOrigin.DECLARED,
            decided_by_id=actor.person_id, recorded_at=now,
        )  # fmt: skip
    audit.record(
        actor=actor,
        verb="organisations.situation_declared",
        subject=organisation,
        at=now,
        situation=situation,
        since=since_on,
    )
    return period


@transaction.atomic
def override_situation(
    *, actor: Actor, organisation_id: int, situation: str, since_on: dt.date, reason: str, now: dt.datetime
) -> SituationPeriod:
    """Set the purchase situation of a company with a reason; an earlier setting ends on that day."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_override_situation(actor, organisation))
    _demand_known(situation)
    if not reason.strip():
        raise Refused(no(_("Give the reason for this purchase situation.")))
    running = _running(organisation)
    if running and running.since_on > since_on:
        raise Refused(no(_("There is already a setting from a later day. End that one first.")))
    with keeping_used_years([organisation.pk]):
        if running:
            _end(running, since_on, actor, now)
        period = SituationPeriod.objects.create(
            organisation=organisation, since_on=since_on, situation=situation, origin=SituationOrigin.OVERRIDE,
            reason=reason.strip(), decided_by_id=actor.person_id, recorded_at=now,
        )  # fmt: skip
    audit.record(
        actor=actor,
        verb="organisations.situation_set",
        subject=organisation,
        at=now,
        situation=situation,
        since=since_on,
    )
    return period


@transaction.atomic
def end_override(*, actor: Actor, organisation_id: int, until_on: dt.date, now: dt.datetime) -> SituationPeriod:
    """End the secretariat's own setting; from that day the chains decide again."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_override_situation(actor, organisation))
    running = _running(organisation)
    if running is None:
        raise Refused(no(_("The secretariat has not set a purchase situation for this company.")))
    if until_on < running.since_on:
        raise Refused(no(_("This date lies before the day on which the setting began.")))
    with keeping_used_years([organisation.pk]):
        _end(running, until_on, actor, now)
    audit.record(
        actor=actor, verb="organisations.situation_setting_ended", subject=organisation, at=now, until=until_on
    )
    return running


def _running(organisation: Organisation) -> SituationPeriod | None:
    return SituationPeriod.objects.filter(
        organisation=organisation, origin=SituationOrigin.OVERRIDE, until_on__isnull=True
    ).last()


def _end(period: SituationPeriod, until_on: dt.date, actor: Actor, now: dt.datetime) -> None:
    period.until_on, period.ended_at, period.ended_by_id = until_on, now, actor.person_id
    period.save(update_fields=["until_on", "ended_at", "ended_by"])


def _demand_known(situation: str) -> None:
    known = [choice for choice, _words in hooks.situation_choices()]
    if not situation or (known and situation not in known):
        raise Refused(no(_("The framework does not know this purchase situation.")))
