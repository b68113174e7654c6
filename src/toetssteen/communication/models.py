"""What a company tells the public about its due diligence: the draft, and every version that it published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.communication.choices import FileState
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.files import secret_path
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation


def file_path(instance: models.Model, file_name: str) -> str:
    """Where the file of a published report is kept."""
    return secret_path("public-reports")


class ReportDraft(Versioned):
    """What a company chose and wrote for the public report of a year; nothing of it is public before it is approved."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    is_short = models.BooleanField(_("one page"), default=False)
    fields = models.JSONField(default=dict)  # {id of a field: shown or not}, only where it differs from the proposal
    left_out = models.JSONField(default=list)  # ids of risks that the company does not name
    words = models.JSONField(default=dict)  # {id of a text: {language: own words}}
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_report_draft_per_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id}"


class Edition(Immutable):
    """One version of a public report in one language, exactly as it was approved; nobody can change it."""

    secrecy = Secrecy.PUBLIC

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=5)
    number = models.PositiveSmallIntegerField()  # the version, the same for all languages of one approval
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField(_("published on"))
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "-year", "-number", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number", "language"], name="one_edition_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id} {self.language} {self.number}"


class EditionWithdrawal(Immutable):
    """The company took a published version back, and said why; that it was there stays visible."""

    secrecy = Secrecy.PUBLIC

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=300)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="edition_withdrawal_has_reason")]

    def __str__(self) -> str:
        return f"{self.edition_id}"


class EditionFile(models.Model):
    """The PDF of a published version, made once from what was approved."""

    secrecy = Secrecy.PUBLIC

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="pdf")
    state = models.CharField(max_length=12, choices=FileState, default=FileState.WAITING)
    file = models.FileField(upload_to=file_path, blank=True)
    size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)  # or asked for again, as long as it waits

    def __str__(self) -> str:
        return f"{self.edition_id} {self.state}"
