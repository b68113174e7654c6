"""Reading the risks of a company, and the facts that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db.models import QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Fact, Pack, SeverityScale, Share
from toetssteen.core.frameworks.years import add_months
from toetssteen.core.prioritisation import Rating, comes_first, severity
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.prepared import prepared
from toetssteen.risks.models import Risk
from toetssteen.risks.permissions import visible_risks
from toetssteen.supplychain.models import Chain
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
