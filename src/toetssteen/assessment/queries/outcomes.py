"""Decisions for the apps above: current ones with their history, and the same computed again from what was frozen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from toetssteen.assessment import results
from toetssteen.assessment.choices import RESULT_KINDS
from toetssteen.assessment.models import Decision
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.prepared import prepared
from toetssteen.reporting import snapshots
from toetssteen.reporting.facts import from_json


@dataclass(frozen=True)
class Recomputed:
    """One decision as it was stored, beside the same computed again from its snapshot."""

    reference: str
    name: str
    number: int
    kind: str
    total: Decimal
    proposal: str
    recomputed_total: Decimal
    recomputed_proposal: str
    intact: bool

    @property
    def differs(self) -> bool:
        """The stored figures, or the frozen content itself, are not what they should be."""
        return not self.intact or self.total != self.recomputed_total or self.proposal != self.recomputed_proposal


@dataclass(frozen=True)
class YearDecision:
    """The decision that gives a company's year its colour, with the earlier ones of the same year."""

    organisation_id: int
    reference: str
    name: str
    report_id: int
    year_number: int
    report_year: int
    situation: str
    colour: str
    proposal: str
    total: Decimal
    meets: bool
    kind: str
    reason: str
    improvement_on: dt.date | None
    extension_until: dt.date | None
    decided_at: dt.datetime
    snapshot_id: int
    history: tuple[Decision, ...] = field(default=(), repr=False)


def _results() -> QuerySet[Decision]:
    rows = Decision.objects.filter(kind__in=RESULT_KINDS)
    return rows.select_related("assessment__report__organisation", "assessment__report__year").order_by(
        "assessment__report__organisation__name", "assessment_id", "number"
    )


def decisions_of_year(year_number: int) -> list[YearDecision]:
    """The current decision of every report of a covenant year, by name of the company; one query."""
    return _current(_results_in(year_number))


def decisions_on(report_ids: list[int]) -> list[YearDecision]:
    """The current decision of these reports, with its history; one query."""
    return _current(_results_on(report_ids)) if report_ids else []


class Decided(NamedTuple):
    """The little of a decision that counts and orders need."""

    organisation_id: int
    report_year: int
    colour: str
    total: Decimal


def decided_in(year_number: int) -> dict[int, Decided]:
    """The current decision of every company in a covenant year, without its words; one query."""
    return {row[0]: Decided(*row) for row in _heads_in(year_number)}  # by number: the last one stays


def final_decisions(organisation_id: int) -> list[YearDecision]:
    """The current decision of every year of one company, oldest year first; one query."""
    rows = _results_of(organisation_id)
    return sorted(_current(rows), key=lambda decision: decision.year_number)


@prepared
def _results_of(organisation_id: int) -> QuerySet[Decision]:
    return _results().filter(assessment__report__organisation_id=organisation_id)


@prepared
def _results_on(report_ids: list[int]) -> QuerySet[Decision]:
    return _results().filter(assessment__report_id__in=report_ids)


@prepared
def _heads_in(year_number: int) -> QuerySet[Any]:
    rows = Decision.objects.filter(kind__in=RESULT_KINDS, assessment__report__year__number=year_number)
    report = "assessment__report"
    return rows.order_by("number").values_list(
        f"{report}__organisation_id", f"{report}__report_year", "colour", "total"
    )


@prepared
def _results_in(year_number: int) -> QuerySet[Decision]:
    return _results().filter(assessment__report__year__number=year_number)


def _current(rows: Iterable[Decision]) -> list[YearDecision]:
    by_assessment: dict[int, list[Decision]] = defaultdict(list)
    for decision in rows:
        by_assessment[decision.assessment_id].append(decision)
    return [_year_decision(decisions) for decisions in by_assessment.values()]


def _year_decision(decisions: list[Decision]) -> YearDecision:
    last = decisions[-1]
    report = last.assessment.report
    return YearDecision(
        organisation_id=report.organisation_id,
        reference=report.organisation.reference,
        name=report.organisation.name,
        report_id=report.pk,
        year_number=report.year.number,
        report_year=report.report_year,
        situation=report.situation,
        colour=last.colour,
        proposal=last.proposal,
        total=last.total,
        meets=last.meets,
        kind=last.kind,
        reason=last.reason,
        improvement_on=last.improvement_on,
        extension_until=last.extension_until,
        decided_at=last.decided_at,
        snapshot_id=last.snapshot_id,
        history=tuple(decisions[:-1]),
    )


def recompute(year_number: int) -> list[Recomputed]:
    """Every result of a year computed again from its decision snapshot alone, by the pack that the year runs on."""
    year = CovenantYear.objects.get(number=year_number)
    pack = pack_of(year)
    found = []
    rows = _results().filter(assessment__report__year=year).select_related("snapshot")
    for decision in rows.iterator(chunk_size=200):
        content = decision.snapshot.content
        facts = {fact: from_json(value) for fact, value in content["facts"].items()}
        again = results.recomputed(pack, content, facts).proposal
        organisation = decision.assessment.report.organisation
        found.append(
            Recomputed(
                reference=organisation.reference,
                name=organisation.name,
                number=decision.number,
                kind=decision.kind,
                total=decision.total,
                proposal=decision.proposal,
                recomputed_total=again.sheet.total if again.sheet else Decimal("0.00"),
                recomputed_proposal=again.colour or "",
                intact=snapshots.is_intact(decision.snapshot) and content["pack"]["digest"] == year.pack.digest,
            )
        )
    return found
