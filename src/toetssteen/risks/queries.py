"""Reading the risks of a company, and the facts that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import hooks
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.models import Organisation
from toetssteen.risks.board import Board, Placed, board_of, letter_of
from toetssteen.risks.models import Risk, RiskSource, StakeholderView
from toetssteen.risks.permissions import visible_removed_risks, visible_risks, visible_stakeholder_views
from toetssteen.risks.ratings import is_scored, is_top_priority, rating_of, severity_of, top_priority_ids
from toetssteen.risks.scans import asks_scan, is_scanned
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries import chains_on

__all__ = [
    "Board",
    "Placed",
    "beside",
    "board_of",
    "carried_to",
    "company",
    "earlier_views",
    "evidence_options",
    "facts_from",
    "files_of",
    "form_options",
    "goals_of",
    "is_scored",
    "is_top_priority",
    "letter_of",
    "rating_of",
    "removed_risks",
    "removed_views",
    "risk_facts",
    "risk_of",
    "risks",
    "risks_of_year",
    "scan_facts",
    "severity_of",
    "source_of",
    "sources_of",
    "top_priority_ids",
    "view_of",
    "years_with_risks",
]


def risks(actor: Actor) -> QuerySet[Risk]:
    """The risks that the actor may see, with their place."""
    return visible_risks(actor).select_related("chain", "quarry_area")


def risks_of_year(organisation_id: int, year_number: int) -> list[Risk]:
    """The risks that one company reported for one covenant year."""
    return _risks_of_year(organisation_id, year_number)


@prepared
def _risks_of_year(organisation_id: int, year_number: int) -> QuerySet[Risk]:
    return Risk.objects.filter(organisation_id=organisation_id, year_number=year_number).order_by("pk")


def facts_from(rows: Sequence[Risk], pack: Pack) -> dict[str, Fact]:
    """The risk facts of one company and year from its rows; a share of no risks does not apply."""
    complete = [risk for risk in rows if risk.severity_reason and severity_of(risk, pack) is not None]
    return {
        "risks.count": len(rows),
        "risks.actual_count": sum(risk.is_actual for risk in rows),
        "risks.prioritised_share": Share(sum(is_scored(risk, pack) for risk in rows), len(rows)),
        "risks.severity_complete_share": Share(len(complete), len(rows)),
    }


def scan_facts(
    organisation_id: int, pack: Pack, year: CovenantYear, *, chains: Sequence[Chain] | None = None
) -> dict[str, Fact]:
    """Of the own chains from outside the free area, how many had a risk scan that is recent enough.

    The chains of the year may be given, where they are read already; else one query.
    """
    rows = chains_on(organisation_id, year.ends_on).prefetch_related(None) if chains is None else chains
    own = [chain for chain in rows if chain.situation in pack.own_situations]
    wide = [c.risk_scan_on for c in own if asks_scan(pack, c.extraction_country, c.processing_country)]
    return {"risks.chains_scanned_share": Share(sum(is_scanned(on, year.ends_on) for on in wide), len(wide))}


def risk_facts(organisation_id: int, pack: Pack, year: CovenantYear) -> dict[str, Fact]:
    """The risk facts of one company in one covenant year."""
    return {
        **facts_from(risks_of_year(organisation_id, year.number), pack),
        **scan_facts(organisation_id, pack, year),
    }


def beside(actor: Actor, risk: Risk, pack: Pack, *, up: bool) -> tuple[Placed | None, Placed | None]:
    """A risk in its place, and the one that it would pass; None where there is none."""
    rows = board_of(actor, risk.organisation_id, risk.year_number, pack).rows
    here = next((number for number, row in enumerate(rows) if row.risk.pk == risk.pk), None)
    if here is None:
        return None, None
    there = here - 1 if up else here + 1
    return rows[here], rows[there] if 0 <= there < len(rows) else None


def removed_risks(actor: Actor, year_number: int) -> list[Risk]:
    """What the own company removed from a year, to bring back."""
    return list(visible_removed_risks(actor).filter(year_number=year_number).order_by("-removed_at"))


def company(actor: Actor, organisation_id: int) -> Organisation | None:
    """The company whose risks the secretariat reads."""
    return Organisation.objects.filter(pk=organisation_id).first() if actor.is_secretariat else None


def years_with_risks(actor: Actor, organisation_id: int) -> list[int]:
    """The covenant years for which a company noted risks, newest first."""
    rows = visible_risks(actor).filter(organisation_id=organisation_id)
    return list(rows.order_by("-year_number").values_list("year_number", flat=True).distinct())


def risk_of(actor: Actor, pk: int) -> Risk | None:
    """One risk that the actor may see, with everything its page shows."""
    rows = risks(actor).select_related("changed_by", "carried_from", "organisation")
    return rows.prefetch_related("other_chains").filter(pk=pk).first()


def sources_of(risk: Risk) -> list[RiskSource]:
    """How the company knows of a risk, in the order in which it noted the sources."""
    return list(risk.sources.select_related("evidence", "noted_by").order_by("pk"))


def source_of(risk: Risk, pk: int) -> RiskSource | None:
    """One source of a risk that the actor may see."""
    return risk.sources.select_related("evidence").filter(pk=pk).first()


def files_of(actor: Actor, sources: Iterable[RiskSource]) -> frozenset[int]:
    """The files behind these sources that the actor may open; the secretariat only those of handed-in reports."""
    wanted = {row.evidence_id for row in sources if row.evidence_id}
    return frozenset(visible_evidence(actor).filter(pk__in=wanted).exclude(file="").values_list("pk", flat=True))


def view_of(actor: Actor, pk: int) -> StakeholderView | None:
    """One view on the order that stands, of the own company."""
    rows = visible_stakeholder_views(actor).filter(removed_at=None, organisation_id=actor.company_id or 0)
    return rows.filter(pk=pk).first()


def removed_views(actor: Actor, year_number: int) -> list[StakeholderView]:
    """The views that the own company removed from a year, to bring back; corrected ones are replaced, not removed."""
    rows = visible_stakeholder_views(actor).filter(organisation_id=actor.company_id or 0, year_number=year_number)
    replaced = rows.exclude(corrects=None).values("corrects_id")
    return list(rows.filter(removed_at__isnull=False).exclude(pk__in=replaced).order_by("-removed_at"))


def earlier_views(actor: Actor, views: Iterable[StakeholderView]) -> dict[int, StakeholderView]:
    """What stood before a correction, by the view that replaced it."""
    wanted = {view.corrects_id: view.pk for view in views if view.corrects_id}
    return {wanted[row.pk]: row for row in visible_stakeholder_views(actor).filter(pk__in=wanted)}


def goals_of(actor: Actor, risk_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The goals that aim at these risks, each with its address; the plans above answer, for whom may see them."""
    found: dict[int, list[tuple[str, str]]] = {}
    for answer in hooks.said("goals_of_risks", actor=actor, risk_ids=list(risk_ids)):
        for pk, goals in answer.items():
            found.setdefault(pk, []).extend(goals)
    return found


def carried_to(risk_ids: Collection[int], year_number: int) -> dict[int, int]:
    """Which risk of a year continues each of these risks of the year before; those that do not go on are missing."""
    rows = Risk.objects.filter(carried_from_id__in=list(risk_ids), year_number=year_number).order_by("-pk")
    return {old: new for old, new in rows.values_list("carried_from_id", "pk") if old is not None}


def form_options(actor: Actor, organisation_id: int, risk: Risk | None) -> dict[str, list[tuple[Any, Any]]]:
    """What a form lets choose from: the company's own chains, their countries and areas, its own evidence."""
    kept = {risk.chain_id, *(chain.pk for chain in risk.other_chains.all())} if risk else set()
    rows = visible_chains(actor).filter(organisation_id=organisation_id)
    chains = list(rows.filter(Q(closed_on__isnull=True) | Q(pk__in=[pk for pk in kept if pk])).order_by("pk"))
    codes = sorted({c for chain in chains for c in (chain.extraction_country, chain.processing_country) if c})
    areas = QuarryArea.objects.filter(
        Q(pk__in=ChainLink.objects.filter(chain__in=chains).values("quarry_area_id"))
        | Q(pk=risk.quarry_area_id if risk else None)
    )
    return {
        "chains": [(c.pk, ", ".join(w for w in (str(c), country_name(c.extraction_country)) if w)) for c in chains],
        "countries": sorted([(code, country_name(code)) for code in codes], key=lambda pair: pair[1]),
        "areas": [(area.pk, area.name) for area in areas.order_by("name", "pk")],
        "evidence": evidence_options(actor, organisation_id),
        "sites": _named(chains),
    }


def _named(chains: Sequence[Chain]) -> list[tuple[Any, Any]]:
    """The suppliers, factories and quarries that the company named in these chains, each once."""
    rows = ChainLink.objects.filter(chain__in=chains, state=LinkState.KNOWN).exclude(name="").order_by("name", "pk")
    said = (", ".join(word for word in pair if word)[:200] for pair in rows.values_list("name", "place"))
    return [(name, name) for name in dict.fromkeys(said)]


def evidence_options(actor: Actor, organisation_id: int) -> list[tuple[Any, Any]]:
    """The own evidence, by its title."""
    rows = visible_evidence(actor).filter(organisation_id=organisation_id).order_by("title", "pk")
    return list(rows.values_list("pk", "title"))
