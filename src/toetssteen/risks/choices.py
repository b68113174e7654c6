"""Fixed choices of this room, in the words that people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

EARLIER = "earlier:"  # a proposal that is a risk of last year, before its number
PROFILE = "profile:"  # a proposal from a profile of the pack, before its id
EVERYWHERE = "ALL"  # the country of a profile that is about all of them


def profile_of(key: str) -> str:
    """The id of the profile behind the key of a proposal; /2 and so on stands for later chains."""
    return key.removeprefix(PROFILE).partition("/")[0]


class SourceKind(models.TextChoices):
    """How a company came to know of a risk."""

    VISIT = "site visit", _("Own visit")
    AUDIT = "recent independent audit", _("Independent audit")
    REPORT = "public report", _("Public report")
    STAKEHOLDER = "stakeholder", _("Talk with a stakeholder")
    WORKERS = "worker voice", _("Workers' own words")
    SUPPLIER = "supplier answer", _("Supplier's answer")


class CarriedAs(models.TextChoices):
    """What a company says of a risk of last year: as it was, or changed; what ended is not taken along."""

    SAME = "same", _("Still as it was")
    CHANGED = "changed", _("Still there, but changed")


class Involvement(models.TextChoices):
    """How a company is tied to a harm; each kind asks for another response."""

    CAUSE = "cause", _("We cause it")
    CONTRIBUTE = "contribute", _("We contribute to it")
    LINKED = "directly linked", _("We are directly linked to it")


# What each kind asks for: OECD Due Diligence Guidance, step 3; UN Guiding Principle 19.
RESPONSES = {
    Involvement.CAUSE: _("Then you stop it, prevent it, and remedy the harm."),
    Involvement.CONTRIBUTE: _(
        "For example by a low price or haste. Then you stop your part, use your influence on the rest, "
        "and help to remedy."
    ),
    Involvement.LINKED: _("Through a supplier. Then you use your influence, alone or with others, to prevent it."),
}
