"""Projects in producing regions and the companies that take part."""

from __future__ import annotations

from django.db import models

from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.supplychain.models import QuarryArea


class Project(models.Model):
    """A collective project, or a company's own project with local partners."""

    secrecy = Secrecy.PARTIES

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)  # collective or own
    quarry_area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    material = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """A company takes part in a project in a covenant year."""

    secrecy = Secrecy.COUNTABLE

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.project_id} {self.organisation_id}"
