"""Evidence that a company keeps and may use for several questions and years."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation


def random_name(instance: Evidence, file_name: str) -> str:
    """Where a file is kept: a name that tells nothing and cannot be guessed."""
    name = secrets.token_hex(16)
    return f"evidence/{name[:2]}/{name}"


class Evidence(models.Model):
    """One evidence file with what it is, its dates and its hash; the file lives outside the web root."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    kind = models.CharField(_("kind of evidence"), max_length=40)  # an id of the pack's evidence kinds
    title = models.CharField(_("title"), max_length=160)
    standard = models.CharField(_("standard"), max_length=120, blank=True)
    document_on = models.DateField(_("date of the document"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    file_name = models.CharField(max_length=160)
    file = models.FileField(upload_to=random_name, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "removed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(document_on__isnull=True)
                | Q(valid_until__gte=models.F("document_on")),
                name="evidence_valid_after_date",
            ),
            models.UniqueConstraint(
                fields=["organisation", "sha256"], condition=Q(removed_at__isnull=True), name="one_row_per_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title
