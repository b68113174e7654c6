"""Reading the risks of a company, and the facts that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from django.db.models import Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Fact, Pack, SeverityScale, Share
from toetssteen.core.frameworks.years import add_months
from toetssteen.core.prioritisation import Rating, comes_first, follows_volume, severity
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.models import Organisation
from toetssteen.risks import policies
from toetssteen.risks.models import ChosenOrder, Move, Risk, StakeholderView
from toetssteen.risks.permissions import visible_removed_risks, visible_risks, visible_stakeholder_views
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries import chains_on

SCAN_MONTHS = 24  # the pack says in words: not older than 24 months


def risks(actor: Actor) -> QuerySet[Risk]:
    """The risks that the actor may see, with their place."""
    return visible_risks(actor).select_related("chain", "quarry_area")


def risks_of_year(organisation_id: int, year_number: int) -> list[Risk]:
    """The risks that one company reported for one covenant year."""
    return _risks_of_year(organisation_id, year_number)


@prepared
def _risks_of_year(organisation_id: int, year_number: int) -> QuerySet[Risk]:
    return Risk.objects.filter(organisation_id=organisation_id, year_number=year_number).order_by("pk")


def rating_of(risk: Risk, scale: SeverityScale) -> Rating:
    """What was rated of a risk, for the rules of the core."""
    scores = {d.id: score for d in scale.dimensions if (score := getattr(risk, d.id, None)) is not None}
    return Rating(scores, risk.likelihood)


def severity_of(risk: Risk, pack: Pack) -> Fraction | None:
    """How severe a risk is by the pack's method; None while one of the dimensions has no score."""
    return severity(pack.severity, rating_of(risk, pack.severity)) if pack.severity else None


def is_scored(risk: Risk, pack: Pack) -> bool:
    """A risk has a score for severity and for likelihood."""
    return risk.likelihood is not None and severity_of(risk, pack) is not None


def is_top_priority(risk: Risk, pack: Pack) -> bool:
    """A scored risk that is both severe and likely enough to come first, by the pack's bounds."""
    return pack.severity is not None and comes_first(pack.severity, rating_of(risk, pack.severity))


def top_priority_ids(rows: Iterable[Risk], pack: Pack) -> frozenset[int]:
    """The risks among these that come first."""
    return frozenset(risk.pk for risk in rows if is_top_priority(risk, pack))


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
    inside = pack.inside_codes
    oldest = add_months(year.ends_on, -SCAN_MONTHS)
    rows = chains_on(organisation_id, year.ends_on).prefetch_related(None) if chains is None else chains
    own = [chain for chain in rows if chain.situation in pack.own_situations]
    wide = [c.risk_scan_on for c in own if not {c.extraction_country, c.processing_country} <= inside]
    return {"risks.chains_scanned_share": Share(sum(bool(s and s > oldest) for s in wide), len(wide))}


def risk_facts(organisation_id: int, pack: Pack, year: CovenantYear) -> dict[str, Fact]:
    """The risk facts of one company in one covenant year."""
    return {
        **facts_from(risks_of_year(organisation_id, year.number), pack),
        **scan_facts(organisation_id, pack, year),
    }


def removed_risks(actor: Actor, year_number: int) -> list[Risk]:
    """What the own company removed from a year, to bring back."""
    return list(visible_removed_risks(actor).filter(year_number=year_number).order_by("-removed_at"))


def company(actor: Actor, organisation_id: int) -> Organisation | None:
    """The company whose risks the secretariat reads."""
    return Organisation.objects.filter(pk=organisation_id).first() if actor.is_secretariat else None


@dataclass(frozen=True)
class Placed:
    """A risk in its place: letter, severity, whether it comes first, and whether it stands against the order."""

    letter: str
    risk: Risk
    severity: Fraction | None
    is_top: bool
    is_against: bool
    volume: Decimal | None
    chains: tuple[Chain, ...]


@dataclass(frozen=True)
class Board:
    """The risks of one company and year in their order, and what that order asks for."""

    rows: tuple[Placed, ...]
    is_chosen: bool
    like_volume: bool
    unexplained: int
    moves: tuple[Move, ...]
    views: tuple[StakeholderView, ...]


def board_of(actor: Actor, organisation_id: int, year_number: int, pack: Pack) -> Board:
    """Everything the page of the priorities shows, in a constant number of queries."""
    found = list(
        risks(actor)
        .filter(organisation_id=organisation_id, year_number=year_number)
        .prefetch_related("other_chains")
        .order_by("pk")
    )
    about = {"organisation_id": organisation_id, "year_number": year_number}
    moves = tuple(Move.objects.filter(**about).select_related("risk", "passed", "moved_by").order_by("pk"))
    views = tuple(visible_stakeholder_views(actor).filter(**about).select_related("recorded_by"))
    chosen = ChosenOrder.objects.filter(**about).values_list("order", flat=True).first() or []
    scale = pack.severity
    ratings = {risk.pk: rating_of(risk, scale) if scale else Rating() for risk in found}
    order = policies.order_of(ratings, chosen, scale)
    against = policies.against(ratings, order, scale)
    explained = {move.risk_id for move in moves} | {move.passed_id for move in moves}
    by_pk = {risk.pk: risk for risk in found}
    rows = tuple(_placed(n, by_pk[pk], pack, pk in against) for n, pk in enumerate(order))
    return Board(
        rows=rows,
        is_chosen=order != policies.order_of(ratings, [], scale),
        like_volume=follows_volume([row.risk.pk for row in rows], {row.risk.pk: row.volume for row in rows}),
        unexplained=len(against - explained),
        moves=moves,
        views=views,
    )


def _placed(number: int, risk: Risk, pack: Pack, is_against: bool) -> Placed:
    chains = tuple(c for c in (risk.chain, *risk.other_chains.all()) if c is not None)
    shares = [c.share_of_volume for c in chains if c.share_of_volume is not None]
    return Placed(
        letter=letter_of(number),
        risk=risk,
        severity=severity_of(risk, pack),
        is_top=is_top_priority(risk, pack),
        is_against=is_against,
        volume=sum(shares, Decimal(0)) if shares else None,
        chains=chains,
    )


def letter_of(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    word = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        word = ascii_uppercase[rest] + word
    return word


def years_with_risks(actor: Actor, organisation_id: int) -> list[int]:
    """The covenant years for which a company noted risks, newest first."""
    rows = visible_risks(actor).filter(organisation_id=organisation_id)
    return list(rows.order_by("-year_number").values_list("year_number", flat=True).distinct())


def risk_of(actor: Actor, pk: int) -> Risk | None:
    """One risk that the actor may see, with everything its page shows."""
    rows = risks(actor).select_related("changed_by", "carried_from", "organisation")
    return rows.prefetch_related("other_chains", "evidence").filter(pk=pk).first()


def evidence_of(actor: Actor, risk: Risk) -> list[Evidence]:
    """The evidence of a risk that the actor may see; the secretariat only what stands in a report too."""
    return list(visible_evidence(actor).filter(pk__in=[row.pk for row in risk.evidence.all()]))


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
    evidence = visible_evidence(actor).filter(organisation_id=organisation_id).order_by("title", "pk")
    return {
        "chains": [(c.pk, ", ".join(w for w in (str(c), country_name(c.extraction_country)) if w)) for c in chains],
        "countries": sorted([(code, country_name(code)) for code in codes], key=lambda pair: pair[1]),
        "areas": [(area.pk, area.name) for area in areas.order_by("name", "pk")],
        "evidence": [(row.pk, row.title) for row in evidence],
    }
