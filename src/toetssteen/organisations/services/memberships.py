"""Joining, leaving, merging, being suspended and coming back; dated, and never by rewriting an old year."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations.choices import EndReason
from toetssteen.organisations.models import Membership, Organisation, Suspension
from toetssteen.organisations.permissions import can_change_membership
from toetssteen.organisations.policies import allows_day
from toetssteen.organisations.services.guard import keeping_used_years


def _locked(actor: Actor, organisation_id: int, day: dt.date, now: dt.datetime) -> Organisation:
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_change_membership(actor, organisation))
    demand(allows_day(day, localdate(now)))
    return organisation


def _running(organisation: Organisation) -> Membership:
    membership = Membership.objects.select_for_update().filter(organisation=organisation, ended_on__isnull=True).first()
    if membership is None:
        raise Refused(no(_("This organisation does not take part at the moment.")))
    return membership


@transaction.atomic
def admit_member(
    *, actor: Actor, organisation_id: int, joined_on: dt.date, now: dt.datetime,
    confirmed_on: dt.date | None = None, recruited_via: str = "",
) -> Membership:  # fmt: skip
    """Let an organisation take part from a day on; after leaving it may come back, with a gap in its history."""
    organisation = _locked(actor, organisation_id, joined_on, now)
    for earlier in Membership.objects.filter(organisation=organisation):
        if earlier.ended_on is None:
            raise Refused(no(_("This organisation already takes part.")))
        if earlier.ended_on > joined_on:
            raise Refused(no(_("This date lies within an earlier membership.")))
    with keeping_used_years([organisation.pk]):
        membership = Membership.objects.create(
            organisation=organisation, joined_on=joined_on, confirmed_on=confirmed_on, recruited_via=recruited_via
        )
    audit.record(actor=actor, verb="organisations.member_admitted", subject=organisation, at=now, joined=joined_on)
    return membership


def _end(membership: Membership, on: dt.date, reason: str, note: str, into: Organisation | None = None) -> None:
    if on < membership.joined_on:
        raise Refused(no(_("This date lies before the day on which the organisation joined.")))
    running = Suspension.objects.filter(membership=membership, until_on__isnull=True).first()
    if running is not None:
        if running.from_on > on:
            raise Refused(no(_("This date lies before the day on which the suspension began.")))
        running.until_on = on
        running.save(update_fields=["until_on"])
    membership.ended_on, membership.end_reason, membership.end_note, membership.merged_into = on, reason, note, into
    membership.save(update_fields=["ended_on", "end_reason", "end_note", "merged_into"])


@transaction.atomic
def end_membership(
    *, actor: Actor, organisation_id: int, ended_on: dt.date, reason: str, note: str = "", now: dt.datetime
) -> Membership:
    """End a membership: the organisation left, ceased to exist or was excluded. What it did before stays as it was."""
    organisation = _locked(actor, organisation_id, ended_on, now)
    if reason not in (EndReason.LEFT, EndReason.CEASED, EndReason.EXCLUDED):
        raise Refused(no(_("Choose why the membership ends.")))
    if reason == EndReason.EXCLUDED and not note.strip():
        raise Refused(no(_("Give the reason for the exclusion.")))
    membership = _running(organisation)
    with keeping_used_years([organisation.pk]):
        _end(membership, ended_on, reason, note.strip())
    audit.record(
        actor=actor, verb="organisations.membership_ended", subject=organisation, at=now, ended=ended_on, reason=reason
    )
    return membership


@transaction.atomic
def merge_members(
    *, actor: Actor, from_id: int, into_id: int, on: dt.date, reason: str = "", now: dt.datetime
) -> Membership:
    """One member goes up in another; the receiving company keeps its own count of reports, the other its history."""
    organisation = _locked(actor, from_id, on, now)
    if from_id == into_id:
        raise Refused(no(_("An organisation cannot merge into itself.")))
    into = Organisation.objects.select_for_update().get(pk=into_id)
    demand(can_change_membership(actor, into))
    if into.kind != organisation.kind:
        raise Refused(no(_("Both organisations must be of the same kind.")))
    takes_part = Membership.objects.filter(organisation=into, joined_on__lte=on, ended_on__isnull=True)
    if not takes_part.exists():
        raise Refused(no(_("The receiving organisation must take part on that day.")))
    membership = _running(organisation)
    with keeping_used_years([from_id, into_id]):
        _end(membership, on, EndReason.MERGED, reason.strip(), into)
    audit.record(actor=actor, verb="organisations.member_merged", subject=organisation, at=now, into=into.pk, on=on)
    return membership


@transaction.atomic
def suspend_member(
    *, actor: Actor, organisation_id: int, from_on: dt.date, reason: str, now: dt.datetime
) -> Suspension:
    """Suspend a membership from a day on, with the reason."""
    organisation = _locked(actor, organisation_id, from_on, now)
    if not reason.strip():
        raise Refused(no(_("Give the reason for the suspension.")))
    membership = _running(organisation)
    if from_on < membership.joined_on:
        raise Refused(no(_("This date lies before the day on which the organisation joined.")))
    for earlier in membership.suspensions.all():
        if earlier.until_on is None:
            raise Refused(no(_("This membership is already suspended.")))
        if earlier.until_on > from_on:
            raise Refused(no(_("This date lies within an earlier suspension.")))
    with keeping_used_years([organisation.pk]):
        suspension = Suspension.objects.create(membership=membership, from_on=from_on, reason=reason.strip())
    audit.record(actor=actor, verb="organisations.member_suspended", subject=organisation, at=now, since=from_on)
    return suspension


@transaction.atomic
def resume_member(*, actor: Actor, organisation_id: int, until_on: dt.date, now: dt.datetime) -> Suspension:
    """End a suspension; from that day the membership counts again."""
    organisation = _locked(actor, organisation_id, until_on, now)
    membership = _running(organisation)
    suspension = membership.suspensions.filter(until_on__isnull=True).first()
    if suspension is None:
        raise Refused(no(_("This membership is not suspended.")))
    if until_on < suspension.from_on:
        raise Refused(no(_("This date lies before the day on which the suspension began.")))
    with keeping_used_years([organisation.pk]):
        suspension.until_on = until_on
        suspension.save(update_fields=["until_on"])
    audit.record(actor=actor, verb="organisations.member_resumed", subject=organisation, at=now, until=until_on)
    return suspension
