"""What companies wrote about sites, which site it is, who decided that, and how it can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.sites.choices import Answer, AskedOf, ChangeKind, How, QuestionState, Scheme, Source
from toetssteen.supplychain.models import ChainLink, Site


class SiteName(models.Model):
    """Another name of a site, in the language and script in which it is written."""

    secrecy = Secrecy.SECRETARIAT

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language or script"), max_length=20, blank=True)

    class Meta:
        ordering = ["site", "pk"]

    def __str__(self) -> str:
        return self.name


class SiteIdentifier(models.Model):
    """A number under which a site is known elsewhere: a company register, a licence, the Open Supply Hub."""

    secrecy = Secrecy.SECRETARIAT

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(_("kind of number"), max_length=20, choices=Scheme)
    value = models.CharField(_("number"), max_length=80)

    class Meta:
        ordering = ["site", "scheme", "pk"]
        indexes = [models.Index(fields=["scheme", "value"])]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class SiteSearch(models.Model):
    """Everything under which a site can be found, folded to plain letters; kept for searching only."""

    secrecy = Secrecy.SECRETARIAT

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.site_id}"


class SiteNumber(models.Model):
    """The last number given to a site; no number is given twice."""

    secrecy = Secrecy.SYSTEM

    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.last}"


class Mention(Versioned):
    """What one company wrote about one place, however many of its chains say so; remembered when the chains change."""

    secrecy = Secrecy.SECRETARIAT

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)  # a hash over what is written, without case and punctuation
    level = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=60, blank=True)
    lat = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How, blank=True, default=How.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)  # empty until it was looked for among the sites

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_mention_per_text")]
        indexes = [models.Index(fields=["compared_at", "organisation"])]

    def __str__(self) -> str:
        return self.name


class MentionLink(models.Model):
    """The link of a chain in which a mention stands."""

    secrecy = Secrecy.SECRETARIAT

    link = models.OneToOneField(ChainLink, on_delete=models.CASCADE, related_name="+")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="places")

    def __str__(self) -> str:
        return f"{self.link_id} {self.mention_id}"


class Question(Versioned):
    """Is this mention that one, or that site? Asked once of a company or the secretariat, and remembered."""

    secrecy = Secrecy.SECRETARIAT

    asked_of = models.CharField(max_length=12, choices=AskedOf)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="questions")
    other = models.ForeignKey(Mention, on_delete=models.CASCADE, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    probability = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    reasons = models.JSONField(default=list)
    distance_km = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mention", "other"], condition=Q(other__isnull=False), name="pair_once"),
            models.UniqueConstraint(fields=["mention", "site"], condition=Q(site__isnull=False), name="site_once"),
            models.CheckConstraint(
                condition=Q(other__isnull=True, site__isnull=False) | Q(other__isnull=False, site__isnull=True),
                name="one_other_side",
            ),
            # A company is asked about two things that it wrote itself, never about a site.
            models.CheckConstraint(
                condition=Q(asked_of=AskedOf.SECRETARIAT) | Q(site__isnull=True), name="company_sees_no_site"
            ),
        ]
        indexes = [models.Index(fields=["asked_of", "state"])]

    def __str__(self) -> str:
        return f"{self.asked_of} {self.mention_id} {self.other_id or self.site_id}"


class SiteChange(models.Model):
    """One act that moved mentions to another site, with all it moved, so that it can be undone."""

    secrecy = Secrecy.SECRETARIAT

    kind = models.CharField(max_length=10, choices=ChangeKind)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, related_name="+")
    kept = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    gone = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    # What was before: per mention its site and how it came there; loose links; questions with their state and answer.
    moved = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Closing(models.Model):
    """The secretariat recorded that a site has closed, from which source, and whether companies may know it."""

    secrecy = Secrecy.SECRETARIAT

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(_("closed on"))
    forced = models.BooleanField(_("closed by force"), default=False)
    source = models.CharField(_("how do you know"), max_length=10, choices=Source)
    note = models.CharField(_("note for the secretariat"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.closed_on}"


class ClosingNotice(models.Model):
    """A company is told that a place in its own chain has closed, in the words that it wrote itself."""

    secrecy = Secrecy.COMPANY

    closing = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="notices")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["closing", "mention"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.mention_id}"


class Wanted(models.Model):
    """A company changed its chains and its mentions have to be recognised; a second change does not ask twice."""

    secrecy = Secrecy.SYSTEM

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Run(models.Model):
    """Recognising everything again: how far it is and what it found."""

    secrecy = Secrecy.SECRETARIAT

    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    tied = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    failed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"
