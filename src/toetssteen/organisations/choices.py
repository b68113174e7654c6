"""Kinds of parties, reasons for leaving, roles people hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    COMPANY = "company", _("Company")
    AUTHORITY = "authority", _("Contracting authority")
    SECTOR = "sector", _("Sector organisation")
    UNION = "union", _("Trade union")
    NGO = "ngo", _("Civil society organisation")
    GOVERNMENT = "government", _("Government")
    SECRETARIAT = "secretariat", _("Secretariat")
    COMMITTEE = "committee", _("Complaints and disputes committee")


class MarketRole(models.TextChoices):
    IMPORTER = "importer", _("Importer")
    PROCESSOR = "processor", _("Processor")


class SizeClass(models.TextChoices):
    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium-sized")
    LARGE = "large", _("Large")


class EndReason(models.TextChoices):
    LEFT = "left", _("Left")
    MERGED = "merged", _("Merged into another member")
    EXCLUDED = "excluded", _("Excluded")
    CEASED = "ceased", _("Ceased to exist")


class RoleChoice(models.TextChoices):
    COMPANY_ADMIN = "company_admin", _("Company administrator")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")
    ASSESSOR = "assessor", _("Assessor")
    COORDINATOR = "coordinator", _("Coordinator")
    AUTHORITY = "authority", _("Contracting authority")
    PARTY = "party", _("Party of the covenant")
    COMMITTEE = "committee", _("Committee")
    OPERATOR = "operator", _("Operator")


class SituationOrigin(models.TextChoices):
    DERIVED = "derived", _("Derived from the chains")
    DECLARED = "declared", _("Declared on joining")
    OVERRIDE = "override", _("Set by the secretariat")
