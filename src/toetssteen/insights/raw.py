"""The raw rows behind the figures, read once each: memberships, frozen decisions, risks, projects, tenders."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision
from toetssteen.assessment.said import goals_in
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantAction, CovenantYear, ImportVolume, MarketEstimate
from toetssteen.covenant.queries import pack_of, years
from toetssteen.grievances.models import Complaint
from toetssteen.organisations.models import Membership
from toetssteen.plans.models import Contribution
from toetssteen.procurement.models import MunicipalityContact, Tender
from toetssteen.projects.models import Participation
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import QuarryArea, SiteEvent


@dataclass(frozen=True)
class Member:
    """A period of membership with what is known of the party."""

    organisation_id: int
    kind: str
    subtype: str
    region: str
    role: str
    size: str
    joined_on: dt.date
    confirmed_on: dt.date | None
    ended_on: dt.date | None
    end_note: str

    def takes_part(self, on: dt.date, by: str = "joined_on") -> bool:
        """A member on that day; on the day that a membership ends it does not count any more."""
        begun = getattr(self, by)
        return begun is not None and begun <= on and (self.ended_on is None or self.ended_on > on)


@dataclass(frozen=True)
class Contributed:
    """What one company added to fewer risks; `shared` names the action that several companies do together."""

    organisation_id: int
    kind: str
    shared: str = ""


@dataclass(frozen=True)
class Result:
    """The first final decision on the report of one company, as it was frozen; nothing of it follows later edits."""

    organisation_id: int
    decided_at: dt.datetime
    report_year: int
    situation: str
    total: Decimal
    meets: bool
    checks: Mapping[str, bool]
    extension_until: str | None
    plan_delivered: bool
    groups: Mapping[str, Any]
    coverage: Mapping[str, tuple[int, int]]
    chain_count: int
    chains: tuple[Mapping[str, Any], ...]
    contributed: tuple[Contributed, ...]

    def own_chains(self, pack: Pack) -> list[Mapping[str, Any]]:
        """The chains that the company imports itself."""
        return [chain for chain in self.chains if chain["situation"] in pack.own_situations]


def _result(decision: Decision) -> Result:
    content = decision.snapshot.content
    facts = content["facts"]
    coverage = {level: (share["part"], share["whole"]) for level, share in content["coverage"].items()}
    plan = content.get("plan")
    company = decision.assessment.report.organisation_id
    return Result(
        organisation_id=company,
        decided_at=decision.decided_at,
        report_year=content["report"]["report_year"],
        situation=content["report"]["situation"],
        total=decision.total,
        meets=decision.meets,
        checks=content["proposal"]["checks"],
        extension_until=content["decision"]["extension_until"],
        plan_delivered=bool(plan and (plan["delivered_on"] or plan["present"])),
        groups=content["score"]["groups"],
        coverage=coverage,
        chain_count=facts.get("chains.count") or 0,
        chains=tuple(content.get("chains") or ()),
        contributed=tuple(
            Contributed(company, action.kind, action.shared)
            for goal in goals_in(content)
            for action in goal.actions
            if action.kind
        ),
    )


class Raw:
    """Reads each kind of row at most once; constant in queries however many figures are computed."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self._results: dict[int, tuple[Result, ...]] = {}
        self._risks: dict[int, list[Risk]] = {}
        self._contributions: dict[int, tuple[Contributed, ...]] = {}
        self._until: dt.datetime | None = None

    def until(self, moment: dt.datetime) -> Raw:
        """The same with only the decisions up to a moment; whatever is no decision is as it is now."""
        found = copy.copy(self)
        found._until = moment
        return found

    @cached_property
    def years(self) -> dict[int, CovenantYear]:
        return {year.number: year for year in years()}

    def pack(self, number: int) -> Pack:
        return pack_of(self.years[number])

    @cached_property
    def members(self) -> list[Member]:
        rows = Membership.objects.select_related("organisation").order_by("pk")
        return [
            Member(
                m.organisation_id,
                m.organisation.kind,
                m.organisation.subtype,
                m.organisation.region,
                m.organisation.market_role,
                m.organisation.size_class,
                m.joined_on,
                m.confirmed_on,
                m.ended_on,
                m.end_note,
            )
            for m in rows
        ]

    def results(self, number: int) -> tuple[Result, ...]:
        """The first final decision per report of a covenant year."""
        if number not in self._results:
            found: dict[int, Result] = {}
            rows = Decision.objects.filter(kind=DecisionKind.FINAL, assessment__report__year__number=number)
            rows = rows.select_related("assessment__report", "snapshot").order_by("number", "pk")
            for decision in rows.iterator(chunk_size=200):
                found.setdefault(decision.assessment.report_id, _result(decision))
            self._results[number] = tuple(found.values())
        every = self._results[number]
        return every if self._until is None else tuple(r for r in every if r.decided_at <= self._until)

    def decided_on(self, number: int) -> dt.date | None:
        """The day of the last first decision of a year."""
        last = (
            Decision.objects.filter(kind=DecisionKind.FINAL, number=1, assessment__report__year__number=number)
            .order_by("-decided_at")
            .values_list("decided_at", flat=True)
            .first()
        )
        return last.date() if last else None

    def volumes(self, number: int) -> dict[int, Fraction]:
        return self._volumes.get(number, {})

    @cached_property
    def _volumes(self) -> dict[int, dict[int, Fraction]]:
        found: dict[int, dict[int, Fraction]] = {}
        for row in ImportVolume.objects.all():
            found.setdefault(row.year_number, {})[row.organisation_id] = Fraction(row.tonnes)
        return found

    @cached_property
    def markets(self) -> dict[tuple[str, int], Fraction]:
        return {(row.region, row.year_number): Fraction(row.market_tonnes) for row in MarketEstimate.objects.all()}

    def risks(self, number: int) -> list[Risk]:
        if number not in self._risks:
            self._risks[number] = list(Risk.objects.filter(year_number=number).order_by("pk"))
        return self._risks[number]

    def contributions(self, number: int) -> tuple[Contributed, ...]:
        """What companies contributed: as recorded, or else by the actions of the plans that were decided on."""
        if number not in self._contributions:
            rows = Contribution.objects.filter(year_number=number).order_by("pk")
            self._contributions[number] = tuple(Contributed(row.organisation_id, row.kind) for row in rows)
        recorded = self._contributions[number]
        return recorded or tuple(one for result in self.results(number) for one in result.contributed)

    @cached_property
    def participations(self) -> list[Participation]:
        return list(Participation.objects.select_related("project").order_by("pk"))

    @cached_property
    def tenders(self) -> list[Tender]:
        return list(Tender.objects.order_by("pk"))

    @cached_property
    def contacts(self) -> list[MunicipalityContact]:
        return list(MunicipalityContact.objects.order_by("pk"))

    @cached_property
    def actions(self) -> list[CovenantAction]:
        return list(CovenantAction.objects.order_by("number"))

    @cached_property
    def complaints(self) -> int:
        return Complaint.objects.count()

    @cached_property
    def areas(self) -> dict[str, QuarryArea]:
        """The areas by code; one that became part of another counts as that other one, also in frozen reports."""
        rows = QuarryArea.objects.select_related("parent", "merged_into__parent")
        return {area.code: area.merged_into or area for area in rows}

    @cached_property
    def site_events(self) -> list[SiteEvent]:
        return list(SiteEvent.objects.select_related("site").order_by("pk"))
