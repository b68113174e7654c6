"""The public figures and tables of a year, as they stood when the year was published."""

from __future__ import annotations

from django.db import models

from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import Immutable
from toetssteen.foundation.secrecy import Secrecy


class FigureSet(Immutable):
    """The public figures of one covenant year, frozen with a publication; later edits never change them."""

    secrecy = Secrecy.PUBLIC

    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # of the publication it belongs to
    made_at = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="one_figure_set_per_publication")]

    def __str__(self) -> str:
        return f"{self.year_id} {self.number}"


class ResultSet(Immutable):
    """The public tables from risk to result of one covenant year, frozen with a publication, small groups hidden."""

    secrecy = Secrecy.PUBLIC

    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # of the publication it belongs to
    made_at = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="one_result_set_per_publication")]

    def __str__(self) -> str:
        return f"{self.year_id} {self.number}"
