"""What a company does so that people can complain, which mechanisms it knows of, and the remedy it took part in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.inquiries.models import Inquiry
from toetssteen.organisations.models import Organisation
from toetssteen.remedy.choices import Fit, Known, Progress, Satisfied, Source
from toetssteen.risks.models import Risk


class AtPlace(models.Model):
    """A supplier, factory or quarry in the words of the company itself; never a number of the registry of sites."""

    key = models.CharField(max_length=32, blank=True)  # a hash over the words, without case and punctuation
    level = models.CharField(max_length=30, blank=True)  # an id of the pack's coverage levels
    name = models.CharField(_("name"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)

    class Meta:
        abstract = True


class MadeKnown(Versioned):
    """One time that a company made a complaints mechanism known: to whom, where, in which languages and how."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mechanism = models.CharField(_("mechanism"), max_length=30)  # these four: ids of the pack
    audiences = models.JSONField(_("to whom"), default=list)
    way = models.CharField(_("how"), max_length=30)
    languages = models.JSONField(_("languages"), default=list)
    made_on = models.DateField(_("date"))
    reached = models.PositiveIntegerField(_("people reached"), null=True, blank=True)  # empty: not known
    evidence = models.ManyToManyField(Evidence, related_name="+")
    note = models.CharField(_("note"), max_length=600, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "made_on"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.way} {self.made_on}"


class MadeKnownAt(AtPlace):
    """One place at which a mechanism was made known."""

    secrecy = Secrecy.COMPANY

    made_known = models.ForeignKey(MadeKnown, on_delete=models.CASCADE, related_name="places")

    class Meta:
        ordering = ["made_known", "pk"]
        constraints = [models.UniqueConstraint(fields=["made_known", "key"], name="made_known_once_per_place")]

    def __str__(self) -> str:
        return self.name


class Poster(AtPlace):
    """A poster with a code for one place, or for no place in particular, in one language."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    code = models.CharField(max_length=24, unique=True)  # random; tells the language and nothing else
    contact = models.CharField(_("somebody near the site"), max_length=120, blank=True)
    shows_place = models.BooleanField(default=False)
    shows_company = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "language"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_poster_per_place_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.language}"


class SupplierMechanism(AtPlace, Versioned):
    """What a company knows of the complaints mechanism of one supplier, factory or quarry."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    has_one = models.CharField(_("does it have one"), max_length=10, choices=Known, default=Known.UNKNOWN)
    description = models.CharField(_("how it works"), max_length=1000, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, blank=True)
    said_on = models.DateField(_("date of the source"), null=True, blank=True)
    # The supplier's own answer that this was taken from.
    inquiry = models.ForeignKey(Inquiry, on_delete=models.SET_NULL, null=True, related_name="+")
    evidence = models.ManyToManyField(Evidence, related_name="+")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_mechanism_per_place")]

    def __str__(self) -> str:
        return self.name


class MechanismCriterion(models.Model):
    """How far a mechanism meets one of the criteria for effectiveness, with a sentence that says why."""

    secrecy = Secrecy.COMPANY

    mechanism = models.ForeignKey(SupplierMechanism, on_delete=models.CASCADE, related_name="judged")
    criterion = models.CharField(max_length=30)  # an id of the pack
    fit = models.CharField(max_length=10, choices=Fit, default=Fit.UNKNOWN)
    sentence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["mechanism", "pk"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "criterion"], name="one_verdict_per_criterion")]

    def __str__(self) -> str:
        return f"{self.mechanism_id} {self.criterion}"


class GivenRemedy(Versioned):
    """One case of harm in which the company took part in the remedy; always confidential."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    harm = models.CharField(_("what happened"), max_length=600)
    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    role = models.CharField(_("what you did"), max_length=600, blank=True)
    done = models.CharField(_("what was done"), max_length=600, blank=True)
    state = models.CharField(_("how far"), max_length=10, choices=Progress, default=Progress.TALKING)
    agreed = models.CharField(_("agreed with them"), max_length=10, choices=Known, default=Known.UNKNOWN)
    satisfied = models.CharField(_("what they think of it"), max_length=10, choices=Satisfied, default="not_asked")
    known_on = models.DateField(_("known since"))
    done_on = models.DateField(_("carried out on"), null=True, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="+")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-known_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "known_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=Progress.DONE) | Q(done_on__isnull=False), name="remedy_done_has_day"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=models.F("known_on")), name="remedy_after_harm_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.known_on}"
