"""Everything that a public report can be made of, read once; what of it is shown is decided when it is composed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from toetssteen.core.access import Actor
from toetssteen.core.calendar import joined_on
from toetssteen.core.frameworks import Fact, Pack, Share, Text
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import hooks
from toetssteen.organisations.models import Organisation
from toetssteen.organisations.queries import history_of
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting.models import Report
from toetssteen.risks import queries as risk_queries
from toetssteen.risks.models import Risk
from toetssteen.supplychain import queries as chain_queries
from toetssteen.supplychain.models import Chain

MADE_KNOWN = "grievance.promotion_count"
WEB_ADDRESS = re.compile(r"https://[^\s;,]+")


@dataclass(frozen=True)
class RiskRow:
    """One risk of the year, in the company's order."""

    pk: int
    line: frozenset[int]  # its id and those of earlier years that it goes on with
    theme: Text
    country: str
    materials: tuple[Text, ...]
    is_actual: bool
    is_top: bool
    severity: Fraction | None
    likelihood: int | None
    area: str
    explanation: str


@dataclass(frozen=True)
class ActionRow:
    """One action of a goal that may be public."""

    pk: int
    text: str
    due_on: dt.date | None
    state: str
    progress: int
    together: str
    contribution: str
    partners: str


@dataclass(frozen=True)
class GoalRow:
    """One goal that is public in the plan, with the fields that the company shows of it."""

    pk: int
    theme: Text
    text: str
    indicator: str
    baseline: str
    target: str
    deadline: dt.date | None
    shown: frozenset[str]
    readings: tuple[tuple[str, str, str], ...]  # (year, value, unit) of the years in which something was measured
    not_given: tuple[str, ...]  # the years between them and up to now of which nobody gave a figure
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True)
class Source:
    """The data of one company and year that a public report can draw on."""

    organisation: Organisation
    year: CovenantYear
    pack: Pack
    member_since: dt.date | None = None
    variant: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    coverage: tuple[tuple[Text, Share], ...] = ()
    chain_count: int = 0
    countries: tuple[str, ...] = ()
    materials: tuple[Text, ...] = ()
    areas: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    last_goals: tuple[GoalRow, ...] = ()
    plan_language: str = "nl"
    last_language: str = "nl"
    complaints: int | None = None  # None: nobody here knows
    made_known: int = 0

    @cached_property
    def same_words(self) -> dict[str, str]:
        """Per text of a goal or an action the key under which it is translated: that of its first place."""
        found: dict[str, str] = {}
        for goal in self.goals:
            for key, text in texts_of_goal(goal):
                found.setdefault(text, key)
        for goal in self.last_goals:
            found.setdefault(goal.text, f"goal:{goal.pk}")
        return found

    def language_of(self, key: str) -> str:
        """The language in which a text of a plan was written, by its key."""
        return self.last_language if key in self._last_keys else self.plan_language

    @cached_property
    def _last_keys(self) -> frozenset[str]:
        return frozenset(f"goal:{goal.pk}" for goal in self.last_goals)

    @property
    def main_risks(self) -> tuple[RiskRow, ...]:
        """The risks that come first; where nobody rated them, all of the year."""
        first = tuple(row for row in self.risks if row.is_top)
        return first or self.risks


def texts_of_goal(goal: GoalRow) -> Iterator[tuple[str, str]]:
    """What a company wrote of a goal and its actions, by the key of its translation."""
    yield f"goal:{goal.pk}", goal.text
    yield f"indicator:{goal.pk}", goal.indicator
    yield f"baseline:{goal.pk}", goal.baseline
    yield f"target:{goal.pk}", goal.target
    for action in goal.actions:
        yield f"action:{action.pk}", action.text
        yield f"partners:{action.pk}", action.partners


def has_words(text: str) -> bool:
    """It holds words and not only figures, so it is in some language."""
    return any(letter.isalpha() for letter in text)


def holds(source: Source, field_id: str) -> bool:
    """There is something to show in this field today."""
    from_goals = any(goal.actions for goal in source.goals)
    about: dict[str, object] = {
        "member_since": source.member_since, "steps": source.facts, "coverage": source.coverage,
        "chain_count": source.chain_count, "countries": source.countries, "materials": source.materials,
        "areas": source.areas, "suppliers": source.suppliers, "sites": source.sites, "risks": source.risks,
        "risk_materials": any(row.materials for row in source.risks), "risk_kind": source.risks,
        "risk_areas": any(row.area for row in source.risks),
        "risk_ratings": any(row.severity is not None for row in source.risks),
        "risk_explanations": any(row.explanation for row in source.risks), "goals": source.goals,
        "progress": any(goal.baseline or goal.target or goal.readings for goal in source.goals),
        "actions": from_goals, "contribution": from_goals, "last_year": source.last_goals,
        "partners": any(action.partners for goal in source.goals for action in goal.actions),
        "mechanism": committee(source.pack)[0], "made_known": source.made_known,
        "complaint_count": source.complaints is not None,
    }  # fmt: skip
    return bool(about[field_id])


def source_of(actor: Actor, organisation_id: int, year: CovenantYear) -> Source:
    """Read what one company's report of a year can be made of; the same number of queries however much there is."""
    organisation = Organisation.objects.get(pk=organisation_id)
    pack = pack_of(year)
    report = Report.objects.select_related("year").filter(organisation_id=organisation_id, year=year).first()
    plan = plan_queries.plan_of(organisation_id, year.pk)
    before = plan_queries.plan_before(organisation_id, year)
    facts = fact_side.facts_of(report, pack) if report else fact_side.company_facts(organisation_id, pack, year)
    readings = _readings([*_public(plan), *_public(before)], year)
    return Source(
        organisation=organisation,
        year=year,
        pack=pack,
        member_since=joined_on(history_of(organisation_id).periods, year.ends_on),
        variant=report.variant if report else "",
        facts=facts,
        coverage=_coverage(pack, facts),
        risks=_risks(actor, organisation_id, year, pack),
        goals=_goals(plan, pack, readings, year),
        last_goals=_goals(before, pack, readings, year),
        plan_language=plan.language if plan else "nl",
        last_language=before.language if before else "nl",
        complaints=_complaints(organisation_id, year),
        made_known=_whole(facts.get(MADE_KNOWN)),
        **_origin(list(chain_queries.chains_on(organisation_id, year.ends_on)), pack),
    )


def _readings(goals: list[Objective], year: CovenantYear) -> dict[int, list[dict[str, Any]]]:
    """Per goal what was measured in each year; never who measured it, nor what people said."""
    found: dict[int, list[dict[str, Any]]] = {}
    for answer in hooks.said("readings_of_goals", goals=goals, until=year.number):
        found |= answer
    return found


def _whole(fact: Fact) -> int:
    return fact if isinstance(fact, int) else 0


def _coverage(pack: Pack, facts: Mapping[str, Fact]) -> tuple[tuple[Text, Share], ...]:
    shares = fact_side.coverage_shares(pack, dict(facts))
    return tuple((level.text, shares[level.id]) for level in pack.coverage_levels if shares[level.id].applies)


def _origin(chains: Sequence[Chain], pack: Pack) -> dict[str, Any]:
    """Where the stone of the own chains comes from, each name once."""
    own = [chain for chain in chains if chain.situation in pack.own_situations]
    names = {material.id: material.text for material in pack.materials}
    first_level = pack.coverage_levels[0].id if pack.coverage_levels else ""
    known = [link for chain in own for link in chain.links.all() if link.state in pack.known_states]
    return {
        "chain_count": len(own),
        "countries": _once(country for c in own for country in (c.extraction_country, c.processing_country)),
        "materials": tuple(names.get(m, Text(m, m)) for m in _once(chain.material for chain in own)),
        "areas": _once(link.quarry_area.name for link in known if link.quarry_area),
        "suppliers": _once(link.name for link in known if link.level == first_level),
        "sites": _once(link.name for link in known if link.level != first_level),
    }


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _risks(actor: Actor, organisation_id: int, year: CovenantYear, pack: Pack) -> tuple[RiskRow, ...]:
    board = risk_queries.board_of(actor, organisation_id, year.number, pack)
    themes = {theme.id: theme.name for theme in pack.themes}
    names = {material.id: material.text for material in pack.materials}
    before = _goes_on_with(organisation_id)
    return tuple(
        RiskRow(
            pk=row.risk.pk,
            line=_line(row.risk.pk, before),
            theme=themes.get(row.risk.theme, Text(row.risk.theme, row.risk.theme)),
            country=row.risk.country,
            materials=tuple(names.get(m, Text(m, m)) for m in _once(chain.material for chain in row.chains)),
            is_actual=row.risk.is_actual,
            is_top=row.is_top,
            severity=row.severity,
            likelihood=row.risk.likelihood,
            area=row.risk.quarry_area.name if row.risk.quarry_area else "",
            explanation=row.risk.severity_reason,
        )
        for row in board.rows
    )


def _goes_on_with(organisation_id: int) -> dict[int, int]:
    """Per risk of the company the one of an earlier year that it goes on with, removed ones included."""
    rows = Risk.with_removed.filter(organisation_id=organisation_id, carried_from__isnull=False)
    return dict(rows.values_list("pk", "carried_from_id"))


def _line(pk: int, before: Mapping[int, int]) -> frozenset[int]:
    found = {pk}
    while (earlier := before.get(pk)) is not None and earlier not in found:
        found.add(earlier)
        pk = earlier
    return frozenset(found)


def _public(plan: Plan | None) -> list[Objective]:
    return [goal for goal in plan.objectives.all() if goal.is_public] if plan else []


def _goals(
    plan: Plan | None, pack: Pack, readings: Mapping[int, list[dict[str, Any]]], year: CovenantYear
) -> tuple[GoalRow, ...]:
    themes = {theme.id: theme.name for theme in pack.themes}
    return tuple(
        GoalRow(
            pk=goal.pk,
            theme=themes.get(goal.theme, Text(goal.theme, goal.theme)),
            text=goal.text,
            indicator=goal.indicator,
            baseline=goal.baseline,
            target=goal.target,
            deadline=goal.deadline,
            shown=frozenset(goal.public_fields),
            readings=tuple(
                (_span(year, row["year_number"]), row["value"], row["unit"])
                for row in readings.get(goal.pk, ())
                if row["is_given"] and row["value"] is not None
            ),
            not_given=tuple(
                _span(year, row["year_number"]) for row in readings.get(goal.pk, ()) if row["value"] is None
            ),
            actions=tuple(_action(action) for action in goal.actions.all() if action.is_public),
        )
        for goal in _public(plan)
    )


def _span(year: CovenantYear, number: int) -> str:
    """The name of a covenant year, counted from this one."""
    shift = number - year.number
    return f"{year.starts_on.year + shift}-{year.ends_on.year + shift}"


def _action(action: PlannedAction) -> ActionRow:
    return ActionRow(
        pk=action.pk,
        text=action.text,
        due_on=action.due_on,
        state=action.state,
        progress=action.progress,
        together=action.together,
        contribution=action.contribution_type,
        partners=action.partners,
    )


def _complaints(organisation_id: int, year: CovenantYear) -> int | None:
    """How many complaints of the year are known; None when no room here keeps them."""
    said = hooks.said(
        "complaints_of_year", organisation_id=organisation_id, starts_on=year.starts_on, ends_on=year.ends_on
    )
    return sum(said) if said else None


def who_may_complain(pack: Pack) -> tuple[Text, ...]:
    """Who may complain, as the pack says it."""
    rows = pack.raw.get("grievance", {}).get("who_may_complain", ())
    return tuple(Text(row["nl"], row["en"]) for row in rows)


def committee(pack: Pack) -> tuple[Text | None, str]:
    """The name of the complaints committee and the public page about it, as far as the pack knows them."""
    about = pack.raw.get("grievance", {}).get("mechanism", {})
    name = about.get("name")
    address = WEB_ADDRESS.search(str(about.get("source", "")))
    return (Text(name["nl"], name["en"]) if name else None), (address.group() if address else "")
