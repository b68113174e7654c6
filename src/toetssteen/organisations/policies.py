"""What the rules allow, whoever asks: roles per kind of organisation, dates of memberships, the situation on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Role, Verdict, no
from toetssteen.core.calendar import DatedSituation
from toetssteen.organisations.choices import OrganisationKind, SituationOrigin

INVITATION_DAYS = 14
MAX_DAYS_AHEAD = 366

_PARTY = (Role.PARTY,)
ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.COMPANY: (Role.COMPANY_ADMIN, Role.EDITOR, Role.READER),
    OrganisationKind.AUTHORITY: (Role.AUTHORITY,),
    OrganisationKind.SECTOR: _PARTY,
    OrganisationKind.UNION: _PARTY,
    OrganisationKind.NGO: _PARTY,
    OrganisationKind.GOVERNMENT: _PARTY,
    OrganisationKind.SECRETARIAT: (Role.ASSESSOR, Role.COORDINATOR, Role.OPERATOR),
    OrganisationKind.COMMITTEE: (Role.COMMITTEE,),
}


def allows_role(kind: str, role: str) -> Verdict:
    """A role fits an organisation only if the kind of organisation knows it."""
    if Role(role) in ROLES_OF_KIND.get(kind, ()):
        return YES
    return no(_("This role does not exist in this kind of organisation."))


def allows_several_roles(kind: str) -> bool:
    """At the secretariat one person may assess and coordinate; elsewhere somebody has one role."""
    return kind == OrganisationKind.SECRETARIAT


class InvitationFacts(Protocol):
    """What an invitation says about itself."""

    expires_at: dt.datetime
    accepted_at: dt.datetime | None
    withdrawn_at: dt.datetime | None


def is_open(invitation: InvitationFacts) -> Verdict:
    """An invitation can still be withdrawn or sent again until it is accepted or withdrawn."""
    if invitation.accepted_at:
        return no(_("This invitation has already been accepted."))
    if invitation.withdrawn_at:
        return no(_("This invitation has been withdrawn."))
    return YES


def is_acceptable(invitation: InvitationFacts, now: dt.datetime) -> Verdict:
    """An invitation can be accepted while it is open and not older than its term."""
    verdict = is_open(invitation)
    if not verdict:
        return verdict
    if invitation.expires_at <= now:
        return no(_("This invitation is no longer valid. Ask the sender for a new one."))
    return YES


class SituationFacts(Protocol):
    """What a period of a purchase situation says about itself."""

    @property
    def pk(self) -> int: ...
    @property
    def since_on(self) -> dt.date: ...
    @property
    def until_on(self) -> dt.date | None: ...
    @property
    def situation(self) -> str: ...
    @property
    def origin(self) -> str: ...


def situation_at(rows: Sequence[SituationFacts], day: dt.date) -> str:
    """The purchase situation on a day: the secretariat's setting if one holds, else what chains or the company say."""
    begun = sorted((r for r in rows if r.since_on <= day), key=lambda r: (r.since_on, r.pk))
    overrides = [r for r in begun if r.origin == SituationOrigin.OVERRIDE and (r.until_on is None or r.until_on > day)]
    if overrides:
        return overrides[-1].situation
    others = [r for r in begun if r.origin != SituationOrigin.OVERRIDE]
    return others[-1].situation if others else ""


def situation_timeline(rows: Sequence[SituationFacts]) -> list[DatedSituation]:
    """The purchase situations one after the other, one entry for each day on which something changed."""
    days = sorted({r.since_on for r in rows} | {r.until_on for r in rows if r.until_on})
    timeline: list[DatedSituation] = []
    for day in days:
        situation = situation_at(rows, day)
        if not timeline or timeline[-1].situation != situation:
            timeline.append(DatedSituation(day, situation))
    return timeline


def allows_day(day: dt.date, today: dt.date) -> Verdict:
    """Dates of memberships may lie in the past, or at most a year ahead."""
    if day > today + dt.timedelta(days=MAX_DAYS_AHEAD):
        return no(_("This date is more than a year ahead."))
    return YES
