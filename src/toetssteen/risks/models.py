"""Risks and actual harm that a company reported in its chains."""

from __future__ import annotations

from django.db import models

from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.supplychain.models import Chain, QuarryArea


class Risk(models.Model):
    """A risk or an actual harm in a chain, with its severity and likelihood where somebody rated them."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    chain = models.ForeignKey(Chain, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=40)
    country = models.CharField(max_length=2, blank=True)
    quarry_area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_actual = models.BooleanField()
    source_kind = models.CharField(max_length=60, blank=True)
    involvement = models.CharField(max_length=40, blank=True)
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    scope = models.PositiveSmallIntegerField(null=True, blank=True)
    irremediable = models.PositiveSmallIntegerField(null=True, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    severity_reason = models.CharField(max_length=400, blank=True)
    prioritised_by = models.CharField(max_length=40, blank=True)
    found_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "pk"]
        indexes = [models.Index(fields=["year_number", "theme"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.theme}"
