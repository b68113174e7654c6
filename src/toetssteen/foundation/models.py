"""The audit trail, and what models of several apps have in common."""

from __future__ import annotations

from typing import Any

from django.db import models

from toetssteen.foundation.secrecy import Secrecy


class Versioned(models.Model):
    """A row with a version number, so that a lost update becomes a polite message."""

    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class ImmutableError(Exception):
    """Somebody tried to change or delete a row that may never change."""


class Immutable(models.Model):
    """A row that is written once; the database refuses changes too (see the migrations)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not self._state.adding:
            raise ImmutableError(f"{self._meta.label} {self.pk} is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableError(f"{self._meta.label} {self.pk} is never deleted.")


class AuditEvent(Immutable):
    """One act of a person or the system; each event holds the hash of the one before it."""

    secrecy = Secrecy.SECRETARIAT

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"
