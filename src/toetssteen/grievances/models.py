"""Complaints and disputes; only what may be counted."""

from __future__ import annotations

from django.db import models

from toetssteen.foundation.secrecy import Secrecy


class Complaint(models.Model):
    """A complaint or dispute of which only the day, the kind and the state are known outside its file."""

    secrecy = Secrecy.COUNTABLE

    reference = models.CharField(max_length=20, unique=True)
    received_on = models.DateField()
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.reference
