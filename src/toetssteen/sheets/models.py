"""Spreadsheets that a company took its chains from, their rows as they were understood, and what became of them."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.sheets.choices import Act, Change, Decision, Grade, ImportState
from toetssteen.supplychain.models import Chain


def random_name(instance: SheetImport, file_name: str) -> str:
    """Where a spreadsheet is kept: a name that tells nothing and cannot be guessed."""
    name = secrets.token_hex(16)
    return f"sheets/{name[:2]}/{name}"


class SheetImport(Versioned):
    """One spreadsheet that a company uploaded: the file, how it is read, and what was done with it."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=160)
    file = models.FileField(upload_to=random_name, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    reject_code = models.CharField(max_length=60, blank=True)
    layout = models.JSONField(default=list)  # the sheets with their columns, as they are read
    notes = models.JSONField(default=list)  # problems that belong to no row with a chain
    facts = models.JSONField(default=dict)  # counts, and what the file says about itself
    opened_on = models.DateField(_("since"), null=True, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    situation = models.CharField(max_length=8, blank=True)  # for rows whose countries do not tell
    closing = models.JSONField(default=list)  # ids of chains that are gone from the sheet and shall be closed
    closed_on = models.DateField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent of the task that runs
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    wiped_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return self.file_name


class SheetRow(Versioned):
    """One row of a spreadsheet: its cells, how it is understood, what is wrong, and what the user decided."""

    secrecy = Secrecy.COMPANY

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()  # the row as the user sees it
    cells = models.JSONField(default=dict)  # text by column header, with corrections
    written = models.JSONField(default=dict)  # what stood in the cells that were corrected
    understood = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    grade = models.PositiveSmallIntegerField(choices=Grade, default=Grade.FINE)
    decision = models.CharField(max_length=4, choices=Decision, default=Decision.OPEN, blank=True)
    group = models.CharField(max_length=32)  # rows with the same group come to one chain
    tonnes = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    change = models.CharField(max_length=8, choices=Change, default=Change.NEW)
    chain = models.ForeignKey(Chain, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["sheet_import", "position"]
        indexes = [
            models.Index(fields=["sheet_import", "grade", "decision"]),
            models.Index(fields=["sheet_import", "group"]),
        ]
        constraints = [models.UniqueConstraint(fields=["sheet_import", "position"], name="one_row_per_position")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class ImportedChain(models.Model):
    """What one import did to one chain, so that it can be undone while nothing builds on it."""

    secrecy = Secrecy.COMPANY

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="chains")
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    version_after = models.PositiveIntegerField()
    before = models.JSONField(default=dict)  # the chain as it was, for what was changed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet_import", "chain"], name="one_act_per_chain")]

    def __str__(self) -> str:
        return f"{self.sheet_import_id} {self.act} {self.chain_id}"


class ColumnMapping(models.Model):
    """How a company says its columns are meant, remembered for sheets with the same heads."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    heads = models.CharField(max_length=64)  # hash over the column heads of one sheet
    fields = models.JSONField(default=dict)  # meaning by column head; empty: not used
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "heads"], name="one_mapping_per_heads")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.heads[:8]}"


class TradeName(models.Model):
    """A trade name of stone that the secretariat added, with the material that it is."""

    secrecy = Secrecy.PARTIES

    name = models.CharField(_("trade name"), max_length=120)
    key = models.CharField(max_length=120, unique=True)  # the name without case and accents
    material = models.CharField(_("material"), max_length=40)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
