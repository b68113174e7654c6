"""Tenders with natural stone and the contact with municipalities."""

from __future__ import annotations

from django.db import models

from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation


class Tender(models.Model):
    """A tender: who bought, how much, and whether international social conditions were set; unknown is an answer."""

    secrecy = Secrecy.PARTIES

    reference = models.CharField(max_length=20, unique=True)
    region = models.CharField(max_length=40)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    authority_name = models.CharField(max_length=160)
    title = models.CharField(max_length=200)
    published_on = models.DateField()
    sample = models.CharField(max_length=60, blank=True)
    volume_tonnes = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    conditions_set = models.CharField(max_length=10)  # yes, no, unknown
    form = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.title


class MunicipalityContact(models.Model):
    """A municipality that was written to, and what came of it."""

    secrecy = Secrecy.PARTIES

    reference = models.CharField(max_length=20, unique=True)
    municipality = models.CharField(max_length=160)
    written_on = models.DateField()
    result = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.municipality
