"""What a publication would contain: worked out from decisions, memberships and approved plans, and nothing else.

Only what the pack calls public leaves this module: names, membership dates, the type, a colour per year, the approved
plan, and quarry areas without companies and without counts.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Max

from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import hooks
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.organisations.models import Membership, Organisation, SituationPeriod
from toetssteen.plans.models import Plan
from toetssteen.register.models import Publication
from toetssteen.supplychain.choices import AreaPrecision, LinkState
from toetssteen.supplychain.models import QuarryArea

PUBLISHED_KINDS = (OrganisationKind.COMPANY, OrganisationKind.AUTHORITY)


@dataclass(frozen=True)
class EntryDraft:
    """One participant as it would be published."""

    reference: str
    kind: str
    name: str
    country: str
    region: str
    search: str
    situation: str
    joined_on: dt.date
    ended_on: dt.date | None
    is_current: bool
    latest_colour: str
    memberships: list[dict[str, Any]]
    results: list[dict[str, Any]]
    plans: list[dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """A whole publication before it is made."""

    year_number: int
    entries: list[EntryDraft] = field(default_factory=list)
    areas: list[dict[str, Any]] = field(default_factory=list)
    beside: list[dict[str, Any]] = field(default_factory=list)  # what other rooms publish with it, by its hash

    def as_data(self) -> dict[str, Any]:
        """Plain data, of which the hash is published too."""
        entries = [vars(entry) for entry in self.entries]
        return {"year": self.year_number, "entries": entries, "areas": self.areas, "beside": self.beside}


def search_key(text: str) -> str:
    """A name without capitals and accents, to search in."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def build(year: CovenantYear, on: dt.date) -> Draft:
    """The register as it would be published on a day, with results up to and including this covenant year.

    A later year that is public already stays public.
    """
    newest = Publication.objects.aggregate(newest=Max("year__number"))["newest"] or 0
    up_to = max(year.number, newest)
    decisions = _decisions(up_to)
    results = _results(decisions)
    plans = _plans(up_to)
    periods = _memberships(on)
    situations = _situations(on)
    organisations = Organisation.objects.filter(pk__in=periods, kind__in=PUBLISHED_KINDS).order_by("name", "pk")
    entries = [
        _entry(organisation, periods[organisation.pk], results, plans, situations, on) for organisation in organisations
    ]
    beside = hooks.said("to_publish", year_id=year.pk, on=on)
    return Draft(year.number, entries, areas_of(decisions, pack_of(year)), beside)


def _entry(
    organisation: Organisation,
    periods: list[Membership],
    results: dict[int, list[dict[str, Any]]],
    plans: dict[int, list[dict[str, Any]]],
    situations: dict[int, str],
    on: dt.date,
) -> EntryDraft:
    own = results.get(organisation.pk, [])
    last = periods[-1]
    ended = last.ended_on if last.ended_on and last.ended_on <= on else None
    return EntryDraft(
        reference=organisation.reference,
        kind=organisation.kind,
        name=organisation.name,
        country=organisation.country,
        region=organisation.region,
        search=search_key(organisation.name),
        situation=situations.get(organisation.pk, "") if organisation.kind == OrganisationKind.COMPANY else "",
        joined_on=periods[0].joined_on,
        ended_on=ended,
        is_current=ended is None,
        latest_colour=own[-1]["colour"] if own else "",
        memberships=[
            {
                "joined_on": p.joined_on.isoformat(),
                "ended_on": p.ended_on.isoformat() if p.ended_on and p.ended_on <= on else None,
                "end_reason": p.end_reason if p.ended_on and p.ended_on <= on else "",
                "merged_into": p.merged_into.name if p.merged_into and p.ended_on and p.ended_on <= on else "",
            }
            for p in periods
        ],
        results=own,
        plans=plans.get(organisation.pk, []),
    )


def _decisions(up_to: int) -> list[Decision]:
    """All final decisions on reports up to this covenant year, oldest first."""
    return list(
        Decision.objects.filter(
            kind__in=[DecisionKind.FINAL, DecisionKind.REASSESSED],
            assessment__report__year__number__lte=up_to,
        )
        .select_related("assessment__report__year", "snapshot")
        .order_by("assessment__report__year__number", "assessment", "number")
    )


def _results(decisions: list[Decision]) -> dict[int, list[dict[str, Any]]]:
    """Per company the colour of each of its years; an earlier colour of the same year stays in its history."""
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    for decision in decisions:
        report = decision.assessment.report
        own = found[report.organisation_id]
        before = own.get(report.year.number)
        earlier = [*before["earlier"], {k: before[k] for k in ("colour", "decided_on")}] if before else []
        own[report.year.number] = {
            "covenant_year": report.year.number,
            "report_year": report.report_year,
            "starts_on": report.year.starts_on.isoformat(),
            "ends_on": report.year.ends_on.isoformat(),
            "colour": decision.colour,
            "decided_on": decision.decided_at.date().isoformat(),
            "more_time_until": decision.extension_until.isoformat() if decision.extension_until else None,
            "earlier": earlier,
        }
    return {key: [years[n] for n in sorted(years)] for key, years in found.items()}


def _plans(up_to: int) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Plan.objects.filter(approved_at__isnull=False, public_content__isnull=False, year__number__lte=up_to)
    for plan in rows.select_related("year").order_by("year__number"):
        found[plan.organisation_id].append(
            {
                "covenant_year": plan.year.number,
                "starts_on": plan.year.starts_on.isoformat(),
                "ends_on": plan.year.ends_on.isoformat(),
                "content": plan.public_content,
            }
        )
    return found


def _memberships(on: dt.date) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(joined_on__lte=on).select_related("merged_into").order_by("joined_on")
    for membership in rows:
        found[membership.organisation_id].append(membership)
    return found


def _situations(on: dt.date) -> dict[int, str]:
    rows = SituationPeriod.objects.filter(since_on__lte=on).order_by("since_on", "pk")
    return {row.organisation_id: row.situation for row in rows}


def areas_of(decisions: list[Decision], pack: Pack) -> list[dict[str, Any]]:
    """All districts with a quarry area that some company named, and which of them enough companies share.

    Counted over each company's newest assessed report; localities count for their district. No counts, no companies.
    An area that a company added waits until the secretariat lists it; an area that became part of another counts there.
    """
    newest: dict[int, Decision] = {}
    for decision in decisions:
        if decision.snapshot.content.get("chains"):
            newest[decision.assessment.report.organisation_id] = decision
    known = {area.code: area for area in QuarryArea.objects.select_related("parent", "merged_into__parent")}
    companies: dict[str, set[int]] = defaultdict(set)
    for organisation_id, decision in newest.items():
        for code in area_codes(decision.snapshot.content["chains"]):
            area = known.get(code)
            area = area and (area.merged_into or area)
            place = area and (area.parent or area)
            if place and place.listed:
                companies[place.code].add(organisation_id)
    minimum = pack.disclosure.min_companies_area.value if pack.disclosure else None
    rows = [
        {
            "country": known[code].country,
            "province": known[code].admin1,
            "district": known[code].name,
            "shared": minimum is not None and len(who) >= minimum,
            **_centre(known[code]),
        }
        for code, who in companies.items()
    ]
    return sorted(rows, key=lambda row: (row["country"], row["province"], row["district"]))


def _centre(area: QuarryArea) -> dict[str, str]:
    """About where the area lies, in tenths of a degree, so that no point of it can be a site; nothing for a point."""
    if area.lat is None or area.lon is None or area.precision == AreaPrecision.POINT:
        return {}
    tenth = Decimal("0.1")
    return {"lat": str(area.lat.quantize(tenth)), "lon": str(area.lon.quantize(tenth)), "precision": area.precision}


def area_codes(chains: list[dict[str, Any]]) -> set[str]:
    """The codes of all quarry areas known in a frozen list of chains."""
    return {
        link["quarry_area"]
        for chain in chains
        for link in chain.get("links", [])
        if link.get("state") == LinkState.KNOWN and link.get("quarry_area")
    }
