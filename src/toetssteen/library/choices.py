"""Where a question to the help desk stands; what an item of the library is, and whom it is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpState(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back")


class Kind(models.TextChoices):
    """Kinds of items; those of a content pack may have others as well, which are shown by their own word."""

    GUIDE = "guide", _("Guide")
    THEME_SHEET = "theme_sheet", _("Theme sheet")
    RISK_ANALYSIS = "risk_analysis", _("Risk analysis")
    MODEL_LETTER = "model_letter", _("Model letter")
    POLICY = "policy", _("Model policy or code")
    INSTRUMENT = "instrument", _("Instrument")
    WEBINAR = "webinar", _("Webinar")
    REPORT = "report", _("Report")
    TRAINING = "training", _("Training")
    PAGE = "page", _("Web page")
    FIELD_VISIT = "field_visit", _("Field visit")
    FRAMEWORK = "framework", _("Assessment framework")
    COVENANT = "covenant", _("Covenant text")


# What the secretariat keeps itself; the other kinds are the pack's.
OWN_KINDS = (
    Kind.GUIDE,
    Kind.THEME_SHEET,
    Kind.RISK_ANALYSIS,
    Kind.MODEL_LETTER,
    Kind.POLICY,
    Kind.INSTRUMENT,
    Kind.WEBINAR,
    Kind.REPORT,
)


class For(models.TextChoices):
    """Whom an item is for; each of them is a column of its own, so that the database leaves out the rest."""

    COMPANY = "company", _("Companies")
    AUTHORITY = "authority", _("Contracting authorities and governments")
    CIVIL_SOCIETY = "civil_society", _("NGOs and unions")
    SUPPLIER = "supplier", _("Suppliers, through companies")
    PUBLIC = "public", _("Everybody, without signing in")


# The languages in which a text of the library may be, with their own names in the list of languages.
LANGUAGES = ("nl", "en", "fr", "de", "it", "zh", "hi", "te", "ta", "vi", "tr", "pt", "ar", "sn")
MOST_COPIES = 3
