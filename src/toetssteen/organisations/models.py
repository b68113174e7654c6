"""Parties of the covenant, their dated memberships, and who acts for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.choices import EndReason, MarketRole, OrganisationKind, RoleChoice, SituationOrigin


class Organisation(Versioned):
    """A party of the covenant: a company, an authority, a union, the secretariat."""

    secrecy = Secrecy.PUBLIC

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    reference = models.CharField(max_length=20, unique=True)  # own number, never reused; used in permalinks
    name = models.CharField(_("name"), max_length=160)
    subtype = models.CharField(max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=40, blank=True)
    market_role = models.CharField(_("role in the market"), max_length=20, choices=MarketRole, blank=True)
    size_class = models.CharField(max_length=20, blank=True)
    market_segments = models.CharField(max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A period in which an organisation takes part; old years are never rewritten."""

    secrecy = Secrecy.PUBLIC

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField(_("joined on"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)  # the first day on which it no longer takes part
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    end_note = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recruited_via = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["organisation", "joined_on"]
        indexes = [models.Index(fields=["joined_on", "ended_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("joined_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""), name="membership_end_has_reason"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_on__isnull=True), name="one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.joined_on}"


class Suspension(models.Model):
    """A time within a membership in which it did not count, with its reason."""

    secrecy = Secrecy.PARTIES

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="suspensions")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the first day on which it counts again
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["membership", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="suspension_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(until_on__isnull=True), name="one_open_suspension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.from_on}"


class SituationPeriod(models.Model):
    """The purchase situation of a company from a day on; derived from its chains, or set with a reason."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="situations")
    since_on = models.DateField(_("since"))
    until_on = models.DateField(null=True, blank=True)  # the first day on which an override no longer holds
    situation = models.CharField(_("purchase situation"), max_length=8)
    origin = models.CharField(max_length=12, choices=SituationOrigin)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "since_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="override") | ~Q(reason=""), name="situation_override_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(origin="override", until_on__gte=models.F("since_on")),
                name="only_an_override_ends",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, until_on__isnull=False),
                name="situation_end_has_day_and_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.situation} {self.since_on}"


class Appointment(models.Model):
    """A person acts for an organisation in one role, from a moment until it ends."""

    secrecy = Secrecy.COMPANY

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=RoleChoice)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_appointment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False), name="ended_appointment_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """An invitation by mail to act for an organisation; the token is stored hashed."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=RoleChoice)
    language = models.CharField(max_length=5, default="nl")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="accepted_invitation_has_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_invitation_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"
