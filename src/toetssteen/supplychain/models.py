"""Chains from direct supplier to quarry, and the places and sites they touch."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.supplychain.choices import AreaPrecision, LinkState


class QuarryArea(models.Model):
    """A place where stone is won, as precise as it is published: a district or a locality in it."""

    secrecy = Secrecy.PUBLIC

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    country = models.CharField(_("country"), max_length=2)
    admin1 = models.CharField(_("province or state"), max_length=120, blank=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    pack_area = models.CharField(max_length=40, blank=True)
    precision = models.CharField(_("how precise"), max_length=10, choices=AreaPrecision, default=AreaPrecision.DISTRICT)
    radius_km = models.DecimalField(_("radius (km)"), max_digits=6, decimal_places=1, null=True, blank=True)
    place_id = models.CharField(max_length=30, blank=True)  # an id of the gazetteer
    # False: a company added it; other companies do not see it before the secretariat puts it on the list.
    listed = models.BooleanField(default=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["country", "admin1", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A supplier, factory or quarry in the secretariat's registry; companies never see it."""

    secrecy = Secrecy.SECRETARIAT

    code = models.CharField(max_length=20, unique=True)
    kinds = models.JSONField(default=list)
    name = models.CharField(max_length=200)
    local_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    admin2 = models.CharField(max_length=120, blank=True)
    admin1 = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    quarry_area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SiteEvent(models.Model):
    """Something that happened to a site, such as a forced closure."""

    secrecy = Secrecy.SECRETARIAT

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(max_length=40)
    event_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.site_id} {self.event}"


class Chain(Versioned):
    """One material or product from one origin, as a company buys it."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    situation = models.CharField(_("purchase situation"), max_length=8)
    material = models.CharField(_("material"), max_length=40)
    trade_name = models.CharField(_("trade name"), max_length=120, blank=True)
    product_group = models.CharField(_("product group"), max_length=40, blank=True)
    finish = models.CharField(max_length=60, blank=True)
    extraction_country = models.CharField(_("country of extraction"), max_length=2, blank=True)
    processing_country = models.CharField(_("country of processing"), max_length=2, blank=True)
    share_of_volume = models.DecimalField(
        _("share of your volume (%)"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    volume_tonnes = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    opened_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(_("reason"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("checked on"), null=True, blank=True)
    risk_scan_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "pk"]
        indexes = [models.Index(fields=["organisation", "closed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(share_of_volume__isnull=True) | Q(share_of_volume__range=(0, 100)), name="chain_share_0_100"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="chain_closes_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name or self.material


class ChainLink(models.Model):
    """What a company knows of one level of a chain: a place, nothing, a question, or a refusal."""

    secrecy = Secrecy.COMPANY

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="links")
    level = models.CharField(max_length=30)  # an id of the pack's coverage levels
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=LinkState, default=LinkState.UNKNOWN)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    lat = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)
    quarry_area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["chain", "level", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["chain", "level", "position"], name="one_link_per_position")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.level} {self.state}"


class SupplierInquiry(models.Model):
    """A letter to a supplier or importer about stone that the company does not import itself."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    chain = models.ForeignKey(Chain, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries")
    supplier_name = models.CharField(max_length=200, blank=True)
    sent_on = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.sent_on}"


class ChainDoubt(models.Model):
    """One thing in a chain that does not fit: asked about by the secretariat, checked by the company, or both."""

    secrecy = Secrecy.COMPANY

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=20)  # what it says, as a hash: once that changes it is another doubt
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    question = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["chain", "kind", "key"], name="one_doubt_of_each")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.kind}"


class AreaMerge(models.Model):
    """Two quarry areas that became one, with everything that followed, so that it can be undone."""

    secrecy = Secrecy.SECRETARIAT

    area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, related_name="+")
    links = models.JSONField(default=list)
    sites = models.JSONField(default=list)
    merged_before = models.JSONField(default=list)  # areas that had become part of the one that goes
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.area_id} {self.into_id}"
