"""Questions to suppliers, factories, quarries and importers, what they answered, and what a company does with it."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.covenant.models import PackVersion
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.inquiries.choices import InquiryKind, InquiryState, LineKind, LineState
from toetssteen.organisations.models import Organisation
from toetssteen.supplychain.models import Chain, SupplierInquiry


def random_name(instance: Attachment, file_name: str) -> str:
    """Where a file of a respondent is kept: a name that tells nothing and cannot be guessed."""
    name = secrets.token_hex(16)
    return f"answers/{name[:2]}/{name}"


class Inquiry(Versioned):
    """One question of one company to one supplier, factory, quarry or importer, by a link that only they have."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=InquiryKind, default=InquiryKind.QUESTIONNAIRE)
    asked_kind = models.CharField(max_length=30)  # an id of the pack's kinds of respondents
    supplier_name = models.CharField(_("name of the company"), max_length=200)
    contact_name = models.CharField(_("name of the person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5)
    word = models.TextField(_("personal word"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=InquiryState, default=InquiryState.DRAFT)
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # answered or refused
    ended_on = models.DateField(null=True, blank=True)  # the day of the answer or refusal, also of one on paper
    refusal_reason = models.TextField(max_length=1000, blank=True)
    by_hand = models.BooleanField(default=False)  # the company recorded the answer itself
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    may_share = models.BooleanField(null=True, blank=True)
    earlier_offered = models.BooleanField(default=False)  # the respondent decided about an answer given before
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"]), models.Index(fields=["email", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "opened", "busy"]) | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="sent_inquiry_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "refused"]) | Q(ended_at__isnull=False, ended_on__isnull=False),
                name="ended_inquiry_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.state}"


class AskedChain(models.Model):
    """A chain that a question is about, with the levels that were asked and the letter that counts in the report."""

    secrecy = Secrecy.COMPANY

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="chains")
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="+")
    levels = models.JSONField(default=list)  # levels that were not known when it was asked
    letter = models.ForeignKey(SupplierInquiry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["inquiry", "pk"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "chain"], name="chain_asked_once")]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.chain_id}"


class Reply(models.Model):
    """What a respondent answered to one question of the questionnaire."""

    secrecy = Secrecy.COMPANY

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="replies")
    question = models.CharField(max_length=40)
    stance = models.CharField(max_length=30, blank=True)  # an answer that is always allowed, such as not knowing
    value = models.JSONField(null=True, blank=True)
    look_again = models.BooleanField(default=False)  # taken from an earlier answer; must be looked at first
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["inquiry", "pk"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "question"], name="one_reply_per_question")]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.question}"


class Attachment(models.Model):
    """A photo, licence or audit that a respondent added; the file lives outside the web root."""

    secrecy = Secrecy.COMPANY

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="attachments")
    file_name = models.CharField(max_length=160)
    file = models.FileField(upload_to=random_name)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["inquiry", "pk"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "sha256"], name="attachment_once")]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.pk}"


class Line(models.Model):
    """One thing that an answer would change in a chain or a list of risks, once the company takes it over."""

    secrecy = Secrecy.COMPANY

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="lines")
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=LineKind)
    question = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=30, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.OPEN)
    undo = models.JSONField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["inquiry", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.kind} {self.state}"
