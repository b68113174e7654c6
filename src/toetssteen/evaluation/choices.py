"""How something was measured, who was consulted, what set a goal back, and what an evaluation concludes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReadingKind(models.TextChoices):
    """What a row of readings holds; a removal keeps its place so that nothing disappears without a trace."""

    FIGURE = "figure", _("A figure")
    WORDS = "words", _("What people say")
    REMOVED = "removed", _("Removed")


class Source(models.TextChoices):
    """How a reading was obtained, from the strongest to the weakest."""

    COUNT = "count", _("Counted on a visit")
    INTERVIEWS = "interviews", _("Talks with workers or neighbours")
    THIRD_PARTY = "third_party", _("Audit, union or local organisation")
    RECORDS = "records", _("Sample of papers, such as payrolls")
    OWN_BOOKS = "own_books", _("Our own orders and payments")
    SUPPLIER = "supplier", _("The supplier's own statement")
    OTHER = "other", pgettext_lazy("source", "Another way")


class Stakeholder(models.TextChoices):
    """Who gave an opinion on a result."""

    WORKERS = "workers", _("Workers themselves")
    REPRESENTATIVES = "representatives", _("Union or workers' representatives")
    NEIGHBOURS = "neighbours", _("Neighbours")
    NGO = "ngo", _("Local organisation or NGO")
    SUPPLIER = "supplier", _("The supplier")
    OTHER = "other", pgettext_lazy("stakeholder", "Somebody else")


class Setback(models.TextChoices):
    """What set a goal back."""

    SITE_CLOSED = "site_closed", _("A site closed or moved")
    SUPPLIER = "supplier", _("The supplier stopped or did not cooperate")
    MONEY_TIME = "money_time", _("Too little time or money on our side")
    OWN_BUYING = "own_buying", _("Our own price, haste or changes in orders")
    CONTEXT = "context", _("Government, conflict, weather or illness")
    MEASURE = "measure", _("The measure did not work")
    OTHER = "other", pgettext_lazy("setback", "Something else")


class Conclusion(models.TextChoices):
    """What happens with a goal after its evaluation."""

    CONTINUE = "continue", _("Go on as it is")
    ADAPT = "adapt", _("Go on, but adapt it")
    STOP = "stop", _("Stop")
    NEW = "new", _("Reached: set a new goal")
