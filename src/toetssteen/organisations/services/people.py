"""Inviting people by mail, letting them in, changing their role and ending it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts import queries as accounts_queries
from toetssteen.accounts import services as accounts_services
from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor, Role, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations import mails, policies
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.organisations.models import Appointment, Invitation, Organisation
from toetssteen.organisations.permissions import can_change_role, can_end_appointment, can_invite


def digest_of_token(token: str) -> str:
    """What is stored of an invitation's token; the token itself stands only in the mail."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token(invitation: Invitation, now: dt.datetime) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_of_token(token)
    invitation.expires_at = now + dt.timedelta(days=policies.INVITATION_DAYS)
    return token


def _open_appointments(organisation: Organisation, email: str, role: str) -> bool:
    rows = Appointment.objects.filter(organisation=organisation, person__email__iexact=email, ended_at__isnull=True)
    if policies.allows_several_roles(organisation.kind):
        rows = rows.filter(role=role)
    return rows.exists()


@transaction.atomic
def invite(
    *, actor: Actor, organisation_id: int, email: str, name: str, role: str, language: str, now: dt.datetime
) -> Invitation:
    """Invite somebody by mail to act for an organisation in one role."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_invite(actor, organisation, role))
    demand(policies.allows_role(organisation.kind, role))
    email = email.strip().lower()
    if _open_appointments(organisation, email, role):
        raise Refused(no(_("Somebody with this e-mail address already acts for this organisation.")))
    waiting = Invitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if policies.allows_several_roles(organisation.kind):
        waiting = waiting.filter(role=role)
    if waiting.exists():
        raise Refused(
            no(_("This person has already been invited. Send that invitation again if the mail did not arrive."))
        )
    invitation = Invitation(
        organisation=organisation, email=email, name=name.strip(), role=role, language=language,
        invited_by_id=actor.person_id, invited_at=now,
    )  # fmt: skip
    token = _new_token(invitation, now)
    invitation.save()
    audit.record(
        actor=actor, verb="organisations.person_invited", subject=invitation, at=now,
        organisation=organisation.pk, role=role,
    )  # fmt: skip
    mails.send_invitation(invitation, token, inviter=actor.name)
    return invitation


def _locked_invitation(actor: Actor, invitation_id: int) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    demand(can_invite(actor, invitation.organisation, invitation.role))
    demand(policies.is_open(invitation))
    return invitation


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation_id: int, now: dt.datetime) -> Invitation:
    """Send an invitation again with a new link and a new term; the old link stops working."""
    invitation = _locked_invitation(actor, invitation_id)
    token = _new_token(invitation, now)
    invitation.save(update_fields=["token_digest", "expires_at"])
    audit.record(actor=actor, verb="organisations.invitation_sent_again", subject=invitation, at=now)
    mails.send_invitation(invitation, token, inviter=actor.name)
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int, now: dt.datetime) -> Invitation:
    """Take an invitation back; its link stops working."""
    invitation = _locked_invitation(actor, invitation_id)
    invitation.withdrawn_at, invitation.withdrawn_by_id = now, actor.person_id
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(actor=actor, verb="organisations.invitation_withdrawn", subject=invitation, at=now)
    return invitation


@transaction.atomic
def accept_invitation(
    *, actor: Actor, token: str, now: dt.datetime, name: str = "", password: str = "", language: str = ""
) -> Person:
    """Accept an invitation: with a new account, or signed in with the account that has the invited address."""
    invitation = Invitation.objects.select_for_update().filter(token_digest=digest_of_token(token)).first()
    if invitation is None:
        raise Refused(no(_("This invitation is no longer valid. Ask the sender for a new one.")))
    demand(policies.is_acceptable(invitation, now))
    person = accounts_queries.person_by_email(invitation.email)
    if person is None:
        if actor.is_signed_in:
            raise Refused(no(_("Sign out first: this invitation makes a new account.")))
        person = accounts_services.register_person(
            actor=actor, email=invitation.email, name=name, password=password, language=language, now=now
        )
    elif person.pk != actor.person_id:
        raise Refused(no(_("Sign in first with the account that has this e-mail address.")))
    if not _open_appointments(invitation.organisation, person.email, invitation.role):
        Appointment.objects.create(
            person=person, organisation_id=invitation.organisation_id, role=invitation.role, since_at=now,
            appointed_by_id=invitation.invited_by_id,
        )  # fmt: skip
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        actor=Actor(person_id=person.pk, organisation_id=invitation.organisation_id),
        verb="organisations.invitation_accepted", subject=invitation, at=now, role=invitation.role,
    )  # fmt: skip
    return person


@transaction.atomic
def appoint(*, actor: Actor, person_id: int, organisation_id: int, role: str, now: dt.datetime) -> Appointment:
    """Let somebody who already has an account act for an organisation, without a mail."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_invite(actor, organisation, role))
    demand(policies.allows_role(organisation.kind, role))
    appointment = Appointment.objects.create(
        person_id=person_id, organisation=organisation, role=role, since_at=now, appointed_by_id=actor.person_id
    )
    audit.record(
        actor=actor, verb="organisations.person_appointed", subject=appointment, at=now,
        organisation=organisation.pk, role=role,
    )  # fmt: skip
    return appointment


def _locked_appointment(appointment_id: int) -> Appointment:
    """The appointment, with its organisation locked, so that two administrators cannot remove each other at once."""
    organisation_id = Appointment.objects.values_list("organisation_id", flat=True).get(pk=appointment_id)
    Organisation.objects.select_for_update().get(pk=organisation_id)
    appointment: Appointment = Appointment.objects.select_related("organisation").get(pk=appointment_id)
    if appointment.ended_at:
        raise Refused(no(_("This person no longer acts for this organisation.")))
    return appointment


def _demand_another(actor: Actor, appointment: Appointment) -> None:
    """The last administrator of a company stays, unless the secretariat ends it; the last operator always stays."""
    by_staff = actor.is_coordinator or actor.is_operator
    if appointment.role == Role.COMPANY_ADMIN and not by_staff:
        sentence = _("This is the last administrator. First make somebody else administrator.")
        others = Appointment.objects.filter(organisation=appointment.organisation)
    elif appointment.role == Role.OPERATOR:
        sentence = _("This is the last operator. First appoint another one.")
        others = Appointment.objects.all()
    else:
        return
    if not others.filter(role=appointment.role, ended_at__isnull=True).exclude(pk=appointment.pk).exists():
        raise Refused(no(sentence))


@transaction.atomic
def end_appointment(*, actor: Actor, appointment_id: int, now: dt.datetime) -> Appointment:
    """Somebody stops acting for an organisation, at once; what they did stays on record."""
    appointment = _locked_appointment(appointment_id)
    demand(can_end_appointment(actor, appointment))
    _demand_another(actor, appointment)
    appointment.ended_at, appointment.ended_by_id = now, actor.person_id
    appointment.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        actor=actor, verb="organisations.appointment_ended", subject=appointment, at=now,
        organisation=appointment.organisation_id, role=appointment.role,
    )  # fmt: skip
    return appointment


@transaction.atomic
def change_role(*, actor: Actor, appointment_id: int, role: str, now: dt.datetime) -> Appointment:
    """Give a colleague another role in the same company: the old one ends, the new one begins."""
    old = _locked_appointment(appointment_id)
    demand(can_change_role(actor, old, role))
    if old.organisation.kind == OrganisationKind.COMPANY and old.role == role:
        return old
    _demand_another(actor, old)
    old.ended_at, old.ended_by_id = now, actor.person_id
    old.save(update_fields=["ended_at", "ended_by"])
    new = Appointment.objects.create(
        person_id=old.person_id, organisation_id=old.organisation_id, role=role, since_at=now,
        appointed_by_id=actor.person_id,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="organisations.role_changed", subject=new, at=now,
        organisation=old.organisation_id, old=old.role, new=role,
    )  # fmt: skip
    return new
