"""Who sees and changes which organisations, memberships, purchase situations and people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import COMPANY_ROLES, SECRETARIAT_ROLES, YES, Actor, Role, Verdict, no, permission
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.organisations.models import (
    Appointment,
    Invitation,
    Membership,
    Organisation,
    SituationPeriod,
    Suspension,
)

_HIDDEN = _("You cannot see this.")


def _is_staff(actor: Actor) -> bool:
    return actor.is_secretariat or actor.is_operator


def _keeps_list(actor: Actor) -> bool:
    return actor.is_coordinator or actor.is_operator


def _own_id(actor: Actor) -> int:
    """The organisation acted for; 0, which no organisation has, while a demanded second factor is missing."""
    if not actor.holdings or (actor.holds_any(SECRETARIAT_ROLES | {Role.OPERATOR}) and not actor.second_factor):
        return 0
    return actor.organisation_id or 0


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The secretariat and the operator see all organisations; others the one they act for."""
    if _is_staff(actor):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk=_own_id(actor))


@permission("organisations.view_organisation")
def can_view_organisation(actor: Actor, organisation: Organisation) -> Verdict:
    """The secretariat and the operator, and whoever acts for the organisation."""
    return YES if _is_staff(actor) or (organisation.pk == _own_id(actor)) else no(_HIDDEN)


@permission("organisations.create_organisation")
def can_create_organisation(actor: Actor) -> Verdict:
    """Coordinators and the operator."""
    return YES if _keeps_list(actor) else no(_("Only a coordinator or the operator can add an organisation."))


@permission("organisations.edit_organisation")
def can_edit_organisation(actor: Actor, organisation: Organisation) -> Verdict:
    """Coordinators and the operator."""
    return YES if _keeps_list(actor) else no(_("Only a coordinator or the operator can change these facts."))


def visible_memberships(actor: Actor) -> QuerySet[Membership]:
    """Memberships of the organisations that the actor sees."""
    return Membership.objects.filter(organisation__in=visible_organisations(actor))


@permission("organisations.change_membership")
def can_change_membership(actor: Actor, organisation: Organisation) -> Verdict:
    """Coordinators; the operator keeps the machine, not the membership."""
    return YES if actor.is_coordinator else no(_("Only a coordinator can change a membership."))


def visible_suspensions(actor: Actor) -> QuerySet[Suspension]:
    """Own suspensions; the secretariat sees all."""
    if actor.is_secretariat:
        return Suspension.objects.all()
    return Suspension.objects.filter(membership__organisation_id=_own_id(actor))


@permission("organisations.view_suspension")
def can_view_suspension(actor: Actor, suspension: Suspension) -> Verdict:
    """The secretariat and the organisation itself."""
    own = suspension.membership.organisation_id == _own_id(actor)
    return YES if actor.is_secretariat or own else no(_HIDDEN)


def visible_situations(actor: Actor) -> QuerySet[SituationPeriod]:
    """Own purchase situations; the secretariat sees all."""
    if actor.is_secretariat:
        return SituationPeriod.objects.all()
    return SituationPeriod.objects.filter(organisation_id=_own_id(actor))


@permission("organisations.view_situation")
def can_view_situation(actor: Actor, period: SituationPeriod) -> Verdict:
    """The secretariat and the company itself."""
    return YES if actor.is_secretariat or period.organisation_id == _own_id(actor) else no(_HIDDEN)


@permission("organisations.override_situation")
def can_override_situation(actor: Actor, organisation: Organisation) -> Verdict:
    """The secretariat, for a company, with a reason."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat can set a purchase situation."))
    if organisation.kind != OrganisationKind.COMPANY:
        return no(_("Only companies have a purchase situation."))
    return YES


def visible_appointments(actor: Actor) -> QuerySet[Appointment]:
    """People who act for the own organisation; the secretariat and the operator see all."""
    if _is_staff(actor):
        return Appointment.objects.all()
    return Appointment.objects.filter(organisation_id=_own_id(actor))


@permission("organisations.view_appointment")
def can_view_appointment(actor: Actor, appointment: Appointment) -> Verdict:
    """Colleagues, the secretariat and the operator."""
    return YES if _is_staff(actor) or appointment.organisation_id == _own_id(actor) else no(_HIDDEN)


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """A company's administrators see their own invitations; the secretariat and the operator see all."""
    if _is_staff(actor):
        return Invitation.objects.all()
    if actor.holds(Role.COMPANY_ADMIN, _own_id(actor)):
        return Invitation.objects.filter(organisation_id=_own_id(actor))
    return Invitation.objects.none()


@permission("organisations.view_invitation")
def can_view_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """The company's administrators, the secretariat and the operator."""
    own = actor.holds(Role.COMPANY_ADMIN, invitation.organisation_id)
    return YES if _is_staff(actor) or own else no(_HIDDEN)


def roles_to_give(actor: Actor, organisation: Organisation) -> frozenset[Role]:
    """The roles that somebody may give to people of an organisation."""
    from toetssteen.organisations.policies import ROLES_OF_KIND

    fitting = frozenset(ROLES_OF_KIND.get(organisation.kind, ()))
    if actor.is_operator:
        return fitting
    if actor.is_coordinator:
        # A company's own administrator decides on colleagues; the secretariat only helps the first one in.
        first = frozenset({Role.COMPANY_ADMIN}) if organisation.kind == OrganisationKind.COMPANY else fitting
        return first - {Role.OPERATOR}
    if organisation.kind == OrganisationKind.COMPANY and actor.holds(Role.COMPANY_ADMIN, organisation.pk):
        return fitting & COMPANY_ROLES
    return frozenset()


@permission("organisations.invite_person")
def can_invite(actor: Actor, organisation: Organisation, role: str = "") -> Verdict:
    """Company administrators: colleagues. Coordinators: first administrators, the secretariat. The operator: all."""
    roles = roles_to_give(actor, organisation)
    if not roles:
        return no(_("Only an administrator of this organisation can invite people."))
    if role and role not in {r.value for r in roles}:
        return no(_("You cannot give this role to somebody of this organisation."))
    return YES


@permission("organisations.end_appointment")
def can_end_appointment(actor: Actor, appointment: Appointment) -> Verdict:
    """A company's administrator for colleagues; coordinators all but operators; the operator all."""
    if actor.is_operator:
        return YES
    if actor.is_coordinator and appointment.role != Role.OPERATOR.value:
        return YES
    company_role = appointment.role in {r.value for r in COMPANY_ROLES}
    if company_role and actor.holds(Role.COMPANY_ADMIN, appointment.organisation_id):
        return YES
    return no(_("Only an administrator of this organisation can remove people."))


@permission("organisations.change_role")
def can_change_role(actor: Actor, appointment: Appointment, role: str = "") -> Verdict:
    """Whoever may remove somebody in the old role and invite somebody in the new one, within a company."""
    if appointment.organisation.kind != OrganisationKind.COMPANY:
        return no(_("Only roles within a company can be changed. Invite the person in the other role instead."))
    verdict = can_end_appointment(actor, appointment)
    return can_invite(actor, appointment.organisation, role) if verdict else verdict
