"""Reading who acts for an organisation and who has been invited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from toetssteen.accounts.models import Person
from toetssteen.accounts.queries import person_by_email
from toetssteen.core.access import Actor, Verdict
from toetssteen.organisations import permissions, policies
from toetssteen.organisations.choices import RoleChoice
from toetssteen.organisations.models import Appointment, Invitation, Organisation


@dataclass(frozen=True)
class PersonRow:
    """One person who acts for an organisation."""

    appointment_id: int
    name: str
    email: str
    role: str
    since_at: dt.datetime
    is_self: bool
    can_end: Verdict
    can_change: Verdict


@dataclass(frozen=True)
class InvitationRow:
    """One invitation that is still open."""

    pk: int
    name: str
    email: str
    role: str
    invited_at: dt.datetime
    invited_by: str
    expires_at: dt.datetime
    is_expired: bool
    can_change: Verdict


@dataclass(frozen=True)
class PeoplePage:
    """The people of the organisation that one acts for."""

    organisation: Organisation
    people: tuple[PersonRow, ...]
    invitations: tuple[InvitationRow, ...]
    can_invite: Verdict


def appointment_rows(actor: Actor) -> QuerySet[Appointment]:
    """The running appointments that the actor may see."""
    return (
        permissions.visible_appointments(actor).filter(ended_at__isnull=True).select_related("person", "organisation")
    )


def invitation_rows(actor: Actor) -> QuerySet[Invitation]:
    """The open invitations that the actor may see."""
    return (
        permissions.visible_invitations(actor)
        .filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("organisation", "invited_by")
    )


def appointments(actor: Actor, organisation: Organisation) -> tuple[PersonRow, ...]:
    """Who acts for an organisation now, by name."""
    rows = appointment_rows(actor).filter(organisation=organisation).order_by("person__name", "role", "pk")
    return tuple(
        PersonRow(
            appointment_id=a.pk, name=a.person.name, email=a.person.email, role=a.get_role_display(),
            since_at=a.since_at, is_self=a.person_id == actor.person_id,
            can_end=permissions.can_end_appointment(actor, a), can_change=permissions.can_change_role(actor, a),
        )
        for a in rows
    )  # fmt: skip


def invitations(actor: Actor, organisation: Organisation, now: dt.datetime) -> tuple[InvitationRow, ...]:
    """Who has been invited and has not answered yet, newest first."""
    rows = invitation_rows(actor).filter(organisation=organisation).order_by("-invited_at", "-pk")
    return tuple(
        InvitationRow(
            pk=i.pk, name=i.name, email=i.email, role=i.get_role_display(), invited_at=i.invited_at,
            invited_by=i.invited_by.name if i.invited_by else "", expires_at=i.expires_at,
            is_expired=not policies.is_acceptable(i, now),
            can_change=permissions.can_invite(actor, i.organisation, i.role),
        )
        for i in rows
    )  # fmt: skip


def people_page(actor: Actor, now: dt.datetime) -> PeoplePage:
    """The colleagues of whoever asks."""
    organisation = permissions.visible_organisations(actor).get(pk=actor.organisation_id or 0)
    return PeoplePage(
        organisation=organisation,
        people=appointments(actor, organisation),
        invitations=invitations(actor, organisation, now),
        can_invite=permissions.can_invite(actor, organisation),
    )


def role_choices(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """The roles that the actor may give in an organisation, in a fixed order with their words."""
    allowed = {role.value for role in permissions.roles_to_give(actor, organisation)}
    return [(str(value), str(label)) for value, label in RoleChoice.choices if value in allowed]


@dataclass(frozen=True)
class Invited:
    """What the page behind an invitation's link shows to whoever holds the link."""

    organisation: str
    role: str
    name: str
    email: str
    language: str
    verdict: Verdict
    has_account: bool
    is_for_actor: bool


def invitation_by_token(actor: Actor, token_digest: str, now: dt.datetime) -> Invited | None:
    """The invitation behind a link; None for a link that was never sent or has been replaced."""
    invitation = Invitation.objects.select_related("organisation").filter(token_digest=token_digest).first()
    if invitation is None:
        return None
    person: Person | None = person_by_email(invitation.email)
    return Invited(
        organisation=invitation.organisation.name,
        role=invitation.get_role_display(),
        name=invitation.name,
        email=invitation.email,
        language=invitation.language,
        verdict=policies.is_acceptable(invitation, now),
        has_account=person is not None,
        is_for_actor=person is not None and person.pk == actor.person_id,
    )
