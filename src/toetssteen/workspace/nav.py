"""The menu of each role as a simple list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor


@dataclass(frozen=True)
class Entry:
    """One place in the menu: its words, the name of its address, and what other addresses belong under it."""

    label: Any
    url_name: str
    also: tuple[str, ...] = ()


COMPANY = (
    Entry(_("Overview"), "company_home", ("/due/",)),
    Entry(_("Questionnaire"), "report_overview"),
    Entry(_("Supply chain"), "chain_list", ("/inquiries/",)),
    Entry(_("Risks"), "risk_list"),
    Entry(_("Plan of action"), "plan_edit", ("/remedy/", "/public-reports/")),
    Entry(_("Evidence"), "evidence_list"),
    Entry(_("Colleagues"), "colleague_list"),
)
SECRETARIAT = (
    Entry(_("Work queue"), "work_queue"),
    Entry(_("Year overview"), "year_overview", ("/secretariat/shared-actions/",)),
    Entry(_("Participants"), "organisation_list"),
    Entry(_("Supply chain"), "chain_companies", ("/secretariat/areas/",)),
    Entry(_("Registry of sites"), "site_list"),
    Entry(_("Publication"), "publication_list"),
    Entry(_("Figures"), "figures"),
    Entry(_("Help desk"), "help_queue", ("/secretariat/faq/", "/help/", "/faq/", "/secretariat/library/", "/library/")),
    Entry(_("Assessment framework"), "pack_list", ("/years/", "/terms/", "/secretariat/light-profile/")),
    Entry(_("Audit trail"), "audit_list"),
)
# Only coordinators and the operator read the trail of acts.
ASSESSOR = tuple(entry for entry in SECRETARIAT if entry.url_name != "audit_list")
OPERATOR = (
    Entry(_("Participants"), "organisation_list"),
    Entry(_("Assessment framework"), "pack_list", ("/years/", "/terms/")),
    Entry(_("Audit trail"), "audit_list"),
)
OTHERS = (
    Entry(_("Register"), "register"),
    Entry(_("Figures"), "figures"),
    Entry(_("Colleagues"), "colleague_list"),
)

# Whose menu it is, who gets it, and the page on which they start; the first that fits counts.
MENUS: tuple[tuple[Callable[[Actor], bool], tuple[Entry, ...], str], ...] = (
    (lambda actor: actor.company_id is not None, COMPANY, "company_home"),
    (lambda actor: actor.is_coordinator, SECRETARIAT, "work_queue"),
    (lambda actor: actor.is_secretariat, ASSESSOR, "work_queue"),
    (lambda actor: actor.is_operator, OPERATOR, "organisation_list"),
    (lambda actor: bool(actor.holdings), OTHERS, "register"),
)


def menu_of(actor: Actor) -> tuple[tuple[Entry, ...], str]:
    """The menu of somebody's role and the name of their first page; without a role there is neither."""
    for fits, entries, start in MENUS:
        if fits(actor):
            return entries, start
    return (), ""
